//! The answers of promotions, credit, quotes, qualifications and bills, checked as those of `contract` are.

mod support;

use support::contract::check;
use support::schema::Spec;
use support::{BUCKETS, DORA, PROMOTIONS, Shop};

#[tokio::test]
async fn tmf671_promotion() {
    let spec = Spec::load("TMF671-v4.1.0");
    let pattern = "/pattern/0";
    let group = "/pattern/0/criteriaGroup/0";
    let named = [
        "/id text".to_owned(),
        "/href text".to_owned(),
        "/@type text".to_owned(),
        "/name text".to_owned(),
        "/description text".to_owned(),
        "/lifecycleStatus text".to_owned(),
        "/promotionType text".to_owned(),
        "/validFor/startDateTime time".to_owned(),
        "/validFor/endDateTime time".to_owned(),
        format!("{pattern}/name text"),
        format!("{pattern}/priority number"),
        format!("{pattern}/criteriaGroupLogicalRelationship text"),
        format!("{group}/groupName text"),
        format!("{group}/criteriaLogicalRelationship text"),
        format!("{group}/criteria/0/criteriaParameter text"),
        format!("{group}/criteria/0/criteriaOperator text"),
        format!("{group}/criteria/0/criteriaValue text"),
        format!("{pattern}/action/0/actionType text"),
        format!("{pattern}/action/0/actionValue text"),
    ];
    let named: Vec<_> = named.iter().map(String::as_str).collect();
    for promotion in Shop::new().get(PROMOTIONS).await.ok(200).as_array().unwrap() {
        check(spec.as_ref(), "Promotion", promotion, &named);
    }
}

#[tokio::test]
async fn tmf654_prepay_balance() {
    let spec = Spec::load("TMF654-v4.0.0");
    let dora = Shop::new().sign_in(DORA).await;
    let bucket = &dora.get(BUCKETS).await.ok(200)[0];
    let named = [
        "/id text",
        "/href text",
        "/@type text",
        "/name text",
        "/usageType text",
        "/status text",
        "/remainingValue/amount amount",
        "/remainingValue/units text",
        "/partyAccount/id text",
        "/product/1/id text",
    ];
    check(spec.as_ref(), "Bucket", bucket, &named);
}
