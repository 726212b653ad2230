//! TMF654 top-up: credit bought by this alone, without an order. It has no key: two requests are two top-ups.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use rusqlite::params;
use serde::Deserialize;
use serde_json::{Number, Value, json};

use super::bucket::{BASE, euros};
use super::credit;
use super::payment_method::{self, Method};
use super::wire::{Ref, set};
use crate::Carrier;
use crate::calendar::rfc3339;
use crate::carrier::Work;
use crate::http::{ApiError, Json, ListQuery, Subscriber, created};
use crate::seed::Kind;
use crate::{money, random};

pub(super) fn routes() -> Router<Carrier> {
    Router::new()
        .route(&format!("{BASE}/topupBalance"), get(list).post(create))
        .route(&format!("{BASE}/topupBalance/{{id}}"), get(by_id))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TopupIn {
    usage_type: String,
    amount: QuantityIn,
    bucket: Ref,
    party_account: Ref,
    payment_method: Ref,
    description: Option<String>,
}

#[derive(Deserialize)]
struct QuantityIn {
    amount: Number,
    units: String,
}

async fn create(State(carrier): State<Carrier>, who: Subscriber, body: Json<TopupIn>) -> Result<Response, ApiError> {
    let topup = carrier.transact(move |work| top_up(work, &who, &body.read)).await?;
    Ok(created(true, &topup))
}

fn top_up(work: &Work, who: &Subscriber, ask: &TopupIn) -> Result<Value, ApiError> {
    let (cents, method) = check(work, who, ask)?;
    // Nobody is there to be led to the bank's page.
    let reason = match method {
        Method::SavedCard { expires_ms, .. } if expires_ms < work.now => Some("expiredCard"),
        Method::SavedCard { asks_bank: true, .. } => Some("authenticationFailed"),
        _ => None,
    };
    let id = random::id("topup")?;
    work.execute(
        "INSERT INTO topup (id, customer_id, method, amount_cents, status, reason, created_ms, description)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            id,
            who.customer,
            ask.payment_method.id,
            cents,
            if reason.is_none() { "completed" } else { "failed" },
            reason,
            work.now,
            ask.description
        ],
    )?;
    if reason.is_none() {
        credit::add(work, &who.customer, cents)?;
    }
    topups(work, who, Some(&id))?.pop().ok_or_else(ApiError::internal)
}

/// The cents and the method of a top-up that may be tried.
fn check(work: &Work, who: &Subscriber, ask: &TopupIn) -> Result<(i64, Method), ApiError> {
    if ask.usage_type != "monetary" {
        return Err(ApiError::unprocessable("usageTypeNotSupported", "Only money can be topped up."));
    }
    if ask.amount.units != "EUR" {
        return Err(ApiError::unprocessable("currencyNotSupported", "The carrier only takes EUR."));
    }
    let range = work.catalogue.offerings.iter().find(|o| o.kind == Kind::Credit).and_then(|o| o.amount);
    let cents = money::cents_of(&ask.amount.amount)
        .filter(|cents| range.is_some_and(|range| range.holds(*cents)))
        .ok_or_else(|| ApiError::unprocessable("amountOutOfRange", "So much credit is not sold."))?;
    let mut query =
        work.tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM credit WHERE id = ?1 AND customer_id = ?2)")?;
    if !query.query_row([&ask.bucket.id, &who.customer], |row| row.get::<_, bool>(0))? {
        return Err(ApiError::unprocessable("unknownBucket", "The subscriber has no such bucket."));
    }
    if ask.party_account.id != who.account {
        return Err(ApiError::unprocessable("unknownAccount", "The account is not the subscriber's."));
    }
    match payment_method::find(work, &who.customer, &ask.payment_method.id)? {
        Some(method @ (Method::SavedCard { .. } | Method::CarrierBilling)) => Ok((cents, method)),
        Some(_) => {
            let reason = "Credit is topped up by a saved card or on the carrier's bill.";
            Err(ApiError::unprocessable("paymentMethodNotAllowed", reason))
        }
        None => Err(ApiError::unprocessable("unknownPaymentMethod", "The subscriber has no such payment method.")),
    }
}

async fn list(State(carrier): State<Carrier>, who: Subscriber, query: ListQuery) -> Result<Response, ApiError> {
    Ok(query.page(carrier.transact(move |work| topups(work, &who, None)).await?))
}

async fn by_id(
    State(carrier): State<Carrier>,
    who: Subscriber,
    Path(id): Path<String>,
    query: ListQuery,
) -> Result<Response, ApiError> {
    let topup = carrier.transact(move |work| topups(work, &who, Some(&id))).await?.pop();
    topup.map(|topup| query.one(topup)).ok_or_else(|| ApiError::not_found("top-up"))
}

/// Top-ups of a customer: all, or one by its id.
pub(super) fn topups(work: &Work, who: &Subscriber, id: Option<&str>) -> Result<Vec<Value>, ApiError> {
    let mut query = work.tx.prepare_cached(
        "SELECT t.id, t.method, t.amount_cents, t.status, t.reason, t.created_ms, c.id, t.description
         FROM topup t JOIN credit c ON c.customer_id = t.customer_id
         WHERE t.customer_id = ?1 AND (?2 IS NULL OR t.id = ?2) ORDER BY t.created_ms, t.id",
    )?;
    let rows = query.query_map(params![who.customer, id], |row| {
        let id: String = row.get(0)?;
        let date = rfc3339(row.get(5)?);
        let mut topup = json!({
            "id": id, "href": work.href(&format!("{BASE}/topupBalance/{id}")), "@type": "TopupBalance",
            "usageType": "monetary", "status": row.get::<_, String>(3)?, "amount": euros(row.get(2)?),
            "requestedDate": date, "confirmationDate": date,
            "bucket": { "id": row.get::<_, String>(6)?, "@referredType": "Bucket" },
            "partyAccount": { "id": who.account, "@referredType": "BillingAccount" },
            "paymentMethod": payment_method::reference(&row.get::<_, String>(1)?),
        });
        set(&mut topup, "reason", row.get::<_, Option<String>>(4)?);
        set(&mut topup, "description", row.get::<_, Option<String>>(7)?);
        Ok(topup)
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
