use super::*;
use crate::domain::allowance::Allowance;
use crate::domain::basket::tests::euro;
use crate::domain::money::Currency;
use crate::domain::offering::tests::offering;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// An offering with what counts in a list: what it costs now, and whether there is a deal on it.
type Listed = (Offering, Option<Money>, bool);

fn country(code: &str) -> Country {
    Country::from_code(code).unwrap()
}

fn euros(minor: i64) -> Money {
    Money::from_minor(minor, euro())
}

fn francs(minor: i64) -> Money {
    Money::from_minor(minor, Currency::from_code("CHF").unwrap())
}

fn data(volume: Volume) -> Vec<Allowance> {
    vec![Allowance { usage: Usage::Data, volume }]
}

/// Six gigabytes in France for 30 days and twelve euros.
fn riviera() -> Offering {
    Offering {
        allowances: data(Volume::Of(6_000_000_000)),
        validity: Some(Period::Days(30)),
        countries: vec![country("FR"), country("MC")],
        ..offering("riviera", OfferingKind::Data, 1_200)
    }
}

pub(crate) fn volumes() -> impl Strategy<Value = Volume> {
    prop_oneof![
        4 => (0_u64..5).prop_map(|gigabytes| Volume::Of(gigabytes * GIGABYTE)),
        1 => any::<u64>().prop_map(Volume::Of),
        1 => Just(Volume::Unlimited),
    ]
}

pub(crate) fn periods() -> impl Strategy<Value = Period> {
    let number = || prop_oneof![4 => 0_u32..80, 1 => any::<u32>()];
    prop_oneof![number().prop_map(Period::Days), number().prop_map(Period::Months), number().prop_map(Period::Hours)]
}

pub(crate) fn prices() -> impl Strategy<Value = Money> {
    let minor = prop_oneof![4 => 0_i64..2_000, 1 => any::<i64>()];
    (minor, any::<bool>()).prop_map(|(minor, is_euro)| if is_euro { euros(minor) } else { francs(minor) })
}

/// Any offering, with a price now or without one.
pub(crate) fn offerings() -> impl Strategy<Value = Listed> {
    let said = (option::of(volumes()), option::of(periods()), vec(select(vec!["FR", "US", "JP"]), 0..3));
    let price = (prices(), option::of(prices()), any::<bool>(), any::<bool>());
    let more = (option::of(0_u32..3), option::of(0_u64..3));
    (select(&OfferingKind::ALL[..]), said, price, more).prop_map(
        |(kind, (volume, validity, countries), (least, now, is_chosen, is_deal), (speed, fair_use))| {
            let listed = Offering {
                price: if is_chosen { Price::Chosen { least, most: least } } else { Price::Fixed(least) },
                allowances: volume.map(data).unwrap_or_default(),
                validity,
                countries: countries.into_iter().map(country).collect(),
                speed,
                fair_use,
                ..offering("any", kind, 0)
            };
            (listed, now, is_deal)
        },
    )
}

pub(crate) fn entry((offering, price, is_deal): &Listed) -> Entry<'_> {
    Entry { offering, price: *price, is_deal: *is_deal }
}

pub(crate) fn filters() -> impl Strategy<Value = Filter> {
    let country = select(vec!["FR", "US", "JP"]).prop_map(country);
    let data = prop_oneof![(0_u64..5).prop_map(|gigabytes| gigabytes * GIGABYTE), 0..=u64::MAX / 2];
    let days = prop_oneof![0_u32..80, any::<u32>()];
    let price = prop_oneof![0_i64..2_000, 0..=i64::MAX].prop_map(euros);
    let kind = option::weighted(0.3, select(&OfferingKind::ALL[..]));
    let (country, data) = (option::weighted(0.3, country), option::weighted(0.3, data));
    let (days, price) = (option::weighted(0.3, days), option::weighted(0.3, price));
    (kind, country, data, days, price, any::<bool>()).prop_map(|(kind, country, data, days, price, deals_only)| {
        Filter { kind, country, data, days, price, deals_only }
    })
}

#[test]
fn an_empty_filter_takes_everything() {
    assert!(Filter::default().is_empty());
    assert!(Filter::default().takes(&Entry::of(&offering("credit", OfferingKind::Credit, 0))));
    assert!(!Filter { deals_only: true, ..Filter::default() }.is_empty());
    assert!(!Filter { data: Some(0), ..Filter::default() }.is_empty());
}

#[test]
fn takes_what_is_all_that_is_asked_for() {
    let all = Filter {
        kind: Some(OfferingKind::Data),
        country: Some(country("MC")),
        data: Some(6_000_000_000),
        days: Some(30),
        price: Some(euros(1_200)),
        deals_only: false,
    };
    let riviera = riviera();
    let entry = Entry::of(&riviera);
    assert!(all.takes(&entry));
    for other in [
        Filter { kind: Some(OfferingKind::Plan), ..all },
        Filter { country: Some(country("IT")), ..all },
        Filter { data: Some(6_000_000_001), ..all },
        Filter { days: Some(31), ..all },
        Filter { price: Some(euros(1_199)), ..all },
        Filter { price: Some(francs(1_200)), ..all },
        Filter { deals_only: true, ..all },
    ] {
        assert!(!other.takes(&entry), "{other:?}");
    }
    let deal = Entry { price: Some(euros(900)), is_deal: true, ..entry };
    assert!(Filter { price: Some(euros(900)), deals_only: true, ..all }.takes(&deal), "what counts is the price now");
}

