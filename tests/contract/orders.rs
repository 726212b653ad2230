//! TMF622: the one durable record of what was asked for.

use crate::shop::{ALICE, BRUNO, MINUTE, SECOND, Subscriber, attempt_key, euros, refused};
use esim_renewal::carrier::product_ordering::{CreateOrder, GetOrder, ListOrders};
use esim_renewal::carrier::{Operation as _, profile};
use esim_renewal::domain::id::OrderId;
use esim_renewal::domain::order::{Order, OrderState};
use serde_json::json;

async fn listed(subscriber: &Subscriber, key: &str) -> Vec<Order> {
    let page = subscriber.call(&ListOrders { key: &attempt_key(key), offset: 0 }).await.unwrap();
    assert_eq!(page.dropped, []);
    page.items
}

/// An order waits for its payment, under the attempt's key and for the total that was consented to.
#[tokio::test]
async fn an_order_is_taken() {
    let alice = Subscriber::new(ALICE).await;
    let order = alice.ordered(&alice.add("data-20", 2), "key").await;
    assert_eq!(
        order,
        Order {
            id: order.id.clone(),
            key: Some(attempt_key("key")),
            state: OrderState::Pending,
            total: Some(euros("48.00")),
        }
    );
    assert_eq!(alice.look(&order.id).await, order);
    assert_eq!(listed(&alice, "key").await, [order]);
}

/// The same attempt sends the same bytes; sent twice, the carrier makes one order and answers it twice.
#[tokio::test]
async fn the_same_attempt_is_the_same_order() {
    let alice = Subscriber::new(ALICE).await;
    let basket = alice.add("data-20", 2);
    let quote = alice.quote(&basket).await;
    let attempt = CreateOrder {
        key: &attempt_key("key"),
        basket: &basket,
        quote: &quote,
        customer: alice.line.customer.as_ref(),
        account: alice.line.account.as_ref(),
    };
    assert_eq!(attempt.request(), attempt.request());
    let (first, second) = (alice.reply(&attempt).await, alice.reply(&attempt).await);
    assert_eq!((first.status, second.status), (201, 200));
    assert_eq!(first.text, second.text);
    assert_eq!(listed(&alice, "key").await.len(), 1);
    assert!(!attempt.request().repeatable, "an order is never sent again by itself");
}

/// A key stands for one consent: another basket, total or cart under it is refused, and the order stays as it was.
#[tokio::test]
async fn a_key_stands_for_one_consent() {
    let alice = Subscriber::new(ALICE).await;
    let basket = alice.add("data-20", 2);
    let quote = alice.quote(&basket).await;
    let order = alice.order(&basket, &quote, "key").await.unwrap();
    let conflict = Err(refused(409, "externalIdConflict"));
    let other = alice.add("data-20", 3);
    assert_eq!(alice.order(&other, &alice.quote(&other).await, "key").await, conflict);
    assert_eq!(alice.order(&basket, &alice.quote(&basket).await, "key").await, conflict);
    let mut cheaper = quote.clone();
    cheaper.total = euros("47.99");
    assert_eq!(alice.order(&basket, &cheaper, "key").await, conflict);
    assert_eq!(listed(&alice, "key").await, [order]);
    // And a cart for one order.
    assert_eq!(alice.order(&basket, &quote, "other-key").await, Err(refused(409, "cartUsed")));
}

/// Nothing is ordered at a price that nobody consented to. A new cart leads on.
#[tokio::test]
async fn a_changed_price_is_refused() {
    let alice = Subscriber::new(ALICE).await;
    let basket = alice.add("data-20", 1);
    let quote = alice.quote(&basket).await;
    alice.shop.change_price("data-20", 2_500).await;
    assert_eq!(alice.order(&basket, &quote, "key").await, Err(refused(409, profile::PRICE_CHANGED)));
    assert_eq!(listed(&alice, "key").await, []);
    let quote = alice.quote(&basket).await;
    assert_eq!(alice.order(&basket, &quote, "new-key").await.unwrap().total, Some(euros("25.00")));
}

