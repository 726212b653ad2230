//! The lazy doors: all that writes to the carrier is behind one, finding and comparing behind another, what a subscriber
//! has behind the third. Each is loaded when it is first needed.

#![expect(clippy::unnecessary_wraps, reason = "the loading that the attribute adds may fail")]

use super::checkout::Checkout;
use super::checkout::words::{EN, Words, in_language};
use super::context::Ui;
use super::find::{self, Find};
use super::live::live;
use super::parts::{bone, trouble_notice};
use super::plan::Plan;
use super::{my_plan, own_texts};
use crate::app::{Opening, Remote, Trouble};
use crate::domain::offering::{Offering, OfferingKind};
use futures::future::{FutureExt, LocalBoxFuture};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use markup::html;
use std::sync::Arc;

/// What makes the checkout's view. It comes as a pointer, so that the view is made where it is shown.
type View = fn(Opening, &'static Words) -> AnyView;

/// Loads the part of the module that holds the checkout. After a failure the next call tries again.
#[wasm_split(checkout, wasm_split_path = leptos::wasm_split, fallible)]
fn load() -> Result<(View, &'static Words), SplitLoaderError> {
    Ok((|opening, words| html! { <Checkout opening words /> }.into_any(), &EN))
}

/// What makes the finder's view.
type FindView = fn(Arc<Vec<Offering>>, Callback<Offering>, bool, &'static find::words::Words) -> AnyView;

/// Loads the part of the module that finds and compares.
#[wasm_split(find, wasm_split_path = leptos::wasm_split, fallible)]
fn load_find() -> Result<(FindView, &'static find::words::Words), SplitLoaderError> {
    Ok((|all, on_choose, focus, words| html! { <Find all on_choose focus words /> }.into_any(), &find::words::EN))
}

/// What makes the plan's view.
type PlanView = fn(Callback<OfferingKind>) -> AnyView;

/// Loads the part of the module that shows the plan: what reads the account is in it too.
#[wasm_split(account, wasm_split_path = leptos::wasm_split, fallible)]
fn load_plan() -> Result<PlanView, SplitLoaderError> {
    Ok(|on_show| html! { <Plan on_show /> }.into_any())
}

/// Loads what shows the plan, and shows it.
#[component]
pub fn PlanDoor(
    /// Shows the offerings of a kind.
    on_show: Callback<OfferingKind>,
) -> impl IntoView {
    let ui = Ui::get();
    let retry = move |trouble, again: Callback<()>| {
        my_plan::failed(ui, trouble, move || {
            again.run(());
            ui.app.load_account();
        })
    };
    behind(
        move || my_plan::loading(ui),
        retry,
        move || {
            Box::pin(async move {
                let view = load_plan().await?;
                let draw: Draw = Arc::new(move || view(on_show));
                Ok(draw)
            })
        },
    )
}

/// Loads the checkout, and shows it.
#[component]
pub fn Door(
    /// What the checkout is opened for.
    opening: Opening,
) -> impl IntoView {
    let ui = Ui::get();
    let failed =
        move |trouble, again: Callback<()>| trouble_notice(ui, ui.t.checkout_failed, trouble, move || again.run(()));
    behind(
        move || loading(ui.t.loading_checkout),
        failed,
        move || {
            let (opening, own) = (opening.clone(), ui.own.get_value());
            Box::pin(async move {
                let (view, english) = load().await?;
                let words = own_texts::of_checkout(in_language(ui.t.lang, english).await, &own).await;
                let draw: Draw = Arc::new(move || view(opening.clone(), words));
                Ok(draw)
            })
        },
    )
}

/// Loads the finder, and shows it.
#[component]
pub fn FindDoor(
    /// All that there is to buy.
    all: Arc<Vec<Offering>>,
    /// Called with the offering that the subscriber chooses.
    on_choose: Callback<Offering>,
    /// Whether it takes the focus.
    focus: bool,
) -> impl IntoView {
    let ui = Ui::get();
    let failed =
        move |trouble, again: Callback<()>| trouble_notice(ui, ui.t.find_failed, trouble, move || again.run(()));
    behind(
        move || loading(ui.t.loading_find),
        failed,
        move || {
            let (all, own) = (Arc::clone(&all), ui.own.get_value());
            Box::pin(async move {
                let (view, english) = load_find().await?;
                let words = own_texts::of_finder(find::words::in_language(ui.t.lang, english).await, &own).await;
                let draw: Draw = Arc::new(move || view(Arc::clone(&all), on_choose, focus, words));
                Ok(draw)
            })
        },
    )
}

/// Draws what is behind a door, once it is loaded.
type Draw = Arc<dyn Fn() -> AnyView + Send + Sync>;

/// Shows what is behind a door, or that it could not be loaded, with a way to try again.
fn behind(
    loading: impl Fn() -> AnyView + Send + 'static,
    failed: impl Fn(Trouble, Callback<()>) -> AnyView + Send + 'static,
    load: impl Fn() -> LocalBoxFuture<'static, Result<Draw, SplitLoaderError>> + Send + Sync + 'static,
) -> AnyView {
    let view = RwSignal::new(Remote::Loading);
    let begin = Callback::new(move |()| {
        view.set(Remote::Loading);
        let loading = load();
        let open = async move {
            view.try_set(match loading.await {
                Ok(draw) => Remote::Ready(draw),
                Err(_) => Remote::<Draw>::Failed(Trouble::Offline),
            });
        };
        spawn_local(open.boxed_local());
    });
    begin.run(());
    live(move || match view.get() {
        Remote::Ready(draw) => draw(),
        Remote::Failed(trouble) => failed(trouble, begin),
        Remote::Idle | Remote::Loading => loading(),
    })
}

/// While what is behind a door is on its way.
pub fn loading(waits: &'static str) -> AnyView {
    let line = || html! { <div><dt>{bone("l")}</dt><dd>{bone("s")}</dd></div> };
    html! {
        <section class="card step" part="step" aria-busy="true">
            <p class="muted" role="status">{waits}</p>
            <dl class="lines" aria-hidden="true">{line()}{line()}{line()}</dl>
        </section>
    }
    .into_any()
}
