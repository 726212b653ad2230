//! Sends the widget's calls through the sandbox carrier's router, in memory and by a clock that the test moves.

use axum::Router;
use axum::body::Body;
use axum::http::{self, HeaderMap};
use esim_renewal::carrier::json::Json;
use esim_renewal::carrier::payment::CreatePayment;
use esim_renewal::carrier::product_inventory::{ListProducts, inventory};
use esim_renewal::carrier::product_ordering::{CreateOrder, GetOrder};
use esim_renewal::carrier::shopping_cart::CreateCart;
use esim_renewal::carrier::usage_consumption::{GetUsageQuery, QueryUsage, UsageQuery};
use esim_renewal::carrier::{CarrierError, Method, Operation, Request};
use esim_renewal::domain::basket::{Action, Basket, HowMuch, Item, Quantity};
use esim_renewal::domain::consumption::Consumption;
use esim_renewal::domain::id::{AttemptKey, MethodId, OfferingId, OrderId, ProductId, TryKey};
use esim_renewal::domain::money::{Currency, Money};
use esim_renewal::domain::offering::OfferingKind;
use esim_renewal::domain::order::Order;
use esim_renewal::domain::payment::Payment;
use esim_renewal::domain::payment::{Method as PayBy, MethodKind};
use esim_renewal::domain::product::{Inventory, Line, Plan, ProductStatus};
use esim_renewal::domain::quote::{Quote, Source};
use esim_renewal::domain::time::Timestamp;
use http_body_util::BodyExt as _;
use sandbox::{Carrier, Clock, Settings, Store};
use serde_json::{Value, json};
use tower::ServiceExt as _;

pub const CARRIER: &str = "https://carrier.example";
pub const RETURN_URL: &str = "https://shop.example/renew?esim-return=7f9c";
/// The seed's subscribers: plenty left, nearly out, expired.
pub const ALICE: &str = "+37761234501";
pub const BRUNO: &str = "+37761234502";
pub const CHIARA: &str = "+37761234503";
/// Two lines and credit, a line without a plan, a suspended line.
pub const DORA: &str = "+37761234504";
pub const EMIL: &str = "+37761234505";
pub const FATOU: &str = "+37761234506";
/// 2026-11-22T13:05:00Z.
pub const START: i64 = 1_795_352_700_000;
pub const SECOND: i64 = 1_000;
pub const MINUTE: i64 = 60 * SECOND;

/// A carrier with the seed's data.
#[derive(Clone)]
pub struct Shop {
    pub clock: Clock,
    router: Router,
}

/// What came back.
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// The answer as the widget understands it, or the failure that the widget makes of it.
    fn read<O: Operation>(&self, operation: &O) -> Result<O::Output, CarrierError> {
        match self.status {
            200..=299 => Ok(operation.parse(&Json::parse(&self.text).unwrap_or(Json::Null))?),
            401 => Err(CarrierError::SignedOut),
            status @ 400..=499 => {
                Err(CarrierError::Refused { status, code: self.json()["code"].as_str().map(str::to_owned) })
            }
            status => Err(CarrierError::Failing(status)),
        }
    }
}

/// The HTTP request of one of the widget's: of a public one, nothing but its method and target is sent.
pub fn http_request(request: &Request, token: Option<&str>) -> http::Request<Body> {
    let mut builder = http::Request::builder().uri(&request.target).method(match request.method {
        Method::Get => http::Method::GET,
        Method::Post => http::Method::POST,
    });
    if let Some(token) = token.filter(|_| !request.public) {
        builder = builder.header("authorization", format!("Bearer {token}"));
    }
    if request.body.is_some() {
        builder = builder.header("content-type", "application/json");
    }
    builder.body(request.body.clone().map_or_else(Body::empty, Body::from)).unwrap()
}

impl Shop {
    pub fn new() -> Self {
        let clock = Clock::manual(START);
        let page_origins = vec!["https://shop.example".to_owned()];
        let settings = Settings { carrier_origin: CARRIER.to_owned(), page_origins, clock: clock.clone() };
        Self { clock, router: Carrier::open(&Store::Memory, settings).unwrap().router() }
    }

    async fn exchange(&self, request: http::Request<Body>) -> Reply {
        let (parts, body) = self.router.clone().oneshot(request).await.unwrap().into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Reply {
            status: parts.status.as_u16(),
            headers: parts.headers,
            text: String::from_utf8(bytes.to_vec()).unwrap(),
        }
    }

