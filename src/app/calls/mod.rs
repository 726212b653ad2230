//! What an attempt needs of the carrier: its price, what is sent for it, and what became of it. Written for anybody who
//! carries out calls, so that what runs in a browser can be tried without one.

mod find;
mod send;
mod top_up;

use crate::carrier::{CarrierError, Operation, Page};

pub use find::{find_line, find_order, find_payment, find_refund};
pub use send::{Asked, cancel, order, payment, price};

/// Carries out calls of the carrier's API, and what belongs to them: the token, and asking again where that is harmless.
pub trait Calls {
    /// Carries out one call.
    ///
    /// # Errors
    /// What kept an answer from coming after all of that.
    fn call<O: Operation>(&self, operation: &O) -> impl Future<Output = Result<O::Output, CarrierError>>;

    /// Reads all pages of a list.
    ///
    /// # Errors
    /// What kept any page from coming.
    fn all<O, T>(&self, list: impl Fn(usize) -> O) -> impl Future<Output = Result<Page<T>, CarrierError>>
    where
        O: Operation<Output = Page<T>>;
}
