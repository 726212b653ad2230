//! A carrier to develop and test against: "Rocher Mobile" of Monaco, which does not exist. Never for production.
//!
//! [`Carrier`] is the whole of it: the TM Forum APIs over `SQLite`, the sign-in server (OAuth 2 with PKCE) and the
//! hosted payment page. [`pages_router`] serves a widget's built files under the content security policy of a careful
//! carrier. What the TM Forum leaves open is settled in `docs/carrier-profile.md`. No type is shared with the widget.

mod api;
mod bill_page;
mod calendar;
mod carrier;
mod clock;
mod db;
mod fault;
mod http;
mod money;
mod oauth;
mod pages;
mod payment_page;
mod random;
mod seed;

pub use carrier::{Carrier, DemoSubscriber, Settings};
pub use clock::Clock;
pub use db::{OpenError, Store};
pub use fault::Connection;
pub use pages::{Allowed, pages_router};
pub use random::repeat_randomness;
