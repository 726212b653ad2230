//! TMF679 product offering qualification: whether the subscriber can have something, and why not.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use rusqlite::{OptionalExtension as _, params};
use serde::Deserialize;
use serde_json::{Value, json};

use super::basket::{self, Reviewed};
use super::wire::{ItemIn, set};
use crate::Carrier;
use crate::calendar::rfc3339;
use crate::carrier::Work;
use crate::http::{ApiError, Json, ListQuery, Subscriber, created};
use crate::random;

const BASE: &str = "/tmf-api/productOfferingQualification/v4/productOfferingQualification";

pub(super) fn routes() -> Router<Carrier> {
    Router::new().route(BASE, post(create)).route(&format!("{BASE}/{{id}}"), get(by_id))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ask {
    product_offering_qualification_item: Vec<ItemIn>,
    provide_unavailability_reason: Option<bool>,
}

async fn create(State(carrier): State<Carrier>, who: Subscriber, body: Json<Ask>) -> Result<Response, ApiError> {
    let answer = carrier.transact(move |work| qualify(work, &who, &body.read)).await?;
    Ok(created(true, &answer))
}

/// Checks the items as those of a basket are, and keeps the answer as it was given.
fn qualify(work: &Work, who: &Subscriber, ask: &Ask) -> Result<Value, ApiError> {
    let asked = &ask.product_offering_qualification_item;
    let with_reasons = ask.provide_unavailability_reason.unwrap_or(true);
    let reviewed = basket::review(work, &who.customer, asked)?;
    let items = asked.iter().zip(&reviewed).enumerate();
    let items: Vec<Value> =
        items.map(|(at, (item, outcome))| describe(work, at, item, outcome, with_reasons)).collect();
    let id = random::id("qualification")?;
    let answer = json!({
        "id": id, "href": work.href(&format!("{BASE}/{id}")), "@type": "ProductOfferingQualification",
        "state": "done", "effectiveQualificationDate": rfc3339(work.now), "productOfferingQualificationItem": items,
    });
    work.execute(
        "INSERT INTO qualification (id, customer_id, answer) VALUES (?1, ?2, ?3)",
        params![id, who.customer, answer.to_string()],
    )?;
    Ok(answer)
}

fn describe(work: &Work, at: usize, item: &ItemIn, outcome: &Reviewed, with_reasons: bool) -> Value {
    let id = item.id.clone().unwrap_or_else(|| (at + 1).to_string());
    let mut offering = json!({ "id": item.product_offering.id });
    let known = work.catalogue.offering(&item.product_offering.id);
    set(&mut offering, "name", known.map(|offering| offering.name.clone()));
    let mut described = json!({
        "id": id, "state": "done", "productOffering": offering,
        "qualificationItemResult": if outcome.is_ok() { "qualified" } else { "unqualified" },
    });
    let reason = |error: &ApiError| json!({ "code": error.code(), "label": error.reason() });
    let reasons = outcome.as_ref().err().filter(|_| with_reasons);
    let reasons = reasons.map(|errors| errors.iter().map(reason).collect::<Value>());
    set(&mut described, "eligibilityUnavailabilityReason", reasons);
    described
}

async fn by_id(
    State(carrier): State<Carrier>,
    who: Subscriber,
    Path(id): Path<String>,
    query: ListQuery,
) -> Result<Response, ApiError> {
    let answer = carrier
        .transact(move |work| {
            let mut query =
                work.tx.prepare_cached("SELECT answer FROM qualification WHERE id = ?1 AND customer_id = ?2")?;
            let found: Option<String> = query.query_row([&id, &who.customer], |row| row.get(0)).optional()?;
            let answer = found.ok_or_else(|| ApiError::not_found("qualification"))?;
            Ok(serde_json::from_str(&answer)?)
        })
        .await?;
    Ok(query.one(answer))
}
