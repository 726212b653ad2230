//! My plan, or the invitation to sign in and see it.

use super::context::Ui;
use super::door::PlanDoor;
use super::live::live;
use super::parts::{bar, bone, trouble_notice};
use crate::app::Trouble;
use crate::domain::offering::OfferingKind;
use leptos::prelude::*;
use markup::html;

/// The subscriber's plan, for whoever is signed in.
#[component]
pub fn MyPlan(
    /// Shows the offerings of a kind.
    #[prop(into)]
    on_show: Callback<OfferingKind>,
) -> impl IntoView {
    let ui = Ui::get();
    live(move || {
        if ui.app.signed_in.get() {
            html! { <PlanDoor on_show /> }.into_any()
        } else {
            html! { <Invitation /> }.into_any()
        }
    })
}

/// The plan could not be loaded, or what shows it.
pub fn failed(ui: Ui, trouble: Trouble, retry: impl Fn() + Send + Sync + 'static) -> AnyView {
    html! {
        <section class="card plan" part="plan" aria-labelledby=ui.id("plan")>
            <h2 id=ui.id("plan")>{ui.t.my_plan}</h2>
            {trouble_notice(ui, ui.t.plan_failed, trouble, retry)}
        </section>
    }
    .into_any()
}

#[component]
fn Invitation() -> impl IntoView {
    let ui = Ui::get();
    let title = ui.id("plan");
    html! {
        <section class="card plan" part="plan" aria-labelledby=&title>
            <div>
                <h2 id=title>{ui.t.invitation}</h2>
                <p class="muted">{ui.t.invitation_text}</p>
                {live(move || ui.app.checkout.get().map(|_| html! { <p><b>{ui.t.goes_on}</b></p> }))}
            </div>
            {live(move || ui.app.sign_in_failed.get().map(|trouble| {
                trouble_notice(ui, ui.t.sign_in_failed, trouble, move || ui.sign_in.run(()))
            }))}
            <div class="acts">
                    <button class="btn primary" part="primary" type="button" on:click=move |_| ui.sign_in.run(())>{ui.t.sign_in}</button>
                </div>
        </section>
    }
}

/// The place of the plan, while it is on its way.
pub fn loading(ui: Ui) -> AnyView {
    let meter = || html! { <li class="meter"><p>{bone("s")}{bone("")}</p>{bar(0)}</li> };
    html! {
        <section class="card plan" part="plan" aria-label=ui.t.my_plan aria-busy="true">
            <p class="vh" role="status">{ui.t.loading_plan}</p>
            <div class="row" aria-hidden="true">
                <div><p>{bone("l")}</p><h2>{bone("")}</h2></div>
                <span class="badge">{bone("")}</span>
            </div>
            <div class="now" aria-hidden="true">
                <p class="lead"><span class="hero">{bone("s")}</span>{bone("l")}</p>
                <ul class="meters">{meter()}{meter()}{meter()}</ul>
                <p class="forecast">{bone("l")}</p>
            </div>
            <div class="row foot" aria-hidden="true">
                <p>{bone("l")}</p>
                <div class="acts"><span class="btn">{bone("s")}</span><span class="btn">{bone("s")}</span></div>
            </div>
        </section>
    }
    .into_any()
}
