//! Sends requests with the browser's `fetch`: the only file that knows the network.

use super::json::Json;
use super::wire::Wire;
use super::{CarrierError, Method, ParseError, Request};
use crate::domain::time::Timestamp;
use gloo_net::http::{RequestBuilder, Response};
use web_sys::{AbortSignal, RequestCache, RequestCredentials, RequestMode};

/// How long a call may take, in milliseconds.
const TIME_LIMIT: u32 = 15_000;

/// An answer that may be read.
pub struct Reply {
    /// The JSON of it.
    pub body: Json,
    /// Whether it is one page of several (206), as some carriers say.
    pub partial: bool,
    /// The carrier's time (RFC 9110, `Date`), where it is exposed: of now, where the request was a fresh one.
    pub date: Option<Timestamp>,
}

/// Sends one request, once, to its address at the carrier, and reads the answer as JSON.
///
/// # Errors
/// Whatever keeps a readable answer from coming. `removed` aborts what only asks; what creates goes on without us.
pub async fn send(
    url: &str,
    request: &Request,
    token: Option<&str>,
    removed: &AbortSignal,
) -> Result<Reply, CarrierError> {
    let limit = AbortSignal::timeout_with_u32(TIME_LIMIT);
    let asks = request.repeatable;
    let signal = if asks { AbortSignal::any(&js_sys::Array::of2(&limit, removed)) } else { limit.clone() };
    let failed = |_| {
        if limit.aborted() { CarrierError::TimedOut } else { CarrierError::NoReply }
    };
    let response = build(url, request, token, &signal)?.send().await.map_err(failed)?;
    let text = response.text().await.map_err(failed)?;
    let body = Json::parse(&text);
    match response.status() {
        status @ 200..=299 => match body {
            Some(body) => Ok(Reply { body, partial: status == 206, date: date(&response) }),
            None => Err(CarrierError::Unreadable(ParseError { field: "body" })),
        },
        401 => Err(CarrierError::SignedOut),
        status @ (429 | 503) => Err(CarrierError::Busy { wait_ms: retry_after(&response), undone: status == 429 }),
        status @ 400..=499 => Err(CarrierError::Refused { status, code: body.and_then(|body| error_code(&body)) }),
        status => Err(CarrierError::Failing(status)),
    }
}

/// Fetches JSON that is not the TM Forum's: a GET, or a POST of a form (`application/x-www-form-urlencoded`).
///
/// # Errors
/// Whatever keeps readable JSON from coming; of a refusal the word in `error` (RFC 6749, section 5.2) is its code.
pub async fn fetch_json(url: &str, form: Option<&str>) -> Result<Json, CarrierError> {
    let limit = AbortSignal::timeout_with_u32(TIME_LIMIT);
    let builder = RequestBuilder::new(url).credentials(RequestCredentials::SameOrigin).abort_signal(Some(&limit));
    let request = match form {
        Some(form) => builder
            .method(gloo_net::http::Method::POST)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(form),
        None => builder.build(),
    };
    let response = request.map_err(|_| CarrierError::NoReply)?.send().await.map_err(|_| CarrierError::NoReply)?;
    let text = response.text().await.map_err(|_| CarrierError::NoReply)?;
    match response.status() {
        200..=299 => Json::parse(&text).ok_or(CarrierError::Unreadable(ParseError { field: "body" })),
        status => {
            let code = Json::parse(&text).and_then(|body| body.get("error")?.as_str().map(str::to_owned));
            Err(CarrierError::Refused { status, code })
        }
    }
}

fn build(
    url: &str,
    request: &Request,
    token: Option<&str>,
    signal: &AbortSignal,
) -> Result<gloo_net::http::Request, CarrierError> {
    let method = match request.method {
        Method::Get => gloo_net::http::Method::GET,
        Method::Post => gloo_net::http::Method::POST,
    };
    let mut builder = RequestBuilder::new(url)
        .method(method)
        .mode(RequestMode::Cors)
        .credentials(RequestCredentials::Omit)
        .abort_signal(Some(signal));
    if request.fresh {
        builder = builder.cache(RequestCache::NoStore);
    }
    if let Some(token) = token.filter(|_| !request.public) {
        let mut bearer = String::from("Bearer ");
        bearer.push_str(token);
        builder = builder.header("Authorization", &bearer);
    }
    let built = match &request.body {
        Some(body) => builder.header("Content-Type", "application/json").body(body.as_str()),
        None => builder.build(),
    };
    built.map_err(|_| CarrierError::NoReply)
}

#[expect(clippy::cast_possible_truncation, reason = "whole milliseconds within the range of a date")]
fn date(response: &Response) -> Option<Timestamp> {
    let date = js_sys::Date::parse(&response.headers().get("Date")?);
    (!date.is_nan()).then(|| Timestamp::from_millis(date as i64))
}

/// `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3), where the carrier exposes it.
fn retry_after(response: &Response) -> Option<u32> {
    let text = response.headers().get("Retry-After")?;
    if let Ok(seconds) = text.trim().parse::<u32>() {
        return seconds.checked_mul(1000);
    }
    let wait = js_sys::Date::parse(&text) - js_sys::Date::now();
    // A float becomes an integer by saturation here; a date that is none is NaN and no wait at all.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, which is what is wanted")]
    (!wait.is_nan()).then_some(wait as u32)
}

/// The code of a TM Forum error: a text, or with some servers a number.
fn error_code(body: &Json) -> Option<String> {
    body.number("code").map(str::to_owned)
}
