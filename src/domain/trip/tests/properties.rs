//! What holds for every trip.

use super::*;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// All plans of a small trip, found by making each of them.
mod all_plans {
    use super::*;
    use std::cmp::Reverse;
    use std::collections::BTreeMap;

    /// For each purchase the pack's id, how many of it and for how many days; then the total in minor units.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Plan {
        pub purchases: Vec<(String, u32, u32)>,
        pub total: i64,
    }

    impl Plan {
        fn key(&self) -> (i64, u32, usize, Vec<&str>, Vec<Reverse<u32>>) {
            let runs = &self.purchases;
            (
                self.total,
                runs.iter().map(|run| run.1).sum(),
                runs.len(),
                runs.iter().map(|run| run.0.as_str()).collect(),
                runs.iter().map(|run| Reverse(run.2)).collect(),
            )
        }

        fn bought(&self) -> BTreeMap<&str, u32> {
            let mut bought = BTreeMap::new();
            for (id, count, _) in &self.purchases {
                *bought.entry(id.as_str()).or_default() += count;
            }
            bought
        }
    }

    fn extend(days: &[Country], trip: usize, need: u64, packs: &[(Pack, i64)], so_far: &Plan, all: &mut Vec<Plan>) {
        if days.is_empty() {
            all.push(so_far.clone());
        }
        for run in 1..=days.len() {
            let (served, rest) = days.split_at(run);
            for (pack, minor) in packs {
                let works = served.iter().all(|day| pack.countries.contains(day));
                let length = u32::try_from(run).unwrap();
                let count = (1..=99_u32).find(|count| match pack.data {
                    Volume::Unlimited => true,
                    Volume::Of(bytes) => u64::from(*count) * bytes * trip as u64 >= need * run as u64,
                });
                if let (true, true, Some(count)) = (works, length <= pack.days, count) {
                    let mut plan = so_far.clone();
                    plan.purchases.push((pack.offering.as_str().to_owned(), count, length));
                    plan.total += i64::from(count) * minor;
                    extend(rest, trip, need, packs, &plan, all);
                }
            }
        }
    }

    /// The best plan and the runner-up.
    pub fn search(legs: &[Leg], need: u64, packs: &[(Pack, i64)]) -> (Option<Plan>, Option<Plan>) {
        let days: Vec<Country> = legs.iter().flat_map(|leg| vec![leg.country; leg.days as usize]).collect();
        let mut all = vec![];
        extend(&days, days.len(), need, packs, &Plan { purchases: vec![], total: 0 }, &mut all);
        let best = all.iter().min_by(|one, other| one.key().cmp(&other.key()));
        let others = all.iter().filter(|plan| best.is_some_and(|best| best.bought() != plan.bought()));
        (best.cloned(), others.min_by(|one, other| one.key().cmp(&other.key())).cloned())
    }
}

fn small_trip() -> impl Strategy<Value = Vec<Leg>> {
    let leg = (select(vec!["JP", "KR", "TH"]), 1_u32..=3).prop_map(|(code, days)| Leg { country: country(code), days });
    prop::collection::vec(leg, 1..=3).prop_map(|mut legs| {
        while legs.iter().map(|leg| leg.days).sum::<u32>() > 6 {
            legs.iter_mut().max_by_key(|leg| leg.days).unwrap().days -= 1;
        }
        legs
    })
}

/// Few packs with their prices, alike enough for ties.
fn small_packs() -> impl Strategy<Value = Vec<(Pack, i64)>> {
    let codes = subsequence(vec!["JP", "KR", "TH"], 1..=3);
    let data = prop_oneof![6 => (1_u64..=6).prop_map(Volume::Of), 1 => Just(Volume::Unlimited)];
    let one = (0_i64..=6, data, 1_u32..=6, codes);
    prop::collection::vec(one, 1..=4).prop_map(|packs| {
        let named = packs.into_iter().zip(["b", "a", "d", "c"]);
        named
            .map(|((minor, data, days, codes), id)| (Pack { data, ..pack(id, minor, None, days, &codes) }, minor))
            .collect()
    })
}

fn alone(packs: &[(Pack, i64)]) -> Vec<Pack> {
    packs.iter().map(|(pack, _)| pack.clone()).collect()
}

