use super::*;
use crate::domain::allowance::Allowance;
use crate::domain::basket::tests::euro;
use crate::domain::filter::tests::{entry, offerings, periods as any_period};
use crate::domain::money::Currency;
use crate::domain::offering::OfferingKind;
use crate::domain::offering::tests::offering;
use proptest::prelude::*;
use proptest::sample::select;

fn euros(minor: i64) -> Money {
    Money::from_minor(minor, euro())
}

fn countries() -> Vec<Country> {
    ["FR", "MC"].into_iter().filter_map(Country::from_code).collect()
}

/// A month of a plan with calls: what the subscriber has.
fn riviera() -> Offering {
    Offering {
        allowances: vec![
            Allowance { usage: Usage::Data, volume: Volume::Of(20_000_000_000) },
            Allowance { usage: Usage::Voice, volume: Volume::Of(7_200) },
            Allowance { usage: Usage::Messages, volume: Volume::Of(100) },
        ],
        validity: Some(Period::Months(1)),
        countries: countries(),
        zones: vec!["Riviera".into()],
        speed: Some(150),
        ..offering("riviera-20", OfferingKind::Plan, 2_800)
    }
}

/// The same for a quarter with more of everything, on which there is a deal.
fn horizon() -> Offering {
    Offering {
        allowances: vec![
            Allowance { usage: Usage::Data, volume: Volume::Unlimited },
            Allowance { usage: Usage::Voice, volume: Volume::Of(18_000) },
        ],
        validity: Some(Period::Months(3)),
        countries: countries(),
        fair_use: Some(100_000_000_000),
        ..offering("horizon", OfferingKind::Plan, 9_000)
    }
}

fn deal(offering: &Offering) -> Entry<'_> {
    Entry { price: Some(euros(6_000)), is_deal: true, ..Entry::of(offering) }
}

#[test]
fn says_what_a_plan_is() {
    let riviera = riviera();
    let facts = Fact::ALL.map(|one| fact(&Entry::of(&riviera), one));
    let expected = [
        Stated::Volume(Usage::Data, Volume::Of(20_000_000_000), None),
        Stated::Period(Period::Months(1)),
        Stated::Volume(Usage::Voice, Volume::Of(7_200), None),
        Stated::Volume(Usage::Messages, Volume::Of(100), None),
        Stated::Names(&["Riviera".to_owned()]),
        Stated::Speed(150),
        Stated::Money(euros(2_800)),
        Stated::Money(euros(140)),
        Stated::Money(euros(100)),
    ];
    assert_eq!(facts, expected);
}

#[test]
fn says_what_is_not_stated_too() {
    let horizon = horizon();
    let facts = Fact::ALL.map(|one| fact(&deal(&horizon), one));
    let expected = [
        Stated::Volume(Usage::Data, Volume::Unlimited, Some(100_000_000_000)),
        Stated::Period(Period::Months(3)),
        Stated::Volume(Usage::Voice, Volume::Of(18_000), None),
        Stated::NotStated,
        Stated::Countries(&countries()),
        Stated::NotStated,
        Stated::Money(euros(6_000)),
        Stated::NotStated,
        Stated::Money(euros(71)),
    ];
    assert_eq!(facts, expected);
}

#[test]
fn says_what_is_more_and_less_than_mine() {
    let (riviera, horizon) = (riviera(), horizon());
    let differences = Fact::ALL.map(|one| against(&Entry::of(&riviera), &deal(&horizon), one));
    let expected = [
        Against::More(None),
        Against::More(Some(Difference::Period(Period::Months(2)))),
        Against::More(Some(Difference::Volume(Usage::Voice, 10_800))),
        Against::NotStated,
        Against::NotStated,
        Against::NotStated,
        Against::More(Some(Difference::Money(euros(3_200)))),
        Against::NotStated,
        Against::Less(Some(Difference::Money(euros(29)))),
    ];
    assert_eq!(differences, expected);
}

#[test]
fn mine_is_the_same_as_mine() {
    let riviera = riviera();
    let same = Fact::ALL.map(|one| against(&Entry::of(&riviera), &Entry::of(&riviera), one));
    assert_eq!(same, [Against::Same; 9]);
}

#[test]
fn free_is_said_once() {
    let free = Offering { price: Price::Fixed(euros(0)), ..riviera() };
    let facts = [Fact::Price, Fact::PerGigabyte, Fact::PerDay].map(|one| fact(&Entry::of(&free), one));
    assert_eq!(facts, [Stated::Money(euros(0)), Stated::NotStated, Stated::NotStated]);
}

