//! Goes through every state that the checkout can get into with a carrier and a network that fail: a model check whose
//! actor is the shipped `Stage::step`. Nothing of it is shipped.
//!
//! A state ([`world::World`]) is two tabs, what is on its way, the carrier, and what was consented to. From each, all that
//! can happen ([`choices::actions`]) is tried ([`model::Model::apply`]), the nearest states first
//! ([`explore::explore`]), and each promise ([`promise::Promise`]) is asked of each new state. What breaks one is thus found
//! by the shortest way. [`plan`] has the worlds that are explored; `tests/broken.rs` breaks the machine on purpose and shows
//! that each break is found.
//!
//! # What is taken for granted of the carrier (`docs/carrier-profile.md`)
//!
//! - What it answers to a GET is how things stand at that moment: no cache, no list that lags behind.
//! - With keys: one order for each `externalId`, one payment for each `correlatorId`, however often it arrives. Worlds
//!   without keys do not need it; there the network does not double requests, which no client could make good.
//! - What it refused under a key it also refuses when the same arrives again. (A payment that met 409 `paymentOpen` may be
//!   taken later.)
//! - Of an order that is paid nothing more is taken; of one that is cancelled or rejected what still comes goes back, if not
//!   at once. What was captured is never denied afterwards, and a cancelled order stays so.
//! - 409 `paymentOpen` while a payment of the order is open, agreed or captured. One tab never needs it, two copies do.
//! - The hosted page takes no money before somebody went there. A saved method may be charged by the POST itself.
//! - It asks the order's total, and tells it in its answers. Another total than the consented one is a world of its own.
//! - No other device pays: what is consented to in two tabs is two consents.
//!
//! # What is taken for granted of the browser, in worlds with locks
//!
//! - One tab at a time has a lock (Web Locks), and whoever waits for it has it as soon as it is free.
//! - What a tab tells the others (`BroadcastChannel`) has reached them before they have its lock.
//!
//! # What is left out
//!
//! - Looks are of four kinds (0, 1 to 7, 8 to 63, 64 and more), and time is but an order of events: `tests/thresholds.rs`
//!   shows that the machine treats all of a kind alike. A late answer to an earlier look of the same kind counts as one to
//!   this look, which is more than can happen.
//! - A look at an attempt without a try asks for any payment of its order. Here it is never answered: an answer could only
//!   make the screen offer less.
//! - The runner (`app/runner.rs`) is not run but modelled: the order of effects, what a reload ends, what is asked for in a
//!   look, and which top-up is taken for the attempt's. Its own tests and those in the browser are about it; [`schedules`]
//!   does as it does, with the shipped calls and the sandbox.
//! - A payment that arrives when its order does not wait for it any more is refused here. The sandbox says 409, and the
//!   widget looks.
//! - One basket, an old and a new price, one line; promo codes, sign-in and what is tapped while choosing are not there.
//! - A key under which nothing can happen any more is used again, so that any number of attempts follow one another; at the
//!   same time there are as many as the world says.
//! - States are told apart by 64 bits, so that one could be missed: [`fingerprint`] has the probability.
//! - That a settled screen is reached is shown as: from each state there is a way on which nothing fails. What never reached
//!   the carrier is settled by "being confirmed, wait or call": no answer could tell more.

pub mod action;
pub mod breaks;
pub mod carrier;
pub mod choices;
pub mod coverage;
pub mod explore;
pub mod fingerprint;
pub mod input;
pub mod machine;
pub mod model;
mod network;
pub mod plan;
pub mod promise;
pub mod scenario;
pub mod schedules;
mod tabs;
pub mod view;
pub mod words;
pub mod world;
