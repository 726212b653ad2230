//! A look into the ledger, for tests that judge what was booked. No authentication.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;
use serde_json::{Value, json};

use super::demo::customer_of;
use super::{order, payment, refund, topup};
use crate::carrier::Work;
use crate::http::{ApiError, Subscriber, answer};
use crate::{Carrier, money};

pub(super) fn routes() -> Router<Carrier> {
    Router::new().route("/demo/ledger", get(ledger))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LedgerQuery {
    external_id: Option<String>,
    msisdn: Option<String>,
}

/// `GET /demo/ledger?externalId=…`: all that the carrier has booked under one key, whoever ordered. With `?msisdn=…`
/// instead: all of one customer, with the counts by which a test sees that nothing was done twice.
async fn ledger(
    State(carrier): State<Carrier>,
    query: Result<Query<LedgerQuery>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(query) = query.map_err(|e| ApiError::malformed(e.body_text()))?;
    let booked = match (query.external_id, query.msisdn) {
        (Some(key), None) => carrier.transact(move |work| Ok(Booked::under(work, &key)?.json())).await?,
        (None, Some(msisdn)) => carrier.transact(move |work| of_customer(work, &msisdn)).await?,
        _ => return Err(ApiError::malformed("Ask for one `externalId` or one `msisdn`.")),
    };
    Ok(answer(StatusCode::OK, &booked))
}

struct Booked {
    orders: Vec<Value>,
    payments: Vec<Value>,
    charges: Vec<Value>,
    refunds: Vec<Value>,
}

impl Booked {
    fn under(work: &Work, key: &str) -> Result<Self, ApiError> {
        let mut orders = order::orders(work, None, None)?;
        orders.retain(|order| order["externalId"] == key);
        Self::of(work, None, orders)
    }

    /// What belongs to these orders, of a customer or of anybody.
    fn of(work: &Work, customer: Option<&str>, orders: Vec<Value>) -> Result<Self, ApiError> {
        let of_these = |id: &Value| orders.iter().any(|order| order["id"] == *id);
        let mut payments = payment::payments(work, customer, None)?;
        payments.retain(|payment| of_these(order_of(payment)));
        let mut charges = charges(work, customer)?;
        charges.retain(|charge| of_these(&charge["order"]));
        let mut refunds = refund::refunds(work, customer)?;
        refunds.retain(|refund| payments.iter().any(|payment| payment["id"] == refund["payment"]["id"]));
        Ok(Self { orders, payments, charges, refunds })
    }

    fn json(&self) -> Value {
        let Self { orders, payments, charges, refunds } = self;
        json!({ "orders": orders, "payments": payments, "charges": charges, "refunds": refunds })
    }

    /// How many orders each key has made.
    fn orders_per_key(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for key in self.orders.iter().filter_map(|order| order["externalId"].as_str()) {
            *counts.entry(key).or_default() += 1;
        }
        counts
    }

    /// How many payments of each order have its money: captured, and not refunded.
    fn paid_per_order(&self) -> BTreeMap<&str, usize> {
        let is_kept = |payment: &Value| {
            payment["status"] == "captured" && !self.refunds.iter().any(|one| one["payment"]["id"] == payment["id"])
        };
        let count = |order: &Value| self.payments.iter().filter(|one| order_of(one) == order && is_kept(one)).count();
        self.orders.iter().filter_map(|order| Some((order["id"].as_str()?, count(&order["id"])))).collect()
    }
}

fn order_of(payment: &Value) -> &Value {
    &payment["paymentItem"][0]["item"]["id"]
}

fn of_customer(work: &Work, msisdn: &str) -> Result<Value, ApiError> {
    let customer = customer_of(work, msisdn)?;
    let booked = Booked::of(work, Some(&customer), order::orders(work, Some(&customer), None)?)?;
    let account = work
        .tx
        .prepare_cached("SELECT account_id FROM customer WHERE id = ?1")?
        .query_row([&customer], |row| row.get(0))?;
    let mut all = booked.json();
    all["topUps"] = json!(topup::topups(work, &Subscriber { customer, account }, None)?);
    all["ordersPerKey"] = json!(booked.orders_per_key());
    all["paidPerOrder"] = json!(booked.paid_per_order());
    Ok(all)
}

fn charges(work: &Work, customer: Option<&str>) -> Result<Vec<Value>, ApiError> {
    let mut query = work.tx.prepare_cached(
        "SELECT c.id, c.payment_id, c.order_id, c.amount_cents, c.refunded
         FROM charge c JOIN product_order o ON o.id = c.order_id
         WHERE ?1 IS NULL OR o.customer_id = ?1 ORDER BY c.created_ms, c.id",
    )?;
    let rows = query.query_map([customer], |row| {
        Ok(json!({
            "id": row.get::<_, String>(0)?, "payment": row.get::<_, String>(1)?, "order": row.get::<_, String>(2)?,
            "amount": money::money(row.get(3)?), "refunded": row.get::<_, bool>(4)?,
        }))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
