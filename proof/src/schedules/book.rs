//! What the sandbox's ledger says, read.

use esim_renewal::domain::money::{Currency, Money};
use serde_json::Value;

/// All that is booked of a subscriber.
#[derive(Debug, Default)]
pub struct Book {
    /// The orders.
    pub orders: Vec<Order>,
    /// The payments.
    pub payments: Vec<Payment>,
    /// The money that was taken.
    pub charges: Vec<Charge>,
    /// The money that went back, by the payment's id.
    pub refunds: Vec<(String, Option<Money>)>,
    /// The top-ups that were carried out, by what was said with them.
    pub top_ups: Vec<(String, Option<Money>)>,
}

/// An order.
#[derive(Debug)]
pub struct Order {
    /// The carrier's id.
    pub id: String,
    /// The attempt's key.
    pub key: String,
    /// Where it stands, in the carrier's word.
    pub state: String,
    /// What is asked for it.
    pub total: Option<Money>,
}

/// A payment.
#[derive(Debug)]
pub struct Payment {
    /// The carrier's id.
    pub id: String,
    /// Of which order.
    pub order: String,
    /// The try's key.
    pub key: String,
    /// Where it stands, in the carrier's word.
    pub status: String,
    /// The address of its page.
    pub page: String,
}

impl Payment {
    /// Whether it may bring money, or has.
    pub fn is_live(&self) -> bool {
        matches!(self.status.as_str(), "pendingAuthorization" | "authorized" | "captured")
    }
}

/// Money that was taken.
#[derive(Debug)]
pub struct Charge {
    /// For which order.
    pub order: String,
    /// How much.
    pub amount: Option<Money>,
    /// Whether it went back.
    pub refunded: bool,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// An amount to the cent, as it stands in the JSON.
fn money(value: &Value) -> Option<Money> {
    Money::parse(&value.as_number()?.to_string(), Currency::from_code("EUR").ok()?).ok()
}

fn all<T>(value: &Value, read: impl Fn(&Value) -> T) -> Vec<T> {
    value.as_array().map(|all| all.iter().map(read).collect()).unwrap_or_default()
}

impl Book {
    /// Reads `GET /demo/ledger?msisdn=…`. What was there before the schedule is left out.
    pub fn read(ledger: &Value, past: &[String]) -> Self {
        let mut orders = all(&ledger["orders"], |order| {
            let once = order["orderTotalPrice"]
                .as_array()
                .and_then(|all| all.iter().find(|one| one["priceType"] == "oneTime"));
            Order {
                id: text(&order["id"]),
                key: text(&order["externalId"]),
                state: text(&order["state"]),
                total: once.and_then(|one| money(&one["price"]["taxIncludedAmount"]["value"])),
            }
        });
        orders.retain(|order| !past.contains(&order.key));
        let is_new = |id: &str| orders.iter().any(|order| order.id == id);
        let mut payments = all(&ledger["payments"], |payment| Payment {
            id: text(&payment["id"]),
            order: text(&payment["paymentItem"][0]["item"]["id"]),
            key: text(&payment["correlatorId"]),
            status: text(&payment["status"]),
            page: text(&payment["redirectUrl"]),
        });
        payments.retain(|payment| is_new(&payment.order));
        let mut charges = all(&ledger["charges"], |charge| Charge {
            order: text(&charge["order"]),
            amount: money(&charge["amount"]["value"]),
            refunded: charge["refunded"] == true,
        });
        charges.retain(|charge| is_new(&charge.order));
        let refunds =
            all(&ledger["refunds"], |refund| (text(&refund["payment"]["id"]), money(&refund["totalAmount"]["value"])));
        let done = |top_up: &&Value| top_up["status"] == "completed";
        let top_ups = ledger["topUps"].as_array().map(|all| all.iter().filter(done).collect()).unwrap_or_default();
        let read = |top_up: &Value| (text(&top_up["description"]), money(&top_up["amount"]["amount"]));
        let top_ups = Vec::<&Value>::into_iter(top_ups).map(read).collect();
        Self { orders, payments, charges, refunds, top_ups }
    }

    /// Whether nothing changes as time goes by: no order and no payment waits for anything.
    pub fn is_at_rest(&self) -> bool {
        let is_over = |order: &Order| matches!(order.state.as_str(), "completed" | "cancelled");
        let is_waiting = |payment: &Payment| matches!(payment.status.as_str(), "pendingAuthorization" | "authorized");
        self.orders.iter().all(is_over) && !self.payments.iter().any(is_waiting)
    }

    /// The orders under a key.
    pub fn under<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Order> {
        self.orders.iter().filter(move |order| order.key == key)
    }

    /// The money that was taken under a key and is kept: top-ups take it themselves.
    pub fn kept<'a>(&'a self, key: &'a str) -> impl Iterator<Item = Option<Money>> + 'a {
        let charges = self.charges.iter().filter(|charge| !charge.refunded);
        let of_key = charges.filter(move |charge| self.under(key).any(|order| order.id == charge.order));
        of_key.map(|charge| charge.amount).chain(self.top_ups.iter().filter(move |one| one.0 == key).map(|one| one.1))
    }

    /// The payments of the orders under a key.
    pub fn paying<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Payment> {
        self.payments.iter().filter(move |one| self.under(key).any(|order| order.id == one.order))
    }

    /// Whether there is anything under a key.
    pub fn knows(&self, key: &str) -> bool {
        self.under(key).next().is_some() || self.top_ups.iter().any(|one| one.0 == key)
    }
}
