//! The element's events: bubbling and composed, so that the page hears them outside the shadow root.

use crate::app::{Report, storage};
use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

/// Tells the page what happened.
pub fn dispatch(element: &HtmlElement, report: &Report) {
    match report {
        Report::Ready => send(element, "esim-ready", &[]),
        Report::Error { code, about } => send(element, "esim-error", &[("code", code), ("about", about)]),
        Report::SignIn => send(element, "esim-sign-in-requested", &[]),
        Report::Step(step) => send(element, "esim-step-changed", &[("step", step)]),
        Report::Completed { order } => {
            // Once for an order in a browser profile, also across reloads and tabs.
            if storage::first_time(&["esim-renewal:completed:", order].concat()) {
                send(element, "esim-checkout-completed", &[("orderId", order)]);
            }
        }
    }
}

fn send(element: &HtmlElement, name: &str, detail: &[(&str, &str)]) {
    let object = Object::new();
    for (key, value) in detail {
        // A new object takes any property.
        let _ = Reflect::set(&object, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(&object);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        // A listener that throws is the page's own concern; the browser reports it there.
        let _ = element.dispatch_event(&event);
    }
}
