//! `POST /oauth/token` (RFC 6749 §4.1.3, §6; RFC 7636 §4.5). Access tokens are opaque; refresh tokens rotate, and the
//! reuse of one revokes all that came from the same sign-in.

use axum::extract::{FromRequest as _, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use rusqlite::{OptionalExtension as _, params};
use serde::Deserialize;
use serde_json::{Value, json};

use super::CLIENT;
use crate::Carrier;
use crate::carrier::Work;
use crate::http::{ApiError, Subscriber, answer, json::media_type};
use crate::random::{hash, id, secret};

const ACCESS_MS: i64 = 15 * 60_000;
const REFRESH_MS: i64 = 30 * 86_400_000;

#[derive(Deserialize)]
struct Ask {
    grant_type: Option<String>,
    client_id: Option<String>,
    code: Option<String>,
    redirect_uri: Option<String>,
    code_verifier: Option<String>,
    refresh_token: Option<String>,
}

/// RFC 6749 §5.2.
struct Refused(&'static str, &'static str);

pub(super) async fn token(State(carrier): State<Carrier>, request: Request) -> Result<Response, ApiError> {
    let form = media_type(&request) == "application/x-www-form-urlencoded";
    let body = axum::body::Bytes::from_request(request, &carrier).await.ok();
    let ask: Option<Ask> = body.filter(|_| form).and_then(|body| serde_urlencoded::from_bytes(&body).ok());
    // A refusal is an outcome like any other: what it revoked must be kept.
    let outcome = carrier
        .transact(move |work| match ask {
            Some(ask) => grant(work, ask),
            None => Ok(Err(Refused("invalid_request", "The body must be one form, with no parameter twice."))),
        })
        .await?;
    Ok(match outcome {
        Ok(tokens) => answer(StatusCode::OK, &tokens),
        Err(Refused(error, why)) => {
            answer(StatusCode::BAD_REQUEST, &json!({ "error": error, "error_description": why }))
        }
    })
}

fn grant(work: &Work, ask: Ask) -> Result<Result<Value, Refused>, ApiError> {
    if ask.client_id.as_deref() != Some(CLIENT) {
        return Ok(Err(Refused("invalid_client", "The client is unknown.")));
    }
    match (ask.grant_type.as_deref(), ask.code, ask.refresh_token) {
        (Some("authorization_code"), Some(code), _) => {
            by_code(work, &code, ask.redirect_uri.as_deref(), ask.code_verifier.as_deref())
        }
        (Some("refresh_token"), _, Some(token)) => by_refresh_token(work, &token),
        (Some("authorization_code" | "refresh_token") | None, ..) => {
            Ok(Err(Refused("invalid_request", "A parameter is missing.")))
        }
        _ => Ok(Err(Refused("unsupported_grant_type", "Only authorization_code and refresh_token."))),
    }
}

struct Code {
    customer: String,
    session_hash: String,
    redirect_uri: String,
    challenge: String,
    expires_ms: i64,
    family: Option<String>,
}

fn by_code(
    work: &Work,
    code: &str,
    redirect_uri: Option<&str>,
    verifier: Option<&str>,
) -> Result<Result<Value, Refused>, ApiError> {
    let hashed = hash(code);
    let mut query = work.tx.prepare_cached(
        "SELECT customer_id, session_hash, redirect_uri, challenge, expires_ms, family_id
         FROM authorization_code WHERE hash = ?1",
    )?;
    let found = query.query_row([&hashed], |row| {
        Ok(Code {
            customer: row.get(0)?,
            session_hash: row.get(1)?,
            redirect_uri: row.get(2)?,
            challenge: row.get(3)?,
            expires_ms: row.get(4)?,
            family: row.get(5)?,
        })
    });
    let Some(issued) = found.optional()? else {
        return Ok(Err(Refused("invalid_grant", "The code is unknown.")));
    };
    if let Some(family) = issued.family {
        // Someone has the code twice: what it gave is taken back (RFC 6749 §4.1.2).
        revoke(work, &family)?;
        return Ok(Err(Refused("invalid_grant", "The code was used before.")));
    }
    let family = begin_family(work, &issued.customer, Some(&issued.session_hash))?;
    work.execute("UPDATE authorization_code SET family_id = ?2 WHERE hash = ?1", [&hashed, &family])?;
    let fits = verifier.is_some_and(|v| (43..=128).contains(&v.len()) && hash(v) == issued.challenge);
    let refused = if issued.expires_ms <= work.now {
        Some("The code has expired.")
    } else if redirect_uri != Some(issued.redirect_uri.as_str()) {
        Some("The redirect_uri is not that of the request.")
    } else if !fits {
        Some("The code_verifier does not fit.")
    } else {
        None
    };
    match refused {
        Some(why) => Ok(Err(Refused("invalid_grant", why))),
        None => tokens(work, &family).map(Ok),
    }
}

fn by_refresh_token(work: &Work, token: &str) -> Result<Result<Value, Refused>, ApiError> {
    let hashed = hash(token);
    let mut query = work.tx.prepare_cached(
        "SELECT r.family_id, r.used, r.expires_ms, f.revoked
         FROM refresh_token r JOIN token_family f ON f.id = r.family_id WHERE r.hash = ?1",
    )?;
    let found = query.query_row([&hashed], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?, row.get::<_, i64>(2)?, row.get::<_, bool>(3)?))
    });
    let Some((family, used, expires_ms, revoked)) = found.optional()? else {
        return Ok(Err(Refused("invalid_grant", "The refresh token is unknown.")));
    };
    if used {
        revoke(work, &family)?;
    }
    if used || revoked || expires_ms <= work.now {
        return Ok(Err(Refused("invalid_grant", "The refresh token no longer holds.")));
    }
    work.execute("UPDATE refresh_token SET used = 1 WHERE hash = ?1", [&hashed])?;
    tokens(work, &family).map(Ok)
}

