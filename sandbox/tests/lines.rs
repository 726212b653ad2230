//! The demo's subscribers with several lines, with none of it yet, and with a line that is suspended.
#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use serde_json::{Value, json};
use support::{ALICE, BUCKETS, DAY, DORA, EMIL, FATOU, ORDERS, Shop, User, add_to};

fn characteristic<'a>(product: &'a Value, name: &str) -> &'a Value {
    let all = product["productCharacteristic"].as_array().unwrap();
    &all.iter().find(|characteristic| characteristic["name"] == name).unwrap()["value"]
}

async fn by_id(user: &User, id: &str) -> Value {
    user.products().await.into_iter().find(|product| product["id"] == id).unwrap()
}

#[tokio::test]
async fn each_line_has_its_own_number_sim_and_roaming() {
    let dora = Shop::new().sign_in(DORA).await;
    let seen: Vec<_> = dora.products().await.iter().map(|p| p["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(seen, ["line-4", "plan-4", "line-4b", "plan-4b"]);
    for (line, msisdn, sim, roaming) in [("line-4", DORA, "eSIM", "off"), ("line-4b", "+37761234514", "SIM", "barred")]
    {
        let line = by_id(&dora, line).await;
        let told =
            ["msisdn", "simType", "roaming"].map(|name| characteristic(&line, name).as_str().unwrap().to_owned());
        assert_eq!(told, [msisdn, sim, roaming]);
        assert_eq!(line["billingAccount"]["id"], "account-4");
    }
    let iccids = ["line-4", "line-4b"];
    let [one, other] = iccids.map(|line| (dora.clone(), line));
    assert_ne!(
        characteristic(&by_id(&one.0, one.1).await, "iccid"),
        characteristic(&by_id(&other.0, other.1).await, "iccid")
    );
    assert_eq!(by_id(&dora, "plan-4").await["terminationDate"], "2026-12-04T22:59:59Z");
    assert_eq!(by_id(&dora, "plan-4b").await["terminationDate"], "2026-12-10T22:59:59Z");
    assert_eq!(dora.bucket("data").await, ("10".to_owned(), "3.9".to_owned()));
}

#[tokio::test]
async fn either_number_signs_in_to_the_same_customer() {
    let shop = Shop::new();
    let one = shop.sign_in(DORA).await.products().await;
    assert_eq!(shop.sign_in("+37761234514").await.products().await, one);
    let listed = shop.get("/demo/subscribers").await.ok(200);
    let numbers: Vec<_> = listed.as_array().unwrap().iter().map(|who| who["msisdn"].as_str().unwrap()).collect();
    assert_eq!((numbers.len(), numbers[3]), (6, DORA));
}

#[tokio::test]
async fn what_is_bought_for_one_line_leaves_the_other_alone() {
    let dora = Shop::new().sign_in(DORA).await;
    let before = by_id(&dora, "plan-4").await;
    dora.buy(&[add_to("line-4b", "data-5")], "order").await;
    assert_eq!(by_id(&dora, "plan-4").await, before);
    assert_eq!(by_id(&dora, "plan-4b").await["terminationDate"], "2027-01-09T22:59:59Z");
    // A basket may be for both.
    let plan = json!({ "id": "1", "action": "modify", "productOffering": { "id": "riviera-5" }, "product": { "id": "plan-4b" } });
    dora.buy(&[plan, add_to("line-4", "data-1")], "both").await;
    assert_eq!(dora.bucket("data").await, ("11".to_owned(), "4.9".to_owned()));
}

#[tokio::test]
async fn past_orders_are_there() {
    let dora = Shop::new().sign_in(DORA).await;
    let orders = dora.get(ORDERS).await.ok(200);
    let told: Vec<_> = orders.as_array().unwrap().iter().map(|o| (&o["state"], &o["completionDate"])).collect();
    let done = &json!("completed");
    assert_eq!(told, [(done, &json!("2026-09-18T13:06:01Z")), (done, &json!("2026-10-18T13:06:01Z"))]);
}

#[tokio::test]
async fn a_brand_new_subscriber_gets_a_plan_first() {
    let emil = Shop::new().sign_in(EMIL).await;
    let products = emil.products().await;
    assert_eq!((products.len(), characteristic(&products[0], "roaming")), (1, &json!("off")));
    assert_eq!(emil.usage().await["usageConsumption"][0]["bucketRefOrValue"], json!([]));
    emil.cannot_have(&[emil.add("data-5", 1)], "noPlan").await;
    emil.buy(&[emil.add("riviera-10", 1)], "order").await;
    assert_eq!(emil.bucket("data").await, ("10".to_owned(), "10".to_owned()));
    emil.cannot_have(&[emil.add("riviera-10", 1)], "planExists").await;
}

#[tokio::test]
async fn credit_needs_no_plan() {
    let emil = Shop::new().sign_in(EMIL).await;
    emil.buy(&[emil.credit("10.00")], "order").await;
    assert_eq!(emil.balance().await, "10.00");
}

#[tokio::test]
async fn nothing_is_sold_to_a_suspended_line() {
    let fatou = Shop::new().sign_in(FATOU).await;
    for id in ["line-6", "plan-6"] {
        assert_eq!(by_id(&fatou, id).await["status"], "suspended");
    }
    for item in [
        fatou.add("data-5", 1),
        fatou.renew("riviera-10", 1),
        fatou.add("riviera-10", 1),
        fatou.add("spam-call-blocking", 1),
        fatou.credit("10.00"),
    ] {
        fatou.cannot_have(&[item], "lineSuspended").await;
    }
    fatou.shop.clock.advance(10 * DAY);
    let fatou = fatou.shop.sign_in(FATOU).await;
    assert_eq!(by_id(&fatou, "plan-6").await["status"], "terminated");
}

#[tokio::test]
async fn each_account_has_one_bucket_of_credit() {
    let shop = Shop::new();
    for (msisdn, id, amount, lines) in [
        (ALICE, "credit-1", "0.00", json!([{ "id": "line-1", "@referredType": "Product" }])),
        (
            DORA,
            "credit-4",
            "20.00",
            json!([{ "id": "line-4", "@referredType": "Product" }, { "id": "line-4b", "@referredType": "Product" }]),
        ),
    ] {
        let user = shop.sign_in(msisdn).await;
        let buckets = user.get(BUCKETS).await.ok(200);
        assert_eq!(buckets.as_array().unwrap().len(), 1);
        let bucket = user.get(&format!("{BUCKETS}/{id}")).await.ok(200);
        assert_eq!(bucket, buckets[0]);
        assert_eq!(bucket["product"], lines);
        assert_eq!(bucket["remainingValue"]["amount"].to_string(), amount);
    }
    shop.sign_in(ALICE).await.get(&format!("{BUCKETS}/credit-4")).await.refused(404, "notFound");
}
