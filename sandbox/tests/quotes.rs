//! Quotes: what carts are, for carriers that have none.

mod support;

use serde_json::{Value, json};
use support::{ALICE, BRUNO, CARTS, MINUTE, ORDERS, QUOTES, Shop, User};

async fn alice() -> User {
    Shop::new().sign_in(ALICE).await
}

#[tokio::test]
async fn a_quote_says_what_a_cart_says() {
    let alice = alice().await;
    let mut blocking = alice.add("spam-call-blocking", 1);
    blocking["id"] = json!("2");
    let mut voicemail = alice.add("voicemail-text", 1);
    voicemail["id"] = json!("3");
    let items = [alice.renew("riviera-20", 2), blocking, voicemail];
    let cart = alice.cart(&items).await;
    let quote = alice.quote(&items).await;
    assert_eq!((&quote["state"], &quote["quoteDate"]), (&json!("approved"), &json!("2026-11-22T13:05:00Z")));
    assert_eq!((&quote["validFor"], &quote["quoteTotalPrice"]), (&cart["validFor"], &cart["cartTotalPrice"]));
    for at in 0..3 {
        let (one, other) = (&quote["quoteItem"][at], &cart["cartItem"][at]);
        assert_eq!(one["state"], "approved");
        for (name, same) in [
            ("id", "id"),
            ("action", "action"),
            ("quantity", "quantity"),
            ("product", "product"),
            ("productOffering", "productOffering"),
            ("quoteItemPrice", "itemPrice"),
            ("quoteItemTotalPrice", "ItemTotalPrice"),
        ] {
            assert_eq!(one[name], other[same], "{name}");
        }
    }
    let alteration = &quote["quoteItem"][1]["quoteItemTotalPrice"][0]["priceAlteration"][0];
    assert_eq!(alteration["name"], "Quiet with Riviera 20");
    assert_eq!(alice.get(quote["href"].as_str().unwrap()).await.ok(200), quote);
    // Neither goes by the other's name, nor by another customer's.
    let id = |resource: &Value| resource["id"].as_str().unwrap().to_owned();
    alice.get(&format!("{CARTS}/{}", id(&quote))).await.refused(404, "notFound");
    alice.get(&format!("{QUOTES}/{}", id(&cart))).await.refused(404, "notFound");
    assert_eq!(alice.get(CARTS).await.ok(200).as_array().map(Vec::len), Some(1));
    let bruno = alice.shop.sign_in(BRUNO).await;
    bruno.get(&format!("{QUOTES}/{}", id(&quote))).await.refused(404, "notFound");
}

#[tokio::test]
async fn an_order_is_made_of_a_quote() {
    let alice = alice().await;
    let items = [alice.add("data-50", 1)];
    let quote = alice.quote(&items).await;
    let body = alice.order_of_quote(&quote, &items, "key");
    let order = alice.post(ORDERS, &body).await.ok(201);
    assert_eq!((&order["quote"], order.get("shoppingCart")), (&json!([{ "id": quote["id"] }]), None));
    assert_eq!(order["orderTotalPrice"][0]["price"]["taxIncludedAmount"]["value"].to_string(), "40.00");
    assert_eq!(alice.post(ORDERS, &body).await.ok(200), order);
    let again = alice.order_of_quote(&quote, &items, "again");
    alice.post(ORDERS, &again).await.refused(409, "cartUsed");
    let payment = alice.payment(&order, "try").await;
    alice.shop.pay(&payment, &[("action", "pay"), ("card", "accepted")]).await;
    alice.shop.clock.advance(2_000);
    assert_eq!(alice.get(order["href"].as_str().unwrap()).await.ok(200)["state"], "completed");
}

#[tokio::test]
async fn a_code_of_a_quote_is_used_by_its_order() {
    let alice = alice().await;
    let items = [alice.renew("riviera-100", 1)];
    let ask = json!({ "quoteItem": items, "promotionCode": ["monaco20"] });
    let quote = alice.post(QUOTES, &ask).await.ok(201);
    assert_eq!(quote["promotionCodeResult"][0]["result"], "applied");
    let order = alice.post(ORDERS, &alice.order_of_quote(&quote, &items, "key")).await.ok(201);
    let payment = alice.payment(&order, "try").await;
    alice.shop.pay(&payment, &[("action", "pay"), ("card", "accepted")]).await;
    let quote = alice.post(QUOTES, &ask).await.ok(201);
    assert_eq!(quote["promotionCodeResult"][0]["result"], "used");
}

#[tokio::test]
async fn quotes_and_their_orders_are_refused_as_carts_and_theirs_are() {
    let alice = alice().await;
    for (items, code) in [
        (json!([]), "emptyBasket"),
        (json!([alice.add("roaming-access", 1)]), "excluded"),
        (json!([alice.add("link-report", 1)]), "requirementMissing"),
        (json!([alice.add("credit", 1)]), "amountOutOfRange"),
        (json!([alice.add("riviera-10", 1)]), "planExists"),
    ] {
        alice.post(QUOTES, &json!({ "quoteItem": items })).await.refused(422, code);
    }
    let items = [alice.add("data-5", 1)];
    let quote = alice.quote(&items).await;
    let good = alice.order_of_quote(&quote, &items, "key");
    let mut both = good.clone();
    both["shoppingCart"] = json!({ "id": quote["id"] });
    alice.post(ORDERS, &both).await.refused(400, "malformed");
    let mut neither = good.clone();
    neither["quote"] = json!([]);
    alice.post(ORDERS, &neither).await.refused(400, "malformed");
    let mut cart = neither.clone();
    cart["shoppingCart"] = json!({ "id": quote["id"] });
    alice.post(ORDERS, &cart).await.refused(422, "unknownCart");
    let mut other = good.clone();
    other["quote"] = json!([{ "id": "quote-0" }]);
    alice.post(ORDERS, &other).await.refused(422, "unknownQuote");
    let mut more = good.clone();
    more["productOrderItem"] = json!([alice.add("data-5", 2)]);
    alice.post(ORDERS, &more).await.refused(422, "itemsDiffer");
    let mut dearer = good.clone();
    dearer["orderTotalPrice"][0]["price"]["taxIncludedAmount"]["value"] = json!(8);
    alice.post(ORDERS, &dearer).await.refused(409, "priceChanged");
    alice.shop.clock.advance(20 * MINUTE);
    let alice = alice.shop.sign_in(ALICE).await;
    alice.post(ORDERS, &good).await.refused(409, "cartExpired");
}
