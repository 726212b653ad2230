//! TMF676 refund, to be read: the carrier makes them itself, when an order could no longer be delivered.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use rusqlite::params;
use serde_json::{Value, json};

use super::payment_method;
use crate::Carrier;
use crate::calendar::rfc3339;
use crate::carrier::Work;
use crate::http::{ApiError, ListQuery, Subscriber};
use crate::money;

const BASE: &str = "/payment/v4/refund";

pub(super) fn routes() -> Router<Carrier> {
    Router::new().route(BASE, get(list)).route(&format!("{BASE}/{{id}}"), get(by_id))
}

async fn list(State(carrier): State<Carrier>, who: Subscriber, query: ListQuery) -> Result<Response, ApiError> {
    Ok(query.page(carrier.transact(move |work| refunds(work, Some(&who.customer))).await?))
}

async fn by_id(
    State(carrier): State<Carrier>,
    who: Subscriber,
    Path(id): Path<String>,
    query: ListQuery,
) -> Result<Response, ApiError> {
    let own = carrier.transact(move |work| refunds(work, Some(&who.customer))).await?;
    let refund = own.into_iter().find(|refund| refund["id"] == id.as_str());
    refund.map(|refund| query.one(refund)).ok_or_else(|| ApiError::not_found("refund"))
}

/// Refunds: a customer's, or all.
pub(super) fn refunds(work: &Work, customer: Option<&str>) -> Result<Vec<Value>, ApiError> {
    let mut query = work.tx.prepare_cached(
        "SELECT r.id, r.payment_id, r.amount_cents, r.created_ms, c.account_id, p.method
         FROM refund r JOIN customer c ON c.id = r.customer_id JOIN payment p ON p.id = r.payment_id
         WHERE ?1 IS NULL OR r.customer_id = ?1 ORDER BY r.created_ms, r.id",
    )?;
    let rows = query.query_map(params![customer], |row| {
        let id: String = row.get(0)?;
        let date = rfc3339(row.get(3)?);
        Ok(json!({
            "id": id, "href": work.href(&format!("{BASE}/{id}")), "@type": "Refund",
            "description": "The order could no longer be delivered.",
            "payment": { "id": row.get::<_, String>(1)?, "@referredType": "Payment" },
            "account": { "id": row.get::<_, String>(4)?, "@referredType": "BillingAccount" },
            "paymentMethod": payment_method::reference(&row.get::<_, String>(5)?),
            "totalAmount": money::money(row.get(2)?),
            "status": "done", "refundDate": date, "statusDate": date,
        }))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
