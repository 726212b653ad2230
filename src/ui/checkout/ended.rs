//! Nothing was ordered, or the order is over without being carried out.

use super::super::context::Ui;
use super::super::parts::{hotline, icons, trouble_notice};
use super::frame::{Heading, Mark, Steps, ToOffers, runner};
use crate::app::Trouble;
use crate::app::checkout::{Attempt, End, Event, Refusal};
use leptos::prelude::*;
use markup::html;

/// The carrier gave no price.
#[component]
pub fn UnpricedView(
    /// What kept it from coming.
    trouble: Trouble,
) -> impl IntoView {
    let ui = Ui::get();
    let runner = runner();
    html! {
        <section class="card step" part="step" aria-labelledby=ui.id("step")>
            <Steps at=2 />
            <Heading text=ui.t.check_order />
            {trouble_notice(ui, ui.t.no_price, trouble, move || runner.tell(Event::Asked))}
            <div class="acts"><ToOffers /></div>
        </section>
    }
}

/// The carrier ordered nothing.
#[component]
pub fn RefusedView(
    /// Why.
    why: Refusal,
) -> impl IntoView {
    let ui = Ui::get();
    let runner = runner();
    let (title, text) = match why {
        Refusal::PriceChanged => (ui.t.price_changed, ui.t.price_changed_text),
        Refusal::CartExpired => (ui.t.cart_expired, ui.t.cart_expired_text),
        Refusal::SignedOut => (ui.t.signed_out, ui.t.signed_out_text),
        Refusal::NotSent => (ui.t.not_sent, ui.t.not_sent_text),
        Refusal::NoAccount | Refusal::PaymentOpen | Refusal::Other => (ui.t.refused, ui.t.refused_text),
    };
    let is_signed_out = why == Refusal::SignedOut;
    let label = if is_signed_out { ui.t.sign_in } else { ui.t.new_price };
    let go_on = move |_| {
        if is_signed_out {
            ui.sign_in.run(());
        } else {
            runner.tell(Event::Asked);
        }
    };
    html! {
        <section class="card step" part="step" aria-labelledby=ui.id("step")>
            <Steps at=2 />
            <div class="head"><Mark kind="wait" path=icons::ALERT /><Heading text=title /><p>{ui.with_carrier(text)}</p></div>
            <div class="reach">
                <button class="btn primary wide tall" part="primary" type="button" on:click=go_on>{label}</button>
            </div>
            <div class="acts"><ToOffers />{hotline(ui)}</div>
        </section>
    }
}

/// The order is over.
#[component]
pub fn EndedView(
    /// What was to be bought.
    attempt: Attempt,
    /// How it ended.
    end: End,
) -> impl IntoView {
    let ui = Ui::get();
    let (title, text) = match end {
        End::Cancelled => (ui.t.order_cancelled, ui.t.order_cancelled_text),
        End::Rejected => (ui.t.order_rejected, ui.t.order_rejected_text),
        End::Failed => (ui.t.order_failed, ui.t.order_failed_text),
        End::Partial => (ui.t.order_partial, ui.t.order_partial_text),
        End::Unclear => (ui.t.unclear, ui.t.unclear_text),
        End::AnotherTotal => (ui.t.another_total, ui.t.another_total_text),
    };
    html! {
        <section class="card step" part="step" aria-labelledby=ui.id("step")>
            <div class="head"><Mark kind="" path=icons::CROSS /><Heading text=title /><p>{ui.with_carrier(text)}</p></div>
            <dl class="lines">
                {attempt.order.map(|order| html! { <div><dt>{ui.t.order}</dt><dd>{order.as_str().to_owned()}</dd></div> })}
                <div><dt>{ui.t.amount}</dt><dd class="money">{ui.write(|format| format.money(attempt.total))}</dd></div>
            </dl>
            <div class="acts"><ToOffers />{hotline(ui)}</div>
        </section>
    }
}
