//! One recommended renewal, from what was used, with its reason. No place in it can be bought.

use super::allowance::{Usage, Volume};
use super::consumption::{Consumption, Past};
use super::filter::{SHORTEST_MONTH, hours};
use super::id::OfferingId;
use super::money::Money;
use super::offering::{Offering, OfferingKind};
use std::cmp::Ordering;

/// Of fewer periods nothing can be said.
const FEWEST_PERIODS: usize = 2;

/// How much of what there was is used, in hundredths: below it is light use, from the second on it is heavy.
const LIGHT_BELOW: u128 = 50;
const HEAVY_FROM: u128 = 90;

/// From so many hundredths on a period is taken to have run out: what would have been used then is not known.
const RAN_OUT: u128 = 98;

/// Three days, in milliseconds.
const ABOUT: u128 = 3 * 86_400_000;

/// How much a subscriber uses of what there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Habit {
    /// Less than half of it.
    Light,
    /// Most of it.
    Normal,
    /// Nearly all of it, or all.
    Heavy,
}

/// The plan that suits the use so far, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The plan.
    pub offering: OfferingId,
    /// How much is used of what there is.
    pub habit: Habit,
    /// The most data that was used in one of the periods, in bytes.
    pub most: u64,
    /// How much there was in that period.
    pub of: u64,
    /// How many periods it is from.
    pub periods: usize,
    /// In how many of them the data ran out.
    pub ran_out: usize,
    /// Whether data alone decides: else a cheaper plan has enough of it, and too few calls or messages.
    pub by_data: bool,
}

/// Why no plan is recommended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAdvice {
    /// Fewer than two periods are known, or too little of them.
    TooEarly,
    /// What was used had no limit: how much less would do is not said of it.
    HadNoLimit,
    /// No plan would have had enough data for as long.
    TooLittleData,
    /// The plans with enough data have too few calls or messages.
    TooFewCalls,
}

/// A plan that could be recommended, at the price of now.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The plan.
    pub offering: &'a Offering,
    /// What it costs now.
    pub price: Money,
}

/// The plan that costs least a day, of those in which nothing that was used in the periods before would have run out, and
/// which are not paid for longer than those were.
///
/// Of plans that cost the same the one with more data is taken, and then the one whose id comes first: the carrier's order
/// has no say in it.
///
/// # Errors
/// Why no plan can be recommended.
pub fn advise(consumption: &Consumption, candidates: &[Candidate<'_>]) -> Result<Advice, NoAdvice> {
    let data: Vec<&Past> = consumption.past_of(Usage::Data).collect();
    let most = data.iter().max_by_key(|past| past.used).filter(|_| data.len() >= FEWEST_PERIODS);
    let most = most.ok_or(NoAdvice::TooEarly)?;
    let had = most.initial.ok_or(NoAdvice::HadNoLimit)?;
    let ran_out = data.iter().filter(|past| past.initial.is_some_and(|had| reaches(past.used, had, RAN_OUT))).count();
    let is_enough = |offering: &Offering, usage: Usage| {
        consumption.past_of(usage).all(|past| match offering.volume(usage) {
            Some(Volume::Unlimited) => true,
            Some(Volume::Of(volume)) => {
                // More than there was, where that ran out: how much more is not known.
                let is_short = past.initial.is_some_and(|had| reaches(past.used, had, RAN_OUT) && volume <= had);
                !is_short && in_proportion(past, offering).is_some_and(|used| used <= volume)
            }
            None => past.used == 0,
        })
    };
    let fitting = |one: &&Candidate<'_>| {
        let is_plan = one.offering.kind == OfferingKind::Plan;
        is_plan && !is_longer(one.offering, most) && is_enough(one.offering, Usage::Data)
    };
    let with_data = candidates.iter().filter(fitting).min_by(|one, other| better(one, other));
    let with_data = with_data.ok_or(NoAdvice::TooLittleData)?;
    let best = candidates
        .iter()
        .filter(fitting)
        .filter(|one| [Usage::Voice, Usage::Messages].into_iter().all(|usage| is_enough(one.offering, usage)));
    let best = best.min_by(|one, other| better(one, other)).ok_or(NoAdvice::TooFewCalls)?;
    let by_data = best.offering.id == with_data.offering.id;
    let used: u128 = data.iter().map(|past| u128::from(past.used)).sum();
    let there: u128 = data.iter().map(|past| u128::from(past.initial.unwrap_or(past.used))).sum();
    let share = (used * 100).checked_div(there).ok_or(NoAdvice::TooEarly)?;
    let habit = match share {
        share if share < LIGHT_BELOW => Habit::Light,
        share if share < HEAVY_FROM => Habit::Normal,
        _ => Habit::Heavy,
    };
    let offering = best.offering.id.clone();
    Ok(Advice { offering, habit, most: most.used, of: had, periods: data.len(), ran_out, by_data })
}

fn reaches(used: u64, had: u64, hundredths: u128) -> bool {
    u128::from(used) * 100 >= u128::from(had) * hundredths
}

/// How long a period and an offering last, in milliseconds. What lasts about as long as the period lasts as long: 30 days
/// and a month are the same here.
fn lengths(past: &Past, offering: &Offering) -> Option<(u128, u128)> {
    let period = u128::from(u64::try_from(past.ends.millis().checked_sub(past.starts.millis())?).ok()?);
    let validity = u128::from(hours(offering.validity?, SHORTEST_MONTH)) * 3_600_000;
    Some((period, if validity.abs_diff(period) <= ABOUT { period } else { validity }))
}

fn is_longer(offering: &Offering, past: &Past) -> bool {
    lengths(past, offering).is_none_or(|(period, validity)| validity > period)
}

/// What was used in a period, for as long as an offering lasts: a week needs less than a month.
fn in_proportion(past: &Past, offering: &Offering) -> Option<u64> {
    let (period, validity) = lengths(past, offering)?;
    u64::try_from((u128::from(past.used) * validity).checked_div(period)?).ok()
}

/// Which comes first: by cost, by data, by id.
fn better(one: &Candidate<'_>, other: &Candidate<'_>) -> Ordering {
    let data = |one: &Candidate<'_>| match one.offering.volume(Usage::Data) {
        Some(Volume::Unlimited) => u64::MAX,
        Some(Volume::Of(bytes)) => bytes,
        None => 0,
    };
    let by_data = data(other).cmp(&data(one));
    cost(one, other).then(by_data).then_with(|| one.offering.id.cmp(&other.offering.id))
}

/// Which costs less a day: as products, so that nothing is rounded.
fn cost(one: &Candidate<'_>, other: &Candidate<'_>) -> Ordering {
    let length = |one: &Candidate<'_>| one.offering.validity.map_or(0, |validity| hours(validity, SHORTEST_MONTH));
    let days = |one| u32::try_from(length(one) / 24).unwrap_or(u32::MAX);
    let (first, second) = (one.price.times(days(other)), other.price.times(days(one)));
    first.ok().zip(second.ok()).and_then(|(first, second)| first.compare(second)).unwrap_or(Ordering::Equal)
}

#[cfg(test)]
mod tests;
