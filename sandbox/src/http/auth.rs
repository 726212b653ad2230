//! Who is asking (RFC 6750).

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use super::ApiError;
use crate::Carrier;
use crate::oauth::token;

/// The customer whose access token came with the request.
#[derive(Clone, Debug)]
pub(crate) struct Subscriber {
    pub customer: String,
    pub account: String,
}

impl FromRequestParts<Carrier> for Subscriber {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, carrier: &Carrier) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get(header::AUTHORIZATION) else {
            return Err(ApiError::unauthorized(false));
        };
        let Some((scheme, token)) = value.to_str().ok().and_then(|v| v.split_once(' ')) else {
            return Err(ApiError::unauthorized(true));
        };
        if !scheme.eq_ignore_ascii_case("Bearer") {
            return Err(ApiError::unauthorized(false));
        }
        let token = token.trim().to_owned();
        let found = carrier.transact(move |work| token::subscriber(work, &token)).await?;
        found.ok_or_else(|| ApiError::unauthorized(true))
    }
}
