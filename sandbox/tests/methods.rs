//! Paying without the carrier's payment page: saved cards, prepaid credit, carrier billing.
#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use axum::http::StatusCode;
use serde_json::{Value, json};
use support::{ALICE, CARRIER, DORA, METHODS, MINUTE, PAGE, PAYMENTS, REFUNDS, Shop, User};

async fn dora() -> User {
    Shop::new().sign_in(DORA).await
}

async fn names(user: &User) -> Vec<String> {
    let methods = user.get(METHODS).await.ok(200);
    methods.as_array().unwrap().iter().map(|method| method["name"].as_str().unwrap().to_owned()).collect()
}

async fn pay_by(user: &User, order: &Value, method: &str, key: &str) -> Value {
    user.post(PAYMENTS, &user.payment_by(order, method, key)).await.ok(201)
}

async fn state(user: &User, order: &Value) -> String {
    let order = user.get(order["href"].as_str().unwrap()).await.ok(200);
    order["state"].as_str().unwrap().to_owned()
}

fn ends(payment: &Value) -> (&str, &str) {
    (payment["status"].as_str().unwrap(), payment["statusReason"].as_str().unwrap_or_default())
}

#[tokio::test]
async fn each_customer_has_methods_of_their_own() {
    let shop = Shop::new();
    let dora = shop.sign_in(DORA).await;
    let expected = ["hosted", "Visa 4242", "Mastercard 5100", "Visa 0069", "prepaid-credit", "carrier-billing"];
    assert_eq!(names(&dora).await, expected);
    let old = dora.get(&format!("{METHODS}/card-4-old")).await.ok(200);
    assert_eq!((&old["status"], &old["expirationDate"]), (&json!("active"), &json!("2026-09-30T21:59:59Z")));
    let alice = shop.sign_in(ALICE).await;
    assert_eq!(names(&alice).await, ["hosted"]);
    alice.get(&format!("{METHODS}/card-4")).await.refused(404, "notFound");
    let order = alice.order(&[alice.add("data-5", 1)], "order").await;
    for method in ["card-4", "prepaid-credit", "carrier-billing"] {
        let body = alice.payment_by(&order, method, "try");
        alice.post(PAYMENTS, &body).await.refused(422, "unknownPaymentMethod");
    }
    // Whoever has bought credit may pay with it.
    alice.buy(&[alice.credit("20")], "credit").await;
    assert_eq!(names(&alice).await, ["hosted", "prepaid-credit"]);
    assert_eq!(ends(&pay_by(&alice, &order, "prepaid-credit", "try").await), ("captured", ""));
    assert_eq!(alice.balance().await, "11.00");
}

