//! The switches of what goes wrong on demand. No authentication.

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::post;
use serde::Deserialize;
use serde_json::{Value, json};

use super::demo::customer_of;
use super::fault as cart_fault;
use crate::Carrier;
use crate::fault::{Call, Fault, Planned};
use crate::http::{ApiError, Json, answer};

pub(super) fn routes() -> Router<Carrier> {
    Router::new().route("/demo/fault", post(set).get(list).delete(clear))
}

#[derive(Deserialize)]
struct FaultIn {
    msisdn: Option<String>,
    call: Option<String>,
    fault: String,
    times: Option<u32>,
    seconds: Option<u32>,
}

#[derive(Deserialize)]
struct WhoseQuery {
    msisdn: Option<String>,
    call: Option<String>,
}

/// `POST /demo/fault`: the next calls of a subscriber, or the next public ones, go wrong. Without a call it is the next
/// cart or quote, whose price is wrong. `none` takes back what is set.
async fn set(State(carrier): State<Carrier>, body: Json<FaultIn>) -> Result<StatusCode, ApiError> {
    let FaultIn { msisdn, call, fault: name, times, seconds } = body.read;
    let call = call.as_deref().map(Call::named).transpose()?;
    if name == "none" {
        take_back(&carrier, msisdn, call).await?;
        return Ok(StatusCode::NO_CONTENT);
    }
    let Some(call) = call else {
        if times.is_some() || seconds.is_some() {
            let reason = "A wrong price comes once: it takes neither `times` nor `seconds`.";
            return Err(ApiError::unprocessable("callNeeded", reason));
        }
        let msisdn = msisdn.ok_or_else(subscriber_needed)?;
        carrier.transact(move |work| cart_fault::plan(work, &customer_of(work, &msisdn)?, &name)).await?;
        return Ok(StatusCode::NO_CONTENT);
    };
    let fault = Fault::read(&name, call, seconds)?;
    if call.is_public && msisdn.is_some() {
        let reason = format!("The call {} is nobody's: leave `msisdn` out.", call.name);
        return Err(ApiError::unprocessable("publicCall", reason));
    }
    if !call.is_public && msisdn.is_none() {
        return Err(subscriber_needed());
    }
    let customer = customer(&carrier, msisdn).await?;
    carrier.faults().plan(Planned { customer, call, name, fault, times: times.unwrap_or(1) })?;
    Ok(StatusCode::NO_CONTENT)
}

fn subscriber_needed() -> ApiError {
    ApiError::unprocessable("subscriberNeeded", "Say whose calls go wrong: `msisdn`.")
}

/// `GET /demo/fault?msisdn=…`: what is still to come, in its order; without a number, of the public calls.
async fn list(
    State(carrier): State<Carrier>,
    query: Result<Query<WhoseQuery>, QueryRejection>,
) -> Result<Response, ApiError> {
    let Query(WhoseQuery { msisdn, .. }) = query.map_err(|e| ApiError::malformed(e.body_text()))?;
    let customer = customer(&carrier, msisdn).await?;
    let describe = |one: &Planned| json!({ "call": one.call.name, "fault": one.name, "times": one.times });
    let waiting: Vec<Value> = carrier.faults().of(customer.as_deref()).iter().map(describe).collect();
    Ok(answer(StatusCode::OK, &json!(waiting)))
}

/// `DELETE /demo/fault?msisdn=…`: nothing goes wrong any more; without a number, with the public calls. `call` names one.
async fn clear(
    State(carrier): State<Carrier>,
    query: Result<Query<WhoseQuery>, QueryRejection>,
) -> Result<StatusCode, ApiError> {
    let Query(WhoseQuery { msisdn, call }) = query.map_err(|e| ApiError::malformed(e.body_text()))?;
    take_back(&carrier, msisdn, call.as_deref().map(Call::named).transpose()?).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn take_back(carrier: &Carrier, msisdn: Option<String>, call: Option<&'static Call>) -> Result<(), ApiError> {
    let customer = customer(carrier, msisdn).await?;
    carrier.faults().clear(customer.as_deref(), call);
    match customer {
        Some(customer) if call.is_none() => carrier.transact(move |work| cart_fault::clear(work, &customer)).await,
        _ => Ok(()),
    }
}

async fn customer(carrier: &Carrier, msisdn: Option<String>) -> Result<Option<String>, ApiError> {
    match msisdn {
        Some(msisdn) => carrier.transact(move |work| customer_of(work, &msisdn)).await.map(Some),
        None => Ok(None),
    }
}
