//! Test cards whose money comes when nobody waits for it any more.

mod support;

use serde_json::{Value, json};
use support::{ALICE, CANCELS, CARRIER, MINUTE, PAYMENTS, Shop, User};

async fn read(user: &User, resource: &Value) -> Value {
    user.get(resource["href"].as_str().unwrap_or_default()).await.ok(200)
}

/// An order, its payment, and where the page leads after a card was chosen.
async fn paid_by(user: &User, card: &str) -> (Value, Value, String) {
    let order = user.order(&[user.add("data-5", 1)], card).await;
    let payment = user.payment(&order, card).await;
    let next = user.shop.pay(&payment, &[("action", "pay"), ("card", card)]).await;
    let next = next.header("location").to_owned();
    (order, payment, next)
}

fn page(payment: &Value) -> &str {
    payment["redirectUrl"].as_str().and_then(|url| url.strip_prefix(CARRIER)).unwrap_or_default()
}

async fn alice() -> User {
    Shop::new().sign_in(ALICE).await
}

#[tokio::test]
async fn both_cards_are_on_the_page() {
    let alice = alice().await;
    let order = alice.order(&[alice.add("data-5", 1)], "order").await;
    let shown = alice.shop.get(page(&alice.payment(&order, "try").await)).await.text;
    assert!(shown.contains("4000 0000 0000 3097") && shown.contains("4000 0000 0000 0135"));
}

#[tokio::test]
async fn money_comes_although_the_bank_was_never_answered() {
    let alice = alice().await;
    let (order, payment, next) = paid_by(&alice, "abandoned").await;
    assert_eq!(next, format!("{}/confirm", page(&payment)));
    alice.shop.clock.advance(4_999);
    assert_eq!(read(&alice, &payment).await["status"], "pendingAuthorization");
    // It is open until then: no other payment is taken.
    alice.post(PAYMENTS, &alice.payment_of(&order, "other")).await.refused(409, "paymentOpen");
    alice.shop.clock.advance(1);
    assert_eq!(read(&alice, &payment).await["status"], "captured");
    assert_eq!(read(&alice, &order).await["state"], "inProgress");
    // Whoever answers now is only led back.
    let back = alice.shop.form(&format!("{}/confirm", page(&payment)), "", &[("action", "refuse")]).await;
    assert_eq!(back.header("location"), payment["returnUrl"]);
    alice.shop.clock.advance(2_000);
    assert_eq!(read(&alice, &order).await["state"], "completed");
    assert_eq!(alice.shop.ledger("abandoned").await["charges"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn whoever_answers_the_bank_in_time_is_heard() {
    let alice = alice().await;
    for (answer, expected, charges) in [("approve", "captured", 1), ("refuse", "denied", 0)] {
        let order = alice.order(&[alice.add("data-5", 1)], answer).await;
        let payment = alice.payment(&order, answer).await;
        alice.shop.pay(&payment, &[("action", "pay"), ("card", "abandoned")]).await;
        alice.shop.form(&format!("{}/confirm", page(&payment)), "", &[("action", answer)]).await;
        alice.shop.clock.advance(10_000);
        assert_eq!(read(&alice, &payment).await["status"], expected);
        assert_eq!(alice.shop.ledger(answer).await["charges"].as_array().map(Vec::len), Some(charges));
    }
    // Nor does money come for an order that was cancelled meanwhile, or by a card that was exchanged.
    let (order, payment, _) = paid_by(&alice, "abandoned").await;
    alice.post(CANCELS, &json!({ "productOrder": { "id": order["id"] } })).await.ok(201);
    let other = alice.order(&[alice.add("data-5", 1)], "exchanged").await;
    let exchanged = alice.payment(&other, "exchanged").await;
    for card in ["abandoned", "bank"] {
        alice.shop.pay(&exchanged, &[("action", "pay"), ("card", card)]).await;
    }
    alice.shop.clock.advance(10_000);
    assert_eq!(read(&alice, &payment).await["status"], "canceled");
    assert_eq!(read(&alice, &exchanged).await["status"], "pendingAuthorization");
}

#[tokio::test]
async fn money_that_comes_as_the_order_expires_is_returned() {
    let alice = alice().await;
    alice.shop.clock.advance(1);
    let (order, payment, next) = paid_by(&alice, "late").await;
    assert_eq!(json!(next), payment["returnUrl"]);
    assert_eq!(read(&alice, &payment).await["status"], "authorized");
    alice.shop.clock.advance(30 * MINUTE - 1);
    let alice = alice.shop.sign_in(ALICE).await;
    assert_eq!(read(&alice, &order).await["state"], "pending");
    alice.shop.clock.advance(1);
    assert_eq!(read(&alice, &order).await["state"], "cancelled");
    assert_eq!(read(&alice, &payment).await["status"], "captured");
    let ledger = alice.shop.ledger("late").await;
    assert_eq!(
        (&ledger["charges"][0]["refunded"], &ledger["refunds"][0]["payment"]["id"]),
        (&json!(true), &payment["id"])
    );
}

#[tokio::test]
async fn money_that_was_agreed_before_the_order_expired_pays_it() {
    for (waits, expected) in [(30 * MINUTE - 5_001, "completed"), (30 * MINUTE - 5_000, "cancelled")] {
        let alice = alice().await;
        let order = alice.order(&[alice.add("data-5", 1)], "order").await;
        let payment = alice.payment(&order, "try").await;
        alice.shop.clock.advance(waits);
        alice.shop.pay(&payment, &[("action", "pay"), ("card", "abandoned")]).await;
        alice.shop.clock.advance(10 * MINUTE);
        let alice = alice.shop.sign_in(ALICE).await;
        assert_eq!(read(&alice, &order).await["state"], expected);
        assert_eq!(alice.shop.ledger("order").await["charges"][0]["refunded"], json!(expected == "cancelled"));
    }
}
