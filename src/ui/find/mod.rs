//! Finding the right renewal among all: filters, order, side by side, and trips. Loaded behind a door of its own.

mod country;
mod field;
mod filters;
mod results;
mod table;
mod trip;
pub mod words;

use super::context::Ui;
use super::el::{Kept, kept};
use super::live::on_change;
use crate::domain::deal::deal;
use crate::domain::filter::{Entry, Filter, Sort};
use crate::domain::finding::{Finding, TypedTrip};
use crate::domain::id::OfferingId;
use crate::domain::money::Currency;
use crate::domain::offering::Offering;
use filters::Filters;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::html;
use results::Results;
use std::sync::Arc;
use table::Table;
use trip::Trip;
use words::Words;

/// What is looked for, and what of it is on the screen.
#[derive(Clone, Copy)]
pub struct Finder {
    ui: Ui,
    /// All that there is.
    all: StoredValue<Arc<Vec<Offering>>>,
    /// What is looked for.
    filter: RwSignal<Filter>,
    /// In which order.
    sort: RwSignal<Sort>,
    /// What stands side by side.
    picked: RwSignal<Vec<OfferingId>>,
    /// The trip that is planned.
    trip: RwSignal<TypedTrip>,
    /// How often the fields were drawn anew: when what is looked for was changed elsewhere.
    drawn: RwSignal<u32>,
    /// Takes the focus where what had it goes.
    heading: Kept,
    /// What stands side by side, where anything does.
    side: Kept,
}

impl Finder {
    /// The one of the views around.
    fn get() -> Self {
        expect_context()
    }

    /// Gives the focus to the heading.
    fn focus(self) {
        if let Some(heading) = self.heading.get_value() {
            let _ = heading.focus();
        }
    }

    /// Gives the focus to what stands side by side, once it is drawn; to the heading where nothing does.
    fn focus_side(self) {
        if self.picked.with_untracked(Vec::is_empty) {
            return self.focus();
        }
        once_drawn(move || {
            if let Some(side) = self.side.get_value() {
                let _ = side.focus();
                side.scroll_into_view();
            }
        });
    }

    /// The currency of the offers.
    fn currency(self) -> Option<Currency> {
        self.all.with_value(|all| all.first().map(|one| one.price.currency()))
    }

    /// Does something with all offers at their prices of now.
    fn with_entries<T>(self, act: impl FnOnce(Vec<Entry<'_>>) -> T) -> T {
        self.all.with_value(|all| {
            self.ui.app.deals.on.with(|on| {
                let entry = |offering| match deal(offering, on, None) {
                    Some(deal) => Entry { offering, price: Some(deal.price), is_deal: true },
                    None => Entry::of(offering),
                };
                act(all.iter().map(entry).collect())
            })
        })
    }
}

/// Does something once what has changed is drawn.
fn once_drawn(act: impl FnOnce() + 'static) {
    let act: Box<dyn FnOnce()> = Box::new(act);
    spawn_local(async move {
        TimeoutFuture::new(0).await;
        act();
    });
}

/// Filters, results, the table side by side, and the planner of trips.
#[component]
pub fn Find(
    /// All that there is to buy.
    all: Arc<Vec<Offering>>,
    /// Called with the offering that the subscriber chooses.
    on_choose: Callback<Offering>,
    /// Whether it takes the focus.
    focus: bool,
    /// Its words.
    words: &'static Words,
) -> impl IntoView {
    let ui = Ui::get();
    let currency = all.first().map(|one| one.price.currency());
    let kept_search = ui.app.kept_search().unwrap_or_default();
    let said = currency.map(|currency| Finding::from_text(&kept_search, currency));
    let Finding { filter, sort, mut picked, trip } = said.unwrap_or_default();
    picked.retain(|id| all.iter().any(|one| one.id == *id));
    let finder = Finder {
        ui,
        all: StoredValue::new(all),
        filter: RwSignal::new(filter),
        sort: RwSignal::new(sort),
        picked: RwSignal::new(picked),
        trip: RwSignal::new(trip),
        drawn: RwSignal::new(0),
        heading: kept(),
        side: kept(),
    };
    provide_context(finder);
    provide_context(words);
    on_change(move || {
        let (filter, sort) = (finder.filter.get(), finder.sort.get());
        let said = Finding { filter, sort, picked: finder.picked.get(), trip: finder.trip.get() };
        ui.app.keep_search(&said.to_text());
    });
    if focus {
        on_change(move || finder.focus());
    }
    let title = ui.id("find");
    html! {
        <section class="find" part="find" aria-labelledby=&title>
            <h3 id=title tabindex="-1" node_ref=finder.heading>{words.find}</h3>
            <Trip />
            <Filters />
            <Results on_choose />
            <Table on_choose />
        </section>
    }
}
