//! The switches: whose calls go wrong, how often, in which order, and how they are taken back.

mod support;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use support::{ALICE, BRUNO, CATALOGUE, METHODS, PRODUCTS, Reply, Shop, User};

/// Alice's number in a query.
const WHOSE: &str = "msisdn=%2B37761234501";

async fn set(shop: &Shop, fault: Value) -> Reply {
    shop.post("/demo/fault", &fault).await
}

#[track_caller]
fn is_set(reply: &Reply) {
    assert_eq!(reply.status, StatusCode::NO_CONTENT, "{}", reply.text);
}

async fn waiting(shop: &Shop) -> Value {
    shop.get(&format!("/demo/fault?{WHOSE}")).await.ok(200)
}

async fn delete(user: &User, query: &str) {
    is_set(&user.call(Method::DELETE, &format!("/demo/fault?{query}"), None).await);
}

#[tokio::test]
async fn a_fault_holds_for_so_many_calls_of_one_subscriber() {
    let shop = Shop::new();
    let (alice, bruno) = (shop.sign_in(ALICE).await, shop.sign_in(BRUNO).await);
    is_set(&set(&shop, json!({ "msisdn": ALICE, "call": "methods", "fault": "fail500", "times": 2 })).await);
    is_set(&set(&shop, json!({ "msisdn": ALICE, "call": "methods", "fault": "busy503" })).await);
    assert_eq!(
        waiting(&shop).await,
        json!([{ "call": "methods", "fault": "fail500", "times": 2 }, { "call": "methods", "fault": "busy503", "times": 1 }])
    );
    // Neither another subscriber, nor another call, nor one without a token is concerned.
    bruno.get(METHODS).await.ok(200);
    alice.get(PRODUCTS).await.ok(200);
    shop.get(METHODS).await.refused(401, "missingToken");
    alice.get(METHODS).await.refused(500, "internalError");
    alice.get(METHODS).await.refused(500, "internalError");
    alice.get(METHODS).await.refused(503, "busy");
    alice.get(METHODS).await.ok(200);
    assert_eq!(waiting(&shop).await, json!([]));
}

#[tokio::test]
async fn faults_are_taken_back() {
    let shop = Shop::new();
    let alice = shop.sign_in(ALICE).await;
    let fault = |call: &str| json!({ "msisdn": ALICE, "call": call, "fault": "fail500", "times": 1000 });
    for call in ["methods", "inventory"] {
        is_set(&set(&shop, fault(call)).await);
    }
    is_set(&set(&shop, json!({ "msisdn": BRUNO, "call": "methods", "fault": "fail500" })).await);
    is_set(&set(&shop, json!({ "call": "catalogue", "fault": "fail500" })).await);
    delete(&alice, &format!("{WHOSE}&call=methods")).await;
    alice.get(METHODS).await.ok(200);
    alice.get(PRODUCTS).await.refused(500, "internalError");
    delete(&alice, WHOSE).await;
    alice.get(PRODUCTS).await.ok(200);

    // A wrong price is taken back too.
    is_set(&set(&shop, json!({ "msisdn": ALICE, "fault": "currency" })).await);
    is_set(&set(&shop, fault("cart")).await);
    is_set(&set(&shop, json!({ "msisdn": ALICE, "fault": "none" })).await);
    assert!(!alice.cart(&[alice.add("data-5", 1)]).await.to_string().contains("CHF"));

    // What is another's or nobody's has stayed.
    let bruno = shop.sign_in(BRUNO).await;
    bruno.get(METHODS).await.refused(500, "internalError");
    delete(&alice, "call=catalogue").await;
    shop.get(&format!("{CATALOGUE}/category")).await.ok(200);
}

#[tokio::test]
async fn what_is_not_known_or_makes_no_sense_is_refused_and_not_kept() {
    let shop = Shop::new();
    let ask = |fault: Value| {
        let shop = shop.clone();
        async move { set(&shop, fault).await }
    };
    for (fault, code) in [
        (json!({ "call": "coffee", "fault": "html" }), "unknownCall"),
        (json!({ "call": "order", "fault": "fire" }), "unknownFault"),
        (json!({ "call": "cart", "fault": "currency" }), "unknownFault"),
        (json!({ "call": "coffee", "fault": "none" }), "unknownCall"),
        (json!({ "fault": "html" }), "unknownFault"),
        (json!({ "fault": "currency", "times": 2 }), "callNeeded"),
        (json!({ "call": "order", "fault": "html", "times": 0 }), "timesOutOfRange"),
        (json!({ "call": "order", "fault": "html", "times": 1001 }), "timesOutOfRange"),
        (json!({ "call": "order", "fault": "delay" }), "secondsNeeded"),
        (json!({ "call": "order", "fault": "delay", "seconds": 61 }), "secondsOutOfRange"),
        (json!({ "call": "order", "fault": "busy429", "seconds": 3601 }), "secondsOutOfRange"),
        (json!({ "call": "order", "fault": "html", "seconds": 1 }), "secondsNotAllowed"),
        (json!({ "call": "catalogue", "fault": "html" }), "publicCall"),
        (json!({ "call": "catalogue", "fault": "tokenExpired" }), "faultNotOfCall"),
    ] {
        let mut whose = fault;
        whose["msisdn"] = json!(ALICE);
        let reply = ask(whose.clone()).await;
        reply.refused(422, code);
        if code.starts_with("unknown") {
            assert!(reply.text.contains(" is one of "), "{}", reply.text);
        }
    }
    ask(json!({ "call": "order", "fault": "html" })).await.refused(422, "subscriberNeeded");
    ask(json!({ "fault": "currency" })).await.refused(422, "subscriberNeeded");
    ask(json!({ "msisdn": "+1", "call": "order", "fault": "html" })).await.refused(404, "notFound");
    ask(json!({ "call": "order", "fault": "html", "times": -1 })).await.refused(400, "malformed");
    assert_eq!(waiting(&shop).await, json!([]));
    assert_eq!(shop.get("/demo/fault").await.ok(200), json!([]));
}

#[tokio::test]
async fn the_date_header_can_be_wrong() {
    let shop = Shop::new();
    let alice = shop.sign_in(ALICE).await;
    let before = alice.cart(&[alice.add("data-5", 1)]).await;
    is_set(&shop.post("/demo/clock", &json!({ "dateOffsetSeconds": -3600 })).await);
    assert_eq!(shop.get("/demo/subscribers").await.header("date"), "Sun, 22 Nov 2026 12:05:00 GMT");
    // It is wrong throughout, but nothing goes by it.
    is_set(&set(&shop, json!({ "msisdn": ALICE, "call": "methods", "fault": "busy503date", "seconds": 60 })).await);
    assert_eq!(alice.get(METHODS).await.header("retry-after"), "Sun, 22 Nov 2026 12:06:00 GMT");
    assert_eq!(alice.cart(&[alice.add("data-5", 1)]).await["validFor"], before["validFor"]);
    is_set(&shop.post("/demo/clock", &json!({ "seconds": 60, "dateOffsetSeconds": 0 })).await);
    assert_eq!(shop.get("/demo/subscribers").await.header("date"), "Sun, 22 Nov 2026 13:06:00 GMT");
    for wrong in [-86_401, 86_401] {
        shop.post("/demo/clock", &json!({ "dateOffsetSeconds": wrong })).await.refused(422, "tooFar");
    }
    shop.post("/demo/clock", &json!({})).await.refused(400, "malformed");
}
