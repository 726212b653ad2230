//! Schedules: the shipped machine, and the shipped operations of the carrier's API, against the sandbox's own router, with
//! a network that fails, subscribers who do whatever they like, and a clock that moves when nothing else does. All of a
//! schedule follows from one number.
//!
//! What only runs in a browser is written here once more, beside the files that it follows: `network.rs` is
//! `carrier/transport.rs`, `page.rs` is `app/session.rs` with the part of `app/runner.rs` that tells the machine, `hands.rs` the
//! part of it that does what the machine wants. What is sent and looked for then (`app/calls/`), and everything else of the
//! widget, is the shipped code.
//!
//! The carrier's ledger judges ([`Finding`]): what every consent was charged, what was ordered, and whether what a screen
//! says is so.

mod book;
mod call;
mod fault;
mod hands;
mod judge;
mod many;
mod network;
mod page;
mod plan;
pub mod replay;
mod rest;
mod rng;
mod run;
mod shop;
mod subscriber;
mod time;
mod trace;
mod world;

pub use call::Call;
pub use fault::Fault;
pub use judge::Finding;
pub use many::{Broken, Summary, many};
pub use run::{Outcome, run};
pub use shop::Shop;
pub use trace::Counts;
