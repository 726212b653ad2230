//! What was bought changes the subscriber's products and buckets, once.

mod support;

use axum::http::StatusCode;
use serde_json::json;
use support::{ALICE, BRUNO, CHIARA, MINUTE, Shop, User};

async fn user(msisdn: &str) -> User {
    Shop::new().sign_in(msisdn).await
}

fn two(initial: &str, remaining: &str) -> (String, String) {
    (initial.to_owned(), remaining.to_owned())
}

#[tokio::test]
async fn the_demo_shows_three_situations() {
    let shop = Shop::new();
    let mut seen = Vec::new();
    for msisdn in [ALICE, BRUNO, CHIARA] {
        let user = shop.sign_in(msisdn).await;
        let plan = user.plan().await;
        let (_, left) = user.bucket("data").await;
        seen.push((plan["status"].clone(), plan["terminationDate"].clone(), left));
    }
    assert_eq!(
        seen,
        [
            (json!("active"), json!("2026-12-13T22:59:59Z"), "14.8".to_owned()),
            (json!("active"), json!("2026-11-25T22:59:59Z"), "0.4".to_owned()),
            (json!("terminated"), json!("2026-11-20T22:59:59Z"), "0".to_owned()),
        ]
    );
}

#[tokio::test]
async fn a_data_pack_grows_the_bucket_and_extends_the_plan() {
    let bruno = user(BRUNO).await;
    let item = bruno.add("data-20", 2);
    let promised = bruno.cart(std::slice::from_ref(&item)).await["cartItem"][0]["product"]["terminationDate"].clone();
    bruno.buy(&[item], "order").await;
    assert_eq!(bruno.bucket("data").await, two("50", "40.4"));
    let plan = bruno.plan().await;
    assert_eq!(plan["terminationDate"], promised);
    assert_eq!(plan["terminationDate"], "2027-01-24T22:59:59Z");
    assert_eq!(plan["productOffering"]["id"], "riviera-10");
}

#[tokio::test]
async fn renewing_the_same_plan_adds_its_allowances() {
    let bruno = user(BRUNO).await;
    bruno.buy(&[bruno.renew("riviera-10", 1)], "order").await;
    assert_eq!(bruno.bucket("data").await, two("20", "10.4"));
    assert_eq!(bruno.bucket("voice").await, two("240", "144"));
    assert_eq!(bruno.plan().await["terminationDate"], "2026-12-25T22:59:59Z");
}

#[tokio::test]
async fn another_plan_replaces_the_allowances() {
    let bruno = user(BRUNO).await;
    bruno.buy(&[bruno.renew("riviera-100", 1)], "order").await;
    assert_eq!(bruno.bucket("data").await, two("100", "100"));
    let plan = bruno.plan().await;
    assert_eq!((&plan["id"], &plan["name"]), (&json!("plan-2"), &json!("Riviera 100 GB")));
    assert_eq!(plan["terminationDate"], "2026-12-25T22:59:59Z");
    let usage = bruno.usage().await;
    let buckets = usage["usageConsumption"][0]["bucketRefOrValue"].as_array().unwrap();
    let voice = buckets.iter().find(|b| b["usageType"] == "voice").unwrap();
    assert_eq!((&voice["remainingValueName"], voice.get("remainingValue")), (&json!("unlimited"), None));
}

#[tokio::test]
async fn an_expired_plan_becomes_active_and_starts_afresh() {
    let chiara = user(CHIARA).await;
    chiara.buy(&[chiara.renew("riviera-week", 2)], "order").await;
    let plan = chiara.plan().await;
    assert_eq!((&plan["status"], &plan["terminationDate"]), (&json!("active"), &json!("2026-12-06T22:59:59Z")));
    assert_eq!(chiara.bucket("data").await, two("6", "6"));
    assert_eq!(chiara.bucket("messages").await, two("200", "200"));
}

#[tokio::test]
async fn a_pack_revives_an_expired_plan_with_the_pack_alone() {
    let chiara = user(CHIARA).await;
    chiara.buy(&[chiara.add("data-5", 1)], "order").await;
    assert_eq!(chiara.plan().await["status"], "active");
    assert_eq!(chiara.bucket("data").await, two("5", "5"));
    assert_eq!(chiara.bucket("voice").await, two("0", "0"));
}

#[tokio::test]
async fn roaming_is_an_add_on_with_a_bucket_and_an_end_of_its_own() {
    let alice = user(ALICE).await;
    alice.buy(&[alice.add("roaming-eu-5", 1)], "order").await;
    let product = alice.product("roaming-eu-5").await;
    assert_eq!(product["productSpecification"]["name"], "addOn");
    assert_eq!(product["productRelationship"][0]["product"]["id"], "line-1");
    assert_eq!(product["terminationDate"], "2026-12-06T13:05:01Z");
    assert_eq!(alice.plan().await["terminationDate"], "2026-12-13T22:59:59Z");
    let usage = alice.usage().await;
    let own = &usage["usageConsumption"][1];
    assert_eq!(own["product"][0]["id"], product["id"]);
    assert_eq!(own["bucketRefOrValue"][0]["remainingValue"], json!({ "amount": 5, "units": "GB" }));
    assert_eq!(alice.bucket("data").await, two("20", "14.8"));

    alice.shop.clock.advance(15 * 24 * 60 * MINUTE);
    let alice = alice.shop.sign_in(ALICE).await;
    assert_eq!(alice.product("roaming-eu-5").await["status"], "terminated");
    assert_eq!(alice.now_and_past("line-1").await.0.len(), 1);
}