#[test]
fn what_is_not_said_does_not_fit() {
    let silent = offering("silent", OfferingKind::Data, 100);
    for filter in [
        Filter { country: Some(country("FR")), ..Filter::default() },
        Filter { data: Some(0), ..Filter::default() },
        Filter { days: Some(0), ..Filter::default() },
    ] {
        assert!(!filter.takes(&Entry::of(&silent)), "{filter:?}");
    }
    let unknown = Entry { price: None, ..Entry::of(&silent) };
    assert!(!Filter { price: Some(euros(100)), ..Filter::default() }.takes(&unknown));
}

#[test]
fn what_has_no_limit_is_enough() {
    let unlimited = Offering { allowances: data(Volume::Unlimited), ..riviera() };
    assert!(Filter { data: Some(u64::MAX), ..Filter::default() }.takes(&Entry::of(&unlimited)));
}

#[test]
fn a_period_counts_as_its_whole_days() {
    let lasts = |validity, days| {
        let offering = Offering { validity: Some(validity), ..riviera() };
        Filter { days: Some(days), ..Filter::default() }.takes(&Entry::of(&offering))
    };
    assert!(lasts(Period::Months(1), 28) && !lasts(Period::Months(1), 29));
    assert!(lasts(Period::Hours(47), 1) && !lasts(Period::Hours(47), 2));
    assert!(lasts(Period::Hours(23), 0) && !lasts(Period::Hours(23), 1));
    assert!(lasts(Period::Months(u32::MAX), u32::MAX));
}

#[test]
fn credit_fits_by_the_least_of_it() {
    let price = Price::Chosen { least: euros(500), most: euros(15_000) };
    let credit = Offering { price, ..offering("credit", OfferingKind::Credit, 0) };
    assert!(Filter { price: Some(euros(500)), ..Filter::default() }.takes(&Entry::of(&credit)));
    assert!(!Filter { price: Some(euros(499)), ..Filter::default() }.takes(&Entry::of(&credit)));
}

#[test]
fn says_what_a_day_costs() {
    let price = euros(2_800);
    assert_eq!(price_per_day(price, Period::Days(7)), Some(euros(400)));
    assert_eq!(price_per_day(price, Period::Months(1)), Some(euros(100)));
    assert_eq!(price_per_day(price, Period::Hours(36)), Some(euros(1_867)));
    assert_eq!(price_per_day(price, Period::Days(0)), None);
    assert_eq!(price_per_day(price, Period::Months(u32::MAX)), Some(euros(0)));
}

#[test]
fn says_what_a_gigabyte_costs_now() {
    let riviera = riviera();
    assert_eq!(Entry { price: Some(euros(900)), ..Entry::of(&riviera) }.price_per_gigabyte(), Some(euros(150)));
    assert_eq!(Entry { price: None, ..Entry::of(&riviera) }.price_per_gigabyte(), None);
}

#[test]
fn nothing_fits_says_what_is_in_the_way() {
    let (riviera, cheap) = (riviera(), Offering { price: Price::Fixed(euros(300)), ..riviera() });
    let entries = [Entry::of(&riviera), Entry::of(&cheap), Entry { is_deal: true, ..Entry::of(&riviera) }];
    let asked = Filter { price: Some(euros(500)), deals_only: true, ..Filter::default() };
    assert_eq!(asked.loosen(&entries), [(vec![Condition::Price], 1), (vec![Condition::Deals], 1)]);
    let most_first = Filter { price: Some(euros(1_000)), country: Some(country("IT")), ..Filter::default() };
    assert_eq!(most_first.loosen(&entries), [(vec![Condition::Country], 1)]);
    let elsewhere = Filter { price: Some(euros(2_000)), country: Some(country("IT")), ..Filter::default() };
    assert_eq!(elsewhere.loosen(&entries), [(vec![Condition::Country], 3)]);
    assert_eq!(Filter { price: Some(euros(500)), ..Filter::default() }.loosen(&entries), [], "something fits");
    assert_eq!(asked.loosen(&[]), []);
    let two_causes = Filter { price: Some(euros(100)), ..elsewhere };
    assert_eq!(two_causes.loosen(&entries), [(vec![Condition::Country, Condition::Price], 3)]);
    let three = Filter { days: Some(u32::MAX), ..two_causes };
    assert_eq!(three.loosen(&entries), [(vec![Condition::Country, Condition::Days, Condition::Price], 3)]);
}

