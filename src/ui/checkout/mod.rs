//! The checkout on the screen: one view for each stage of the machine. Loaded behind the lazy door.

mod another_tab;
mod bill;
mod choose;
mod codes;
mod confirming;
mod due;
mod ended;
mod entering;
mod frame;
mod item;
mod methods;
mod receipt;
mod review;
pub mod words;

use super::context::Ui;
use super::door::loading;
use super::live::{live, on_change};
use crate::app::checkout::{Event, Stage};
use crate::app::{Opening, Remote, Report};
use another_tab::InAnotherTab;
use choose::Choose;
use confirming::{Confirming, Waiting};
use due::DueView;
use ended::{EndedView, RefusedView, UnpricedView};
use entering::Entering;
use leptos::ev;
use leptos::prelude::*;
use markup::html;
use receipt::Receipt;
use review::{Pricing, Review};
use words::Words;

/// The checkout, from the choice to the receipt.
#[component]
pub fn Checkout(
    /// What it is opened for.
    opening: Opening,
    /// Its words.
    words: &'static Words,
) -> impl IntoView {
    let ui = Ui::get();
    let runner = ui.app.runner();
    provide_context(runner);
    provide_context(words);
    ui.app.basket.set(None);
    match opening {
        Opening::Choose(basket) => {
            // Another language draws this anew, and what was chosen once is not chosen again.
            ui.app.checkout.update_untracked(|opening| *opening = Some(Opening::Resume));
            runner.tell(Event::Chosen(basket));
            if let Some(chosen) = runner.chosen_offerings() {
                ui.app.report(Report::Started(chosen));
            }
        }
        Opening::Resume if runner.stage.with_untracked(|stage| *stage != Stage::Closed) => {}
        Opening::Find { key, .. } => {
            ui.app.order_failed.set(false);
            ui.app.checkout.update_untracked(|opening| *opening = Some(Opening::Resume));
            runner.find(key);
        }
        // Whose it is shows by the lines, so it waits for them.
        Opening::Resume => on_change(move || {
            ui.app.inventory.with(|inventory| match inventory {
                Remote::Ready(inventory) => runner.resume(Some(&inventory.lines)),
                Remote::Failed(_) => runner.resume(None),
                Remote::Idle | Remote::Loading => {}
            });
        }),
    }
    // The network is back, or the browser came back from the payment page to this page as it was.
    let online = window_event_listener(ev::online, move |_| runner.tell(Event::LookAgain));
    let back = window_event_listener(ev::pageshow, move |_| runner.page_shown());
    let away = window_event_listener(ev::pagehide, move |_| runner.page_hidden());
    on_cleanup(move || {
        online.remove();
        back.remove();
        away.remove();
    });
    // Only a change of the step makes a new view: within one, what is typed and focused stays.
    let step = Memo::new(move |_| runner.stage.with(Step::of));
    let was_open = StoredValue::new(false);
    on_change(move || {
        let step = step.get();
        if step != Step::Closed {
            was_open.set_value(true);
        } else if was_open.get_value() {
            ui.app.checkout.set(None);
        } else {
            return;
        }
        ui.app.report(Report::Step(step.name()));
    });
    live(move || match (step.get(), runner.stage.get_untracked()) {
        (_, Stage::Closed) => loading(ui.t.loading_checkout),
        (_, Stage::Choosing { .. }) => html! { <Choose /> }.into_any(),
        (_, Stage::Pricing { .. }) => html! { <Pricing /> }.into_any(),
        (_, Stage::Unpriced { why, .. }) => html! { <UnpricedView why /> }.into_any(),
        (_, Stage::Reviewing { basket, quote, before }) => html! { <Review basket quote before /> }.into_any(),
        (_, Stage::Ordering { .. }) => html! { <Waiting title=words.ordering can_look=false /> }.into_any(),
        (_, Stage::Entering { attempt, this }) => html! { <Entering attempt this /> }.into_any(),
        (_, Stage::Opening { .. }) => html! { <Waiting title=words.opening can_look=false /> }.into_any(),
        (_, Stage::Away { .. }) => html! { <Waiting title=words.opening can_look=true /> }.into_any(),
        (_, Stage::Refused { why, .. }) => html! { <RefusedView why /> }.into_any(),
        (_, Stage::AwaitingPayment { attempt, due }) => html! { <DueView attempt due /> }.into_any(),
        (_, Stage::Confirming { attempt, .. }) => html! { <Confirming attempt /> }.into_any(),
        (_, Stage::Delivered { attempt }) => html! { <Receipt attempt /> }.into_any(),
        (_, Stage::InAnotherTab { attempt, .. }) => html! { <InAnotherTab attempt /> }.into_any(),
        (_, Stage::Ended { attempt, end }) => html! { <EndedView attempt end /> }.into_any(),
    })
}

/// The steps that look different on the screen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Closed,
    Choosing,
    Pricing,
    Unpriced,
    Reviewing,
    Ordering,
    Refused,
    AwaitingPayment,
    PaymentOpen,
    Entering,
    Opening,
    Away,
    Confirming,
    Delivered,
    Ended,
    InAnotherTab,
}

impl Step {
    const fn of(stage: &Stage) -> Self {
        use crate::app::checkout::Due;
        match stage {
            Stage::Closed => Self::Closed,
            Stage::Choosing { .. } => Self::Choosing,
            Stage::Pricing { .. } => Self::Pricing,
            Stage::Unpriced { .. } => Self::Unpriced,
            Stage::Reviewing { .. } => Self::Reviewing,
            Stage::Ordering { .. } => Self::Ordering,
            Stage::Refused { .. } => Self::Refused,
            Stage::AwaitingPayment { due: Due::Open { .. }, .. } => Self::PaymentOpen,
            Stage::AwaitingPayment { .. } => Self::AwaitingPayment,
            Stage::Entering { .. } => Self::Entering,
            Stage::Opening { .. } => Self::Opening,
            Stage::Away { .. } => Self::Away,
            Stage::Confirming { .. } => Self::Confirming,
            Stage::Delivered { .. } => Self::Delivered,
            Stage::Ended { .. } => Self::Ended,
            Stage::InAnotherTab { .. } => Self::InAnotherTab,
        }
    }

    /// The name by which the host is told of it.
    const fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Choosing => "choose",
            Self::Pricing | Self::Unpriced => "price",
            Self::Reviewing => "review",
            Self::Ordering => "order",
            Self::Refused => "refused",
            Self::AwaitingPayment | Self::PaymentOpen => "awaiting-payment",
            Self::Entering | Self::Opening | Self::Away => "payment",
            Self::Confirming => "confirming",
            Self::Delivered => "done",
            Self::Ended => "ended",
            Self::InAnotherTab => "another-tab",
        }
    }
}
