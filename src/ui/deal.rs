//! What is true of a price: the deal, until when it holds, and the price that may be struck through.

use super::context::Ui;
use super::format::Detail;
use super::live::live;
use super::plan_card::price;
use super::text::fill;
use crate::app::deals::COUNTED_DOWN;
use crate::domain::allowance::Usage;
use crate::domain::deal::{Conditional, Deal, conditionals, deal, parts_price, price_now};
use crate::domain::filter::Entry;
use crate::domain::id::OfferingId;
use crate::domain::offering::Offering;
use crate::domain::time::Timestamp;
use leptos::prelude::*;
use markup::html;

/// The deal of an offering, for as long as it is on.
fn deal_of(ui: Ui, offering: &Offering) -> Option<Deal> {
    ui.app.deals.on.with(|on| deal(offering, on, None))
}

/// What a deal is called and until when it holds.
pub fn badge(ui: Ui, offering: &Offering) -> AnyView {
    let offering = offering.clone();
    live(move || {
        let deal = deal_of(ui, &offering)?;
        let percent = deal.percent().map(|percent| {
            let percent = ui.write(|format| format.percent(&percent.to_string()));
            fill(ui.t.less, &[("percent", &percent)])
        });
        let names = percent.into_iter().chain(deal.names).collect::<Vec<_>>().join(" · ");
        let ends = deal.ends.map(|end| html! { " · "{live(move || ends(ui, end))} });
        Some(html! { <span class="badge deal"><span>{names}{ends}</span></span> })
    })
}

/// Until when a deal holds: counted down at the end by the carrier's clock, where that can be read.
pub fn ends(ui: Ui, end: Timestamp) -> String {
    let left = ui.app.deals.now.get().map(|now| end.millis().saturating_sub(now.millis()));
    match left.filter(|left| *left < COUNTED_DOWN) {
        Some(left) => fill(ui.t.deal_ends_in, &[("time", &ui.write(|format| format.left(left)))]),
        None => fill(ui.t.deal_ends, &[("date", &ui.write(|format| format.date(end, Detail::Near)))]),
    }
}

/// The price of now, and beside it the only one that may be struck through.
pub fn price_with(ui: Ui, usual: String, offering: &Offering) -> AnyView {
    let offering = offering.clone();
    live(move || {
        let deal = deal_of(ui, &offering);
        let now = deal.as_ref().map_or_else(|| usual.clone(), |deal| price(ui, deal.price));
        let was = deal.and_then(|deal| deal.was).map(|was| {
            let was = ui.write(|format| format.money(was));
            let lowest = fill(ui.t.lowest_30_days, &[("price", &was)]);
            html! { " "<s aria-hidden="true">{was}</s>" "<small>{lowest}</small> }
        });
        html! { <b>{now}</b>{was} }
    })
}

/// What comes on top, what else there is under a condition, and what a bundle saves.
pub fn more(ui: Ui, offering: &Offering) -> AnyView {
    let offering = offering.clone();
    live(move || {
        let deal = deal_of(ui, &offering);
        let price = deal.as_ref().map_or_else(|| offering.price.fixed(), |deal| Some(deal.price));
        let per_gigabyte =
            Entry { price, ..Entry::of(&offering) }.price_per_gigabyte().filter(|price| !price.is_zero());
        let per_gigabyte = per_gigabyte.map(|price| {
            html! { <div><dt>{ui.t.per_gigabyte}</dt><dd>{ui.write(|format| format.money(price))}</dd></div> }
        });
        let bonus = deal.filter(|deal| deal.bonus > 0).map(|deal| {
            let volume = ui.write(|format| format.volume(Usage::Data, deal.bonus));
            html! { <div><dt>{ui.t.on_top}</dt><dd class="up">{volume}</dd></div> }
        });
        let conditions = ui.app.deals.on.with(|on| conditionals(&offering, on, None));
        let conditions: Vec<_> = conditions.into_iter().map(|one| condition(ui, one)).collect();
        html! { {per_gigabyte}{bonus}{bundle(ui, &offering)}{conditions} }
    })
}

fn condition(ui: Ui, one: Conditional) -> AnyView {
    let with = (!one.with.is_empty()).then(|| fill(ui.t.with_other, &[("names", &one.with.join(" + "))]));
    let code = one.needs_code.then(|| ui.t.with_code.to_owned());
    let needs = with.into_iter().chain(code).collect::<Vec<_>>().join(" · ");
    let ends = one.ends.map(|end| html! { " · "{live(move || ends(ui, end))} });
    html! { <div><dt>{one.name}</dt><dd>{needs}{ends}</dd></div> }.into_any()
}

/// What a bundle holds, and what that costs bought one by one today.
fn bundle(ui: Ui, offering: &Offering) -> Option<AnyView> {
    if offering.parts.is_empty() {
        return None;
    }
    let (parts, apart) = ui.app.offerings.with(|all| {
        let all = all.ready()?;
        let part = |id: &OfferingId| {
            let part = all.iter().find(|one| one.id == *id)?;
            Some((part.name.clone(), ui.app.owns(id)))
        };
        let parts: Vec<_> = offering.parts.iter().filter_map(part).collect();
        ui.app.deals.on.with(|on| {
            let apart = parts_price(offering, all, on, None);
            let saving = apart.and_then(|apart| apart.minus(price_now(offering, on, None)?).ok());
            Some((parts, apart.zip(saving.filter(|saving| !saving.is_negative() && !saving.is_zero()))))
        })
    })?;
    let parts = parts.into_iter().map(|(name, owned)| {
        let owned = owned.then(|| html! { <span class="muted small">{ui.t.have_already}</span> });
        html! { <li>{name}" "{owned}</li> }
    });
    let saves = apart.map(|(apart, saving)| {
        let [apart, saving] = [apart, saving].map(|amount| ui.write(|format| format.money(amount)));
        html! {
            <div><dt>{ui.t.parts_apart}</dt><dd>{apart}</dd></div>
            <div><dt>{ui.t.bundle_saves}</dt><dd class="up">{saving}</dd></div>
        }
    });
    Some(
        html! { <div><dt>{ui.t.holds}</dt><dd><ul role="list">{parts.collect_view()}</ul></dd></div>{saves} }
            .into_any(),
    )
}
