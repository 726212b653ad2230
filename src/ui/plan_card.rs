//! One offering as a card.

use super::allowances::hero;
use super::context::Ui;
use super::format::counted;
use super::live::live;
use super::text::fill;
use crate::domain::allowance::Usage;
use crate::domain::money::Money;
use crate::domain::offering::{Offering, OfferingKind};
use leptos::prelude::*;
use markup::html;

/// So many countries are named; of more, all but the rest.
const MOST_COUNTRIES: usize = 4;

/// An offering with what it contains, where it works and what it costs.
#[component]
pub fn PlanCard(
    /// The offering to show.
    offering: Offering,
    /// Called when the subscriber chooses it.
    on_choose: Callback<Offering>,
) -> impl IntoView {
    let ui = Ui::get();
    let title = ui.id(&["offer-", offering.id.as_str()].concat());
    let choose = fill(ui.t.choose, &[("name", &offering.name)]);
    let price = price(ui, offering.price);
    let is_mine = {
        let id = offering.id.clone();
        move || {
            let line = ui.app.line.get()?;
            ui.app.inventory.with(|inventory| Some(inventory.ready()?.plan_of(&line)?.offering.as_ref() == Some(&id)))
        }
    };
    html! {
        <li class="card offer" part="offer" aria-labelledby=&title>
            <div class="row">
                <h3 id=title>{offering.name.clone()}</h3>
                {live(move || (is_mine() == Some(true)).then(|| html! { <span class="badge mine">{ui.t.your_plan}</span> }))}
            </div>
            {headline(ui, &offering)}
            <div class="body">
                <dl class="lines">{facts(ui, &offering)}</dl>
            </div>
            <p class="price"><b>{price}</b></p>
            <button class="btn" type="button" on:click=move |_| on_choose.run(offering.clone())>{choose}</button>
        </li>
    }
}

/// A price, or the word for none.
pub fn price(ui: Ui, price: Money) -> String {
    if price.is_zero() { ui.t.free.to_owned() } else { ui.write(|format| format.money(price)) }
}

fn headline(ui: Ui, offering: &Offering) -> impl IntoView + use<> {
    let validity = offering.validity.map(|period| ui.write(|format| format.period(period)));
    match offering.volume(Usage::Data) {
        Some(data) => {
            let validity = validity.map(|period| fill(ui.t.for_period, &[("period", &period)]));
            let hero = hero(ui, Usage::Data, counted(data));
            html! { <p><b class="hero">{hero}</b>" "<span class="muted">{validity}</span></p> }.into_any()
        }
        // Without data the validity is the number that counts; what it does is said below.
        None => html! { <p><b class="hero">{validity.unwrap_or_default()}</b></p> }.into_any(),
    }
}

fn facts(ui: Ui, offering: &Offering) -> Vec<AnyView> {
    let mut facts = Vec::new();
    let mut fact = |name: &'static str, value: String| {
        facts.push(html! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any());
    };
    for (usage, name) in [(Usage::Voice, ui.t.voice), (Usage::Messages, ui.t.messages)] {
        if let Some(volume) = offering.volume(usage) {
            let value = match counted(volume) {
                Some(volume) => ui.write(|format| format.volume(usage, volume)),
                None => ui.t.unlimited.to_owned(),
            };
            fact(name, value);
        }
    }
    if let Some(price) = offering.price_per_gigabyte() {
        fact(ui.t.per_gigabyte, ui.write(|format| format.money(price)));
    }
    if !offering.countries.is_empty() {
        let (names, more) = ui.format.with_value(|format| format.countries(&offering.countries, MOST_COUNTRIES));
        let value = match u32::try_from(more) {
            Ok(0) | Err(_) => names,
            Ok(more) => {
                let more = ui.write(|format| format.count(more));
                fill(ui.t.and_more, &[("names", &names), ("count", &more)])
            }
        };
        fact(ui.t.works_in, value);
    }
    let says_itself = offering.volume(Usage::Data).is_some() && offering.kind != OfferingKind::Bundle;
    if let Some(description) = offering.description.clone().filter(|_| !says_itself) {
        facts
            .push(html! { <div><dt class="vh">{ui.t.about}</dt><dd class="about">{description}</dd></div> }.into_any());
    }
    facts
}
