//! JSON in and out.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::ApiError;

/// A JSON body: what was read of it, and the whole of it.
pub(crate) struct Json<T> {
    pub read: T,
    pub whole: Value,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        let media_type = media_type(&request);
        if media_type != "application/json" && media_type != "application/merge-patch+json" {
            let reason = "The body must be application/json.";
            return Err(ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupportedMediaType", reason));
        }
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|e| ApiError::new(e.status(), "unreadableBody", e.body_text()))?;
        let malformed = |e: serde_json::Error| ApiError::malformed(format!("The body cannot be read: {e}."));
        Ok(Self {
            read: serde_json::from_slice(&bytes).map_err(malformed)?,
            whole: serde_json::from_slice(&bytes).map_err(malformed)?,
        })
    }
}

/// The request's media type, without parameters, in lower case.
pub(crate) fn media_type(request: &Request) -> String {
    let value = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// An answer in JSON.
pub(crate) fn answer(status: StatusCode, body: &Value) -> Response {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// A new resource (201), or one that a repeated request made before (200), with its `Location`.
pub(crate) fn created(is_new: bool, resource: &Value) -> Response {
    let mut response = answer(if is_new { StatusCode::CREATED } else { StatusCode::OK }, resource);
    if let Some(href) = resource["href"].as_str().and_then(|href| HeaderValue::from_str(href).ok()) {
        response.headers_mut().insert(header::LOCATION, href);
    }
    response
}
