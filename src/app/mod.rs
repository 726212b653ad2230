//! State: what is loaded, who asks, and the checkout. No markup, no wording.

mod account;
pub mod calls;
pub mod checkout;
mod choice;
mod clock;
pub mod config;
pub mod deals;
mod handle;
mod key;
mod load;
pub mod log;
pub mod open;
mod remote;
pub mod runner;
pub mod session;
pub mod storage;
mod unfinished;
mod way_back;

pub use clock::now;
pub use handle::{App, Bought, HandlerSource, Opening, Report, Teller};
pub use load::leave_out;
pub use remote::{Remote, Trouble};
