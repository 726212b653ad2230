//! The test cards of the payment page that do not simply work, and money that comes later.

mod support;

use serde_json::{Value, json};
use support::{ALICE, CANCELS, CARRIER, MINUTE, PAYMENTS, REFUNDS, Shop, User};

async fn alice() -> User {
    Shop::new().sign_in(ALICE).await
}

fn card(name: &str) -> [(&str, &str); 2] {
    [("action", "pay"), ("card", name)]
}

async fn read(user: &User, resource: &Value) -> Value {
    user.get(resource["href"].as_str().unwrap_or_default()).await.ok(200)
}

/// An order, and its payment by a card.
async fn paid_by(user: &User, name: &str) -> (Value, Value) {
    let order = user.order(&[user.add("data-5", 1)], name).await;
    let payment = user.payment(&order, name).await;
    let back = user.shop.pay(&payment, &card(name)).await;
    assert_eq!(back.header("location"), payment["returnUrl"]);
    (order, payment)
}

#[tokio::test]
async fn cards_are_denied_for_what_is_wrong_with_them() {
    let alice = alice().await;
    for (name, reason) in
        [("insufficient", "insufficientFunds"), ("expired", "expiredCard"), ("unconfirmed", "authenticationFailed")]
    {
        let (order, payment) = paid_by(&alice, name).await;
        let payment = read(&alice, &payment).await;
        assert_eq!((&payment["status"], &payment["statusReason"]), (&json!("denied"), &json!(reason)));
        assert_eq!(read(&alice, &order).await["state"], "pending");
    }
}

#[tokio::test]
async fn the_page_offers_every_card_by_its_number() {
    let alice = alice().await;
    let order = alice.order(&[alice.add("data-5", 1)], "order").await;
    let payment = alice.payment(&order, "try").await;
    let page = payment["redirectUrl"].as_str().and_then(|url| url.strip_prefix(CARRIER)).unwrap_or_default();
    let shown = alice.shop.get(page).await.text;
    for last in ["0077", "0002", "3220", "9995", "0069", "0127", "3063"] {
        assert!(shown.contains(&format!("4000 0000 0000 {last}")), "{last}");
    }
    alice.shop.pay(&payment, &card("bank")).await;
    let bank = alice.shop.get(&format!("{page}/confirm")).await.text;
    let leave =
        format!("<a href=\"{}\">Leave without answering</a>", payment["returnUrl"].as_str().unwrap_or_default());
    assert!(bank.contains(&leave), "{bank}");
    assert_eq!(read(&alice, &payment).await["status"], "pendingAuthorization");
}

#[tokio::test]
async fn agreed_money_comes_five_seconds_later() {
    let alice = alice().await;
    let (order, payment) = paid_by(&alice, "slow").await;
    let agreed = read(&alice, &payment).await;
    assert_eq!(
        (&agreed["status"], agreed["authorizationCode"].as_str().map(str::len)),
        (&json!("authorized"), Some(6))
    );
    assert_eq!(read(&alice, &order).await["state"], "pending");
    // It counts as open, and its page only leads back.
    alice.post(PAYMENTS, &alice.payment_of(&order, "other")).await.refused(409, "paymentOpen");
    assert_eq!(alice.shop.pay(&payment, &card("declined")).await.header("location"), payment["returnUrl"]);
    alice.shop.clock.advance(4_999);
    assert_eq!(read(&alice, &payment).await["status"], "authorized");
    assert_eq!(alice.shop.ledger("slow").await["charges"], json!([]));
    alice.shop.clock.advance(1);
    let captured = read(&alice, &payment).await;
    assert_eq!(
        (&captured["status"], &captured["authorizationCode"], &captured["statusDate"]),
        (&json!("captured"), &agreed["authorizationCode"], &json!("2026-11-22T13:05:05Z"))
    );
    assert_eq!(read(&alice, &order).await["state"], "inProgress");
    alice.shop.clock.advance(1_500);
    assert_eq!(read(&alice, &order).await["state"], "completed");
    assert_eq!(alice.get(REFUNDS).await.ok(200), json!([]));
}

#[tokio::test]
async fn agreed_money_for_a_cancelled_order_is_taken_and_returned() {
    let alice = alice().await;
    let (order, payment) = paid_by(&alice, "slow").await;
    alice.post(CANCELS, &json!({ "productOrder": { "id": order["id"] } })).await.ok(201);
    assert_eq!(read(&alice, &payment).await["status"], "authorized");
    alice.shop.clock.advance(5_000);
    assert_eq!(read(&alice, &payment).await["status"], "captured");
    assert_eq!(read(&alice, &order).await["state"], "cancelled");
    let ledger = alice.shop.ledger("slow").await;
    assert_eq!(
        (&ledger["charges"][0]["refunded"], &ledger["refunds"][0]["payment"]["id"]),
        (&json!(true), &payment["id"])
    );
    assert_eq!(ledger["refunds"][0]["refundDate"], "2026-11-22T13:05:05Z");
}

#[tokio::test]
async fn what_comes_first_by_the_clock_holds_whenever_it_is_looked_at() {
    for (waits, expected) in [(30 * MINUTE - 5_001, "completed"), (30 * MINUTE - 5_000, "cancelled")] {
        let alice = alice().await;
        let order = alice.order(&[alice.add("data-5", 1)], "order").await;
        let payment = alice.payment(&order, "try").await;
        alice.shop.clock.advance(waits);
        alice.shop.pay(&payment, &card("slow")).await;
        // Nobody looks until long after.
        alice.shop.clock.advance(10 * MINUTE);
        let alice = alice.shop.sign_in(ALICE).await;
        assert_eq!(read(&alice, &order).await["state"], expected);
        assert_eq!(read(&alice, &payment).await["status"], "captured");
        let refunded = alice.shop.ledger("order").await["charges"][0]["refunded"].clone();
        assert_eq!(refunded, json!(expected == "cancelled"));
    }
}
