//! Cross-origin access, the way a careful carrier grants it, and headers that all answers carry.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::Carrier;

/// The public catalogue and its promotions: any page may read them, and caches may keep them for a minute.
const PUBLIC: [&str; 2] = ["/tmf-api/productCatalogManagement/", "/tmf-api/promotionManagement/"];

/// Pages that a browser visits, which no script of another origin has to read.
const VISITED: [&str; 4] = ["/oauth/authorize", "/oauth/sign-in", "/oauth/logout", "/pay/"];

/// Answers preflights, and adds `Access-Control-*`, `Cache-Control`, `Date` and `nosniff` to every answer.
pub(crate) async fn finish(State(carrier): State<Carrier>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let origin = request.headers().get(header::ORIGIN).cloned();
    let asks_first = request.method() == Method::OPTIONS
        && origin.is_some()
        && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);

    let mut response = if asks_first { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };

    let is_public = PUBLIC.iter().any(|public| path.starts_with(public));
    let succeeded = response.status().is_success();
    let headers = response.headers_mut();
    if !VISITED.iter().any(|visited| path.starts_with(visited)) {
        headers.append(header::VARY, HeaderValue::from_static("Origin"));
        if let Some(allowed) = origin.filter(|origin| carrier.allows(origin)) {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
            grant(headers, asks_first);
        } else if is_public {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            grant(headers, asks_first);
        }
    }
    let cache = if is_public && succeeded { "public, max-age=60" } else { "no-store" };
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(cache));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(date) = HeaderValue::from_str(&carrier.date(0)) {
        headers.insert(header::DATE, date);
    }
    response
}

fn grant(headers: &mut HeaderMap, asks_first: bool) {
    if asks_first {
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST, PATCH, DELETE"));
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("Authorization, Content-Type"));
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    } else {
        headers.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            HeaderValue::from_static("X-Total-Count, X-Result-Count, Date, Retry-After, Location"),
        );
    }
}
