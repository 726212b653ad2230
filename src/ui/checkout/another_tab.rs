//! Another tab carries the checkout out: how far it is.

use super::super::context::Ui;
use super::super::live::live;
use super::super::parts::{hotline, icons};
use super::frame::{Heading, Mark, Steps, ToOffers, runner};
use super::words::words;
use crate::app::checkout::{At, Attempt};
use leptos::prelude::*;
use markup::html;

/// How far another tab is with an attempt. Nothing is sent from here, and nothing is lost by leaving.
#[component]
pub fn InAnotherTab(
    /// What is carried out there.
    attempt: Attempt,
) -> impl IntoView {
    let ui = Ui::get();
    let w = words();
    let runner = runner();
    let now = move || match runner.stage.with(|stage| stage.under_way().map(|(_, at)| at)) {
        Some(At::Ordering) => w.at_ordering,
        Some(At::ToPay) => w.at_to_pay,
        Some(At::Paying) => w.at_paying,
        Some(At::Confirming) | None => w.at_confirming,
    };
    let order = move || {
        let order = runner.stage.with(|stage| stage.under_way()?.0.order.clone());
        order.map(|order| html! { <div><dt>{w.order}</dt><dd>{order.as_str().to_owned()}</dd></div> })
    };
    html! {
        <section class="card step" part="step" aria-labelledby=ui.id("step")>
            <Steps at=3 />
            <div class="head">
                <Mark kind="wait" path=icons::CLOCK />
                <Heading text=w.another_tab />
                <p>{w.another_tab_text}</p>
            </div>
            <dl class="lines">
                <div><dt>{w.now}</dt><dd><b role="status">{live(now)}</b></dd></div>
                {live(order)}
                <div><dt>{w.amount}</dt><dd class="money">{ui.write(|format| format.money(attempt.total()))}</dd></div>
            </dl>
            <div class="acts">
                <ToOffers />
                <button class="btn" type="button" on:click=move |_| runner.go_on_here()>{w.go_on_here}</button>
                {hotline(ui)}
            </div>
        </section>
    }
}
