use super::*;
use crate::domain::allowance::Allowance;
use crate::domain::offering::tests::offering;
use crate::domain::time::{Period, Timestamp};
use proptest::prelude::*;

const GB: u64 = 1_000_000_000;
const DAY: i64 = 86_400_000;

fn plan(name: &str, minor: i64, gigabytes: Option<u64>, days: u32) -> Offering {
    let volume = gigabytes.map_or(Volume::Unlimited, |gigabytes| Volume::Of(gigabytes * GB));
    Offering {
        allowances: vec![Allowance { usage: Usage::Data, volume }],
        validity: Some(Period::Days(days)),
        ..offering(name, OfferingKind::Plan, minor)
    }
}

fn plans() -> Vec<Offering> {
    vec![
        plan("unlimited", 4_490, None, 30),
        plan("five", 990, Some(5), 30),
        plan("ten", 1_490, Some(10), 30),
        plan("twenty", 1_990, Some(20), 30),
        plan("week", 690, Some(3), 7),
    ]
}

fn past(usage: Usage, used: u64, initial: Option<u64>) -> Past {
    let (starts, ends) = (Timestamp::from_millis(0), Timestamp::from_millis(30 * DAY));
    Past { usage, used, initial, starts, ends }
}

fn used(tenths: &[u64], of: u64) -> Consumption {
    let past = tenths.iter().map(|tenths| past(Usage::Data, tenths * GB / 10, Some(of * GB))).collect();
    Consumption { as_of: None, buckets: vec![], past }
}

fn advice(consumption: &Consumption, plans: &[Offering]) -> Option<Advice> {
    judged(consumption, plans).ok()
}

fn judged(consumption: &Consumption, plans: &[Offering]) -> Result<Advice, NoAdvice> {
    let candidates: Vec<_> =
        plans.iter().filter_map(|one| Some(Candidate { offering: one, price: one.price.fixed()? })).collect();
    advise(consumption, &candidates)
}

fn named(consumption: &Consumption) -> Option<(String, Habit)> {
    advice(consumption, &plans()).map(|advice| (advice.offering.as_str().to_owned(), advice.habit))
}

#[test]
fn the_cheapest_that_would_have_been_enough() {
    assert_eq!(named(&used(&[72, 64, 81], 20)), Some(("ten".into(), Habit::Light)));
    assert_eq!(named(&used(&[61, 74, 68], 10)), Some(("ten".into(), Habit::Normal)));
    assert_eq!(named(&used(&[30, 41], 10)), Some(("five".into(), Habit::Light)));
}

#[test]
fn where_it_ran_out_more_is_needed() {
    let heavy = used(&[96, 100, 100], 10);
    assert_eq!(named(&heavy), Some(("twenty".into(), Habit::Heavy)));
    let advice = advice(&heavy, &plans()).unwrap();
    assert_eq!((advice.most, advice.of, advice.periods, advice.ran_out), (10 * GB, 10 * GB, 3, 2));
    assert_eq!(named(&used(&[200, 200], 20)), Some(("unlimited".into(), Habit::Heavy)));
}

#[test]
fn says_nothing_where_it_cannot_know() {
    let why = |consumption: &Consumption, plans: &[Offering]| judged(consumption, plans).unwrap_err();
    assert_eq!(why(&used(&[72], 20), &plans()), NoAdvice::TooEarly, "one period is no habit");
    assert_eq!(why(&used(&[], 20), &plans()), NoAdvice::TooEarly);
    assert_eq!(why(&used(&[0, 0], 0), &plans()), NoAdvice::TooEarly, "there was nothing to use");
    let no_limit = past(Usage::Data, 30 * GB, None);
    let unlimited = Consumption { as_of: None, buckets: vec![], past: vec![no_limit, no_limit] };
    assert_eq!(why(&unlimited, &plans()), NoAdvice::HadNoLimit);
    assert_eq!(why(&used(&[300, 300], 50), &plans()[1..]), NoAdvice::TooLittleData, "no plan is enough");
    assert_eq!(why(&used(&[72, 64], 20), &[]), NoAdvice::TooLittleData);
    let pack = offering("pack", OfferingKind::Data, 100);
    assert_eq!(why(&used(&[72, 64], 20), &[pack]), NoAdvice::TooLittleData, "no plan");
}

