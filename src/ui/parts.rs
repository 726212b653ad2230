//! Small parts that several views share.

use super::context::Ui;
use super::text::fill;
use crate::app::Trouble;
use leptos::prelude::*;

/// The drawings, as paths on a square of 24.
pub mod icons {
    pub const CLOCK: &str = "M12 3a9 9 0 1 1 0 18a9 9 0 0 1 0-18M12 7v5l3 2";
    pub const ALERT: &str = "M12 4L2.5 20h19zM12 10v4M12 17v.1";
    pub const PHONE: &str = "M5 4h4l2 5-3 2a11 11 0 0 0 5 5l2-3 5 2v4c0 1-1 2-2 2A16 16 0 0 1 3 6c0-1 1-2 2-2";
    pub const BACK: &str = "M19 12H5M11 6l-6 6 6 6";
    pub const TICK: &str = "M5 12l5 5 9-10";
    pub const CROSS: &str = "M6 6l12 12M18 6L6 18";
    pub const PRINT: &str = "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z";
}

/// A drawing that says nothing that the words beside it do not.
#[component]
pub fn Icon(
    /// One of [`icons`].
    path: &'static str,
) -> impl IntoView {
    let class = if path == icons::BACK { "icon flip" } else { "icon" };
    view! { <svg class=class viewBox="0 0 24 24" aria-hidden="true"><path d=path /></svg> }
}

/// The hotline, a tap away; nothing where the host gives none.
#[component]
pub fn Hotline() -> impl IntoView {
    let ui = Ui::get();
    let number = ui.app.config.with_value(|config| config.hotline.clone());
    number.map(|number| {
        let href = ["tel:", &number].concat();
        let text = fill(ui.t.call, &[("number", &number)]);
        view! { <a class="btn" href=href><Icon path=icons::PHONE />{text}</a> }
    })
}

/// What went wrong, in words, with a way on.
#[component]
pub fn TroubleNotice(
    /// What could not be done.
    title: &'static str,
    /// What went wrong.
    trouble: Trouble,
    /// Tries again.
    #[prop(into)]
    on_retry: Callback<()>,
) -> impl IntoView {
    let ui = Ui::get();
    view! {
        <div class="notice problem" role="alert">
            <Icon path=icons::ALERT />
            <div>
                <h3>{title}</h3>
                <p>{trouble_text(ui, trouble)}</p>
                <div class="acts">
                    <button class="btn" type="button" on:click=move |_| on_retry.run(())>{ui.t.try_again}</button>
                    <Hotline />
                </div>
            </div>
        </div>
    }
}

/// What went wrong, in one sentence or two.
pub fn trouble_text(ui: Ui, trouble: Trouble) -> String {
    ui.with_carrier(match trouble {
        Trouble::Offline => ui.t.trouble_offline,
        Trouble::Slow => ui.t.trouble_slow,
        Trouble::Busy => ui.t.trouble_busy,
        Trouble::SignedOut => ui.t.trouble_signed_out,
        Trouble::Refused => ui.t.trouble_refused,
        Trouble::Broken => ui.t.trouble_broken,
    })
}

/// How much is left, as a bar: the words beside it say the same.
#[component]
pub fn Bar(
    /// In thousandths of what there was; nothing while that is not known.
    #[prop(optional)]
    permille: u32,
) -> impl IntoView {
    let width = [&(permille / 10).to_string(), "%"].concat();
    view! { <svg class="bar" aria-hidden="true"><rect width=width height="100%" rx="4" /></svg> }
}

/// A stand-in for a text that is on its way.
#[component]
pub fn Bone(
    /// `s` for a short one, `l` for a long one.
    #[prop(optional)]
    size: &'static str,
) -> impl IntoView {
    view! { <span class=["bone ", size].concat()></span> }
}
