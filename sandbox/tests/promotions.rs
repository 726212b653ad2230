//! Promotions and codes: what they do to a basket, and what is told of them.
#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use support::{ALICE, BRUNO, CARTS, DAY, MINUTE, ORDERS, PROMOTIONS, Shop, User};

async fn alice() -> User {
    Shop::new().sign_in(ALICE).await
}

fn with_id(mut item: Value, id: &str) -> Value {
    item["id"] = json!(id);
    item
}

/// An amount of a cart, as it stands on the wire.
#[track_caller]
fn amount(cart: &Value, place: &str) -> String {
    cart.pointer(&format!("{place}/price/taxIncludedAmount/value")).unwrap().to_string()
}

async fn with_codes(user: &User, items: &[Value], codes: &[&str]) -> Value {
    user.post(CARTS, &json!({ "cartItem": items, "promotionCode": codes })).await.ok(201)
}

fn results(cart: &Value) -> Vec<(String, String)> {
    let results = cart["promotionCodeResult"].as_array().unwrap().iter();
    results.map(|r| (r["code"].as_str().unwrap().to_owned(), r["result"].as_str().unwrap().to_owned())).collect()
}

fn result(code: &str, result: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), result.to_owned())]
}

/// Unit price, alteration and total of a cart's first item.
fn first(cart: &Value) -> [String; 3] {
    let item = "/cartItem/0";
    [
        amount(cart, &format!("{item}/itemPrice/0")),
        amount(cart, &format!("{item}/ItemTotalPrice/0/priceAlteration/0")),
        amount(cart, &format!("{item}/ItemTotalPrice/0")),
    ]
}

#[tokio::test]
async fn a_percentage_is_rounded_for_each_one() {
    let alice = alice().await;
    // 10 % of 11.90 is 1.19; of 3.90 it is 0.39; of 24.90 it is 2.49.
    for (offering, quantity, expected) in [
        ("roaming-eu-5", 1, ["11.90", "-1.19", "10.71"]),
        ("roaming-eu-1", 3, ["3.90", "-1.17", "10.53"]),
        ("roaming-eu-15", 2, ["24.90", "-4.98", "44.82"]),
        ("data-100", 1, ["75.00", "-11.25", "63.75"]),
    ] {
        let cart = alice.cart(&[alice.add(offering, quantity)]).await;
        assert_eq!(first(&cart), expected, "{offering}");
        assert_eq!(amount(&cart, "/cartTotalPrice/0"), expected[2]);
    }
    // Half a cent off is a cent off: 15 % of 1.30 is 0.195.
    alice.shop.post("/demo/price", &json!({ "offering": "data-100", "cents": 130 })).await;
    let cart = alice.cart(&[alice.add("data-100", 1)]).await;
    assert_eq!(first(&cart), ["1.30", "-0.20", "1.10"]);
}

#[tokio::test]
async fn what_is_without_tax_adds_up_too() {
    let alice = alice().await;
    let cart = alice.cart(&[alice.add("roaming-eu-5", 1)]).await;
    let item = &cart["cartItem"][0];
    let net = |price: &Value| price["price"]["dutyFreeAmount"]["value"].to_string();
    let alteration = &item["ItemTotalPrice"][0]["priceAlteration"][0];
    assert_eq!(
        [net(&item["itemPrice"][0]), net(alteration), net(&item["ItemTotalPrice"][0])],
        ["9.92", "-0.99", "8.93"]
    );
    assert_eq!((&alteration["name"], &alteration["priceType"]), (&json!("Autumn in Europe"), &json!("discount")));
}

#[tokio::test]
async fn bundles_with_europe_are_not_reduced() {
    let alice = alice().await;
    let cart = alice.cart(&[alice.add("bundle-weekend-eu", 1)]).await;
    assert_eq!(amount(&cart, "/cartTotalPrice/0"), "10.90");
    assert_eq!(cart["cartItem"][0]["ItemTotalPrice"][0].get("priceAlteration"), None);
    assert_eq!(cart.get("promotionCodeResult"), None);
}

#[tokio::test]
async fn an_amount_is_taken_off_each_one_but_never_more_than_it_costs() {
    let alice = alice().await;
    let cart = alice.cart(&[alice.add("data-50", 2)]).await;
    assert_eq!(first(&cart), ["45.00", "-10.00", "80.00"]);
    alice.shop.post("/demo/price", &json!({ "offering": "data-50", "cents": 300 })).await;
    let cart = alice.cart(&[alice.add("data-50", 1)]).await;
    assert_eq!(first(&cart), ["3.00", "-3.00", "0.00"]);
}

