//! The answers of promotions, credit, quotes, qualifications and bills, checked as those of `contract` are.

mod support;

use axum::http::StatusCode;
use serde_json::json;
use support::contract::{check, check_priced};
use support::schema::Spec;
use support::{ALICE, BILLS, BUCKETS, DORA, ORDERS, PROMOTIONS, QUALIFICATIONS, QUOTES, Shop, TOPUPS};

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

    let ask = json!({ "usageType": "monetary", "amount": { "amount": 10, "units": "EUR" },
        "bucket": { "id": "credit-4" }, "partyAccount": { "id": "account-4" }, "paymentMethod": { "id": "card-4" } });
    let named = [
        "/id text",
        "/href text",
        "/@type text",
        "/usageType text",
        "/status text",
        "/requestedDate time",
        "/confirmationDate time",
        "/amount/amount amount",
        "/amount/units text",
        "/bucket/id text",
        "/partyAccount/id text",
        "/paymentMethod/id text",
    ];
    let topup = dora.post(TOPUPS, &ask).await.ok(201);
    check(spec.as_ref(), "TopupBalance", &topup, &named);
}

#[tokio::test]
async fn tmf648_quote() {
    let spec = Spec::load("TMF648-v4.0.0");
    let alice = Shop::new().sign_in(ALICE).await;
    let mut monthly = alice.add("voicemail-text", 1);
    monthly["id"] = json!("2");
    let items = json!([alice.renew("riviera-100", 1), monthly]);
    let ask = json!({ "quoteItem": items, "promotionCode": ["MONACO20"] });
    let reply = alice.post(QUOTES, &ask).await;
    assert_eq!(reply.status, StatusCode::CREATED);
    let quote = reply.json();
    assert_eq!(reply.header("location"), quote["href"]);
    let named = [
        "/id text",
        "/href text",
        "/@type text",
        "/state text",
        "/quoteDate time",
        "/validFor/startDateTime time",
        "/validFor/endDateTime time",
        "/quoteItem/0/id text",
        "/quoteItem/0/action text",
        "/quoteItem/0/quantity number",
        "/quoteItem/0/state text",
        "/quoteItem/0/productOffering/id text",
        "/quoteItem/0/productOffering/name text",
        "/quoteItem/0/product/id text",
        "/quoteItem/0/product/terminationDate time",
        "/promotionCodeResult/0/code text",
        "/promotionCodeResult/0/result text",
        "/promotionCodeResult/0/name text",
    ];
    let prices = [
        "/quoteItem/0/quoteItemPrice/0",
        "/quoteItem/0/quoteItemTotalPrice/0",
        "/quoteItem/0/quoteItemTotalPrice/0/priceAlteration/0",
        "/quoteItem/1/quoteItemPrice/1",
        "/quoteItem/1/quoteItemTotalPrice/1",
        "/quoteTotalPrice/0",
        "/quoteTotalPrice/1",
    ];
    check_priced(spec.as_ref(), "Quote", &quote, &named, &prices);

    let items: Vec<_> = items.as_array().cloned().unwrap_or_default();
    let order = alice.post(ORDERS, &alice.order_of_quote(&quote, &items, "key")).await.ok(201);
    let spec = Spec::load("TMF622-v4.0.0");
    let prices = ["/orderTotalPrice/0", "/orderTotalPrice/1"];
    check_priced(spec.as_ref(), "ProductOrder", &order, &["/quote/0/id text"], &prices);
}

#[tokio::test]
async fn tmf679_product_offering_qualification() {
    let spec = Spec::load("TMF679-v4.0.0");
    let alice = Shop::new().sign_in(ALICE).await;
    let ask = json!({ "productOfferingQualificationItem": [alice.add("roaming-access", 1)] });
    let answer = alice.post(QUALIFICATIONS, &ask).await.ok(201);
    let item = "/productOfferingQualificationItem/0";
    let named = [
        "/id text".to_owned(),
        "/href text".to_owned(),
        "/@type text".to_owned(),
        "/state text".to_owned(),
        "/effectiveQualificationDate time".to_owned(),
        format!("{item}/id text"),
        format!("{item}/state text"),
        format!("{item}/productOffering/id text"),
        format!("{item}/productOffering/name text"),
        format!("{item}/qualificationItemResult text"),
        format!("{item}/eligibilityUnavailabilityReason/0/code text"),
        format!("{item}/eligibilityUnavailabilityReason/0/label text"),
    ];
    check(spec.as_ref(), "ProductOfferingQualification", &answer, &named.each_ref().map(String::as_str));
}

#[tokio::test]
async fn tmf678_customer_bill() {
    let spec = Spec::load("TMF678-v4.0.0");
    let bill = &Shop::new().sign_in(DORA).await.get(BILLS).await.ok(200)[0];
    let named = [
        "/id text",
        "/href text",
        "/@type text",
        "/billNo text",
        "/billDate time",
        "/lastUpdate time",
        "/state text",
        "/category text",
        "/runType text",
        "/taxIncludedAmount/unit EUR",
        "/taxIncludedAmount/value amount",
        "/taxExcludedAmount/value amount",
        "/taxItem/0/taxCategory text",
        "/taxItem/0/taxRate number",
        "/taxItem/0/taxAmount/value amount",
        "/amountDue/value amount",
        "/remainingAmount/value amount",
        "/appliedPayment/0/appliedAmount/value amount",
        "/appliedPayment/0/payment/id text",
        "/billDocument/0/name text",
        "/billDocument/0/mimeType text",
        "/billDocument/0/url text",
        "/billingAccount/id text",
        "/relatedParty/0/id text",
        "/relatedParty/0/role customer",
        "/order/id text",
    ];
    check(spec.as_ref(), "CustomerBill", bill, &named);
}
