//! Wrong answers on demand.

mod support;

use axum::http::StatusCode;
use serde_json::{Value, json};
use support::{ALICE, BRUNO, ORDERS, Shop, User};

async fn plan(shop: &Shop, fault: &str) {
    let planned = shop.post("/demo/fault", &json!({ "msisdn": ALICE, "fault": fault })).await;
    assert_eq!(planned.status, StatusCode::NO_CONTENT);
}

fn two(user: &User) -> [Value; 2] {
    let mut second = user.add("spam-call-blocking", 1);
    second["id"] = json!("2");
    [user.add("data-50", 1), second]
}

fn total(resource: &Value, name: &str) -> String {
    resource[name][0]["price"]["taxIncludedAmount"]["value"].to_string()
}

#[tokio::test]
async fn carts_and_quotes_are_wrong_once() {
    let shop = Shop::new();
    let (alice, bruno) = (shop.sign_in(ALICE).await, shop.sign_in(BRUNO).await);
    let items = two(&alice);
    for fault in ["currency", "missingItem", "wrongSum", "noExpiry"] {
        for of in ["cart", "quote"] {
            plan(&shop, fault).await;
            // It is Alice's alone.
            assert_eq!(total(&bruno.cart(&[bruno.add("data-5", 1)]).await, "cartTotalPrice"), "9.00");
            let wrong = if of == "cart" { alice.cart(&items).await } else { alice.quote(&items).await };
            let text = wrong.to_string();
            assert_eq!((text.contains("CHF"), text.contains("EUR")), (fault == "currency", fault != "currency"));
            let count = wrong[format!("{of}Item")].as_array().map(Vec::len);
            assert_eq!(count, Some(if fault == "missingItem" { 1 } else { 2 }));
            let sum = total(&wrong, &format!("{of}TotalPrice"));
            assert_eq!(sum, if fault == "wrongSum" { "41.91" } else { "41.90" });
            assert_eq!(wrong.get("validFor").is_none(), fault == "noExpiry");
            // What is kept was never wrong, and the next is right.
            let kept = alice.get(wrong["href"].as_str().unwrap()).await.ok(200);
            assert_eq!(
                (total(&kept, &format!("{of}TotalPrice")).as_str(), kept["validFor"].is_object()),
                ("41.90", true)
            );
            let right = alice.cart(&items).await;
            assert_eq!((total(&right, "cartTotalPrice").as_str(), right["validFor"].is_object()), ("41.90", true));
        }
    }
}

#[tokio::test]
async fn nobody_pays_what_was_wrong() {
    let shop = Shop::new();
    let alice = shop.sign_in(ALICE).await;
    let items = two(&alice);
    plan(&shop, "wrongSum").await;
    let cart = alice.cart(&items).await;
    alice.post(ORDERS, &alice.order_of(&cart, &items, "sum")).await.refused(409, "priceChanged");
    plan(&shop, "currency").await;
    let cart = alice.cart(&items).await;
    alice.post(ORDERS, &alice.order_of(&cart, &items, "francs")).await.refused(422, "currencyNotSupported");
}

#[tokio::test]
async fn only_what_is_known_can_go_wrong() {
    let shop = Shop::new();
    let ask = |msisdn: &str, fault: &str| json!({ "msisdn": msisdn, "fault": fault });
    shop.post("/demo/fault", &ask(ALICE, "fire")).await.refused(422, "unknownFault");
    shop.post("/demo/fault", &ask("+1", "currency")).await.refused(404, "notFound");
}

#[tokio::test]
async fn the_clock_moves_forward_and_what_is_due_happens() {
    let shop = Shop::new();
    let alice = shop.sign_in(ALICE).await;
    let cart = alice.cart(&[alice.add("data-5", 1)]).await;
    let before = shop.clock.now();
    let moved = shop.post("/demo/clock", &json!({ "seconds": 600 })).await;
    assert_eq!((moved.status, shop.clock.now() - before), (StatusCode::NO_CONTENT, 600_000));
    let later = alice.cart(&[alice.add("data-5", 1)]).await;
    assert_ne!(cart["validFor"]["endDateTime"], later["validFor"]["endDateTime"]);
    let too_far = shop.post("/demo/clock", &json!({ "seconds": 40_000_000 })).await;
    assert_eq!((too_far.status, shop.clock.now() - before), (StatusCode::UNPROCESSABLE_ENTITY, 600_000));
}
