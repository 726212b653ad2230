//! What is in the basket: how much of each, from when, and the way on.

use super::super::context::Ui;
use super::super::el::kept;
use super::super::live::{live, live_attribute, on_change};
use super::super::parts::for_line;
use super::super::plan_card::price;
use super::frame::{Heading, Steps, ToOffers, runner};
use super::item::ItemFields;
use super::words::words;
use crate::app::checkout::{Event, Stage};
use crate::domain::basket::{Basket, shown_total};
use leptos::prelude::*;
use markup::html;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// What the fields of a basket have in common.
#[derive(Clone, Copy)]
pub struct Fields {
    /// The fields in which something stands that cannot be taken, by their ids.
    pub invalid: RwSignal<Vec<String>>,
    /// Whether the subscriber wanted to go on: then what is missing is said.
    pub wanted_on: RwSignal<bool>,
}

impl Fields {
    /// Notes whether what stands in a field can be taken.
    pub fn mark(self, field: &String, is_valid: bool) {
        if is_valid == self.invalid.with_untracked(|invalid| !invalid.contains(field)) {
            return;
        }
        self.invalid.update(|invalid| {
            invalid.retain(|one| one != field);
            if !is_valid {
                invalid.push(field.clone());
            }
        });
    }
}

/// The basket.
#[component]
pub fn Choose() -> impl IntoView {
    let ui = Ui::get();
    let w = words();
    let runner = runner();
    let fields = Fields { invalid: RwSignal::new(Vec::new()), wanted_on: RwSignal::new(false) };
    provide_context(fields);
    let basket = move || match runner.stage.get() {
        Stage::Choosing { basket } => Some(basket),
        _ => None,
    };
    // Only what comes or goes makes new fields: in those that stay, what is typed and focused stays too.
    let offerings = Memo::new(move |_| {
        let ids = |basket: Basket| basket.items.into_iter().map(|item| item.offering).collect::<Vec<_>>();
        basket().map(ids).unwrap_or_default()
    });
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        fields.wanted_on.set(true);
        if untrack(basket).is_some_and(|basket| !basket.is_complete()) {
            // What is missing is the amount of credit.
            focus_within(&event, ".amount");
        } else if fields.invalid.with_untracked(Vec::is_empty) {
            runner.tell(Event::Asked);
        }
    };
    let total = move || {
        let total =
            ui.app.offerings.with(|all| ui.app.deals.on.with(|on| shown_total(&basket()?, all.ready()?, on)))?;
        Some(price(ui, total))
    };
    let add_more = move |_| {
        ui.app.basket.set(basket());
        ui.app.checkout.set(None);
    };
    let list = kept();
    let before = StoredValue::new(0);
    on_change(move || {
        let count = offerings.with(Vec::len);
        if count < before.get_value() {
            // The fields are made anew with what can be taken, and the button that had the focus is gone.
            fields.invalid.set(Vec::new());
            if let Some(list) = list.get_value() {
                let _ = list.focus();
            }
        }
        before.set_value(count);
    });
    let number = untrack(basket).and_then(|basket| for_line(ui, &basket)).map(|number| html! { <p>{number}</p> });
    let is_blocked = move || fields.invalid.with(|invalid| !invalid.is_empty()).then_some("");
    html! {
        <form class="card step" part="step" aria-labelledby=ui.id("step") novalidate on:submit=submit>
            <Steps at=1 />
            <div class="head"><ToOffers /><Heading text=w.your_basket />{number}</div>
            <ul class="items" role="list" tabindex="-1" node_ref=list>
                {live(move || offerings.get().into_iter().filter_map(|id| {
                    let item = untrack(basket)?.items.into_iter().find(|item| item.offering == id)?;
                    Some(html! { <ItemFields item /> })
                }).collect_view())}
            </ul>
            <dl class="lines">
                <div class="sum"><dt>{w.total_with_tax}</dt><dd class="money"><output>{live(total)}</output></dd></div>
            </dl>
            <div class="reach">
                <button class="btn primary wide tall" part="primary" disabled=live_attribute(is_blocked)>{w.to_review}</button>
            </div>
            <div class="acts"><button class="btn" type="button" on:click=add_more>{w.add_more}</button></div>
        </form>
    }
}

/// Moves the focus to what a selector finds in the form of an event.
fn focus_within(event: &web_sys::Event, selector: &str) {
    let form = event.current_target().and_then(|form| form.dyn_into::<Element>().ok());
    let found = form.and_then(|form| form.query_selector(selector).ok().flatten());
    if let Some(field) = found.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        let _ = field.focus();
    }
}
