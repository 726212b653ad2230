//! My plan: a sentence first, figures second.

use super::allowances::Left;
use super::context::Ui;
use super::format::Detail;
use super::live::live;
use super::parts::{bar, bone, trouble_notice};
use super::text::{Texts, fill};
use crate::app::{App, Remote, Trouble, now};
use crate::domain::consumption::Consumption;
use crate::domain::id::ProductId;
use crate::domain::offering::OfferingKind;
use crate::domain::product::{Inventory, Line, Plan};
use crate::domain::time::Timestamp;
use leptos::prelude::*;
use markup::html;

/// A plan that ends within so many days is said to end soon.
const SOON: i64 = 3;

/// The subscriber's plan: what is left, until when, as of when.
#[component]
pub fn MyPlan(
    /// Shows the offerings of a kind.
    #[prop(into)]
    on_show: Callback<OfferingKind>,
) -> impl IntoView {
    let ui = Ui::get();
    let App { signed_in, inventory, line, consumption, .. } = ui.app;
    live(move || {
        if !signed_in.get() {
            return html! { <Invitation /> }.into_any();
        }
        inventory.with(|inventory| match inventory {
            Remote::Idle | Remote::Loading => html! { <Loading /> }.into_any(),
            Remote::Failed(trouble) => {
                let retry = move || ui.app.load_account();
                html! {
                    <section class="card plan" part="plan" aria-labelledby=ui.id("plan")>
                        <h2 id=ui.id("plan")>{ui.t.my_plan}</h2>
                        {trouble_notice(ui, ui.t.plan_failed, *trouble, retry)}
                    </section>
                }
                .into_any()
            }
            Remote::Ready(inventory) => {
                let (line, plan) = shown(inventory, line.get().as_ref());
                html! { <Shown line plan consumption on_show /> }.into_any()
            }
        })
    })
}

fn shown(inventory: &Inventory, chosen: Option<&ProductId>) -> (Option<Line>, Option<Plan>) {
    let line = inventory.lines.iter().find(|line| Some(&line.id) == chosen).cloned();
    let plan = line.as_ref().and_then(|line| inventory.plan_of(&line.id)).cloned();
    (line, plan)
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
            {live(move || ui.app.sign_in_failed.get().then(|| {
                trouble_notice(ui, ui.t.sign_in_failed, Trouble::Offline, move || ui.sign_in.run(()))
            }))}
            <div class="acts">
                    <button class="btn primary" part="primary" type="button" on:click=move |_| ui.sign_in.run(())>{ui.t.sign_in}</button>
                </div>
        </section>
    }
}

#[component]
fn Loading() -> impl IntoView {
    let ui = Ui::get();
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
            </div>
            <div class="row foot" aria-hidden="true">
                <p>{bone("l")}</p>
                <div class="acts"><span class="btn">{bone("s")}</span><span class="btn">{bone("s")}</span></div>
            </div>
        </section>
    }
}

#[component]
fn Shown(
    line: Option<Line>,
    plan: Option<Plan>,
    consumption: RwSignal<Remote<Consumption>>,
    on_show: Callback<OfferingKind>,
) -> impl IntoView {
    let ui = Ui::get();
    let title = ui.id("plan");
    let Some(plan) = plan else {
        return html! {
            <section class="card plan" part="plan" aria-labelledby=&title>
                <h2 id=title>{ui.t.no_plan}</h2>
                <p class="muted">{ui.t.no_plan_text}</p>
            </section>
        }
        .into_any();
    };
    let ended = plan.has_ended(now());
    let number = line.as_ref().and_then(Line::masked_msisdn);
    let sim = line.as_ref().and_then(Line::iccid_end).map(|end| fill(ui.t.sim_ends_in, &[("digits", end)]));
    let ends = plan.ends;
    let show = move |kind| move |_| on_show.run(kind);
    html! {
        <section class="card plan" part="plan" aria-labelledby=&title>
            <div class="row">
                <div>
                    <p>{number.map(|number| html! { <bdi class="num" dir="ltr">{number}</bdi>" · " })}{sim}</p>
                    <h2 id=title>{plan.name.clone()}</h2>
                </div>
                {badge(ui, ended, ends)}
            </div>
            {if ended { ended_lead(ui, ends).into_any() } else { html! { <Left consumption ends /> }.into_any() }}
            <div class="row foot">
                <p class="num">{live(move || as_of(ui, consumption).map_or_else(|| bone("l"), IntoAny::into_any))}</p>
                <div class="acts">
                    {(!ended).then(|| html! {
                        <button class="btn" type="button" on:click=show(OfferingKind::Data)>{ui.t.add_data}</button>
                    })}
                    <button class="btn primary" part="primary" type="button" on:click=show(OfferingKind::Plan)>{ui.t.renew}</button>
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn badge(ui: Ui, ended: bool, ends: Option<Timestamp>) -> impl IntoView {
    let Texts { ended_on, ends_soon, active_until, active, .. } = ui.t;
    let (class, text) = match ends {
        Some(end) => {
            let date = ui.write(|format| format.date(end, Detail::Near));
            let left = now().days_until(end);
            if ended {
                ("badge ended", fill(ended_on, &[("date", &date)]))
            } else if let Some(days) = u32::try_from(left).ok().filter(|_| left <= SOON) {
                let when = ui.write(|format| format.in_days(days));
                ("badge soon", fill(ends_soon, &[("when", &when), ("date", &date)]))
            } else {
                ("badge good", fill(active_until, &[("date", &date)]))
            }
        }
        None => ("badge good", (*active).to_owned()),
    };
    html! { <span class=class>{text}</span> }
}

fn ended_lead(ui: Ui, ends: Option<Timestamp>) -> impl IntoView {
    let date = ends.map(|end| ui.write(|format| format.date(end, Detail::Day))).unwrap_or_default();
    html! { <p class="lead"><b class="hero">{ui.t.ended}</b>" "{fill(ui.t.ended_text, &[("date", &date)])}</p> }
}

fn as_of(ui: Ui, consumption: RwSignal<Remote<Consumption>>) -> Option<String> {
    let counted = consumption.with(|consumption| consumption.ready()?.as_of)?;
    Some(fill(ui.t.as_of, &[("date", &ui.write(|format| format.date(counted, Detail::Near)))]))
}
