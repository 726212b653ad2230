//! A field whose text means something or nothing.

use super::super::context::Ui;
use super::super::live::{live, live_attribute};
use leptos::prelude::*;
use markup::html;

/// A field for a number. What cannot be read is said, and not looked for.
pub fn number(
    label: &'static str,
    name: &str,
    first: String,
    wrong: &'static str,
    take: impl Fn(Option<&str>) -> bool + 'static,
) -> AnyView {
    let ui = Ui::get();
    let (id, error) = (ui.id(name), ui.id(&[name, "-error"].concat()));
    let is_wrong = RwSignal::new(false);
    let typed = StoredValue::new(first);
    let input = move |event: web_sys::Event| {
        let text = event_target_value(&event);
        let text = text.trim();
        is_wrong.set(!take(Some(text).filter(|text| !text.is_empty())));
    };
    html! {
        <div class="field">
            <label for=&id>{label}</label>
            <input
                class="input" id=id inputmode="decimal" autocomplete="off" value=typed.get_value()
                aria-invalid=live_attribute(move || is_wrong.get().then_some("true")) aria-describedby=&error
                on:input=input
            />
            <p class="error small" id=error role="alert">{live(move || is_wrong.get().then_some(wrong))}</p>
        </div>
    }
    .into_any()
}

/// A choice of one of several.
pub fn select(
    label: &'static str,
    name: &str,
    options: Vec<(&'static str, &'static str)>,
    chosen: impl Fn() -> &'static str + Send + 'static,
    choose: impl Fn(&str) + 'static,
) -> AnyView {
    let id = Ui::get().id(name);
    let options = options.into_iter().map(|(value, text)| {
        let is_chosen = (value == chosen()).then_some("");
        html! { <option value=value selected=is_chosen>{text}</option> }
    });
    html! {
        <div class="field">
            <label for=&id>{label}</label>
            <select class="input" id=id on:change=move |event| choose(&event_target_value(&event))>{options.collect_view()}</select>
        </div>
    }
    .into_any()
}
