//! The order stands and is not paid.

use super::super::context::Ui;
use super::super::parts::{hotline, icons};
use super::super::text::fill;
use super::frame::{Heading, Mark, Steps, ToOffers, runner};
use crate::app::checkout::{Attempt, Due};
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
    let runner = runner();
    let total = ui.write(|format| format.money(attempt.total));
    let (title, text, pay) = words(ui, &due);
    let pay = fill(pay, &[("total", &total)]);
    let open = matches!(due, Due::Open { .. });
    let may_leave = !open && due != Due::Elsewhere;
    html! {
        <section class="card step" part="step" aria-labelledby=ui.id("step")>
            <Steps at=3 />
            <div class="head">
                <Mark kind="wait" path=if open { icons::CLOCK } else { icons::ALERT } />
                <Heading text=title />
                <p>{ui.with_carrier(text)}</p>
            </div>
            <dl class="lines">
                {attempt.order.map(|order| html! { <div><dt>{ui.t.order}</dt><dd>{order.as_str().to_owned()}</dd></div> })}
                <div><dt>{ui.t.still_to_pay}</dt><dd class="money">{total}</dd></div>
            </dl>
            <div class="reach">
                <button class="btn primary wide tall" part="primary" type="button" on:click=move |_| runner.pay()>{pay}</button>
            </div>
            <div class="acts">{may_leave.then(|| html! { <ToOffers /> })}{hotline(ui)}</div>
        </section>
    }
}

const fn words(ui: Ui, due: &Due) -> (&'static str, &'static str, &'static str) {
    match due {
        Due::Unpaid => (ui.t.unpaid, ui.t.unpaid_text, ui.t.pay),
        Due::NotOpened => (ui.t.not_opened, ui.t.not_opened_text, ui.t.pay),
        Due::Elsewhere => (ui.t.payment_elsewhere, ui.t.payment_elsewhere_text, ui.t.pay),
        Due::Open { .. } => (ui.t.payment_open, ui.t.payment_open_text, ui.t.back_to_payment),
        Due::Denied(Denial::CardDeclined) => (ui.t.declined, ui.t.declined_text, ui.t.pay_again),
        Due::Denied(Denial::AuthenticationFailed) => {
            (ui.t.not_authenticated, ui.t.not_authenticated_text, ui.t.pay_again)
        }
        Due::Denied(Denial::CanceledByPayer) => (ui.t.payment_cancelled, ui.t.payment_cancelled_text, ui.t.pay),
        Due::Denied(Denial::Other) => (ui.t.payment_failed, ui.t.payment_failed_text, ui.t.pay_again),
    }
}
