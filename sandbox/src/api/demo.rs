//! What only a demo has: tokens without a sign-in, prices that change, and a clock that can be moved. No authentication.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use rusqlite::{OptionalExtension as _, params};
use serde::Deserialize;
use serde_json::json;

use crate::Carrier;
use crate::carrier::{DemoSubscriber, Work};
use crate::http::{ApiError, Json, answer};
use crate::oauth::token;

pub(super) fn routes() -> Router<Carrier> {
    Router::new()
        .route("/demo/token", post(demo_token))
        .route("/demo/subscribers", get(list))
        .route("/demo/price", post(price))
        .route("/demo/clock", post(clock))
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

/// Whose line has a number.
pub(super) fn customer_of(work: &Work, msisdn: &str) -> Result<String, ApiError> {
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
            work.execute(
                "INSERT INTO price_change (offering_id, cents) VALUES (?1, ?2)
                 ON CONFLICT (offering_id) DO UPDATE SET cents = excluded.cents",
                params![offering, cents],
            )?;
            Ok(())
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The most seconds by which the clock moves at a time.
const FARTHEST: u32 = 366 * 86_400;
/// The most seconds by which the `Date` header is off.
const DAY: i64 = 86_400;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ClockIn {
    seconds: Option<u32>,
    date_offset_seconds: Option<i64>,
}

/// `POST /demo/clock`: moves the carrier's time forward, by at most a year, to see what expires; or lets the `Date`
/// header tell another time than the carrier goes by, at most a day off, until it is set again.
async fn clock(State(carrier): State<Carrier>, body: Json<ClockIn>) -> Result<StatusCode, ApiError> {
    let ClockIn { seconds, date_offset_seconds: offset } = body.read;
    if seconds.is_none() && offset.is_none() {
        return Err(ApiError::malformed("The clock needs `seconds` or `dateOffsetSeconds`."));
    }
    if seconds.is_some_and(|seconds| seconds > FARTHEST) {
        let reason = format!("The clock moves by at most {FARTHEST} seconds.");
        return Err(ApiError::unprocessable("tooFar", reason));
    }
    if offset.is_some_and(|offset| !(-DAY..=DAY).contains(&offset)) {
        let reason = format!("`dateOffsetSeconds` is from -{DAY} to {DAY}.");
        return Err(ApiError::unprocessable("tooFar", reason));
    }
    if let Some(seconds) = seconds {
        carrier.clock().advance(i64::from(seconds) * 1_000);
    }
    if let Some(offset) = offset {
        carrier.clock().tell_ahead(offset * 1_000);
    }
    Ok(StatusCode::NO_CONTENT)
}