fn revoke(work: &Work, family: &str) -> Result<(), ApiError> {
    work.execute("UPDATE token_family SET revoked = 1 WHERE id = ?1", [family])?;
    Ok(())
}

/// Begins a family of tokens for a customer.
pub(crate) fn begin_family(work: &Work, customer: &str, session_hash: Option<&str>) -> Result<String, ApiError> {
    let family = id("family")?;
    work.execute(
        "INSERT INTO token_family (id, customer_id, session_hash) VALUES (?1, ?2, ?3)",
        params![family, customer, session_hash],
    )?;
    Ok(family)
}

/// A new access token of a family, as a token answer.
pub(crate) fn access_token(work: &Work, family: &str) -> Result<Value, ApiError> {
    let token = secret()?;
    work.execute("DELETE FROM access_token WHERE expires_ms <= ?1", [work.now])?;
    work.execute(
        "INSERT INTO access_token (hash, family_id, expires_ms) VALUES (?1, ?2, ?3)",
        params![hash(&token), family, work.now + ACCESS_MS],
    )?;
    Ok(json!({ "access_token": token, "token_type": "Bearer", "expires_in": ACCESS_MS / 1000 }))
}

fn tokens(work: &Work, family: &str) -> Result<Value, ApiError> {
    let mut tokens = access_token(work, family)?;
    let refresh = secret()?;
    work.execute(
        "INSERT INTO refresh_token (hash, family_id, expires_ms) VALUES (?1, ?2, ?3)",
        params![hash(&refresh), family, work.now + REFRESH_MS],
    )?;
    tokens["refresh_token"] = json!(refresh);
    Ok(tokens)
}

/// Ends an access token before its time.
pub(crate) fn end(work: &Work, token: &str) -> Result<(), ApiError> {
    work.execute("DELETE FROM access_token WHERE hash = ?1", [hash(token)])?;
    Ok(())
}

/// Whose access token this is. None when it is unknown, expired or revoked.
pub(crate) fn subscriber(work: &Work, token: &str) -> Result<Option<Subscriber>, ApiError> {
    let mut query = work.tx.prepare_cached(
        "SELECT c.id, c.account_id FROM access_token a
         JOIN token_family f ON f.id = a.family_id JOIN customer c ON c.id = f.customer_id
         WHERE a.hash = ?1 AND a.expires_ms > ?2 AND f.revoked = 0",
    )?;
    let found = query.query_row(params![hash(token), work.now], |row| {
        Ok(Subscriber { customer: row.get(0)?, account: row.get(1)? })
    });
    Ok(found.optional()?)
}
