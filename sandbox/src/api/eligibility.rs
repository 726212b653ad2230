//! Whether a line may have something: what it needs, what excludes it, and what the line is barred from.

use super::basket::Item;
use super::line::{self, Line};
use crate::carrier::Work;
use crate::http::ApiError;
use crate::seed::{Kind, Offering, ROAMING_ACCESS, Relation};

/// Why a line cannot have an offering beside what it has and what else is in the basket for it. Each other offering is
/// named once.
pub(super) fn refusals(
    work: &Work,
    line: &Line,
    offering: &Offering,
    others: &[&Item],
) -> Result<Vec<ApiError>, ApiError> {
    let catalogue = work.catalogue;
    let goes_abroad = |part: &&Offering| part.kind == Kind::Roaming || part.id == ROAMING_ACCESS;
    if line.roaming_is_barred && catalogue.parts(offering).iter().any(goes_abroad) {
        return Ok(vec![ApiError::unprocessable("roamingBarred", "Roaming is barred for this line.")]);
    }

    let held = line::held(work, &line.id)?;
    let held = held.iter().filter_map(|id| catalogue.offering(id));
    let beside =
        others.iter().filter(|item| item.line == line.id).filter_map(|item| catalogue.offering(&item.offering));
    let present: Vec<&Offering> = held.chain(beside).collect();
    let is_present =
        |wanted: &Offering| present.iter().any(|there| there.id == wanted.id || there.parts.contains(&wanted.id));

    let missing = catalogue
        .relationships(offering)
        .into_iter()
        .filter(|(relation, other)| *relation == Relation::Requires && !is_present(other))
        .map(|(_, other)| {
            let reason = format!("{} needs {}, which the line does not have.", offering.name, other.name);
            ApiError::unprocessable("requirementMissing", reason)
        });
    let mut refusals: Vec<ApiError> = missing.collect();

    let mut excluding: Vec<&Offering> = Vec::new();
    for other in present {
        if catalogue.exclude_each_other(offering, other) && !excluding.iter().any(|known| known.id == other.id) {
            excluding.push(other);
        }
    }
    refusals.extend(excluding.into_iter().map(|other| {
        let reason = format!("{} cannot be had together with {}.", offering.name, other.name);
        ApiError::unprocessable("excluded", reason)
    }));
    Ok(refusals)
}
