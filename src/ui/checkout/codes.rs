//! Promo codes: typed on the review, answered by the carrier one by one.

use super::super::context::Ui;
use super::super::el::kept;
use super::super::parts::{icon, icons};
use super::super::text::fill;
use super::frame::runner;
use super::words::words;
use crate::app::checkout::Event;
use crate::domain::basket::Basket;
use crate::domain::quote::CodeResult;
use leptos::prelude::*;
use markup::html;
use wasm_bindgen::JsCast;

/// More codes than anybody has: what is typed beyond is not sent.
const MOST_CODES: usize = 5;

/// What became of the codes so far, and a field for another.
#[component]
pub fn Codes(
    /// What is bought, with the codes that were typed.
    basket: Basket,
    /// What the carrier made of them.
    results: Vec<(String, CodeResult)>,
) -> impl IntoView {
    let ui = Ui::get();
    let w = words();
    let runner = runner();
    let (input, field) = (ui.id("code"), kept());
    let said = basket.codes.iter().map(|code| {
        let result = results.iter().find(|(one, _)| one.eq_ignore_ascii_case(code)).map(|(_, result)| *result);
        let text = match result {
            // The carrier says nothing of it.
            None => "{code}",
            Some(CodeResult::Applied) => w.code_applied,
            Some(CodeResult::Unknown) => w.code_unknown,
            Some(CodeResult::Expired) => w.code_expired,
            Some(CodeResult::NotApplicable) => w.code_not_applicable,
            Some(CodeResult::Used) => w.code_used,
        };
        let without = {
            let mut basket = basket.clone();
            basket.codes.retain(|one| !one.eq_ignore_ascii_case(code));
            basket
        };
        let remove = fill(w.remove, &[("name", code)]);
        let class = if result == Some(CodeResult::Applied) { "row good" } else { "row warn" };
        html! {
            <li class=class>
                <span>{fill(text, &[("code", code)])}</span>
                <button class="btn plain" type="button" aria-label=remove on:click=move |_| runner.tell(Event::Changed(without.clone()))>{icon(icons::CROSS)}</button>
            </li>
        }
    });
    let said = said.collect_view();
    let has_codes = !basket.codes.is_empty();
    let apply = {
        let basket = StoredValue::new(basket);
        move || {
            let Some(typed) = field.get_value() else { return };
            let code = typed.unchecked_ref::<web_sys::HtmlInputElement>().value().trim().to_owned();
            let mut basket = basket.get_value();
            let is_new = !basket.codes.iter().any(|one| one.eq_ignore_ascii_case(&code));
            if !code.is_empty() && is_new && basket.codes.len() < MOST_CODES {
                basket.codes.push(code);
                runner.tell(Event::Changed(basket));
            }
        }
    };
    let on_key = move |event: web_sys::Event| {
        // Enter in this field asks for the price, and does not order.
        if event.dyn_ref::<web_sys::KeyboardEvent>().is_some_and(|event| event.key() == "Enter") {
            event.prevent_default();
            apply();
        }
    };
    html! {
        <details class="terms codes" open=has_codes.then_some("")>
            <summary>{w.promo_code}</summary>
            <ul role="list">{said}</ul>
            <div class="field row">
                <input id=input aria-label=w.promo_code autocomplete="off" autocapitalize="characters" maxlength="40" node_ref=field on:keydown=on_key />
                <button class="btn" type="button" on:click=move |_| apply()>{w.apply}</button>
            </div>
        </details>
    }
}
