//! A request that can be delivered more than once.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};

use crate::http::ApiError;

/// The most that a body may hold: what the APIs take.
const LARGEST: usize = 2 * 1024 * 1024;

/// A request, with the whole of its body.
#[derive(Clone, Debug)]
pub(super) struct Message {
    parts: Parts,
    body: Bytes,
}

/// Two are the same when the carrier would take them for the same: headers that differ by the connection do not count.
impl PartialEq for Message {
    fn eq(&self, other: &Self) -> bool {
        let said = |of: &Self| of.parts.headers.get(header::AUTHORIZATION).cloned();
        self.parts.method == other.parts.method
            && self.parts.uri == other.parts.uri
            && said(self) == said(other)
            && self.body == other.body
    }
}

impl Message {
    pub async fn read(parts: Parts, body: Body) -> Result<Self, ApiError> {
        let unreadable = |_| ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "unreadableBody", "The body is too large.");
        Ok(Self { parts, body: to_bytes(body, LARGEST).await.map_err(unreadable)? })
    }

    pub fn request(&self) -> Request {
        Request::from_parts(self.parts.clone(), Body::from(self.body.clone()))
    }

    /// The access token that came with it.
    pub fn token(&self) -> Option<String> {
        let value = self.parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
        Some(value.split_once(' ')?.1.trim().to_owned())
    }
}