#[tokio::test]
async fn two_things_together_make_one_of_them_free() {
    let alice = alice().await;
    let blocking = alice.add("spam-call-blocking", 1);
    let cart = alice.cart(std::slice::from_ref(&blocking)).await;
    assert_eq!(amount(&cart, "/cartTotalPrice/0"), "1.90");
    let cart = alice.cart(&[blocking.clone(), with_id(alice.renew("riviera-20", 1), "2")]).await;
    assert_eq!(first(&cart), ["1.90", "-1.90", "0.00"]);
    assert_eq!(amount(&cart, "/cartTotalPrice/0"), "19.90");
    assert_eq!(cart["cartItem"][1]["ItemTotalPrice"][0].get("priceAlteration"), None);
    let cart = alice.cart(&[blocking, with_id(alice.renew("riviera-50", 1), "2")]).await;
    assert_eq!(amount(&cart, "/cartTotalPrice/0"), "29.80");
}

#[tokio::test]
async fn bonus_data_is_told_and_delivered() {
    let bruno = Shop::new().sign_in(BRUNO).await;
    let item = bruno.renew("riviera-50", 2);
    let cart = bruno.cart(std::slice::from_ref(&item)).await;
    let told = &cart["cartItem"][0]["product"]["productCharacteristic"];
    let bonus = json!({ "name": "bonusData", "valueType": "object", "value": { "amount": 10, "units": "GB" } });
    assert_eq!((&told[0]["name"], &told[1]), (&json!("remaining"), &bonus));
    let order = bruno.order(&[item], "order").await;
    assert_eq!(order["productOrderItem"][0]["product"].get("productCharacteristic"), None);
    let payment = bruno.payment(&order, "try").await;
    bruno.shop.pay(&payment, &[("action", "pay"), ("card", "accepted")]).await;
    bruno.shop.clock.advance(2_000);
    assert_eq!(bruno.bucket("data").await, ("110".to_owned(), "110".to_owned()));
}

#[tokio::test]
async fn promotions_end() {
    let alice = alice().await;
    let flash = [alice.add("data-100", 1)];
    let cart = alice.cart(&flash).await;
    let order = alice.order_of(&cart, &flash, "order");
    alice.shop.clock.advance(2 * 60 * MINUTE - 1);
    let alice = alice.shop.sign_in(ALICE).await;
    assert_eq!(amount(&alice.cart(&flash).await, "/cartTotalPrice/0"), "63.75");
    let late = alice.cart(&flash).await;
    alice.shop.clock.advance(1);
    assert_eq!(amount(&alice.cart(&flash).await, "/cartTotalPrice/0"), "75.00");
    alice.post(ORDERS, &order).await.refused(409, "cartExpired");
    alice.post(ORDERS, &alice.order_of(&late, &flash, "late")).await.refused(409, "priceChanged");
    alice.shop.clock.advance(60 * DAY);
    let alice = alice.shop.sign_in(ALICE).await;
    let cart = alice.cart(&[alice.add("data-50", 1)]).await;
    assert_eq!(amount(&cart, "/cartTotalPrice/0"), "45.00");
}

#[tokio::test]
async fn a_code_lowers_the_price_and_the_order_pays_that() {
    let alice = alice().await;
    let items = [alice.renew("riviera-100", 1)];
    let cart = with_codes(&alice, &items, &[" monaco20 "]).await;
    // 20 % of 34.90 is 6.98.
    assert_eq!(first(&cart), ["34.90", "-6.98", "27.92"]);
    assert_eq!(
        cart["promotionCodeResult"],
        json!([{ "code": "MONACO20", "result": "applied", "name": "20 % off Riviera 100" }])
    );
    let order = alice.post(ORDERS, &alice.order_of(&cart, &items, "order")).await.ok(201);
    assert_eq!(amount(&order, "/orderTotalPrice/0"), "27.92");
}

#[tokio::test]
async fn each_code_is_told_what_became_of_it() {
    let alice = alice().await;
    let plan = [alice.renew("riviera-100", 1)];
    for (code, expected) in [("NONSENSE", "unknown"), ("", "unknown"), ("*", "unknown"), ("summer24", "expired")] {
        let cart = with_codes(&alice, &plan, &[code]).await;
        assert_eq!(results(&cart), result(&code.to_uppercase(), expected));
        assert_eq!(amount(&cart, "/cartTotalPrice/0"), "34.90");
    }
    for item in [alice.renew("riviera-50", 1), alice.add("data-5", 1)] {
        assert_eq!(results(&with_codes(&alice, &[item], &["MONACO20"]).await), result("MONACO20", "notApplicable"));
    }
    let cart = with_codes(&alice, &plan, &["SUMMER24", "x", "monaco20", "Monaco20"]).await;
    let told: Vec<_> = results(&cart).into_iter().map(|(_, result)| result).collect();
    assert_eq!(told, ["expired", "unknown", "applied", "applied"]);
    assert_eq!(amount(&cart, "/cartTotalPrice/0"), "27.92");
    assert_eq!(cart["promotionCodeResult"][0]["name"], "Summer of 24");
    assert_eq!(cart["promotionCodeResult"][1].get("name"), None);
    let six = json!({ "cartItem": plan, "promotionCode": ["1", "2", "3", "4", "5", "6"] });
    alice.post(CARTS, &six).await.refused(422, "tooManyCodes");
}

