//! The plan of whoever is signed in: a sentence first, figures second. Loaded behind a door.

use super::allowances::Left;
use super::context::Ui;
use super::el::kept;
use super::format::Detail;
use super::live::{live, on_change};
use super::my_plan::{failed, loading};
use super::parts::{bone, hotline};
use super::text::{Texts, fill};
use crate::app::{App, Remote, now};
use crate::domain::consumption::Consumption;
use crate::domain::id::ProductId;
use crate::domain::offering::OfferingKind;
use crate::domain::product::{self, AddOn, Inventory, Line, ProductStatus};
use crate::domain::time::Timestamp;
use leptos::prelude::*;
use markup::html;

/// A plan that ends within so many days is said to end soon.
const SOON: i64 = 3;

/// The subscriber's plan: what is left, until when, as of when.
#[component]
pub fn Plan(
    /// Shows the offerings of a kind.
    on_show: Callback<OfferingKind>,
) -> impl IntoView {
    let ui = Ui::get();
    let App { inventory, line, consumption, .. } = ui.app;
    let was_chosen = StoredValue::new(false);
    live(move || {
        inventory.with(|inventory| match inventory {
            Remote::Idle | Remote::Loading => loading(ui),
            Remote::Failed(trouble) => failed(ui, *trouble, move || ui.app.load_account()),
            Remote::Ready(inventory) if inventory.lines.is_empty() => html! { <NoLine /> }.into_any(),
            Remote::Ready(inventory) => {
                let chosen = line.get();
                let (line, plan) = shown(inventory, chosen.as_ref());
                let services = chosen.iter().flat_map(|line| inventory.add_ons_of(line, now())).cloned().collect();
                let lines = inventory.lines.clone();
                html! { <Shown lines line plan services was_chosen consumption on_show /> }.into_any()
            }
        })
    })
}

fn shown(inventory: &Inventory, chosen: Option<&ProductId>) -> (Option<Line>, Option<product::Plan>) {
    let line = inventory.lines.iter().find(|line| Some(&line.id) == chosen).cloned();
    let plan = line.as_ref().and_then(|line| inventory.plan_of(&line.id)).cloned();
    (line, plan)
}

/// Somebody is signed in, and the carrier has no line of theirs.
#[component]
fn NoLine() -> impl IntoView {
    let ui = Ui::get();
    let title = ui.id("plan");
    html! {
        <section class="card plan" part="plan" aria-labelledby=&title>
            <h2 id=title>{ui.t.no_line}</h2>
            <p class="muted">{ui.with_carrier(ui.t.no_line_text)}</p>
            <div class="acts">{hotline(ui)}</div>
        </section>
    }
}

/// Which line is shown: a choice where there are several.
fn line_name(ui: Ui, lines: &[Line], line: Option<&Line>, was_chosen: StoredValue<bool>) -> AnyView {
    let name = |line: &Line| {
        let sim = line.is_esim.map(|is_esim| if is_esim { ui.t.esim } else { ui.t.sim_card });
        let sim = line.iccid_end().map(|end| fill(ui.t.sim_ends_in, &[("digits", end)])).or(sim.map(str::to_owned));
        (line.masked_msisdn(), sim)
    };
    if lines.len() < 2 {
        let (number, sim) = line.map(name).unwrap_or_default();
        let number = number.map(|number| html! { <bdi class="num" dir="ltr">{number}</bdi>" · " });
        return html! { <p>{number}{sim}</p> }.into_any();
    }
    let options = lines.iter().map(|one| {
        let kind = one.is_esim.map(|is_esim| if is_esim { ui.t.esim } else { ui.t.sim_card }).map(str::to_owned);
        let text = [one.masked_msisdn(), kind].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let is_shown = (Some(&one.id) == line.map(|line| &line.id)).then_some("");
        html! { <option value=one.id.as_str().to_owned() selected=is_shown>{text}</option> }
    });
    let options = options.collect_view();
    let select = kept();
    // The card is drawn anew for the line: the focus stays with whoever chooses.
    if was_chosen.get_value() {
        was_chosen.set_value(false);
        on_change(move || {
            if let Some(select) = select.get_value() {
                let _ = select.focus();
            }
        });
    }
    let choose = move |event: web_sys::Event| {
        if let Some(line) = ProductId::new(&event_target_value(&event)) {
            was_chosen.set_value(true);
            ui.app.show_line(&line);
        }
    };
    html! { <label class="lines-of"><span class="vh">{ui.t.line_shown}</span><select node_ref=select on:change=choose>{options}</select></label> }
        .into_any()
}

