use super::*;
use crate::domain::basket::tests::euro;
use crate::domain::money::Currency;
use crate::domain::offering::OfferingKind;
use crate::domain::offering::tests::offering;
use proptest::prelude::*;

fn euros(minor: i64) -> Money {
    Money::from_minor(minor, euro())
}

fn figure(minor: i64) -> Figure {
    Figure { number: Decimal::parse(&euros(minor).to_decimal()).unwrap(), currency: None }
}

fn id(text: &str) -> OfferingId {
    OfferingId::new(text).unwrap()
}

fn group(name: &str) -> Group {
    Group { name: name.to_uppercase(), any: vec![Criterion::Offering(id(name))] }
}

fn promotion(name: &str, of: &[&str], effect: Effect) -> Promotion {
    Promotion {
        id: name.into(),
        name: name.into(),
        starts: None,
        ends: None,
        groups: of.iter().map(|name| group(name)).collect(),
        needs_code: false,
        effect,
        about: None,
    }
}

fn data() -> Offering {
    offering("data-10", OfferingKind::Data, 1_500)
}

fn price_with(effect: Effect) -> Option<i64> {
    let promotions = [promotion("p", &["data-10"], effect)];
    let deal = deal(&data(), &promotions, None)?;
    Some(deal.price.minus(euros(0)).unwrap().to_decimal().replace('.', "").parse().unwrap())
}

#[test]
fn what_concerns_a_basket_is_told_by_what_it_holds_and_by_its_bill() {
    let ended = [
        promotion("cheaper", &["data-10"], Effect::Percent(1_000)),
        promotion("dearer", &["data-10"], Effect::Price(figure(1_600))),
        promotion("elsewhere", &["data-50"], Effect::Percent(1_000)),
        promotion("together", &["data-10", "data-50"], Effect::Bonus(5)),
        promotion("by-code", &["data-50"], Effect::Amount(figure(100))),
    ];
    let (ten, fifty) = (data(), offering("data-50", OfferingKind::Data, 4_500));
    assert_eq!(concerning(&ended, &[&ten], &[]), ["cheaper"]);
    assert_eq!(concerning(&ended, &[&ten], &["by-code".into(), "never heard of".into()]), ["cheaper", "by-code"]);
    assert_eq!(concerning(&ended, &[&ten, &fifty], &[]), ["cheaper", "elsewhere", "together", "by-code"]);
    assert!(concerning(&ended, &[], &[]).is_empty());
}

#[test]
fn each_effect_has_its_price() {
    assert_eq!(price_with(Effect::Percent(1_000)), Some(1_350));
    assert_eq!(price_with(Effect::Percent(333)), Some(1_450), "0.4995 is half a euro, rounded for one");
    assert_eq!(price_with(Effect::Percent(10_000)), Some(0));
    assert_eq!(price_with(Effect::Amount(figure(500))), Some(1_000));
    assert_eq!(price_with(Effect::Amount(figure(9_900))), Some(0), "never below zero");
    assert_eq!(price_with(Effect::Price(figure(999))), Some(999));
    assert_eq!(price_with(Effect::Price(figure(1_600))), None, "a higher price is no deal");
    assert_eq!(price_with(Effect::Bonus(5_000)), Some(1_500));
    let named = |code| Figure { currency: Currency::from_code(code).ok(), ..figure(100) };
    assert_eq!(price_with(Effect::Amount(named("EUR"))), Some(1_400));
    assert_eq!(price_with(Effect::Amount(named("CHF"))), None);
    let too_fine = Figure { number: Decimal::parse("0.001").unwrap(), currency: None };
    assert_eq!(price_with(Effect::Amount(too_fine)), None);
    assert_eq!(price_with(Effect::Percent(0)), None);
}

#[test]
fn half_a_cent_is_rounded_up() {
    let promotions = [promotion("p", &["x"], Effect::Percent(1_000))];
    let price = |minor| deal(&offering("x", OfferingKind::Data, minor), &promotions, None).map(|deal| deal.price);
    assert_eq!(price(1_195), Some(euros(1_075)), "119.5 off is 120 off");
    assert_eq!(price(1_194), Some(euros(1_075)), "119.4 off is 119 off");
}

#[test]
fn one_lowers_the_price_and_data_comes_on_top() {
    let promotions = [
        promotion("ten", &["data-10"], Effect::Percent(1_000)),
        promotion("two", &["data-10"], Effect::Amount(figure(200))),
        promotion("same", &["data-10"], Effect::Price(figure(1_300))),
        promotion("more", &["data-10"], Effect::Bonus(2)),
        promotion("and more", &["data-10"], Effect::Bonus(3)),
    ];
    let deal = deal(&data(), &promotions, None).unwrap();
    assert_eq!((deal.price, deal.saving, deal.bonus), (euros(1_300), euros(200), 5));
    assert_eq!(deal.names, ["two", "more", "and more"]);
}

#[test]
fn a_deal_has_its_time() {
    let at = Timestamp::from_millis;
    let promotions = [Promotion {
        starts: Some(at(10)),
        ends: Some(at(20)),
        ..promotion("p", &["data-10"], Effect::Percent(1_000))
    }];
    let on = |now| deal(&data(), &promotions, now).is_some();
    assert_eq!([9, 10, 19, 20].map(|now| on(Some(at(now)))), [false, true, true, false]);
    assert!(on(None), "where the time is not known the carrier's word stands");
    assert_eq!(deal(&data(), &promotions, Some(at(10))).and_then(|deal| deal.ends), Some(at(20)));
}

