//! Whether what is left lasts until the plan ends, at the rate so far.

use super::allowance::Volume;
use super::consumption::Bucket;
use super::money::Money;
use super::offering::Beyond;
use super::time::Timestamp;

/// With less of the period behind it nothing can be said of the rest: a day.
const TOO_EARLY: i64 = 86_400_000;

const DAY: u128 = 86_400_000;

/// What becomes of what is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forecast {
    /// Too little of the period is over to tell.
    TooEarly,
    /// It lasts until the plan ends.
    Lasts {
        /// What is used in a day, in base units.
        per_day: u64,
    },
    /// It runs out before.
    RunsOut {
        /// When.
        at: Timestamp,
        /// What is used in a day, in base units.
        per_day: u64,
        /// What would be used beyond it until the plan ends, in base units.
        beyond: u64,
    },
}

/// What becomes of a counted volume by the end of the plan. `None` where the carrier does not say enough, where nothing
/// runs out, and where nothing is left.
pub fn forecast(bucket: &Bucket, as_of: Timestamp, ends: Timestamp) -> Option<Forecast> {
    let (Volume::Of(left), Some(initial), Some(starts)) = (bucket.remaining, bucket.initial, bucket.starts) else {
        return None;
    };
    let elapsed = as_of.millis().checked_sub(starts.millis())?;
    let to_go = u64::try_from(ends.millis().checked_sub(as_of.millis())?).ok()?;
    if left == 0 || to_go == 0 {
        return None;
    }
    if elapsed < TOO_EARLY {
        return Some(Forecast::TooEarly);
    }
    let elapsed = u128::from(u64::try_from(elapsed).ok()?);
    let used = u128::from(initial.checked_sub(left)?);
    let per_day = u64::try_from(used * DAY / elapsed).ok()?;
    // What is used until the end is more than what is left: compared as products, so that nothing is rounded.
    let until_end = used * u128::from(to_go);
    if until_end <= u128::from(left) * elapsed {
        return Some(Forecast::Lasts { per_day });
    }
    let lasts = i64::try_from(u128::from(left) * elapsed / used).ok()?;
    let beyond = u64::try_from(until_end / elapsed).ok()?.saturating_sub(left);
    Some(Forecast::RunsOut { at: Timestamp::from_millis(as_of.millis().checked_add(lasts)?), per_day, beyond })
}

/// What use beyond an allowance costs: each part that is begun is paid.
pub fn cost_beyond(beyond: u64, price: Beyond) -> Option<Money> {
    let parts = beyond.div_ceil(price.per.max(1));
    price.price.times(u32::try_from(parts).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::allowance::Usage;
    use crate::domain::basket::tests::euro;
    use proptest::prelude::*;

    const DAY_MS: i64 = 86_400_000;

    fn bucket(left: u64, initial: u64) -> Bucket {
        Bucket {
            usage: Usage::Data,
            name: None,
            remaining: Volume::Of(left),
            initial: Some(initial),
            starts: Some(Timestamp::from_millis(0)),
        }
    }

    fn after(days: i64, of: i64, left: u64, initial: u64) -> Option<Forecast> {
        forecast(&bucket(left, initial), Timestamp::from_millis(days * DAY_MS), Timestamp::from_millis(of * DAY_MS))
    }

    #[test]
    fn says_whether_it_lasts() {
        assert_eq!(after(10, 30, 700, 1_000), Some(Forecast::Lasts { per_day: 30 }));
        assert_eq!(after(10, 30, 1_000, 1_000), Some(Forecast::Lasts { per_day: 0 }));
        // 50 a day: 500 are left for 20 days, and last ten.
        let at = Timestamp::from_millis(20 * DAY_MS);
        assert_eq!(after(10, 30, 500, 1_000), Some(Forecast::RunsOut { at, per_day: 50, beyond: 500 }));
        assert_eq!(
            after(15, 30, 500, 1_000).map(|one| matches!(one, Forecast::Lasts { .. })),
            Some(true),
            "to the day"
        );
    }

    #[test]
    fn says_nothing_where_it_cannot_know() {
        assert_eq!(after(0, 30, 900, 1_000), Some(Forecast::TooEarly));
        assert_eq!(after(10, 30, 0, 1_000), None, "nothing is left to run out");
        assert_eq!(after(30, 30, 10, 1_000), None, "the plan is over");
        assert_eq!(after(31, 30, 10, 1_000), None);
        assert_eq!(after(10, 30, 1_100, 1_000), None, "more is left than there was");
        let with = |change: fn(&mut Bucket)| {
            let mut bucket = bucket(500, 1_000);
            change(&mut bucket);
            forecast(&bucket, Timestamp::from_millis(10 * DAY_MS), Timestamp::from_millis(30 * DAY_MS))
        };
        assert_eq!(with(|bucket| bucket.starts = None), None);
        assert_eq!(with(|bucket| bucket.initial = None), None);
        assert_eq!(with(|bucket| bucket.remaining = Volume::Unlimited), None);
    }

    #[test]
    fn each_part_that_is_begun_is_paid() {
        let price = Beyond { price: Money::from_minor(50, euro()), per: 100 };
        let cents = |beyond| cost_beyond(beyond, price).map(Money::to_decimal);
        assert_eq!(cents(0).as_deref(), Some("0.00"));
        assert_eq!(cents(100).as_deref(), Some("0.50"));
        assert_eq!(cents(101).as_deref(), Some("1.00"));
        assert_eq!(cents(u64::MAX), None);
        assert_eq!(cost_beyond(1, Beyond { per: 0, ..price }).map(Money::to_decimal).as_deref(), Some("0.50"));
    }

    proptest! {
        /// Whoever uses more runs out no later.
        #[test]
        fn more_use_lasts_no_longer(left in 1_u64..1_000, more in 0_u64..1_000, days in 1_i64..29) {
            let end = |left| match after(days, 30, left, 2_000) {
                Some(Forecast::RunsOut { at, .. }) => at.millis(),
                _ => i64::MAX,
            };
            prop_assert!(end(left) <= end(left + more));
        }

        #[test]
        fn no_numbers_panic(left: u64, initial: u64, starts: i64, as_of: i64, ends: i64) {
            let bucket = Bucket { starts: Some(Timestamp::from_millis(starts)), ..bucket(left, initial) };
            let _ = forecast(&bucket, Timestamp::from_millis(as_of), Timestamp::from_millis(ends));
        }
    }
}
