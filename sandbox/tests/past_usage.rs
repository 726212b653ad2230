//! What was used in the periods of a plan that are over.
#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use serde_json::{Value, json};
use support::{ALICE, BRUNO, CHIARA, DAY, DORA, EMIL, FATOU, Shop, User};

/// Each bucket of a usage type: how much of how much was used, or of no limit.
fn used(past: &[Value], usage_type: &str) -> Vec<String> {
    let counter = |bucket: &Value, kind: &str| {
        let found = bucket["bucketCounter"].as_array().unwrap().iter().find(|counter| counter["counterType"] == kind);
        found.map(|counter| counter["value"]["amount"].to_string())
    };
    let told = |bucket: &Value| {
        let initial = counter(bucket, "initial").unwrap_or("unlimited".to_owned());
        format!("{} of {initial}", counter(bucket, "used").unwrap())
    };
    past.iter().filter(|bucket| bucket["usageType"] == usage_type).map(told).collect()
}

fn from_to(bucket: &Value) -> [&str; 2] {
    ["startDateTime", "endDateTime"].map(|name| bucket["validFor"][name].as_str().unwrap())
}

async fn past(user: &User) -> Vec<Value> {
    user.now_and_past(&format!("line-{}", user.number())).await.1
}

/// The period of the plan as it is now, by the inventory. Each of its buckets is of that period.
async fn period(user: &User) -> [String; 2] {
    let plan = user.plan().await;
    let period = ["startDate", "terminationDate"].map(|name| plan[name].as_str().unwrap().to_owned());
    let (now, _) = user.now_and_past(&format!("line-{}", user.number())).await;
    assert_eq!(now[0]["product"][0]["id"], plan["id"]);
    let buckets = now[0]["bucketRefOrValue"].as_array().unwrap();
    assert_eq!(buckets.len(), 3);
    assert!(buckets.iter().all(|bucket| from_to(bucket) == period), "{buckets:#?}");
    period
}

#[tokio::test]
async fn the_demo_has_a_light_a_heavy_and_a_usual_user() {
    let shop = Shop::new();
    for (msisdn, line, data) in [
        (ALICE, "line-1", ["7.2 of 20", "6.4 of 20", "8.1 of 20"].as_slice()),
        (BRUNO, "line-2", &["9.6 of 10", "10 of 10", "10 of 10"]),
        (CHIARA, "line-3", &[]),
        (DORA, "line-4", &["6.1 of 10", "7.4 of 10", "6.8 of 10"]),
        (DORA, "line-4b", &[]),
        (EMIL, "line-5", &[]),
        (FATOU, "line-6", &[]),
    ] {
        let (now, past) = shop.sign_in(msisdn).await.now_and_past(line).await;
        assert_eq!((now.len(), used(&past, "data")), (1, data.iter().map(ToString::to_string).collect()), "{line}");
        assert_eq!(used(&past, "voice").len(), data.len());
        let messages = used(&past, "messages");
        assert_eq!(messages.len(), data.len());
        assert!(messages.iter().all(|told| told.ends_with(" of unlimited") && !told.starts_with('0')), "{messages:?}");
    }
}

#[tokio::test]
async fn past_periods_are_told_after_all_that_is_of_now() {
    let alice = Shop::new().sign_in(ALICE).await;
    alice.buy(&[alice.add("roaming-eu-5", 1)], "order").await;
    let usage = alice.usage().await;
    let entries = usage["usageConsumption"].as_array().unwrap();
    let statuses: Vec<_> = entries.iter().map(|entry| &entry["bucketRefOrValue"][0]["status"]).collect();
    assert_eq!(statuses, ["active", "active", "past"]);
    assert_eq!((&entries[2]["state"], &entries[2]["product"]), (&json!("done"), &json!([{ "id": "plan-1" }])));

    let past = entries[2]["bucketRefOrValue"].as_array().unwrap();
    let period = json!({ "startDateTime": "2026-10-14T21:59:59Z", "endDateTime": "2026-11-13T22:59:59Z" });
    assert_eq!(
        [&past[0], &past[2]],
        [
            &json!({
                "id": "past-1-data-1", "name": "Data", "usageType": "data", "status": "past",
                "product": [{ "id": "plan-1" }], "validFor": period,
                "bucketCounter": [
                    { "counterType": "initial", "value": { "amount": 20, "units": "GB" } },
                    { "counterType": "used", "value": { "amount": 7.2, "units": "GB" } },
                ],
            }),
            &json!({
                "id": "past-1-messages-1", "name": "Messages", "usageType": "messages", "status": "past",
                "product": [{ "id": "plan-1" }], "validFor": period,
                "bucketCounter": [{ "counterType": "used", "value": { "amount": 64, "units": "message" } }],
            }),
        ]
    );
}

