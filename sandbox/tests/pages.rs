//! How the widget's built files are served.
#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use std::fs;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use sandbox::{Allowed, pages_router};
use serde_json::json;
use support::{CARRIER, Reply, send};
use tempfile::TempDir;

fn pages() -> (TempDir, Router) {
    let folder = tempfile::tempdir().unwrap();
    let dist = folder.path().join("dist");
    fs::create_dir_all(dist.join("fonts")).unwrap();
    for (name, content) in [
        ("index.html", "<!doctype html>"),
        ("esim-renewal.js", "loader"),
        ("app.0a1b2c3d.js", "hashed"),
        ("app-0a1b2c3d4e5f6071_bg.wasm", "wasm"),
        ("app-0a1b2c3d4e5f6071_bg.wasm.br", "brotli"),
        ("app-0a1b2c3d4e5f6071_bg.wasm.gz", "gzip"),
        ("fonts/a b.woff2", "font"),
        ("carrier.json", r#"{"name": "Rocher Mobile", "apiBase": "/", "page": {"theme": "dark"}}"#),
        ("../secret.txt", "secret"),
    ] {
        fs::write(dist.join(name), content).unwrap();
    }
    std::os::unix::fs::symlink(folder.path().join("secret.txt"), dist.join("link.txt")).unwrap();
    let router = pages_router(&dist, CARRIER, Allowed::default());
    (folder, router)
}

async fn get(router: &Router, path: &str, encodings: &str) -> Reply {
    send(router, Request::get(path).header("accept-encoding", encodings).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn files_have_their_type_and_the_policy() {
    let (_folder, router) = pages();
    for (path, kind, cache) in [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/esim-renewal.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/app.0a1b2c3d.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
        ("/app-0a1b2c3d4e5f6071_bg.wasm", "application/wasm", "public, max-age=31536000, immutable"),
        ("/fonts/a%20b.woff2", "font/woff2", "no-cache"),
    ] {
        let reply = get(&router, path, "").await;
        assert_eq!(reply.status, StatusCode::OK, "{path}");
        assert_eq!((reply.header("content-type"), reply.header("cache-control")), (kind, cache), "{path}");
        assert_eq!(
            reply.header("content-security-policy"),
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
             font-src 'self'; connect-src 'self' http://carrier.test; form-action http://carrier.test; base-uri 'none'; \
             frame-ancestors 'self'; require-trusted-types-for 'script'; trusted-types 'none'; report-uri /csp-report"
        );
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(reply.header("referrer-policy"), "no-referrer");
    }
}

#[tokio::test]
async fn the_pages_may_ask_one_origin_more_and_make_a_policy_where_they_are_named() {
    let allowed = Allowed { connect: Some("http://id.test"), trusted_types: Some("vue") };
    let router = pages_router(std::path::Path::new("nowhere"), CARRIER, allowed);
    let reply = get(&router, "/", "").await;
    let policy = reply.header("content-security-policy");
    assert!(
        policy.contains("connect-src 'self' http://carrier.test http://id.test; form-action http://carrier.test;"),
        "{policy}"
    );
    assert!(policy.contains("; trusted-types vue; "), "{policy}");
}

#[tokio::test]
async fn compressed_files_are_served_where_they_are_taken() {
    let (_folder, router) = pages();
    for (accepted, encoding, content) in [
        ("gzip, deflate, br", "br", "brotli"),
        ("gzip", "gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip", "gzip"),
        ("identity", "", "wasm"),
    ] {
        let reply = get(&router, "/app-0a1b2c3d4e5f6071_bg.wasm", accepted).await;
        assert_eq!((reply.header("content-encoding"), reply.text.as_str()), (encoding, content), "{accepted}");
        assert_eq!(reply.header("content-type"), "application/wasm");
        assert_eq!(reply.header("vary"), "Accept-Encoding");
    }
    assert_eq!(get(&router, "/esim-renewal.js", "br").await.header("content-encoding"), "");
}

#[tokio::test]
async fn nothing_outside_the_folder_is_served() {
    let (_folder, router) = pages();
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/fonts/..%2f../secret.txt",
        "/..%5csecret.txt",
        "/%2Fetc/passwd",
        "//etc/passwd",
        "/link.txt",
        "/fonts",
        "/fonts/",
        "/none",
        "/%",
        "/%ff",
        "/index.html%00",
        "/./index.html/../../secret.txt",
    ] {
        let reply = get(&router, path, "").await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!reply.text.contains("secret") && !reply.header("content-security-policy").is_empty());
    }
    let request = Request::post("/index.html").body(Body::empty()).unwrap();
    let reply = send(&router, request).await;
    assert_eq!((reply.status, reply.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD"));
}

#[tokio::test]
async fn the_carrier_is_named_and_violations_are_collected() {
    let (folder, router) = pages();
    let carrier = get(&router, "/carrier.json", "").await.ok(200);
    assert_eq!(
        carrier,
        json!({ "name": "Rocher Mobile", "apiBase": CARRIER, "issuer": CARRIER, "clientId": "rocher-web",
            "idempotent": true, "page": { "theme": "dark" } })
    );
    fs::write(folder.path().join("dist/carrier.json"), "[]").unwrap();
    assert_eq!(get(&router, "/carrier.json", "").await.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(get(&router, "/csp-report", "").await.ok(200), json!([]));
    let violation = json!({ "csp-report": { "violated-directive": "script-src" } });
    let request = Request::post("/csp-report").header("content-type", "application/csp-report");
    send(&router, request.body(Body::from(violation.to_string())).unwrap()).await;
    assert_eq!(get(&router, "/csp-report", "").await.ok(200), json!([violation]));
}
