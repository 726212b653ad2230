//! The carrier's REST API, turned into domain values once: one file per TM Forum API. No wording for people.

use crate::domain::time::Timestamp;
use json::Json;
use thiserror::Error;

pub mod json;
pub mod payment;
pub mod payment_method;
pub mod placed_order;
pub mod prepay_balance;
pub mod product_catalog;
pub mod product_inventory;
pub mod product_ordering;
pub mod profile;
pub mod promotion;
pub mod qualification;
pub mod quote;
pub mod refund;
mod request;
pub mod retry;
pub mod shopping_cart;
pub mod topup_balance;
pub mod transport;
pub mod usage_consumption;
mod wire;

pub use request::{Api, Method, Request};

/// One call of the carrier's API: what is sent, and what its answer means.
pub trait Operation {
    /// What the answer means.
    type Output;

    /// What is sent.
    fn request(&self) -> Request;

    /// Reads the answer's body.
    ///
    /// # Errors
    /// When something that the widget cannot do without is missing or malformed.
    fn parse(&self, body: &Json) -> Result<Self::Output, ParseError>;
}

/// Something in an answer that the widget cannot do without is missing or malformed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{field} is missing or malformed")]
pub struct ParseError {
    /// The TM Forum name of the field.
    pub field: &'static str,
}

/// Why a call brought nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CarrierError {
    /// No answer came: whether the carrier got the call is not known.
    #[error("no reply")]
    NoReply,
    /// The answer took too long: whether the carrier got the call is not known.
    #[error("no reply in time")]
    TimedOut,
    /// No access token came in time: nothing was sent.
    #[error("no token in time")]
    NoToken,
    /// The access token is missing or not accepted (401).
    #[error("not signed in")]
    SignedOut,
    /// The carrier understood and said no (4xx), with its code if it gave one.
    #[error("refused with {status}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The TM Forum error's `code`.
        code: Option<String>,
    },
    /// The carrier asks to wait (429, 503), for so many milliseconds if it said.
    #[error("busy")]
    Busy {
        /// What `Retry-After` asked for.
        wait_ms: Option<u32>,
        /// Whether it surely did nothing with the call (429, RFC 6585). A 503 may come after the work was done.
        undone: bool,
    },
    /// The carrier failed (5xx).
    #[error("failed with {0}")]
    Failing(u16),
    /// The answer is not what it should be.
    #[error("unreadable reply: {0}")]
    Unreadable(#[from] ParseError),
}

/// One page of a list, and what of it could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// What could be read.
    pub items: Vec<T>,
    /// What could not, by its id and the field that is wrong.
    pub dropped: Vec<Dropped>,
    /// How many entries the carrier sent, read or not.
    pub received: usize,
    /// The carrier's time when it sent them, where it says so.
    pub date: Option<Timestamp>,
}

impl Dropped {
    /// An entry of this id, where this field is wrong.
    pub fn new(id: &str, field: &'static str) -> Self {
        Self { id: id.to_owned(), error: ParseError { field } }
    }
}

/// An entry of a list that is left out, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// The entry's id; empty where it has none.
    pub id: String,
    /// What is wrong with it.
    pub error: ParseError,
}
