//! What was promised in the cart is what the subscriber has after the payment.

use crate::shop::{ALICE, BRUNO, CHIARA, SECOND, Subscriber, time};
use crate::usage::GB;
use esim_renewal::domain::allowance::{Usage, Volume};
use esim_renewal::domain::basket::Basket;
use esim_renewal::domain::order::OrderState;
use esim_renewal::domain::product::ProductStatus;

/// Buys and pays; the subscriber as signed in afterwards, whose plan ends as the quote said.
async fn bought(subscriber: &Subscriber, basket: &Basket) -> Subscriber {
    let quote = subscriber.quote(basket).await;
    let order = subscriber.order(basket, &quote, "order").await.unwrap();
    assert_eq!(subscriber.pay_and_wait(&order, "try").await.state, OrderState::Completed);
    let after = subscriber.again().await;
    assert_eq!((after.plan.ends, after.plan.status), (quote.ends(), ProductStatus::Active));
    assert_eq!((&after.line, &after.plan.id), (&subscriber.line, &subscriber.plan.id));
    after
}

/// Remaining and initial volume of the plan's own bucket.
async fn left(subscriber: &Subscriber, usage: Usage) -> (Volume, Option<u64>) {
    let consumption = subscriber.consumption().await;
    let bucket = consumption.buckets.iter().find(|bucket| bucket.usage == usage).unwrap();
    (bucket.remaining, bucket.initial)
}

/// A data pack adds its volume and its days to the plan, which stays the same one.
#[tokio::test]
async fn a_data_pack_adds_volume_and_time() {
    let bruno = Subscriber::new(BRUNO).await;
    let after = bought(&bruno, &bruno.add("data-20", 2)).await;
    assert_eq!(after.plan.ends, Some(time("2027-01-24T22:59:59Z")));
    assert_eq!(after.plan.offering, bruno.plan.offering);
    assert_eq!(left(&after, Usage::Data).await, (Volume::Of(40_400_000_000), Some(50 * GB)));
    assert_eq!(left(&after, Usage::Voice).await, (Volume::Of(24 * 60), Some(120 * 60)));
}

/// The same plan again adds its allowances to what is left.
#[tokio::test]
async fn a_renewal_keeps_what_is_left() {
    let bruno = Subscriber::new(BRUNO).await;
    let after = bought(&bruno, &bruno.renew("riviera-10", 1)).await;
    assert_eq!(after.plan.ends, Some(time("2026-12-25T22:59:59Z")));
    assert_eq!(left(&after, Usage::Data).await, (Volume::Of(10_400_000_000), Some(20 * GB)));
    assert_eq!(left(&after, Usage::Voice).await, (Volume::Of(144 * 60), Some(240 * 60)));
    assert_eq!(left(&after, Usage::Messages).await, (Volume::Unlimited, None));
}

/// Another plan replaces name, offering and allowances under the same product.
#[tokio::test]
async fn another_plan_replaces_the_allowances() {
    let bruno = Subscriber::new(BRUNO).await;
    let after = bought(&bruno, &bruno.renew("riviera-100", 1)).await;
    assert_eq!(after.plan.name, "Riviera 100 GB");
    assert_eq!(left(&after, Usage::Data).await, (Volume::Of(100 * GB), Some(100 * GB)));
    assert_eq!(left(&after, Usage::Voice).await, (Volume::Unlimited, None));
}

/// A plan that was over is in use again, from today and with fresh allowances.
#[tokio::test]
async fn an_ended_plan_comes_back() {
    let chiara = Subscriber::new(CHIARA).await;
    assert_eq!(chiara.plan.status, ProductStatus::Ended);
    let after = bought(&chiara, &chiara.renew("riviera-week", 2)).await;
    assert_eq!(after.plan.ends, Some(time("2026-12-06T22:59:59Z")));
    assert_eq!(left(&after, Usage::Data).await, (Volume::Of(6 * GB), Some(6 * GB)));
    assert_eq!(left(&after, Usage::Messages).await, (Volume::Of(200), Some(200)));
}

/// Months are calendar months, in the quote and in the plan.
#[tokio::test]
async fn a_year_ahead_is_twelve_months() {
    let alice = Subscriber::new(ALICE).await;
    let after = bought(&alice, &alice.renew("riviera-20-year", 1)).await;
    assert_eq!(after.plan.ends, Some(time("2027-12-13T22:59:59Z")));
}

/// Roaming has a bucket of its own behind the plan's: the plan's data are still told first, and its end stays.
#[tokio::test]
async fn an_add_on_leaves_the_plan_alone() {
    let alice = Subscriber::new(ALICE).await;
    let order = alice.ordered(&alice.add("roaming-eu-5", 1), "order").await;
    alice.pay_and_wait(&order, "try").await;
    assert_eq!(alice.again().await.plan, alice.plan);
    let consumption = alice.consumption().await;
    let data: Vec<_> = consumption.buckets.iter().filter(|bucket| bucket.usage == Usage::Data).collect();
    assert_eq!(data.iter().map(|bucket| bucket.initial).collect::<Vec<_>>(), [Some(20 * GB), Some(5 * GB)]);
    assert_eq!(consumption.data(), Some(data[0]));
}

/// Nothing is delivered before the money is there.
#[tokio::test]
async fn nothing_is_delivered_unpaid() {
    let bruno = Subscriber::new(BRUNO).await;
    let order = bruno.ordered(&bruno.add("data-20", 1), "order").await;
    let payment = bruno.pay(&order, "try").await.unwrap();
    bruno.shop.press(&payment.page.unwrap(), "action=pay&card=declined").await;
    bruno.shop.clock.advance(10 * SECOND);
    assert_eq!(bruno.look(&order.id).await.state, OrderState::Pending);
    assert_eq!(bruno.again().await.plan, bruno.plan);
    assert_eq!(left(&bruno, Usage::Data).await, (Volume::Of(400_000_000), Some(10 * GB)));
}
