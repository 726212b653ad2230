//! The planner of trips: the cheapest packs for countries in order, each for some days.

use super::super::context::Ui;
use super::super::el::kept;
use super::super::live::{live, on_change};
use super::super::parts::{icon, icons};
use super::super::text::fill;
use super::Finder;
use super::country::picker;
use super::field::number;
use super::filters::gigabytes;
use super::words::words;
use crate::app::{Opening, now};
use crate::domain::allowance::Usage;
use crate::domain::basket::{Basket, HowMuch, Item, MOST_DAYS_AHEAD, Quantity};
use crate::domain::filter::{Entry, gigabytes as written};
use crate::domain::finding::TypedLeg;
use crate::domain::id::OfferingId;
use crate::domain::money::Money;
use crate::domain::offering::{Offering, RelationKind};
use crate::domain::time::Timestamp;
use crate::domain::trip::{Answer, Leg, MOST_LEGS, Pack, Planner, Purchase, TripError, TripPlan};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::html;

/// What became of the question.
#[derive(Clone, PartialEq)]
enum Found {
    Nothing,
    Working,
    Refused(TripError),
    Incomplete,
    Plan(Answer),
}

/// Legs, the data for all of them, and the answer.
#[component]
pub fn Trip() -> impl IntoView {
    let ui = Ui::get();
    let w = words();
    let finder = Finder::get();
    let trip = finder.trip;
    let summary = kept();
    let first = trip.get_untracked();
    let found = RwSignal::new(Found::Nothing);
    // Each question has a number: an answer to an older one is none.
    let asked = RwSignal::new(0_u32);
    let forget = move || {
        asked.update(|asked| *asked += 1);
        found.set(Found::Nothing);
    };
    let add = move |_| {
        trip.update(|trip| {
            let key = trip.legs.iter().map(|leg| leg.key).max().map_or(0, |key| key + 1);
            trip.legs.push(TypedLeg { key, ..TypedLeg::default() });
        });
        forget();
    };
    let leg = move |typed: TypedLeg| {
        let key = typed.key.to_string();
        let change = move |change: &dyn Fn(&mut TypedLeg)| {
            trip.update(|trip| trip.legs.iter_mut().filter(|leg| leg.key == typed.key).for_each(change));
            forget();
        };
        let take_days = move |text: Option<&str>| {
            let days = text.map(|text| text.parse().ok().filter(|days| *days > 0));
            change(&|leg| leg.days = days.flatten());
            days != Some(None)
        };
        let country =
            move || trip.with(|trip| trip.legs.iter().find(|leg| leg.key == typed.key).and_then(|leg| leg.country));
        let choose = move |country| change(&|leg| leg.country = country);
        let days = typed.days.map(|days| days.to_string()).unwrap_or_default();
        let remove = move |_| {
            trip.update(|trip| trip.legs.retain(|leg| leg.key != typed.key));
            forget();
            if let Some(summary) = summary.get_value() {
                let _ = summary.focus();
            }
        };
        html! {
            <li class="leg">
                {picker(&["find-leg-", &key].concat(), w.country, country, choose)}
                {number(w.leg_days, &["find-leg-days-", &key].concat(), days, w.no_number, take_days)}
                {live(move || (trip.with(|trip| trip.legs.len()) > 1).then(|| html! {
                    <button class="btn plain" type="button" aria-label=w.remove_leg on:click=remove>{icon(icons::CROSS)}</button>
                }))}
            </li>
        }
    };
    let ask = move || {
        let read = |leg: &TypedLeg| Some(Leg { country: leg.country?, days: leg.days? });
        let said = trip.get_untracked();
        let Some((read, need)) = said.legs.iter().map(read).collect::<Option<Vec<_>>>().zip(said.data) else {
            found.set(Found::Incomplete);
            return;
        };
        let packs = finder.with_entries(|entries| packs(ui, &entries, &read));
        asked.update(|asked| *asked += 1);
        match Planner::new(&read, need, packs) {
            Ok(planner) => {
                found.set(Found::Working);
                spawn_local(work(planner, found, asked, asked.get_untracked()));
            }
            Err(error) => found.set(Found::Refused(error)),
        }
    };
    on_change(move || {
        // Other prices, another answer.
        ui.app.deals.on.track();
        if found.with_untracked(|found| *found != Found::Nothing) {
            ask();
        }
    });
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        ask();
    };
    let take_data = move |text: Option<&str>| {
        let bytes = text.map(gigabytes);
        trip.update(|trip| trip.data = bytes.flatten());
        forget();
        bytes != Some(None)
    };
    html! {
        <details class="card trip" open=(!first.is_empty()).then_some("")>
            <summary node_ref=summary>{w.trip}</summary>
            <form aria-label=w.trip on:submit=submit>
                <p class="muted small">{w.trip_model}</p>
                <ol class="legs"><For each=move || trip.get().legs key=|leg: &TypedLeg| leg.key children=leg /></ol>
                {live(move || (trip.with(|trip| trip.legs.len()) < MOST_LEGS).then(|| html! {
                    <div class="acts"><button class="btn" type="button" on:click=add>{w.add_leg}</button></div>
                }))}
                {number(w.trip_data, "find-trip-data", first.data.map(written).unwrap_or_default(), w.no_number, take_data)}
                {first_day_field(ui, finder)}
                <div class="acts"><button class="btn primary">{w.trip_find}</button></div>
                <div role="status">{live(move || answer(ui, finder, found))}</div>
            </form>
        </details>
    }
}

