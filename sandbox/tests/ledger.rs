//! The ledger of one customer, and the counts by which a test sees that nothing was done twice.
#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use serde_json::{Value, json};
use support::{ALICE, BRUNO, DORA, MINUTE, Shop, TOPUPS, User};

async fn ledger(user: &User) -> Value {
    let number = user.msisdn.trim_start_matches('+');
    user.shop.get(&format!("/demo/ledger?msisdn=%2B{number}")).await.ok(200)
}

fn counts(ledger: &Value) -> [usize; 5] {
    ["orders", "payments", "charges", "refunds", "topUps"].map(|kind| ledger[kind].as_array().unwrap().len())
}

#[tokio::test]
async fn all_of_a_customer_is_told_and_counted() {
    let shop = Shop::new();
    let (dora, bruno) = (shop.sign_in(DORA).await, shop.sign_in(BRUNO).await);
    // What she bought before the carrier opened is of another time.
    let before = counts(&ledger(&dora).await);
    bruno.buy(&[bruno.add("data-5", 1)], "paid").await;
    let paid = dora.buy(&[dora.add("data-5", 1)], "paid").await;
    let unpaid = dora.order(&[dora.add("data-5", 1)], "unpaid").await;
    let late = dora.order(&[dora.add("data-1", 1)], "late").await;
    let payment = dora.payment(&late, "late").await;
    let topup = json!({ "usageType": "monetary", "amount": { "amount": 5, "units": "EUR" }, "bucket": { "id": "credit-4" },
        "partyAccount": { "id": "account-4" }, "paymentMethod": { "id": "card-4" } });
    dora.post(TOPUPS, &topup).await.ok(201);
    shop.clock.advance(31 * MINUTE);
    shop.pay(&payment, &[("action", "pay"), ("card", "accepted")]).await;

    let all = ledger(&dora).await;
    let after = counts(&all);
    assert_eq!([0, 1, 2, 3, 4].map(|at| after[at] - before[at]), [3, 2, 2, 1, 1]);
    for (key, order, captured) in [("paid", &paid, 1), ("unpaid", &unpaid, 0), ("late", &late, 0)] {
        assert_eq!(all["ordersPerKey"][key], 1, "{key}");
        assert_eq!(all["paidPerOrder"][order["id"].as_str().unwrap()], captured, "{key}");
    }
    assert_eq!(all["topUps"][0]["status"], "completed");
    // Under a key it is as it was: whoever ordered.
    assert_eq!(shop.ledger("paid").await["orders"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn one_thing_is_asked_for() {
    let shop = Shop::new();
    for query in ["", "?externalId=a&msisdn=b", "?other=a"] {
        shop.get(&format!("/demo/ledger{query}")).await.refused(400, "malformed");
    }
    shop.get("/demo/ledger?msisdn=none").await.refused(404, "notFound");
    let alice = shop.sign_in(ALICE).await;
    let nothing = ledger(&alice).await;
    assert_eq!(
        (counts(&nothing), &nothing["ordersPerKey"], &nothing["paidPerOrder"]),
        ([0; 5], &json!({}), &json!({}))
    );
}
