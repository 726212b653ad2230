//! The answers of usage queries, checked as those of `contract` are.

mod support;

use serde_json::json;
use support::contract::check;
use support::schema::Spec;
use support::{ALICE, Shop, USAGE};

#[tokio::test]
async fn tmf677_usage_consumption() {
    let spec = Spec::load("TMF677-v4.0.1");
    let alice = Shop::new().sign_in(ALICE).await;
    let ask = json!({ "searchCriteria": { "product": [{ "id": "line-1" }] } });
    let asked = alice.post(USAGE, &ask).await.ok(201);
    let named = ["/id text", "/href text", "/queryUsageConsumptionDate time", "/usageConsumption/0/state text"];
    check(spec.as_ref(), "QueryUsageConsumption", &asked, &named);
    let done = alice.usage().await;
    let named = [
        "/searchCriteria/product/0/id text",
        "/usageConsumption/0/id text",
        "/usageConsumption/0/lastUpdate time",
        "/usageConsumption/0/product/0/id text",
        "/usageConsumption/0/bucketRefOrValue/0/id text",
        "/usageConsumption/0/bucketRefOrValue/0/name text",
        "/usageConsumption/0/bucketRefOrValue/0/usageType text",
        "/usageConsumption/0/bucketRefOrValue/0/status text",
        "/usageConsumption/0/bucketRefOrValue/0/remainingValue/amount number",
        "/usageConsumption/0/bucketRefOrValue/0/remainingValue/units text",
        "/usageConsumption/0/bucketRefOrValue/0/bucketCounter/0/value/amount number",
        "/usageConsumption/0/bucketRefOrValue/0/validFor/startDateTime time",
        "/usageConsumption/0/bucketRefOrValue/0/validFor/endDateTime time",
        "/usageConsumption/0/bucketRefOrValue/2/remainingValueName text",
        "/usageConsumption/1/id text",
        "/usageConsumption/1/state text",
        "/usageConsumption/1/lastUpdate time",
        "/usageConsumption/1/product/0/id text",
        "/usageConsumption/1/bucketRefOrValue/0/id text",
        "/usageConsumption/1/bucketRefOrValue/0/name text",
        "/usageConsumption/1/bucketRefOrValue/0/usageType text",
        "/usageConsumption/1/bucketRefOrValue/0/status text",
        "/usageConsumption/1/bucketRefOrValue/0/product/0/id text",
        "/usageConsumption/1/bucketRefOrValue/0/bucketCounter/1/value/amount number",
        "/usageConsumption/1/bucketRefOrValue/0/bucketCounter/1/value/units text",
        "/usageConsumption/1/bucketRefOrValue/0/validFor/startDateTime time",
        "/usageConsumption/1/bucketRefOrValue/0/validFor/endDateTime time",
    ];
    check(spec.as_ref(), "QueryUsageConsumption", &done, &named);
    let buckets = &done["usageConsumption"][0]["bucketRefOrValue"];
    assert_eq!((&buckets[2]["usageType"], buckets[2].get("remainingValue")), (&json!("messages"), None));
    assert_eq!(buckets[0]["bucketCounter"][1]["counterType"], "used");
}
