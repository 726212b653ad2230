//! The pages that a browser visits: sign-in and payment. Server-rendered, without a script.

use std::fmt;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use crate::Carrier;
use crate::carrier::Settings;

const STYLE: &str = include_str!("../../assets/rocher.css");

/// The stylesheet of the carrier's own pages.
pub(crate) fn routes() -> Router<Carrier> {
    Router::new().route("/assets/rocher.css", get(style))
}

async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")], STYLE).into_response()
}

/// Text that is safe in HTML's content and quoted attributes.
pub(crate) struct Escaped<'a>(pub &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                c => write!(f, "{c}")?,
            }
        }
        Ok(())
    }
}

/// A whole page around `main`, which is HTML already.
pub(crate) fn page(settings: &Settings, status: StatusCode, title: &str, main: &str) -> Response {
    let title = Escaped(title);
    let html = format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} · Rocher Mobile</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/rocher.css">
</head>
<body>
<p class="demo" role="note">Demo of a carrier that does not exist. Enter nothing real: no money moves.</p>
<header><span class="mark" aria-hidden="true"></span>Rocher Mobile</header>
<main>
{main}
</main>
</body>
</html>
"#
    );
    let mut response = Response::new(Body::from(html));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    // Browsers hold the redirect after a form to `form-action` too, so it names the pages to return to.
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self' {}; base-uri 'none'; frame-ancestors 'none'",
        settings.page_origins.join(" ")
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// A page that only says something.
pub(crate) fn notice(settings: &Settings, status: StatusCode, title: &str, text: &str) -> Response {
    page(settings, status, title, &format!("<h1>{}</h1>\n<p>{}</p>", Escaped(title), Escaped(text)))
}

/// 303: the browser goes on with a GET. The address must be plain ASCII, else nothing is sent but a 500.
pub(crate) fn see_other(address: &str) -> Response {
    match HeaderValue::from_str(address) {
        Ok(location) => (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Cents as a person reads them: `€48.00`.
pub(crate) fn euros(cents: i64) -> String {
    format!("€{}.{:02}", cents / 100, cents % 100)
}
