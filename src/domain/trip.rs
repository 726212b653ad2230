//! The cheapest roaming packs for a trip.
//!
//! A trip is countries in order, so many days in each, and the data that is needed on it: the same each day. Packs are
//! bought for consecutive days: one or several of the same offering at once, 99 at most, which serve no more days than
//! one of them lasts, only where it works, and with data for these days' exact share of the need. As few are bought at
//! once as suffice. What is left of them after those days is lost.
//!
//! A plan cuts all days of the trip into such runs. The best plan costs least. Of those that cost the same it buys the
//! fewest packs; of those, it buys the fewest times; of those, its offerings' ids in order come first; of those, its
//! earlier runs are longer. So any two plans differ, and the same trip has the same answer always.
//!
//! The runner-up is the best of the plans that buy something else in all: another offering, or another number of one.
//! To buy the same for other days is no choice.

mod heads;
mod pack;
#[cfg(test)]
mod tests;

pub use self::pack::Pack;

use self::heads::{Head, Two};
use self::pack::{Choice, Run};
use super::id::OfferingId;
use super::money::Money;
use super::offering::Country;
use std::num::{NonZeroU32, NonZeroU64};
use thiserror::Error;

/// The most legs of a trip.
pub const MOST_LEGS: usize = 10;

/// The most days of a trip.
pub const MOST_DAYS: u32 = 90;

/// Days on end in one country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Leg {
    /// The country.
    pub country: Country,
    /// How many days. A leg without any is none.
    pub days: u32,
}

/// Why a trip has no plan.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TripError {
    /// There is no day to plan for.
    #[error("the trip has no days")]
    NoLegs,
    /// It has more legs than are planned for.
    #[error("the trip has too many legs")]
    TooManyLegs,
    /// It has more days than are planned for.
    #[error("the trip has too many days")]
    TooLong,
    /// No pack works in these countries, in the order of the trip.
    #[error("no pack works in a country of the trip")]
    NotCovered(Vec<Country>),
    /// There are packs for each country, but somewhere 99 of any of them are too few, or cost more than can be counted.
    #[error("no number of packs holds the data that the trip needs")]
    TooMuchData,
}

/// Packs of one offering that are bought together for consecutive days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purchase {
    /// What is bought.
    pub offering: OfferingId,
    /// Its name, in the carrier's words.
    pub name: String,
    /// How many of it: 1 to 99.
    pub count: u32,
    /// The first of the days, counted from 0 at the trip's begin.
    pub first_day: u32,
    /// How many days.
    pub days: u32,
    /// The bytes that are needed on these days, rounded up.
    pub need: u64,
    /// What all of it costs, tax included.
    pub price: Money,
    /// The countries of these days, in order and each once.
    pub countries: Vec<Country>,
}

/// What to buy for all days of a trip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TripPlan {
    /// What is bought, in the order of the days.
    pub purchases: Vec<Purchase>,
    /// What all of it costs, tax included.
    pub total: Money,
}

/// How a trip is best served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The cheapest plan.
    pub best: TripPlan,
    /// The cheapest of those that buy something else, where there is one.
    pub runner_up: Option<TripPlan>,
}

/// Plans a trip, a day at a time, so that a page stays awake meanwhile.
///
/// For the first day, then the first two and so on, it keeps the best plan and the best that buys something else in all.
/// That is enough to find these two for all days. Take the last run off one of them: what is left is a plan for some
/// first days, and the best of those that buy what it buys; with a better one in its place, the whole would be better and
/// buy the same. Were it neither of the two that are kept, both would be better than it, and would still be with that run
/// added, as the order of two plans stays the same when the same is added to both. They would still buy different
/// things, as numbers that differ do when the same is added to both. So two plans that buy different things would be
/// better than the one that was sought: it could be neither the best nor the best that buys something else.
///
/// This holds since what is bought is counted by offering over the whole plan, and numbers are added. It would not hold
/// for which offerings are bought, whatever their numbers.
#[derive(Debug)]
pub struct Planner {
    /// Where the traveller is, day by day.
    days: Vec<Country>,
    /// As many as there are days.
    trip: NonZeroU32,
    need: u64,
    /// In the order of the offerings' ids, each once.
    choices: Vec<Choice>,
    /// How no day is served, then how the first day is, the first two and so on: two ways each, the best first.
    heads: Vec<Vec<Head>>,
    left_out: usize,
}

