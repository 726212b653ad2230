//! Qualifications: whether something can be had, and why not, before it is in a basket.

mod support;

use serde_json::{Value, json};
use support::{ALICE, BRUNO, DORA, EMIL, FATOU, QUALIFICATIONS, Shop, User, add_to};

async fn ask(user: &User, items: &[Value]) -> Value {
    let body = json!({ "instantSyncQualification": true, "provideUnavailabilityReason": true,
        "productOfferingQualificationItem": items });
    user.post(QUALIFICATIONS, &body).await.ok(201)
}

/// Each item's codes; none when it is qualified.
fn codes(answer: &Value) -> Vec<Vec<String>> {
    let items = answer["productOfferingQualificationItem"].as_array().cloned().unwrap_or_default();
    let codes = |item: &Value| {
        let reasons = item["eligibilityUnavailabilityReason"].as_array().cloned().unwrap_or_default();
        assert_eq!(item["qualificationItemResult"] == "qualified", reasons.is_empty(), "{item}");
        reasons.iter().map(|reason| reason["code"].as_str().unwrap_or_default().to_owned()).collect()
    };
    items.iter().map(codes).collect()
}

fn label(answer: &Value, item: usize, reason: usize) -> &str {
    let item = &answer["productOfferingQualificationItem"][item];
    item["eligibilityUnavailabilityReason"][reason]["label"].as_str().unwrap_or_default()
}

#[tokio::test]
async fn each_item_is_told_of_by_itself() {
    let dora = Shop::new().sign_in(DORA).await;
    let items = [
        add_to("line-4", "data-5"),
        add_to("line-4", "roaming-eu-1"),
        add_to("line-4b", "roaming-eu-5"),
        add_to("line-4", "link-report"),
        add_to("line-4", "data-0"),
    ];
    let answer = ask(&dora, &items).await;
    assert_eq!(
        codes(&answer),
        [
            vec![],
            vec!["requirementMissing"],
            vec!["roamingBarred"],
            vec!["requirementMissing"],
            vec!["offeringNotAvailable"]
        ]
    );
    assert!(label(&answer, 1, 0).contains("Roaming access"));
    assert!(label(&answer, 3, 0).contains("Malicious link filter"));
    let first = &answer["productOfferingQualificationItem"][0];
    assert_eq!((&first["id"], &first["state"]), (&json!("data-5"), &json!("done")));
    assert_eq!(first["productOffering"], json!({ "id": "data-5", "name": "Data 5" }));
    assert_eq!(
        (&answer["state"], &answer["effectiveQualificationDate"]),
        (&json!("done"), &json!("2026-11-22T13:05:00Z"))
    );
}

#[tokio::test]
async fn the_items_are_those_of_one_basket() {
    let dora = Shop::new().sign_in(DORA).await;
    let answer = ask(&dora, &[add_to("line-4", "roaming-eu-1"), add_to("line-4", "roaming-access")]).await;
    assert_eq!(codes(&answer), [[""; 0], [""; 0]]);
    let answer = ask(&dora, &[add_to("line-4", "full-speed-1"), add_to("line-4", "full-speed-5")]).await;
    assert_eq!(codes(&answer), [["excluded"], ["excluded"]]);
    assert!(label(&answer, 0, 0).contains("Full speed, 5 hours"));
    let mut twice = add_to("line-4", "data-5");
    twice["id"] = json!("again");
    let answer = ask(&dora, &[add_to("line-4", "data-5"), twice]).await;
    assert_eq!(codes(&answer), [vec![], vec!["itemTwice"]]);
}

#[tokio::test]
async fn every_reason_is_told() {
    let bruno = Shop::new().sign_in(BRUNO).await;
    bruno.buy(&[bruno.add("full-speed-5", 1)], "order").await;
    let mut plan = bruno.renew("riviera-unlimited", 1);
    plan["id"] = json!("2");
    let answer = ask(&bruno, &[bruno.add("full-speed-1", 1), plan]).await;
    assert_eq!(codes(&answer), [vec!["excluded", "excluded"], vec!["excluded", "excluded"]]);
    assert!(label(&answer, 0, 0).contains("Full speed, 5 hours") && label(&answer, 0, 1).contains("Riviera Unlimited"));
}

#[tokio::test]
async fn what_the_line_is_counts_too() {
    let shop = Shop::new();
    for (msisdn, offering, code) in
        [(EMIL, "data-5", "noPlan"), (FATOU, "data-5", "lineSuspended"), (ALICE, "riviera-10", "planExists")]
    {
        let user = shop.sign_in(msisdn).await;
        let answer = ask(&user, &[user.add(offering, 1)]).await;
        assert_eq!(codes(&answer), [[code]]);
    }
    let emil = shop.sign_in(EMIL).await;
    assert_eq!(codes(&ask(&emil, &[emil.add("riviera-10", 1)]).await), [[""; 0]]);
}

#[tokio::test]
async fn an_answer_is_kept_as_it_was_given() {
    let shop = Shop::new();
    let alice = shop.sign_in(ALICE).await;
    let answer = ask(&alice, &[alice.add("full-speed-1", 1)]).await;
    alice.buy(&[alice.add("full-speed-5", 1)], "order").await;
    let href = answer["href"].as_str().unwrap_or_default();
    assert_eq!(alice.get(href).await.ok(200), answer);
    shop.sign_in(BRUNO).await.get(href).await.refused(404, "notFound");
    let empty = json!({ "productOfferingQualificationItem": [] });
    alice.post(QUALIFICATIONS, &empty).await.refused(422, "emptyBasket");
    let silent = json!({ "provideUnavailabilityReason": false,
        "productOfferingQualificationItem": [alice.add("full-speed-1", 1)] });
    let answer = alice.post(QUALIFICATIONS, &silent).await.ok(201);
    let item = &answer["productOfferingQualificationItem"][0];
    assert_eq!(
        (&item["qualificationItemResult"], item.get("eligibilityUnavailabilityReason")),
        (&json!("unqualified"), None)
    );
}
