//! The browser's session with the sign-in server, and its end.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use rusqlite::{OptionalExtension as _, params};
use serde::Deserialize;
use url::Url;

use crate::Carrier;
use crate::carrier::{Settings, Work};
use crate::http::{ApiError, html};
use crate::random::{hash, secret};

/// The cookie of someone who is signed in.
pub(super) const SESSION: &str = "rocher_session";
const SESSION_MS: i64 = 8 * 3_600_000;

/// The value of a cookie.
pub(super) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value.to_owned())
}

/// Sets a cookie that scripts cannot read; an empty value takes it away.
pub(super) fn set_cookie(response: &mut Response, settings: &Settings, name: &str, value: &str) {
    let age = if value.is_empty() { 0 } else { SESSION_MS / 1000 };
    let secure = if settings.carrier_origin.starts_with("https:") { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// Who is signed in with this cookie, and the session's hash.
pub(super) fn signed_in(work: &Work, cookie: Option<&str>) -> Result<Option<(String, String)>, ApiError> {
    let Some(hash) = cookie.map(hash) else {
        return Ok(None);
    };
    let mut query =
        work.tx.prepare_cached("SELECT customer_id, hash FROM session WHERE hash = ?1 AND expires_ms > ?2")?;
    Ok(query.query_row(params![hash, work.now], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// Begins a session. Answers the cookie's value.
pub(super) fn begin(work: &Work, customer: &str) -> Result<String, ApiError> {
    let cookie = secret()?;
    work.execute("DELETE FROM session WHERE expires_ms <= ?1", [work.now])?;
    work.execute(
        "INSERT INTO session (hash, customer_id, expires_ms) VALUES (?1, ?2, ?3)",
        params![hash(&cookie), customer, work.now + SESSION_MS],
    )?;
    Ok(cookie)
}

#[derive(Deserialize)]
pub(super) struct Logout {
    post_logout_redirect_uri: Option<String>,
    state: Option<String>,
}

/// `GET /oauth/logout`: ends the session and the tokens that came from it; returns to a trusted page only.
pub(super) async fn logout(
    State(carrier): State<Carrier>,
    headers: HeaderMap,
    query: Result<Query<Logout>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, ApiError> {
    if let Some(hash) = cookie(&headers, SESSION).as_deref().map(hash) {
        carrier
            .transact(move |work| {
                work.execute("DELETE FROM session WHERE hash = ?1", [&hash])?;
                work.execute("UPDATE token_family SET revoked = 1 WHERE session_hash = ?1", [&hash])?;
                Ok(())
            })
            .await?;
    }
    let settings = carrier.settings();
    let (address, state) = query.map_or((None, None), |Query(q)| (q.post_logout_redirect_uri, q.state));
    let trusted = address.filter(|address| settings.may_return_to(address)).and_then(|a| Url::parse(&a).ok());
    let mut response = if let Some(mut url) = trusted {
        if let Some(state) = state {
            url.query_pairs_mut().append_pair("state", &state);
        }
        html::see_other(url.as_str())
    } else {
        html::notice(settings, StatusCode::OK, "You are signed out", "You can close this page.")
    };
    set_cookie(&mut response, settings, SESSION, "");
    Ok(response)
}
