//! A carrier in memory, with a clock that the test moves.
#![allow(dead_code, reason = "each test file uses a part of this")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::missing_panics_doc, missing_docs, reason = "test support")]

pub mod contract;
pub mod schema;
pub mod wire;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use sandbox::{Carrier, Clock, Settings, Store};
use serde_json::{Value, json};
use tower::ServiceExt as _;

pub const CARRIER: &str = "http://carrier.test";
pub const PAGE: &str = "http://page.test";
pub const ALICE: &str = "+37761234501";
pub const BRUNO: &str = "+37761234502";
pub const CHIARA: &str = "+37761234503";
/// Two lines, `line-4` and `line-4b`, credit and saved cards.
pub const DORA: &str = "+37761234504";
/// A line without a plan.
pub const EMIL: &str = "+37761234505";
/// A line that is suspended.
pub const FATOU: &str = "+37761234506";
/// 2026-11-22T13:05:00Z.
pub const START: i64 = 1_795_352_700_000;
pub const MINUTE: i64 = 60_000;
pub const DAY: i64 = 24 * 60 * MINUTE;

pub const CATALOGUE: &str = "/tmf-api/productCatalogManagement/v4";
pub const PRODUCTS: &str = "/tmf-api/productInventory/v4/product";
pub const USAGE: &str = "/tmf-api/usageConsumption/v4/queryUsageConsumption";
pub const CARTS: &str = "/tmf-api/shoppingCart/v4/shoppingCart";
pub const PROMOTIONS: &str = "/tmf-api/promotionManagement/v4/promotion";
pub const QUOTES: &str = "/tmf-api/quoteManagement/v4/quote";
pub const QUALIFICATIONS: &str = "/tmf-api/productOfferingQualification/v4/productOfferingQualification";
pub const BILLS: &str = "/tmf-api/customerBillManagement/v4/customerBill";
pub const TOPUPS: &str = "/tmf-api/prepayBalanceManagement/v4/topupBalance";
pub const BUCKETS: &str = "/tmf-api/prepayBalanceManagement/v4/bucket";
pub const ORDERS: &str = "/tmf-api/productOrderingManagement/v4/productOrder";
pub const CANCELS: &str = "/tmf-api/productOrderingManagement/v4/cancelProductOrder";
pub const METHODS: &str = "/tmf-api/paymentMethod/v4/paymentMethod";
pub const PAYMENTS: &str = "/payment/v4/payment";
pub const REFUNDS: &str = "/payment/v4/refund";

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Asserts the status and the TM Forum error body.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) {
        let body = self.json();
        assert_eq!((self.status.as_u16(), &body["code"]), (status, &json!(code)), "{}", self.text);
        assert_eq!(body["status"], json!(status.to_string()));
        assert!(body["reason"].is_string());
    }

    #[track_caller]
    pub fn ok(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self.json()
    }
}