#[tokio::test]
async fn a_saved_card_is_charged_at_once() {
    let dora = dora().await;
    let order = dora.order(&[dora.add("data-5", 1)], "order").await;
    let body = dora.payment_by(&order, "card-4", "try");
    let payment = dora.post(PAYMENTS, &body).await.ok(201);
    assert_eq!(ends(&payment), ("captured", ""));
    assert_eq!((&payment["@type"], payment.get("redirectUrl")), (&json!("MethodPayment"), None));
    assert_eq!((&payment["paymentMethod"]["id"], &payment["returnUrl"]), (&json!("card-4"), &body["returnUrl"]));
    assert_eq!(payment["authorizationCode"].as_str().map(str::len), Some(6));
    assert_eq!(state(&dora, &order).await, "inProgress");
    assert_eq!(dora.post(PAYMENTS, &body).await.ok(200), payment);
    let again = dora.payment_by(&order, "card-4", "again");
    dora.post(PAYMENTS, &again).await.refused(409, "paymentOpen");
    assert_eq!(dora.shop.ledger("order").await["charges"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_return_address_is_checked_for_every_method() {
    let dora = dora().await;
    let order = dora.order(&[dora.add("data-5", 1)], "order").await;
    for method in ["card-4", "prepaid-credit", "carrier-billing"] {
        let mut body = dora.payment_by(&order, method, "try");
        body["returnUrl"] = json!("http://evil.test/");
        dora.post(PAYMENTS, &body).await.refused(422, "returnUrlNotAllowed");
    }
}

#[tokio::test]
async fn an_expired_card_is_denied_and_another_may_follow() {
    let dora = dora().await;
    let order = dora.order(&[dora.add("data-5", 1)], "order").await;
    assert_eq!(ends(&pay_by(&dora, &order, "card-4-old", "try-1").await), ("denied", "expiredCard"));
    assert_eq!(state(&dora, &order).await, "pending");
    assert_eq!(ends(&pay_by(&dora, &order, "card-4", "try-2").await), ("captured", ""));
}

#[tokio::test]
async fn a_saved_card_whose_bank_asks_is_confirmed_refused_or_left() {
    let dora = dora().await;
    for (answer, expected) in [("approve", ("captured", "")), ("refuse", ("denied", "authenticationFailed"))] {
        let order = dora.order(&[dora.add("data-5", 1)], answer).await;
        let payment = pay_by(&dora, &order, "card-4-bank", answer).await;
        assert_eq!(ends(&payment), ("pendingAuthorization", ""));
        let confirm = payment["redirectUrl"].as_str().unwrap().strip_prefix(CARRIER).unwrap();
        let page = confirm.strip_suffix("/confirm").unwrap();
        let shown = dora.shop.get(confirm).await;
        assert!(shown.text.contains("Confirm in your bank") && shown.text.contains("€9.00"));
        let leave = format!("<a href=\"{PAGE}/renew?esim-return={answer}\">Leave without answering</a>");
        assert!(shown.text.contains(&leave), "{}", shown.text);
        // No other card can be chosen for it.
        assert_eq!(dora.shop.get(page).await.header("location"), confirm);
        let chosen = dora.shop.form(page, "", &[("action", "pay"), ("card", "accepted")]).await;
        assert_eq!(chosen.header("location"), confirm);
        // Leaving changes nothing: it is still open.
        let open = dora.get(payment["href"].as_str().unwrap()).await.ok(200);
        assert_eq!(ends(&open), ("pendingAuthorization", ""));
        dora.post(PAYMENTS, &dora.payment_by(&order, "card-4", "other")).await.refused(409, "paymentOpen");
        let back = dora.shop.form(confirm, "", &[("action", answer)]).await;
        assert_eq!(back.header("location"), payment["returnUrl"]);
        let ended = dora.get(payment["href"].as_str().unwrap()).await.ok(200);
        assert_eq!(ends(&ended), expected);
    }
}

#[tokio::test]
async fn a_confirmation_that_comes_too_late_is_refunded() {
    let dora = dora().await;
    let order = dora.order(&[dora.add("data-5", 1)], "order").await;
    let payment = pay_by(&dora, &order, "card-4-bank", "try").await;
    dora.shop.clock.advance(31 * MINUTE);
    let confirm = payment["redirectUrl"].as_str().unwrap().strip_prefix(CARRIER).unwrap();
    dora.shop.form(confirm, "", &[("action", "approve")]).await;
    let dora = dora.shop.sign_in(DORA).await;
    let refunds = dora.get(REFUNDS).await.ok(200);
    assert_eq!((&refunds[0]["paymentMethod"]["id"], refunds.as_array().unwrap().len()), (&json!("card-4-bank"), 1));
}

#[tokio::test]
async fn credit_pays_as_far_as_it_goes() {
    let dora = dora().await;
    let order = dora.order(&[dora.add("data-10", 1)], "order").await;
    assert_eq!(ends(&pay_by(&dora, &order, "prepaid-credit", "try").await), ("captured", ""));
    assert_eq!(dora.balance().await, "5.00");
    let order = dora.order(&[dora.add("data-5", 1)], "more").await;
    assert_eq!(ends(&pay_by(&dora, &order, "prepaid-credit", "more-1").await), ("denied", "insufficientFunds"));
    assert_eq!((dora.balance().await.as_str(), state(&dora, &order).await.as_str()), ("5.00", "pending"));
    dora.buy(&[dora.credit("5")], "credit").await;
    assert_eq!(ends(&pay_by(&dora, &order, "prepaid-credit", "more-2").await), ("captured", ""));
    // All of it is spent; the method stays.
    let order = dora.order(&[dora.add("data-1", 1)], "last").await;
    assert_eq!(dora.balance().await, "1.00");
    assert_eq!(ends(&pay_by(&dora, &order, "prepaid-credit", "last").await), ("denied", "insufficientFunds"));
    assert!(names(&dora).await.contains(&"prepaid-credit".to_owned()));
}

#[tokio::test]
async fn credit_is_not_paid_with_credit() {
    let dora = dora().await;
    let mut pack = dora.add("data-1", 1);
    pack["id"] = json!("2");
    let order = dora.order(&[dora.credit("5"), pack], "order").await;
    let body = dora.payment_by(&order, "prepaid-credit", "try");
    dora.post(PAYMENTS, &body).await.refused(422, "paymentMethodNotAllowed");
    assert_eq!(ends(&pay_by(&dora, &order, "card-4", "try").await), ("captured", ""));
    dora.shop.clock.advance(2_000);
    assert_eq!((state(&dora, &order).await.as_str(), dora.balance().await.as_str()), ("completed", "25.00"));
}

#[tokio::test]
async fn the_carriers_bill_pays_at_once() {
    let dora = dora().await;
    let order = dora.order(&[dora.add("data-5", 1)], "order").await;
    assert_eq!(ends(&pay_by(&dora, &order, "carrier-billing", "try").await), ("captured", ""));
    assert_eq!(dora.balance().await, "20.00");
    let ledger = dora.shop.ledger("order").await;
    assert_eq!((ledger["charges"].as_array().unwrap().len(), &ledger["charges"][0]["refunded"]), (1, &json!(false)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn credit_is_never_spent_twice() {
    let dora = dora().await;
    let mut orders = Vec::new();
    for at in 0..8 {
        orders.push(dora.order(&[dora.add("data-5", 1)], &format!("order-{at}")).await);
    }
    let tasks: Vec<_> = orders
        .into_iter()
        .enumerate()
        .map(|(at, order)| {
            let dora = dora.clone();
            tokio::spawn(async move { pay_by(&dora, &order, "prepaid-credit", &format!("try-{at}")).await })
        })
        .collect();
    let mut captured = 0;
    for task in tasks {
        captured += usize::from(task.await.unwrap()["status"] == "captured");
    }
    // Twenty euros pay nine twice.
    assert_eq!((captured, dora.balance().await.as_str()), (2, "2.00"));
    assert_eq!(dora.shop.get("/pay/unknown/confirm").await.status, StatusCode::NOT_FOUND);
}
