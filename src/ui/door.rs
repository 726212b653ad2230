//! The one lazy door: all that writes to the carrier is behind it, and is loaded when it is first needed.

#![expect(clippy::unnecessary_wraps, reason = "the loading that the attribute adds may fail")]

use super::checkout::Checkout;
use super::checkout::words::{EN, Words, in_language};
use super::context::Ui;
use super::live::live;
use super::parts::{bone, trouble_notice};
use crate::app::{Opening, Remote, Trouble};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use markup::html;

/// What makes the checkout's view. It comes as a pointer, so that the view is made where it is shown.
type View = fn(Opening, &'static Words) -> AnyView;

/// Loads the part of the module that holds the checkout. After a failure the next call tries again.
#[wasm_split(checkout, wasm_split_path = leptos::wasm_split, fallible)]
fn load() -> Result<(View, &'static Words), SplitLoaderError> {
    Ok((|opening, words| html! { <Checkout opening words /> }.into_any(), &EN))
}

/// Loads the checkout, and shows it.
#[component]
pub fn Door(
    /// What the checkout is opened for.
    opening: Opening,
) -> impl IntoView {
    let ui = Ui::get();
    let view = RwSignal::new(Remote::Loading);
    let begin = move || {
        view.set(Remote::Loading);
        spawn_local(async move {
            let loaded = match load().await {
                Ok((view, english)) => Remote::Ready((view, in_language(ui.t.lang, english).await)),
                Err(_) => Remote::<(View, &'static Words)>::Failed(Trouble::Offline),
            };
            view.try_set(loaded);
        });
    };
    begin();
    live(move || match view.get() {
        Remote::Ready((view, words)) => view(opening.clone(), words),
        Remote::Failed(trouble) => trouble_notice(ui, ui.t.checkout_failed, trouble, begin),
        Remote::Idle | Remote::Loading => loading(ui),
    })
}

/// While the checkout is on its way.
pub fn loading(ui: Ui) -> AnyView {
    let line = || html! { <div><dt>{bone("l")}</dt><dd>{bone("s")}</dd></div> };
    html! {
        <section class="card step" part="step" aria-busy="true">
            <p class="muted" role="status">{ui.t.loading_checkout}</p>
            <dl class="lines" aria-hidden="true">{line()}{line()}{line()}</dl>
        </section>
    }
    .into_any()
}
