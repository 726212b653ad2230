//! The services that a basket brings: its parts, when each ends, and what becomes of the plan that was there.

use super::basket::Item;
use super::line::{self, Plan};
use crate::carrier::Work;
use crate::http::ApiError;
use crate::seed::{Kind, Offering};

/// One part of an item, to be fulfilled: of a bundle there are several.
pub(super) struct Part<'a> {
    pub item: &'a Item,
    pub offering: &'a Offering,
}

/// The parts of all items, in the order in which they take effect: a plan before the packs that add to it.
pub(super) fn parts<'a>(work: &Work<'a>, items: &'a [Item]) -> Vec<Part<'a>> {
    let part_of = |item: &'a Item| {
        let offering = work.catalogue.offering(&item.offering)?;
        Some(work.catalogue.parts(offering).into_iter().map(move |offering| Part { item, offering }))
    };
    let mut parts: Vec<_> = items.iter().filter_map(part_of).flatten().collect();
    parts.sort_by_key(|part| part.offering.kind);
    parts
}

/// When the plan ends once a part has extended it: whole days from its end or, when that is past, from today. None
/// beyond the calendar's end.
pub(super) fn extended(work: &Work, part: &Part, now: i64, end_ms: Option<i64>) -> Option<i64> {
    let from = end_ms.map_or(now, |end| end.max(now));
    work.calendar.end_of_day(from, part.offering.validity()?, part.item.quantity)
}

/// When an add-on that is delivered at `now` starts.
pub(super) fn add_on_start(part: &Part, now: i64) -> i64 {
    part.item.start.as_ref().map_or(now, |start| start.ms.max(now))
}

/// When an add-on that is delivered at `now` ends: None when it does not. An error beyond the calendar's end.
pub(super) fn add_on_end(work: &Work, part: &Part, now: i64) -> Result<Option<i64>, ApiError> {
    let Some(validity) = part.offering.validity() else { return Ok(None) };
    let end = work.calendar.later(add_on_start(part, now), validity, part.item.quantity);
    end.map(Some).ok_or_else(too_far)
}

fn too_far() -> ApiError {
    ApiError::unprocessable("endTooFar", "The service would end beyond the calendar.")
}

/// Whether a part extends the plan, rather than being something with an end of its own.
fn extends_plan(offering: &Offering) -> bool {
    matches!(offering.kind, Kind::Plans | Kind::Data)
}

/// When each item's services would end if they were bought now, in the order of the items: None for what does not.
pub(super) fn ends(work: &Work, items: &[Item]) -> Result<Vec<Option<i64>>, ApiError> {
    let mut plan_ends: Vec<(&str, i64)> = Vec::new();
    let mut own_ends: Vec<(&str, i64)> = Vec::new();
    for part in parts(work, items) {
        let line = part.item.line.as_str();
        if extends_plan(part.offering) {
            let known = plan_ends.iter().position(|(of, _)| *of == line);
            let end = match known {
                Some(at) => Some(plan_ends[at].1),
                None => line::plan_of(work, line)?.map(|plan| plan.end_ms),
            };
            let end = extended(work, &part, work.now, end).ok_or_else(too_far)?;
            match known {
                Some(at) => plan_ends[at].1 = end,
                None => plan_ends.push((line, end)),
            }
        } else {
            own_ends.extend(add_on_end(work, &part, work.now)?.map(|end| (part.item.id.as_str(), end)));
        }
    }
    let end_of = |item: &Item| {
        let parts = work.catalogue.offering(&item.offering).map(|offering| work.catalogue.parts(offering));
        let has_plan_part = parts.into_iter().flatten().any(extends_plan);
        let plan_end = plan_ends.iter().find(|(line, _)| has_plan_part && *line == item.line).map(|(_, end)| *end);
        own_ends.iter().filter(|(id, _)| *id == item.id).map(|(_, end)| *end).chain(plan_end).max()
    };
    Ok(items.iter().map(end_of).collect())
}

/// What becomes of what is left of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remaining {
    Kept,
    Lost,
}

impl Remaining {
    /// Its word in a cart.
    pub fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Lost => "lost",
        }
    }
}

/// What a renewal by an offering does to what is left of a plan at `now`: None when it has ended, with nothing left.
pub(super) fn remaining(plan: &Plan, offering: &Offering, now: i64) -> Option<Remaining> {
    let is_same = plan.offering.as_deref() == Some(offering.id.as_str());
    (plan.end_ms >= now).then_some(if is_same { Remaining::Kept } else { Remaining::Lost })
}
