//! Connections that end without an answer, seen over the network.

mod support;

use axum::http::Method;
use serde_json::{Value, json};
use support::wire::{Line, serve, status};
use support::{ALICE, CATALOGUE, DORA, METHODS, ORDERS, Shop, TOPUPS, User};

async fn plan(user: &User, call: &str, fault: &str, times: u32) {
    let ask = json!({ "msisdn": user.msisdn, "call": call, "fault": fault, "times": times });
    assert_eq!(user.shop.post("/demo/fault", &ask).await.status.as_u16(), 204);
}

async fn order_body(user: &User, key: &str) -> Value {
    let items = [user.add("data-5", 1)];
    user.order_of(&user.cart(&items).await, &items, key)
}

async fn orders(user: &User) -> usize {
    user.get(ORDERS).await.ok(200).as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn a_connection_ends_before_or_after_the_work() {
    let alice = Shop::new().sign_in(ALICE).await;
    let address = serve(&alice).await;
    let body = order_body(&alice, "key").await;
    for (fault, then) in [("dropBefore", 0), ("dropAfter", 1)] {
        plan(&alice, "order", fault, 1).await;
        let answer = Line::open(&address).await.ask(&alice, Method::POST, ORDERS, Some(&body)).await;
        // Not even a head has come.
        assert_eq!((answer.as_str(), orders(&alice).await), ("", then), "{fault}");
    }
    let again = Line::open(&address).await.ask(&alice, Method::POST, ORDERS, Some(&body)).await;
    assert_eq!((status(&again), orders(&alice).await), (Some(200), 1));
}

#[tokio::test]
async fn a_get_and_a_public_call_are_dropped_too() {
    let alice = Shop::new().sign_in(ALICE).await;
    let address = serve(&alice).await;
    plan(&alice, "methods", "dropBefore", 2).await;
    let public = json!({ "call": "catalogue", "fault": "dropAfter" });
    assert_eq!(alice.shop.post("/demo/fault", &public).await.status.as_u16(), 204);
    let category = format!("{CATALOGUE}/category");
    for (path, expected) in
        [(METHODS, None), (METHODS, None), (METHODS, Some(200)), (category.as_str(), None), (&category, Some(200))]
    {
        let answer = Line::open(&address).await.ask(&alice, Method::GET, path, None).await;
        assert_eq!(status(&answer), expected, "{path}");
    }
}

/// A browser that loses a connection which it had kept sends the same again on another. It is the same call to us.
#[tokio::test]
async fn what_a_browser_sends_again_by_itself_is_dropped_with_it() {
    let dora = Shop::new().sign_in(DORA).await;
    let address = serve(&dora).await;
    let topup = json!({ "usageType": "monetary", "amount": { "amount": 5, "units": "EUR" }, "bucket": { "id": "credit-4" },
        "partyAccount": { "id": "account-4" }, "paymentMethod": { "id": "card-4" } });
    for (fault, balance) in [("dropBefore", "20.00"), ("dropAfter", "25.00")] {
        let (mut kept, mut kept_too) = (Line::open(&address).await, Line::open(&address).await);
        for line in [&mut kept, &mut kept_too] {
            assert_eq!(status(&line.ask(&dora, Method::GET, METHODS, None).await), Some(200));
        }
        plan(&dora, "topup", fault, 1).await;
        for line in [&mut kept, &mut kept_too, &mut Line::open(&address).await] {
            let answer = line.ask(&dora, Method::POST, TOPUPS, Some(&topup)).await;
            assert_eq!((answer.as_str(), dora.balance().await.as_str()), ("", balance), "{fault}");
        }
    }
    // On a connection of its own it is not sent again by itself: the next one is another call.
    let answer = Line::open(&address).await.ask(&dora, Method::POST, TOPUPS, Some(&topup)).await;
    assert_eq!((status(&answer), dora.balance().await.as_str()), (Some(201), "30.00"));
}

#[tokio::test]
async fn a_connection_is_kept_through_all_other_faults() {
    let alice = Shop::new().sign_in(ALICE).await;
    let mut line = Line::open(&serve(&alice).await).await;
    for (fault, expected) in
        [("busy429", 429), ("fail500After", 500), ("truncated", 200), ("wrongJson", 200), ("html", 502)]
    {
        plan(&alice, "methods", fault, 1).await;
        let answer = line.ask(&alice, Method::GET, METHODS, None).await;
        assert_eq!(status(&answer), Some(expected), "{fault}");
    }
    assert_eq!(status(&line.ask(&alice, Method::GET, METHODS, None).await), Some(200));
}
