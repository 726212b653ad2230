//! Up to four offers side by side, and what each changes against the subscriber's plan.

use super::super::context::Ui;
use super::super::live::live;
use super::super::parts::{icon, icons};
use super::super::plan_card::{again, price as written};
use super::super::text::fill;
use super::Finder;
use super::words::{Words, words};
use crate::domain::allowance::{Usage, Volume};
use crate::domain::comparison::{Against, Difference, Fact, Stated, against, fact};
use crate::domain::filter::Entry;
use crate::domain::id::OfferingId;
use crate::domain::offering::{Offering, OfferingKind};
use leptos::prelude::*;
use markup::html;

/// So many countries are named in a cell.
const MOST_COUNTRIES: usize = 4;

/// The table; nothing while nothing is picked. Its roles are said, since on a phone its columns become cards.
#[component]
pub fn Table(on_choose: Callback<Offering>) -> impl IntoView {
    let ui = Ui::get();
    let w = words();
    let finder = Finder::get();
    let title = ui.id("side-by-side");
    live(move || {
        let picked = finder.picked.get();
        if picked.is_empty() {
            return None;
        }
        let mine = my_offering(ui);
        Some(finder.with_entries(|entries| {
            let find = |id: &OfferingId| entries.iter().find(|entry| entry.offering.id == *id).copied();
            let columns: Vec<_> = picked.iter().filter_map(find).collect();
            let mine = mine.as_ref().and_then(find);
            let heads = columns.iter().map(|entry| head(finder, w, entry.offering, on_choose));
            let heads: Vec<_> = heads.collect();
            let own = mine.map(|mine| {
                html! { <th role="columnheader" scope="col" class="mine">{ui.t.my_plan}<span class="small muted">{mine.offering.name.clone()}</span></th> }
            });
            let rows = Fact::ALL.into_iter().map(|which| {
                let name = name_of(ui, w, which);
                let cell = |entry: &Entry<'_>, versus: Option<&Entry<'_>>| {
                    let difference = versus
                        .filter(|_| which != Fact::PerGigabyte || !is_unlimited(entry))
                        .map(|mine| difference(ui, w, against(mine, entry, which)));
                    // On a phone, where each offer is a card, each cell says what it is of it.
                    html! { <td role="cell" data-name=name><span>{said(ui, w, entry, which)}" "{difference}</span></td> }
                };
                let own = mine.as_ref().map(|mine| cell(mine, None));
                // Only plans are held against a plan: a pack of data comes on top of it.
                let others = columns.iter().map(|entry| {
                    cell(entry, mine.as_ref().filter(|_| entry.offering.kind == OfferingKind::Plan))
                });
                let others: Vec<_> = others.collect();
                html! { <tr role="row"><th role="rowheader" scope="row">{name}</th>{own}{others}</tr> }
            });
            let rows: Vec<_> = rows.collect();
            let count = ui.write(|format| format.count(u32::try_from(columns.len()).unwrap_or(u32::MAX)));
            html! {
                <button class="btn primary tray" type="button" on:click=move |_| finder.focus_side()>
                    {fill(w.to_side, &[("count", &count)])}
                </button>
                <div class="card side" role="region" aria-labelledby=&title tabindex="-1" node_ref=finder.side>
                    <table role="table" aria-labelledby=&title>
                        <caption id=&title>{w.side_by_side}</caption>
                        <thead role="rowgroup"><tr role="row"><td role="cell"></td>{own}{heads}</tr></thead>
                        <tbody role="rowgroup">{rows}</tbody>
                    </table>
                    {(!ui.app.signed_in.get()).then(|| html! {
                        <div class="row">
                            <p>{w.sign_in_to_compare}</p>
                            <button class="btn" type="button" on:click=move |_| ui.sign_in.run(())>{ui.t.sign_in}</button>
                        </div>
                    })}
                </div>
            }
        }))
    })
}

fn my_offering(ui: Ui) -> Option<OfferingId> {
    let line = ui.app.line.get()?;
    ui.app.inventory.with(|inventory| inventory.ready()?.plan_of(&line)?.offering.clone())
}

