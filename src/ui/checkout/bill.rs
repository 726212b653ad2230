//! What is bought and what it costs, as on an invoice: the same on the review and on the receipt.

use super::super::context::Ui;
use super::super::format::{Detail, counted};
use super::super::plan_card::price;
use super::super::text::fill;
use super::words::{Words, words};
use crate::domain::allowance::Usage;
use crate::domain::basket::Basket;
use crate::domain::money::Money;
use crate::domain::offering::OfferingKind;
use crate::domain::quote::{Quote, QuoteLine, Remaining, Tax};
use crate::domain::time::Period;
use leptos::prelude::*;
use markup::html;

/// A bill.
#[component]
pub fn Bill(
    /// What is bought.
    basket: Basket,
    /// The carrier's price.
    quote: Quote,
    /// What the total is called.
    sum: &'static str,
    /// Leads back to an item's fields.
    #[prop(optional)]
    on_change: Option<Callback<()>>,
) -> impl IntoView {
    let ui = Ui::get();
    let w = words();
    let money = |amount: Money| ui.write(|format| format.money(amount));
    let tax = quote.tax.as_ref().map(|Tax { amount, rate }| {
        let rate = rate.as_deref().map(|rate| ui.write(|format| format.percent(rate))).unwrap_or_default();
        html! { <div><dt>{fill(w.tax_within, &[("rate", &rate)])}</dt><dd class="money">{money(*amount)}</dd></div> }
    });
    let again = quote.recurring.map(|again| {
        let name = match again.every {
            Period::Months(1) => w.again_monthly.to_owned(),
            every => fill(w.again_every, &[("period", &ui.write(|format| format.period(every)))]),
        };
        html! { <div class="again"><dt>{name}</dt><dd class="money">{money(again.amount)}</dd></div> }
    });
    // With one item its button stands at the top.
    let on_change = on_change.filter(|_| quote.lines.len() > 1);
    let lines = quote.lines.iter().map(|line| one(ui, w, &basket, line, on_change)).collect_view();
    let notes: Vec<_> = quote.lines.iter().flat_map(|line| notes(ui, w, &basket, line)).collect();
    html! {
        <dl class="lines">
            {lines}
            <div class="sum"><dt>{sum}</dt><dd class="money">{price(ui, quote.total)}</dd></div>
            {tax}
            {again}
        </dl>
        {(!notes.is_empty()).then(|| html! { <ul class="notes" role="list">{notes}</ul> })}
    }
}

/// What there is to know of a line beside its price.
fn notes(ui: Ui, w: &'static Words, basket: &Basket, line: &QuoteLine) -> Vec<AnyView> {
    let starts =
        line.starts.map(|start| [w.starts, " ", &ui.write(|format| format.date(start, Detail::Near))].concat());
    let remaining = line.remaining.map(|remaining| match remaining {
        Remaining::Kept => w.kept.to_owned(),
        Remaining::Lost => w.lost.to_owned(),
    });
    let bonus = line
        .bonus
        .and_then(counted)
        .map(|bytes| fill(w.bonus, &[("volume", &ui.write(|format| format.volume(Usage::Data, bytes)))]));
    let extends_plan = kind_of(basket, line).is_some_and(OfferingKind::extends_plan);
    let ends = line
        .ends
        .filter(|_| !extends_plan)
        .map(|end| fill(ui.t.until_date, &[("date", &ui.write(|format| format.date(end, Detail::Near)))]));
    let class = if line.remaining == Some(Remaining::Lost) { "warn" } else { "muted" };
    let name = name_of(basket, line);
    let note = |text: String| html! { <li class=class><b>{name.to_owned()}</b>": "{text}</li> }.into_any();
    [starts, ends, remaining, bonus].into_iter().flatten().map(note).collect()
}

fn kind_of(basket: &Basket, line: &QuoteLine) -> Option<OfferingKind> {
    basket.items.iter().find(|item| item.offering == line.offering).map(|item| item.kind)
}

fn name_of<'a>(basket: &'a Basket, line: &QuoteLine) -> &'a str {
    basket.items.iter().find(|item| item.offering == line.offering).map_or("", |item| item.name.as_str())
}

fn one(
    ui: Ui,
    w: &'static Words,
    basket: &Basket,
    line: &QuoteLine,
    on_change: Option<Callback<()>>,
) -> impl IntoView + use<> {
    let name = name_of(basket, line);
    let count = ui.write(|format| format.count(line.quantity.get()));
    let what = fill(w.times, &[("name", name), ("count", &count)]);
    let money = |amount: Money| ui.write(|format| format.money(amount));
    // Before what a promotion takes off, which stands below it.
    let before = line.unit.times(line.quantity.get()).unwrap_or(line.total);
    let reductions = line.reductions.iter().map(|one| {
        html! { <div class="less"><dt>{one.name.clone()}</dt><dd class="money">{money(one.amount)}</dd></div> }
    });
    let reductions = reductions.collect_view();
    let change = on_change.map(|change| {
        let label = fill(w.change, &[("name", name)]);
        html! { <br /><button class="btn plain link" type="button" aria-label=label on:click=move |_| change.run(())>{w.edit}</button> }
    });
    html! {
        <div><dt>{what}{change}</dt><dd class="money">{money(before)}</dd></div>
        {reductions}
    }
}
