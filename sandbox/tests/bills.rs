//! Bills: one for each order whose charge is kept. And credit that is bought without an order.

mod support;

use axum::http::StatusCode;
use serde_json::{Value, json};
use support::{ALICE, BILLS, CARRIER, DORA, MINUTE, Shop, TOPUPS, User};

async fn bills(user: &User) -> Vec<Value> {
    user.get(BILLS).await.ok(200).as_array().cloned().unwrap_or_default()
}

#[tokio::test]
async fn past_orders_have_bills() {
    let dora = Shop::new().sign_in(DORA).await;
    let bills = bills(&dora).await;
    let told: Vec<_> =
        bills.iter().map(|bill| (bill["billDate"].as_str(), bill["amountDue"]["value"].to_string())).collect();
    assert_eq!(
        told,
        [(Some("2026-09-18T13:06:00Z"), "14.90".to_owned()), (Some("2026-10-18T13:06:00Z"), "9.90".to_owned())]
    );
    let bill = &bills[0];
    let value = |name: &str| bill[name]["value"].to_string();
    assert_eq!((value("taxIncludedAmount"), value("taxExcludedAmount")), ("14.90".to_owned(), "12.42".to_owned()));
    assert_eq!(bill["taxItem"][0]["taxAmount"]["value"].to_string(), "2.48");
    assert_eq!((value("remainingAmount"), &bill["state"]), ("0.00".to_owned(), &json!("settled")));
    assert_eq!(dora.get(bill["href"].as_str().unwrap()).await.ok(200), *bill);
    Shop::new().sign_in(ALICE).await.get(bill["href"].as_str().unwrap()).await.refused(404, "notFound");
}

#[tokio::test]
async fn an_order_that_is_paid_has_a_bill_with_a_document() {
    let alice = Shop::new().sign_in(ALICE).await;
    assert_eq!(bills(&alice).await, [] as [Value; 0]);
    let order = alice.buy(&[alice.add("data-5", 2)], "order").await;
    let bill = &bills(&alice).await[0];
    assert_eq!((&bill["order"]["id"], bill["amountDue"]["value"].to_string()), (&order["id"], "18.00".to_owned()));
    let document = bill["billDocument"][0]["url"].as_str().unwrap().strip_prefix(CARRIER).unwrap();
    let page = alice.shop.get(document).await;
    assert_eq!((page.status, page.header("cache-control")), (StatusCode::OK, "no-store"));
    assert!(page.text.contains(bill["billNo"].as_str().unwrap()), "{}", page.text);
    assert!(page.text.contains("2 × Data 5") && page.text.contains("€18.00") && page.text.contains("€3.00"));
    assert_eq!(alice.shop.get("/pay/unknown/bill").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_was_returned_or_cost_nothing_has_no_bill() {
    let alice = Shop::new().sign_in(ALICE).await;
    alice.buy(&[alice.add("full-speed-1", 1)], "free").await;
    let order = alice.order(&[alice.add("data-5", 1)], "order").await;
    let payment = alice.payment(&order, "try").await;
    let document = format!("{}/bill", payment["redirectUrl"].as_str().unwrap().strip_prefix(CARRIER).unwrap());
    assert_eq!(alice.shop.get(&document).await.status, StatusCode::NOT_FOUND);
    alice.shop.clock.advance(31 * MINUTE);
    alice.shop.pay(&payment, &[("action", "pay"), ("card", "accepted")]).await;
    let alice = alice.shop.sign_in(ALICE).await;
    assert_eq!(bills(&alice).await, [] as [Value; 0]);
    assert_eq!(alice.shop.get(&document).await.status, StatusCode::NOT_FOUND);
}

fn topup(method: &str, amount: &str) -> Value {
    let amount: Value = serde_json::from_str(amount).unwrap_or_default();
    json!({ "usageType": "monetary", "amount": { "amount": amount, "units": "EUR" }, "bucket": { "id": "credit-4" },
        "partyAccount": { "id": "account-4" }, "paymentMethod": { "id": method } })
}

#[tokio::test]
async fn credit_is_topped_up_at_once_and_each_time() {
    let dora = Shop::new().sign_in(DORA).await;
    let body = topup("card-4", "10.00");
    let done = dora.post(TOPUPS, &body).await.ok(201);
    assert_eq!((&done["status"], done["amount"]["amount"].to_string()), (&json!("completed"), "10.00".to_owned()));
    assert_eq!(dora.balance().await, "30.00");
    let again = dora.post(TOPUPS, &body).await.ok(201);
    assert_ne!(again["id"], done["id"]);
    dora.post(TOPUPS, &topup("carrier-billing", "5")).await.ok(201);
    assert_eq!(dora.balance().await, "45.00");
    assert_eq!(dora.get(done["href"].as_str().unwrap()).await.ok(200), done);
    assert_eq!(dora.get(TOPUPS).await.ok(200).as_array().map(Vec::len), Some(3));
    let alice = dora.shop.sign_in(ALICE).await;
    assert_eq!(alice.get(TOPUPS).await.ok(200), json!([]));
    alice.get(done["href"].as_str().unwrap()).await.refused(404, "notFound");
}

#[tokio::test]
async fn a_card_that_cannot_be_charged_at_once_tops_nothing_up() {
    let dora = Shop::new().sign_in(DORA).await;
    for (card, reason) in [("card-4-old", "expiredCard"), ("card-4-bank", "authenticationFailed")] {
        let failed = dora.post(TOPUPS, &topup(card, "10.00")).await.ok(201);
        assert_eq!((&failed["status"], &failed["reason"]), (&json!("failed"), &json!(reason)));
    }
    assert_eq!(dora.balance().await, "20.00");
}

#[tokio::test]
async fn what_cannot_be_topped_up_is_refused() {
    let dora = Shop::new().sign_in(DORA).await;
    let good = topup("card-4", "10.00");
    let with = |place: &str, value: Value| {
        let mut body = good.clone();
        *body.pointer_mut(place).unwrap() = value;
        body
    };
    for (body, code) in [
        (topup("card-4", "4.99"), "amountOutOfRange"),
        (topup("card-4", "150.01"), "amountOutOfRange"),
        (topup("card-4", "10.001"), "amountOutOfRange"),
        (topup("hosted", "10"), "paymentMethodNotAllowed"),
        (topup("prepaid-credit", "10"), "paymentMethodNotAllowed"),
        (topup("card-9", "10"), "unknownPaymentMethod"),
        (with("/amount/units", json!("USD")), "currencyNotSupported"),
        (with("/usageType", json!("data")), "usageTypeNotSupported"),
        (with("/bucket/id", json!("credit-1")), "unknownBucket"),
        (with("/partyAccount/id", json!("account-1")), "unknownAccount"),
    ] {
        dora.post(TOPUPS, &body).await.refused(422, code);
    }
    assert_eq!(dora.get(TOPUPS).await.ok(200), json!([]));
}
