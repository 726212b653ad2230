//! The order stands and is not paid.

use super::super::context::Ui;
use super::super::parts::{hotline, icons};
use super::super::text::fill;
use super::frame::{Heading, Mark, Steps, ToOffers, runner};
use super::methods::Methods;
use super::words::{Words, words};
use crate::app::checkout::{Attempt, Due, Event};
use crate::domain::payment::Denial;
use leptos::prelude::*;
use markup::html;

/// The order stands: what became of paying it, and how it can be paid.
#[component]
pub fn DueView(
    /// What was consented to.
    attempt: Attempt,
    /// What is known of paying it.
    due: Due,
) -> impl IntoView {
    let ui = Ui::get();
    let w = words();
    let runner = runner();
    let total = ui.write(|format| format.money(attempt.total()));
    let (title, text, pay) = said(w, &due);
    let pay = fill(pay, &[("total", &total)]);
    let open = matches!(due, Due::Open { .. });
    let is_elsewhere = due == Due::Elsewhere;
    let may_leave = !open && !is_elsewhere;
    // What was denied is not chosen again by itself.
    if matches!(due, Due::Denied(_)) {
        runner.chosen.set(None);
    }
    if !open {
        runner.load_methods();
    }
    let methods = (!open).then(|| html! { <Methods basket=attempt.basket.clone() total=attempt.total() /> });
    html! {
        <section class="card step" part="step" aria-labelledby=ui.id("step")>
            <Steps at=3 />
            <div class="head">
                <Mark kind="wait" path=if open { icons::CLOCK } else { icons::ALERT } />
                <Heading text=title />
                <p>{ui.with_carrier(text)}</p>
            </div>
            <dl class="lines">
                {attempt.order.map(|order| html! { <div><dt>{w.order}</dt><dd>{order.as_str().to_owned()}</dd></div> })}
                <div><dt>{w.still_to_pay}</dt><dd class="money">{total}</dd></div>
            </dl>
            {methods}
            <div class="reach">
                <button class="btn primary wide tall" part="primary" type="button" on:click=move |_| runner.pay(runner.chosen.get_untracked())>{pay}</button>
            </div>
            <div class="acts">
                {may_leave.then(|| html! { <ToOffers /> })}
                {is_elsewhere.then(|| html! {
                    <button class="btn" type="button" on:click=move |_| runner.tell(Event::LookAgain)>{w.check_now}</button>
                })}
                {hotline(ui)}
            </div>
        </section>
    }
}

const fn said(w: &Words, due: &Due) -> (&'static str, &'static str, &'static str) {
    match due {
        Due::Unpaid => (w.unpaid, w.unpaid_text, w.pay),
        Due::NotOpened => (w.not_opened, w.not_opened_text, w.pay),
        Due::Elsewhere => (w.payment_elsewhere, w.payment_elsewhere_text, w.pay),
        Due::Open { .. } => (w.payment_open, w.payment_open_text, w.back_to_payment),
        Due::Denied(denial) => {
            let (title, text) = denied(w, *denial);
            (title, text, if matches!(denial, Denial::CanceledByPayer) { w.pay } else { w.pay_again })
        }
    }
}

/// What is said of a payment that ended without money.
pub(super) const fn denied(w: &Words, denial: Denial) -> (&'static str, &'static str) {
    match denial {
        Denial::CardDeclined => (w.declined, w.declined_text),
        Denial::InsufficientFunds => (w.insufficient, w.insufficient_text),
        Denial::ExpiredCard => (w.expired_card, w.expired_card_text),
        Denial::AuthenticationFailed => (w.not_authenticated, w.not_authenticated_text),
        Denial::CanceledByPayer => (w.payment_cancelled, w.payment_cancelled_text),
        Denial::Other => (w.payment_failed, w.payment_failed_text),
    }
}
