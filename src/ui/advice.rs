//! What suits the subscriber's own use, and what a plan changes against the one that there is.

use super::context::Ui;
use super::live::live;
use super::text::fill;
use crate::app::App;
use crate::domain::advice::{Advice, Candidate, Habit, NoAdvice, advise};
use crate::domain::allowance::Usage;
use crate::domain::comparison::{Against, Difference, against_data};
use crate::domain::deal::price_now;
use crate::domain::offering::{Offering, OfferingKind};
use leptos::prelude::*;
use markup::html;

/// The plan that suits what was used before, by the prices of now. Judged once for all cards.
pub fn advice(app: App) -> Memo<Option<Result<Advice, NoAdvice>>> {
    Memo::new(move |_| {
        app.consumption.with(|left| {
            let left = left.ready()?;
            app.offerings.with(|all| {
                app.deals.on.with(|on| {
                    let plans = all.ready()?.iter().filter(|one| one.kind == OfferingKind::Plan);
                    let candidate = |offering| Some(Candidate { offering, price: price_now(offering, on, None)? });
                    Some(advise(left, &plans.filter_map(candidate).collect::<Vec<_>>()))
                })
            })
        })
    })
}

/// Whether an offering is the one that is recommended.
pub fn is_advised(ui: Ui, offering: &Offering) -> bool {
    offering.kind == OfferingKind::Plan
        && ui.advice.with(|advice| matches!(advice, Some(Ok(advice)) if advice.offering == offering.id))
}

/// Why an offering is recommended, where it is.
pub fn why(ui: Ui, offering: &Offering) -> AnyView {
    if offering.kind != OfferingKind::Plan {
        return ().into_any();
    }
    let offering = offering.clone();
    live(move || {
        let advice = ui.advice.get()?.ok().filter(|advice| advice.offering == offering.id)?;
        Some(html! { <p class="why">{reason(ui, &advice)}</p> })
    })
}

fn reason(ui: Ui, advice: &Advice) -> String {
    let text = match advice.habit {
        _ if advice.ran_out > 0 => ui.t.suits_ran_out,
        _ if !advice.by_data => ui.t.suits_calls,
        Habit::Light => ui.t.suits_light,
        Habit::Normal | Habit::Heavy => ui.t.suits_normal,
    };
    let [most, of] = [advice.most, advice.of].map(|volume| ui.write(|format| format.volume(Usage::Data, volume)));
    let count = |number: usize| ui.write(|format| format.count(u32::try_from(number).unwrap_or(u32::MAX)));
    let (times, periods) = (count(advice.ran_out), count(advice.periods));
    fill(text, &[("most", &most), ("of", &of), ("times", &times), ("periods", &periods)])
}

/// That no plan can be recommended, and why. Nothing where nobody is signed in, or one is recommended.
pub fn no_advice(ui: Ui) -> AnyView {
    live(move || {
        let text = match ui.advice.get()?.err()? {
            NoAdvice::TooEarly => ui.t.no_advice_early,
            NoAdvice::HadNoLimit => ui.t.no_advice_no_limit,
            NoAdvice::TooLittleData => ui.t.no_advice_data,
            NoAdvice::TooFewCalls => ui.t.no_advice_calls,
        };
        Some(html! { <p class="muted small">{text}</p> })
    })
}

/// How much data a plan has more or less than the subscriber's.
pub fn against_mine(ui: Ui, offering: &Offering) -> AnyView {
    let offering = offering.clone();
    live(move || {
        if offering.kind != OfferingKind::Plan {
            return None;
        }
        let line = ui.app.line.get()?;
        let mine = ui.app.inventory.with(|inventory| inventory.ready()?.plan_of(&line)?.offering.clone())?;
        let against = ui.app.offerings.with(|all| {
            let mine = all.ready()?.iter().find(|one| one.id == mine)?;
            Some(against_data(mine, &offering))
        })?;
        let with = |text, difference| match difference {
            Difference::Volume(usage, volume) => {
                Some(fill(text, &[("what", &ui.write(|format| format.volume(usage, volume)))]))
            }
            _ => None,
        };
        let (class, text) = match against {
            Against::More(Some(by)) => ("up", with(ui.t.more, by)?),
            Against::More(None) => ("up", ui.t.unlimited.to_owned()),
            Against::Less(by) => ("", with(ui.t.fewer, by?)?),
            Against::Same => ("", ui.t.the_same.to_owned()),
            Against::NotStated => return None,
        };
        Some(html! { <div><dt>{ui.t.against_mine}</dt><dd class=class>{text}</dd></div> })
    })
}
