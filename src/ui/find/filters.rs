//! What is looked for.

use super::super::context::Ui;
use super::super::live::live;
use super::super::options::label as kind_label;
use super::Finder;
use super::country::CountryField;
use super::field::{number, select};
use super::words::words;
use crate::domain::allowance::{Usage, Volume};
use crate::domain::filter::{Filter, Sort};
use crate::domain::money::Money;
use crate::domain::offering::OfferingKind;
use leptos::prelude::*;
use markup::html;

/// The values of the choice of a kind; the first stands for any.
const KINDS: [(&str, Option<OfferingKind>); 7] = [
    ("", None),
    ("data", Some(OfferingKind::Data)),
    ("plan", Some(OfferingKind::Plan)),
    ("extra", Some(OfferingKind::Extra)),
    ("roaming", Some(OfferingKind::Roaming)),
    ("bundle", Some(OfferingKind::Bundle)),
    ("credit", Some(OfferingKind::Credit)),
];

const SORTS: [(&str, Sort); 6] = [
    ("", Sort::Listed),
    ("price", Sort::Price),
    ("gigabyte", Sort::PerGigabyte),
    ("day", Sort::PerDay),
    ("data", Sort::Data),
    ("validity", Sort::Validity),
];

/// All that can be asked for, each by itself.
#[component]
pub fn Filters() -> impl IntoView {
    let ui = Ui::get();
    let w = words();
    let finder = Finder::get();
    let Finder { filter, sort, drawn, .. } = finder;
    let fields = move || {
        drawn.get();
        let now = filter.get_untracked();
        let kinds: Vec<_> =
            KINDS.iter().map(|(value, kind)| (*value, kind.map_or(w.any_type, |kind| kind_label(ui, kind)))).collect();
        let chosen_kind = move || KINDS.iter().find(|(_, kind)| *kind == now.kind).map_or("", |(value, _)| value);
        let choose_kind = move |value: &str| {
            let kind = KINDS.iter().find(|(one, _)| *one == value).and_then(|(_, kind)| *kind);
            filter.update(|filter| filter.kind = kind);
        };
        let named = [w.sort_listed, w.sort_price, w.sort_gigabyte, w.sort_day, w.sort_data, w.sort_validity];
        let sorts: Vec<_> = SORTS.iter().map(|(value, _)| *value).zip(named).collect();
        let chosen_sort = move || {
            let sort = sort.get_untracked();
            SORTS.iter().find(|(_, one)| *one == sort).map_or("", |(value, _)| value)
        };
        let choose_sort = move |value: &str| {
            sort.set(SORTS.iter().find(|(one, _)| *one == value).map_or(Sort::Listed, |(_, sort)| *sort));
        };
        let pairs = now.to_pairs(Sort::Listed);
        let first =
            |name: &str| pairs.iter().find(|(one, _)| *one == name).map(|(_, value)| value.clone()).unwrap_or_default();
        let set = move |change: &dyn Fn(&mut Filter)| filter.update(|filter| change(filter));
        let take_data = move |text: Option<&str>| {
            let bytes = text.map(gigabytes);
            set(&|filter| filter.data = bytes.flatten());
            bytes != Some(None)
        };
        let take_days = move |text: Option<&str>| {
            let days = text.map(|text| text.parse().ok());
            set(&|filter| filter.days = days.flatten());
            days != Some(None)
        };
        let take_price = move |text: Option<&str>| {
            let price = text.map(|text| Money::parse_typed(text, finder.currency()?));
            set(&|filter| filter.price = price.flatten());
            price != Some(None)
        };
        let is_deals = now.deals_only.then_some("");
        html! {
            <div class="filters">
                {select(w.kind, "find-type", kinds, chosen_kind, choose_kind)}
                <CountryField />
                {number(w.data_needed, "find-data", first("data"), w.no_number, take_data)}
                {number(w.days_needed, "find-days", first("days"), w.no_number, take_days)}
                {number(w.price_limit, "find-price", first("price"), w.no_number, take_price)}
                {select(w.sort_by, "find-sort", sorts, chosen_sort, choose_sort)}
                <label class="check">
                    <input type="checkbox" checked=is_deals on:change=move |event| {
                        let only = event_target_checked(&event);
                        set(&|filter| filter.deals_only = only);
                    } />
                    <span>{w.deals_only}</span>
                </label>
            </div>
        }
    };
    let clear = move |_| {
        filter.set(Filter::default());
        sort.set(Sort::Listed);
        drawn.update(|times| *times += 1);
    };
    html! {
        <form class="card" aria-label=w.find on:submit=move |event: web_sys::Event| event.prevent_default()>
            {live(fields)}
            <div class="acts"><button class="btn" type="button" on:click=clear>{w.clear}</button></div>
        </form>
    }
}

/// Bytes of a number of gigabytes as people type it.
pub fn gigabytes(text: &str) -> Option<u64> {
    // Three digits behind a comma are thousands in one language and a fraction in another.
    if text.split_once(',').is_some_and(|(_, fraction)| fraction.len() > 2) {
        return None;
    }
    match Volume::parse(Usage::Data, &text.replace(',', "."), "GB") {
        Ok(Volume::Of(bytes)) => Some(bytes),
        _ => None,
    }
}
