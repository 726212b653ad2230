//! The review: what is bought, what it costs, what it means, and the consent to it.

use super::super::context::Ui;
use super::super::el::kept;
use super::super::format::Detail;
use super::super::live::{live, live_attribute};
use super::super::parts::{bone, icon, icons};
use super::super::plan_card::price;
use super::super::text::fill;
use super::frame::{Heading, Steps, runner};
use crate::app::checkout::Event;
use crate::domain::basket::Basket;
use crate::domain::money::Money;
use crate::domain::quote::{Quote, Tax};
use leptos::prelude::*;
use markup::html;
use wasm_bindgen::JsCast;

/// While the carrier is asked for the price.
#[component]
pub fn Pricing() -> impl IntoView {
    let ui = Ui::get();
    let line = || html! { <div><dt>{bone("l")}</dt><dd>{bone("s")}</dd></div> };
    html! {
        <section class="card step" part="step" aria-labelledby=ui.id("step") aria-busy="true">
            <Steps at=2 />
            <div class="row"><Heading text=ui.t.check_order /></div>
            <p class="muted" role="status">{ui.with_carrier(ui.t.pricing)}</p>
            <dl class="lines" aria-hidden="true">{line()}{line()}{line()}{line()}</dl>
        </section>
    }
}

/// The carrier's price, and the consent to it.
#[component]
pub fn Review(
    /// What is bought.
    basket: Basket,
    /// The carrier's price.
    quote: Quote,
) -> impl IntoView {
    let ui = Ui::get();
    let runner = runner();
    let total = quote.total;
    let free = total.is_zero();
    let consent = kept();
    let missing = RwSignal::new(false);
    let error = ui.id("consent-error");
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        let Some(consent) = consent.get_value() else { return };
        let given = consent.unchecked_ref::<web_sys::HtmlInputElement>().checked();
        missing.set(!given);
        if given {
            runner.consent();
        } else {
            let _ = consent.focus();
        }
    };
    let order =
        if free { ui.t.order_free.to_owned() } else { fill(ui.t.order_to_pay, &[("total", &price(ui, total))]) };
    let ends = quote.ends().map(|end| ui.write(|format| format.date(end, Detail::Full)));
    html! {
        <form class="card step" part="step" aria-labelledby=ui.id("step") novalidate on:submit=submit>
            <Steps at=2 />
            <div class="row">
                <Heading text=ui.t.check_order />
                <button class="btn plain" type="button" on:click=move |_| runner.tell(Event::Edited)>{ui.t.edit}</button>
            </div>
            <Bill basket=basket.clone() total tax=quote.tax.clone() sum=ui.t.to_pay_now />
            {ends.clone().map(|end| html! { <p class="until">{ui.t.then_ends}" "<b>{end}</b></p> })}
            <Terms basket ends />
            <div class="field">
                <label class="check">
                    <input
                        type="checkbox" required node_ref=consent
                        aria-invalid=live_attribute(move || missing.get().then_some("true"))
                        aria-describedby=error.clone()
                        on:change=move |_| missing.set(false)
                    />
                    <span>{ui.t.consent}</span>
                </label>
                <p class="error" id=error role="alert">
                    {live(move || missing.get().then(|| html! { {icon(icons::ALERT)}{ui.t.consent_missing} }))}
                </p>
            </div>
            <div class="reach"><button class="btn primary wide tall" part="primary">{order}</button></div>
            <p class="note">{ui.with_carrier(if free { ui.t.no_payment } else { ui.t.next_payment })}</p>
        </form>
    }
}

/// What is bought and what it costs, as on an invoice.
#[component]
pub fn Bill(
    /// What is bought.
    basket: Basket,
    /// The total, tax included.
    total: Money,
    /// The tax within it.
    tax: Option<Tax>,
    /// What the total is called.
    sum: &'static str,
) -> impl IntoView {
    let ui = Ui::get();
    let what = fill(ui.t.times, &[("name", &basket.name), ("count", &ui.write(|f| f.count(basket.quantity.get())))]);
    let amount = ui.write(|format| format.money(total));
    let tax = tax.map(|tax| {
        let rate = tax.rate.map(|rate| ui.write(|format| format.percent(&rate))).unwrap_or_default();
        html! {
            <div>
                <dt>{fill(ui.t.tax_within, &[("rate", &rate)])}</dt>
                <dd class="money">{ui.write(|format| format.money(tax.amount))}</dd>
            </div>
        }
    });
    html! {
        <dl class="lines">
            <div><dt>{what}</dt><dd class="money">{amount}</dd></div>
            <div class="sum"><dt>{sum}</dt><dd class="money">{price(ui, total)}</dd></div>
            {tax}
        </dl>
    }
}

/// The key terms of the contract.
#[component]
fn Terms(basket: Basket, ends: Option<String>) -> impl IntoView {
    let ui = Ui::get();
    let row = |name: &'static str, value: String| html! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    html! {
        <details class="terms">
            <summary>{ui.t.contract_summary}</summary>
            <dl class="lines">
                {row(ui.t.provider, ui.carrier())}
                {row(ui.t.service, basket.name)}
                {ends.map(|end| row(ui.t.ends, end))}
                {row(ui.t.renewal, ui.t.renewal_terms.to_owned())}
                {row(ui.t.withdrawal, ui.t.withdrawal_terms.to_owned())}
            </dl>
        </details>
    }
}