/// On which day the trip begins, where that is said: the packs then start each on its day.
fn first_day_field(ui: Ui, finder: Finder) -> AnyView {
    let id = ui.id("find-trip-first-day");
    let (least, most) = days_ahead(ui);
    let first = finder.trip.with_untracked(|trip| trip.first_day.clone()).unwrap_or_default();
    let choose = move |event: web_sys::Event| {
        let day = event_target_value(&event);
        finder.trip.update(|trip| trip.first_day = Some(day).filter(|day| !day.is_empty()));
    };
    html! {
        <div class="field">
            <label for=&id>{words().trip_first_day}</label>
            <input class="input" id=id type="date" min=least max=most value=first on:input=choose />
        </div>
    }
    .into_any()
}

/// The first and the last day on which a trip may begin.
fn days_ahead(ui: Ui) -> (String, String) {
    let day = |ahead| ui.format.with_value(|format| format.day(now().plus_days(ahead)));
    (day(0), day(MOST_DAYS_AHEAD))
}

/// The packs that may serve a trip, at the prices of now. What needs something that costs extra is left out: the total
/// would not be all that is paid.
fn packs(ui: Ui, entries: &[Entry<'_>], legs: &[Leg]) -> Vec<Pack> {
    let is_free = |id: &OfferingId| {
        let needed = entries.iter().find(|one| one.offering.id == *id);
        needed.and_then(|one| one.price).is_some_and(Money::is_zero)
    };
    let is_alone = |offering: &Offering| {
        let mut needed = offering.relations.iter().filter(|one| one.kind == RelationKind::Requires);
        needed.all(|one| untrack(|| ui.app.owns(&one.offering)) || is_free(&one.offering))
    };
    let works_there = |offering: &Offering| legs.iter().any(|leg| offering.countries.contains(&leg.country));
    let fitting = entries.iter().filter(|one| works_there(one.offering) && is_alone(one.offering));
    fitting.filter_map(|one| Pack::of(one.offering, one.price?)).collect()
}

/// A day of the trip at a time, so that no frame waits; given up once something else was asked.
async fn work(mut planner: Planner, found: RwSignal<Found>, asked: RwSignal<u32>, this: u32) {
    while !planner.step() {
        TimeoutFuture::new(0).await;
        if asked.try_get_untracked() != Some(this) {
            return;
        }
    }
    found.try_set(match planner.finish() {
        Ok(answer) => Found::Plan(answer),
        Err(error) => Found::Refused(error),
    });
}

fn answer(ui: Ui, finder: Finder, found: RwSignal<Found>) -> Option<AnyView> {
    let w = words();
    Some(match found.get() {
        Found::Nothing => return None,
        Found::Working => html! { <p>{w.planning}</p> }.into_any(),
        Found::Incomplete => html! { <p class="error">{icon(icons::ALERT)}{w.trip_incomplete}</p> }.into_any(),
        Found::Refused(error) => {
            let text = match error {
                TripError::NoLegs => w.trip_incomplete.to_owned(),
                TripError::TooManyLegs | TripError::TooLong => w.trip_too_long.to_owned(),
                TripError::TooMuchData => w.trip_too_much.to_owned(),
                TripError::NotCovered(countries) => {
                    let (names, _) = ui.format.with_value(|format| format.countries(&countries, countries.len()));
                    fill(w.trip_not_covered, &[("countries", &names)])
                }
            };
            html! { <p class="error">{icon(icons::ALERT)}{text}</p> }.into_any()
        }
        Found::Plan(Answer { best, runner_up }) => {
            let total = ui.write(|format| format.money(best.total));
            let parts: Vec<_> = best.purchases.iter().map(|one| part(ui, one)).collect();
            let next = runner_up.map(|next| {
                let names: Vec<_> = next.purchases.iter().map(|one| counted(ui, one)).collect();
                let total = ui.write(|format| format.money(next.total));
                fill(w.trip_next, &[("names", &names.join(" + ")), ("price", &total)])
            });
            let take = match basket_of(finder, &best) {
                Ok(basket) => {
                    let open = move |_| ui.app.checkout.set(Some(Opening::Choose(basket.clone())));
                    html! { <div class="acts"><button class="btn primary" type="button" on:click=open>{w.trip_take}</button></div> }.into_any()
                }
                Err(why) => html! { <p>{why}</p> }.into_any(),
            };
            html! {
                <h4>{fill(w.trip_total, &[("price", &total)])}</h4>
                <ol>{parts}</ol>
                <p class="muted small">{w.trip_reason}" "{next}</p>
                {take}
            }
            .into_any()
        }
    })
}

/// `2 × Europe 5 GB`
fn counted(ui: Ui, one: &Purchase) -> String {
    let count = ui.write(|format| format.count(one.count));
    [&count, " × ", one.name.as_str()].concat()
}

/// What one purchase is for: `2 × Europe 5 GB, €23.80: days 1 to 7, Japan, 3.5 GB needed`.
fn part(ui: Ui, one: &Purchase) -> AnyView {
    let count = |number| ui.write(|format| format.count(number));
    let (countries, _) = ui.format.with_value(|format| format.countries(&one.countries, one.countries.len()));
    let need = ui.write(|format| format.volume(Usage::Data, one.need));
    let price = ui.write(|format| format.money(one.price));
    let (first, last) = (count(one.first_day + 1), count(one.first_day + one.days));
    let values = [("first", &*first), ("last", &last), ("countries", &countries), ("need", &need)];
    html! { <li><b>{counted(ui, one)}</b>" · "<b>{price}</b><br />{fill(words().trip_part, &values)}</li> }.into_any()
}

/// The packs with what they need, as one basket in which each starts on its day; or why that cannot be.
fn basket_of(finder: Finder, plan: &TripPlan) -> Result<Basket, &'static str> {
    let (ui, w) = (finder.ui, words());
    let is_twice = |(at, one): (usize, &Purchase)| plan.purchases[..at].iter().any(|two| two.offering == one.offering);
    if plan.purchases.iter().enumerate().any(is_twice) {
        return Err(w.trip_twice);
    }
    let (least, most) = days_ahead(ui);
    let first_day = finder.trip.with(|trip| trip.first_day.clone()).filter(|day| (least..=most).contains(day));
    let first_day = first_day.and_then(|day| ui.format.with_value(|format| format.start_of_day(&day)));
    let first_day = first_day.ok_or(w.trip_say_day)?;
    let mut all: Option<Basket> = None;
    for purchase in &plan.purchases {
        let offering = finder.all.with_value(|all| all.iter().find(|one| one.id == purchase.offering).cloned());
        let offering = offering.ok_or(w.trip_not_here)?;
        // Looked at, so that this is judged anew once the line is known.
        ui.app.eligibility(&offering);
        let quantity = Quantity::new(purchase.count).ok_or(w.trip_not_here)?;
        // By noon it is that day also where the clocks change.
        let noon = Timestamp::from_millis(first_day.millis() + 43_200_000).plus_days(i64::from(purchase.first_day));
        let day = ui.format.with_value(|format| format.day(noon));
        let is_today = day == ui.format.with_value(|format| format.day(now()));
        let start = if is_today { None } else { ui.format.with_value(|format| format.start_of_day(&day)) };
        let basket = ui.app.basket_for(&offering).ok_or(w.trip_not_here)?;
        let basket = basket.with(&offering.id, |item| {
            item.how_much = HowMuch::Times(quantity);
            item.start = start;
        });
        all = Some(match all {
            Some(mut known) => {
                // What is needed is needed once.
                let is_new = |item: &Item| known.items.iter().all(|one| one.offering != item.offering);
                let new: Vec<_> = basket.items.into_iter().filter(is_new).collect();
                known.items.extend(new);
                known
            }
            None => basket,
        });
    }
    all.ok_or(w.trip_not_here)
}
