//! A country by its name: as it is called in the page's language or in English, by an alias, or misspelt.

use super::super::context::Ui;
use super::super::el::kept;
use super::super::format::folded;
use super::super::live::{live, on_change};
use super::super::parts::{icon, icons};
use super::super::text::fill;
use super::Finder;
use super::words::words;
use crate::domain::offering::Country;
use crate::domain::search::{Named, find};
use leptos::prelude::*;
use markup::html;

/// So many countries are offered for what was typed.
const MOST: usize = 4;

/// The names of all countries in which an offering works: in the page's language, then in English.
fn names(ui: Ui, finder: Finder) -> Vec<Named> {
    let mut countries: Vec<Country> =
        finder.all.with_value(|all| all.iter().flat_map(|one| one.countries.iter().copied()).collect());
    countries.sort_unstable();
    countries.dedup();
    let name = |country: &Country, english: bool| Named {
        country: *country,
        name: ui.format.with_value(|format| format.folded_name(*country, english)),
    };
    countries.iter().map(|one| name(one, false)).chain(countries.iter().map(|one| name(one, true))).collect()
}

/// A field that takes a name and offers the countries that are meant.
pub fn picker(
    name: &str,
    label: &'static str,
    chosen: impl Fn() -> Option<Country> + Copy + Send + Sync + 'static,
    choose: impl Fn(Option<Country>) + Copy + Send + Sync + 'static,
) -> AnyView {
    let ui = Ui::get();
    let w = words();
    let names = StoredValue::new(names(ui, Finder::get()));
    let query = RwSignal::new(String::new());
    let (id, hint) = (ui.id(name), ui.id(&[name, "-hint"].concat()));
    let country_name = move |country: Country| ui.format.with_value(|format| format.countries(&[country], 1).0);
    let offered = move || {
        let folded = folded(&query.get());
        if folded.is_empty() {
            return None;
        }
        let found = names.with_value(|names| find(&folded, names, MOST));
        if found.is_empty() {
            return Some(html! { <p class="muted small">{w.no_country}</p> }.into_any());
        }
        let offer = |country: Country| {
            let take = move |_| {
                query.set(String::new());
                choose(Some(country));
            };
            html! { <li><button class="btn" type="button" on:click=take>{country_name(country)}</button></li> }
        };
        Some(html! { <ul class="acts" role="list">{found.into_iter().map(offer).collect_view()}</ul> }.into_any())
    };
    // Drawn anew only when a country is taken or given back: what is typed stays.
    let is_open = Memo::new(move |_| chosen().is_none());
    // The field and the name of what was taken stand in each other's place, and so does the focus.
    let there = kept();
    let was_open = StoredValue::new(None);
    on_change(move || {
        let before = was_open.get_value();
        was_open.set_value(Some(is_open.get()));
        if let Some(element) = there.get_value().filter(|_| before.is_some()) {
            let _ = element.focus();
        }
    });
    let taken = move || {
        let country = chosen()?;
        let name = country_name(country);
        let remove = fill(w.remove, &[("name", &name)]);
        Some(html! {
            <p class="row">
                <b>{name}</b>
                <button class="btn plain" type="button" aria-label=remove node_ref=there on:click=move |_| choose(None)>{icon(icons::CROSS)}</button>
            </p>
        })
    };
    // The first match is taken by Enter, as one expects of a field with suggestions.
    let on_key = move |event: web_sys::Event| {
        use wasm_bindgen::JsCast;
        if event.dyn_ref::<web_sys::KeyboardEvent>().is_some_and(|event| event.key() == "Enter") {
            event.prevent_default();
            let folded = folded(&query.get_untracked());
            if let Some(first) = names.with_value(|names| find(&folded, names, 1)).first() {
                query.set(String::new());
                choose(Some(*first));
            }
        }
    };
    let field = move || {
        html! {
            <input
                class="input" id=&id autocomplete="off" maxlength="60" aria-describedby=&hint placeholder=w.country_hint
                aria-label=label node_ref=there
                prop:value=move || query.get() on:input=move |event| query.set(event_target_value(&event)) on:keydown=on_key
            />
            <div id=&hint aria-live="polite">{live(offered)}</div>
        }
    };
    html! {
        <div class="field">
            <p class="label">{label}</p>
            {live(move || if is_open.get() { field().into_any() } else { live(taken) })}
        </div>
    }
    .into_any()
}

/// The country of the filter, and in which zones it is.
#[component]
pub fn CountryField() -> impl IntoView {
    let ui = Ui::get();
    let w = words();
    let finder = Finder::get();
    let filter = finder.filter;
    let zones = move || {
        let country = filter.with(|filter| filter.country)?;
        let zones = finder.all.with_value(|all| {
            let mut zones: Vec<String> = Vec::new();
            for zone in all.iter().filter(|one| one.countries.contains(&country)).flat_map(|one| &one.zones) {
                if !zones.contains(zone) {
                    zones.push(zone.clone());
                }
            }
            zones
        });
        let name = ui.format.with_value(|format| format.countries(&[country], 1).0);
        let text = fill(w.in_zones, &[("country", &name), ("zones", &zones.join(", "))]);
        (!zones.is_empty()).then(|| html! { <p class="muted small">{text}</p> })
    };
    let choose = move |country| filter.update(|filter| filter.country = country);
    html! {
        <div>
            {picker("find-country", w.country, move || filter.with(|filter| filter.country), choose)}
            {live(zones)}
        </div>
    }
}
