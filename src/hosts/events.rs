//! The element's events: bubbling and composed, so that the page hears them outside the shadow root.

use crate::app::{Bought, Report, log};
use crate::domain::id::OfferingId;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

/// Tells the page what happened, or is about to; answers whether it may.
pub fn dispatch(element: &HtmlElement, report: &Report, debug: bool) -> bool {
    if debug && let Report::Step(step) = report {
        log::line(&["step: ", step]);
    }
    let tell = |name, detail: &[(&str, JsValue)]| send(element, name, detail, false);
    let ask = |name, detail: &[(&str, JsValue)]| send(element, name, detail, true);
    match report {
        Report::Ready => tell("esim-ready", &[]),
        Report::Error { code, about } => tell("esim-error", &[("code", text(code)), ("about", text(about))]),
        Report::SignIn => tell("esim-sign-in-requested", &[]),
        Report::BeforeSelect(offering) => ask("esim-before-select", &[("offeringId", text(offering.as_str()))]),
        Report::Selected(offering) => tell("esim-plan-selected", &[("offeringId", text(offering.as_str()))]),
        Report::Started(offerings) => tell("esim-checkout-started", &[("offeringIds", ids(offerings))]),
        Report::Step(step) => tell("esim-step-changed", &[("step", text(step))]),
        Report::BeforeOrder(bought) => ask("esim-before-order", &of(bought)),
        Report::BeforeLeave { url, reason } => {
            ask("esim-before-leave", &[("url", text(url)), ("reason", text(reason))])
        }
        Report::PaymentPending(order) => tell("esim-payment-pending", &[("orderId", text(order.as_str()))]),
        Report::Completed { order, bought } => {
            let [offerings, amount, currency] = of(bought);
            tell("esim-checkout-completed", &[("orderId", text(order.as_str())), offerings, amount, currency])
        }
    }
}

fn text(text: &str) -> JsValue {
    JsValue::from_str(text)
}

fn ids(offerings: &[OfferingId]) -> JsValue {
    offerings.iter().map(|offering| text(offering.as_str())).collect::<Array>().into()
}

fn of(bought: &Bought) -> [(&'static str, JsValue); 3] {
    let total = bought.total;
    [
        ("offeringIds", ids(&bought.offerings)),
        ("amount", text(&total.to_decimal())),
        ("currency", text(total.currency().code())),
    ]
}

/// Whether nobody prevented it.
fn send(element: &HtmlElement, name: &str, detail: &[(&str, JsValue)], cancelable: bool) -> bool {
    let object = Object::new();
    for (key, value) in detail {
        // A new object takes any property.
        let _ = Reflect::set(&object, &JsValue::from_str(key), value);
    }
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_cancelable(cancelable);
    init.set_detail(&object);
    // A listener that throws is the page's own concern; the browser reports it there.
    CustomEvent::new_with_event_init_dict(name, &init).and_then(|event| element.dispatch_event(&event)).unwrap_or(true)
}
