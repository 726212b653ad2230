//! What a line may have: what needs what, and what excludes what.
#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use serde_json::{Value, json};
use support::{ALICE, BRUNO, CHIARA, DAY, DORA, MINUTE, ORDERS, Shop, User, add_to};

async fn user(msisdn: &str) -> User {
    Shop::new().sign_in(msisdn).await
}

fn with_id(mut item: Value, id: &str) -> Value {
    item["id"] = json!(id);
    item
}

async fn roaming(user: &User, line: &str) -> Value {
    let products = user.products().await;
    let line = products.into_iter().find(|product| product["id"] == line).unwrap();
    let all = line["productCharacteristic"].as_array().unwrap().clone();
    all.into_iter().find(|characteristic| characteristic["name"] == "roaming").unwrap()["value"].clone()
}

#[tokio::test]
async fn roaming_needs_roaming_access_on_the_line_or_in_the_basket() {
    let dora = user(DORA).await;
    for offering in ["roaming-eu-1", "bundle-weekend-eu"] {
        let refused = dora.cannot_have(&[dora.add(offering, 1)], "requirementMissing").await;
        assert!(refused["reason"].as_str().unwrap().contains("Roaming access"), "{refused}");
        dora.cart(&[dora.add(offering, 1), with_id(dora.add("roaming-access", 1), "2")]).await;
    }
    // Access for another line is of no use, if it could be had.
    let other = add_to("line-4b", "roaming-access");
    dora.cannot_have(&[dora.add("roaming-eu-1", 1), other], "requirementMissing").await;
    user(ALICE).await.cart(&[user(ALICE).await.add("roaming-eu-1", 1)]).await;
}

#[tokio::test]
async fn roaming_access_switches_roaming_on_for_good_and_is_had_once() {
    let dora = user(DORA).await;
    let access = dora.add("roaming-access", 1);
    let cart = dora.cart(std::slice::from_ref(&access)).await;
    assert_eq!(cart["cartItem"][0]["product"].get("terminationDate"), None);
    assert_eq!(cart["cartTotalPrice"][0]["price"]["taxIncludedAmount"]["value"].to_string(), "0.00");
    let order = dora.order(&[access, with_id(dora.add("roaming-eu-1", 1), "2")], "order").await;
    assert_eq!(roaming(&dora, "line-4").await, "off");
    let payment = dora.payment(&order, "try").await;
    dora.shop.pay(&payment, &[("action", "pay"), ("card", "accepted")]).await;
    dora.shop.clock.advance(2_000);
    assert_eq!(roaming(&dora, "line-4").await, "on");
    let product = dora.product("roaming-access").await;
    assert_eq!((&product["status"], product.get("terminationDate")), (&json!("active"), None));
    let refused = dora.cannot_have(&[dora.add("roaming-access", 1)], "excluded").await;
    assert!(refused["reason"].as_str().unwrap().contains("Roaming access"));
    dora.cart(&[dora.add("roaming-eu-1", 1)]).await;
    user(ALICE).await.cannot_have(&[user(ALICE).await.add("roaming-access", 1)], "excluded").await;
}

#[tokio::test]
async fn nothing_of_roaming_is_sold_to_a_barred_line() {
    let dora = user(DORA).await;
    for offering in ["roaming-access", "roaming-eu-1", "bundle-weekend-eu"] {
        dora.cannot_have(&[add_to("line-4b", offering)], "roamingBarred").await;
    }
    dora.cart(&[add_to("line-4b", "data-5")]).await;
}

#[tokio::test]
async fn the_link_report_needs_the_filter_by_itself_or_in_a_bundle() {
    let bruno = user(BRUNO).await;
    let report = bruno.add("link-report", 1);
    let refused = bruno.cannot_have(std::slice::from_ref(&report), "requirementMissing").await;
    assert!(refused["reason"].as_str().unwrap().contains("Malicious link filter"));
    for filter in ["malicious-link-filter", "bundle-safe"] {
        bruno.cart(&[report.clone(), with_id(bruno.add(filter, 1), "2")]).await;
    }
    bruno.buy(&[bruno.add("malicious-link-filter", 1)], "filter").await;
    bruno.cart(std::slice::from_ref(&report)).await;
    // The filter ends after thirty days.
    bruno.shop.clock.advance(31 * DAY);
    let bruno = bruno.shop.sign_in(BRUNO).await;
    bruno.cannot_have(&[report], "requirementMissing").await;
}

#[tokio::test]
async fn full_speed_is_had_once_at_a_time() {
    let alice = user(ALICE).await;
    let basket = [alice.add("full-speed-1", 1), with_id(alice.add("full-speed-24", 1), "2")];
    alice.cannot_have(&basket, "excluded").await;
    alice.buy(&[alice.add("full-speed-5", 1)], "order").await;
    for offering in ["full-speed-1", "full-speed-5", "full-speed-24"] {
        let refused = alice.cannot_have(&[alice.add(offering, 1)], "excluded").await;
        assert!(refused["reason"].as_str().unwrap().contains("Full speed, 5 hours"));
    }
    alice.shop.clock.advance(25 * 60 * MINUTE);
    let alice = alice.shop.sign_in(ALICE).await;
    alice.cart(&[alice.add("full-speed-1", 1)]).await;
}

#[tokio::test]
async fn exclusion_holds_in_both_directions() {
    let alice = user(ALICE).await;
    let unlimited = with_id(alice.renew("riviera-unlimited", 1), "2");
    for basket in [[alice.add("full-speed-1", 1), unlimited.clone()], [unlimited.clone(), alice.add("full-speed-1", 1)]]
    {
        alice.cannot_have(&basket, "excluded").await;
    }
    alice.buy(&[alice.add("full-speed-1", 1)], "speed").await;
    let refused = alice.cannot_have(std::slice::from_ref(&unlimited), "excluded").await;
    assert!(refused["reason"].as_str().unwrap().contains("Full speed, 1 hour"));

    let bruno = alice.shop.sign_in(BRUNO).await;
    bruno.buy(&[bruno.renew("riviera-unlimited", 1)], "plan").await;
    let refused = bruno.cannot_have(&[bruno.add("full-speed-1", 1)], "excluded").await;
    assert!(refused["reason"].as_str().unwrap().contains("Riviera Unlimited"));
    // It does not exclude itself.
    bruno.cart(&[bruno.renew("riviera-unlimited", 1)]).await;
}

#[tokio::test]
async fn a_plan_that_has_ended_excludes_nothing() {
    let chiara = user(CHIARA).await;
    chiara.buy(&[chiara.renew("riviera-unlimited", 1)], "plan").await;
    chiara.cannot_have(&[chiara.add("full-speed-1", 1)], "excluded").await;
    chiara.shop.clock.advance(40 * DAY);
    let chiara = chiara.shop.sign_in(CHIARA).await;
    chiara.cart(&[chiara.add("full-speed-1", 1)]).await;
}

#[tokio::test]
async fn an_offering_stands_in_one_item_only() {
    let alice = user(ALICE).await;
    for offering in ["data-5", "full-speed-1"] {
        alice.cannot_have(&[alice.add(offering, 1), with_id(alice.add(offering, 1), "2")], "itemTwice").await;
    }
}

#[tokio::test]
async fn an_order_is_checked_again() {
    let alice = user(ALICE).await;
    let item = alice.add("full-speed-5", 1);
    let cart = alice.cart(std::slice::from_ref(&item)).await;
    alice.buy(&[alice.add("full-speed-24", 1)], "first").await;
    alice.post(ORDERS, &alice.order_of(&cart, &[item], "second")).await.refused(422, "excluded");
}
