//! The whole widget: my plan and the ways to renew, or the checkout in their place.

use super::context::Ui;
use super::door::Door;
use super::el::kept;
use super::format::Detail;
use super::live::{live, on_change};
use super::my_plan::MyPlan;
use super::options::Options;
use super::parts::for_line;
use super::text::fill;
use crate::app::Opening;
use crate::app::config::View;
use crate::app::open::Carried;
use crate::domain::offering::{Offering, OfferingKind};
use leptos::prelude::*;
use markup::html;

/// The whole widget, in the language and state of `ui`.
#[component]
pub fn Widget(
    /// The state, the words and the formats.
    ui: Ui,
    /// Signs the subscriber out; `None` where that is the page's affair.
    on_sign_out: Option<Callback<()>>,
) -> impl IntoView {
    provide_context(ui);
    let checkout = ui.app.checkout;
    let signed_in = ui.app.signed_in;
    let was_away = StoredValue::new(false);
    html! {
        <div class="root" part="root" lang=ui.t.lang>
            <slot name="header"></slot>
            {live(move || on_sign_out.filter(|_| signed_in.get()).map(|sign_out| html! {
                <header class="top row">
                    <p class="muted small">{ui.t.signed_in}</p>
                    <button class="btn plain" type="button" on:click=move |_| sign_out.run(())>{ui.t.sign_out}</button>
                </header>
            }))}
            <p class="waits" role="status">{live(move || (ui.app.waits.get() > 0).then(|| ui.with_carrier(ui.t.carrier_busy)))}</p>
            {live(move || match checkout.get() {
                // Whoever is signed out signs in first: what is kept goes on after that.
                Some(opening) if signed_in.get() => {
                    was_away.set_value(true);
                    html! { <Door opening /> }.into_any()
                }
                _ => html! { <Browse back=was_away.get_value() /> }.into_any(),
            })}
            <slot name="footer"></slot>
        </div>
    }
}

/// What there is to see before anything is bought.
#[component]
fn Browse(back: bool) -> impl IntoView {
    let ui = Ui::get();
    let kind = ui.app.kind;
    let heading = kept();
    let focus = move || {
        if let Some(heading) = heading.get_value() {
            // The heading takes the focus, so that the next Tab is in the list.
            let _ = heading.focus();
        }
    };
    let show = move |wanted: OfferingKind| {
        kind.set(wanted);
        if let Some(heading) = heading.get_value() {
            heading.scroll_into_view();
        }
        focus();
    };
    let choose = move |offering: Offering| {
        if !ui.may_select(&offering) {
            return;
        }
        if let Some(link) = ui.app.link_for(&offering, None) {
            ui.app.leave_for_checkout(&link);
            return;
        }
        let is_signed_in = ui.app.signed_in.get_untracked();
        match ui.app.basket_for(&offering) {
            Some(basket) if is_signed_in => ui.app.checkout.set(Some(Opening::Choose(basket))),
            // The choice goes on once the subscriber is signed in and the line is known.
            _ => ui.app.want(&Carried::one(offering.id.clone())),
        }
        if !is_signed_in {
            ui.sign_in.run(());
        }
    };
    on_change(move || {
        if let Some(basket) = ui.app.wanted() {
            ui.app.checkout.set(Some(Opening::Choose(basket)));
        }
    });
    if back {
        on_change(focus);
    }
    // What was chosen elsewhere is among the offers of its kind.
    on_change(move || {
        if let Some(offering) = ui.app.carried_offering() {
            kind.set(offering.kind);
        }
    });
    let is_for_anybody = ui.app.config.with_value(|config| config.shows != View::Journey);
    html! {
        {(!is_for_anybody).then(|| html! { <MyPlan on_show=show /> })}
        {live(move || ui.app.carried_offering().filter(|_| !ui.app.signed_in.get()).map(|offering| html! {
            <div class="card row basket">
                <p>{fill(ui.t.chosen_waits, &[("name", &offering.name)])}</p>
                <button class="btn primary" part="primary" type="button" on:click=move |_| ui.sign_in.run(())>{ui.t.sign_in}</button>
            </div>
        }))}
        // A basket that was begun comes first: the order is offered again once that is done.
        {live(move || ui.app.unfinished.get().filter(|_| ui.app.basket.with(Option::is_none)).map(|opening| {
            let text = match &opening {
                Opening::Find { placed: Some(placed), .. } => {
                    fill(ui.t.order_unfinished, &[("date", &ui.write(|format| format.date(*placed, Detail::Time)))])
                }
                _ => ui.t.an_order_unfinished.to_owned(),
            };
            let failed = ui.app.order_failed.get().then(|| html! { <p role="alert">{ui.t.order_not_shown}</p> });
            html! {
                <div class="card row basket">
                    <p>{text}</p>
                    {failed}
                    <button class="btn primary" part="primary" type="button" on:click=move |_| ui.app.checkout.set(Some(opening.clone()))>
                        {ui.t.to_order}
                    </button>
                </div>
            }
        }))}
        {live(move || ui.app.basket.get().map(|basket| html! {
            <div class="card row basket">
                <p>{fill(ui.t.basket_has, &[("names", &basket.names())])}" "{for_line(ui, &basket)}</p>
                <button class="btn primary" part="primary" type="button" on:click=move |_| ui.app.checkout.set(Some(Opening::Resume))>
                    {ui.t.to_basket}
                </button>
            </div>
        }))}
        <Options kind heading on_choose=choose />
    }
}
