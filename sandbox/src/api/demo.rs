//! What only a demo has: tokens without a sign-in, and a look into the ledger. No authentication.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use rusqlite::OptionalExtension as _;
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
}

#[derive(Deserialize)]
struct Ask {
    msisdn: String,
}

/// `POST /demo/token`: how the demo's embedding page plays a site that knows its subscriber already.
async fn demo_token(State(carrier): State<Carrier>, body: Json<Ask>) -> Result<Response, ApiError> {
    let token = carrier
        .transact(move |work| {
            let mut query = work
                .tx
                .prepare_cached("SELECT id FROM customer WHERE msisdn = ?1")?;
            let customer: Option<String> = query
                .query_row([&body.read.msisdn], |row| row.get(0))
                .optional()?;
            let customer = customer.ok_or_else(|| ApiError::not_found("subscriber"))?;
            token::access_token(work, &token::begin_family(work, &customer, None)?)
        })
        .await?;
    Ok(answer(StatusCode::OK, &token))
}

/// The demo's subscribers.
pub(crate) fn subscribers(work: &Work) -> Result<Vec<DemoSubscriber>, ApiError> {
    let mut query = work
        .tx
        .prepare_cached("SELECT name, msisdn, note FROM customer ORDER BY id")?;
    let rows = query.query_map([], |row| {
        Ok(DemoSubscriber {
            name: row.get(0)?,
            msisdn: row.get(1)?,
            note: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// `GET /demo/subscribers`.
async fn list(State(carrier): State<Carrier>) -> Result<Response, ApiError> {
    Ok(answer(
        StatusCode::OK,
        &json!(carrier.transact(subscribers).await?),
    ))
}
