//! What is seen: values in, callbacks out. No network, no storage.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its properties")]

/// Leptos' `view!`, with one class for every element of the widget.
///
/// A view with a class of its own builds its elements one by one. Without, Leptos makes the parts that never change from an
/// HTML string, which a page with Trusted Types refuses.
macro_rules! html {
    ($($markup:tt)*) => {
        leptos::prelude::view! { class="e", $($markup)* }
    };
}

mod allowances;
mod checkout;
mod context;
mod door;
mod format;
mod my_plan;
mod options;
mod parts;
mod plan_card;
pub mod text;

mod widget;

pub use context::Ui;
pub use widget::Widget;
