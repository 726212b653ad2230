//! The widget's calls against the sandbox carrier, a second reading of the same specification: what the widget sends is
//! taken, and what the carrier answers is understood, to the cent and to the second.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that meets what it did not expect should stop there")]

mod amounts;
mod carts;
mod catalogue;
mod deals;
mod delivery;
mod examples;
mod inventory;
mod layout;
mod methods;
mod orders;
mod payments;
mod renewals;
mod sent;
mod shop;
mod usage;

#[path = "../../sandbox/tests/support/schema.rs"]
mod schema;
