//! Each kind of renewal: what is chosen, priced, ordered and paid is what the subscriber has after it.

use crate::catalogue::offerings;
use crate::shop::{ALICE, BRUNO, DORA, EMIL, FATOU, SECOND, Shop, Subscriber, euros, item, refused, time};
use esim_renewal::carrier::prepay_balance::ListBalances;
use esim_renewal::carrier::shopping_cart::CreateCart;
use esim_renewal::domain::basket::{Basket, HowMuch, Item};
use esim_renewal::domain::eligibility::{Eligibility, Obstacle, eligibility};
use esim_renewal::domain::offering::OfferingKind;
use esim_renewal::domain::order::OrderState;
use esim_renewal::domain::product::{ProductStatus, Roaming};
use esim_renewal::domain::quote::{CodeResult, Remaining};
use esim_renewal::domain::time::Timestamp;

/// Buys a basket; the subscriber as signed in afterwards. The amounts are equal to the cent on the price, the order and
/// the ledger.
async fn bought(subscriber: &Subscriber, basket: &Basket) -> Subscriber {
    let quote = subscriber.quote(basket).await;
    let order = subscriber.order(basket, &quote, "order").await.unwrap();
    assert_eq!(order.total, Some(quote.total));
    if quote.total.is_zero() {
        subscriber.shop.clock.advance(2 * SECOND);
        assert_eq!(subscriber.look(&order.id).await.state, OrderState::Completed);
    } else {
        assert_eq!(subscriber.pay_and_wait(&order, "try").await.state, OrderState::Completed);
        let charged = &subscriber.shop.ledger("order").await["payments"][0]["totalAmount"]["value"];
        assert_eq!(charged.to_string(), quote.total.to_decimal());
    }
    subscriber.again().await
}

fn names(subscriber: &Subscriber, now: Timestamp) -> Vec<String> {
    let add_ons = subscriber.inventory.add_ons_of(&subscriber.line.id, now);
    add_ons.map(|one| one.name.clone()).collect()
}

/// What can be bought by the widget's reading of the catalogue, and what the carrier says of the same.
async fn agreed(subscriber: &Subscriber, offering: &str) -> Eligibility {
    let all = offerings(&subscriber.shop).await;
    let wanted = all.iter().find(|one| one.id.as_str() == offering).unwrap();
    let now = time("2026-11-22T13:05:00Z");
    let judged = eligibility(wanted, &subscriber.line, &subscriber.inventory, None, &all, now);
    let items = vec![Item { kind: wanted.kind, ..item(offering, 1) }];
    let answer = subscriber.call(&CreateCart { basket: &subscriber.basket(items) }).await;
    assert_eq!(judged == Eligibility::With(vec![]), answer.is_ok(), "{offering}: {judged:?}, {answer:?}");
    judged
}

/// Roaming on a line that may not roam yet: it is switched on by the same order, and the pack starts on its day.
#[tokio::test]
async fn roaming_is_switched_on_with_the_pack() {
    let dora = Subscriber::new(DORA).await;
    let needed = agreed(&dora, "roaming-eu-5").await;
    let Eligibility::With(needed) = needed else { panic!("{needed:?}") };
    assert_eq!(needed[0].as_str(), "roaming-access");

    let start = time("2026-12-01T00:00:00+01:00");
    let pack = Item { kind: OfferingKind::Roaming, start: Some(start), ..item("roaming-eu-5", 1) };
    let basket = dora.basket(vec![item("roaming-access", 1), pack]);
    let quote = dora.quote(&basket).await;
    assert_eq!((quote.lines[1].starts, quote.lines[1].ends), (Some(start), Some(time("2026-12-15T00:00:00+01:00"))));
    assert_eq!(quote.total, euros("10.71"), "11.90 less the autumn's tenth");

    let after = bought(&dora, &basket).await;
    let add_on = after.inventory.add_ons.iter().find(|one| one.name == "European Union 5 GB").unwrap();
    assert_eq!((add_on.status, add_on.starts), (ProductStatus::Pending, Some(start)));
    assert_eq!(agreed(&after, "roaming-eu-1").await, Eligibility::With(vec![]));
}