    /// Sends a request of the widget, with a token if there is one to send.
    pub async fn send(&self, request: &Request, token: Option<&str>) -> Reply {
        self.exchange(http_request(request, token)).await
    }

    /// Carries out a call without being signed in.
    pub async fn call<O: Operation>(&self, operation: &O) -> Result<O::Output, CarrierError> {
        self.send(&operation.request(), None).await.read(operation)
    }

    async fn demo(&self, path: &str, body: &Value) -> Reply {
        let request = http::Request::post(path).header("content-type", "application/json");
        self.exchange(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// Signs in by the demo's shortcut, and asks for the subscriber's line and plan.
    pub async fn sign_in(&self, msisdn: &str) -> Subscriber {
        let token = self.demo("/demo/token", &json!({ "msisdn": msisdn })).await.json();
        let token = token["access_token"].as_str().unwrap().to_owned();
        let products = ListProducts { offset: 0 };
        let products = self.send(&products.request(), Some(&token)).await.read(&products).unwrap();
        assert_eq!(products.dropped, []);
        let inventory = inventory(products.items);
        let line = inventory.lines[0].clone();
        let plan = inventory.plan_of(&line.id).cloned().unwrap_or_else(|| no_plan(&line));
        Subscriber { shop: self.clone(), token, line, plan, inventory }
    }

    /// The carrier sells an offering at another price from now on.
    pub async fn change_price(&self, offering: &str, cents: i64) {
        let reply = self.demo("/demo/price", &json!({ "offering": offering, "cents": cents })).await;
        assert_eq!(reply.status, 204, "{}", reply.text);
    }

    /// All that the carrier booked under an order's key.
    pub async fn ledger(&self, key: &str) -> Value {
        let request = http::Request::get(format!("/demo/ledger?externalId={key}"));
        self.exchange(request.body(Body::empty()).unwrap()).await.json()
    }

    /// Presses a button of a page of the carrier's; the address that it leads on to.
    pub async fn press(&self, page: &str, form: &'static str) -> String {
        let path = page.strip_prefix(CARRIER).unwrap_or(page);
        let request = http::Request::post(path).header("content-type", "application/x-www-form-urlencoded");
        let reply = self.exchange(request.body(Body::from(form)).unwrap()).await;
        assert_eq!(reply.status, 303, "{}", reply.text);
        reply.headers["location"].to_str().unwrap().to_owned()
    }
}

/// A subscriber who is signed in for a quarter of an hour, with line and plan as they were then.
#[derive(Clone)]
pub struct Subscriber {
    pub shop: Shop,
    pub token: String,
    pub line: Line,
    pub plan: Plan,
    pub inventory: Inventory,
}

/// What stands in for the plan of a line that has none.
fn no_plan(line: &Line) -> Plan {
    Plan {
        id: ProductId::new("none").unwrap(),
        line: line.id.clone(),
        offering: None,
        name: String::new(),
        status: ProductStatus::Ended,
        ends: None,
    }
}

impl Subscriber {
    pub async fn new(msisdn: &str) -> Self {
        Shop::new().sign_in(msisdn).await
    }

    /// The same subscriber, signed in anew, with line and plan as they are now.
    pub async fn again(&self) -> Self {
        self.shop.sign_in(self.line.msisdn.as_deref().unwrap()).await
    }

    pub async fn reply<O: Operation>(&self, operation: &O) -> Reply {
        self.shop.send(&operation.request(), Some(&self.token)).await
    }

    pub async fn call<O: Operation>(&self, operation: &O) -> Result<O::Output, CarrierError> {
        self.reply(operation).await.read(operation)
    }

    /// A basket of these items for the subscriber's line.
    pub fn basket(&self, items: Vec<Item>) -> Basket {
        Basket { line: self.line.id.clone(), currency: euro(), items, codes: vec![] }
    }

    /// So many of something on top of the plan.
    pub fn add(&self, offering: &str, quantity: u32) -> Basket {
        self.basket(vec![item(offering, quantity)])
    }

    /// The plan renewed, or changed for another.
    pub fn renew(&self, offering: &str, quantity: u32) -> Basket {
        let action = Action::Modify(self.plan.id.clone());
        self.basket(vec![Item { kind: OfferingKind::Plan, action, ..item(offering, quantity) }])
    }

    /// The carrier's price, which fits the basket.
    pub async fn quote(&self, basket: &Basket) -> Quote {
        let quote = self.call(&CreateCart { basket }).await.unwrap();
        assert_eq!(quote.check(basket), Ok(()));
        quote
    }

    /// Consents to a price, under a key.
    pub async fn order(&self, basket: &Basket, quote: &Quote, key: &str) -> Result<Order, CarrierError> {
        let key = attempt_key(key);
        let (customer, account) = (self.line.customer.as_ref(), self.line.account.as_ref());
        self.call(&CreateOrder { key: &key, basket, quote, customer, account }).await
    }

    /// Orders some of something at the carrier's price of now.
    pub async fn ordered(&self, basket: &Basket, key: &str) -> Order {
        let quote = self.quote(basket).await;
        self.order(basket, &quote, key).await.unwrap()
    }

    /// Opens the payment page for an order, under the key of a try.
    pub async fn pay(&self, order: &Order, key: &str) -> Result<Payment, CarrierError> {
        self.pay_and_return(order, key, RETURN_URL).await
    }

    pub async fn pay_and_return(&self, order: &Order, key: &str, return_url: &str) -> Result<Payment, CarrierError> {
        self.pay_by(order, key, &hosted(), return_url).await
    }

    /// Pays an order by a method, under the key of a try.
    pub async fn pay_by(
        &self,
        order: &Order,
        key: &str,
        method: &PayBy,
        return_url: &str,
    ) -> Result<Payment, CarrierError> {
        let (key, order_id) = (try_key(key), &order.id);
        let (account, total) = (self.line.account.as_ref().unwrap(), order.total.unwrap());
        self.call(&CreatePayment { key: &key, order: order_id, total, account, method, token: None, return_url }).await
    }

    /// The order as it is now.
    pub async fn look(&self, id: &OrderId) -> Order {
        self.call(&GetOrder { id }).await.unwrap()
    }

    /// Pays an order by a card that is accepted, and waits until it was carried out.
    pub async fn pay_and_wait(&self, order: &Order, key: &str) -> Order {
        let payment = self.pay(order, key).await.unwrap();
        self.shop.press(&payment.page.unwrap(), "action=pay&card=accepted").await;
        self.shop.clock.advance(2 * SECOND);
        self.look(&order.id).await
    }

    /// What is left, once the carrier has counted.
    pub async fn consumption(&self) -> Consumption {
        let asked = self.call(&QueryUsage { line: &self.line.id }).await.unwrap();
        let UsageQuery::Running(id) = asked else { panic!("{asked:?}") };
        self.shop.clock.advance(SECOND);
        let answer = self.call(&GetUsageQuery { id }).await.unwrap();
        let UsageQuery::Done(consumption) = answer else { panic!("{answer:?}") };
        consumption
    }
}

/// So many of an offering, on top of the plan.
pub fn item(offering: &str, quantity: u32) -> Item {
    Item {
        offering: OfferingId::new(offering).unwrap(),
        name: String::new(),
        kind: OfferingKind::Data,
        how_much: HowMuch::Times(Quantity::new(quantity).unwrap()),
        action: Action::Add,
        start: None,
    }
}

/// The carrier's hosted payment page.
pub fn hosted() -> PayBy {
    PayBy { id: MethodId::new("hosted").unwrap(), kind: MethodKind::Hosted }
}

/// The cart in which a price stands.
pub fn cart_of(quote: &Quote) -> &str {
    match &quote.source {
        Source::Cart(cart) => cart.as_str(),
        other @ (Source::Quote(_) | Source::TopUp(_)) => panic!("{other:?}"),
    }
}

pub fn euro() -> Currency {
    Currency::from_code("EUR").unwrap()
}

pub fn attempt_key(text: &str) -> AttemptKey {
    AttemptKey::new(text).unwrap()
}

pub fn try_key(text: &str) -> TryKey {
    TryKey::new(text).unwrap()
}

/// An amount of euros: `48.00`.
pub fn euros(text: &str) -> Money {
    Money::parse(text, euro()).unwrap()
}

pub fn time(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// A refusal as the widget understands it.
pub fn refused(status: u16, code: &str) -> CarrierError {
    CarrierError::Refused { status, code: Some(code.to_owned()) }
}
