//! What only a demo has: tokens without a sign-in, prices that change, wrong answers, a clock that can be moved, and a look into the ledger. No authentication.

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use rusqlite::{OptionalExtension as _, params};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{fault, order, payment, refund};
use crate::carrier::{DemoSubscriber, Work};
use crate::http::{ApiError, Json, answer};
use crate::oauth::token;
use crate::{Carrier, money};

pub(super) fn routes() -> Router<Carrier> {
    Router::new()
        .route("/demo/token", post(demo_token))
        .route("/demo/subscribers", get(list))
        .route("/demo/price", post(price))
        .route("/demo/fault", post(fault))
        .route("/demo/clock", post(clock))
        .route("/demo/ledger", get(ledger))
}

#[derive(Deserialize)]
struct Ask {
    msisdn: String,
}

/// `POST /demo/token`: how the demo's embedding page plays a site that knows its subscriber already.
async fn demo_token(State(carrier): State<Carrier>, body: Json<Ask>) -> Result<Response, ApiError> {
    let token = carrier
        .transact(move |work| {
            let customer = customer_of(work, &body.read.msisdn)?;
            token::access_token(work, &token::begin_family(work, &customer, None)?)
        })
        .await?;
    Ok(answer(StatusCode::OK, &token))
}

fn customer_of(work: &Work, msisdn: &str) -> Result<String, ApiError> {
    let mut query = work.tx.prepare_cached("SELECT customer_id FROM product WHERE msisdn = ?1")?;
    let customer = query.query_row([msisdn], |row| row.get(0)).optional()?;
    customer.ok_or_else(|| ApiError::not_found("subscriber"))
}

/// The demo's subscribers, each with the number of the first line.
pub(crate) fn subscribers(work: &Work) -> Result<Vec<DemoSubscriber>, ApiError> {
    let mut query = work.tx.prepare_cached(
        "SELECT name, (SELECT min(msisdn) FROM product WHERE customer_id = customer.id), note FROM customer ORDER BY id",
    )?;
    let rows =
        query.query_map([], |row| Ok(DemoSubscriber { name: row.get(0)?, msisdn: row.get(1)?, note: row.get(2)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// `GET /demo/subscribers`.
async fn list(State(carrier): State<Carrier>) -> Result<Response, ApiError> {
    Ok(answer(StatusCode::OK, &json!(carrier.transact(subscribers).await?)))
}

#[derive(Deserialize)]
struct PriceIn {
    offering: String,
    cents: i64,
}

/// `POST /demo/price`: changes an offering's price from now on, to see what a basket makes of it.
async fn price(State(carrier): State<Carrier>, body: Json<PriceIn>) -> Result<StatusCode, ApiError> {
    let PriceIn { offering, cents } = body.read;
    carrier
        .transact(move |work| {
            if work.catalogue.offering(&offering).is_none() {
                return Err(ApiError::not_found("product offering"));
            }
            if !(0..=1_000_000).contains(&cents) {
                return Err(ApiError::unprocessable("priceOutOfRange", "A price must be from 0 to 1000000 cents."));
            }
            work.tx.execute(
                "INSERT INTO price_change (offering_id, cents) VALUES (?1, ?2)
                 ON CONFLICT (offering_id) DO UPDATE SET cents = excluded.cents",
                params![offering, cents],
            )?;
            Ok(())
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
struct FaultIn {
    msisdn: String,
    fault: String,
}

/// `POST /demo/fault`: the next cart or quote of a subscriber is answered wrongly, once.
async fn fault(State(carrier): State<Carrier>, body: Json<FaultIn>) -> Result<StatusCode, ApiError> {
    let FaultIn { msisdn, fault } = body.read;
    carrier.transact(move |work| fault::plan(work, &customer_of(work, &msisdn)?, &fault)).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
struct ClockIn {
    seconds: u32,
}

/// `POST /demo/clock`: moves the carrier's time forward, by at most a year, to see what expires.
async fn clock(State(carrier): State<Carrier>, body: Json<ClockIn>) -> Result<StatusCode, ApiError> {
    let seconds = body.read.seconds;
    if seconds > 366 * 86_400 {
        return Err(ApiError::unprocessable("tooFar", "The clock moves by at most 31622400 seconds."));
    }
    carrier.clock().advance(i64::from(seconds) * 1_000);
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct LedgerQuery {
    external_id: String,
}

/// `GET /demo/ledger?externalId=…`: all that the carrier has booked under one key, whoever ordered.
async fn ledger(
    State(carrier): State<Carrier>,
    query: Result<Query<LedgerQuery>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(LedgerQuery { external_id }) = query.map_err(|e| ApiError::malformed(e.body_text()))?;
    let booked = carrier
        .transact(move |work| {
            let orders = order::orders(work, None, None)?;
            let orders: Vec<Value> = orders.into_iter().filter(|o| o["externalId"] == external_id.as_str()).collect();
            let of_these = |id: &Value| orders.iter().any(|order| order["id"] == *id);
            let mut payments = payment::payments(work, None, None)?;
            payments.retain(|payment| of_these(&payment["paymentItem"][0]["item"]["id"]));
            let mut charges = charges(work)?;
            charges.retain(|charge| of_these(&charge["order"]));
            let mut refunds = refund::refunds(work, None)?;
            refunds.retain(|refund| payments.iter().any(|payment| payment["id"] == refund["payment"]["id"]));
            Ok(json!({ "orders": orders, "payments": payments, "charges": charges, "refunds": refunds }))
        })
        .await?;
    Ok(answer(StatusCode::OK, &booked))
}

fn charges(work: &Work) -> Result<Vec<Value>, ApiError> {
    let mut query = work.tx.prepare_cached(
        "SELECT id, payment_id, order_id, amount_cents, refunded FROM charge ORDER BY created_ms, id",
    )?;
    let rows = query.query_map([], |row| {
        Ok(json!({
            "id": row.get::<_, String>(0)?, "payment": row.get::<_, String>(1)?, "order": row.get::<_, String>(2)?,
            "amount": money::money(row.get(3)?), "refunded": row.get::<_, bool>(4)?,
        }))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
