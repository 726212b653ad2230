//! What is seen: values in, callbacks out. No network, no storage.
//!
//! Leptos makes a subtree of which nothing can change from an HTML string, which a page with Trusted Types refuses. So each
//! element here has an attribute or a child that is an expression; the end-to-end tests run under such a policy.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]

mod allowances;
mod checkout;
mod context;
mod door;
mod el;
mod format;
mod live;
mod my_plan;
mod options;
mod parts;
mod plan_card;
pub mod text;

mod widget;

pub use context::Ui;
pub use widget::Widget;
