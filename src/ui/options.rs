//! Ways to renew: the offerings by kind, as cards.

use super::advice::no_advice;
use super::context::Ui;
use super::door::FindDoor;
use super::el::{Kept, kept};
use super::live::{live, live_attribute, on_change};
use super::parts::{bone, trouble_notice};
use super::plan_card::PlanCard;
use super::text::fill;
use super::window::{WINDOW, show_more, windows};
use crate::app::Remote;
use crate::app::config::View;
use crate::domain::deal::{best, deal, is_on_offer};
use crate::domain::id::OfferingId;
use crate::domain::offering::{Offering, OfferingKind};
use leptos::prelude::*;
use markup::html;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

/// The offerings that there are, by kind.
#[component]
pub fn Options(
    /// The kind that is shown.
    kind: RwSignal<OfferingKind>,
    /// Takes the focus when another part of the page leads here.
    heading: Kept,
    /// Called with the offering that the subscriber chooses.
    #[prop(into)]
    on_choose: Callback<Offering>,
) -> impl IntoView {
    let ui = Ui::get();
    let title = ui.id("options");
    let offerings = ui.app.offerings;
    // Only what a press opens takes the focus: what a reload brings back does not.
    let was_opened = StoredValue::new(false);
    let was_searching = StoredValue::new(false);
    on_change(move || {
        let before = was_searching.get_value();
        was_searching.set_value(ui.app.searching.get());
        if let Some(heading) = heading.get_value().filter(|_| before && !ui.app.searching.get()) {
            let _ = heading.focus();
        }
    });
    let tabs_label = title.clone();
    let deals_only = shows_deals(ui);
    html! {
           <section class="options" part="options" aria-labelledby=&title>
               <div class="row">
                   <h2 id=title tabindex="-1" node_ref=heading>{if deals_only { ui.t.deals } else { ui.t.ways_to_renew }}</h2>
                   <p class="muted small" role="status">{live(move || status(ui, kind.get()))}</p>
               </div>
               {(!ui.app.sells()).then(|| html! { <p class="notice">{ui.with_carrier(ui.t.compare_only)}</p> })}
               {live(move || offerings.with(|offerings| match offerings {
                   Remote::Idle | Remote::Loading => html! { <Loading /> }.into_any(),
                   Remote::Failed(trouble) => {
    trouble_notice(ui, ui.t.offers_failed, *trouble, move || ui.app.load_offerings())
    }
                   Remote::Ready(all) if ui.app.searching.get() => html! {
                       <div class="acts"><button class="btn plain" type="button" on:click=move |_| ui.app.stop_search()>{ui.t.back_to_offers}</button></div>
                       <FindDoor all=Arc::clone(all) on_choose focus=was_opened.get_value() />
                   }.into_any(),
                   Remote::Ready(all) if deals_only => html! { <DealShelf all=here(ui, all) on_choose /> }.into_any(),
                   Remote::Ready(all) => html! { <Shelf all=here(ui, all) kind labelled_by=tabs_label.clone() on_choose was_opened /> }.into_any(),
               }))}
               {live(move || (ui.app.left_out.get() > 0).then(|| html! { <p class="muted small">{left_out(ui)}</p> }))}
           </section>
       }
}

/// Whether there are deals alone to see.
fn shows_deals(ui: Ui) -> bool {
    ui.app.config.with_value(|config| config.shows == View::Deals)
}

/// The offers without those for use elsewhere, where the host says the country.
fn here(ui: Ui, all: &Arc<Vec<Offering>>) -> Arc<Vec<Offering>> {
    match ui.app.config.with_value(|config| config.country) {
        Some(country) => Arc::new(all.iter().filter(|one| !one.is_for_elsewhere(country)).cloned().collect()),
        None => Arc::clone(all),
    }
}

/// Nothing is on offer: in the page's words where it has some.
fn empty(title: &'static str, ui: Ui) -> AnyView {
    html! { <slot name="empty"><div class="card empty"><h3>{title}</h3><p class="muted">{ui.t.nothing_text}</p></div></slot> }
        .into_any()
}

/// The best deal of those that are around.
pub(super) fn best_of(
    ui: Ui,
    all: Arc<Vec<Offering>>,
    is_around: impl Fn(&Offering) -> bool + Send + Sync + 'static,
) -> Memo<Option<OfferingId>> {
    let is_around: Box<dyn Fn(&Offering) -> bool + Send + Sync> = Box::new(is_around);
    Memo::new(move |_| {
        let around: Vec<_> = all.iter().filter(|offering| is_around(offering)).collect();
        let deals: Vec<_> = ui.app.deals.on.with(|on| around.iter().map(|one| deal(one, on, None)).collect());
        around.get(best(deals.iter().map(Option::as_ref))?).map(|offering| offering.id.clone())
    })
}