fn head(finder: Finder, w: &'static Words, offering: &Offering, on_choose: Callback<Offering>) -> AnyView {
    let ui = Ui::get();
    let remove = fill(w.remove, &[("name", &offering.name)]);
    let choose = fill(ui.t.choose, &[("name", &offering.name)]);
    let id = offering.id.clone();
    let take_away = move |_| {
        finder.picked.update(|picked| picked.retain(|one| *one != id));
        finder.focus_side();
    };
    let chosen = offering.clone();
    let can_choose = ui.app.sells();
    html! {
        <th role="columnheader" scope="col">
            <span class="row">{offering.name.clone()}
                <button class="btn plain" type="button" aria-label=remove on:click=take_away>{icon(icons::CROSS)}</button>
            </span>
            {can_choose.then(|| html! { <button class="btn" type="button" on:click=move |_| on_choose.run(chosen.clone())>{choose}</button> })}
        </th>
    }
    .into_any()
}

const fn name_of(ui: Ui, w: &Words, which: Fact) -> &'static str {
    match which {
        Fact::Data => ui.t.data,
        Fact::Validity => w.valid,
        Fact::Voice => ui.t.voice,
        Fact::Messages => ui.t.messages,
        Fact::Zones => ui.t.works_in,
        Fact::Speed => w.speed,
        Fact::Price => w.price,
        Fact::PerGigabyte => ui.t.per_gigabyte,
        Fact::PerDay => w.per_day,
    }
}

fn is_unlimited(entry: &Entry<'_>) -> bool {
    entry.offering.volume(Usage::Data) == Some(Volume::Unlimited)
}

fn said(ui: Ui, w: &Words, entry: &Entry<'_>, which: Fact) -> String {
    match (which, entry.offering.recurring) {
        (Fact::PerGigabyte, _) if is_unlimited(entry) => w.no_rate.to_owned(),
        (Fact::Price, Some(next)) => [&stated(ui, w, fact(entry, which)), ", ", &*again(ui, next)].concat(),
        _ => stated(ui, w, fact(entry, which)),
    }
}

fn stated(ui: Ui, w: &Words, stated: Stated<'_>) -> String {
    match stated {
        Stated::Volume(usage, Volume::Of(volume), _) => ui.write(|format| format.volume(usage, volume)),
        Stated::Volume(_, Volume::Unlimited, fair_use) => match fair_use {
            Some(bytes) => {
                let volume = ui.write(|format| format.volume(Usage::Data, bytes));
                [ui.t.unlimited, ", ", &fill(ui.t.fair_use, &[("volume", &volume)])].concat()
            }
            None => ui.t.unlimited.to_owned(),
        },
        Stated::Period(period) => ui.write(|format| format.period(period)),
        Stated::Names(names) => names.join(", "),
        Stated::Countries(countries) => {
            match ui.format.with_value(|format| format.countries(countries, MOST_COUNTRIES)) {
                (names, 0) => names,
                (names, more) => {
                    let more = ui.write(|format| format.count(u32::try_from(more).unwrap_or(u32::MAX)));
                    fill(ui.t.and_more, &[("names", &names), ("count", &more)])
                }
            }
        }
        Stated::Speed(speed) => fill(w.mbits, &[("speed", &ui.write(|format| format.count(speed)))]),
        Stated::Money(money) => written(ui, money),
        Stated::Chosen { least, most } => {
            let [least, most] = [least, most].map(|bound| ui.write(|format| format.money(bound)));
            fill(ui.t.amount_from_to, &[("least", &least), ("most", &most)])
        }
        Stated::NotStated => w.not_stated.to_owned(),
    }
}

/// What an offering has more or less than the subscriber's plan, in words.
fn difference(ui: Ui, w: &Words, against: Against) -> AnyView {
    let amount = |by: Difference| match by {
        Difference::Volume(usage, volume) => ui.write(|format| format.volume(usage, volume)),
        Difference::Period(period) => ui.write(|format| format.period(period)),
        Difference::Speed(speed) => ui.write(|format| format.count(speed)),
        Difference::Money(money) => ui.write(|format| format.money(money)),
    };
    let text = match against {
        Against::More(Some(by)) => fill(ui.t.more, &[("what", &amount(by))]),
        Against::Less(Some(by)) => fill(ui.t.fewer, &[("what", &amount(by))]),
        Against::Same => ui.t.the_same.to_owned(),
        Against::More(None) => w.more.to_owned(),
        Against::Less(None) => w.less.to_owned(),
        Against::NotStated => w.not_comparable.to_owned(),
    };
    html! { <span class="small muted">{text}</span> }.into_any()
}
