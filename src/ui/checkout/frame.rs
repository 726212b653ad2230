//! What all steps have in common: where one is, a heading that takes the focus, and how the machine is reached.

use super::super::context::Ui;
use super::super::el::kept;
use super::super::live::on_change;
use super::super::parts::{icon, icons};
use super::super::text::fill;
use super::words::words;
use crate::app::runner::Runner;
use leptos::prelude::*;
use markup::html;

/// The machine of the checkout around.
pub fn runner() -> Runner {
    expect_context()
}

/// Where the subscriber is: 1 to 4.
#[component]
pub fn Steps(
    /// The step that is shown, from 1.
    at: usize,
) -> impl IntoView {
    let w = words();
    let label = fill(w.step_of, &[("step", &at.to_string()), ("steps", "4")]);
    let step = |(index, name): (usize, &'static str)| {
        let done = index + 1 < at;
        html! {
            <li class=done.then_some("done") aria-current=(index + 1 == at).then_some("step")>
                <span>{name}{done.then(|| html! { <span class="vh">", "{w.done}</span> })}</span>
            </li>
        }
    };
    let names = [w.step_choose, w.step_review, w.step_pay, w.step_done];
    html! { <ol class="steps" aria-label=label>{names.into_iter().enumerate().map(step).collect_view()}</ol> }
}

/// The heading of a step. It takes the focus, so that a screen reader says where one is and the next Tab goes on from there.
#[component]
pub fn Heading(
    /// What it says.
    text: impl IntoView + 'static,
) -> impl IntoView {
    let ui = Ui::get();
    let element = kept();
    on_change(move || {
        if let Some(heading) = element.get_value() {
            let _ = heading.focus();
        }
    });
    html! { <h2 id=ui.id("step") tabindex="-1" node_ref=element>{text}</h2> }
}

/// A large mark above a heading.
#[component]
pub fn Mark(
    /// One of `good`, `wait`, or nothing.
    kind: &'static str,
    /// One of [`icons`].
    path: &'static str,
) -> impl IntoView {
    html! { <span class=["mark ", kind].concat() aria-hidden="true">{icon(path)}</span> }
}

/// Leads back to the offers.
#[component]
pub fn ToOffers() -> impl IntoView {
    let w = words();
    let runner = runner();
    let close = move |_| runner.tell(crate::app::checkout::Event::Closed);
    html! { <button class="btn plain back" type="button" on:click=close>{icon(icons::BACK)}{w.other_offers}</button> }
}
