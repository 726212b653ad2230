//! The TM Forum's error body.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::json::answer;
use crate::random::NoRandomness;

/// A refusal, answered as a TM Forum `Error`: `code`, `reason`, `status`.
#[derive(Debug, thiserror::Error)]
#[error("{status} {code}: {reason}")]
pub(crate) struct ApiError {
    status: StatusCode,
    code: &'static str,
    reason: String,
    /// `WWW-Authenticate` of a 401 (RFC 6750).
    challenge: Option<&'static str>,
}

impl ApiError {
    pub fn new(status: StatusCode, code: &'static str, reason: impl Into<String>) -> Self {
        Self { status, code, reason: reason.into(), challenge: None }
    }

    /// 400: the request cannot be read.
    pub fn malformed(reason: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed", reason)
    }

    /// 404. Someone else's resource is answered in the same words as none.
    pub fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "notFound", format!("There is no such {what}."))
    }

    /// 409: at odds with what is.
    pub fn conflict(code: &'static str, reason: &str) -> Self {
        Self::new(StatusCode::CONFLICT, code, reason)
    }

    /// 422: readable, but it cannot be done.
    pub fn unprocessable(code: &'static str, reason: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, reason)
    }

    pub fn code(&self) -> &'static str {
        self.code
    }

    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Whether the request was refused for what it asks (422), and not for how.
    pub fn is_unprocessable(&self) -> bool {
        self.status == StatusCode::UNPROCESSABLE_ENTITY
    }

    /// 401 (RFC 6750): no token, or one that no longer holds.
    pub fn unauthorized(token_was_sent: bool) -> Self {
        let (code, reason, challenge) = if token_was_sent {
            (
                "invalidToken",
                "The access token is unknown or has expired.",
                r#"Bearer realm="Rocher Mobile", error="invalid_token""#,
            )
        } else {
            ("missingToken", "An access token is needed.", r#"Bearer realm="Rocher Mobile""#)
        };
        Self { challenge: Some(challenge), ..Self::new(StatusCode::UNAUTHORIZED, code, reason) }
    }

    pub fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internalError", "The carrier failed. Nothing was changed.")
    }
}

impl From<rusqlite::Error> for ApiError {
    fn from(error: rusqlite::Error) -> Self {
        eprintln!("sandbox: database: {error}");
        Self::internal()
    }
}

impl From<NoRandomness> for ApiError {
    fn from(error: NoRandomness) -> Self {
        eprintln!("sandbox: {error}");
        Self::internal()
    }
}

impl From<serde_json::Error> for ApiError {
    fn from(error: serde_json::Error) -> Self {
        eprintln!("sandbox: stored JSON: {error}");
        Self::internal()
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body =
            json!({ "@type": "Error", "code": self.code, "reason": self.reason, "status": self.status.as_str() });
        let mut response = answer(self.status, &body);
        if let Some(challenge) = self.challenge {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        response
    }
}

/// The answer for every path that there is not.
pub(crate) async fn unknown_path() -> ApiError {
    ApiError::not_found("resource")
}

/// The answer to a method that a path does not have; the router adds `Allow`.
pub(crate) async fn unknown_method() -> ApiError {
    ApiError::new(StatusCode::METHOD_NOT_ALLOWED, "methodNotAllowed", "This resource does not have that method.")
}
