//! What an offering is, fact by fact, and what is more and less of it than of what the subscriber has.

use super::allowance::{Usage, Volume};
use super::filter::{Entry, SHORTEST_MONTH, hours};
use super::money::Money;
use super::offering::{Country, Offering, Price};
use super::time::Period;
use std::cmp::Ordering;

/// Days of the longest month.
const LONGEST_MONTH: u64 = 31;

/// What is said of each offering in a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fact {
    /// How much data it contains.
    Data,
    /// How long it lasts.
    Validity,
    /// How many calls it contains.
    Voice,
    /// How many messages it contains.
    Messages,
    /// Where it works.
    Zones,
    /// How fast it is.
    Speed,
    /// What it costs.
    Price,
    /// What a gigabyte of it costs.
    PerGigabyte,
    /// What a day of it costs.
    PerDay,
}

impl Fact {
    /// All facts, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::Data,
        Self::Validity,
        Self::Voice,
        Self::Messages,
        Self::Zones,
        Self::Speed,
        Self::Price,
        Self::PerGigabyte,
        Self::PerDay,
    ];
}

/// What a fact is for one offering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stated<'a> {
    /// So much of a kind of usage; of data, with the bytes at full speed where the carrier says so.
    Volume(Usage, Volume, Option<u64>),
    /// So long.
    Period(Period),
    /// The names of zones, in the carrier's words.
    Names(&'a [String]),
    /// Countries, where the carrier names no zones.
    Countries(&'a [Country]),
    /// So many Mbit/s.
    Speed(u32),
    /// So much money.
    Money(Money),
    /// As much money as the subscriber says.
    Chosen {
        /// The least.
        least: Money,
        /// The most.
        most: Money,
    },
    /// The carrier does not say, or there is nothing to say.
    NotStated,
}

/// What the carrier says of an offering.
pub fn fact<'a>(entry: &Entry<'a>, fact: Fact) -> Stated<'a> {
    let offering = entry.offering;
    let usage = |usage, fair_use| offering.volume(usage).map(|volume| Stated::Volume(usage, volume, fair_use));
    // "Free" is said once: that a gigabyte of it costs nothing need not be said.
    let is_free = entry.price.is_some_and(Money::is_zero);
    let rate = |rate: Option<Money>| rate.filter(|_| !is_free).map(Stated::Money);
    let stated = match fact {
        Fact::Data => usage(Usage::Data, offering.fair_use),
        Fact::Voice => usage(Usage::Voice, None),
        Fact::Messages => usage(Usage::Messages, None),
        Fact::Validity => offering.validity.map(Stated::Period),
        Fact::Zones if !offering.zones.is_empty() => Some(Stated::Names(&offering.zones)),
        Fact::Zones => (!offering.countries.is_empty()).then_some(Stated::Countries(&offering.countries)),
        Fact::Speed => offering.speed.map(Stated::Speed),
        Fact::Price => match (entry.price, offering.price) {
            (Some(price), _) => Some(Stated::Money(price)),
            (None, Price::Chosen { least, most }) => Some(Stated::Chosen { least, most }),
            (None, Price::Fixed(_)) => None,
        },
        Fact::PerGigabyte => rate(entry.price_per_gigabyte()),
        Fact::PerDay => rate(entry.price_per_day()),
    };
    stated.unwrap_or(Stated::NotStated)
}

/// By how much two offerings differ in a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// So many bytes, seconds or messages.
    Volume(Usage, u64),
    /// So long.
    Period(Period),
    /// So many Mbit/s.
    Speed(u32),
    /// So much money.
    Money(Money),
}

/// An offering against what the subscriber has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// It is more; by how much, where that can be counted.
    More(Option<Difference>),
    /// It is less; by how much, where that can be counted.
    Less(Option<Difference>),
    /// There is no difference.
    Same,
    /// The carrier does not say it of both, or which is more depends: on the month, or on an exchange rate.
    NotStated,
}

impl Against {
    const fn of(order: Ordering, difference: Option<Difference>) -> Self {
        match order {
            Ordering::Greater => Self::More(difference),
            Ordering::Less => Self::Less(difference),
            Ordering::Equal => Self::Same,
        }
    }
}

