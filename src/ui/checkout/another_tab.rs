//! Another tab carries the checkout out: how far it is.

use super::super::context::Ui;
use super::super::live::live;
use super::super::parts::{hotline, icons};
use super::frame::{Heading, Mark, Steps, ToOffers, runner};
use super::words::words;
use crate::app::checkout::{At, Attempt};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use markup::html;

/// So many milliseconds the other tab has to answer.
const PATIENCE: u32 = 3_000;

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
    let silent = RwSignal::new(false);
    let go_on = move |_| {
        silent.set(false);
        runner.go_on_here();
        spawn_local(async move {
            // Where the other tab answers, this view is gone by then.
            TimeoutFuture::new(PATIENCE).await;
            silent.try_set(true);
        });
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
                <div><dt>{w.now}</dt><dd><b role="status">{live(move || ui.with_carrier(now()))}</b></dd></div>
                {live(order)}
                <div><dt>{w.amount}</dt><dd class="money">{ui.write(|format| format.money(attempt.total()))}</dd></div>
            </dl>
            <p role="status">{live(move || silent.get().then_some(w.other_tab_silent))}</p>
            <div class="acts">
                <ToOffers />
                <button class="btn" type="button" on:click=go_on>{w.go_on_here}</button>
                {hotline(ui)}
            </div>
        </section>
    }
}
