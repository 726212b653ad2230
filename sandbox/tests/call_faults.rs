//! Calls that go wrong on demand: what is answered, and what is done nevertheless.

mod support;

use std::time::{Duration, Instant};

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use support::{
    ALICE, CARTS, CATALOGUE, DORA, METHODS, ORDERS, PAGE, PAYMENTS, PRODUCTS, PROMOTIONS, Reply, Shop, TOPUPS, USAGE,
    User,
};

async fn plan(shop: &Shop, fault: Value) {
    let planned = shop.post("/demo/fault", &fault).await;
    assert_eq!(planned.status, StatusCode::NO_CONTENT, "{}", planned.text);
}

/// Lets Alice's next call of a kind go wrong.
async fn next(user: &User, call: &str, fault: &str) {
    plan(&user.shop, json!({ "msisdn": user.msisdn, "call": call, "fault": fault })).await;
}

async fn alice() -> User {
    Shop::new().sign_in(ALICE).await
}

/// A body that orders a pack.
async fn order_body(user: &User, key: &str) -> Value {
    let items = [user.add("data-5", 1)];
    user.order_of(&user.cart(&items).await, &items, key)
}

async fn orders(user: &User) -> Value {
    let number = user.msisdn.trim_start_matches('+');
    user.shop.get(&format!("/demo/ledger?msisdn=%2B{number}")).await.ok(200)["ordersPerKey"].clone()
}

#[tokio::test]
async fn a_busy_carrier_does_nothing_and_says_when_to_ask_again() {
    let alice = alice().await;
    let body = order_body(&alice, "key").await;
    for (fault, seconds, status, after) in [
        ("busy429", json!(7), 429, "7"),
        ("busy503", json!(120), 503, "120"),
        ("busy503", json!(null), 503, "1"),
        ("busy503date", json!(90), 503, "Sun, 22 Nov 2026 13:06:30 GMT"),
    ] {
        plan(&alice.shop, json!({ "msisdn": ALICE, "call": "order", "fault": fault, "seconds": seconds })).await;
        let reply = alice.post(ORDERS, &body).await;
        assert_eq!(reply.header("retry-after"), after);
        reply.refused(status, "busy");
        assert_eq!(orders(&alice).await, json!({}));
    }
    alice.post(ORDERS, &body).await.ok(201);
}

#[tokio::test]
async fn a_failure_before_the_work_leaves_nothing_and_one_after_it_leaves_an_order() {
    let alice = alice().await;
    let body = order_body(&alice, "key").await;
    next(&alice, "order", "fail500").await;
    alice.post(ORDERS, &body).await.refused(500, "internalError");
    assert_eq!(orders(&alice).await, json!({}));
    next(&alice, "order", "fail500After").await;
    alice.post(ORDERS, &body).await.refused(500, "internalError");
    assert_eq!(orders(&alice).await, json!({ "key": 1 }));
    alice.post(ORDERS, &body).await.ok(200);
}

