//! What use beyond the allowance costs is told by the catalogue, and charged by nothing that is ordered.

mod support;

use serde_json::{Value, json};
use support::{ALICE, CATALOGUE, Shop};

fn of_use(prices: &Value) -> Option<&Value> {
    prices.as_array()?.iter().find(|price| price["priceType"] == "usage")
}

#[tokio::test]
async fn plans_with_counted_data_tell_what_more_of_it_costs() {
    let shop = Shop::new();
    let offerings = shop.get(&format!("{CATALOGUE}/productOffering")).await.ok(200);
    let mut told = Vec::new();
    for offering in offerings.as_array().unwrap() {
        let Some(price) = of_use(&offering["productOfferingPrice"]) else { continue };
        let id = offering["id"].as_str().unwrap();
        let amount = |cents: &str| json!({ "unit": "EUR", "value": serde_json::from_str::<Value>(cents).unwrap() });
        let expected = json!({
            "id": format!("{id}-usage"), "name": "Data beyond the allowance", "priceType": "usage",
            "price": { "taxRate": 20, "taxIncludedAmount": amount("0.50"), "dutyFreeAmount": amount("0.42") },
            "unitOfMeasure": { "amount": 100, "units": "MB" },
        });
        assert_eq!(price, &expected);
        // It stands beside the price that is due, and is found by itself as well.
        assert_eq!(offering["productOfferingPrice"][0]["priceType"], "oneTime");
        let alone = shop.get(&format!("{CATALOGUE}/productOfferingPrice/{id}-usage")).await.ok(200);
        assert_eq!(
            (&alone["priceType"], &alone["price"], &alone["unitOfMeasure"]),
            (&json!("usage"), &amount("0.50"), &json!({ "amount": 100, "units": "MB" }))
        );
        told.push(id);
    }
    assert_eq!(told, ["riviera-5", "riviera-10", "riviera-20", "riviera-week"]);
    let prices = shop.get(&format!("{CATALOGUE}/productOfferingPrice")).await.ok(200);
    let measured = prices.as_array().unwrap().iter().filter(|price| price.get("unitOfMeasure").is_some());
    assert_eq!(measured.count(), 4);
}

#[tokio::test]
async fn nothing_that_is_ordered_costs_more_for_it() {
    let alice = Shop::new().sign_in(ALICE).await;
    let items = [alice.renew("riviera-10", 2)];
    let cart = alice.cart(&items).await;
    let quote = alice.quote(&items).await;
    let order = alice.order(&items, "order").await;
    let inventory = alice.plan().await;
    for (prices, total) in [
        (&cart["cartItem"][0]["itemPrice"], "14.90"),
        (&cart["cartItem"][0]["ItemTotalPrice"], "29.80"),
        (&cart["cartTotalPrice"], "29.80"),
        (&quote["quoteItem"][0]["quoteItemPrice"], "14.90"),
        (&quote["quoteTotalPrice"], "29.80"),
        (&order["orderTotalPrice"], "29.80"),
        (&inventory["productPrice"], "19.90"),
    ] {
        assert_eq!(prices.as_array().unwrap().len(), 1, "{prices}");
        assert_eq!(prices[0]["priceType"], "oneTime");
        assert_eq!(prices[0]["price"]["taxIncludedAmount"]["value"].to_string(), total);
    }
}
