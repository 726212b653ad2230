//! `GET /oauth/authorize` (RFC 6749 §4.1.1, RFC 7636 §4.3).

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use rusqlite::params;
use serde::Deserialize;
use url::Url;

use super::CLIENT;
use super::session::{SESSION, cookie, signed_in};
use super::sign_in;
use crate::Carrier;
use crate::carrier::{Settings, Work};
use crate::http::{ApiError, html};
use crate::random::{hash, secret};

const CODE_MS: i64 = 60_000;

#[derive(Clone, Deserialize)]
struct Query {
    client_id: Option<String>,
    redirect_uri: Option<String>,
    response_type: Option<String>,
    state: Option<String>,
    code_challenge: Option<String>,
    code_challenge_method: Option<String>,
    prompt: Option<String>,
}

/// A request whose client and address to return to are known to be good.
pub(super) struct Request {
    redirect_uri: String,
    state: Option<String>,
    challenge: String,
    prompt: Option<String>,
}

/// Why a request cannot go on.
pub(super) enum Refusal {
    /// Nowhere safe to return to: said on a page of the carrier's own.
    Here(&'static str),
    /// Returned to the client as an `error`.
    There(String),
}

impl Refusal {
    pub(super) fn response(self, settings: &Settings) -> Response {
        match self {
            Self::Here(text) => html::notice(settings, StatusCode::BAD_REQUEST, "This sign-in cannot go on", text),
            Self::There(address) => html::see_other(&address),
        }
    }
}

impl Request {
    /// Reads a query string.
    pub(super) fn read(query: &str, settings: &Settings) -> Result<Self, Refusal> {
        let query: Query =
            serde_urlencoded::from_str(query).map_err(|_| Refusal::Here("The request cannot be read."))?;
        if query.client_id.as_deref() != Some(CLIENT) {
            return Err(Refusal::Here("The page that sent you here is not registered with the carrier."));
        }
        let trusted = |uri: &String| settings.may_return_to(uri) && !uri.contains('#');
        let Some(redirect_uri) = query.redirect_uri.filter(trusted) else {
            return Err(Refusal::Here("The address to return to is not on the carrier's list."));
        };
        let mut request = Self { redirect_uri, state: query.state, challenge: String::new(), prompt: query.prompt };
        if query.response_type.as_deref() != Some("code") {
            return Err(Refusal::There(request.error("unsupported_response_type", settings)));
        }
        match (query.code_challenge, query.code_challenge_method.as_deref()) {
            // A SHA-256 in base64url without padding has 43 characters.
            (Some(challenge), Some("S256")) if challenge.len() == 43 => request.challenge = challenge,
            _ => return Err(Refusal::There(request.error("invalid_request", settings))),
        }
        Ok(request)
    }

    fn error(&self, error: &str, settings: &Settings) -> String {
        self.back(&[("error", error)], settings)
    }

    /// The address to return to with an answer, the `state` as it came and the issuer (RFC 9207).
    fn back(&self, answer: &[(&str, &str)], settings: &Settings) -> String {
        let Ok(mut url) = Url::parse(&self.redirect_uri) else {
            return settings.carrier_origin.clone();
        };
        {
            let mut pairs = url.query_pairs_mut();
            pairs.extend_pairs(answer);
            if let Some(state) = &self.state {
                pairs.append_pair("state", state);
            }
            pairs.append_pair("iss", &settings.carrier_origin);
        }
        url.into()
    }

    /// Makes a code for someone who is signed in. Answers the address to go to with it.
    pub(super) fn grant(&self, work: &Work, customer: &str, session_hash: &str) -> Result<String, ApiError> {
        let code = secret()?;
        work.execute(
            "INSERT INTO authorization_code (hash, customer_id, session_hash, redirect_uri, challenge, expires_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![hash(&code), customer, session_hash, self.redirect_uri, self.challenge, work.now + CODE_MS],
        )?;
        Ok(self.back(&[("code", &code)], work.settings))
    }
}

pub(super) async fn authorize(
    State(carrier): State<Carrier>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let query = query.unwrap_or_default();
    let request = match Request::read(&query, carrier.settings()) {
        Ok(request) => request,
        Err(refusal) => return Ok(refusal.response(carrier.settings())),
    };
    let silent = request.prompt.as_deref() == Some("none");
    let asks_again = request.prompt.as_deref() == Some("login");
    let login_required = request.error("login_required", carrier.settings());
    let session = cookie(&headers, SESSION).filter(|_| !asks_again);

    let back = carrier
        .transact(move |work| match signed_in(work, session.as_deref())? {
            Some((customer, session)) => request.grant(work, &customer, &session).map(Some),
            None => Ok(None),
        })
        .await?;
    match back {
        Some(address) => Ok(html::see_other(&address)),
        None if silent => Ok(html::see_other(&login_required)),
        None => sign_in::begin(&carrier, query, &headers).await,
    }
}
