//! What is seen: values in, callbacks out. No network, no storage.
//!
//! Markup is written in `html!`, which makes elements of one type ([`el::El`]) and no HTML from strings, as a page with Trusted
//! Types asks for.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]
#![cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::large_types_passed_by_value, reason = "a handful of handles, half as large in the module")
)]

mod advice;
mod allowances;
mod checkout;
mod context;
mod deal;
mod door;
mod el;
mod find;
pub mod format;
mod live;
mod my_plan;
mod options;
pub mod own_texts;
mod parts;
mod plan;
mod plan_card;
pub mod text;

mod widget;
mod window;

pub use context::Ui;
pub use widget::Widget;