/// Sends one request to a router.
pub async fn send(router: &Router, request: Request<Body>) -> Reply {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Reply { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
}

#[derive(Clone)]
pub struct Shop {
    pub clock: Clock,
    pub carrier: Carrier,
    pub router: Router,
}

impl Shop {
    pub fn new() -> Self {
        Self::over(&Store::Memory)
    }

    pub fn over(store: &Store) -> Self {
        let clock = Clock::manual(START);
        let settings =
            Settings { carrier_origin: CARRIER.into(), page_origins: vec![PAGE.into()], clock: clock.clone() };
        let carrier = Carrier::open(store, settings).unwrap();
        let router = carrier.router();
        Self { clock, carrier, router }
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        send(&self.router, request).await
    }

    /// A GET without credentials.
    pub async fn get(&self, path: &str) -> Reply {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// A form as a browser sends it.
    pub async fn form(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Reply {
        let body = serde_urlencoded::to_string(fields).unwrap();
        let request =
            Request::post(path).header("content-type", "application/x-www-form-urlencoded").header("cookie", cookie);
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// A JSON POST without credentials.
    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        let request = Request::post(path).header("content-type", "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    pub async fn sign_in(&self, msisdn: &str) -> User {
        let token = self.post("/demo/token", &json!({ "msisdn": msisdn })).await.ok(200);
        User {
            shop: self.clone(),
            token: token["access_token"].as_str().unwrap().to_owned(),
            msisdn: msisdn.to_owned(),
        }
    }

    /// Presses a button of the payment page.
    pub async fn pay(&self, payment: &Value, fields: &[(&str, &str)]) -> Reply {
        let address = payment["redirectUrl"].as_str().unwrap().strip_prefix(CARRIER).unwrap();
        self.form(address, "", fields).await
    }

    pub async fn ledger(&self, key: &str) -> Value {
        self.get(&format!("/demo/ledger?externalId={key}")).await.ok(200)
    }
}

/// An item for one of several lines.
pub fn add_to(line: &str, offering: &str) -> Value {
    json!({ "id": offering, "action": "add", "quantity": 1, "productOffering": { "id": offering },
        "product": { "productRelationship": [{ "relationshipType": "reliesOn", "product": { "id": line } }] } })
}

/// A subscriber with a token.
#[derive(Clone)]
pub struct User {
    pub shop: Shop,
    pub token: String,
    pub msisdn: String,
}

impl User {
    /// 1 to 6: the number in the ids of the seed.
    pub fn number(&self) -> char {
        self.msisdn.chars().last().unwrap()
    }

    pub async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> Reply {
        let path = path.strip_prefix(CARRIER).unwrap_or(path);
        let mut request =
            Request::builder().method(method).uri(path).header("authorization", format!("Bearer {}", self.token));
        if body.is_some() {
            request = request.header("content-type", "application/json");
        }
        let body = body.map_or(Body::empty(), |body| Body::from(body.to_string()));
        self.shop.send(request.body(body).unwrap()).await
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.call(Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.call(Method::POST, path, Some(body)).await
    }

    pub fn add(&self, offering: &str, quantity: i64) -> Value {
        let line = format!("line-{}", self.number());
        json!({ "id": "1", "action": "add", "quantity": quantity, "productOffering": { "id": offering },
            "product": { "productRelationship": [{ "relationshipType": "reliesOn", "product": { "id": line } }] } })
    }

    pub fn renew(&self, offering: &str, quantity: i64) -> Value {
        let plan = format!("plan-{}", self.number());
        json!({ "id": "1", "action": "modify", "quantity": quantity, "productOffering": { "id": offering },
            "product": { "id": plan } })
    }

    /// An amount of credit, as it stands on the wire: `25.00`.
    pub fn credit(&self, amount: &str) -> Value {
        let amount: Value = serde_json::from_str(amount).unwrap();
        let mut item = self.add("credit", 1);
        item["product"]["productCharacteristic"] =
            json!([{ "name": "amount", "valueType": "number", "value": amount }]);
        item
    }

    /// Asserts that a cart of these items is refused.
    pub async fn cannot_have(&self, items: &[Value], code: &str) -> Value {
        let reply = self.post(CARTS, &json!({ "cartItem": items })).await;
        reply.refused(422, code);
        reply.json()
    }

    pub async fn cart(&self, items: &[Value]) -> Value {
        let body = json!({ "@type": "RenewalShoppingCart", "cartItem": items });
        self.post(CARTS, &body).await.ok(201)
    }

    pub async fn quote(&self, items: &[Value]) -> Value {
        let body = json!({ "@type": "RenewalQuote", "instantSyncQuote": true, "quoteItem": items });
        self.post(QUOTES, &body).await.ok(201)
    }

    /// An order of a quote.
    pub fn order_of_quote(&self, quote: &Value, items: &[Value], key: &str) -> Value {
        let mut order = self.order_of(&json!({ "cartTotalPrice": quote["quoteTotalPrice"] }), items, key);
        order.as_object_mut().unwrap().remove("shoppingCart");
        order["quote"] = json!([{ "id": quote["id"] }]);
        order
    }

    /// An order of a cart, as the profile says it is sent.
    pub fn order_of(&self, cart: &Value, items: &[Value], key: &str) -> Value {
        let n = self.number();
        json!({ "@type": "RenewalOrder", "externalId": key, "shoppingCart": { "id": cart["id"] },
            "relatedParty": [{ "id": format!("customer-{n}"), "role": "customer", "@referredType": "Individual" }],
            "billingAccount": { "id": format!("account-{n}") },
            "note": [{ "id": "startAtOnce", "text": "The subscriber asked for the service to start at once." }],
            "productOrderItem": items,
            "orderTotalPrice": cart["cartTotalPrice"] })
    }

    pub async fn order(&self, items: &[Value], key: &str) -> Value {
        let cart = self.cart(items).await;
        self.post(ORDERS, &self.order_of(&cart, items, key)).await.ok(201)
    }

    pub fn payment_of(&self, order: &Value, key: &str) -> Value {
        let total = &order["orderTotalPrice"][0]["price"]["taxIncludedAmount"];
        json!({ "@type": "HostedPayment", "correlatorId": key,
            "account": { "id": format!("account-{}", self.number()), "@referredType": "BillingAccount" },
            "paymentMethod": { "id": "hosted", "@type": "digitalWallet", "@referredType": "PaymentMethod" },
            "totalAmount": total,
            "paymentItem": [{ "id": "1", "item": { "id": order["id"], "@referredType": "ProductOrder" }, "totalAmount": total }],
            "returnUrl": format!("{PAGE}/renew?esim-return={key}") })
    }

    /// A payment by another method than the payment page.
    pub fn payment_by(&self, order: &Value, method: &str, key: &str) -> Value {
        let mut body = self.payment_of(order, key);
        body["@type"] = json!("MethodPayment");
        body["paymentMethod"] = json!({ "id": method });
        body
    }

    pub async fn payment(&self, order: &Value, key: &str) -> Value {
        self.post(PAYMENTS, &self.payment_of(order, key)).await.ok(201)
    }

    /// Orders and pays what is to be paid, and lets the fulfilment be done.
    pub async fn buy(&self, items: &[Value], key: &str) -> Value {
        let order = self.order(items, key).await;
        if order["state"] == "pending" {
            let payment = self.payment(&order, key).await;
            let back = self.shop.pay(&payment, &[("action", "pay"), ("card", "accepted")]).await;
            assert_eq!(back.status, StatusCode::SEE_OTHER);
        }
        self.shop.clock.advance(2_000);
        let order = self.get(order["href"].as_str().unwrap()).await.ok(200);
        assert_eq!(order["state"], "completed");
        order
    }

    pub async fn products(&self) -> Vec<Value> {
        self.get(PRODUCTS).await.ok(200).as_array().unwrap().clone()
    }

    pub async fn plan(&self) -> Value {
        let products = self.products().await;
        products.into_iter().find(|p| p["productSpecification"]["name"] == "plan").unwrap()
    }

    /// What the line has of an offering.
    pub async fn product(&self, offering: &str) -> Value {
        let products = self.products().await;
        products.into_iter().find(|p| p["productOffering"]["id"] == offering).unwrap()
    }

    /// The account's credit, as it stands on the wire.
    pub async fn balance(&self) -> String {
        let buckets = self.get(BUCKETS).await.ok(200);
        buckets[0]["remainingValue"]["amount"].to_string()
    }

    /// The finished usage query of the line.
    pub async fn usage(&self) -> Value {
        self.usage_of(&format!("line-{}", self.number())).await
    }

    /// The finished usage query of one of several lines.
    pub async fn usage_of(&self, line: &str) -> Value {
        let ask = json!({ "searchCriteria": { "product": [{ "id": line }] } });
        let query = self.post(USAGE, &ask).await.ok(201);
        assert_eq!(query["usageConsumption"][0]["state"], "inProgress");
        self.shop.clock.advance(500);
        let query = self.get(query["href"].as_str().unwrap()).await.ok(200);
        assert_eq!(query["usageConsumption"][0]["state"], "done");
        query
    }

    /// The entries of the line's usage that are of now, and the buckets of the periods that are over.
    pub async fn now_and_past(&self, line: &str) -> (Vec<Value>, Vec<Value>) {
        let usage = self.usage_of(line).await;
        let entries = usage["usageConsumption"].as_array().unwrap().clone();
        let (past, now): (Vec<_>, Vec<_>) =
            entries.into_iter().partition(|entry| entry["bucketRefOrValue"][0]["status"] == "past");
        (now, past.iter().flat_map(|entry| entry["bucketRefOrValue"].as_array().unwrap().clone()).collect())
    }

    /// Initial and remaining of one of the plan's buckets, as text: `("10", "0.4")`.
    pub async fn bucket(&self, usage_type: &str) -> (String, String) {
        let usage = self.usage().await;
        let buckets = usage["usageConsumption"][0]["bucketRefOrValue"].as_array().unwrap().clone();
        let bucket = buckets.into_iter().find(|b| b["usageType"] == usage_type).unwrap();
        (bucket["bucketCounter"][0]["value"]["amount"].to_string(), bucket["remainingValue"]["amount"].to_string())
    }
}
