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

/// Draws the next window of a list that is longer than what is drawn of it. The focus goes to the first card that it
/// brings: the button may go.
pub fn show_more(ui: Ui, count: usize, drawn: RwSignal<usize>, list: Kept) -> Option<AnyView> {
    let before = drawn.get();
    let left = count.saturating_sub(before);
    (left > 0).then(|| {
        let text = with_count(ui, ui.t.show_more, left.min(WINDOW));
        let show = move |_| {
            drawn.set(before + WINDOW);
            request_animation_frame(move || {
                let first = list.get_value().and_then(|list| list.children().item(u32::try_from(before).ok()?));
                if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
                    first.set_tab_index(-1);
                    let _ = first.focus();
                }
            });
        };
        html! { <div class="acts"><button class="btn" type="button" on:click=show>{text}</button></div> }.into_any()
    })
}

/// Cards from one on, a window at a time: what is drawn stays when more is.
pub fn windows(from: usize, drawn: RwSignal<usize>, cards: Arc<dyn Fn(usize) -> AnyView + Send + Sync>) -> AnyView {
    let is_more = RwSignal::new(false);
    on_change(move || {
        if drawn.get() > from + WINDOW && !is_more.get_untracked() {
            is_more.set(true);
        }
    });
    let first = cards(from);
    let rest = live(move || is_more.get().then(|| windows(from + WINDOW, drawn, Arc::clone(&cards))));
    html! { {first}{rest} }.into_any()
}
