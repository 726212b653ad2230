//! What changes on the screen, in one type for all of it: each closure of its own type would bring its own copy of the
//! code that redraws it.

use super::el::Value;
use leptos::prelude::*;

/// A part of a view that is drawn anew when a signal that it reads changes.
pub fn live<V: IntoView>(mut draw: impl FnMut() -> V + Send + 'static) -> AnyView {
    let draw: Box<dyn FnMut() -> AnyView + Send> = Box::new(move || draw().into_any());
    draw.into_any()
}

/// An attribute that changes; `None` takes it away.
pub fn live_attribute<V: Into<String>>(mut value: impl FnMut() -> Option<V> + Send + 'static) -> Value {
    Value::Live(Box::new(move || value().map(Into::into)))
}

/// Does something when a signal that it reads changes.
pub fn on_change(act: impl FnMut() + 'static) {
    let act: Box<dyn FnMut()> = Box::new(act);
    Effect::new(act);
}
