//! Answers that are not what the carrier meant to say.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use crate::http::ApiError;

/// A state that no version of the specification has.
const UNKNOWN_STATE: &str = "assessing";

const PAGE: &str = "<!doctype html>\n<html><head><title>502 Bad Gateway</title></head>\n\
                    <body><h1>502 Bad Gateway</h1></body></html>\n";

/// A refusal with the time to wait, in seconds or as a date.
pub(super) fn busy(status: StatusCode, retry_after: &str) -> Response {
    let mut response = ApiError::new(status, "busy", "The carrier is busy. Nothing was done.").into_response();
    if let Ok(value) = HeaderValue::from_str(retry_after) {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}

/// 500, whatever was done.
pub(super) fn failure() -> Response {
    ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, "internalError", "The carrier failed.").into_response()
}

/// The page of a gateway that did not understand the carrier.
pub(super) fn html() -> Response {
    (StatusCode::BAD_GATEWAY, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], PAGE).into_response()
}

/// The first half of what was answered, as if it were all.
pub(super) async fn half(response: Response) -> Result<Response, ApiError> {
    rewrite(response, |body| body.get(..body.len() / 2).unwrap_or_default().to_vec()).await
}

/// A list where one resource belongs, and a resource where a list does.
pub(super) async fn of_another_shape(response: Response) -> Result<Response, ApiError> {
    let other = |body: &[u8]| {
        let said = json!({ "message": "Done." });
        let was_list = serde_json::from_slice(body).is_ok_and(|value: Value| value.is_array());
        (if was_list { said } else { json!([said]) }).to_string().into_bytes()
    };
    rewrite(response, other).await
}

/// What was answered, with an unknown word as each `state` and `status`. A refusal stays as it is.
pub(super) async fn in_unknown_state(response: Response) -> Result<Response, ApiError> {
    if !response.status().is_success() {
        return Ok(response);
    }
    let other = |body: &[u8]| match serde_json::from_slice(body) {
        Ok(mut value) => {
            set_states(&mut value);
            value.to_string().into_bytes()
        }
        Err(_) => body.to_vec(),
    };
    rewrite(response, other).await
}

fn set_states(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                if matches!(name.as_str(), "state" | "status") && member.is_string() {
                    *member = Value::from(UNKNOWN_STATE);
                } else {
                    set_states(member);
                }
            }
        }
        Value::Array(entries) => entries.iter_mut().for_each(set_states),
        _ => (),
    }
}

/// Another body under the same head. No cache may keep it.
async fn rewrite(response: Response, write: impl FnOnce(&[u8]) -> Vec<u8>) -> Result<Response, ApiError> {
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.map_err(|_| ApiError::internal())?;
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(Response::from_parts(parts, Body::from(write(&body))))
}
