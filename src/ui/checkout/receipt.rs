//! The receipt.

use super::super::context::Ui;
use super::super::format::Detail;
use super::super::live::live;
use super::super::parts::{icon, icons};
use super::bill::Bill;
use super::frame::{Heading, Mark, runner};
use super::words::words;
use crate::app::checkout::{Attempt, Event};
use crate::domain::payment::MethodKind;
use crate::domain::product::{Inventory, Line};
use leptos::prelude::*;
use markup::html;

/// The order was carried out: what was paid, and until when the plan runs now.
#[component]
pub fn Receipt(
    /// What was bought.
    attempt: Attempt,
) -> impl IntoView {
    let ui = Ui::get();
    let w = words();
    let runner = runner();
    let free = attempt.total().is_zero();
    let line = attempt.basket.line.clone();
    let number = move || {
        let find =
            |inventory: &Inventory| inventory.lines.iter().find(|one| one.id == line).and_then(Line::masked_msisdn);
        ui.app.inventory.with(|inventory| find(inventory.ready()?))
    };
    let ends = attempt.quote.plan_ends(&attempt.basket).map(|end| ui.write(|format| format.date(end, Detail::Full)));
    let since = ui.write(|format| format.date(attempt.since, Detail::Full));
    let renews = attempt.basket.items.iter().any(|item| item.kind.extends_plan());
    let last = match &attempt.payment_try {
        Some(last) => last.method.as_ref(),
        None => attempt.method.as_ref().filter(|_| attempt.quote.is_top_up()),
    };
    let is_billed = last.is_some_and(|method| method.kind == MethodKind::Billing);
    let is_paid = !free && !is_billed;
    let title = match (renews, is_paid) {
        (true, true) => w.renewed,
        (true, false) => w.renewed_free,
        (false, true) => w.bought,
        (false, false) => w.bought_free,
    };
    let sum = if is_billed { w.total_billed } else { w.total_paid };
    html! {
        <section class="card step receipt" part="receipt" aria-labelledby=ui.id("step")>
            <div class="head">
                <Mark kind="good" path=icons::TICK />
                <Heading text=title />
            </div>
            {ends.map(|end| html! { <p class="until">{w.now_ends}" "<b>{end}</b></p> })}
            <dl class="lines">
                {attempt.order.map(|order| html! { <div><dt>{w.order}</dt><dd><b>{order.as_str().to_owned()}</b></dd></div> })}
                <div><dt>{w.date}</dt><dd>{since}</dd></div>
                {live(move || number().map(|number| html! { <div><dt>{w.line}</dt><dd><bdi dir="ltr">{number}</bdi></dd></div> }))}
            </dl>
            <Bill basket=attempt.basket quote=attempt.quote sum />
            <div class="acts">
                <button class="btn primary" part="primary" type="button" on:click=move |_| runner.tell(Event::Closed)>
                    {w.to_my_plan}
                </button>
                <button class="btn" type="button" on:click=move |_| { let _ = window().print(); }>
                    {icon(icons::PRINT)}{w.print}
                </button>
            </div>
        </section>
    }
}
