//! What goes wrong on demand between a client and the carrier: lost answers, late ones, wrong ones, refusals. It is set
//! over HTTP (`api/switch.rs`) for the next calls of one kind, and done in one layer around all APIs. The APIs know
//! nothing of it. The demo's tests only.

mod answer;
mod call;
mod connection;
mod kind;
mod layer;
mod message;
mod planned;
mod severed;

pub(crate) use call::Call;
pub use connection::Connection;
pub(crate) use connection::note as note_connection;
pub(crate) use kind::Fault;
pub(crate) use layer::interfere;
pub(crate) use planned::{Faults, Planned};
