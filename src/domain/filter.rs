//! Which of the offerings are shown, and in which order.

mod address;

pub(super) use self::address::bytes;
pub use self::address::gigabytes;

use super::allowance::{Usage, Volume};
use super::money::Money;
use super::offering::{Country, Offering, OfferingKind, Price};
use super::time::Period;
use std::cmp::Ordering;

/// Bytes of a gigabyte.
const GIGABYTE: u64 = 1_000_000_000;

/// Days of the shortest month: what lasts a month lasts so long for certain.
pub const SHORTEST_MONTH: u64 = 28;

/// An offering as it stands in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// What is sold.
    pub offering: &'a Offering,
    /// What one of it costs now, which a deal may have lowered. `None` where the subscriber says how much.
    pub price: Option<Money>,
    /// Whether there is a deal on it.
    pub is_deal: bool,
}

impl<'a> Entry<'a> {
    /// An offering at its own price, without a deal.
    pub const fn of(offering: &'a Offering) -> Self {
        Self { offering, price: offering.price.fixed(), is_deal: false }
    }

    /// The least for which it can be had.
    pub fn least_price(&self) -> Option<Money> {
        self.price.or(match self.offering.price {
            Price::Chosen { least, .. } => Some(least),
            Price::Fixed(_) => None,
        })
    }

    /// What a gigabyte of it costs, where it contains a counted volume of data. Nothing, where it is free.
    pub fn price_per_gigabyte(&self) -> Option<Money> {
        match self.offering.volume(Usage::Data)? {
            Volume::Of(bytes) => self.price?.per(bytes, GIGABYTE),
            Volume::Unlimited => None,
        }
    }

    /// What a day of it costs, where it is known how long it lasts. Nothing, where it is free.
    pub fn price_per_day(&self) -> Option<Money> {
        price_per_day(self.price?, self.offering.validity?)
    }

    /// How many bytes there are. What has no limit is as much as can be counted.
    fn data(&self) -> Option<u64> {
        self.offering.volume(Usage::Data).map(|volume| match volume {
            Volume::Of(bytes) => bytes,
            Volume::Unlimited => u64::MAX,
        })
    }

    fn hours(&self) -> Option<u64> {
        self.offering.validity.map(|period| hours(period, SHORTEST_MONTH))
    }
}

/// How many hours a period has, where a month has so many days.
pub fn hours(period: Period, days_of_month: u64) -> u64 {
    match period {
        Period::Days(days) => u64::from(days) * 24,
        Period::Months(months) => u64::from(months) * days_of_month * 24,
        Period::Hours(hours) => u64::from(hours),
    }
}

/// What a day costs when so long costs `price`. A month counts as its shortest, so that no day is said to cost less than
/// it does.
pub fn price_per_day(price: Money, period: Period) -> Option<Money> {
    price.per(hours(period, SHORTEST_MONTH), 24)
}

/// What an offering must be to be shown. What is not asked for is not looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The kind of renewal.
    pub kind: Option<OfferingKind>,
    /// Where it must work.
    pub country: Option<Country>,
    /// At least so many bytes.
    pub data: Option<u64>,
    /// For at least so many days.
    pub days: Option<u32>,
    /// For at most so much.
    pub price: Option<Money>,
    /// Only what there is a deal on.
    pub deals_only: bool,
}

/// One of the conditions of a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Condition {
    /// The kind of renewal.
    Kind,
    /// Where it must work.
    Country,
    /// At least so much data.
    Data,
    /// For at least so long.
    Days,
    /// For at most so much.
    Price,
    /// Only what there is a deal on.
    Deals,
}

impl Condition {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 6] = [Self::Kind, Self::Country, Self::Data, Self::Days, Self::Price, Self::Deals];
}

impl Filter {
    /// Whether it takes everything, since nothing is asked for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether an offering is all that is asked for. What the carrier does not say of it, it is not.
    pub fn takes(&self, entry: &Entry<'_>) -> bool {
        Condition::ALL.into_iter().all(|condition| self.meets(condition, entry))
    }

