//! What all APIs have in common: paging, filters, cross-origin access, errors, and nobody seeing what is another's.
#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::{Value, json};
use support::{
    ALICE, BRUNO, CANCELS, CARTS, CATALOGUE, METHODS, MINUTE, ORDERS, PAGE, PAYMENTS, PRODUCTS, REFUNDS, Reply, Shop,
    USAGE,
};

fn ids(reply: &Reply) -> Vec<String> {
    reply.json().as_array().unwrap().iter().map(|o| o["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn lists_come_in_pages() {
    let shop = Shop::new();
    let list = format!("{CATALOGUE}/productOffering");
    let whole = shop.get(&list).await;
    let total = ids(&whole).len();
    assert_eq!((whole.status, whole.header("x-total-count")), (StatusCode::OK, total.to_string().as_str()));
    let mut paged = Vec::new();
    while paged.len() < total {
        let page = shop.get(&format!("{list}?limit=7&offset={}", paged.len())).await;
        assert_eq!(page.status, StatusCode::PARTIAL_CONTENT);
        assert_eq!(page.header("x-total-count"), total.to_string());
        assert_eq!(page.header("x-result-count"), ids(&page).len().to_string());
        paged.extend(ids(&page));
    }
    assert_eq!(paged, ids(&whole));
    assert_eq!(ids(&shop.get(&format!("{list}?offset=1000")).await), Vec::<String>::new());
    for query in ["limit=x", "offset=-1", "limit=1.5", "limit="] {
        shop.get(&format!("{list}?{query}")).await.refused(400, "malformed");
    }
}

#[tokio::test]
async fn lists_are_filtered_by_equality() {
    let shop = Shop::new();
    let list = format!("{CATALOGUE}/productOffering");
    let zone = shop.get(&format!("{list}?category.id=roaming-eu&isBundle=false")).await;
    assert_eq!(ids(&zone), ["roaming-eu-1", "roaming-eu-5", "roaming-eu-15"]);
    assert_eq!((zone.status, zone.header("x-total-count")), (StatusCode::OK, "3"));
    assert_eq!(ids(&shop.get(&format!("{list}?lifecycleStatus=Retired")).await), ["riviera-classic"]);
    assert_eq!(ids(&shop.get(&format!("{list}?nothing=there")).await), Vec::<String>::new());
    let alice = shop.sign_in(ALICE).await;
    let plans = alice.get(&format!("{PRODUCTS}?productSpecification.name=plan&status=active")).await;
    assert_eq!(ids(&plans), ["plan-1"]);
}

#[tokio::test]
async fn attributes_are_selected() {
    let shop = Shop::new();
    let reply = shop.get(&format!("{CATALOGUE}/productOffering/data-20?fields=name,category.id")).await.ok(200);
    let members: Vec<_> = reply.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["category", "href", "id", "name"]);
    let list = shop.get(&format!("{CATALOGUE}/category?fields=none")).await.ok(200);
    assert_eq!(list[0].as_object().unwrap().len(), 2);
}

async fn preflight(shop: &Shop, path: &str, origin: &str) -> Reply {
    let request = Request::options(path)
        .header("origin", origin)
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "authorization,content-type");
    shop.send(request.body(Body::empty()).unwrap()).await
}