/// A start that lies behind, or too far ahead, is refused; so is one of something that does not travel.
#[tokio::test]
async fn a_start_has_its_bounds() {
    let alice = Subscriber::new(ALICE).await;
    let start = |offering: &str, day: &str| Item { start: Some(time(day)), ..item(offering, 1) };
    for (item, code) in [
        (start("roaming-eu-5", "2026-11-21T00:00:00+01:00"), "startInPast"),
        (start("roaming-eu-5", "2027-03-01T00:00:00+01:00"), "startTooFar"),
        (start("data-20", "2026-12-01T00:00:00+01:00"), "startNotAllowed"),
    ] {
        let basket = alice.basket(vec![item]);
        assert_eq!(alice.call(&CreateCart { basket: &basket }).await, Err(refused(422, code)));
    }
}

/// The second line is a SIM card that cannot be used abroad: both sides say so.
#[tokio::test]
async fn each_line_is_judged_by_itself() {
    let dora = Subscriber::new(DORA).await;
    assert_eq!(dora.inventory.lines.len(), 2);
    let card = dora.inventory.lines.iter().find(|line| line.is_esim == Some(false)).unwrap();
    assert_eq!((card.msisdn.as_deref(), card.roaming), (Some("+37761234514"), Roaming::Barred));
    let plan = dora.inventory.plan_of(&card.id).unwrap().clone();
    let on_card = Subscriber { line: card.clone(), plan, ..dora.clone() };
    assert_eq!(agreed(&on_card, "roaming-eu-5").await, Eligibility::Not(Obstacle::RoamingBarred));
    assert_eq!(agreed(&on_card, "data-5").await, Eligibility::With(vec![]));
}

/// What excludes another is known by its name on both sides, and what needs another comes with it.
#[tokio::test]
async fn services_need_and_exclude_each_other() {
    let alice = Subscriber::new(ALICE).await;
    let report = agreed(&alice, "link-report").await;
    assert!(
        matches!(&report, Eligibility::With(needed) if needed[0].as_str() == "malicious-link-filter"),
        "{report:?}"
    );
    let after = bought(&alice, &alice.add("full-speed-1", 1)).await;
    let excluded = |name: &str| Eligibility::Not(Obstacle::Excluded(name.to_owned()));
    assert_eq!(agreed(&after, "full-speed-24").await, excluded("Full speed, 1 hour"));
    let both = after.basket(vec![item("malicious-link-filter", 1), item("link-report", 1)]);
    let after = bought_again(&after, &both).await;
    let names = names(&after, time("2026-11-22T13:06:00Z"));
    assert!(names.contains(&"Link report".to_owned()), "{names:?}");
}

/// The same as `bought` under keys of its own.
async fn bought_again(subscriber: &Subscriber, basket: &Basket) -> Subscriber {
    let quote = subscriber.quote(basket).await;
    let order = subscriber.order(basket, &quote, "second order").await.unwrap();
    assert_eq!(subscriber.pay_and_wait(&order, "second try").await.state, OrderState::Completed);
    subscriber.again().await
}

/// A line without a plan takes a plan, and with it in the same basket anything else.
#[tokio::test]
async fn a_new_line_begins_with_a_plan() {
    let emil = Subscriber::new(EMIL).await;
    assert_eq!(agreed(&emil, "data-5").await, Eligibility::Not(Obstacle::NoPlan));
    assert_eq!(agreed(&emil, "riviera-10").await, Eligibility::With(vec![]));
    let after = bought(&emil, &emil.basket(vec![Item { kind: OfferingKind::Plan, ..item("riviera-10", 1) }])).await;
    assert_eq!((after.plan.name.as_str(), after.plan.status), ("Riviera 10 GB", ProductStatus::Active));
}

/// Nothing can be ordered for a suspended line.
#[tokio::test]
async fn a_suspended_line_takes_nothing() {
    let fatou = Subscriber::new(FATOU).await;
    assert_eq!((fatou.line.status, fatou.plan.status), (ProductStatus::Suspended, ProductStatus::Suspended));
    assert_eq!(agreed(&fatou, "data-5").await, Eligibility::Not(Obstacle::Suspended));
}

fn credit(amount: &str) -> Item {
    let how_much = HowMuch::Amount(Some(euros(amount)));
    Item { how_much, kind: OfferingKind::Credit, ..item("credit", 1) }
}

