//! The sandbox carrier in memory: its real router, without a network.

use std::cell::Cell;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{self, header};
use esim_renewal::carrier::json::Json;
use esim_renewal::carrier::product_inventory::{ListProducts, inventory};
use esim_renewal::carrier::{Method, Operation as _, Request};
use esim_renewal::domain::id::ProductId;
use esim_renewal::domain::product::Line;
use futures::FutureExt as _;
use sandbox::{Carrier, Clock, Settings, Store, repeat_randomness};
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// Where the carrier says that it is.
pub const CARRIER: &str = "https://carrier.example";
/// Where the payment page leads back to.
pub const RETURN_URL: &str = "https://shop.example/renew";
/// 2026-11-22T13:05:00Z.
const START: i64 = 1_795_352_700_000;
/// The seed's subscribers who buy.
const NUMBERS: [&str; 3] = ["+37761234501", "+37761234502", "+37761234504"];

/// A carrier with the seed's data, which one schedule after another starts with.
pub struct Shop {
    carrier: Carrier,
    router: Router,
    /// The carrier's time.
    pub clock: Clock,
    accounts: Vec<Account>,
    /// How many calls there were that may change the ledger.
    pub binding: Cell<u64>,
}

/// A subscriber, signed in.
#[derive(Clone)]
pub struct Account {
    /// The number.
    pub msisdn: &'static str,
    /// The access token of the start.
    pub token: String,
    /// The first line.
    pub line: Line,
    /// The plan on it.
    pub plan: Option<ProductId>,
    /// The keys of the orders that there are already.
    pub past: Vec<String>,
}

/// What came back.
#[derive(Clone)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// `Location`.
    pub location: Option<String>,
    /// The body.
    pub text: String,
}

impl Reply {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }
}

impl Shop {
    /// A new carrier.
    ///
    /// # Errors
    /// When it cannot be opened, or does not know the seed's subscribers.
    pub fn open() -> Result<Self, String> {
        repeat_randomness(0);
        let clock = Clock::manual(START);
        let page_origins = vec!["https://shop.example".to_owned()];
        let settings = Settings { carrier_origin: CARRIER.to_owned(), page_origins, clock: clock.clone() };
        let carrier = Carrier::open(&Store::Memory, settings).map_err(|error| error.to_string())?;
        let router = carrier.router();
        let mut shop = Self { carrier, router, clock, accounts: vec![], binding: Cell::new(0) };
        for msisdn in NUMBERS {
            let account = shop.sign_in(msisdn).ok_or_else(|| format!("{msisdn} cannot sign in"))?;
            shop.accounts.push(account);
        }
        shop.carrier.mark().map_err(|error| error.to_string())?;
        Ok(shop)
    }

    fn sign_in(&self, msisdn: &'static str) -> Option<Account> {
        let token = self.token(msisdn)?;
        let products = ListProducts { offset: 0 };
        let reply = self.send(&products.request(), Some(&token));
        let inventory = inventory(products.parse(&Json::parse(&reply.text)?).ok()?.items);
        let line = inventory.lines.first()?.clone();
        let plan = inventory.plan_of(&line.id).map(|plan| plan.id.clone());
        let orders = self.ledger(msisdn)["orders"].as_array()?.clone();
        let past = orders.iter().filter_map(|order| order["externalId"].as_str().map(str::to_owned)).collect();
        Some(Account { msisdn, token, line, plan, past })
    }

    /// Brings back the data and the time of the start; what is made from now on follows from a number.
    ///
    /// # Errors
    /// When the data cannot be had.
    pub fn rewind(&self, seed: u64) -> Result<(), String> {
        repeat_randomness(seed);
        self.binds();
        self.clock.advance(START - self.clock.now());
        self.carrier.rewind().map_err(|error| error.to_string())
    }

    /// A subscriber of the seed.
    pub fn account(&self, msisdn: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.msisdn == msisdn)
    }

    /// All of the router's work is done at once, since it has no runtime to wait in.
    fn exchange(&self, request: http::Request<Body>) -> Reply {
        let answer = async {
            let (parts, body) = self.router.clone().oneshot(request).await.ok()?.into_parts();
            let bytes = to_bytes(body, usize::MAX).await.ok()?;
            let location = parts.headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).map(str::to_owned);
            Some(Reply { status: parts.status.as_u16(), location, text: String::from_utf8(bytes.to_vec()).ok()? })
        };
        let none = Reply { status: 599, location: None, text: String::new() };
        answer.now_or_never().flatten().unwrap_or(none)
    }

    fn binds(&self) {
        self.binding.set(self.binding.get() + 1);
    }

    fn post(&self, path: &str, media_type: &str, body: String) -> Reply {
        let request = http::Request::post(path).header(header::CONTENT_TYPE, media_type).body(Body::from(body));
        request.map_or_else(|_| Reply { status: 599, location: None, text: String::new() }, |one| self.exchange(one))
    }

    /// Sends one of the widget's requests.
    pub fn send(&self, request: &Request, token: Option<&str>) -> Reply {
        if request.method == Method::Post {
            self.binds();
        }
        let method = match request.method {
            Method::Get => http::Method::GET,
            Method::Post => http::Method::POST,
        };
        let mut builder = http::Request::builder().uri(&request.target).method(method);
        if let Some(token) = token.filter(|_| !request.public) {
            builder = builder.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if request.body.is_some() {
            builder = builder.header(header::CONTENT_TYPE, "application/json");
        }
        let built = builder.body(request.body.clone().map_or_else(Body::empty, Body::from));
        built.map_or_else(|_| Reply { status: 599, location: None, text: String::new() }, |one| self.exchange(one))
    }

    /// A new access token.
    pub fn token(&self, msisdn: &str) -> Option<String> {
        let reply = self.post("/demo/token", "application/json", json!({ "msisdn": msisdn }).to_string());
        reply.json()["access_token"].as_str().map(str::to_owned)
    }

    /// Another price of an offering.
    pub fn change_price(&self, offering: &str, cents: i64) {
        self.post("/demo/price", "application/json", json!({ "offering": offering, "cents": cents }).to_string());
    }

    /// Calls an order off that was not paid.
    pub fn cancel(&self, token: &str, order: &str) -> Reply {
        self.binds();
        let body = json!({ "productOrder": { "id": order } }).to_string();
        let path = "/tmf-api/productOrderingManagement/v4/cancelProductOrder";
        let request = http::Request::post(path)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .body(Body::from(body));
        request.map_or_else(|_| Reply { status: 599, location: None, text: String::new() }, |one| self.exchange(one))
    }

    /// Presses a button of one of the carrier's pages. Answers where that leads to.
    pub fn press(&self, page: &str, form: &str) -> Option<String> {
        self.binds();
        let path = page.strip_prefix(CARRIER).unwrap_or(page);
        self.post(path, "application/x-www-form-urlencoded", form.to_owned()).location
    }

    /// All that is booked of a subscriber.
    pub fn ledger(&self, msisdn: &str) -> Value {
        let path = format!("/demo/ledger?msisdn={}", msisdn.replace('+', "%2B"));
        let request = http::Request::get(path).body(Body::empty());
        request.map_or(Value::Null, |request| self.exchange(request).json())
    }
}
