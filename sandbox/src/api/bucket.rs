//! TMF654 prepay balance: the credit of an account, to be read.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

use super::line;
use crate::Carrier;
use crate::carrier::Work;
use crate::http::{ApiError, ListQuery, Subscriber};
use crate::money;

pub(super) const BASE: &str = "/tmf-api/prepayBalanceManagement/v4";

pub(super) fn routes() -> Router<Carrier> {
    Router::new().route(&format!("{BASE}/bucket"), get(list)).route(&format!("{BASE}/bucket/{{id}}"), get(by_id))
}

async fn list(State(carrier): State<Carrier>, who: Subscriber, query: ListQuery) -> Result<Response, ApiError> {
    Ok(query.page(carrier.transact(move |work| buckets(work, &who)).await?))
}

async fn by_id(
    State(carrier): State<Carrier>,
    who: Subscriber,
    Path(id): Path<String>,
    query: ListQuery,
) -> Result<Response, ApiError> {
    let own = carrier.transact(move |work| buckets(work, &who)).await?;
    let bucket = own.into_iter().find(|bucket| bucket["id"] == id.as_str());
    bucket.map(|bucket| query.one(bucket)).ok_or_else(|| ApiError::not_found("bucket"))
}

/// TM Forum `Quantity` of euros.
pub(super) fn euros(cents: i64) -> Value {
    json!({ "amount": money::decimal(cents), "units": "EUR" })
}

fn buckets(work: &Work, who: &Subscriber) -> Result<Vec<Value>, ApiError> {
    let lines = line::all(work, &who.customer)?;
    let lines: Vec<Value> = lines.into_iter().map(|id| json!({ "id": id, "@referredType": "Product" })).collect();
    let mut query = work.tx.prepare_cached("SELECT id, cents FROM credit WHERE customer_id = ?1 ORDER BY id")?;
    let rows = query.query_map([&who.customer], |row| {
        let id: String = row.get(0)?;
        Ok(json!({
            "id": id, "href": work.href(&format!("{BASE}/bucket/{id}")), "@type": "Bucket", "name": "Credit",
            "usageType": "monetary", "status": "active", "remainingValue": euros(row.get(1)?),
            "partyAccount": { "id": who.account, "@referredType": "BillingAccount" }, "product": lines,
        }))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
