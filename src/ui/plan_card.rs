//! One offering as a card.

use super::advice::{against_mine, is_advised, why};
use super::allowances::hero;
use super::context::Ui;
use super::deal::{badge, more, price_with};
use super::format::{MOST_COUNTRIES, counted};
use super::live::{live, live_attribute};
use super::text::fill;
use crate::domain::allowance::Usage;
use crate::domain::eligibility::{Eligibility, Obstacle};
use crate::domain::id::OfferingId;
use crate::domain::money::Money;
use crate::domain::offering::{Offering, OfferingKind, Price, Recurring};
use crate::domain::time::Period;
use leptos::prelude::*;
use markup::html;
use web_sys::Event;

/// An offering with what it contains, where it works and what it costs.
#[component]
pub fn PlanCard(
    /// The offering to show.
    offering: Offering,
    /// The offering with the best deal of those around.
    best: Memo<Option<OfferingId>>,
    /// Called when the subscriber chooses it.
    on_choose: Callback<Offering>,
    /// What else can be done with it.
    #[prop(optional)]
    extra: Option<AnyView>,
) -> impl IntoView {
    let ui = Ui::get();
    let title = ui.id(&["offer-", offering.id.as_str()].concat());
    let advised = offering.clone();
    let is_best = {
        let id = offering.id.clone();
        move || best.with(|best| best.as_ref() == Some(&id))
    };
    let price = match offering.price {
        Price::Fixed(once) => price(ui, once),
        Price::Chosen { least, most } => {
            let [least, most] = [least, most].map(|bound| ui.write(|format| format.money(bound)));
            fill(ui.t.amount_from_to, &[("least", &least), ("most", &most)])
        }
    };
    let then = offering.recurring.map(|recurring| html! { " "<span class="muted small">{again(ui, recurring)}</span> });
    let is_mine = {
        let id = offering.id.clone();
        move || {
            let line = ui.app.line.get()?;
            ui.app.inventory.with(|inventory| Some(inventory.ready()?.plan_of(&line)?.offering.as_ref() == Some(&id)))
        }
    };
    html! {
        <li
            part="offer" aria-labelledby=&title tabindex="-1"
            class=live_attribute(move || Some(if is_advised(ui, &advised) { "card offer best" } else { "card offer" }))
        >
            <div class="row">
                <h3 id=title>{offering.name.clone()}</h3>
                {live(move || (is_mine() == Some(true)).then(|| html! { <span class="badge mine">{ui.t.your_plan}</span> }))}
                {badge(ui, &offering)}
            </div>
            {headline(ui, &offering)}
            <div class="body">
                {why(ui, &offering)}
                {live(move || is_best().then(|| html! { <p class="small deal-why">{ui.t.best_deal}</p> }))}
                <dl class="lines">{against_mine(ui, &offering)}{facts(ui, &offering)}{more(ui, &offering)}</dl>
                {extra}
            </div>
            <p class="price">{price_with(ui, price, &offering)}{then}</p>
            {ui.app.sells().then(|| {
                let eligible = {
                    let offering = offering.clone();
                    // What is not known yet looks like what can be bought. Only what looks different is drawn anew: a click
                    // on a button that is being replaced would be lost.
                    Memo::new(move |_| ui.app.eligibility(&offering).unwrap_or_else(|| Eligibility::With(Vec::new())))
                };
                live(move || way_on(ui, &offering, eligible.get(), on_choose))
            })}
        </li>
    }
}

/// The button that chooses an offering, or why there is none.
fn way_on(ui: Ui, offering: &Offering, eligible: Eligibility, on_choose: Callback<Offering>) -> AnyView {
    let needed = match eligible {
        // That is said of the line, above all offers.
        Eligibility::Not(Obstacle::Suspended) => return ().into_any(),
        Eligibility::Not(obstacle) => {
            return html! { <p class="muted small obstacle">{obstacle_text(ui, &obstacle)}</p> }.into_any();
        }
        Eligibility::With(needed) => needed,
    };
    let others = ui.app.offerings.with_untracked(|all| {
        let all = all.ready().map(|all| all.as_slice()).unwrap_or_default();
        all.iter().filter(|one| needed.contains(&one.id)).cloned().collect::<Vec<_>>()
    });
    let notes = others.iter().map(|other| {
        let cost = other.price.fixed().map(|once| price(ui, once)).unwrap_or_default();
        let name = [other.name.as_str(), " (", &cost, ")"].concat();
        html! { <p class="muted small obstacle">{fill(ui.t.needs, &[("name", &name)])}</p> }
    });
    let notes = notes.collect_view();
    let names = others
        .iter()
        .fold(offering.name.clone(), |name, other| fill(ui.t.and_needed, &[("name", &name), ("others", &other.name)]));
    let choose = fill(ui.t.choose, &[("name", &names)]);
    let offering = offering.clone();
    if let Some(link) = ui.app.link_for(&offering, None) {
        let href = link.clone();
        let follow = move |event: Event| {
            if !(ui.may_select(&offering) && ui.app.may_leave_for_checkout(&link)) {
                event.prevent_default();
            }
        };
        return html! { <a class="btn" href=href on:click=follow>{choose}</a> }.into_any();
    }
    let button = html! {
        <button class="btn" type="button" on:click=move |_| on_choose.run(offering.clone())>{choose}</button>
    };
    if others.is_empty() { button.into_any() } else { html! { <div class="way">{notes}{button}</div> }.into_any() }
}

fn obstacle_text(ui: Ui, obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Suspended => ui.with_carrier(ui.t.suspended_text),
        Obstacle::NoPlan => ui.t.needs_plan.to_owned(),
        Obstacle::RoamingBarred => ui.with_carrier(ui.t.roaming_barred),
        Obstacle::Excluded(name) => fill(ui.t.not_beside, &[("name", name)]),
        Obstacle::Basket => ui.t.basket_apart.to_owned(),
        Obstacle::Missing(name) => fill(ui.t.missing, &[("name", name)]),
    }
}

/// What comes again after the first payment: `then €1.20 a month`.
pub fn again(ui: Ui, recurring: Recurring) -> String {
    let price = ui.write(|format| format.money(recurring.amount));
    match recurring.every {
        Period::Months(1) => fill(ui.t.then_monthly, &[("price", &price)]),
        every => {
            let every = ui.write(|format| format.period(every));
            fill(ui.t.then_every, &[("price", &price), ("period", &every)])
        }
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
        None if offering.kind == OfferingKind::Credit => html! { <p class="muted">{ui.t.you_say}</p> }.into_any(),
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
    if let Some(bytes) = offering.fair_use {
        let volume = ui.write(|format| format.volume(Usage::Data, bytes));
        fact(ui.t.data, fill(ui.t.fair_use, &[("volume", &volume)]));
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