#[tokio::test]
async fn past_periods_follow_each_other_up_to_the_present_one() {
    let alice = Shop::new().sign_in(ALICE).await;
    let past = past(&alice).await;
    let kinds: Vec<_> = past.iter().map(|bucket| bucket["usageType"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["data", "voice", "messages"].repeat(3));
    let [start, _] = period(&alice).await;
    // As many days each, by the clocks of Monaco, which changed on the 25th of October.
    let ends = ["2026-08-15T21:59:59Z", "2026-09-14T21:59:59Z", "2026-10-14T21:59:59Z", "2026-11-13T22:59:59Z"];
    assert_eq!(ends[3], start);
    for (at, bucket) in past.iter().enumerate() {
        let ago = at / 3;
        assert_eq!(from_to(bucket), [ends[2 - ago], ends[3 - ago]]);
    }
}

#[tokio::test]
async fn another_plan_ends_the_period_and_begins_one() {
    let bruno = Shop::new().sign_in(BRUNO).await;
    let [start, _] = period(&bruno).await;
    let order = bruno.buy(&[bruno.renew("riviera-100", 1)], "order").await;
    let now = order["completionDate"].as_str().unwrap();
    assert_eq!(period(&bruno).await, [now, "2026-12-25T22:59:59Z"]);
    let past = past(&bruno).await;
    assert_eq!(from_to(&past[0]), [&start, now]);
    // The oldest period is told no more, but for messages, of which none were counted in the one that is over.
    assert_eq!(used(&past, "data"), ["9.6 of 10", "9.6 of 10", "10 of 10"]);
    assert_eq!(used(&past, "voice"), ["96 of 120", "118 of 120", "120 of 120"]);
    assert_eq!(used(&past, "messages").len(), 3);
    let dates: Vec<_> = past.iter().map(|bucket| from_to(bucket)[1]).collect();
    assert!(dates.is_sorted_by(|one, next| one >= next), "{dates:?}");
}

#[tokio::test]
async fn what_is_renewed_or_topped_up_before_its_end_goes_on_in_the_same_period() {
    let bruno = Shop::new().sign_in(BRUNO).await;
    let (before, [start, _]) = (past(&bruno).await, period(&bruno).await);
    bruno.buy(&[bruno.renew("riviera-10", 1)], "plan").await;
    bruno.buy(&[bruno.add("data-5", 1)], "pack").await;
    assert_eq!(period(&bruno).await, [start.as_str(), "2027-01-24T22:59:59Z"]);
    assert_eq!(past(&bruno).await, before);
}

#[tokio::test]
async fn a_plan_that_has_ended_is_past_once_something_follows_it() {
    for offering in ["riviera-week", "riviera-20", "data-5"] {
        let chiara = Shop::new().sign_in(CHIARA).await;
        assert_eq!(past(&chiara).await, Vec::<Value>::new());
        let ended = period(&chiara).await;
        let item = if offering == "data-5" { chiara.add(offering, 1) } else { chiara.renew(offering, 1) };
        let order = chiara.buy(&[item], "order").await;
        let past = past(&chiara).await;
        // It was over when it ended, and not when it was renewed.
        assert!(past.iter().all(|bucket| from_to(bucket) == ended), "{offering}");
        assert_eq!(ended[1], "2026-11-20T22:59:59Z");
        assert_eq!(
            ["data", "voice", "messages"].map(|kind| used(&past, kind)),
            [["3 of 3"], ["30 of 30"], ["100 of 100"]]
        );
        assert_eq!(period(&chiara).await[0], order["completionDate"]);
    }
}

#[tokio::test]
async fn what_lasted_less_than_a_day_is_no_period() {
    let emil = Shop::new().sign_in(EMIL).await;
    emil.buy(&[emil.add("riviera-10", 1)], "first").await;
    let plan = emil.plan().await["id"].clone();
    let other = |offering: &str| json!({ "id": "1", "action": "modify", "productOffering": { "id": offering }, "product": { "id": plan } });
    emil.buy(&[other("riviera-20")], "second").await;
    assert_eq!(past(&emil).await, Vec::<Value>::new());
    emil.shop.clock.advance(DAY);
    let emil = emil.shop.sign_in(EMIL).await;
    emil.buy(&[other("riviera-5")], "third").await;
    assert_eq!(used(&past(&emil).await, "data"), ["0 of 20"]);
}

#[tokio::test]
async fn what_was_not_granted_or_not_counted_is_not_told() {
    let chiara = Shop::new().sign_in(CHIARA).await;
    // The pack brings data alone.
    chiara.buy(&[chiara.add("data-5", 1)], "pack").await;
    chiara.shop.clock.advance(2 * DAY);
    let chiara = chiara.shop.sign_in(CHIARA).await;
    chiara.buy(&[chiara.renew("riviera-unlimited", 1)], "unlimited").await;
    assert_eq!(used(&past(&chiara).await, "data"), ["0 of 5", "3 of 3"]);
    assert_eq!(used(&past(&chiara).await, "voice"), ["30 of 30"]);
    chiara.shop.clock.advance(2 * DAY);
    let chiara = chiara.shop.sign_in(CHIARA).await;
    chiara.buy(&[chiara.renew("riviera-5", 1)], "limited").await;
    assert_eq!(used(&past(&chiara).await, "data"), ["0 of 5", "3 of 3"]);
}
