//! While something is on its way, and while it is not known what became of it.

use super::super::context::Ui;
use super::super::format::Detail;
use super::super::live::live;
use super::super::parts::{hotline, icons};
use super::frame::{Heading, Mark, Steps, runner};
use crate::app::checkout::{Attempt, Event, Known, Stage};
use crate::domain::order::OrderState;
use crate::domain::payment::PaymentStatus;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::html;

/// After so many milliseconds a wait is said to take longer than usual, and the hotline is offered.
const LONG: u32 = 10_000;

/// A mark that turns.
const SPINNING: &str = "mark spin";

/// Something is on its way to the carrier.
#[component]
pub fn Waiting(
    /// What is done.
    title: &'static str,
    /// Whether the carrier can be asked what became of it.
    can_look: bool,
) -> impl IntoView {
    let ui = Ui::get();
    let runner = runner();
    let long = RwSignal::new(false);
    spawn_local(async move {
        TimeoutFuture::new(LONG).await;
        long.try_set(true);
    });
    html! {
        <section class="card step" part="step" aria-labelledby=ui.id("step")>
            <Steps at=3 />
            <div class="head">
                <span class=SPINNING aria-hidden="true"></span>
                <Heading text=title />
                <p class="muted" role="status">{live(move || if long.get() { ui.t.takes_longer } else { ui.t.keep_open })}</p>
            </div>
            {live(move || long.get().then(|| html! {
                <div class="acts">
                    {can_look.then(|| html! {
                        <button class="btn" type="button" on:click=move |_| runner.tell(Event::LookAgain)>{ui.t.check_now}</button>
                    })}
                    {hotline(ui)}
                </div>
            }))}
        </section>
    }
}

/// What became of an order or a payment is not known yet. There is no button to pay here.
#[component]
pub fn Confirming(
    /// What it is about.
    attempt: Attempt,
) -> impl IntoView {
    let ui = Ui::get();
    let runner = runner();
    let state = Memo::new(move |_| match runner.stage.get() {
        Stage::Confirming { known, looks, .. } => (known, looks),
        _ => (Known::default(), 0),
    });
    let is_free = attempt.total.is_zero();
    let asked_payment = attempt.payment_try.is_some();
    let words = Memo::new(move |_| Words::of(state.get().0, is_free, asked_payment));
    let since = ui.write(|format| format.date(attempt.since, Detail::Time));
    let total = ui.write(|format| format.money(attempt.total));
    let order = attempt.order.as_ref().map(|order| order.as_str().to_owned());
    let reference = order.unwrap_or_else(|| attempt.key.as_str().to_owned());
    html! {
        <section class="card step" part="step" aria-labelledby=ui.id("step")>
            <Steps at=3 />
            <div class="head">
                <Mark kind="wait" path=icons::CLOCK />
                <Heading text=live(move || words.get().title(ui)) />
                <p role="status">{live(move || ui.with_carrier(words.get().text(ui)))}" "<b>{(!is_free).then_some(ui.t.do_not_pay_again)}</b></p>
            </div>
            <dl class="lines">
                <div><dt>{ui.t.reference}</dt><dd><b>{reference}</b></dd></div>
                <div><dt>{ui.t.amount}</dt><dd>{total}</dd></div>
                <div><dt>{ui.t.since}</dt><dd class="num">{since}</dd></div>
            </dl>
            <div class="acts">
                <button class="btn" type="button" on:click=move |_| runner.tell(Event::LookAgain)>{ui.t.check_now}</button>
                {hotline(ui)}
            </div>
        </section>
    }
}

/// What can be said truthfully of an attempt that is being confirmed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Words {
    /// Paid, or nothing to pay: the carrier carries it out.
    Delivering,
    /// The carrier has the order and has not said what becomes of it.
    Held,
    /// A payment was tried, and how it ended is not known.
    PaymentUnknown,
    /// An order was sent, and whether it arrived is not known.
    OrderUnknown,
}

impl Words {
    fn of(known: Known, is_free: bool, asked_payment: bool) -> Self {
        let delivering = known.order == Some(OrderState::InProgress)
            || known.payment == Some(PaymentStatus::Paid)
            || (is_free && known.order.is_some());
        if delivering {
            Self::Delivering
        } else if known.order == Some(OrderState::Held) {
            Self::Held
        } else if asked_payment {
            Self::PaymentUnknown
        } else {
            Self::OrderUnknown
        }
    }

    const fn title(self, ui: Ui) -> &'static str {
        match self {
            Self::Delivering => ui.t.delivering,
            Self::PaymentUnknown => ui.t.payment_unknown,
            Self::OrderUnknown | Self::Held => ui.t.order_unknown,
        }
    }

    const fn text(self, ui: Ui) -> &'static str {
        match self {
            Self::Delivering => ui.t.delivering_text,
            Self::PaymentUnknown => ui.t.payment_unknown_text,
            Self::Held => ui.t.held_text,
            Self::OrderUnknown => ui.t.order_unknown_text,
        }
    }
}
