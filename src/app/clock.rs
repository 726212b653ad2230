//! The device's clock: good enough to say what time it is on the screen. What counts is the carrier's word.

use crate::domain::time::Timestamp;

/// The device's time.
pub fn now() -> Timestamp {
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds within the range of a date")]
    Timestamp::from_millis(js_sys::Date::now() as i64)
}