impl Planner {
    /// A plan to make for these legs, on which so many bytes are needed, out of these packs.
    ///
    /// Only packs in the first one's currency count, since others' prices cannot be compared. Of two packs of the same
    /// offering the first counts.
    ///
    /// # Errors
    /// For a trip without days or with more than are planned for, and where no pack works in one of its countries.
    pub fn new(legs: &[Leg], need: u64, packs: Vec<Pack>) -> Result<Self, TripError> {
        let legs = || legs.iter().filter(|leg| leg.days > 0);
        let trip = legs().fold(0, |sum: u32, leg| sum.saturating_add(leg.days));
        let trip = NonZeroU32::new(trip).ok_or(TripError::NoLegs)?;
        if legs().count() > MOST_LEGS {
            return Err(TripError::TooManyLegs);
        }
        if trip.get() > MOST_DAYS {
            return Err(TripError::TooLong);
        }
        let currency = packs.first().map(|pack| pack.price.currency());
        let mut left_out = 0;
        let mut sound: Vec<Pack> = Vec::with_capacity(packs.len());
        for pack in packs.into_iter().filter(Pack::is_sound) {
            if Some(pack.price.currency()) != currency {
                left_out += 1;
            } else if let Err(place) = sound.binary_search_by(|known| known.offering.cmp(&pack.offering)) {
                sound.insert(place, pack);
            }
        }
        let is_covered = |country: &Country| sound.iter().any(|pack| pack.countries.contains(country));
        let uncovered = each_once(legs().map(|leg| leg.country).filter(|country| !is_covered(country)));
        let Some(currency) = currency.filter(|_| uncovered.is_empty()) else {
            return Err(TripError::NotCovered(uncovered));
        };
        let choice = |(place, pack)| Choice::new(place, pack, need, trip);
        Ok(Self {
            days: legs().flat_map(|leg| (0..leg.days).map(|_| leg.country)).collect(),
            trip,
            need,
            choices: sound.into_iter().enumerate().map(choice).collect(),
            heads: vec![vec![Head::start(currency)]],
            left_out,
        })
    }

    /// How many packs do not count, as their price is in another currency than the first one's.
    pub const fn left_out(&self) -> usize {
        self.left_out
    }

    /// Plans for one more day. Whether that was the last.
    pub fn step(&mut self) -> bool {
        // The first of the heads is that of no day.
        let next = self.heads.len();
        let Some(country) = self.days.get(next - 1) else { return true };
        let mut two = Two::default();
        for choice in &mut self.choices {
            if !choice.pack.countries.contains(country) {
                choice.since = next;
            }
            // One day back is the end of a run of one day, and so on.
            let back = self.heads.iter().skip(choice.since).rev();
            for (heads, run) in back.zip(&choice.runs) {
                heads.iter().filter_map(|head| head.with(*run)).for_each(|longer| two.take(longer));
            }
        }
        let kept = two.kept();
        self.heads.push(kept);
        next == self.days.len()
    }

    /// The answer, once the days that are left are planned for too.
    ///
    /// # Errors
    /// When no number of packs holds what is needed.
    pub fn finish(mut self) -> Result<Answer, TripError> {
        while !self.step() {}
        let mut plans = self.heads.last().into_iter().flatten().map(|head| self.plan(head));
        let best = plans.next().ok_or(TripError::TooMuchData)?;
        Ok(Answer { best, runner_up: plans.next() })
    }

    fn plan(&self, head: &Head) -> TripPlan {
        let mut days = self.days.iter().copied();
        let mut first_day = 0;
        let purchase = |run: &Run| {
            let pack = &self.choices.get(run.pack)?.pack;
            let purchase = Purchase {
                offering: pack.offering.clone(),
                name: pack.name.clone(),
                count: run.count,
                first_day,
                days: run.days,
                need: self.share(run.days),
                price: run.price,
                countries: each_once((0..run.days).map_while(|_| days.next())),
            };
            first_day += run.days;
            Some(purchase)
        };
        TripPlan { purchases: head.runs.iter().filter_map(purchase).collect(), total: head.total }
    }

    /// What so many of the trip's days need, rounded up. The whole bytes of a day apart, so that nothing overflows.
    fn share(&self, days: u32) -> u64 {
        let (trip, days) = (NonZeroU64::from(self.trip), u64::from(days));
        let rest = self.need % trip * days;
        self.need / trip * days + rest / trip + u64::from(rest % trip > 0)
    }
}

fn each_once(countries: impl Iterator<Item = Country>) -> Vec<Country> {
    countries.fold(vec![], |mut known, country| {
        if !known.contains(&country) {
            known.push(country);
        }
        known
    })
}