#[test]
fn only_the_lowest_price_of_thirty_days_is_struck_through() {
    let with = |lowest| Offering { lowest_30_days: lowest, ..data() };
    assert_eq!(deal(&with(None), &[], None), None);
    assert_eq!(deal(&with(Some(euros(1_500))), &[], None), None, "the price is not lower than it was");
    let reduced = deal(&with(Some(euros(1_650))), &[], None).unwrap();
    assert_eq!((reduced.was, reduced.percent(), reduced.names.len()), (Some(euros(1_650)), Some(9), 0));
    let ten = [promotion("ten", &["data-10"], Effect::Percent(1_000))];
    let both = deal(&with(Some(euros(1_400))), &ten, None).unwrap();
    assert_eq!((both.price, both.percent()), (euros(1_350), Some(3)), "by the lowest price, not by the usual one");
    let risen = deal(&with(Some(euros(1_200))), &ten, None).unwrap();
    assert_eq!((risen.price, risen.was, risen.percent()), (euros(1_350), None, None), "it was cheaper a week ago");
}

#[test]
fn what_needs_more_is_told_and_not_counted() {
    let bundle = Promotion {
        about: Some(id("data-10")),
        ..promotion("bundle", &["riviera", "data-10"], Effect::Price(figure(0)))
    };
    let code = Promotion { needs_code: true, ..promotion("code", &["data-10"], Effect::Percent(2_000)) };
    let promotions = [bundle, code];
    assert_eq!(deal(&data(), &promotions, None), None);
    let told = conditionals(&data(), &promotions, None);
    let of = |at: usize| (told[at].name.as_str(), told[at].with.as_slice(), told[at].needs_code);
    assert_eq!(of(0), ("bundle", ["RIVIERA".to_owned()].as_slice(), false));
    assert_eq!(of(1), ("code", [].as_slice(), true));
    // Bought together it is counted, and does nothing to what it is not about.
    let plan = offering("riviera", OfferingKind::Plan, 2_000);
    assert_eq!(conditionals(&plan, &promotions, None), []);
    let together = benefits(&promotions, &[&plan, &data()], None);
    assert_eq!(together[0], Benefit::default());
    assert_eq!(together[1].saving.map(|(one, saving)| (one.name.as_str(), saving)), Some(("bundle", euros(1_500))));
}

#[test]
fn the_best_is_furthest_below_its_lowest_price() {
    let deal = |price, was: Option<i64>| Deal {
        names: vec![],
        price: euros(price),
        saving: euros(9_000),
        bonus: 0,
        was: was.map(euros),
        ends: None,
    };
    let deals = [
        None,
        Some(deal(900, Some(1_000))),
        Some(deal(400, Some(500))),
        Some(deal(8_000, Some(10_000))),
        Some(deal(1, None)),
    ];
    assert_eq!(best(deals.iter().map(Option::as_ref)), Some(2), "the first of equals");
    assert_eq!(best([None, Some(&deal(1, None))].into_iter()), None, "what was never dearer is no best deal");
}

#[test]
fn a_bundle_is_judged_by_what_its_parts_cost_today() {
    let bundle = Offering { parts: vec![id("data-10"), id("filter")], ..offering("both", OfferingKind::Bundle, 1_400) };
    let all = [bundle.clone(), data(), offering("filter", OfferingKind::Extra, 150)];
    assert_eq!(parts_price(&bundle, &all, &[], None), Some(euros(1_650)));
    let ten = [promotion("ten", &["data-10"], Effect::Percent(1_000))];
    assert_eq!(parts_price(&bundle, &all, &ten, None), Some(euros(1_500)), "with the deals of the parts");
    assert_eq!(parts_price(&bundle, &all[..2], &[], None), None);
    assert_eq!(parts_price(&data(), &all, &[], None), None, "no bundle");
}

fn any_effect() -> impl Strategy<Value = Effect> {
    prop_oneof![
        (0_u32..=10_000).prop_map(Effect::Percent),
        any::<i64>().prop_map(|minor| Effect::Amount(figure(minor))),
        any::<i64>().prop_map(|minor| Effect::Price(figure(minor))),
        any::<u64>().prop_map(Effect::Bonus),
    ]
}

proptest! {
    /// Whatever the promotions say, no deal raises a price or makes it negative.
    #[test]
    fn no_deal_raises_a_price(price in 0..i64::MAX, effects in prop::collection::vec(any_effect(), 0..5)) {
        let promotions: Vec<_> = effects.into_iter().map(|effect| promotion("p", &["x"], effect)).collect();
        let offering = offering("x", OfferingKind::Data, price);
        if let Some(deal) = deal(&offering, &promotions, None) {
            prop_assert!(deal.price.compare(euros(price)).unwrap().is_le());
            prop_assert!(!deal.price.is_negative() && !deal.saving.is_negative());
            prop_assert_eq!(deal.price.plus(deal.saving), Ok(euros(price)));
        }
    }

    /// More promotions never make the price worse.
    #[test]
    fn more_promotions_do_no_harm(price in 0..1_000_000_i64, effects in prop::collection::vec(any_effect(), 1..5)) {
        let mut promotions: Vec<_> = effects.into_iter().map(|effect| promotion("p", &["x"], effect)).collect();
        let offering = offering("x", OfferingKind::Data, price);
        let price = |promotions: &[Promotion]| deal(&offering, promotions, None).map_or(euros(price), |deal| deal.price);
        let all = price(&promotions);
        promotions.pop();
        prop_assert!(all.compare(price(&promotions)).unwrap().is_le());
    }
}