/// What else is on the line, and until when.
fn other_services(ui: Ui, services: &[AddOn]) -> AnyView {
    let one = |service: &AddOn| {
        let date = |time| ui.write(|format| format.date(time, Detail::Near));
        let starts = service.starts.filter(|start| *start > now());
        let when = match (starts, service.ends) {
            (Some(start), _) => fill(ui.t.from_date, &[("date", &date(start))]),
            (None, Some(end)) => fill(ui.t.until_date, &[("date", &date(end))]),
            (None, None) => ui.t.lasts.to_owned(),
        };
        html! { <div><dt>{service.name.clone()}</dt><dd class="num">{when}</dd></div> }
    };
    let rows = services.iter().map(one).collect_view();
    let list = (!services.is_empty()).then(|| {
        html! {
            <details class="services"><summary>{ui.t.services}</summary><dl class="lines">{rows}</dl></details>
        }
    });
    list.into_any()
}

#[component]
fn Shown(
    lines: Vec<Line>,
    line: Option<Line>,
    plan: Option<product::Plan>,
    services: Vec<AddOn>,
    was_chosen: StoredValue<bool>,
    consumption: RwSignal<Remote<Consumption>>,
    on_show: Callback<OfferingKind>,
) -> impl IntoView {
    let ui = Ui::get();
    let title = ui.id("plan");
    let which = line_name(ui, &lines, line.as_ref(), was_chosen);
    let show = move |kind| move |_| on_show.run(kind);
    let is_suspended = |status| status == ProductStatus::Suspended;
    if line.as_ref().is_some_and(|line| is_suspended(line.status)) {
        return html! {
            <section class="card plan" part="plan" aria-labelledby=&title>
                <div class="row">
                    <div>{which}<h2 id=title>{plan.map(|plan| plan.name)}</h2></div>
                    <span class="badge ended">{ui.t.suspended}</span>
                </div>
                <p class="lead">{ui.with_carrier(ui.t.suspended_text)}</p>
                <div class="acts">{hotline(ui)}</div>
            </section>
        }
        .into_any();
    }
    let services = other_services(ui, &services);
    let credit = live(move || {
        ui.app.balance.get().filter(|left| !left.is_zero()).map(|left| {
            let amount = ui.write(|format| format.money(left));
            html! { <span class="credit">{fill(ui.t.credit_left, &[("amount", &amount)])}</span>" " }
        })
    });
    let Some(plan) = plan else {
        return html! {
            <section class="card plan" part="plan" aria-labelledby=&title>
                <div>{which}<h2 id=title>{ui.t.no_plan}</h2></div>
                <p class="muted">{ui.t.no_plan_text}</p>
                <div class="row foot">
                    <p class="num">{credit}</p>
                    {services}
                    <div class="acts">
                        <button class="btn primary" part="primary" type="button" on:click=show(OfferingKind::Plan)>{ui.t.plans}</button>
                    </div>
                </div>
            </section>
        }
        .into_any();
    };
    let ended = plan.has_ended(now());
    let ends = plan.ends;
    html! {
        <section class="card plan" part="plan" aria-labelledby=&title>
            <div class="row">
                <div>{which}<h2 id=title>{plan.name.clone()}</h2></div>
                {badge(ui, ended, ends)}
            </div>
            {if ended { ended_lead(ui, ends).into_any() } else { html! { <Left consumption ends sold_as=plan.offering.clone() /> }.into_any() }}
            <div class="row foot">
                <p class="num">{credit}{live(move || as_of(ui, consumption).map_or_else(|| bone("l"), IntoAny::into_any))}</p>
                {services}
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
            let date = ui.write(|format| format.date(end, Detail::Zoned));
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
