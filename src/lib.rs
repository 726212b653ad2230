//! A widget by which a mobile subscriber renews an eSIM plan on the carrier's own pages.
//!
//! Five layers, each using only those before it: `domain ← carrier ← app ← ui ← hosts`.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

#[lazy]
fn later() -> AnyView {
    view! { class="e", <p>"later"</p> }.into_any()
}

/// Probe.
#[wasm_bindgen]
pub fn mount(root: leptos::web_sys::HtmlElement) {
    let handle = mount_to(root, || {
        let shown = RwSignal::new(None);
        let owner = Owner::current();
        let on_click = move |_| {
            let owner = owner.clone();
            leptos::task::spawn_local(async move {
                let _ = &owner;
                let _ = later().await;
                shown.set(Some(1));
            });
        };
        view! { class="e", <button on:click=on_click>"Hello"</button> {move || shown.get()} }
    });
    handle.forget();
}