#[tokio::test]
async fn a_code_is_used_once_by_each_customer() {
    let alice = alice().await;
    let items = [alice.renew("riviera-100", 1)];
    let cart = with_codes(&alice, &items, &["MONACO20"]).await;
    let order = alice.post(ORDERS, &alice.order_of(&cart, &items, "first")).await.ok(201);
    // An order that nobody paid has used nothing.
    let second = with_codes(&alice, &items, &["MONACO20"]).await;
    assert_eq!(results(&second), result("MONACO20", "applied"));
    let payment = alice.payment(&order, "try").await;
    alice.shop.pay(&payment, &[("action", "pay"), ("card", "accepted")]).await;
    for _ in 0..2 {
        let cart = with_codes(&alice, &items, &["MONACO20"]).await;
        assert_eq!(results(&cart), result("MONACO20", "used"));
        assert_eq!(amount(&cart, "/cartTotalPrice/0"), "34.90");
        alice.shop.clock.advance(2_000);
    }
    alice.post(ORDERS, &alice.order_of(&second, &items, "second")).await.refused(409, "priceChanged");
    let bruno = alice.shop.sign_in(BRUNO).await;
    let cart = with_codes(&bruno, &[bruno.renew("riviera-100", 1)], &["MONACO20"]).await;
    assert_eq!(results(&cart), result("MONACO20", "applied"));
}

#[tokio::test]
async fn a_code_that_changed_nothing_is_not_used() {
    let alice = alice().await;
    let items = [alice.add("data-5", 1)];
    let cart = with_codes(&alice, &items, &["MONACO20"]).await;
    let order = alice.post(ORDERS, &alice.order_of(&cart, &items, "order")).await.ok(201);
    let payment = alice.payment(&order, "try").await;
    alice.shop.pay(&payment, &[("action", "pay"), ("card", "accepted")]).await;
    let cart = with_codes(&alice, &[alice.renew("riviera-100", 1)], &["MONACO20"]).await;
    assert_eq!(results(&cart), result("MONACO20", "applied"));
}

#[tokio::test]
async fn a_cart_is_given_codes_and_loses_them() {
    let alice = alice().await;
    let cart = alice.cart(&[alice.renew("riviera-100", 1)]).await;
    let href = cart["href"].as_str().unwrap();
    let patch = async |body: Value| alice.call(Method::PATCH, href, Some(&body)).await.ok(200);
    let with = patch(json!({ "promotionCode": ["MONACO20"] })).await;
    assert_eq!(amount(&with, "/cartTotalPrice/0"), "27.92");
    assert_eq!(alice.get(href).await.ok(200), with);
    let other = patch(json!({ "cartItem": [alice.renew("riviera-50", 1)] })).await;
    assert_eq!(results(&other), result("MONACO20", "notApplicable"));
    assert_eq!(patch(json!({ "promotionCode": null })).await.get("promotionCodeResult"), None);
}

#[tokio::test]
async fn promotions_are_public_and_keep_their_codes() {
    let shop = Shop::new();
    let reply = shop.get(PROMOTIONS).await;
    assert!(!reply.text.to_uppercase().contains("MONACO20\"") && !reply.text.contains("SUMMER24"));
    assert_eq!((reply.status, reply.header("cache-control")), (StatusCode::OK, "public, max-age=60"));
    let active = shop.get(&format!("{PROMOTIONS}?lifecycleStatus=active")).await.ok(200);
    let ids: Vec<_> = active.as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap()).collect();
    let expected =
        ["autumn-europe", "data-50-less-5", "quiet-with-riviera-20", "riviera-50-bonus", "monaco-20", "data-100-flash"];
    assert_eq!(ids, expected);
    assert_eq!(active[0]["validFor"]["endDateTime"], "2027-01-21T13:05:00Z");
    assert_eq!(active[5]["validFor"]["endDateTime"], "2026-11-22T15:05:00Z");
    let code = &active[4]["pattern"][0]["criteriaGroup"][2]["criteria"][0];
    assert_eq!((&code["criteriaParameter"], &code["criteriaValue"]), (&json!("promotionCode"), &json!("*")));
    let actions: Vec<_> = active.as_array().unwrap().iter().map(|p| p["pattern"][0]["action"][0].clone()).collect();
    let told: Vec<_> = actions.iter().map(|a| (a["actionType"].as_str(), a["actionValue"].as_str())).collect();
    let one = |kind, value| (Some(kind), Some(value));
    assert_eq!(
        told,
        [
            one("percent", "10"),
            one("amount", "5.00"),
            one("price", "0.00"),
            one("bonusData", "5 GB"),
            one("percent", "20"),
            one("percent", "15")
        ]
    );
    assert_eq!(actions[2]["actionEntityRef"]["id"], "spam-call-blocking");
    assert_eq!(shop.get(&format!("{PROMOTIONS}/summer-24")).await.ok(200)["lifecycleStatus"], "expired");
    shop.get(&format!("{PROMOTIONS}/none")).await.refused(404, "notFound");
}
