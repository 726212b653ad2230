//! The review: what is bought, what it costs, what it means, and the consent to it.

use super::super::context::Ui;
use super::super::el::kept;
use super::super::format::Detail;
use super::super::live::{live, live_attribute, on_change};
use super::super::parts::{bone, for_line, icon, icons};
use super::super::plan_card::price;
use super::super::text::fill;
use super::bill::Bill;
use super::codes::Codes;
use super::frame::{Heading, Steps, runner};
use super::methods::Methods;
use super::words::words;
use crate::app::Report;
use crate::app::checkout::Event;
use crate::app::deals::Deals;
use crate::domain::basket::{Basket, Item, shown_total};
use crate::domain::deal::{Promotion, concerning};
use crate::domain::money::Money;
use crate::domain::payment::MethodKind;
use crate::domain::quote::{CodeResult, Quote};
use crate::domain::time::Period;
use leptos::prelude::*;
use markup::html;
use wasm_bindgen::JsCast;

/// How often a price is asked for again while the carrier still counts what has ended, and how many milliseconds apart.
const MOST_TRIES: usize = 3;
const BEFORE_NEXT_TRY: u32 = 2_000;

/// While the carrier is asked for the price.
#[component]
pub fn Pricing() -> impl IntoView {
    let ui = Ui::get();
    let w = words();
    let line = || html! { <div><dt>{bone("l")}</dt><dd>{bone("s")}</dd></div> };
    html! {
        <section class="card step" part="step" aria-labelledby=ui.id("step") aria-busy="true">
            <Steps at=2 />
            <div class="row"><Heading text=w.check_order /></div>
            <p class="muted" role="status">{ui.with_carrier(w.pricing)}</p>
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
    /// The price that stood before, where it was another one.
    before: Option<Money>,
) -> impl IntoView {
    let ui = Ui::get();
    let w = words();
    let runner = runner();
    let total = quote.total;
    let free = total.is_zero();
    let at_once = quote.is_top_up();
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
    let order = if free { w.order_free.to_owned() } else { fill(w.order_to_pay, &[("total", &price(ui, total))]) };
    let ends = quote.plan_ends(&basket).map(|end| ui.write(|format| format.date(end, Detail::Full)));
    let until =
        quote.expires.map(|end| fill(w.price_until, &[("time", &ui.write(|format| format.date(end, Detail::Time)))]));
    let next = move || match runner.chosen.get() {
        _ if free => w.no_payment.to_owned(),
        method if at_once => ui.with_carrier(if method.is_some() { w.next_at_once } else { w.no_method }),
        Some(method) if method.kind.asks_for_token() => w.next_here.to_owned(),
        Some(method) if method.kind != MethodKind::Hosted => w.next_method.to_owned(),
        _ => ui.with_carrier(w.next_payment),
    };
    let methods = (!free).then(|| html! { <Methods basket=basket.clone() total at_once /> });
    let edit = Callback::new(move |()| runner.tell(Event::Edited));
    html! {
        <form class="card step" part="step" aria-labelledby=ui.id("step") novalidate on:submit=submit>
            <Steps at=2 />
            <div class="row">
                <Heading text=w.check_order />
                <button class="btn plain" type="button" on:click=move |_| edit.run(())>{w.edit}</button>
            </div>
            {for_line(ui, &basket).map(|number| html! { <p>{number}</p> })}
            {before.map(|before| changed(ui, before, total))}
            {ended(ui, &basket, &quote)}
            {before.is_none().then(|| differs(ui, &basket, &quote))}
            <Bill basket=basket.clone() quote=quote.clone() sum=w.to_pay_now on_change=edit />
            {ends.clone().map(|end| html! { <p class="until">{w.then_ends}" "<b>{end}</b></p> })}
            <Codes basket=basket.clone() results=quote.codes.clone() />
            <Terms basket quote ends />
            {methods}
            <div class="field">
                <label class="check">
                    <input
                        type="checkbox" required node_ref=consent
                        aria-invalid=live_attribute(move || missing.get().then_some("true"))
                        aria-describedby=error.clone()
                        on:change=move |_| missing.set(false)
                    />
                    <span>{w.consent}</span>
                </label>
                <p class="error" id=error role="alert">
                    {live(move || missing.get().then(|| html! { {icon(icons::ALERT)}{w.consent_missing} }))}
                </p>
            </div>
            <div class="reach">
                <button
                    class="btn primary wide tall" part="primary"
                    disabled=live_attribute(move || (at_once && runner.chosen.get().is_none()).then_some(""))
                >{order}</button>
            </div>
            <p class="note">{live(next)}" "{until}</p>
        </form>
    }
}

/// The price is another one than before: both, side by side. Nothing was ordered at the old one.
fn changed(ui: Ui, before: Money, now: Money) -> impl IntoView + use<> {
    let w = words();
    let row = |name: &'static str, amount: Money| {
        html! { <div><dt>{name}</dt><dd class="money">{ui.write(|format| format.money(amount))}</dd></div> }
    };
    html! {
        <div class="notice" role="status">
            {icon(icons::ALERT)}
            <div>
                <h3>{w.price_changed}</h3>
                <dl class="lines">{row(w.before, before)}{row(w.now, now)}</dl>
                <p>{w.price_before_text}</p>
            </div>
        </div>
    }
}

