//! While something is on its way, and while it is not known what became of it.

use super::super::context::Ui;
use super::super::format::Detail;
use super::super::live::live;
use super::super::parts::{hotline, icons};
use super::frame::{Heading, Mark, Steps, runner};
use super::words::{Words, words};
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
    let w = words();
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
                <p class="muted" role="status">{live(move || if long.get() { w.takes_longer } else { w.keep_open })}</p>
            </div>
            {live(move || long.get().then(|| html! {
                <div class="acts">
                    {can_look.then(|| html! {
                        <button class="btn" type="button" on:click=move |_| runner.tell(Event::LookAgain)>{w.check_now}</button>
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
    let w = words();
    let runner = runner();
    let state = Memo::new(move |_| match runner.stage.get() {
        Stage::Confirming { known, looks, .. } => (known, looks),
        _ => (Known::default(), 0),
    });
    let is_free = attempt.total().is_zero();
    let asked_payment = attempt.payment_try.is_some();
    let news = Memo::new(move |_| News::of(state.get().0, is_free, asked_payment));
    let since = ui.write(|format| format.date(attempt.since, Detail::Time));
    let total = ui.write(|format| format.money(attempt.total()));
    let order = attempt.order.as_ref().map(|order| order.as_str().to_owned());
    let reference = order.unwrap_or_else(|| attempt.key.as_str().to_owned());
    html! {
        <section class="card step" part="step" aria-labelledby=ui.id("step")>
            <Steps at=3 />
            <div class="head">
                <Mark kind="wait" path=icons::CLOCK />
                <Heading text=live(move || news.get().title(w)) />
                <p role="status">{live(move || ui.with_carrier(news.get().text(w)))}" "<b>{(!is_free).then_some(w.do_not_pay_again)}</b></p>
            </div>
            <dl class="lines">
                <div><dt>{w.reference}</dt><dd><b>{reference}</b></dd></div>
                <div><dt>{w.amount}</dt><dd>{total}</dd></div>
                <div><dt>{w.since}</dt><dd class="num">{since}</dd></div>
            </dl>
            <div class="acts">
                <button class="btn" type="button" on:click=move |_| runner.tell(Event::LookAgain)>{w.check_now}</button>
                {hotline(ui)}
            </div>
        </section>
    }
}

/// What can be said truthfully of an attempt that is being confirmed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum News {
    /// Paid, or nothing to pay: the carrier carries it out.
    Delivering,
    /// Called off after it was paid: the money goes back.
    Returning,
    /// The carrier has the order and has not said what becomes of it.
    Held,
    /// A payment was tried, and how it ended is not known.
    PaymentUnknown,
    /// An order was sent, and whether it arrived is not known.
    OrderUnknown,
}

impl News {
    fn of(known: Known, is_free: bool, asked_payment: bool) -> Self {
        if known.order == Some(OrderState::Cancelled) {
            return Self::Returning;
        }
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

    const fn title(self, w: &Words) -> &'static str {
        match self {
            Self::Delivering => w.delivering,
            Self::Returning => w.order_cancelled,
            Self::PaymentUnknown => w.payment_unknown,
            Self::OrderUnknown | Self::Held => w.order_unknown,
        }
    }

    const fn text(self, w: &Words) -> &'static str {
        match self {
            Self::Delivering => w.delivering_text,
            Self::Returning => w.money_owed,
            Self::PaymentUnknown => w.payment_unknown_text,
            Self::Held => w.held_text,
            Self::OrderUnknown => w.order_unknown_text,
        }
    }
}