#[test]
fn each_order_puts_the_best_first_and_the_unknown_last() {
    let with = |id: &str, minor, volume: Option<Volume>, validity| Offering {
        allowances: volume.map(data).unwrap_or_default(),
        validity,
        ..offering(id, OfferingKind::Data, minor)
    };
    let gigabytes = |number| Some(Volume::Of(number * GIGABYTE));
    let offerings = [
        with("silent", 100, None, None),
        with("small", 500, gigabytes(1), Some(Period::Days(7))),
        with("endless", 5_000, Some(Volume::Unlimited), Some(Period::Months(1))),
        with("large", 2_000, gigabytes(20), Some(Period::Days(30))),
        with("short", 500, gigabytes(3), Some(Period::Hours(36))),
        with("free", 0, gigabytes(1), Some(Period::Days(1))),
    ];
    let sorted = |sort: Sort| {
        let mut entries: Vec<Entry<'_>> = offerings.iter().map(Entry::of).collect();
        sort.sort(&mut entries);
        entries.iter().map(|entry| entry.offering.id.as_str().to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(sorted(Sort::Listed), "silent small endless large short free");
    assert_eq!(sorted(Sort::Price), "free silent small short large endless");
    assert_eq!(sorted(Sort::PerGigabyte), "free large short small silent endless");
    assert_eq!(sorted(Sort::PerDay), "free large small endless short silent");
    assert_eq!(sorted(Sort::Data), "endless large short small free silent");
    assert_eq!(sorted(Sort::Validity), "large endless small short free silent");
}

proptest! {
    /// What passes one condition after the other, in any order, is what passes all at once.
    #[test]
    fn conditions_are_independent(
        filter in filters(),
        listed in vec(offerings(), 0..12),
        order in Just(Condition::ALL.to_vec()).prop_shuffle(),
    ) {
        let mut left: Vec<Entry<'_>> = listed.iter().map(entry).collect();
        let taken: Vec<Entry<'_>> = left.iter().copied().filter(|entry| filter.takes(entry)).collect();
        for condition in order {
            let others = Condition::ALL.into_iter().filter(|other| *other != condition);
            let alone = others.fold(filter, Filter::without);
            left.retain(|entry| alone.takes(entry));
        }
        prop_assert_eq!(left, taken);
    }

    /// Nothing is left of a filter without its conditions, and each is dropped alone.
    #[test]
    fn a_condition_is_dropped_once(filter in filters(), condition in select(&Condition::ALL[..])) {
        prop_assert!(Condition::ALL.into_iter().fold(filter, Filter::without).is_empty());
        prop_assert_eq!(filter.without(condition).without(condition), filter.without(condition));
    }

    #[test]
    fn looser_by_as_many_as_then_fit(filter in filters(), listed in vec(offerings(), 0..12)) {
        let entries: Vec<Entry<'_>> = listed.iter().map(entry).collect();
        let fitting = |filter: Filter| entries.iter().filter(|entry| filter.takes(entry)).count();
        let sets = (0_u32..1 << Condition::ALL.len()).map(|bits| {
            let is_in = |at: usize| bits >> at & 1 == 1;
            (0..Condition::ALL.len()).filter(|at| is_in(*at)).map(|at| Condition::ALL[at]).collect::<Vec<_>>()
        });
        let mut counts: Vec<_> =
            sets.map(|set| (fitting(set.iter().fold(filter, |filter, one| filter.without(*one))), set)).collect();
        counts.retain(|(count, _)| *count > 0);
        let smallest = counts.iter().map(|(_, set)| set.len()).min().unwrap_or(0);
        counts.retain(|(_, set)| set.len() == smallest && smallest > 0);
        counts.sort_by(|(one, first), (other, second)| other.cmp(one).then_with(|| first.cmp(second)));
        let expected: Vec<_> = counts.into_iter().map(|(count, set)| (set, count)).collect();
        prop_assert_eq!(filter.loosen(&entries), expected);
    }

    /// Of any three one order holds: there is one result, whatever the list.
    #[test]
    fn an_order_is_total(sort in select(&Sort::ALL[..]), a in offerings(), b in offerings(), c in offerings()) {
        let (a, b, c) = (entry(&a), entry(&b), entry(&c));
        prop_assert_eq!(sort.compare(&a, &a), Ordering::Equal);
        prop_assert_eq!(sort.compare(&a, &b), sort.compare(&b, &a).reverse());
        if sort.compare(&a, &b).is_le() && sort.compare(&b, &c).is_le() {
            prop_assert!(sort.compare(&a, &c).is_le());
        }
    }

    /// All that was listed is there, in order, and what is alike as it was listed: what the library's stable sort makes.
    #[test]
    fn sorting_is_stable_and_loses_nothing(sort in select(&Sort::ALL[..]), listed in vec(offerings(), 0..30)) {
        let entries: Vec<Entry<'_>> = listed.iter().map(entry).collect();
        let (mut sorted, mut expected) = (entries.clone(), entries);
        sort.sort(&mut sorted);
        expected.sort_by(|one, other| sort.compare(one, other));
        let places = |entries: &[Entry<'_>]| entries.iter().map(|one| std::ptr::from_ref(one.offering)).collect::<Vec<_>>();
        prop_assert_eq!(places(&sorted), places(&expected));
    }
}