/// The carrier's price stands; where it is another one than the offers showed, that is said before the consent.
fn differs(ui: Ui, basket: &Basket, quote: &Quote) -> impl IntoView + use<> {
    let w = words();
    // What a code takes off was not on the offers, and what is on may not be known yet: then the prices before promotions
    // are held against each other.
    let has_code = quote.codes.iter().any(|(_, result)| *result == CodeResult::Applied);
    let by_list = has_code || !ui.app.deals.are_known.get_untracked();
    let (text, named) = if by_list {
        (w.price_differs_before, quote.before_reductions())
    } else {
        (w.price_differs, Some(quote.total))
    };
    let shown = ui.app.offerings.with_untracked(|all| {
        ui.app.deals.on.with_untracked(|on| shown_total(basket, all.ready()?, if by_list { &[] } else { on }))
    });
    let (shown, named) = shown.zip(named).filter(|(shown, named)| shown != named)?;
    ui.app.report(Report::Error { code: "price-mismatch", about: basket.names() });
    let [shown, named] = [shown, named].map(|amount| price(ui, amount));
    let text = fill(text, &[("shown", shown.as_str()), ("price", &named), ("carrier", &ui.carrier())]);
    Some(html! { <div class="notice problem" role="status">{icon(icons::ALERT)}<p>{text}</p></div> })
}

/// A deal that ended since is said to have: the price is asked for anew, and it is another one.
fn ended(ui: Ui, basket: &Basket, quote: &Quote) -> impl IntoView + use<> {
    let runner = runner();
    let Deals { ended, asked_anew, .. } = ui.app.deals;
    let counted: Vec<_> =
        quote.lines.iter().flat_map(|line| &line.reductions).map(|reduction| reduction.name.clone()).collect();
    let of_these = {
        let basket = basket.clone();
        let counted = counted.clone();
        move |ended: &[Promotion]| {
            ui.app.offerings.with_untracked(|all| {
                let all = all.ready().map(|all| all.as_slice()).unwrap_or_default();
                let find = |item: &Item| all.iter().find(|one| one.id == item.offering);
                let items: Vec<_> = basket.items.iter().filter_map(find).collect();
                concerning(ended, &items, &counted)
            })
        }
    };
    let names = ended.with_untracked(|ended| of_these(ended));
    let basket = basket.clone();
    on_change(move || {
        let count = ended.with(|ended| ended.len());
        let new = ended.with(|ended| of_these(ended.get(asked_anew.get_untracked()..).unwrap_or_default()));
        if !new.is_empty() {
            asked_anew.set(count);
            runner.tell(Event::Changed(basket.clone()));
        }
    });
    // The carrier's clock may be a moment behind what it says of it: it is asked a few times more.
    let count = ended.with_untracked(|ended| ended.len());
    let tries = asked_anew.get_untracked();
    if names.iter().any(|name| counted.contains(name)) && (count..count + MOST_TRIES).contains(&tries) {
        asked_anew.set(tries + 1);
        runner.price_again_after(BEFORE_NEXT_TRY);
    }
    // What the carrier still counts has not ended there.
    let names: Vec<_> = names.into_iter().filter(|name| !counted.contains(name)).collect();
    (!names.is_empty()).then(|| {
        let text = fill(words().deal_ended, &[("names", &names.join(" · "))]);
        html! { <div class="notice" role="status">{icon(icons::CLOCK)}<p>{text}</p></div> }
    })
}

/// The key terms of the contract.
#[component]
fn Terms(basket: Basket, quote: Quote, ends: Option<String>) -> impl IntoView {
    let ui = Ui::get();
    let w = words();
    let row = |name: &'static str, value: String| html! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let renewal = match quote.recurring {
        Some(again) => super::super::plan_card::again(ui, again),
        None => w.renewal_terms.to_owned(),
    };
    let withdrawal = match ui.app.config.with_value(|config| config.jurisdiction) {
        Some(law) => {
            let days = ui.write(|format| format.period(Period::Days(law.withdrawal_days())));
            fill(w.withdrawal_days, &[("days", &days)])
        }
        None => w.withdrawal_terms.to_owned(),
    };
    html! {
        <details class="terms">
            <summary>{w.contract_summary}</summary>
            <dl class="lines">
                {row(w.provider, ui.carrier())}
                {row(w.service, basket.names())}
                {ends.map(|end| row(w.ends, end))}
                {row(w.renewal, renewal)}
                {row(w.withdrawal, withdrawal)}
            </dl>
        </details>
    }
}