/// How many offerings are shown, for eyes and for screen readers.
fn status(ui: Ui, kind: OfferingKind) -> String {
    let count = ui.app.offerings.with(|offerings| {
        // The finder counts what it finds.
        let all = here(ui, offerings.ready().filter(|_| !ui.app.searching.get())?);
        let on = ui.app.deals.on.get();
        let is_shown = |one: &&Offering| {
            if shows_deals(ui) { is_on_offer(one, &all, &on) } else { one.kind == kind }
        };
        Some(all.iter().filter(is_shown).count())
    });
    match count {
        Some(1) => ui.t.one_offer.to_owned(),
        Some(count) => with_count(ui, ui.t.offers, count),
        None => String::new(),
    }
}

fn left_out(ui: Ui) -> String {
    match ui.app.left_out.get() {
        1 => ui.t.one_left_out.to_owned(),
        count => with_count(ui, ui.t.left_out, count),
    }
}

/// A text with a number in it.
pub(super) fn with_count(ui: Ui, text: &str, count: usize) -> String {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    fill(text, &[("count", &ui.write(|format| format.count(count)))])
}

#[component]
fn Loading() -> impl IntoView {
    let ui = Ui::get();
    let fact = || html! { <div><dt>{bone("")}</dt><dd>{bone("s")}</dd></div> };
    let card = || {
        html! {
            <li class="card offer">
                <div class="row"><h3>{bone("")}</h3></div>
                <p><b class="hero">{bone("s")}</b></p>
                <div class="body"><dl class="lines">{fact()}{fact()}{fact()}</dl></div>
                <p class="price"><b>{bone("s")}</b></p>
                <span class="btn">{bone("")}</span>
            </li>
        }
    };
    html! {
        <div aria-busy="true">
            <p class="vh" role="status">{ui.t.loading_offers}</p>
            <div class="tabs" aria-hidden="true">
                {(0..3).map(|_| html! { <span class="btn">{bone("s")}</span> }).collect_view()}
            </div>
            <ul class="offers" aria-hidden="true">{(0..6).map(|_| card()).collect_view()}</ul>
        </div>
    }
}

/// The tabs and the cards of the kind that is chosen.
#[component]
fn Shelf(
    all: Arc<Vec<Offering>>,
    kind: RwSignal<OfferingKind>,
    labelled_by: String,
    on_choose: Callback<Offering>,
    was_opened: StoredValue<bool>,
) -> impl IntoView {
    let ui = Ui::get();
    let kinds: Vec<_> =
        OfferingKind::ALL.into_iter().filter(|kind| all.iter().any(|offering| offering.kind == *kind)).collect();
    if kinds.is_empty() {
        return empty(ui.t.nothing, ui);
    }
    // A kind that there is nothing of leads to the first that there is.
    let shown = {
        let kinds = kinds.clone();
        Memo::new(move |_| Some(kind.get()).filter(|kind| kinds.contains(kind)).unwrap_or(kinds[0]))
    };
    let panel = ui.id("offers");
    let tabs = kinds.iter().map(|tab| html! { <Tab tab=*tab shown kind panel=panel.clone() /> }).collect_view();
    let best = best_of(ui, Arc::clone(&all), move |offering| offering.kind == shown.get());
    let pick = move || {
        let kind = shown.get();
        let of_kind: Pick = Arc::new(move |offering| offering.kind == kind);
        of_kind
    };
    let cards = cards(ui, all, best, on_choose, pick);
    let open_finder = move |_| {
        was_opened.set_value(true);
        ui.app.searching.set(true);
    };
    html! {
        <div class="acts">
            <button class="btn" type="button" on:click=open_finder>{ui.t.find}</button>
        </div>
        <div class="tabs" part="tabs" role="tablist" aria-labelledby=labelled_by on:keydown=move |event| { move_tab(&event, &kinds, kind); }>
            {tabs}
        </div>
        {live(move || (shown.get() == OfferingKind::Plan).then(|| no_advice(ui)))}
        <div role="tabpanel" id=panel aria-labelledby=live_attribute(move || Some(tab_id(ui, shown.get())))>
            {cards}
        </div>
    }
    .into_any()
}

