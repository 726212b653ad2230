//! One item of the basket, with what the subscriber says of it.

use super::super::context::Ui;
use super::super::format::{Detail, counted};
use super::super::live::{live, live_attribute};
use super::super::parts::{icon, icons};
use super::super::plan_card::{again, price};
use super::super::text::fill;
use super::choose::Fields;
use super::frame::runner;
use super::words::words;
use crate::app::checkout::{Event, Stage};
use crate::app::now;
use crate::app::runner::Runner;
use crate::domain::allowance::Usage;
use crate::domain::basket::{HowMuch, Item, MOST_DAYS_AHEAD, Quantity};
use crate::domain::deal::price_now;
use crate::domain::id::OfferingId;
use crate::domain::money::Money;
use crate::domain::offering::{Offering, OfferingKind, Price};
use leptos::prelude::*;
use markup::html;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

/// An item with its fields.
#[component]
pub fn ItemFields(
    /// The item as it is at first.
    item: Item,
) -> impl IntoView {
    let ui = Ui::get();
    let w = words();
    let runner = runner();
    let offering =
        ui.app.offerings.with_untracked(|all| all.ready()?.iter().find(|one| one.id == item.offering).cloned());
    let about = offering.as_ref().map(|offering| about(ui, offering));
    let remove = {
        let id = item.offering.clone();
        move |_| {
            if let Stage::Choosing { basket } = runner.stage.get_untracked() {
                runner.tell(Event::Changed(basket.without(&id)));
            }
        }
    };
    let label = fill(w.remove, &[("name", &item.name)]);
    let may_start_later = item.kind == OfferingKind::Roaming;
    let later = may_start_later.then(|| html! { <Start item=item.clone() /> });
    html! {
        <li class="item" part="item">
            <div class="row">
                <h3>{item.name.clone()}</h3>
                <button class="btn plain" type="button" aria-label=label on:click=remove>{icon(icons::CROSS)}</button>
            </div>
            <p class="muted num">{about}</p>
            {match item.how_much {
                HowMuch::Times(_) if offering.as_ref().is_some_and(Offering::is_single) => ().into_any(),
                HowMuch::Times(_) => html! { <Times item /> }.into_any(),
                HowMuch::Amount(_) => html! { <Amount item offering /> }.into_any(),
            }}
            {later}
        </li>
    }
}

/// The item as it is now.
fn current(runner: Runner, id: &OfferingId) -> Option<Item> {
    match runner.stage.get() {
        Stage::Choosing { basket } => basket.items.into_iter().find(|item| item.offering == *id),
        _ => None,
    }
}

fn change(runner: Runner, id: &OfferingId, change: impl FnOnce(&mut Item)) {
    if let Stage::Choosing { basket } = runner.stage.get_untracked() {
        runner.tell(Event::Changed(basket.with(id, change)));
    }
}

/// How many of it.
#[component]
fn Times(item: Item) -> impl IntoView {
    let ui = Ui::get();
    let w = words();
    let runner = runner();
    let fields = expect_context::<Fields>();
    let name = item.name;
    let id = StoredValue::new(item.offering);
    let (input, hint) =
        id.with_value(|id| (ui.id(&["quantity-", id.as_str()].concat()), ui.id(&["hint-", id.as_str()].concat())));
    let field = StoredValue::new(input.clone());
    let quantity = Memo::new(move |_| {
        id.with_value(|id| current(runner, id)).map_or(Quantity::LEAST, |item| item.quantity().get())
    });
    // What is typed and is no quantity is said so, and not taken.
    let invalid = move || fields.invalid.with(|invalid| field.with_value(|field| invalid.contains(field)));
    let choose = move |number: Option<u32>| {
        let chosen = number.and_then(Quantity::new);
        id.with_value(|id| {
            field.with_value(|field| fields.mark(field, chosen.is_some()));
            if let Some(chosen) = chosen {
                change(runner, id, |item| item.how_much = HowMuch::Times(chosen));
            }
        });
    };
    let bounds = [("least", Quantity::LEAST), ("most", Quantity::MOST)];
    let bounds = bounds.map(|(name, bound)| (name, ui.write(|format| format.count(bound))));
    let bounds = fill(w.quantity_hint, &bounds.each_ref().map(|(name, text)| (*name, text.as_str())));
    html! {
        <div class="field">
            <label for=input.clone()>{w.quantity}</label>
            <div class="stepper" role="group" aria-label=name>
                <button
                    class="btn" type="button" aria-label=w.one_less
                    disabled=live_attribute(move || (quantity.get() <= Quantity::LEAST).then_some(""))
                    on:click=move |_| choose(quantity.get_untracked().checked_sub(1))
                >"−"</button>
                <input
                    id=input inputmode="numeric" autocomplete="off" aria-describedby=hint.clone()
                    aria-invalid=live_attribute(move || invalid().then_some("true"))
                    prop:value=move || quantity.get().to_string()
                    on:input=move |event| choose(event_target_value(&event).trim().parse().ok())
                />
                <button
                    class="btn" type="button" aria-label=w.one_more
                    disabled=live_attribute(move || (quantity.get() >= Quantity::MOST).then_some(""))
                    on:click=move |_| choose(quantity.get_untracked().checked_add(1))
                >"+"</button>
            </div>
            <p id=hint class=live_attribute(move || Some(if invalid() { "error" } else { "muted small" }))>{bounds}</p>
        </div>
    }
}

