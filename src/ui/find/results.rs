//! What fits, in the order that was asked for.

use super::super::context::Ui;
use super::super::el::kept;
use super::super::live::{live, live_attribute, on_change};
use super::super::options::with_count;
use super::super::plan_card::PlanCard;
use super::super::text::fill;
use super::super::window::{WINDOW, focus_on, show_more};
use super::words::{Words, words};
use super::{Finder, once_drawn};
use crate::domain::deal::{best as best_deal, deal};
use crate::domain::filter::Condition;
use crate::domain::finding::MOST_PICKED;
use crate::domain::id::OfferingId;
use crate::domain::offering::Offering;
use leptos::prelude::*;
use markup::html;

/// So many ways to let something in are offered at the most.
const MOST_WAYS: usize = 6;

/// How many fit, the first of them, and a way to the others.
#[component]
pub fn Results(on_choose: Callback<Offering>) -> impl IntoView {
    let ui = Ui::get();
    let w = words();
    let finder = Finder::get();
    let fitting = Memo::new(move |_| {
        let (filter, sort) = (finder.filter.get(), finder.sort.get());
        finder.with_entries(|mut entries| {
            entries.retain(|entry| filter.takes(entry));
            sort.sort(&mut entries);
            entries.iter().map(|entry| entry.offering.id.clone()).collect::<Vec<_>>()
        })
    });
    let drawn = RwSignal::new(WINDOW);
    let list = kept();
    on_change(move || {
        fitting.track();
        drawn.set(WINDOW);
    });
    let before = StoredValue::new(WINDOW);
    on_change(move || {
        let from = before.get_value();
        before.set_value(drawn.get());
        if drawn.get() > from {
            once_drawn(move || focus_on(list, from));
        }
    });
    let shown = move || fitting.with(|all| all.iter().take(drawn.get()).cloned().collect::<Vec<_>>());
    let best = Memo::new(move |_| {
        let filter = finder.filter.get();
        finder.with_entries(|mut entries| {
            entries.retain(|entry| filter.takes(entry));
            let deals: Vec<_> =
                ui.app.deals.on.with(|on| entries.iter().map(|one| deal(one.offering, on, None)).collect());
            entries.get(best_deal(deals.iter().map(Option::as_ref))?).map(|entry| entry.offering.id.clone())
        })
    });
    let card = move |id: OfferingId| {
        let offering = finder.all.with_value(|all| all.iter().find(|one| one.id == id).cloned())?;
        let pick = pick(finder, w, &offering);
        Some(html! { <PlanCard offering best on_choose extra=pick /> })
    };
    let ways = move || finder.with_entries(|entries| finder.filter.with(|filter| filter.loosen(&entries)));
    let loosen = move || {
        let without = |(conditions, count): (Vec<Condition>, usize)| {
            let count = ui.write(|format| format.count(u32::try_from(count).unwrap_or(u32::MAX)));
            let text = fill(w.loosen, &[("conditions", &named(w, &conditions)), ("count", &count)]);
            let drop = move |_| {
                finder
                    .filter
                    .update(|filter| *filter = conditions.iter().fold(*filter, |one, next| one.without(*next)));
                finder.drawn.update(|times| *times += 1);
                finder.focus();
            };
            html! { <li><button class="btn" type="button" on:click=drop>{text}</button></li> }
        };
        let ways = ways().into_iter().take(MOST_WAYS).map(without).collect_view();
        html! { <div class="card empty"><h3>{w.nothing_fits}</h3><ul class="acts" role="list">{ways}</ul></div> }
    };
    html! {
        <p class="muted small" role="status">{live(move || match fitting.with(Vec::len) {
            0 => match ways().first() {
                Some((conditions, _)) => fill(w.none_fit, &[("conditions", &named(w, conditions))]),
                None => with_count(ui, ui.t.offers, 0),
            },
            1 => ui.t.one_offer.to_owned(),
            count => with_count(ui, ui.t.offers, count),
        })}</p>
        {live(move || fitting.with(Vec::is_empty).then(loosen))}
        <ul class="offers" role="list" node_ref=list><For each=shown key=|id: &OfferingId| id.clone() children=card /></ul>
        {live(move || show_more(ui, fitting.with(Vec::len), drawn))}
    }
}

/// Puts an offering side by side with others, or takes it away.
fn pick(finder: Finder, w: &'static Words, offering: &Offering) -> AnyView {
    let id = offering.id.clone();
    let is_picked = {
        let id = id.clone();
        move || finder.picked.with(|picked| picked.contains(&id))
    };
    let is_full = {
        let is_picked = is_picked.clone();
        move || finder.picked.with(|picked| picked.len() >= MOST_PICKED) && !is_picked()
    };
    let toggle = move |_| {
        finder.picked.update(|picked| match picked.iter().position(|one| *one == id) {
            Some(at) => drop(picked.remove(at)),
            None if picked.len() < MOST_PICKED => picked.push(id.clone()),
            None => {}
        });
    };
    let label = fill(w.compare, &[("name", &offering.name)]);
    let why = finder.ui.id(&["four-", offering.id.as_str()].concat());
    let says_why = is_full.clone();
    html! {
        <div>
        <button
            class="btn plain" type="button" aria-describedby=&why
            aria-pressed=live_attribute(move || Some(if is_picked() { "true" } else { "false" }))
            aria-disabled=live_attribute(move || is_full().then_some("true"))
            on:click=toggle
        >{label}</button>
        <p class="muted small" id=why>{live(move || says_why().then_some(w.four))}</p>
        </div>
    }
    .into_any()
}

/// What the fields of conditions are called.
fn named(w: &Words, conditions: &[Condition]) -> String {
    let name = |condition: &Condition| match condition {
        Condition::Kind => w.kind,
        Condition::Country => w.country,
        Condition::Data => w.data_needed,
        Condition::Days => w.days_needed,
        Condition::Price => w.price_limit,
        Condition::Deals => w.deals_only,
    };
    conditions.iter().map(name).collect::<Vec<_>>().join(w.and_quoted)
}
