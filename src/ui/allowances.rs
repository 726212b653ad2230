//! What is left of each allowance, and how volumes are shown.

use super::context::Ui;
use super::format::{Detail, counted};
use super::live::live;
use super::parts::{bar, bone, trouble_notice};
use super::text::fill;
use crate::app::Remote;
use crate::domain::allowance::Usage;
use crate::domain::consumption::{Bucket, Consumption};
use crate::domain::forecast::{Forecast, cost_beyond, forecast};
use crate::domain::id::OfferingId;
use crate::domain::offering::Beyond;
use crate::domain::time::Timestamp;
use leptos::prelude::*;
use markup::html;

/// What is left: the data as a sentence, then all of it as meters.
#[component]
pub fn Left(
    /// What is left, once it is counted.
    consumption: RwSignal<Remote<Consumption>>,
    /// When the plan ends.
    ends: Option<Timestamp>,
    /// What the plan is sold as.
    sold_as: Option<OfferingId>,
) -> impl IntoView {
    let ui = Ui::get();
    live(move || {
        consumption.with(|consumption| match consumption {
            Remote::Ready(consumption) => {
                let lead = consumption.data().map(|data| lead(ui, data, ends));
                let meters: Vec<_> = consumption.buckets.iter().map(|bucket| meter(ui, consumption, bucket)).collect();
                let beyond = ui.app.offerings.with(|all| {
                    all.ready()?.iter().find(|one| Some(&one.id) == sold_as.as_ref())?.beyond
                });
                let foreseen = foresee(ui, consumption, ends, beyond);
                html! {
                    <div class="now">{lead}<ul class="meters" role="list">{meters}</ul>{foreseen}</div>
                }.into_any()
            }
            Remote::Failed(trouble) => {
                let retry = move || ui.app.load_account();
                trouble_notice(ui, ui.t.usage_failed, *trouble, retry)
            }
            Remote::Idle | Remote::Loading => html! {
                <div class="now" aria-busy="true">
                    <p class="lead"><span class="hero">{bone("s")}</span>{bone("l")}</p>
                    <ul class="meters" aria-hidden="true">
                        {(0..3).map(|_| html! { <li class="meter"><p>{bone("s")}{bone("")}</p>{bar(0)}</li> }).collect_view()}
                    </ul>
                    <p class="forecast">{bone("l")}</p>
                </div>
            }
            .into_any(),
        })
    })
}

/// Whether the data lasts until the plan ends, in words, and what it would cost if it does not.
fn foresee(ui: Ui, left: &Consumption, ends: Option<Timestamp>, beyond: Option<Beyond>) -> AnyView {
    let foreseen = || forecast(left.only_data()?, left.as_of?, ends?);
    let (class, text, per_day) = match foreseen() {
        // Its place was kept while that was not known.
        None => ("forecast", String::new(), None),
        Some(foreseen) => match foreseen {
            Forecast::TooEarly => ("forecast", ui.t.forecast_early.to_owned(), None),
            Forecast::Lasts { per_day } => ("forecast", ui.t.forecast_lasts.to_owned(), Some(per_day)),
            Forecast::RunsOut { at, per_day, beyond: volume } => {
                let date = ui.write(|format| format.date(at, Detail::Day));
                let mut text = fill(ui.t.forecast_out, &[("date", &date)]);
                if let Some(cost) = beyond.and_then(|price| cost_beyond(volume, price)) {
                    text.push(' ');
                    text.push_str(&fill(ui.t.forecast_cost, &[("price", &ui.write(|format| format.money(cost)))]));
                }
                ("forecast out", text, Some(per_day))
            }
        },
    };
    let per_day = per_day
        .map(|volume| fill(ui.t.forecast_rate, &[("volume", &ui.write(|format| format.volume(Usage::Data, volume)))]));
    html! { <p class=class><b>{text}</b>" "{per_day}</p> }.into_any()
}

fn lead(ui: Ui, data: &Bucket, ends: Option<Timestamp>) -> impl IntoView + use<> {
    let class = if data.is_low() { "lead low" } else { "lead" };
    let text = match ends {
        Some(end) => fill(ui.t.left_until, &[("date", &ui.write(|format| format.date(end, Detail::Day)))]),
        None => ui.t.left.to_owned(),
    };
    html! { <p class=class><b class="hero">{hero(ui, Usage::Data, counted(data.remaining))}</b>" "{text}</p> }
}

/// A volume with its number large and its unit small.
pub fn hero(ui: Ui, usage: Usage, volume: Option<u64>) -> AnyView {
    let Some(volume) = volume else {
        return ui.t.unlimited.into_any();
    };
    let parts = ui.format.with_value(|format| format.volume_parts(usage, volume));
    let part = |(is_number, text): (bool, String)| {
        if is_number { text.into_any() } else { html! { <small>{text}</small> }.into_any() }
    };
    parts.into_iter().map(part).collect_view().into_any()
}

fn meter(ui: Ui, all: &Consumption, bucket: &Bucket) -> impl IntoView + use<> {
    let Bucket { usage, .. } = *bucket;
    let kind = match usage {
        Usage::Data => ui.t.data,
        Usage::Voice => ui.t.voice,
        Usage::Messages => ui.t.messages,
    };
    // A zone's calls and its messages may bear the same name.
    let label = match all.name_of(bucket) {
        Some(name) if usage == Usage::Data => name.to_owned(),
        Some(name) => [kind, " · ", name].concat(),
        None => kind.to_owned(),
    };
    let left = match (counted(bucket.remaining), bucket.initial) {
        (None, _) => html! { <b>{ui.t.unlimited}</b> }.into_any(),
        (Some(left), initial) => {
            let left = ui.write(|format| format.volume(usage, left));
            let of = initial.map(|initial| ui.write(|format| format.volume(usage, initial)));
            let of = of.map(|of| fill(ui.t.of, &[("total", &of)]));
            html! { <span class="num"><b>{left}</b>" "{of}</span> }.into_any()
        }
    };
    html! {
        <li class=if bucket.is_low() { "meter low" } else { "meter" }>
            <p><span>{label}</span>" "{left}</p>
            {bar(bucket.permille_left().unwrap_or(1000))}
        </li>
    }
}