/// Credit is ordered with a typed amount like anything else, and the balance grows by it.
#[tokio::test]
async fn credit_grows_by_what_was_typed() {
    let dora = Subscriber::new(DORA).await;
    let balance = async |who: &Subscriber| who.call(&ListBalances { offset: 0 }).await.unwrap().items.remove(0);
    let before = balance(&dora).await;
    assert_eq!((before.left, before.account.as_ref()), (euros("20.00"), dora.line.account.as_ref()));
    let after = bought(&dora, &dora.basket(vec![credit("25.50")])).await;
    assert_eq!(balance(&after).await.left, euros("45.50"));
    for amount in ["4.99", "150.01"] {
        let basket = dora.basket(vec![credit(amount)]);
        assert_eq!(dora.call(&CreateCart { basket: &basket }).await, Err(refused(422, "amountOutOfRange")));
    }
}

/// Several items: each with its own price and end, one total, and what comes again apart from what is due.
#[tokio::test]
async fn several_items_have_one_total() {
    let bruno = Subscriber::new(BRUNO).await;
    let items = vec![item("data-20", 2), item("voicemail-text", 1), item("spam-call-blocking", 1)];
    let quote = bruno.quote(&bruno.basket(items.clone())).await;
    assert_eq!(quote.total, euros("51.10"));
    assert_eq!(quote.recurring.map(|again| again.amount), Some(euros("1.20")));
    assert_eq!(quote.lines.iter().filter(|line| line.ends.is_none()).count(), 1);
    let after = bought(&bruno, &bruno.basket(items)).await;
    let names = names(&after, time("2026-11-22T13:06:00Z"));
    assert!(names.contains(&"Voicemail as text".to_owned()) && names.contains(&"Spam call blocking".to_owned()));
}

/// What becomes of what is left is told before the consent.
#[tokio::test]
async fn what_becomes_of_the_rest_is_told() {
    let alice = Subscriber::new(ALICE).await;
    let remaining = async |offering| alice.quote(&alice.renew(offering, 1)).await.lines[0].remaining;
    assert_eq!(remaining("riviera-20").await, Some(Remaining::Kept));
    assert_eq!(remaining("riviera-5").await, Some(Remaining::Lost));
}

/// Promotions lower the price as the cart says, and a code is answered one by one.
#[tokio::test]
async fn promotions_and_codes_are_the_carriers() {
    let alice = Subscriber::new(ALICE).await;
    let reduced = alice.quote(&alice.add("data-50", 1)).await;
    assert_eq!((reduced.total, reduced.before_reductions()), (euros("40.00"), Some(euros("45.00"))));
    let codes = ["monaco20", "SUMMER24", "NONSENSE"].map(str::to_owned).to_vec();
    let quote = alice.quote(&Basket { codes: codes.clone(), ..alice.renew("riviera-100", 1) }).await;
    let results: Vec<_> = quote.codes.iter().map(|(_, result)| *result).collect();
    assert_eq!(results, [CodeResult::Applied, CodeResult::Expired, CodeResult::Unknown]);
    assert_eq!(quote.total, euros("27.92"));
    let other = alice.quote(&Basket { codes: codes[..1].to_vec(), ..alice.add("data-20", 1) }).await;
    assert_eq!(other.codes[0].1, CodeResult::NotApplicable);
    let after = bought(&alice, &Basket { codes: codes[..1].to_vec(), ..alice.renew("riviera-100", 1) }).await;
    let again = after.quote(&Basket { codes: codes[..1].to_vec(), ..after.renew("riviera-100", 1) }).await;
    assert_eq!((again.codes[0].1, again.total), (CodeResult::Used, euros("34.90")));
}

/// Data that a promotion adds is told with the price.
#[tokio::test]
async fn a_gift_is_told() {
    let shop = Shop::new();
    let bruno = shop.sign_in(BRUNO).await;
    let quote = bruno.quote(&bruno.renew("riviera-50", 1)).await;
    let gift = quote.lines[0].bonus.unwrap();
    assert_eq!(gift, esim_renewal::domain::allowance::Volume::Of(5_000_000_000));
}
