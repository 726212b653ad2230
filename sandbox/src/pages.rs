//! Serves a widget's built files the way a careful carrier would: under a strict content security policy, whose
//! violations are collected.

use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use serde_json::{Map, Value, json};

/// The most violations that are kept.
const MAX_REPORTS: usize = 1000;

#[derive(Clone)]
struct Pages {
    dist: Arc<Path>,
    carrier: Arc<str>,
    policy: HeaderValue,
    reports: Arc<Mutex<Vec<Value>>>,
}

/// What the pages may do beyond what the demo's need.
#[derive(Clone, Copy, Debug, Default)]
pub struct Allowed<'a> {
    /// An origin that they may ask.
    pub connect: Option<&'a str>,
    /// The name of a Trusted Types policy that they may make.
    pub trusted_types: Option<&'a str>,
}

/// Serves the files of `dist`, its `carrier.json` with the carrier in it, and `/csp-report`.
///
/// Names with a hash (`app.0a1b2c3d.js`, `app-0a1b2c3d4e5f6071.js`) are cached for good, all others are asked for again.
/// A `.br` or `.gz` file beside another is served in its place where the browser takes it.
pub fn pages_router(dist: &Path, carrier_origin: &str, allowed: Allowed) -> Router {
    let sources = [Some(carrier_origin), allowed.connect].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let trusted_types = allowed.trusted_types.unwrap_or("'none'");
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self' {sources}; form-action {carrier_origin}; base-uri 'none'; \
         frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types {trusted_types}; report-uri /csp-report"
    );
    let pages = Pages {
        dist: dist.into(),
        carrier: carrier_origin.into(),
        policy: HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'")),
        reports: Arc::default(),
    };
    Router::new()
        .route("/csp-report", get(reports).post(report))
        .route("/carrier.json", get(carrier_file))
        .fallback(file)
        .layer(from_fn_with_state(pages.clone(), protect))
        .with_state(pages)
}

/// Adds the headers that protect every page.
async fn protect(State(pages): State<Pages>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, pages.policy);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.insert("permissions-policy", HeaderValue::from_static("camera=(), geolocation=(), microphone=()"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    response
}

/// `GET /carrier.json`: the file of the folder, with this carrier in it, whatever port that got.
async fn carrier_file(State(pages): State<Pages>) -> Response {
    let text = tokio::fs::read(pages.dist.join("carrier.json")).await.unwrap_or_default();
    let Ok(mut file) = serde_json::from_slice::<Map<String, Value>>(&text) else {
        return (StatusCode::INTERNAL_SERVER_ERROR, "carrier.json is no JSON object.").into_response();
    };
    let carrier = &*pages.carrier;
    for (name, value) in [
        ("apiBase", json!(carrier)),
        ("issuer", json!(carrier)),
        ("clientId", json!("rocher-web")),
        ("idempotent", json!(true)),
    ] {
        file.insert(name.to_owned(), value);
    }
    crate::http::answer(StatusCode::OK, &Value::Object(file))
}

/// `POST /csp-report`: a violation, as browsers send it.
async fn report(State(pages): State<Pages>, body: Bytes) -> StatusCode {
    let violation = serde_json::from_slice(&body).unwrap_or_else(|_| json!(String::from_utf8_lossy(&body)));
    let mut reports = pages.reports.lock().unwrap_or_else(PoisonError::into_inner);
    if reports.len() < MAX_REPORTS {
        reports.push(violation);
    }
    StatusCode::NO_CONTENT
}

/// `GET /csp-report`: all violations so far.
async fn reports(State(pages): State<Pages>) -> Response {
    let reports = pages.reports.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let mut response = crate::http::answer(StatusCode::OK, &Value::Array(reports));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn file(State(pages): State<Pages>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if method != Method::GET && method != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    let Some(path) = inside(uri.path()) else {
        return not_found();
    };
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let path = pages.dist.join(&path);
    for (encoding, suffix) in encodings(&headers) {
        let mut sibling = path.clone().into_os_string();
        sibling.push(suffix);
        let Some(content) = read(&pages.dist, Path::new(&sibling)).await else {
            continue;
        };
        let mut response = Response::new(Body::from(content));
        let answered = response.headers_mut();
        answered.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
        answered.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        if !encoding.is_empty() {
            answered.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        if is_hashed(name) {
            let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
            answered.insert(header::CACHE_CONTROL, forever);
        }
        return response;
    }
    not_found()
}

fn not_found() -> Response {
    (StatusCode::NOT_FOUND, "There is no such page.").into_response()
}

/// A file's content, unless it lies outside the folder by way of a link.
async fn read(dist: &Path, path: &Path) -> Option<Vec<u8>> {
    let (root, real) = (tokio::fs::canonicalize(dist).await.ok()?, tokio::fs::canonicalize(path).await.ok()?);
    if !real.starts_with(root) {
        return None;
    }
    tokio::fs::read(real).await.ok()
}

/// The path below the folder. None when it would leave it, in whatever spelling.
fn inside(path: &str) -> Option<PathBuf> {
    let decoded = decode(path)?;
    if decoded.contains(['\\', '\0']) {
        return None;
    }
    let mut relative = PathBuf::from(decoded.trim_start_matches('/'));
    if decoded.ends_with('/') {
        relative.push("index.html");
    }
    relative.components().all(|part| matches!(part, Component::Normal(_))).then_some(relative)
}

/// Percent-decoding (RFC 3986). None when it is malformed or not UTF-8.
fn decode(path: &str) -> Option<String> {
    let mut bytes = path.bytes();
    let mut decoded = Vec::with_capacity(path.len());
    while let Some(byte) = bytes.next() {
        decoded.push(if byte == b'%' {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            u8::try_from(digit()? * 16 + digit()?).ok()?
        } else {
            byte
        });
    }
    String::from_utf8(decoded).ok()
}

/// The encodings that the browser takes, the best first, each with its file suffix; the plain file last.
fn encodings(headers: &HeaderMap) -> Vec<(&'static str, &'static str)> {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let takes = |wanted: &str| {
        accepted.split(',').any(|entry| {
            let mut parts = entry.split(';').map(str::trim);
            let refused =
                |weight: &str| weight.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()).is_some_and(|q| q <= 0.0);
            parts.next().is_some_and(|name| name.eq_ignore_ascii_case(wanted)) && !parts.any(refused)
        })
    };
    let compressed = [("br", ".br"), ("gzip", ".gz")].into_iter().filter(|(name, _)| takes(name));
    compressed.chain([("", "")]).collect()
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Whether a part of the name is a hash: eight or more hexadecimal digits between dots, or after a hyphen.
fn is_hashed(name: &str) -> bool {
    name.split('.').skip(1).any(is_hash)
        || name
            .split('.')
            .any(|part| part.rsplit_once('-').is_some_and(|(_, end)| is_hash(end.trim_end_matches("_bg"))))
}

fn is_hash(part: &str) -> bool {
    part.len() >= 8 && part.bytes().all(|b| b.is_ascii_hexdigit())
}
