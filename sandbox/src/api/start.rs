//! The day on which something starts, where the buyer chooses it.

use serde::{Deserialize, Serialize};

use crate::calendar;
use crate::carrier::Work;
use crate::http::ApiError;
use crate::seed::{Kind, Offering};

/// How many days ahead a start may be.
const FURTHEST_DAYS: i64 = 90;

/// A start, in its own words. Two are the same that are at the same time.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Start {
    pub text: String,
    pub ms: i64,
}

impl PartialEq for Start {
    fn eq(&self, other: &Self) -> bool {
        self.ms == other.ms
    }
}

impl Eq for Start {}

/// Reads RFC 3339 (400).
pub(super) fn read(name: &str, text: &str) -> Result<Start, ApiError> {
    let ms = calendar::from_rfc3339(text)
        .ok_or_else(|| ApiError::malformed(format!("`{name}` must be a date and time by RFC 3339.")))?;
    Ok(Start { text: text.to_owned(), ms })
}

/// Checks the start of an item: only what is used on a journey can start later, and not at any time.
pub(super) fn check(work: &Work, offering: &Offering, text: Option<&str>) -> Result<Option<Start>, ApiError> {
    let Some(text) = text else { return Ok(None) };
    let start = read("startDate", text)?;
    if offering.kind != Kind::Roaming {
        let reason = format!("{} starts when it is delivered.", offering.name);
        return Err(ApiError::unprocessable("startNotAllowed", reason));
    }
    match work.calendar.days_ahead(work.now, start.ms) {
        Some(..0) => Err(ApiError::unprocessable("startInPast", "The start lies before today.")),
        Some(0..=FURTHEST_DAYS) => Ok(Some(start)),
        _ => Err(ApiError::unprocessable("startTooFar", "The start lies more than 90 days ahead.")),
    }
}
