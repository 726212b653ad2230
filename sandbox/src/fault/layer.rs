//! Where faults happen: around all APIs, inside of what grants a page access, so that a page can read the wrong answer.

use axum::extract::{FromRequestParts as _, Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use super::message::Message;
use super::severed::severed;
use super::{Call, Fault, answer, connection};
use crate::Carrier;
use crate::http::{self, ApiError, Subscriber};
use crate::oauth::token;

/// Lets a call go wrong, where that is planned.
pub(crate) async fn interfere(State(carrier): State<Carrier>, request: Request, next: Next) -> Response {
    let call = Call::of(request.method().as_str(), request.uri().path());
    match call.filter(|call| carrier.faults().concern(call)) {
        None => next.run(request).await,
        Some(call) => deliver(&carrier, call, request, next).await.unwrap_or_else(ApiError::into_response),
    }
}

async fn deliver(carrier: &Carrier, call: &'static Call, request: Request, next: Next) -> Result<Response, ApiError> {
    let (mut parts, body) = request.into_parts();
    let customer = customer(carrier, call, &mut parts).await;
    let resent_within = connection::resent_within(&parts.extensions);
    let message = Message::read(parts, body).await?;
    if customer.is_none() && !call.is_public {
        return Ok(next.run(message.request()).await);
    }
    let faults = carrier.faults();
    // What a browser sends again by itself belongs to the call that was dropped already.
    let is_resent = faults.is_resent(&message);
    let fault = if is_resent { Some(Fault::DropBefore) } else { faults.take(call, customer.as_deref()) };
    let Some(fault) = fault else {
        return Ok(next.run(message.request()).await);
    };
    if let Some(within) = resent_within.filter(|_| matches!(fault, Fault::DropBefore | Fault::DropAfter)) {
        faults.dropped(call, &message, within);
    }
    if fault.is_before() {
        return refuse(carrier, call, fault, &message).await;
    }
    let response = next.clone().run(message.request()).await;
    match fault {
        Fault::DropAfter => Ok(severed()),
        Fault::Delay(time) => {
            tokio::time::sleep(time).await;
            Ok(response)
        }
        Fault::Fail500After => Ok(answer::failure()),
        Fault::Truncated => answer::half(response).await,
        Fault::WrongJson => answer::of_another_shape(response).await,
        Fault::Html => Ok(answer::html()),
        Fault::UnknownState => answer::in_unknown_state(response).await,
        Fault::Duplicate => Ok(next.run(message.request()).await),
        _ => Ok(response),
    }
}

/// Whose call it is.
async fn customer(carrier: &Carrier, call: &Call, parts: &mut Parts) -> Option<String> {
    if call.is_public {
        return None;
    }
    Subscriber::from_request_parts(parts, carrier).await.ok().map(|who| who.customer)
}

/// The answer to a call for which nothing is done.
async fn refuse(carrier: &Carrier, call: &Call, fault: Fault, message: &Message) -> Result<Response, ApiError> {
    Ok(match fault {
        Fault::DropBefore => severed(),
        Fault::Busy429(seconds) => answer::busy(StatusCode::TOO_MANY_REQUESTS, &seconds.to_string()),
        Fault::Busy503(seconds) => answer::busy(StatusCode::SERVICE_UNAVAILABLE, &seconds.to_string()),
        Fault::Busy503Date(seconds) => answer::busy(StatusCode::SERVICE_UNAVAILABLE, &carrier.date(seconds)),
        Fault::TokenExpired if call.is_public => {
            let why = "The grant no longer holds.";
            http::answer(StatusCode::BAD_REQUEST, &json!({ "error": "invalid_grant", "error_description": why }))
        }
        Fault::TokenExpired => {
            if let Some(token) = message.token() {
                carrier.transact(move |work| token::end(work, &token)).await?;
            }
            return Err(ApiError::unauthorized(true));
        }
        _ => answer::failure(),
    })
}
