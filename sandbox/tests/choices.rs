//! What is chosen with an item: the day it starts, how much credit, and what is paid each month.

mod support;

use serde_json::{Value, json};
use support::{ALICE, BRUNO, CARTS, CHIARA, DAY, ORDERS, Shop, User};

async fn alice() -> User {
    Shop::new().sign_in(ALICE).await
}

fn starting(mut item: Value, date: &str) -> Value {
    item["product"]["startDate"] = json!(date);
    item
}

#[tokio::test]
async fn roaming_starts_on_the_chosen_day() {
    let alice = alice().await;
    let start = "2026-12-01T00:00:00+01:00";
    let item = starting(alice.add("roaming-eu-5", 1), start);
    let cart = alice.cart(std::slice::from_ref(&item)).await;
    let product = &cart["cartItem"][0]["product"];
    assert_eq!((&product["startDate"], &product["terminationDate"]), (&json!(start), &json!("2026-12-14T23:00:00Z")));
    // The same instant in other words is the same choice.
    let mut body = alice.order_of(&cart, &[starting(item.clone(), "2026-11-30T23:00:00Z")], "order");
    body["requestedStartDate"] = json!(start);
    let order = alice.post(ORDERS, &body).await.ok(201);
    assert_eq!(order["requestedStartDate"], start);
    assert_eq!(order["productOrderItem"][0]["product"]["startDate"], "2026-11-30T23:00:00Z");
    let payment = alice.payment(&order, "try").await;
    alice.shop.pay(&payment, &[("action", "pay"), ("card", "accepted")]).await;
    alice.shop.clock.advance(2_000);

    let waiting = alice.product("roaming-eu-5").await;
    assert_eq!((&waiting["status"], &waiting["startDate"]), (&json!("pendingActive"), &json!("2026-11-30T23:00:00Z")));
    assert_eq!(waiting["terminationDate"], "2026-12-14T23:00:00Z");
    // Nothing of it can be used before.
    assert_eq!(alice.now_and_past("line-1").await.0.len(), 1);
    alice.shop.clock.advance(9 * DAY);
    let alice = alice.shop.sign_in(ALICE).await;
    assert_eq!(alice.product("roaming-eu-5").await["status"], "active");
    assert_eq!(alice.now_and_past("line-1").await.0.len(), 2);
}

#[tokio::test]
async fn a_start_today_is_the_delivery() {
    let alice = alice().await;
    // Midnight of today in Monaco.
    alice.buy(&[starting(alice.add("roaming-eu-1", 1), "2026-11-21T23:00:00Z")], "order").await;
    let product = alice.product("roaming-eu-1").await;
    assert_eq!((&product["status"], &product["startDate"]), (&json!("active"), &json!("2026-11-22T13:05:01Z")));
}

#[tokio::test]
async fn a_start_lies_within_ninety_days_and_is_for_roaming_only() {
    let alice = alice().await;
    let abroad = |date: &str| starting(alice.add("roaming-eu-1", 1), date);
    alice.cannot_have(&[abroad("2026-11-21T22:59:59Z")], "startInPast").await;
    alice.cart(&[abroad("2027-02-20T22:59:59Z")]).await;
    alice.cannot_have(&[abroad("2027-02-20T23:00:00Z")], "startTooFar").await;
    for item in [
        alice.add("data-5", 1),
        alice.add("bundle-weekend-eu", 1),
        alice.renew("riviera-20", 1),
        alice.add("spam-call-blocking", 1),
    ] {
        alice.cannot_have(&[starting(item, "2026-12-01T00:00:00Z")], "startNotAllowed").await;
    }
    let body = json!({ "cartItem": [abroad("tomorrow")] });
    alice.post(CARTS, &body).await.refused(400, "malformed");
    let item = alice.add("roaming-eu-1", 1);
    let cart = alice.cart(std::slice::from_ref(&item)).await;
    let mut order = alice.order_of(&cart, &[item], "order");
    order["requestedStartDate"] = json!("soon");
    alice.post(ORDERS, &order).await.refused(400, "malformed");
}

#[tokio::test]
async fn credit_is_bought_by_its_amount() {
    let alice = alice().await;
    let item = alice.credit("25.00");
    let cart = alice.cart(std::slice::from_ref(&item)).await;
    let value = |place: &str| cart.pointer(place).unwrap().to_string();
    assert_eq!(value("/cartItem/0/itemPrice/0/price/taxIncludedAmount/value"), "25.00");
    assert_eq!(value("/cartTotalPrice/0/price/taxIncludedAmount/value"), "25.00");
    assert_eq!(cart["cartItem"][0]["product"].get("terminationDate"), None);
    let order = alice.buy(&[item], "order").await;
    let amount = &order["productOrderItem"][0]["product"]["productCharacteristic"][0];
    assert_eq!((amount["name"].as_str(), amount["value"].to_string().as_str()), (Some("amount"), "25.00"));
    assert_eq!(alice.balance().await, "25.00");
    alice.buy(&[alice.credit("5")], "more").await;
    assert_eq!(alice.balance().await, "30.00");
}

