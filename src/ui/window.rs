//! A long list, drawn a window at a time.

use super::context::Ui;
use super::el::Kept;
use super::live::{live, on_change};
use super::options::with_count;
use leptos::prelude::*;
use markup::html;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// So many offerings are drawn at first, and with each press more.
pub const WINDOW: usize = 24;

/// Draws the next window of a list that is longer than what is drawn of it.
pub fn show_more(ui: Ui, count: usize, drawn: RwSignal<usize>) -> Option<AnyView> {
    let left = count.saturating_sub(drawn.get());
    (left > 0).then(|| {
        let text = with_count(ui, ui.t.show_more, left.min(WINDOW));
        let show = move |_| drawn.update(|drawn| *drawn += WINDOW);
        html! { <div class="acts"><button class="btn" type="button" on:click=show>{text}</button></div> }.into_any()
    })
}

/// Gives the focus to one of a list: to the first that a press has brought, since the button may have gone.
pub fn focus_on(list: Kept, at: usize) {
    let one = list.get_value().and_then(|list| list.children().item(u32::try_from(at).ok()?));
    if let Some(one) = one.and_then(|one| one.dyn_into::<HtmlElement>().ok()) {
        let _ = one.focus();
    }
}

/// What draws a window from one on.
pub type Draw = Arc<dyn Fn(usize) -> AnyView + Send + Sync>;

/// A list from one on, a window at a time: what is drawn stays when more is.
pub fn windows(from: usize, drawn: RwSignal<usize>, list: Kept, draw: Draw) -> AnyView {
    let is_more = RwSignal::new(false);
    on_change(move || {
        if drawn.get() > from + WINDOW && !is_more.get_untracked() {
            is_more.set(true);
        }
    });
    if from > 0 {
        on_change(move || focus_on(list, from));
    }
    let first = draw(from);
    let rest = live(move || is_more.get().then(|| windows(from + WINDOW, drawn, list, Arc::clone(&draw))));
    html! { {first}{rest} }.into_any()
}
