//! Payments: their page, their ends, and what can only happen once.
#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use axum::http::StatusCode;
use serde_json::{Value, json};
use support::{ALICE, BRUNO, CANCELS, MINUTE, PAGE, PAYMENTS, REFUNDS, Shop, User};

async fn alice() -> User {
    Shop::new().sign_in(ALICE).await
}

const ACCEPT: [(&str, &str); 2] = [("action", "pay"), ("card", "accepted")];
const DECLINE: [(&str, &str); 2] = [("action", "pay"), ("card", "declined")];

async fn status(user: &User, payment: &Value) -> (String, String) {
    let payment = user.get(payment["href"].as_str().unwrap()).await.ok(200);
    let text = |name: &str| payment[name].as_str().unwrap_or_default().to_owned();
    (text("status"), text("statusReason"))
}

async fn state(user: &User, order: &Value) -> String {
    let order = user.get(order["href"].as_str().unwrap()).await.ok(200);
    order["state"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_payment_is_answered_once_per_key_and_one_is_open_at_a_time() {
    let alice = alice().await;
    let order = alice.order(&[alice.add("data-5", 1)], "order").await;
    let mut body = alice.payment_of(&order, "try-1");
    let payment = alice.post(PAYMENTS, &body).await.ok(201);
    assert_eq!(payment["status"], "pendingAuthorization");
    assert_eq!(alice.post(PAYMENTS, &body).await.ok(200), payment);
    body["returnUrl"] = json!(format!("{PAGE}/elsewhere"));
    alice.post(PAYMENTS, &body).await.refused(409, "correlatorIdConflict");
    body["correlatorId"] = json!("try-2");
    alice.post(PAYMENTS, &body).await.refused(409, "paymentOpen");
    alice.shop.pay(&payment, &ACCEPT).await;
    alice.post(PAYMENTS, &body).await.refused(409, "paymentOpen");
    let listed = alice.get(&format!("{PAYMENTS}?correlatorId=try-1")).await.ok(200);
    assert_eq!(listed[0]["status"], "captured");
    assert_eq!(listed[0]["authorizationCode"].as_str().map(str::len), Some(6));
}

#[tokio::test]
async fn a_payment_of_another_amount_or_for_nothing_of_ones_own_is_refused() {
    let alice = alice().await;
    let bruno = alice.shop.sign_in(BRUNO).await;
    let order = alice.order(&[alice.add("data-5", 1)], "order").await;
    let foreign = bruno.order(&[bruno.add("data-5", 1)], "order").await;
    let mut less = alice.payment_of(&order, "try");
    less["totalAmount"]["value"] = json!(8);
    alice.post(PAYMENTS, &less).await.refused(422, "amountDiffers");
    alice.post(PAYMENTS, &alice.payment_of(&foreign, "try")).await.refused(422, "unknownOrder");
    let mut other = alice.payment_of(&order, "try");
    other["account"]["id"] = json!("account-2");
    alice.post(PAYMENTS, &other).await.refused(422, "unknownAccount");
    other = alice.payment_of(&order, "try");
    other["paymentMethod"]["id"] = json!("cash");
    alice.post(PAYMENTS, &other).await.refused(422, "unknownPaymentMethod");
}

#[tokio::test]
async fn only_the_carriers_pages_are_returned_to() {
    let alice = alice().await;
    let order = alice.order(&[alice.add("data-5", 1)], "order").await;
    for address in [
        "http://evil.test/",
        "http://page.test.evil.test/",
        "http://page.test@evil.test/",
        "http://me@page.test/",
        "http://page.test:8080/",
        "https://page.test/",
        "javascript:alert(1)",
        "//page.test/",
        "/renew",
        "http://page.test\\@evil.test/",
        "http://page.test/\r\nx: y",
        "data:text/html,x",
        "",
    ] {
        let mut body = alice.payment_of(&order, "try");
        body["returnUrl"] = json!(address);
        alice.post(PAYMENTS, &body).await.refused(422, "returnUrlNotAllowed");
    }
    let mut body = alice.payment_of(&order, "try");
    let exact = format!("{PAGE}/a/../b?x=%2F&y#z");
    body["returnUrl"] = json!(exact);
    let payment = alice.post(PAYMENTS, &body).await.ok(201);
    assert_eq!(alice.shop.pay(&payment, &ACCEPT).await.header("location"), exact);
}

#[tokio::test]
async fn a_declined_card_is_followed_by_another_try() {
    let alice = alice().await;
    let order = alice.order(&[alice.add("data-5", 1)], "order").await;
    let first = alice.payment(&order, "try-1").await;
    assert_eq!(alice.shop.pay(&first, &DECLINE).await.header("location"), first["returnUrl"]);
    assert_eq!(status(&alice, &first).await, ("denied".into(), "cardDeclined".into()));
    assert_eq!(state(&alice, &order).await, "pending");
    // The page of an ended payment only leads back.
    assert_eq!(alice.shop.pay(&first, &ACCEPT).await.header("location"), first["returnUrl"]);
    let second = alice.payment(&order, "try-2").await;
    alice.shop.pay(&second, &ACCEPT).await;
    assert_eq!(state(&alice, &order).await, "inProgress");
    assert_eq!(alice.shop.ledger("order").await["charges"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_bank_is_asked_and_approves_or_refuses() {
    let alice = alice().await;
    for (answer, expected) in [("approve", "captured"), ("refuse", "denied")] {
        let order = alice.order(&[alice.add("data-5", 1)], answer).await;
        let payment = alice.payment(&order, answer).await;
        let page = payment["redirectUrl"].as_str().unwrap().strip_prefix(support::CARRIER).unwrap();
        let confirm = format!("{page}/confirm");
        // The bank was not asked yet: its page leads to the cards, and an answer changes nothing.
        assert_eq!(alice.shop.get(&confirm).await.header("location"), page);
        alice.shop.form(&confirm, "", &[("action", "approve")]).await;
        assert_eq!(status(&alice, &payment).await.0, "pendingAuthorization");

        let asked = alice.shop.pay(&payment, &[("action", "pay"), ("card", "bank")]).await;
        assert_eq!(asked.header("location"), confirm);
        assert!(alice.shop.get(&confirm).await.text.contains("Confirm in your bank"));
        let back = alice.shop.form(&confirm, "", &[("action", answer)]).await;
        assert_eq!(back.header("location"), payment["returnUrl"]);
        assert_eq!(status(&alice, &payment).await.0, expected);
    }
    let denied = alice.get(&format!("{PAYMENTS}?correlatorId=refuse")).await.ok(200);
    assert_eq!(denied[0]["statusReason"], "authenticationFailed");
}

#[tokio::test]
async fn the_payer_may_cancel() {
    let alice = alice().await;
    let order = alice.order(&[alice.add("data-5", 1)], "order").await;
    let payment = alice.payment(&order, "try").await;
    alice.shop.pay(&payment, &[("action", "cancel")]).await;
    assert_eq!(status(&alice, &payment).await, ("canceled".into(), "canceledByPayer".into()));
    assert_eq!(state(&alice, &order).await, "pending");
}

#[tokio::test]
async fn a_card_must_be_chosen() {
    let alice = alice().await;
    let order = alice.order(&[alice.add("data-5", 1)], "order").await;
    let payment = alice.payment(&order, "try").await;
    let again = alice.shop.pay(&payment, &[("action", "pay")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains("Choose a card") && again.text.contains("€9.00"));
    assert!(again.header("content-security-policy").contains("default-src 'none'"));
    assert_eq!(alice.shop.get("/pay/unknown").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_unpaid_order_is_cancelled_after_thirty_minutes() {
    let alice = alice().await;
    let order = alice.order(&[alice.add("data-5", 1)], "order").await;
    alice.shop.clock.advance(30 * MINUTE - 1);
    let alice = alice.shop.sign_in(ALICE).await;
    assert_eq!(state(&alice, &order).await, "pending");
    alice.shop.clock.advance(1);
    assert_eq!(state(&alice, &order).await, "cancelled");
    let cancelled = alice.get(order["href"].as_str().unwrap()).await.json();
    assert_eq!(cancelled["cancellationDate"], "2026-11-22T13:35:00Z");
    alice.post(PAYMENTS, &alice.payment_of(&order, "late")).await.refused(409, "orderNotPending");
}

#[tokio::test]
async fn a_late_capture_is_refunded_at_once() {
    let alice = alice().await;
    let order = alice.order(&[alice.add("data-5", 1)], "order").await;
    let payment = alice.payment(&order, "try").await;
    alice.shop.clock.advance(31 * MINUTE);
    alice.shop.pay(&payment, &ACCEPT).await;
    let alice = alice.shop.sign_in(ALICE).await;
    assert_eq!(status(&alice, &payment).await.0, "captured");
    assert_eq!(state(&alice, &order).await, "cancelled");
    let refunds = alice.get(REFUNDS).await.ok(200);
    assert_eq!(refunds[0]["payment"]["id"], payment["id"]);
    assert_eq!(refunds[0]["totalAmount"]["value"].to_string(), "9.00");
    let refund = alice.get(refunds[0]["href"].as_str().unwrap()).await.ok(200);
    assert_eq!(refund, refunds[0]);
    let ledger = alice.shop.ledger("order").await;
    assert_eq!((&ledger["charges"][0]["refunded"], ledger["refunds"].as_array().unwrap().len()), (&json!(true), 1));
}

#[tokio::test]
async fn a_pending_order_and_its_open_payment_are_cancelled_together() {
    let alice = alice().await;
    let order = alice.order(&[alice.add("data-5", 1)], "order").await;
    let payment = alice.payment(&order, "try").await;
    let ask = json!({ "productOrder": { "id": order["id"] }, "cancellationReason": "Changed my mind." });
    let task = alice.post(CANCELS, &ask).await.ok(201);
    assert_eq!(task["state"], "done");
    assert_eq!(alice.get(task["href"].as_str().unwrap()).await.ok(200), task);
    assert_eq!(state(&alice, &order).await, "cancelled");
    assert_eq!(status(&alice, &payment).await.0, "canceled");
    alice.shop.pay(&payment, &ACCEPT).await;
    assert_eq!(alice.shop.ledger("order").await["charges"], json!([]));
    alice.post(CANCELS, &ask).await.refused(409, "orderNotPending");
    let other = json!({ "productOrder": { "id": "order-0" } });
    alice.post(CANCELS, &other).await.refused(422, "unknownOrder");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_submits_of_a_card_at_once_are_one_charge() {
    let alice = alice().await;
    let order = alice.order(&[alice.add("data-5", 1)], "order").await;
    let payment = alice.payment(&order, "try").await;
    let tasks: Vec<_> = (0..32)
        .map(|_| {
            let (shop, payment) = (alice.shop.clone(), payment.clone());
            tokio::spawn(async move { shop.pay(&payment, &ACCEPT).await })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap().header("location"), payment["returnUrl"]);
    }
    let ledger = alice.shop.ledger("order").await;
    assert_eq!(ledger["charges"].as_array().unwrap().len(), 1);
}