/// A cart holds for as long as the quote says: at its last moment an order is taken, at the next it is not.
#[tokio::test]
async fn an_expired_cart_is_refused() {
    let alice = Subscriber::new(ALICE).await;
    let basket = alice.add("data-20", 1);
    let (first, second) = (alice.quote(&basket).await, alice.quote(&basket).await);
    let left = second.expires.unwrap().millis() - alice.shop.clock.now();
    alice.shop.clock.advance(left - 1);
    let alice = alice.again().await;
    assert!(alice.order(&basket, &first, "in-time").await.is_ok());
    alice.shop.clock.advance(1);
    assert_eq!(alice.order(&basket, &second, "too-late").await, Err(refused(409, profile::CART_EXPIRED)));
    assert_eq!(listed(&alice, "too-late").await, []);
}

/// Looking for a key finds its order and no other, and nobody's but one's own.
#[tokio::test]
async fn an_order_is_found_by_its_key() {
    let alice = Subscriber::new(ALICE).await;
    let bruno = alice.shop.sign_in(BRUNO).await;
    let order = alice.ordered(&alice.add("data-1", 1), "key a&b=c/é").await;
    alice.ordered(&alice.add("data-2", 1), "other").await;
    assert_eq!(listed(&alice, "key a&b=c/é").await, std::slice::from_ref(&order));
    assert_eq!(listed(&alice, "never").await, []);
    assert_eq!(listed(&bruno, "key a&b=c/é").await, []);
    assert_eq!(bruno.call(&GetOrder { id: &order.id }).await, Err(refused(404, "notFound")));
    let none = OrderId::new("../../payment").unwrap();
    assert_eq!(alice.call(&GetOrder { id: &none }).await, Err(refused(404, "notFound")));
    // Two subscribers may have the same key.
    let own = bruno.ordered(&bruno.add("data-1", 1), "other").await;
    assert_eq!(listed(&bruno, "other").await, [own]);
}

/// An inventory may not tell customer and account: the order is the same without them.
#[tokio::test]
async fn an_order_needs_no_customer_and_no_account() {
    let mut alice = Subscriber::new(ALICE).await;
    alice.line.customer = None;
    alice.line.account = None;
    assert_eq!(alice.ordered(&alice.add("data-20", 1), "key").await.total, Some(euros("24.00")));
}

/// With nothing to pay, the order is carried out at once and nothing is booked.
#[tokio::test]
async fn what_is_free_needs_no_payment() {
    let alice = Subscriber::new(ALICE).await;
    let order = alice.ordered(&alice.add("full-speed-1", 1), "free").await;
    assert_eq!((order.state, order.total), (OrderState::InProgress, Some(euros("0.00"))));
    assert_eq!(alice.pay(&order, "try").await, Err(refused(409, "orderNotPending")));
    alice.shop.clock.advance(2 * SECOND);
    assert_eq!(alice.look(&order.id).await.state, OrderState::Completed);
    let ledger = alice.shop.ledger("free").await;
    assert_eq!((&ledger["payments"], &ledger["charges"]), (&json!([]), &json!([])));
}

/// An order that nobody pays is cancelled after half an hour, and can no longer be paid.
#[tokio::test]
async fn an_unpaid_order_is_cancelled() {
    let alice = Subscriber::new(ALICE).await;
    let order = alice.ordered(&alice.add("data-20", 1), "key").await;
    alice.shop.clock.advance(30 * MINUTE - 1);
    let alice = alice.again().await;
    assert_eq!(alice.look(&order.id).await.state, OrderState::Pending);
    alice.shop.clock.advance(1);
    assert_eq!(alice.look(&order.id).await.state, OrderState::Cancelled);
    assert_eq!(alice.pay(&order, "try").await, Err(refused(409, "orderNotPending")));
}
