//! Points in time and lengths of it. No clock here: `now` is an argument.

use thiserror::Error;

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// The text is not a date and time of RFC 3339.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not an RFC 3339 date and time")]
pub struct TimeError;

const DAY_MS: i64 = 86_400_000;

impl Timestamp {
    /// From milliseconds since 1970-01-01T00:00:00Z.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole days from this until `later`; negative once it is past.
    pub const fn days_until(self, later: Self) -> i64 {
        (later.0 - self.0).div_euclid(DAY_MS)
    }

    /// So many days of 24 hours later.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(days.saturating_mul(DAY_MS)))
    }

    /// Reads `2026-11-29T22:59:59Z`, with a fraction of a second and an offset if there are any (RFC 3339, section 5.6).
    ///
    /// # Errors
    /// When the text is anything else, or names a day that does not exist.
    pub fn parse(text: &str) -> Result<Self, TimeError> {
        Reader { rest: text.as_bytes() }.timestamp().ok_or(TimeError)
    }

    /// The whole second as text in UTC, `2026-11-29T22:59:59Z` (RFC 3339): what the carrier is sent.
    pub fn to_rfc3339(self) -> String {
        let seconds = self.0.div_euclid(1000);
        let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let (year, month, day) = date_of(days);
        let mut text = String::with_capacity(20);
        let mut push = |before: &str, number: i64, digits: usize| {
            let number = number.to_string();
            text.push_str(before);
            (number.len()..digits).for_each(|_| text.push('0'));
            text.push_str(&number);
        };
        push("", year, 4);
        push("-", month, 2);
        push("-", day, 2);
        push("T", second / 3600, 2);
        push(":", second / 60 % 60, 2);
        push(":", second % 60, 2);
        text.push('Z');
        text
    }
}

/// The year, month and day of a day since 1970-01-01, in the proleptic Gregorian calendar.
const fn date_of(days: i64) -> (i64, i64, i64) {
    // Days are counted from 0000-03-01, so that a leap day is the last of its year.
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + if month <= 2 { 1 } else { 0 }, month, day)
}

/// How long something lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// So many days of 24 hours.
    Days(u32),
    /// So many calendar months.
    Months(u32),
    /// So many hours.
    Hours(u32),
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    fn timestamp(mut self) -> Option<Timestamp> {
        let year = self.number(4)?;
        self.one_of(b"-")?;
        let month = self.number(2)?;
        self.one_of(b"-")?;
        let day = self.number(2)?;
        self.one_of(b"Tt ")?;
        let hour = self.number(2)?;
        self.one_of(b":")?;
        let minute = self.number(2)?;
        self.one_of(b":")?;
        let second = self.number(2)?;
        let millis = self.fraction()?;
        let offset = self.offset()?;
        // A leap second counts as the second before it.
        let in_range = (1..=12).contains(&month)
            && (1..=days_of(year, month)).contains(&day)
            && hour < 24
            && minute < 60
            && second <= 60
            && self.rest.is_empty();
        in_range.then(|| {
            let seconds = hour * 3600 + minute * 60 + second.min(59) - offset * 60;
            Timestamp(days_since_epoch(year, month, day) * DAY_MS + seconds * 1000 + millis)
        })
    }

    fn one_of(&mut self, wanted: &[u8]) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        wanted.contains(first).then_some(*first)
    }

    fn number(&mut self, digits: usize) -> Option<i64> {
        (0..digits).try_fold(0, |number, _| Some(number * 10 + i64::from(self.one_of(b"0123456789")? - b'0')))
    }

    fn fraction(&mut self) -> Option<i64> {
        if self.rest.first() != Some(&b'.') {
            return Some(0);
        }
        self.one_of(b".")?;
        let (mut millis, mut worth) = (self.number(1)? * 100, 10);
        while self.rest.first().is_some_and(u8::is_ascii_digit) {
            millis += self.number(1)? * worth;
            worth /= 10;
        }
        Some(millis)
    }

    /// The offset from UTC in minutes.
    fn offset(&mut self) -> Option<i64> {
        let sign = match self.one_of(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(0),
        };
        let hours = self.number(2)?;
        if self.rest.first() == Some(&b':') {
            self.one_of(b":")?;
        }
        let minutes = self.number(2)?;
        (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes))
    }
}

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01, by counting years from March, so that the leap day comes last.
const fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_dates_and_times() {
        for (text, millis) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2000-02-29T12:00:00Z", 951_825_600_000),
            ("2026-11-29T22:59:59Z", 1_795_993_199_000),
            ("2026-11-29T23:59:59+01:00", 1_795_993_199_000),
            ("2026-11-29T23:59:59.250+0100", 1_795_993_199_250),
            ("2026-11-29t18:29:59.25-04:30", 1_795_993_199_250),
            ("1969-12-31T23:59:59.999Z", -1),
            ("2016-12-31T23:59:60Z", 1_483_228_799_000),
        ] {
            assert_eq!(Timestamp::parse(text), Ok(Timestamp(millis)), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "2026",
            "2026-11-29",
            "2026-11-29T22:59Z",
            "2026-11-29T22:59:59",
            "2026-13-01T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-00-10T00:00:00Z",
            "2026-01-00T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:60:00Z",
            "2026-01-01T00:00:61Z",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00+25:00",
            "2026-01-01T00:00:00Zulu",
            "tomorrow",
            "٢٠٢٦-01-01T00:00:00Z",
        ] {
            assert_eq!(Timestamp::parse(text), Err(TimeError), "{text}");
        }
    }

    #[test]
    fn writes_what_it_reads() {
        for text in ["1970-01-01T00:00:00Z", "2000-02-29T12:00:05Z", "2026-11-29T22:59:59Z", "1969-12-31T23:59:59Z"] {
            assert_eq!(Timestamp::parse(text).map(Timestamp::to_rfc3339).as_deref(), Ok(text));
        }
    }

    #[test]
    fn counts_whole_days() {
        let now = Timestamp(0);
        assert_eq!(now.days_until(Timestamp(DAY_MS * 3 + 5)), 3);
        assert_eq!(now.days_until(Timestamp(DAY_MS - 1)), 0);
        assert_eq!(now.days_until(Timestamp(-1)), -1);
    }

    proptest! {
        /// Each day is one day after the day before, in every year.
        #[test]
        fn days_follow_one_another(year in 1900_i64..2200, month in 1_i64..=12, day in 1_i64..=31) {
            prop_assume!(day <= days_of(year, month));
            let (next_year, next_month, next_day) = if day < days_of(year, month) { (year, month, day + 1) }
                else if month < 12 { (year, month + 1, 1) } else { (year + 1, 1, 1) };
            prop_assert_eq!(days_since_epoch(year, month, day) + 1, days_since_epoch(next_year, next_month, next_day));
        }

        #[test]
        fn each_day_is_written_as_it_is_read(day in -60_000_i64..80_000) {
            let (year, month, of_month) = date_of(day);
            prop_assert_eq!(days_since_epoch(year, month, of_month), day);
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,40}") {
            let _ = Timestamp::parse(&text);
        }
    }
}
