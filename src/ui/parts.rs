//! Small parts that several views share.

use super::context::Ui;
use super::text::fill;
use crate::app::Trouble;
use crate::domain::basket::Basket;
use leptos::prelude::*;
use markup::html;

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
pub fn icon(path: &'static str) -> AnyView {
    let class = if path == icons::BACK { "icon flip" } else { "icon" };
    html! { <svg class=class viewBox="0 0 24 24" aria-hidden="true"><path d=path /></svg> }.into_any()
}

/// The hotline, a tap away; nothing where the host gives none.
pub fn hotline(ui: Ui) -> AnyView {
    let number = ui.app.config.with_value(|config| config.hotline.clone());
    let link = number.map(|number| {
        // RFC 3966: what people read in groups is dialled without the spaces.
        let href = ["tel:", &number.replace(char::is_whitespace, "")].concat();
        let text = fill(ui.t.call, &[("number", &number)]);
        html! { <a class="btn" href=href>{icon(icons::PHONE)}{text}</a> }
    });
    link.into_any()
}

/// What went wrong, in words, with a way on.
pub fn trouble_notice(
    ui: Ui,
    title: &'static str,
    trouble: Trouble,
    on_retry: impl Fn() + Send + Sync + 'static,
) -> AnyView {
    html! {
        <div class="notice problem" role="alert">
            {icon(icons::ALERT)}
            <div>
                <h3>{title}</h3>
                <p>{trouble_text(ui, trouble)}</p>
                <div class="acts">
                    <button class="btn" type="button" on:click=move |_| on_retry()>{ui.t.try_again}</button>
                    {hotline(ui)}
                </div>
            </div>
        </div>
    }
    .into_any()
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

/// How much is left in thousandths of what there was, as a bar: the words beside it say the same.
pub fn bar(permille: u32) -> AnyView {
    let width = [&(permille / 10).to_string(), "%"].concat();
    html! { <svg class="bar" aria-hidden="true"><rect width=width height="100%" rx="4" /></svg> }.into_any()
}

/// A stand-in for a text that is on its way: `s` for a short one, `l` for a long one.
pub fn bone(size: &'static str) -> AnyView {
    html! { <span class=["bone ", size].concat()></span> }.into_any()
}

/// Which line it is for, where the subscriber has several.
pub fn for_line(ui: Ui, basket: &Basket) -> Option<AnyView> {
    let number = ui.app.inventory.with_untracked(|inventory| {
        let inventory = inventory.ready().filter(|inventory| inventory.lines.len() > 1)?;
        inventory.line(&basket.line)?.masked_msisdn()
    });
    number.map(|number| html! { <bdi class="num muted" dir="ltr">{number}</bdi> }.into_any())
}
