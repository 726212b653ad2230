//! Calendar days in Monaco, and how instants are written.

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Zoned};

/// How long an offering is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Validity {
    Days(i64),
    Months(i64),
}

impl Validity {
    /// As long, into the past.
    pub fn back(self) -> Self {
        match self {
            Self::Days(days) => Self::Days(-days),
            Self::Months(months) => Self::Months(-months),
        }
    }

    fn span(self, times: i64) -> Option<Span> {
        match self {
            Self::Days(days) => Span::new().try_days(days.checked_mul(times)?).ok(),
            Self::Months(months) => Span::new().try_months(months.checked_mul(times)?).ok(),
        }
    }
}

/// The carrier's calendar: Europe/Monaco.
#[derive(Debug)]
pub(crate) struct Calendar(TimeZone);

impl Calendar {
    pub fn new() -> Result<Self, jiff::Error> {
        TimeZone::get("Europe/Monaco").map(Self)
    }

    fn local(&self, ms: i64) -> Option<Zoned> {
        Some(Timestamp::from_millisecond(ms).ok()?.to_zoned(self.0.clone()))
    }

    /// The last second of the day that lies `times` validities after `from_ms`. None beyond the calendar's end.
    pub fn end_of_day(&self, from_ms: i64, validity: Validity, times: i64) -> Option<i64> {
        let day = self.local(from_ms)?.date().checked_add(validity.span(times)?).ok()?;
        let end = day.to_datetime(Time::constant(23, 59, 59, 0)).to_zoned(self.0.clone()).ok()?;
        Some(end.timestamp().as_millisecond())
    }

    /// The same time of day, `times` validities after `from_ms`. None beyond the calendar's end.
    pub fn later(&self, from_ms: i64, validity: Validity, times: i64) -> Option<i64> {
        let then = self.local(from_ms)?.checked_add(validity.span(times)?).ok()?;
        Some(then.timestamp().as_millisecond())
    }

    /// The last second of the month that lies `months` after an instant's. None beyond the calendar's end.
    pub fn end_of_month(&self, from_ms: i64, months: i64) -> Option<i64> {
        let day = self.local(from_ms)?.date().checked_add(Validity::Months(months).span(1)?).ok()?.last_of_month();
        let end = day.to_datetime(Time::constant(23, 59, 59, 0)).to_zoned(self.0.clone()).ok()?;
        Some(end.timestamp().as_millisecond())
    }

    /// How many days in Monaco an instant's day lies ahead of another's; below zero when it lies behind. None beyond
    /// the calendar's end.
    pub fn days_ahead(&self, from_ms: i64, then_ms: i64) -> Option<i64> {
        let days = self.local(from_ms)?.date().until(self.local(then_ms)?.date()).ok()?;
        Some(i64::from(days.get_days()))
    }
}

/// Reads RFC 3339, in milliseconds since 1970.
pub(crate) fn from_rfc3339(text: &str) -> Option<i64> {
    Some(text.parse::<Timestamp>().ok()?.as_millisecond())
}

/// RFC 3339 in UTC, whole seconds: `2026-11-22T13:05:00Z`.
pub(crate) fn rfc3339(ms: i64) -> String {
    Timestamp::from_second(ms.div_euclid(1000)).map(|t| t.to_string()).unwrap_or_default()
}

/// The `Date` header's form (RFC 9110): `Sun, 22 Nov 2026 13:05:00 GMT`.
pub(crate) fn http_date(ms: i64) -> String {
    Timestamp::from_second(ms.div_euclid(1000))
        .map(|t| t.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_in_monaco_across_the_change_to_winter_time() {
        let calendar = Calendar::new().ok();
        let from = "2026-10-20T10:00:00Z".parse::<Timestamp>().map(Timestamp::as_millisecond);
        let end = calendar.zip(from.ok()).and_then(|(c, from)| c.end_of_day(from, Validity::Days(7), 1));
        assert_eq!(end.map(rfc3339).as_deref(), Some("2026-10-27T22:59:59Z"));
    }

    #[test]
    fn a_month_ends_on_a_day_that_exists() {
        let calendar = Calendar::new().ok();
        let from = "2027-01-31T10:00:00Z".parse::<Timestamp>().map(Timestamp::as_millisecond);
        let end = calendar.zip(from.ok()).and_then(|(c, from)| c.end_of_day(from, Validity::Months(1), 1));
        assert_eq!(end.map(rfc3339).as_deref(), Some("2027-02-28T22:59:59Z"));
    }

    #[test]
    fn days_are_counted_by_the_calendar_of_monaco() {
        let calendar = Calendar::new().ok();
        let ahead = |from: &str, then: &str| {
            let (from, then) = from_rfc3339(from).zip(from_rfc3339(then))?;
            calendar.as_ref()?.days_ahead(from, then)
        };
        assert_eq!(ahead("2026-11-22T22:30:00Z", "2026-11-22T23:30:00Z"), Some(1));
        assert_eq!(ahead("2026-11-22T13:00:00Z", "2026-11-21T23:00:00Z"), Some(0));
        assert_eq!(ahead("2026-11-22T13:00:00Z", "2026-11-21T22:59:59Z"), Some(-1));
    }

    #[test]
    fn the_date_header_has_its_fixed_form() {
        assert_eq!(http_date(1_795_352_700_000), "Sun, 22 Nov 2026 13:05:00 GMT");
    }
}
