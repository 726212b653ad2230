//! Nothing was ordered, or the order is over without being carried out.

use super::super::context::Ui;
use super::super::parts::{hotline, icon, icons, trouble_notice};
use super::frame::{Heading, Mark, Steps, ToOffers, runner};
use super::words::words;
use crate::app::checkout::{Attempt, Back, End, Event, NoPrice, Refusal};
use crate::domain::quote::QuoteError;
use leptos::prelude::*;
use markup::html;

/// The carrier gave no price.
#[component]
pub fn UnpricedView(
    /// Why.
    why: NoPrice,
) -> impl IntoView {
    let ui = Ui::get();
    let w = words();
    let runner = runner();
    html! {
        <section class="card step" part="step" aria-labelledby=ui.id("step")>
            <Steps at=2 />
            <Heading text=w.check_order />
            {match why {
                NoPrice::Trouble(trouble) => trouble_notice(ui, w.no_price, trouble, move || runner.tell(Event::Asked)),
                NoPrice::Misfit(misfit) => {
                    let text = match misfit {
                        QuoteError::OtherThings => w.misfit_things,
                        QuoteError::OtherCurrency => w.misfit_currency,
                        QuoteError::WrongSum | QuoteError::Negative => w.misfit_sum,
                    };
                    no_price(ui, w.no_price.to_owned(), vec![ui.with_carrier(text)])
                }
                NoPrice::Unqualified(reasons) => no_price(ui, ui.with_carrier(w.unqualified), reasons),
            }}
            <div class="acts">
                <ToOffers />
                <button class="btn" type="button" on:click=move |_| runner.tell(Event::Edited)>{w.edit}</button>
            </div>
        </section>
    }
}

/// Why there is no price, where asking again would not help.
fn no_price(ui: Ui, title: String, reasons: Vec<String>) -> AnyView {
    let reasons = reasons.into_iter().map(|reason| html! { <p>{reason}</p> }).collect_view();
    html! {
        <div class="notice problem" role="alert">
            {icon(icons::ALERT)}
            <div><h3>{title}</h3>{reasons}<div class="acts">{hotline(ui)}</div></div>
        </div>
    }
    .into_any()
}

/// The carrier ordered nothing.
#[component]
pub fn RefusedView(
    /// Why.
    why: Refusal,
) -> impl IntoView {
    let ui = Ui::get();
    let w = words();
    let runner = runner();
    let (title, text) = match why {
        Refusal::PriceChanged => (w.price_changed, w.price_changed_text),
        Refusal::CartExpired => (w.cart_expired, w.cart_expired_text),
        Refusal::SignedOut => (w.signed_out, w.signed_out_text),
        Refusal::NotSent => (w.not_sent, w.not_sent_text),
        Refusal::Busy => (w.busy, w.busy_text),
        Refusal::AnotherTab => (w.line_busy, w.line_busy_text),
        Refusal::NotPaid(denial) => (super::due::denied(w, denial).0, w.refused_text),
        Refusal::NoAccount | Refusal::PaymentOpen | Refusal::Other => (w.refused, w.refused_text),
    };
    let is_signed_out = why == Refusal::SignedOut;
    let label = if is_signed_out { ui.t.sign_in } else { w.new_price };
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
    let w = words();
    let runner = runner();
    let (title, text) = match end {
        End::Cancelled(back) => (
            w.order_cancelled,
            match back {
                Back::NoneTaken => w.money_none,
                Back::Open => w.order_cancelled_text,
                Back::Owed => w.money_owed,
                Back::Refunded(_) => w.money_refunded,
            },
        ),
        End::Rejected => (w.order_rejected, w.order_rejected_text),
        End::Failed => (w.order_failed, w.order_failed_text),
        End::Partial => (w.order_partial, w.order_partial_text),
        End::Unclear => (w.unclear, w.unclear_text),
        End::AnotherTotal(_) => (w.another_total, w.another_total_text),
    };
    let refunded = match end {
        End::Cancelled(Back::Refunded(amount)) => Some(ui.write(|format| format.money(amount))),
        _ => None,
    };
    let asked = match end {
        End::AnotherTotal(asked) => Some(ui.write(|format| format.money(asked))),
        _ => None,
    };
    let anew = asked.is_some().then(|| {
        html! {
            <button class="btn primary" part="primary" type="button" on:click=move |_| runner.tell(Event::Asked)>{w.new_price}</button>
        }
    });
    let can_check = matches!(end, End::Cancelled(Back::Open | Back::Owed));
    let check = can_check.then(|| {
        html! {
            <button class="btn" type="button" on:click=move |_| runner.tell(Event::LookAgain)>{w.check_now}</button>
        }
    });
    html! {
        <section class="card step" part="step" aria-labelledby=ui.id("step")>
            <div class="head"><Mark kind="" path=icons::CROSS /><Heading text=title /><p>{ui.with_carrier(text)}</p></div>
            <dl class="lines">
                {attempt.order.as_ref().map(|order| html! { <div><dt>{w.order}</dt><dd>{order.as_str().to_owned()}</dd></div> })}
                <div>
                    <dt>{if asked.is_some() { w.agreed } else { w.amount }}</dt>
                    <dd class="money">{ui.write(|format| format.money(attempt.total()))}</dd>
                </div>
                {asked.map(|asked| html! { <div><dt>{w.asked}</dt><dd class="money">{asked}</dd></div> })}
                {refunded.map(|amount| html! { <div><dt>{w.refunded}</dt><dd class="money">{amount}</dd></div> })}
            </dl>
            <div class="acts">{anew}<ToOffers />{check}{hotline(ui)}</div>
        </section>
    }
}