#[test]
fn credit_costs_what_is_said() {
    let (least, most) = (euros(500), euros(15_000));
    let credit = Offering { price: Price::Chosen { least, most }, ..offering("credit", OfferingKind::Credit, 0) };
    let entry = Entry::of(&credit);
    assert_eq!(fact(&entry, Fact::Price), Stated::Chosen { least, most });
    assert_eq!(against(&entry, &entry, Fact::Price), Against::Same);
    assert_eq!(against(&Entry::of(&riviera()), &entry, Fact::Price), Against::NotStated);
    assert_eq!(fact(&Entry { price: None, ..Entry::of(&riviera()) }, Fact::Price), Stated::NotStated);
}

#[test]
fn a_month_is_neither_more_nor_less_than_thirty_days() {
    let days = |number| Some(Difference::Period(Period::Days(number)));
    let hours = |number| Some(Difference::Period(Period::Hours(number)));
    for (mine, other, expected) in [
        (Period::Days(7), Period::Days(30), Against::More(days(23))),
        (Period::Days(2), Period::Hours(48), Against::Same),
        (Period::Days(2), Period::Hours(24), Against::Less(days(1))),
        (Period::Days(1), Period::Hours(36), Against::More(hours(12))),
        (Period::Months(12), Period::Months(1), Against::Less(Some(Difference::Period(Period::Months(11))))),
        (Period::Months(1), Period::Days(27), Against::Less(None)),
        (Period::Months(1), Period::Days(28), Against::NotStated),
        (Period::Months(1), Period::Days(30), Against::NotStated),
        (Period::Months(1), Period::Days(31), Against::NotStated),
        (Period::Months(1), Period::Days(32), Against::More(None)),
        (Period::Months(12), Period::Days(365), Against::NotStated),
        (Period::Days(u32::MAX), Period::Hours(1), Against::Less(None)),
    ] {
        assert_eq!(periods(mine, other), expected, "{mine:?} {other:?}");
    }
}

#[test]
fn without_a_limit_more_at_full_speed_is_more() {
    let unlimited = |fair_use| Offering { fair_use, ..horizon() };
    let compared = |mine, other| against(&Entry::of(&unlimited(mine)), &Entry::of(&unlimited(other)), Fact::Data);
    assert_eq!(compared(Some(1), Some(2)), Against::More(None));
    assert_eq!(compared(Some(2), Some(2)), Against::Same);
    assert_eq!(compared(None, Some(2)), Against::NotStated);
    assert_eq!(compared(None, None), Against::Same);
}

#[test]
fn two_currencies_are_not_compared() {
    let francs = Money::from_minor(2_800, Currency::from_code("CHF").unwrap());
    assert_eq!(amounts(euros(2_800), francs), Against::NotStated);
    assert_eq!(amounts(euros(i64::MIN), euros(i64::MAX)), Against::More(None), "a difference that does not fit");
}

fn turned(against: Against) -> Against {
    match against {
        Against::More(difference) => Against::Less(difference),
        Against::Less(difference) => Against::More(difference),
        other => other,
    }
}

proptest! {
    /// What is more of the one is less of the other, by as much.
    #[test]
    fn turned_around_more_is_less(one in offerings(), other in offerings(), which in select(&Fact::ALL[..])) {
        let (one, other) = (entry(&one), entry(&other));
        prop_assert_eq!(against(&one, &other, which), turned(against(&other, &one, which)));
    }

    #[test]
    fn data_alone_is_judged_as_among_all_facts(one in offerings(), other in offerings()) {
        let expected = against(&entry(&one), &entry(&other), Fact::Data);
        prop_assert_eq!(against_data(&one.0, &other.0), expected);
    }

    #[test]
    fn turned_around_longer_is_shorter(one in any_period(), other in any_period()) {
        prop_assert_eq!(periods(one, other), turned(periods(other, one)));
    }

    /// What is stated is the same as itself, and what is not is not compared.
    #[test]
    fn nothing_differs_from_itself(one in offerings(), which in select(&Fact::ALL[..])) {
        let one = entry(&one);
        let is_stated = fact(&one, which) != Stated::NotStated;
        prop_assert_eq!(against(&one, &one, which) == Against::Same, is_stated);
    }
}
