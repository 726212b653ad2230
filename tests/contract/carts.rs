//! TMF663: the carrier's price for a basket.

use crate::catalogue::offerings;
use crate::shop::{ALICE, BRUNO, CHIARA, Shop, Subscriber, euros, item, refused, time};
use esim_renewal::carrier::shopping_cart::CreateCart;
use esim_renewal::domain::basket::{Action, Basket, Item};
use esim_renewal::domain::id::ProductId;
use esim_renewal::domain::offering::OfferingKind;
use esim_renewal::domain::quote::Tax;

fn tax(amount: &str) -> Tax {
    Tax { amount: euros(amount), rate: Some("20".to_owned()) }
}

/// Two data packs: what one costs, what both cost, the tax within, the new end, and until when all of that holds.
#[tokio::test]
async fn a_data_pack_is_priced() {
    let alice = Subscriber::new(ALICE).await;
    let basket = alice.add("data-20", 2);
    let quote = alice.quote(&basket).await;
    assert_eq!(quote.total, euros("48.00"));
    assert_eq!(quote.tax, Some(tax("8.00")));
    assert_eq!(quote.expires, Some(time("2026-11-22T13:25:00Z")));
    assert_eq!(quote.ends(), Some(time("2027-02-11T22:59:59Z")));
    let [line] = quote.lines.as_slice() else { panic!("{quote:?}") };
    assert_eq!((line.offering.as_str(), line.quantity.get()), ("data-20", 2));
    assert_eq!((line.unit, line.total), (euros("24.00"), euros("48.00")));
}

/// A plan is renewed or changed by `modify`: the end moves on from the plan's own, or from today where it is over.
#[tokio::test]
async fn a_plan_is_priced() {
    let shop = Shop::new();
    for (msisdn, offering, quantity, total, within, ends) in [
        (ALICE, "riviera-20", 1, "19.90", "3.32", "2027-01-12T22:59:59Z"),
        (ALICE, "riviera-50", 1, "27.90", "4.65", "2027-01-12T22:59:59Z"),
        (BRUNO, "riviera-10", 3, "44.70", "7.45", "2027-02-23T22:59:59Z"),
        (BRUNO, "riviera-20-year", 1, "199.00", "33.17", "2027-11-25T22:59:59Z"),
        (CHIARA, "riviera-week", 1, "6.90", "1.15", "2026-11-29T22:59:59Z"),
    ] {
        let subscriber = shop.sign_in(msisdn).await;
        let quote = subscriber.quote(&subscriber.renew(offering, quantity)).await;
        assert_eq!((quote.total, quote.tax.clone()), (euros(total), Some(tax(within))), "{offering}");
        assert_eq!(quote.ends(), Some(time(ends)), "{offering}");
    }
}

/// Whatever is sold can be priced, once and many times, and costs what its card says.
#[tokio::test]
async fn each_offering_costs_what_its_card_says() {
    let alice = Subscriber::new(ALICE).await;
    let offerings = offerings(&alice.shop).await;
    // The line has roaming access already, and a report needs the filter beside it.
    let sold = offerings.iter().filter(|one| !["roaming-access", "link-report"].contains(&one.id.as_str()));
    let sold: Vec<_> = sold.filter_map(|one| Some((one, one.price.fixed()?))).collect();
    assert_eq!(sold.len(), 38);
    for (offering, price) in sold {
        for quantity in [1, 2, 3] {
            let id = offering.id.as_str();
            let is_plan = offering.kind == OfferingKind::Plan;
            let basket = if is_plan { alice.renew(id, quantity) } else { alice.add(id, quantity) };
            let quote = alice.quote(&basket).await;
            assert_eq!(quote.before_reductions(), price.times(quantity).ok(), "{id}");
            assert_eq!(quote.lines[0].unit, price, "{id}");
            assert_eq!(quote.ends().is_none(), offering.recurring.is_some(), "{id}");
            let tax = quote.tax.unwrap();
            assert!(quote.expires.is_some() && !tax.amount.is_negative(), "{id}");
            assert_eq!(tax.amount.is_zero(), price.is_zero(), "{id}");
        }
    }
}

/// The most that a basket takes is taken by the carrier too, and not rounded.
#[tokio::test]
async fn ninety_nine_are_priced() {
    let alice = Subscriber::new(ALICE).await;
    assert_eq!(alice.quote(&alice.add("data-20", 99)).await.total, euros("2376.00"));
}

/// The next cart has the new price, and an earlier quote is not touched by it.
#[tokio::test]
async fn a_new_price_is_in_the_next_cart() {
    let alice = Subscriber::new(ALICE).await;
    let basket = alice.add("data-20", 2);
    let before = alice.quote(&basket).await;
    alice.shop.change_price("data-20", 2_501).await;
    let after = alice.quote(&basket).await;
    assert_eq!((before.total, after.total), (euros("48.00"), euros("50.02")));
    assert_ne!(before.source, after.source);
}

/// What cannot be bought so is refused with a reason, not priced as something else.
#[tokio::test]
async fn what_cannot_be_bought_has_no_price() {
    let alice = Subscriber::new(ALICE).await;
    let (foreign_line, foreign_plan) = (ProductId::new("line-2").unwrap(), ProductId::new("plan-2").unwrap());
    for (basket, code) in [
        (alice.add("riviera-20", 1), "planExists"),
        (alice.renew("data-20", 1), "actionNotAllowed"),
        (alice.renew("riviera-classic", 1), "offeringNotAvailable"),
        (alice.renew("riviera-staff", 1), "offeringNotAvailable"),
        (alice.add("no-such-thing", 1), "offeringNotAvailable"),
        (Basket { line: foreign_line, ..alice.add("data-20", 1) }, "unknownLine"),
        (alice.basket(vec![Item { action: Action::Modify(foreign_plan), ..item("riviera-20", 1) }]), "unknownPlan"),
    ] {
        assert_eq!(alice.call(&CreateCart { basket: &basket }).await, Err(refused(422, code)));
    }
}