/// All that is had for less, or more of, for as long as it is.
#[component]
fn DealShelf(all: Arc<Vec<Offering>>, on_choose: Callback<Offering>) -> impl IntoView {
    let ui = Ui::get();
    let best = best_of(ui, Arc::clone(&all), |_| true);
    let pick = {
        let all = Arc::clone(&all);
        move || {
            let (all, on) = (Arc::clone(&all), ui.app.deals.on.get());
            let on_offer: Pick = Arc::new(move |offering| is_on_offer(offering, &all, &on));
            on_offer
        }
    };
    let is_any = {
        let (all, pick) = (Arc::clone(&all), pick.clone());
        Memo::new(move |_| all.iter().any(|offering| pick()(offering)))
    };
    live(move || match (is_any.get(), ui.app.deals.are_asked.get()) {
        (true, _) => cards(ui, Arc::clone(&all), best, on_choose, pick.clone()).into_any(),
        (false, true) => empty(ui.t.no_deals, ui),
        (false, false) => html! { <Loading /> }.into_any(),
    })
}

/// Says of an offering whether it is shown.
type Pick = Arc<dyn Fn(&Offering) -> bool + Send + Sync>;

/// Those offerings that `pick` picks, as cards: a long list a window at a time.
fn cards(
    ui: Ui,
    all: Arc<Vec<Offering>>,
    best: Memo<Option<OfferingId>>,
    on_choose: Callback<Offering>,
    pick: impl Fn() -> Pick + Clone + Send + 'static,
) -> impl IntoView {
    let drawn = RwSignal::new(WINDOW);
    let list = kept();
    let more = {
        let (all, pick) = (Arc::clone(&all), pick.clone());
        move || {
            let is_shown = pick();
            show_more(ui, all.iter().filter(|offering| is_shown(offering)).count(), drawn)
        }
    };
    let draw = move || {
        let is_shown = pick();
        drawn.set(WINDOW);
        let all = Arc::clone(&all);
        let window = move |from| {
            let window = all.iter().filter(|offering| is_shown(offering)).skip(from).take(WINDOW);
            window
                .map(|offering| html! { <PlanCard offering=offering.clone() best on_choose /> })
                .collect_view()
                .into_any()
        };
        windows(0, drawn, list, Arc::new(window))
    };
    html! {
        <ul class="offers" role="list" node_ref=list>{live(draw)}</ul>
        {live(more)}
    }
}

#[component]
fn Tab(tab: OfferingKind, shown: Memo<OfferingKind>, kind: RwSignal<OfferingKind>, panel: String) -> impl IntoView {
    let ui = Ui::get();
    let is_shown = move || shown.get() == tab;
    html! {
        <button
            class="btn" type="button" role="tab" id=tab_id(ui, tab) aria-controls=panel
            aria-selected=live_attribute(move || Some(if is_shown() { "true" } else { "false" }))
            tabindex=live_attribute(move || Some(if is_shown() { "0" } else { "-1" }))
            on:click=move |_| kind.set(tab)
        >
            {label(ui, tab)}
        </button>
    }
}

fn tab_id(ui: Ui, kind: OfferingKind) -> String {
    ui.id(match kind {
        OfferingKind::Plan => "tab-plan",
        OfferingKind::Data => "tab-data",
        OfferingKind::Extra => "tab-extra",
        OfferingKind::Roaming => "tab-roaming",
        OfferingKind::Bundle => "tab-bundle",
        OfferingKind::Credit => "tab-credit",
    })
}

/// What a kind of offering is called.
pub(super) fn label(ui: Ui, kind: OfferingKind) -> &'static str {
    match kind {
        OfferingKind::Plan => ui.t.plans,
        OfferingKind::Data => ui.t.data,
        OfferingKind::Extra => ui.t.extras,
        OfferingKind::Roaming => ui.t.roaming,
        OfferingKind::Bundle => ui.t.bundles,
        OfferingKind::Credit => ui.t.credit,
    }
}

/// The keys of a tab list (WAI-ARIA authoring practices): arrows, Home, End. The focus moves with the choice.
fn move_tab(event: &Event, kinds: &[OfferingKind], kind: RwSignal<OfferingKind>) -> Option<()> {
    let key = event.dyn_ref::<KeyboardEvent>()?.key();
    let tabs = event.current_target()?.dyn_into::<Element>().ok()?;
    let direction = window().get_computed_style(&tabs).ok()??.get_property_value("direction").ok()?;
    let (forward, backward) =
        if direction == "rtl" { ("ArrowLeft", "ArrowRight") } else { ("ArrowRight", "ArrowLeft") };
    let last = kinds.len().checked_sub(1)?;
    let at = kinds.iter().position(|one| *one == kind.get_untracked()).unwrap_or(0);
    let to = match key.as_str() {
        key if key == forward => (at + 1) % kinds.len(),
        key if key == backward => at.checked_sub(1).unwrap_or(last),
        "Home" => 0,
        "End" => last,
        _ => return None,
    };
    event.prevent_default();
    kind.set(*kinds.get(to)?);
    let tab = tabs.children().item(u32::try_from(to).ok()?)?;
    tab.dyn_into::<HtmlElement>().ok()?.focus().ok()
}
