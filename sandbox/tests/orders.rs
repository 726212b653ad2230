//! Carts and orders: what they cost, what they refuse, and what can only happen once.
#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use support::{ALICE, BRUNO, CARTS, MINUTE, ORDERS, PAYMENTS, Shop, User};

async fn alice() -> User {
    Shop::new().sign_in(ALICE).await
}

async fn state(user: &User, order: &Value) -> String {
    let order = user.get(order["href"].as_str().unwrap()).await.ok(200);
    order["state"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_carrier_prices_the_cart() {
    let alice = alice().await;
    let cart = alice.cart(&[alice.add("data-20", 2)]).await;
    let item = &cart["cartItem"][0];
    assert_eq!(item["itemPrice"][0]["price"]["taxIncludedAmount"]["value"].to_string(), "24.00");
    assert_eq!(item["ItemTotalPrice"][0]["price"]["taxIncludedAmount"]["value"].to_string(), "48.00");
    assert_eq!(cart["cartTotalPrice"][0]["price"]["dutyFreeAmount"]["value"].to_string(), "40.00");
    assert_eq!(cart["validFor"]["endDateTime"], "2026-11-22T13:25:00Z");
    // Alice's plan ends on 13 December; twice 30 days later, at the end of the day in Monaco.
    assert_eq!(item["product"]["terminationDate"], "2027-02-11T22:59:59Z");
}

#[tokio::test]
async fn a_cart_is_changed_and_removed() {
    let alice = alice().await;
    let cart = alice.cart(&[alice.add("data-20", 1)]).await;
    let href = cart["href"].as_str().unwrap();
    let patch = json!({ "cartItem": [alice.add("data-5", 3)] });
    let changed = alice.call(Method::PATCH, href, Some(&patch)).await.ok(200);
    assert_eq!(changed["cartTotalPrice"][0]["price"]["taxIncludedAmount"]["value"].to_string(), "27.00");
    assert_eq!(changed["validFor"], cart["validFor"]);
    assert_eq!(alice.call(Method::DELETE, href, None).await.status, StatusCode::NO_CONTENT);
    alice.get(href).await.refused(404, "notFound");
}

#[tokio::test]
async fn what_cannot_be_in_a_basket_is_refused() {
    let alice = alice().await;
    let bruno = alice.shop.sign_in(BRUNO).await;
    let two_plans = json!([alice.renew("riviera-20", 1), { "id": "2", "action": "modify",
        "productOffering": { "id": "riviera-50" }, "product": { "id": "plan-1" } }]);
    for (items, code) in [
        (json!([alice.add("data-20", 0)]), "quantityOutOfRange"),
        (json!([alice.add("data-20", 100)]), "quantityOutOfRange"),
        (json!([alice.add("data-21", 1)]), "offeringNotAvailable"),
        (json!([alice.renew("riviera-classic", 1)]), "offeringNotAvailable"),
        (json!([alice.renew("riviera-staff", 1)]), "offeringNotAvailable"),
        (json!([bruno.add("data-20", 1)]), "unknownLine"),
        (json!([bruno.renew("riviera-20", 1)]), "unknownPlan"),
        (json!([alice.add("riviera-20", 1)]), "planExists"),
        (json!([alice.renew("data-20", 1)]), "actionNotAllowed"),
        (json!([alice.add("data-1", 1), alice.add("data-2", 1)]), "itemIdTwice"),
        (two_plans, "onePlanOnly"),
        (json!([]), "emptyBasket"),
    ] {
        alice.post(CARTS, &json!({ "cartItem": items })).await.refused(422, code);
    }
}

#[tokio::test]
async fn an_order_is_answered_once_per_key() {
    let alice = alice().await;
    let items = [alice.add("data-20", 2)];
    let cart = alice.cart(&items).await;
    let mut body = alice.order_of(&cart, &items, "key-1");
    let order = alice.post(ORDERS, &body).await.ok(201);
    assert_eq!(order["state"], "pending");
    let again = alice.post(ORDERS, &body).await.ok(200);
    assert_eq!(again, order);
    let listed = alice.get(&format!("{ORDERS}?externalId=key-1")).await.ok(200);
    assert_eq!(listed, json!([order]));

    body["note"] = json!([]);
    alice.post(ORDERS, &body).await.refused(409, "externalIdConflict");
    body["externalId"] = json!("key-2");
    alice.post(ORDERS, &body).await.refused(409, "cartUsed");
    // Another subscriber may have the same key.
    let bruno = alice.shop.sign_in(BRUNO).await;
    bruno.order(&[bruno.add("data-1", 1)], "key-1").await;
}

#[tokio::test]
async fn an_order_at_another_price_is_refused() {
    let alice = alice().await;
    let items = [alice.add("data-20", 1)];
    let cart = alice.cart(&items).await;
    let mut body = alice.order_of(&cart, &items, "key");
    let change = json!({ "offering": "data-20", "cents": 2500 });
    assert_eq!(alice.shop.post("/demo/price", &change).await.status, StatusCode::NO_CONTENT);
    alice.post(ORDERS, &body).await.refused(409, "priceChanged");
    assert_eq!(alice.get(ORDERS).await.ok(200), json!([]));
    let total = &mut body["orderTotalPrice"][0]["price"]["taxIncludedAmount"];
    *total = json!({ "unit": "EUR", "value": 25 });
    alice.post(ORDERS, &body).await.ok(201);
}

#[tokio::test]
async fn an_order_must_be_what_the_cart_was() {
    let alice = alice().await;
    let items = [alice.add("data-20", 1)];
    let cart = alice.cart(&items).await;
    let good = alice.order_of(&cart, &items, "key");
    let with = |name: &str, value: Value| {
        let mut body = good.clone();
        body[name] = value;
        body
    };
    for (body, code) in [
        (with("productOrderItem", json!([alice.add("data-20", 2)])), "itemsDiffer"),
        (with("shoppingCart", json!({ "id": "cart-0" })), "unknownCart"),
        (with("relatedParty", json!([{ "id": "customer-2", "role": "customer" }])), "unknownParty"),
        (with("billingAccount", json!({ "id": "account-2" })), "unknownAccount"),
        (with("orderTotalPrice", json!([])), "totalMissing"),
    ] {
        alice.post(ORDERS, &body).await.refused(422, code);
    }
    let usd = json!([{ "priceType": "oneTime", "price": { "taxIncludedAmount": { "unit": "USD", "value": 24 } } }]);
    alice.post(ORDERS, &with("orderTotalPrice", usd)).await.refused(422, "currencyNotSupported");
    let odd = json!([{ "priceType": "oneTime", "price": { "taxIncludedAmount": { "unit": "EUR", "value": 24.001 } } }]);
    alice.post(ORDERS, &with("orderTotalPrice", odd)).await.refused(400, "malformed");

    alice.shop.clock.advance(20 * MINUTE);
    let alice = alice.shop.sign_in(ALICE).await;
    alice.post(ORDERS, &good).await.refused(409, "cartExpired");
}

#[tokio::test]
async fn nothing_to_pay_goes_straight_on() {
    let alice = alice().await;
    let order = alice.order(&[alice.add("full-speed-1", 1)], "free").await;
    assert_eq!(order["state"], "inProgress");
    alice.post(PAYMENTS, &alice.payment_of(&order, "p")).await.refused(409, "orderNotPending");
    alice.shop.clock.advance(2_000);
    assert_eq!(state(&alice, &order).await, "completed");
    assert_eq!(alice.shop.ledger("free").await["charges"], json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_identical_orders_at_once_are_one_order() {
    let alice = alice().await;
    let items = [alice.add("data-5", 1)];
    let cart = alice.cart(&items).await;
    let body = alice.order_of(&cart, &items, "key");
    let tasks: Vec<_> = (0..32)
        .map(|_| {
            let (alice, body) = (alice.clone(), body.clone());
            tokio::spawn(async move { alice.post(ORDERS, &body).await })
        })
        .collect();
    let mut made = 0;
    for task in tasks {
        made += usize::from(task.await.unwrap().status == StatusCode::CREATED);
    }
    assert_eq!(made, 1);
    assert_eq!(alice.get(ORDERS).await.ok(200).as_array().unwrap().len(), 1);
}
