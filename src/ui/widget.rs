//! The whole widget: my plan and the ways to renew, or the checkout in their place.

use super::context::Ui;
use super::door::Door;
use super::el::kept;
use super::live::{live, on_change};
use super::my_plan::MyPlan;
use super::options::Options;
use crate::app::Opening;
use crate::domain::offering::{Offering, OfferingKind};
use leptos::prelude::*;
use markup::html;

/// The whole widget, in the language and state of `ui`.
#[component]
pub fn Widget(
    /// The state, the words and the formats.
    ui: Ui,
    /// Asks the host to sign the subscriber in; `None` where it cannot.
    on_sign_in: Option<Callback<()>>,
    /// Asks the host to sign the subscriber out; `None` where it cannot.
    on_sign_out: Option<Callback<()>>,
) -> impl IntoView {
    provide_context(ui);
    let checkout = ui.app.checkout;
    let signed_in = ui.app.signed_in;
    html! {
        <div class="root" part="root" lang=ui.t.lang>
            {live(move || on_sign_out.filter(|_| signed_in.get()).map(|sign_out| html! {
                <header class="top row">
                    <p class="muted small">{ui.t.signed_in}</p>
                    <button class="btn plain" type="button" on:click=move |_| sign_out.run(())>{ui.t.sign_out}</button>
                </header>
            }))}
            {live(move || match checkout.get() {
                Some(opening) => html! { <Door opening /> }.into_any(),
                None => html! { <Browse on_sign_in /> }.into_any(),
            })}
        </div>
    }
}

/// What there is to see before anything is bought.
#[component]
fn Browse(on_sign_in: Option<Callback<()>>) -> impl IntoView {
    let ui = Ui::get();
    let kind = RwSignal::new(OfferingKind::Data);
    let heading = kept();
    let show = move |wanted| {
        kind.set(wanted);
        if let Some(heading) = heading.get_value() {
            heading.scroll_into_view();
            // The heading takes the focus, so that the next Tab is in the list.
            let _ = heading.focus();
        }
    };
    let choose = move |offering: Offering| {
        if let Some(basket) = ui.app.basket_for(&offering) {
            ui.app.checkout.set(Some(Opening::Choose(basket)));
        } else if !ui.app.signed_in.get_untracked() {
            ui.app.want(&offering.id);
            if let Some(sign_in) = on_sign_in {
                sign_in.run(());
            }
        }
    };
    // A choice that was made before the sign-in goes on after it.
    on_change(move || {
        if let Some(basket) = ui.app.wanted() {
            ui.app.checkout.set(Some(Opening::Choose(basket)));
        }
    });
    html! {
        <MyPlan on_sign_in on_show=show />
        <Options kind heading on_choose=choose />
    }
}