async fn from(shop: &Shop, path: &str, origin: &str) -> Reply {
    shop.send(Request::get(path).header("origin", origin).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn the_carriers_pages_may_read_and_no_others() {
    let shop = Shop::new();
    for path in [ORDERS, PRODUCTS, "/oauth/token", "/demo/token", "/.well-known/openid-configuration"] {
        let asked = preflight(&shop, path, PAGE).await;
        assert_eq!(asked.status, StatusCode::NO_CONTENT);
        assert_eq!(asked.header("access-control-allow-origin"), PAGE);
        assert_eq!(asked.header("access-control-allow-headers"), "Authorization, Content-Type");
        assert_eq!(asked.header("access-control-allow-methods"), "GET, POST, PATCH, DELETE");
        assert!(!asked.header("access-control-max-age").is_empty());
        let answered = from(&shop, path, PAGE).await;
        assert_eq!(answered.header("access-control-allow-origin"), PAGE);
        assert_eq!(answered.header("vary"), "Origin");
        assert_eq!(
            answered.header("access-control-expose-headers"),
            "X-Total-Count, X-Result-Count, Date, Retry-After, Location"
        );
        for stranger in
            ["http://evil.test", "http://page.test.evil.test", "null", "HTTP://page.test", "http://page.test/"]
        {
            for reply in [preflight(&shop, path, stranger).await, from(&shop, path, stranger).await] {
                assert_eq!(reply.header("access-control-allow-origin"), "", "{path} {stranger}");
                assert_eq!(reply.header("vary"), "Origin");
            }
        }
    }
    assert_eq!(from(&shop, "/pay/x", PAGE).await.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn the_catalogue_is_for_everyone_and_may_be_kept() {
    let shop = Shop::new();
    let path = format!("{CATALOGUE}/productOffering");
    let reply = from(&shop, &path, "http://elsewhere.test").await;
    assert_eq!(reply.header("access-control-allow-origin"), "*");
    assert_eq!(reply.header("cache-control"), "public, max-age=60");
    assert_eq!(reply.header("date"), "Sun, 22 Nov 2026 13:05:00 GMT");
    let alice = shop.sign_in(ALICE).await;
    assert_eq!(alice.get(PRODUCTS).await.header("cache-control"), "no-store");
    assert_eq!(shop.get(&format!("{path}/none")).await.header("cache-control"), "no-store");
}

#[tokio::test]
async fn mistakes_are_answered_by_the_error_body() {
    let shop = Shop::new();
    let alice = shop.sign_in(ALICE).await;
    shop.get("/").await.refused(404, "notFound");
    shop.get("/tmf-api/productCatalogManagement/v5/productOffering").await.refused(404, "notFound");
    alice.get(&format!("{ORDERS}/none")).await.refused(404, "notFound");
    let reply = alice.call(Method::PUT, ORDERS, Some(&json!({}))).await;
    assert_eq!(reply.header("allow"), "GET,HEAD,POST");
    reply.refused(405, "methodNotAllowed");
    let reply = shop.get(PRODUCTS).await;
    assert_eq!(reply.header("www-authenticate"), r#"Bearer realm="Rocher Mobile""#);
    reply.refused(401, "missingToken");

    let raw = |kind: &'static str, body: &'static str| {
        let request = Request::post(CARTS).header("authorization", format!("Bearer {}", alice.token));
        shop.send(request.header("content-type", kind).body(Body::from(body)).unwrap())
    };
    let array = Box::leak(format!("{}1", "[".repeat(5000)).into_boxed_str());
    for body in ["", "{", "[]", "nul", r#"{"cartItem":1}"#, r#"{"cartItem":[{"action":"buy"}]}"#, "\u{0}", array] {
        raw("application/json", body).await.refused(400, "malformed");
    }
    let item = r#"{"cartItem":[{"action":"add","quantity":99999999999999999999,"productOffering":{"id":"data-1"}}]}"#;
    raw("application/json", item).await.refused(400, "malformed");
    raw("application/json; charset=utf-8", r#"{"cartItem":[]}"#).await.refused(422, "emptyBasket");
    raw("text/plain", "{}").await.refused(415, "unsupportedMediaType");
    let large = Box::leak(format!("\"{}\"", "x".repeat(3_000_000)).into_boxed_str());
    raw("application/json", large).await.refused(413, "unreadableBody");
}

#[tokio::test]
async fn a_token_ends() {
    let alice = Shop::new().sign_in(ALICE).await;
    alice.shop.clock.advance(15 * MINUTE - 1);
    assert_eq!(alice.get(PRODUCTS).await.status, StatusCode::OK);
    alice.shop.clock.advance(1);
    alice.get(PRODUCTS).await.refused(401, "invalidToken");
    alice.shop.post("/demo/token", &json!({ "msisdn": "+1" })).await.refused(404, "notFound");
    let known = alice.shop.get("/demo/subscribers").await.ok(200);
    assert_eq!((known.as_array().unwrap().len(), &known[0]["msisdn"]), (6, &json!(ALICE)));
}

#[tokio::test]
async fn nobody_sees_what_is_anothers() {
    let shop = Shop::new();
    let (alice, bruno) = (shop.sign_in(ALICE).await, shop.sign_in(BRUNO).await);
    let cart = alice.cart(&[alice.add("data-1", 1)]).await;
    let order = alice.order(&[alice.add("data-1", 1)], "one").await;
    let payment = alice.payment(&order, "try").await;
    let other = alice.order(&[alice.add("data-1", 1)], "two").await;
    let cancel = alice.post(CANCELS, &json!({ "productOrder": { "id": other["id"] } })).await.ok(201);
    let query = alice.usage().await;
    shop.clock.advance(31 * MINUTE);
    shop.pay(&payment, &[("action", "pay"), ("card", "accepted")]).await;
    let (alice, bruno_again) = (shop.sign_in(ALICE).await, shop.sign_in(BRUNO).await);
    let refund = alice.get(REFUNDS).await.ok(200)[0].clone();
    let plan = alice.plan().await;

    for (list, resource) in [
        (CARTS, &cart),
        (ORDERS, &order),
        (PAYMENTS, &payment),
        (CANCELS, &cancel),
        (USAGE, &query),
        (REFUNDS, &refund),
        (PRODUCTS, &plan),
    ] {
        let href = resource["href"].as_str().unwrap();
        assert_eq!(alice.get(href).await.status, StatusCode::OK, "{href}");
        bruno_again.get(href).await.refused(404, "notFound");
        shop.get(href).await.refused(401, "missingToken");
        shop.get(list).await.refused(401, "missingToken");
        let seen: Value = bruno_again.get(list).await.ok(200);
        assert!(!seen.to_string().contains(resource["id"].as_str().unwrap()), "{list}");
    }
    let href = cart["href"].as_str().unwrap();
    let patch = json!({ "cartItem": [bruno.add("data-1", 1)] });
    bruno_again.call(Method::PATCH, href, Some(&patch)).await.refused(404, "notFound");
    bruno_again.call(Method::DELETE, href, None).await.refused(404, "notFound");
    let ask = json!({ "searchCriteria": { "product": [{ "id": "line-1" }] } });
    bruno_again.post(USAGE, &ask).await.refused(422, "unknownLine");
    let stolen = json!({ "productOrder": { "id": order["id"] } });
    bruno_again.post(CANCELS, &stolen).await.refused(422, "unknownOrder");
    shop.get(METHODS).await.refused(401, "missingToken");
}