#[test]
fn calls_and_messages_count_too() {
    let mut consumption = used(&[30, 41], 10);
    consumption.past.push(past(Usage::Voice, 3_600, Some(7_200)));
    assert_eq!(judged(&consumption, &plans()), Err(NoAdvice::TooFewCalls), "no plan here has calls");
    let mut plans = plans();
    // What had no limit before is needed too.
    consumption.past.push(past(Usage::Messages, 64, None));
    for plan in &mut plans {
        plan.allowances.push(Allowance { usage: Usage::Messages, volume: Volume::Of(50) });
    }
    plans[3].allowances.pop();
    plans[3].allowances.push(Allowance { usage: Usage::Messages, volume: Volume::Of(64) });
    plans[3].allowances.push(Allowance { usage: Usage::Voice, volume: Volume::Of(3_600) });
    let advice = advice(&consumption, &plans).unwrap();
    assert_eq!((advice.offering.as_str(), advice.by_data), ("twenty", false));
}

#[test]
fn a_week_needs_less_and_is_judged_by_the_day() {
    let light = used(&[8, 10], 10);
    let plans = [plan("month", 990, Some(5), 30), plan("week", 210, Some(1), 7)];
    assert_eq!(advice(&light, &plans).map(|one| one.offering), Some(OfferingId::new("week").unwrap()));
    let ahead = [plan("month", 990, Some(5), 30), plan("year", 1_000, Some(60), 365)];
    assert_eq!(
        advice(&light, &ahead).map(|one| one.offering),
        Some(OfferingId::new("month").unwrap()),
        "not for a year"
    );
    let dear = [plan("month", 990, Some(5), 30), plan("week", 240, Some(1), 7)];
    assert_eq!(advice(&light, &dear).map(|one| one.offering), Some(OfferingId::new("month").unwrap()));
}

#[test]
fn of_equal_prices_the_place_in_the_list_is_no_reason() {
    let same = [plan("b", 990, Some(5), 30), plan("c", 990, Some(6), 30), plan("a", 990, Some(6), 30)];
    let mut turned = same.clone();
    turned.reverse();
    for plans in [same, turned] {
        assert_eq!(advice(&used(&[30, 41], 10), &plans).map(|one| one.offering), Some(OfferingId::new("a").unwrap()));
    }
}

proptest! {
    /// In whatever order the carrier lists them: its first place is not for sale.
    #[test]
    fn no_place_in_the_list_is_better(order in Just(plans()).prop_shuffle(), tenths in prop::collection::vec(1_u64..190, 2..4)) {
        let consumption = used(&tenths, 20);
        prop_assert_eq!(advice(&consumption, &order), advice(&consumption, &plans()));
    }

    /// What is recommended would have been enough in each of the periods.
    #[test]
    fn it_would_have_been_enough(tenths in prop::collection::vec(1_u64..195, 2..4)) {
        let plans = plans();
        let advice = advice(&used(&tenths, 20), &plans).unwrap();
        let offering = plans.iter().find(|one| one.id == advice.offering).unwrap();
        match offering.volume(Usage::Data) {
            Some(Volume::Of(volume)) if offering.validity == Some(Period::Days(30)) => prop_assert!(volume >= advice.most),
            _ => {}
        }
    }

    #[test]
    fn no_numbers_panic(used: u64, initial: Option<u64>, starts: i64, ends: i64) {
        let (starts, ends) = (Timestamp::from_millis(starts), Timestamp::from_millis(ends));
        let one = Past { usage: Usage::Data, used, initial, starts, ends };
        let _ = advice(&Consumption { as_of: None, buckets: vec![], past: vec![one, one] }, &plans());
    }
}
