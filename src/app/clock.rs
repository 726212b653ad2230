//! The device's clock: good enough to say what time it is on the screen. What counts is the carrier's word.

use crate::domain::time::Timestamp;
use leptos::prelude::window;

/// The device's time.
pub fn now() -> Timestamp {
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds within the range of a date")]
    Timestamp::from_millis(js_sys::Date::now() as i64)
}

/// The carrier's time, from one answer of it on.
///
/// It never goes back: whoever sets the device's clock back is not told that a deal lasts longer. Two clocks of the
/// device count what has passed, and the faster one holds: one of them stands still while the device sleeps.
#[derive(Clone, Copy)]
pub struct CarrierClock {
    date: Timestamp,
    device: Timestamp,
    steady: i64,
}

impl CarrierClock {
    /// From the time that the carrier says it is now.
    pub fn new(date: Timestamp) -> Self {
        Self { date, device: now(), steady: steady() }
    }

    /// What time it is there.
    pub fn now(self) -> Timestamp {
        let by_device = now().millis().saturating_sub(self.device.millis());
        let passed = by_device.max(steady().saturating_sub(self.steady));
        Timestamp::from_millis(self.date.millis().saturating_add(passed))
    }
}

/// Milliseconds since the page was opened, whatever the device's clock is set to.
fn steady() -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds of a visit")]
    window().performance().map_or(0, |performance| performance.now() as i64)
}
