//! How many.

use super::super::context::Ui;
use super::super::format::counted;
use super::super::live::{live, live_attribute};
use super::super::plan_card::price;
use super::super::text::fill;
use super::frame::{Heading, Steps, ToOffers, runner};
use crate::app::checkout::{Event, Stage};
use crate::domain::allowance::Usage;
use crate::domain::basket::{Basket, Quantity};
use crate::domain::id::OfferingId;
use crate::domain::offering::Offering;
use leptos::prelude::*;
use markup::html;

/// The choice of how many.
#[component]
pub fn Choose(
    /// The choice so far.
    basket: Basket,
) -> impl IntoView {
    let ui = Ui::get();
    let runner = runner();
    let (input, hint) = (ui.id("quantity"), ui.id("quantity-hint"));
    let quantity = Memo::new(move |_| match runner.stage.get() {
        Stage::Choosing { basket } => basket.quantity.get(),
        _ => Quantity::LEAST,
    });
    // What is typed and is no quantity is said so, and not taken.
    let invalid = RwSignal::new(false);
    let choose = move |number: Option<u32>| {
        let chosen = number.and_then(Quantity::new);
        invalid.set(chosen.is_none());
        if let Some(chosen) = chosen {
            runner.tell(Event::Counted(chosen));
        }
    };
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        if !invalid.get_untracked() {
            runner.tell(Event::Asked);
        }
    };
    let offering = find(ui, &basket.offering);
    let about = offering.as_ref().map(|offering| about(ui, offering));
    let unit = offering.map(|offering| offering.price);
    let total = move || unit.and_then(|unit| unit.times(quantity.get()).ok()).map(|total| price(ui, total));
    let bounds = [("least", Quantity::LEAST), ("most", Quantity::MOST)];
    let bounds = bounds.map(|(name, bound)| (name, ui.write(|format| format.count(bound))));
    let bounds = fill(ui.t.quantity_hint, &bounds.each_ref().map(|(name, text)| (*name, text.as_str())));
    html! {
        <form class="card step" part="step" aria-labelledby=ui.id("step") novalidate on:submit=submit>
            <Steps at=1 />
            <div class="head"><ToOffers /><Heading text=ui.t.how_many /></div>
            <div class="item"><h3>{basket.name}</h3><p class="muted num">{about}</p></div>
            <div class="field">
                <label for=input.clone()>{ui.t.quantity}</label>
                <div class="stepper" role="group" aria-label=ui.t.quantity>
                    <button
                        class="btn" type="button" aria-label=ui.t.one_less
                        disabled=live_attribute(move || (quantity.get() <= Quantity::LEAST).then_some(""))
                        on:click=move |_| choose(quantity.get_untracked().checked_sub(1))
                    >"−"</button>
                    <input
                        id=input inputmode="numeric" autocomplete="off" aria-describedby=hint.clone()
                        aria-invalid=live_attribute(move || invalid.get().then_some("true"))
                        prop:value=move || quantity.get().to_string()
                        on:input=move |event| choose(event_target_value(&event).trim().parse().ok())
                    />
                    <button
                        class="btn" type="button" aria-label=ui.t.one_more
                        disabled=live_attribute(move || (quantity.get() >= Quantity::MOST).then_some(""))
                        on:click=move |_| choose(quantity.get_untracked().checked_add(1))
                    >"+"</button>
                </div>
                <p id=hint class=live_attribute(move || Some(if invalid.get() { "error" } else { "muted small" }))>{bounds}</p>
            </div>
            <dl class="lines">
                <div class="sum"><dt>{ui.t.total_with_tax}</dt><dd class="money"><output>{live(total)}</output></dd></div>
            </dl>
            <div class="reach">
                <button class="btn primary wide tall" part="primary" disabled=live_attribute(move || invalid.get().then_some(""))>{ui.t.to_review}</button>
            </div>
        </form>
    }
}

fn find(ui: Ui, id: &OfferingId) -> Option<Offering> {
    ui.app.offerings.with_untracked(|all| all.ready()?.iter().find(|offering| offering.id == *id).cloned())
}

/// What it is in one line: `20 GB · 30 days · €24.00`.
fn about(ui: Ui, offering: &Offering) -> String {
    let volume = offering.volume(Usage::Data).map(|volume| match counted(volume) {
        Some(volume) => ui.write(|format| format.volume(Usage::Data, volume)),
        None => ui.t.unlimited.to_owned(),
    });
    let period = offering.validity.map(|period| ui.write(|format| format.period(period)));
    let each = fill(ui.t.each, &[("price", &price(ui, offering.price))]);
    [volume, period, Some(each)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
