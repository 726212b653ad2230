//! What a trip can be served with.

use crate::domain::allowance::{Usage, Volume};
use crate::domain::basket::Quantity;
use crate::domain::id::OfferingId;
use crate::domain::money::Money;
use crate::domain::offering::{Country, Offering, OfferingKind};
use crate::domain::time::Period;
use std::num::NonZeroU32;

/// The fewest days that a month has: a plan must hold whenever the trip begins.
const DAYS_OF_MONTH: u32 = 28;

/// A roaming offering as far as a trip is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pack {
    /// The offering.
    pub offering: OfferingId,
    /// Its name, in the carrier's words.
    pub name: String,
    /// What one costs, tax included.
    pub price: Money,
    /// The data in one.
    pub data: Volume,
    /// How many whole days it lasts.
    pub days: u32,
    /// Where it works.
    pub countries: Vec<Country>,
    /// Whether a line can have it once only.
    pub is_single: bool,
}

impl Pack {
    /// The pack that an offering is, at a price of its own, since a promotion may have lowered the offering's. `None` for
    /// what is not for roaming, has no data, lasts less than a day or for a time that is not said, or works nowhere.
    pub fn of(offering: &Offering, price: Money) -> Option<Self> {
        let days = match offering.validity? {
            Period::Days(days) => days,
            Period::Months(months) => months.saturating_mul(DAYS_OF_MONTH),
            Period::Hours(hours) => hours / 24,
        };
        let pack = Self {
            offering: offering.id.clone(),
            name: offering.name.clone(),
            price,
            data: offering.volume(Usage::Data)?,
            days,
            countries: offering.countries.clone(),
            is_single: offering.is_single(),
        };
        (offering.kind == OfferingKind::Roaming && pack.is_sound()).then_some(pack)
    }

    /// Whether it can serve any day anywhere, for a price that can be paid.
    pub(super) const fn is_sound(&self) -> bool {
        let empty = matches!(self.data, Volume::Of(0));
        !empty && self.days > 0 && !self.countries.is_empty() && !self.price.is_negative()
    }
}

/// Consecutive days that are served by one purchase.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    /// Which pack, by its place among all.
    pub pack: usize,
    /// How many days.
    pub days: u32,
    /// How many packs.
    pub count: u32,
    /// What all of them cost.
    pub price: Money,
}

/// A pack with the runs that it can serve.
#[derive(Debug)]
pub(super) struct Choice {
    pub pack: Pack,
    /// One for each number of days from one on, with as few packs as suffice. Longer runs than these need more than a
    /// basket takes, outlast the pack, or cost more than can be counted.
    pub runs: Vec<Run>,
    /// The first of the days on end, up to the last one looked at, on which the pack works.
    pub since: usize,
}

impl Choice {
    pub fn new(place: usize, pack: Pack, need: u64, trip: NonZeroU32) -> Self {
        let suffices = |count: u32, days: u32| match pack.data {
            Volume::Unlimited => true,
            // Below 2¹²⁸: 64 bits, and numbers below 100.
            Volume::Of(bytes) => {
                let held = u128::from(bytes) * u128::from(count) * u128::from(trip.get());
                held >= u128::from(need) * u128::from(days)
            }
        };
        // More days never need fewer packs, so that each search goes on where the one before ended.
        let most = if pack.is_single { Quantity::LEAST } else { Quantity::MOST };
        let mut fewest = Quantity::LEAST;
        let run = |days| {
            fewest = (fewest..=most).find(|count| suffices(*count, days))?;
            Some(Run { pack: place, days, count: fewest, price: pack.price.times(fewest).ok()? })
        };
        let runs = (1..=pack.days.min(trip.get())).map_while(run).collect();
        Self { pack, runs, since: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::allowance::Allowance;
    use crate::domain::basket::tests::euro;
    use crate::domain::offering::tests::offering;

    fn euros(minor: i64) -> Money {
        Money::from_minor(minor, euro())
    }

    fn roaming(change: impl FnOnce(&mut Offering)) -> Option<Pack> {
        let mut offering = Offering {
            allowances: vec![
                Allowance { usage: Usage::Voice, volume: Volume::Of(60) },
                Allowance { usage: Usage::Data, volume: Volume::Of(5_000_000_000) },
            ],
            validity: Some(Period::Days(7)),
            countries: vec![Country::from_code("JP").unwrap()],
            ..offering("japan", OfferingKind::Roaming, 1_200)
        };
        change(&mut offering);
        Pack::of(&offering, euros(900))
    }

    fn days(validity: Period) -> Option<u32> {
        roaming(|offering| offering.validity = Some(validity)).map(|pack| pack.days)
    }

    #[test]
    fn a_pack_holds_the_offerings_data_at_the_price_that_is_said() {
        let pack = roaming(|_| ()).unwrap();
        assert_eq!((pack.price, pack.data, pack.days), (euros(900), Volume::Of(5_000_000_000), 7));
        assert_eq!((pack.offering.as_str(), pack.name.as_str()), ("japan", "JAPAN"));
        assert_eq!(pack.countries, [Country::from_code("JP").unwrap()]);
    }

    #[test]
    fn a_pack_lasts_whole_days() {
        assert_eq!(days(Period::Months(2)), Some(56));
        assert_eq!(days(Period::Months(u32::MAX)), Some(u32::MAX));
        assert_eq!(days(Period::Hours(24)), Some(1));
        assert_eq!(days(Period::Hours(71)), Some(2));
        for none in [Period::Hours(23), Period::Days(0), Period::Months(0)] {
            assert_eq!(days(none), None, "{none:?}");
        }
    }

    #[test]
    fn what_serves_no_trip_is_no_pack() {
        for kind in OfferingKind::ALL {
            assert_eq!(roaming(|offering| offering.kind = kind).is_some(), kind == OfferingKind::Roaming, "{kind:?}");
        }
        assert_eq!(roaming(|offering| offering.validity = None), None);
        assert_eq!(roaming(|offering| offering.countries.clear()), None);
        assert_eq!(roaming(|offering| offering.allowances.truncate(1)), None);
        assert_eq!(roaming(|offering| offering.allowances[1].volume = Volume::Of(0)), None);
        let unlimited = roaming(|offering| offering.allowances[1].volume = Volume::Unlimited);
        assert_eq!(unlimited.map(|pack| pack.data), Some(Volume::Unlimited));
    }

    #[test]
    fn what_a_line_can_have_once_is_bought_once() {
        let trip = NonZeroU32::new(2).unwrap();
        let pack = roaming(|_| {}).unwrap();
        let runs = |is_single| Choice::new(0, Pack { is_single, ..pack.clone() }, u64::MAX, trip).runs.len();
        assert_eq!((runs(true), runs(false)), (0, 0), "not even 99 of it are enough");
        let Volume::Of(bytes) = pack.data else { panic!("{pack:?}") };
        let runs = |is_single| Choice::new(0, Pack { is_single, ..pack.clone() }, bytes * 2, trip).runs.len();
        assert_eq!((runs(true), runs(false)), (1, 2), "a day of the two, or both with two of it");
    }

    #[test]
    fn nobody_is_paid_for_travelling() {
        let costing = |price| Pack { price, ..roaming(|_| ()).unwrap() };
        assert!(costing(euros(0)).is_sound());
        assert!(!costing(euros(-1)).is_sound());
    }
}
