//! The lazy doors: all that writes to the carrier is behind one, finding and comparing behind the other. Each is loaded
//! when it is first needed.

#![expect(clippy::unnecessary_wraps, reason = "the loading that the attribute adds may fail")]

use super::checkout::Checkout;
use super::checkout::words::{EN, Words, in_language};
use super::context::Ui;
use super::find::{self, Find};
use super::live::live;
use super::own_texts;
use super::parts::{bone, trouble_notice};
use crate::app::{Opening, Remote, Trouble};
use crate::domain::offering::Offering;
use futures::future::LocalBoxFuture;
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

/// Loads the checkout, and shows it.
#[component]
pub fn Door(
    /// What the checkout is opened for.
    opening: Opening,
) -> impl IntoView {
    let ui = Ui::get();
    behind(ui, [ui.t.loading_checkout, ui.t.checkout_failed], move || {
        let (opening, own) = (opening.clone(), ui.own.get_value());
        Box::pin(async move {
            let (view, english) = load().await?;
            let words = own_texts::of_checkout(in_language(ui.t.lang, english).await, &own).await;
            let draw: Draw = Arc::new(move || view(opening.clone(), words));
            Ok(draw)
        })
    })
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
    behind(ui, [ui.t.loading_find, ui.t.find_failed], move || {
        let (all, own) = (Arc::clone(&all), ui.own.get_value());
        Box::pin(async move {
            let (view, english) = load_find().await?;
            let words = own_texts::of_finder(find::words::in_language(ui.t.lang, english).await, &own).await;
            let draw: Draw = Arc::new(move || view(Arc::clone(&all), on_choose, focus, words));
            Ok(draw)
        })
    })
}

/// Draws what is behind a door, once it is loaded.
type Draw = Arc<dyn Fn() -> AnyView + Send + Sync>;

/// Shows what is behind a door, or that it could not be loaded, with a way to try again.
fn behind(
    ui: Ui,
    [waits, failed]: [&'static str; 2],
    load: impl Fn() -> LocalBoxFuture<'static, Result<Draw, SplitLoaderError>> + Send + Sync + 'static,
) -> AnyView {
    let view = RwSignal::new(Remote::Loading);
    let begin = Callback::new(move |()| {
        view.set(Remote::Loading);
        let loading = load();
        spawn_local(async move {
            view.try_set(match loading.await {
                Ok(draw) => Remote::Ready(draw),
                Err(_) => Remote::<Draw>::Failed(Trouble::Offline),
            });
        });
    });
    begin.run(());
    live(move || match view.get() {
        Remote::Ready(draw) => draw(),
        Remote::Failed(trouble) => trouble_notice(ui, failed, trouble, move || begin.run(())),
        Remote::Idle | Remote::Loading => loading(waits),
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