#[tokio::test]
async fn an_amount_of_credit_has_limits() {
    let alice = alice().await;
    for amount in ["4.99", "150.01", "10.001", "-10", "\"10\"", "null", "1e1"] {
        alice.cannot_have(&[alice.credit(amount)], "amountOutOfRange").await;
    }
    alice.cannot_have(&[alice.add("credit", 1)], "amountOutOfRange").await;
    let mut twice = alice.credit("10");
    twice["quantity"] = json!(2);
    alice.cannot_have(&[twice], "quantityOutOfRange").await;
    for amount in ["5.00", "150"] {
        alice.cart(&[alice.credit(amount)]).await;
    }
    // Another amount is another choice.
    let cart = alice.cart(&[alice.credit("10")]).await;
    let other = alice.order_of(&cart, &[alice.credit("11")], "order");
    alice.post(ORDERS, &other).await.refused(422, "itemsDiffer");
}

#[tokio::test]
async fn what_is_paid_each_month_has_a_total_of_its_own() {
    let alice = alice().await;
    let mut pack = alice.add("data-5", 1);
    pack["id"] = json!("2");
    let items = [alice.add("voicemail-text", 1), pack];
    let cart = alice.cart(&items).await;
    let total = |at: usize| cart["cartTotalPrice"][at]["price"]["taxIncludedAmount"]["value"].to_string();
    assert_eq!((total(0), total(1)), ("10.20".to_owned(), "1.20".to_owned()));
    assert_eq!(cart["cartTotalPrice"][1]["priceType"], "recurring");
    assert_eq!(cart["cartItem"][0]["product"].get("terminationDate"), None);
    assert_eq!(cart["cartItem"][1]["itemPrice"].as_array().unwrap().len(), 1);

    let good = alice.order_of(&cart, &items, "order");
    let mut other = good.clone();
    other["orderTotalPrice"][1]["price"]["taxIncludedAmount"]["value"] = json!(1);
    alice.post(ORDERS, &other).await.refused(409, "priceChanged");
    other["orderTotalPrice"].as_array_mut().unwrap().pop();
    alice.post(ORDERS, &other).await.refused(409, "priceChanged");
    other["orderTotalPrice"] =
        json!([good["orderTotalPrice"][0], good["orderTotalPrice"][1], good["orderTotalPrice"][1]]);
    alice.post(ORDERS, &other).await.refused(422, "totalMissing");
    let order = alice.buy(&items, "bought").await;
    assert_eq!(order["orderTotalPrice"], cart["cartTotalPrice"]);

    let product = alice.product("voicemail-text").await;
    assert_eq!((&product["status"], product.get("terminationDate")), (&json!("active"), None));
    let monthly = &product["productPrice"][1];
    assert_eq!((&monthly["priceType"], &monthly["recurringChargePeriod"]), (&json!("recurring"), &json!("month")));
}

#[tokio::test]
async fn a_total_of_each_month_that_there_is_not_is_refused() {
    let alice = alice().await;
    let items = [alice.add("data-5", 1)];
    let cart = alice.cart(&items).await;
    let mut body = alice.order_of(&cart, &items, "order");
    let mut monthly = body["orderTotalPrice"][0].clone();
    monthly["priceType"] = json!("recurring");
    monthly["recurringChargePeriod"] = json!("month");
    body["orderTotalPrice"].as_array_mut().unwrap().push(monthly);
    alice.post(ORDERS, &body).await.refused(409, "priceChanged");
    body["orderTotalPrice"][1]["recurringChargePeriod"] = json!("year");
    alice.post(ORDERS, &body).await.refused(422, "totalMissing");
}

#[tokio::test]
async fn a_cart_says_what_becomes_of_what_is_left() {
    let shop = Shop::new();
    for (msisdn, offering, expected) in [
        (BRUNO, "riviera-10", json!([{ "name": "remaining", "valueType": "string", "value": "kept" }])),
        (BRUNO, "riviera-100", json!([{ "name": "remaining", "valueType": "string", "value": "lost" }])),
        (CHIARA, "riviera-week", Value::Null),
        (CHIARA, "riviera-10", Value::Null),
    ] {
        let user = shop.sign_in(msisdn).await;
        let cart = user.cart(&[user.renew(offering, 1)]).await;
        assert_eq!(cart["cartItem"][0]["product"]["productCharacteristic"], expected, "{offering}");
    }
    let bruno = shop.sign_in(BRUNO).await;
    let pack = bruno.cart(&[bruno.add("data-5", 1)]).await;
    assert_eq!(pack["cartItem"][0]["product"].get("productCharacteristic"), None);
}