/// What is more or less of the other offering than of mine.
pub fn against(mine: &Entry<'_>, other: &Entry<'_>, which: Fact) -> Against {
    match (fact(mine, which), fact(other, which)) {
        (Stated::Volume(usage, mine, my_fair_use), Stated::Volume(_, other, other_fair_use)) => {
            volumes(usage, (mine, my_fair_use), (other, other_fair_use))
        }
        (Stated::Period(mine), Stated::Period(other)) => periods(mine, other),
        (Stated::Speed(mine), Stated::Speed(other)) => {
            Against::of(other.cmp(&mine), Some(Difference::Speed(other.abs_diff(mine))))
        }
        (Stated::Money(mine), Stated::Money(other)) => amounts(mine, other),
        (Stated::NotStated, _) => Against::NotStated,
        (mine, other) if mine == other => Against::Same,
        _ => Against::NotStated,
    }
}

/// What is more or less data: what each card says, without all that a whole comparison needs.
pub fn against_data(mine: &Offering, other: &Offering) -> Against {
    match (mine.volume(Usage::Data), other.volume(Usage::Data)) {
        (Some(my_data), Some(data)) => volumes(Usage::Data, (my_data, mine.fair_use), (data, other.fair_use)),
        _ => Against::NotStated,
    }
}

type WithFairUse = (Volume, Option<u64>);

fn volumes(usage: Usage, (mine, my_fair_use): WithFairUse, (other, fair_use): WithFairUse) -> Against {
    let against = match (mine, other) {
        (Volume::Of(mine), Volume::Of(other)) => {
            Against::of(other.cmp(&mine), Some(Difference::Volume(usage, other.abs_diff(mine))))
        }
        (Volume::Of(_), Volume::Unlimited) => Against::More(None),
        (Volume::Unlimited, Volume::Of(_)) => Against::Less(None),
        (Volume::Unlimited, Volume::Unlimited) => Against::Same,
    };
    if against == Against::Same { fair_uses(my_fair_use, fair_use) } else { against }
}

/// As much data is more where more of it comes at full speed. The bytes at full speed are not the difference in data.
fn fair_uses(mine: Option<u64>, other: Option<u64>) -> Against {
    match (mine, other) {
        (Some(mine), Some(other)) => Against::of(other.cmp(&mine), None),
        (None, None) => Against::Same,
        _ => Against::NotStated,
    }
}

/// Months are counted against months. Against days they are longer or shorter only where they are so in any year: 30 days
/// are neither more nor less than a month.
fn periods(mine: Period, other: Period) -> Against {
    let difference = match (mine, other) {
        (Period::Months(mine), Period::Months(other)) => {
            let difference = Difference::Period(Period::Months(other.abs_diff(mine)));
            return Against::of(other.cmp(&mine), Some(difference));
        }
        (Period::Months(_), _) | (_, Period::Months(_)) => None,
        _ => of_hours(hours(other, 0).abs_diff(hours(mine, 0))).map(Difference::Period),
    };
    let shortest = |period| hours(period, SHORTEST_MONTH);
    let longest = |period| hours(period, LONGEST_MONTH);
    if shortest(other) > longest(mine) {
        Against::More(difference)
    } else if longest(other) < shortest(mine) {
        Against::Less(difference)
    } else if shortest(mine) == longest(mine) && shortest(other) == longest(other) {
        Against::Same
    } else {
        Against::NotStated
    }
}

/// So many hours, in days where they are whole days.
fn of_hours(hours: u64) -> Option<Period> {
    let period = if hours.is_multiple_of(24) {
        u32::try_from(hours / 24).map(Period::Days)
    } else {
        u32::try_from(hours).map(Period::Hours)
    };
    period.ok()
}

fn amounts(mine: Money, other: Money) -> Against {
    let Some(order) = other.compare(mine) else { return Against::NotStated };
    let difference = if order.is_gt() { other.minus(mine) } else { mine.minus(other) };
    Against::of(order, difference.ok().map(Difference::Money))
}

#[cfg(test)]
mod rows;
#[cfg(test)]
mod tests;
