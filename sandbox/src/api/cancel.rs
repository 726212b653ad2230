//! TMF622 `cancelProductOrder`: takes back an order that has not been paid.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use rusqlite::{OptionalExtension as _, params};
use serde::Deserialize;
use serde_json::{Value, json};

use super::due;
use super::wire::{Ref, set};
use crate::Carrier;
use crate::calendar::rfc3339;
use crate::carrier::Work;
use crate::http::{ApiError, Json, ListQuery, Subscriber, created};
use crate::random;

const BASE: &str = "/tmf-api/productOrderingManagement/v4/cancelProductOrder";

pub(super) fn routes() -> Router<Carrier> {
    Router::new().route(BASE, get(list).post(create)).route(&format!("{BASE}/{{id}}"), get(by_id))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CancelIn {
    product_order: Ref,
    cancellation_reason: Option<String>,
}

async fn create(State(carrier): State<Carrier>, who: Subscriber, body: Json<CancelIn>) -> Result<Response, ApiError> {
    let task = carrier.transact(move |work| cancel(work, &who, &body.read)).await?;
    Ok(created(true, &task))
}

fn cancel(work: &Work, who: &Subscriber, ask: &CancelIn) -> Result<Value, ApiError> {
    let mut query = work.tx.prepare_cached("SELECT state FROM product_order WHERE id = ?1 AND customer_id = ?2")?;
    let state: Option<String> = query.query_row([&ask.product_order.id, &who.customer], |row| row.get(0)).optional()?;
    match state.as_deref() {
        None => return Err(ApiError::unprocessable("unknownOrder", "The subscriber has no such order.")),
        Some("pending") => (),
        Some(_) => {
            return Err(ApiError::conflict("orderNotPending", "Only an order that awaits payment can be cancelled."));
        }
    }
    let order = &ask.product_order.id;
    let reason = ask.cancellation_reason.as_deref().unwrap_or("Cancelled by the customer.");
    due::cancel(work, order, work.now, reason)?;
    // The payment page can no longer charge it.
    work.execute(
        "UPDATE payment SET status = 'canceled', status_reason = 'orderCancelled', status_ms = ?2
         WHERE order_id = ?1 AND status = 'pendingAuthorization'",
        params![order, work.now],
    )?;
    let id = random::id("cancel")?;
    work.execute(
        "INSERT INTO order_cancellation (id, order_id, customer_id, reason, created_ms) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![id, order, who.customer, ask.cancellation_reason, work.now],
    )?;
    tasks(work, who, Some(&id))?.pop().ok_or_else(ApiError::internal)
}

async fn list(State(carrier): State<Carrier>, who: Subscriber, query: ListQuery) -> Result<Response, ApiError> {
    Ok(query.page(carrier.transact(move |work| tasks(work, &who, None)).await?))
}

async fn by_id(
    State(carrier): State<Carrier>,
    who: Subscriber,
    Path(id): Path<String>,
    query: ListQuery,
) -> Result<Response, ApiError> {
    let task = carrier.transact(move |work| tasks(work, &who, Some(&id))).await?.pop();
    task.map(|task| query.one(task)).ok_or_else(|| ApiError::not_found("cancellation"))
}

fn tasks(work: &Work, who: &Subscriber, id: Option<&str>) -> Result<Vec<Value>, ApiError> {
    let mut query = work.tx.prepare_cached(
        "SELECT id, order_id, reason, created_ms FROM order_cancellation
         WHERE customer_id = ?1 AND (?2 IS NULL OR id = ?2) ORDER BY created_ms, id",
    )?;
    let rows = query.query_map(params![who.customer, id], |row| {
        let id: String = row.get(0)?;
        let date = rfc3339(row.get(3)?);
        let mut task = json!({
            "id": id, "href": work.href(&format!("{BASE}/{id}")), "@type": "CancelProductOrder", "state": "done",
            "productOrder": { "id": row.get::<_, String>(1)?, "@referredType": "ProductOrder" },
            "requestedCancellationDate": date, "effectiveCancellationDate": date,
        });
        set(&mut task, "cancellationReason", row.get::<_, Option<String>>(2)?);
        Ok(task)
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