    fn meets(&self, condition: Condition, entry: &Entry<'_>) -> bool {
        let offering = entry.offering;
        match condition {
            Condition::Kind => self.kind.is_none_or(|kind| offering.kind == kind),
            Condition::Country => self.country.is_none_or(|country| offering.countries.contains(&country)),
            Condition::Data => self.data.is_none_or(|least| entry.data().is_some_and(|data| data >= least)),
            Condition::Days => {
                self.days.is_none_or(|least| entry.hours().is_some_and(|hours| hours / 24 >= u64::from(least)))
            }
            Condition::Price => self.price.is_none_or(|most| {
                entry.least_price().and_then(|price| price.compare(most)).is_some_and(Ordering::is_le)
            }),
            Condition::Deals => !self.deals_only || entry.is_deal,
        }
    }

    /// The same without one condition.
    #[must_use]
    pub fn without(mut self, condition: Condition) -> Self {
        match condition {
            Condition::Kind => self.kind = None,
            Condition::Country => self.country = None,
            Condition::Data => self.data = None,
            Condition::Days => self.days = None,
            Condition::Price => self.price = None,
            Condition::Deals => self.deals_only = false,
        }
        self
    }

    /// Where nothing fits: the smallest sets of conditions without which something would, and how much, most first. Empty
    /// where something fits, and where there is nothing at all.
    pub fn loosen(&self, entries: &[Entry<'_>]) -> Vec<(Vec<Condition>, usize)> {
        let mut found: Vec<(Vec<Condition>, usize)> = Vec::new();
        for entry in entries {
            // Dropping the smallest sets lets in just what fails by all of one, and by nothing else.
            let failed = || Condition::ALL.into_iter().filter(|condition| !self.meets(*condition, entry));
            let size = failed().count();
            let smallest = found.first().map_or(size, |(first, _)| first.len());
            if size < smallest {
                found.clear();
            }
            if size > smallest {
                continue;
            }
            match found.iter_mut().find(|(known, _)| known.iter().copied().eq(failed())) {
                Some((_, count)) => *count += 1,
                None => found.push((failed().collect(), 1)),
            }
        }
        let mut sorted: Vec<(Vec<Condition>, usize)> = Vec::new();
        for (set, count) in found.into_iter().filter(|(set, _)| !set.is_empty()) {
            let comes_before = |(other, more): &(Vec<Condition>, usize)| (count, other) <= (*more, &set);
            let at = sorted.iter().take_while(|one| comes_before(one)).count();
            sorted.insert(at, (set, count));
        }
        sorted
    }
}

/// The order in which offerings are shown. What is not known of an offering puts it last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// As the carrier lists them.
    #[default]
    Listed,
    /// The cheapest first.
    Price,
    /// The cheapest gigabyte first.
    PerGigabyte,
    /// The cheapest day first.
    PerDay,
    /// The most data first.
    Data,
    /// The longest first.
    Validity,
}

impl Sort {
    /// All orders, as they are offered.
    pub const ALL: [Self; 6] = [Self::Listed, Self::Price, Self::PerGigabyte, Self::PerDay, Self::Data, Self::Validity];

    /// Brings entries, as listed, into this order. What is alike stays as listed.
    pub fn sort(self, entries: &mut Vec<Entry<'_>>) {
        // The listed place has the last word, so that nothing alike changes places: a sort that is stable by itself would
        // weigh some four kilobytes more.
        let mut placed: Vec<_> = entries.drain(..).enumerate().collect();
        placed.sort_unstable_by(|(at, one), (other_at, other)| self.compare(one, other).then(at.cmp(other_at)));
        entries.extend(placed.into_iter().map(|(_, entry)| entry));
    }

    fn compare(self, one: &Entry<'_>, other: &Entry<'_>) -> Ordering {
        match self {
            Self::Listed => Ordering::Equal,
            Self::Price => cheapest(one.least_price(), other.least_price()),
            Self::PerGigabyte => cheapest(one.price_per_gigabyte(), other.price_per_gigabyte()),
            Self::PerDay => cheapest(one.price_per_day(), other.price_per_day()),
            // `None` is less than anything, and so comes last.
            Self::Data => other.data().cmp(&one.data()),
            Self::Validity => other.hours().cmp(&one.hours()),
        }
    }
}

/// The lower price first. Two currencies cannot be compared: each keeps its prices together.
fn cheapest(one: Option<Money>, other: Option<Money>) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) => {
            one.compare(other).unwrap_or_else(|| one.currency().code().cmp(other.currency().code()))
        }
        _ => other.is_some().cmp(&one.is_some()),
    }
}

#[cfg(test)]
pub(crate) mod tests;