fn any_trip() -> impl Strategy<Value = Vec<Leg>> {
    let days = prop_oneof![8 => 0_u32..=12, 1 => any::<u32>()];
    let leg = (select(vec!["JP", "KR"]), days).prop_map(|(code, days)| Leg { country: country(code), days });
    prop::collection::vec(leg, 0..=11)
}

fn any_packs() -> impl Strategy<Value = Vec<Pack>> {
    let number = || prop_oneof![0_u64..=3, any::<u64>(), u64::MAX - 3..=u64::MAX];
    let price = prop_oneof![-1_i64..=3, any::<i64>(), i64::MAX / 99..=i64::MAX / 9];
    let currency = select(vec!["EUR", "EUR", "EUR", "JPY"]);
    let data = prop_oneof![4 => number().prop_map(Volume::Of), 1 => Just(Volume::Unlimited)];
    let days = prop_oneof![4 => 0_u32..=40, 1 => any::<u32>()];
    let one =
        (select(vec!["a", "b", "c", "d", "e"]), price, currency, data, days, subsequence(vec!["JP", "KR"], 0..=2));
    let one = one.prop_map(|(id, minor, currency, data, days, codes)| Pack {
        price: Money::from_minor(minor, Currency::from_code(currency).unwrap()),
        data,
        ..pack(id, 0, None, days, &codes)
    });
    prop::collection::vec(one, 0..=8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    /// The two plans are those that are found by making all plans, ties included.
    #[test]
    fn no_plan_is_better(trip in small_trip(), need in 0_u64..=24, packs in small_packs()) {
        let as_searched = |plan: &TripPlan| {
            let purchases = short(plan).into_iter().map(|(id, count, days)| (id.to_owned(), count, days)).collect();
            let total = plan.total.to_decimal().replace('.', "").parse().unwrap();
            all_plans::Plan { purchases, total }
        };
        let (best, runner_up) = all_plans::search(&trip, need, &packs);
        match answer(&trip, need, &alone(&packs)) {
            Ok(answer) => {
                prop_assert_eq!(Some(as_searched(&answer.best)), best);
                prop_assert_eq!(answer.runner_up.as_ref().map(as_searched), runner_up);
            }
            Err(error) => {
                prop_assert!(best.is_none(), "{:?}", error);
                let uncovered = |leg: &Leg| !packs.iter().any(|(pack, _)| pack.countries.contains(&leg.country));
                prop_assert_eq!(matches!(error, TripError::NotCovered(_)), trip.iter().any(uncovered));
            }
        }
    }

    #[test]
    fn one_pack_more_is_never_dearer(trip in small_trip(), need in 0_u64..=24, packs in small_packs()) {
        let packs = alone(&packs);
        let (_, fewer) = packs.split_last().unwrap();
        if let Ok(before) = answer(&trip, need, fewer) {
            let after = answer(&trip, need, &packs).unwrap();
            prop_assert!(after.best.total.compare(before.best.total).unwrap().is_le());
        }
    }

    /// Whatever the numbers are, nothing overflows, and a plan that comes out is one.
    #[test]
    fn any_plan_adds_up(trip in any_trip(), need in prop_oneof![any::<u64>(), Just(u64::MAX), 0..9_u64], packs in any_packs()) {
        if let Ok(Answer { best, runner_up }) = answer(&trip, need, &packs) {
            let days: u32 = trip.iter().map(|leg| leg.days).sum();
            for plan in [Some(&best), runner_up.as_ref()].into_iter().flatten() {
                let mut next = 0;
                let mut total = Money::from_minor(0, plan.total.currency());
                for one in &plan.purchases {
                    let share = (u128::from(need) * u128::from(one.days)).div_ceil(u128::from(days));
                    prop_assert_eq!((one.first_day, u128::from(one.need)), (next, share));
                    prop_assert!((1..=99).contains(&one.count) && one.days > 0);
                    next += one.days;
                    total = total.plus(one.price).unwrap();
                }
                prop_assert_eq!((next, total), (days, plan.total));
            }
            if let Some(runner_up) = runner_up {
                prop_assert!(best.total.compare(runner_up.total).unwrap().is_le());
            }
        }
    }
}
