//! The planner of trips: the cheapest packs for countries in order, each for some days.

use super::super::context::Ui;
use super::super::live::live;
use super::super::parts::{icon, icons};
use super::super::text::fill;
use super::Finder;
use super::country::picker;
use super::field::number;
use super::filters::gigabytes;
use super::words::words;
use crate::app::Opening;
use crate::domain::allowance::Usage;
use crate::domain::basket::{Basket, HowMuch, Quantity};
use crate::domain::offering::Country;
use crate::domain::trip::{Answer, Leg, MOST_LEGS, Pack, Planner, Purchase, TripError, TripPlan};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::html;

/// A leg as it is typed.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Typed {
    key: u32,
    country: RwSignal<Option<Country>>,
    days: RwSignal<Option<u32>>,
}

impl Typed {
    fn new(key: u32) -> Self {
        Self { key, country: RwSignal::new(None), days: RwSignal::new(None) }
    }
}

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
    let legs = RwSignal::new(vec![Typed::new(0)]);
    let data = RwSignal::new(None::<u64>);
    let found = RwSignal::new(Found::Nothing);
    let add = move |_| {
        legs.update(|legs| {
            let key = legs.iter().map(|leg| leg.key).max().map_or(0, |key| key + 1);
            legs.push(Typed::new(key));
        });
    };
    let leg = move |typed: Typed| {
        let key = typed.key.to_string();
        let take_days = move |text: Option<&str>| {
            let days = text.map(|text| text.parse().ok().filter(|days| *days > 0));
            typed.days.set(days.flatten());
            days != Some(None)
        };
        let remove = move |_| legs.update(|legs| legs.retain(|leg| leg.key != typed.key));
        html! {
            <li class="leg">
                {picker(&["find-leg-", &key].concat(), w.country, move || typed.country.get(), move |country| typed.country.set(country))}
                {number(w.leg_days, &["find-leg-days-", &key].concat(), String::new(), w.no_number, take_days)}
                {live(move || (legs.with(Vec::len) > 1).then(|| html! {
                    <button class="btn plain" type="button" aria-label=w.remove_leg on:click=remove>{icon(icons::CROSS)}</button>
                }))}
            </li>
        }
    };
    let ask = move |event: web_sys::Event| {
        event.prevent_default();
        let read = |leg: &Typed| Some(Leg { country: leg.country.get_untracked()?, days: leg.days.get_untracked()? });
        let read = legs.with_untracked(|legs| legs.iter().map(read).collect::<Option<Vec<_>>>());
        let Some((read, need)) = read.zip(data.get_untracked()) else {
            found.set(Found::Incomplete);
            return;
        };
        let packs = finder.with_entries(|entries| {
            entries.iter().filter_map(|entry| Pack::of(entry.offering, entry.price?)).collect()
        });
        match Planner::new(&read, need, packs) {
            Ok(planner) => {
                found.set(Found::Working);
                spawn_local(work(planner, found));
            }
            Err(error) => found.set(Found::Refused(error)),
        }
    };
    let take_data = move |text: Option<&str>| {
        let bytes = text.map(gigabytes);
        data.set(bytes.flatten());
        bytes != Some(None)
    };
    html! {
        <details class="card trip">
            <summary>{w.trip}</summary>
            <form aria-label=w.trip on:submit=ask>
                <p class="muted small">{w.trip_model}</p>
                <ol class="legs"><For each=move || legs.get() key=|leg: &Typed| leg.key children=leg /></ol>
                {live(move || (legs.with(Vec::len) < MOST_LEGS).then(|| html! {
                    <div class="acts"><button class="btn" type="button" on:click=add>{w.add_leg}</button></div>
                }))}
                {number(w.trip_data, "find-trip-data", String::new(), w.no_number, take_data)}
                <div class="acts"><button class="btn primary">{w.trip_find}</button></div>
                <div role="status">{live(move || answer(ui, finder, found))}</div>
            </form>
        </details>
    }
}

/// A day of the trip at a time, so that no frame waits.
async fn work(mut planner: Planner, found: RwSignal<Found>) {
    while !planner.step() {
        TimeoutFuture::new(0).await;
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
            let basket = basket_of(finder, &best);
            let take = basket.map(|basket| {
                let open = move |_| ui.app.checkout.set(Some(Opening::Choose(basket.clone())));
                html! { <div class="acts"><button class="btn primary" type="button" on:click=open>{w.trip_take}</button></div> }
            });
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

/// The packs with what they need, as one basket. `None` where the line is not known, or cannot have one of them.
fn basket_of(finder: Finder, plan: &TripPlan) -> Option<Basket> {
    let mut all: Option<Basket> = None;
    for purchase in &plan.purchases {
        let offering = finder.all.with_value(|all| all.iter().find(|one| one.id == purchase.offering).cloned())?;
        let quantity = Quantity::new(purchase.count)?;
        let basket =
            finder.ui.app.basket_for(&offering)?.with(&offering.id, |item| item.how_much = HowMuch::Times(quantity));
        // What is needed is needed once.
        all = Some(match all {
            Some(mut known) => {
                for item in basket.items {
                    match known.items.iter_mut().find(|one| one.offering == item.offering) {
                        Some(one) if item.offering == offering.id => {
                            one.how_much = HowMuch::Times(Quantity::new(one.quantity().get() + quantity.get())?);
                        }
                        Some(_) => {}
                        None => known.items.push(item),
                    }
                }
                known
            }
            None => basket,
        });
    }
    all
}