#[tokio::test]
async fn an_answer_comes_late_after_the_work() {
    let alice = alice().await;
    let body = order_body(&alice, "key").await;
    plan(&alice.shop, json!({ "msisdn": ALICE, "call": "order", "fault": "delay", "seconds": 1 })).await;
    let begun = Instant::now();
    let late = tokio::spawn({
        let (alice, body) = (alice.clone(), body.clone());
        async move { alice.post(ORDERS, &body).await }
    });
    while orders(&alice).await == json!({}) && begun.elapsed() < Duration::from_millis(900) {
        tokio::task::yield_now().await;
    }
    assert_eq!((orders(&alice).await, late.is_finished()), (json!({ "key": 1 }), false));
    late.await.unwrap().ok(201);
    assert!(begun.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn what_is_answered_can_be_unreadable() {
    let alice = alice().await;
    for (fault, status) in [("truncated", 201), ("wrongJson", 201), ("html", 502)] {
        let body = order_body(&alice, fault).await;
        next(&alice, "order", fault).await;
        let reply = alice.post(ORDERS, &body).await;
        let whole = alice.post(ORDERS, &body).await;
        assert_eq!((reply.status.as_u16(), whole.status), (status, StatusCode::OK));
        assert_eq!(orders(&alice).await[fault], 1);
        match fault {
            "truncated" => assert_eq!(reply.text, whole.text[..whole.text.len() / 2]),
            "wrongJson" => assert_eq!(reply.json(), json!([{ "message": "Done." }])),
            _ => assert!(reply.header("content-type").starts_with("text/html") && reply.text.starts_with("<!doctype")),
        }
        let length = reply.header("content-length");
        assert!(length.is_empty() || length == reply.text.len().to_string(), "{length}");
    }
    next(&alice, "orders", "wrongJson").await;
    assert!(alice.get(ORDERS).await.ok(200).is_object());
    // A cache must not keep what was wrong once.
    plan(&alice.shop, json!({ "call": "catalogue", "fault": "truncated" })).await;
    let offerings = format!("{CATALOGUE}/productOffering");
    let cut = alice.shop.get(&offerings).await;
    assert_eq!((cut.status, cut.header("cache-control")), (StatusCode::OK, "no-store"));
    assert!(serde_json::from_str::<Value>(&cut.text).is_err());
    alice.shop.get(&offerings).await.ok(200);
}

#[tokio::test]
async fn a_state_can_be_an_unknown_word() {
    let alice = alice().await;
    let order = alice.order(&[alice.add("data-5", 1)], "key").await;
    next(&alice, "orders", "unknownState").await;
    let listed = alice.get(ORDERS).await.ok(200);
    let item = &listed[0]["productOrderItem"][0]["state"];
    assert_eq!((&listed[0]["state"], item), (&json!("assessing"), &json!("assessing")));
    assert_eq!(alice.get(ORDERS).await.ok(200)[0], order);
    next(&alice, "payment", "unknownState").await;
    let body = alice.payment_of(&order, "try");
    assert_eq!(alice.post(PAYMENTS, &body).await.ok(201)["status"], "assessing");
    assert_eq!(alice.post(PAYMENTS, &body).await.ok(200)["status"], "pendingAuthorization");
    next(&alice, "usage", "unknownState").await;
    let ask = json!({ "searchCriteria": { "product": [{ "id": "line-1" }] } });
    let usage = alice.post(USAGE, &ask).await.ok(201);
    assert_eq!(usage["usageConsumption"][0]["state"], "assessing");
    // A refusal stays one.
    next(&alice, "order", "unknownState").await;
    alice.post(ORDERS, &json!({})).await.refused(400, "malformed");
}

#[tokio::test]
async fn a_request_is_delivered_twice() {
    let dora = Shop::new().sign_in(DORA).await;
    let body = order_body(&dora, "key").await;
    next(&dora, "order", "duplicate").await;
    let order = dora.post(ORDERS, &body).await.ok(200);
    assert_eq!(orders(&dora).await["key"], 1);
    next(&dora, "payment", "duplicate").await;
    dora.post(PAYMENTS, &dora.payment_by(&order, "card-4", "try")).await.ok(200);
    assert_eq!(dora.shop.ledger("key").await["charges"].as_array().map(Vec::len), Some(1));
    // What has no key is done twice.
    next(&dora, "topup", "duplicate").await;
    let topup = json!({ "usageType": "monetary", "amount": { "amount": 5, "units": "EUR" }, "bucket": { "id": "credit-4" },
        "partyAccount": { "id": "account-4" }, "paymentMethod": { "id": "card-4" } });
    dora.post(TOPUPS, &topup).await.ok(201);
    assert_eq!(dora.balance().await, "30.00");
}

#[tokio::test]
async fn a_token_ends_in_the_middle() {
    let alice = alice().await;
    let body = order_body(&alice, "key").await;
    next(&alice, "order", "tokenExpired").await;
    let reply = alice.post(ORDERS, &body).await;
    assert!(reply.header("www-authenticate").contains("invalid_token"));
    reply.refused(401, "invalidToken");
    alice.get(PRODUCTS).await.refused(401, "invalidToken");
    assert_eq!(orders(&alice).await, json!({}));
    let alice = alice.shop.sign_in(ALICE).await;
    alice.post(ORDERS, &body).await.ok(201);

    plan(&alice.shop, json!({ "call": "token", "fault": "tokenExpired" })).await;
    let refused = alice.shop.form("/oauth/token", "", &[("grant_type", "refresh_token")]).await;
    assert_eq!((refused.status, &refused.json()["error"]), (StatusCode::BAD_REQUEST, &json!("invalid_grant")));
    let again = alice.shop.form("/oauth/token", "", &[("grant_type", "refresh_token")]).await;
    assert_ne!(again.json()["error"], "invalid_grant");
}

#[tokio::test]
async fn every_call_can_go_wrong() {
    let shop = Shop::new();
    let dora = shop.sign_in(DORA).await;
    let by_id = |base: &str| format!("{base}/some");
    let own: [(&str, Method, String); 21] = [
        ("inventory", Method::GET, PRODUCTS.into()),
        ("usage", Method::POST, USAGE.into()),
        ("usageResult", Method::GET, by_id(USAGE)),
        ("qualification", Method::POST, support::QUALIFICATIONS.into()),
        ("cart", Method::POST, CARTS.into()),
        ("cartChange", Method::PATCH, by_id(CARTS)),
        ("carts", Method::GET, by_id(CARTS)),
        ("quote", Method::POST, support::QUOTES.into()),
        ("quotes", Method::GET, by_id(support::QUOTES)),
        ("order", Method::POST, ORDERS.into()),
        ("orders", Method::GET, ORDERS.into()),
        ("cancel", Method::POST, support::CANCELS.into()),
        ("cancels", Method::GET, support::CANCELS.into()),
        ("payment", Method::POST, PAYMENTS.into()),
        ("payments", Method::GET, format!("{PAYMENTS}?correlatorId=x")),
        ("refunds", Method::GET, support::REFUNDS.into()),
        ("methods", Method::GET, METHODS.into()),
        ("topup", Method::POST, TOPUPS.into()),
        ("topups", Method::GET, TOPUPS.into()),
        ("buckets", Method::GET, support::BUCKETS.into()),
        ("bills", Method::GET, support::BILLS.into()),
    ];
    for (call, method, path) in own {
        next(&dora, call, "busy503").await;
        let body = (method != Method::GET).then(|| json!({}));
        dora.call(method.clone(), &path, body.as_ref()).await.refused(503, "busy");
        assert_ne!(dora.call(method, &path, body.as_ref()).await.status, StatusCode::SERVICE_UNAVAILABLE);
    }
    for (call, path) in
        [("catalogue", format!("{CATALOGUE}/category")), ("promotions", PROMOTIONS.into()), ("token", String::new())]
    {
        plan(&shop, json!({ "call": call, "fault": "busy503" })).await;
        let ask = async || -> Reply {
            if path.is_empty() { shop.form("/oauth/token", "", &[]).await } else { shop.get(&path).await }
        };
        ask().await.refused(503, "busy");
        assert_ne!(ask().await.status, StatusCode::SERVICE_UNAVAILABLE);
    }
}

#[tokio::test]
async fn a_page_may_read_what_went_wrong() {
    let alice = alice().await;
    next(&alice, "methods", "busy429").await;
    let request = axum::http::Request::get(METHODS).header("origin", PAGE);
    let request = request.header("authorization", format!("Bearer {}", alice.token));
    let reply = alice.shop.send(request.body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!((reply.status.as_u16(), reply.header("access-control-allow-origin")), (429, PAGE));
    assert!(reply.header("access-control-expose-headers").contains("Retry-After"));
}