/// For how much money.
#[component]
fn Amount(item: Item, offering: Option<Offering>) -> impl IntoView {
    let ui = Ui::get();
    let w = words();
    let runner = runner();
    let fields = expect_context::<Fields>();
    let (input, hint) = (ui.id("amount"), ui.id("amount-hint"));
    let bounds = offering.and_then(|offering| match offering.price {
        Price::Chosen { least, most } => Some((least, most)),
        Price::Fixed(_) => None,
    });
    let id = StoredValue::new(item.offering);
    let currency = match runner.stage.get_untracked() {
        Stage::Choosing { basket } => Some(basket.currency),
        _ => None,
    };
    let said = match item.how_much {
        HowMuch::Amount(amount) => amount.map(Money::to_decimal),
        HowMuch::Times(_) => None,
    };
    let text = RwSignal::new(said.clone().unwrap_or_default());
    let read = move |text: &str| {
        let amount = Money::parse_typed(text, currency?)?;
        let fits = |(least, most): (Money, Money)| {
            amount.compare(least).is_some_and(std::cmp::Ordering::is_ge)
                && amount.compare(most).is_some_and(std::cmp::Ordering::is_le)
        };
        bounds.is_none_or(fits).then_some(amount)
    };
    // While it is typed, only what cannot become an amount any more is said to be none.
    let missing = move || text.with(|text| read(text).is_none() && (fields.wanted_on.get() || text.len() > 5));
    let typed = move |event: web_sys::Event| {
        let value = event_target_value(&event);
        let amount = read(&value);
        text.set(value);
        id.with_value(|id| change(runner, id, |item| item.how_much = HowMuch::Amount(amount)));
    };
    let range = bounds.map(|(least, most)| {
        let [least_text, most_text] = [least, most].map(|bound| ui.write(|format| format.money(bound)));
        let example = most.to_decimal();
        fill(w.amount_range, &[("least", &least_text), ("most", &most_text), ("example", &example)])
    });
    html! {
        <div class="field">
            <label for=input.clone()>{w.amount}</label>
            <input
                class="amount" id=input inputmode="decimal" autocomplete="off" value=said.unwrap_or_default() aria-describedby=hint.clone()
                aria-invalid=live_attribute(move || missing().then_some("true"))
                on:input=typed
            />
            <p id=hint role="status" class=live_attribute(move || Some(if missing() { "error" } else { "muted small" }))>{range}</p>
        </div>
    }
}

/// From which day on.
#[component]
fn Start(item: Item) -> impl IntoView {
    let ui = Ui::get();
    let w = words();
    let runner = runner();
    let fields = expect_context::<Fields>();
    let id = StoredValue::new(item.offering);
    let (input, hint) =
        id.with_value(|id| (ui.id(&["start-", id.as_str()].concat()), ui.id(&["start-hint-", id.as_str()].concat())));
    let (first, last) =
        ui.format.with_value(|format| (format.day(now()), format.day(now().plus_days(MOST_DAYS_AHEAD))));
    let until = ui.write(|format| format.date(now().plus_days(MOST_DAYS_AHEAD), Detail::Day));
    let chosen = item.start.map(|start| ui.format.with_value(|format| format.day(start))).unwrap_or_default();
    let field = StoredValue::new(input.clone());
    let wrong = RwSignal::new(false);
    let (least, most) = (first.clone(), last.clone());
    let choose = move |event: web_sys::Event| {
        let day = event_target_value(&event);
        // Days are written so that their order is that of their texts. The first of them is today, which has begun.
        let start =
            (day > first && day <= last).then(|| ui.format.with_value(|format| format.start_of_day(&day))).flatten();
        // A day that is typed by half is none, and is not "at once" either.
        let is_whole = event.target().and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
        let is_whole = is_whole.is_none_or(|input| input.check_validity());
        let is_valid = is_whole && (day.is_empty() || day == first || start.is_some());
        wrong.set(!is_valid);
        id.with_value(|id| {
            field.with_value(|field| fields.mark(field, is_valid));
            change(runner, id, |item| item.start = start);
        });
    };
    let text = move || fill(if wrong.get() { w.start_invalid } else { w.start_hint }, &[("date", &until)]);
    html! {
        <div class="field">
            <label for=input.clone()>{w.starts}</label>
            <input
                id=input type="date" min=least max=most value=chosen aria-describedby=hint.clone()
                aria-invalid=live_attribute(move || wrong.get().then_some("true")) on:change=choose
            />
            <p id=hint role="status" class=live_attribute(move || Some(if wrong.get() { "error" } else { "muted small" }))>{live(text)}</p>
        </div>
    }
}

/// What it is in one line: `20 GB · 30 days · €24.00 each`.
fn about(ui: Ui, offering: &Offering) -> String {
    let volume = offering.volume(Usage::Data).map(|volume| match counted(volume) {
        Some(volume) => ui.write(|format| format.volume(Usage::Data, volume)),
        None => ui.t.unlimited.to_owned(),
    });
    let period = offering.validity.map(|period| ui.write(|format| format.period(period)));
    let each = ui
        .app
        .deals
        .on
        .with(|on| price_now(offering, on, None))
        .map(|one| fill(words().each, &[("price", &price(ui, one))]));
    let then = offering.recurring.map(|recurring| again(ui, recurring));
    [volume, period, each, then].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
