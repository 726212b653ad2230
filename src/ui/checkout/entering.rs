//! The subscriber says how to pay, in fields of the page around or in a wallet of the browser.

use super::super::context::Ui;
use super::super::live::live_attribute;
use super::super::parts::hotline;
use super::frame::{Heading, Steps, runner};
use super::words::words;
use crate::app::checkout::{Attempt, PaymentTry};
use crate::domain::payment::MethodKind;
use leptos::prelude::*;
use markup::html;

/// The place for the page's own fields. Nothing was sent yet, so that it can be left.
#[component]
pub fn Entering(
    /// What is paid.
    attempt: Attempt,
    /// How.
    this: PaymentTry,
) -> impl IntoView {
    let ui = Ui::get();
    let w = words();
    let runner = runner();
    let stops = RwSignal::new(false);
    let stop = move |_| {
        stops.set(true);
        runner.stop_entering();
    };
    let is_wallet = this.method.is_some_and(|method| method.kind == MethodKind::Wallet);
    html! {
        <section class="card step" part="step" aria-labelledby=ui.id("step")>
            <Steps at=3 />
            <Heading text=if is_wallet { w.enter_wallet } else { w.enter_card } />
            <dl class="lines">
                <div><dt>{w.still_to_pay}</dt><dd class="money">{ui.write(|format| format.money(attempt.total()))}</dd></div>
            </dl>
            {(!is_wallet).then(|| html! { <slot name="payment"></slot> })}
            <div class="acts">
                <button class="btn" type="button" disabled=live_attribute(move || stops.get().then_some("")) on:click=stop>{w.pay_otherwise}</button>
                {hotline(ui)}
            </div>
        </section>
    }
}