#[tokio::test]
async fn each_part_of_a_bundle_is_delivered() {
    let alice = user(ALICE).await;
    let item = alice.add("bundle-globetrotter", 1);
    let cart = alice.cart(std::slice::from_ref(&item)).await;
    alice.buy(&[item], "order").await;
    assert_eq!(alice.bucket("data").await, two("30", "24.8"));
    assert_eq!(alice.product("roaming-world-5").await["terminationDate"], "2026-12-22T13:05:01Z");
    assert_eq!(alice.product("malicious-link-filter").await["status"], "active");
    let plan = alice.plan().await;
    assert_eq!(plan["terminationDate"], "2027-01-12T22:59:59Z");
    assert_eq!(cart["cartItem"][0]["product"]["terminationDate"], plan["terminationDate"]);
}

#[tokio::test]
async fn a_pack_adds_to_the_plan_of_the_same_basket() {
    let bruno = user(BRUNO).await;
    let mut pack = bruno.add("data-10", 1);
    pack["id"] = json!("2");
    let items = [pack, bruno.renew("riviera-100", 1)];
    let cart = bruno.cart(&items).await;
    bruno.buy(&items, "order").await;
    assert_eq!(bruno.bucket("data").await, two("110", "110"));
    let end = bruno.plan().await["terminationDate"].clone();
    assert_eq!(end, "2027-01-24T22:59:59Z");
    for item in cart["cartItem"].as_array().unwrap() {
        assert_eq!(item["product"]["terminationDate"], end);
    }
}

#[tokio::test]
async fn what_is_unlimited_stays_unlimited() {
    let alice = user(ALICE).await;
    alice.buy(&[alice.renew("riviera-unlimited", 1)], "plan").await;
    alice.buy(&[alice.add("data-1", 1)], "pack").await;
    let usage = alice.usage().await;
    let data = &usage["usageConsumption"][0]["bucketRefOrValue"][0];
    assert_eq!((&data["usageType"], &data["remainingValueName"]), (&json!("data"), &json!("unlimited")));
    assert_eq!(data.get("remainingValue"), None);
}

#[tokio::test]
async fn fulfilment_takes_a_moment_and_happens_once() {
    let alice = user(ALICE).await;
    let order = alice.order(&[alice.add("data-10", 1)], "order").await;
    let payment = alice.payment(&order, "try").await;
    let href = order["href"].as_str().unwrap();
    alice.shop.pay(&payment, &[("action", "pay"), ("card", "accepted")]).await;
    assert_eq!(alice.get(href).await.ok(200)["state"], "inProgress");
    assert_eq!(alice.bucket("data").await, two("20", "14.8"));
    alice.shop.clock.advance(2_000);
    let done = alice.get(href).await.ok(200);
    assert_eq!((&done["state"], &done["completionDate"]), (&json!("completed"), &json!("2026-11-22T13:05:01Z")));
    assert_eq!(done["productOrderItem"][0]["state"], "completed");
    for _ in 0..3 {
        alice.shop.clock.advance(2_000);
        alice.shop.carrier.sweep().await;
        assert_eq!(alice.bucket("data").await, two("30", "24.8"));
    }
}

#[tokio::test]
async fn a_line_without_a_plan_gets_one_by_add() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("carrier.sqlite");
    let shop = Shop::over(&sandbox::Store::File(file.clone()));
    let db = rusqlite::Connection::open(file).unwrap();
    db.execute_batch("DELETE FROM bucket WHERE product_id = 'plan-3'; DELETE FROM product WHERE id = 'plan-3'")
        .unwrap();
    let chiara = shop.sign_in(CHIARA).await;
    let pack = json!({ "cartItem": [chiara.add("data-5", 1)] });
    chiara.post(support::CARTS, &pack).await.refused(422, "noPlan");
    chiara.buy(&[chiara.add("riviera-20", 1)], "order").await;
    let plan = chiara.plan().await;
    assert_eq!((&plan["status"], &plan["terminationDate"]), (&json!("active"), &json!("2026-12-22T22:59:59Z")));
    assert_eq!(chiara.bucket("data").await, two("20", "20"));
}

#[tokio::test]
async fn a_service_never_ends_beyond_the_calendar() {
    let alice = user(ALICE).await;
    for round in 0..100 {
        let body = json!({ "cartItem": [alice.renew("riviera-20-year", 99)] });
        let reply = alice.post(support::CARTS, &body).await;
        if reply.status != StatusCode::CREATED {
            reply.refused(422, "endTooFar");
            return;
        }
        let orders = [alice.renew("riviera-20-year", 99)];
        alice.buy(&orders, &format!("order-{round}")).await;
        alice.shop.clock.advance(1);
    }
    unreachable!("the calendar has an end");
}
