//! The sign-in page: a phone number, then a one-time code, which the demo shows instead of sending it.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use rusqlite::{OptionalExtension as _, params};
use serde::Deserialize;

use super::authorize::Request;
use super::session::{self, SESSION, cookie, set_cookie};
use crate::Carrier;
use crate::carrier::Work;
use crate::http::ApiError;
use crate::http::html::{self, Escaped};
use crate::random::{hash, id, one_time_code, secret};

/// Binds the forms to the browser that asked for them: a form sent by another site comes without it.
const BROWSER: &str = "rocher_sign_in";
const SIGN_IN_MS: i64 = 10 * 60_000;
const MAX_TRIES: i64 = 5;

/// Shows the first form, for an authorization request that was found good.
pub(super) async fn begin(carrier: &Carrier, request: String, headers: &HeaderMap) -> Result<Response, ApiError> {
    // A second tab keeps the first one's cookie, so that both can go on.
    let browser = match cookie(headers, BROWSER).filter(|known| known.len() == 43) {
        Some(known) => known,
        None => secret()?,
    };
    let browser_hash = hash(&browser);
    let sign_in = carrier
        .transact(move |work| {
            let sign_in = id("sign-in")?;
            work.execute("DELETE FROM sign_in WHERE expires_ms <= ?1", [work.now])?;
            work.execute(
                "INSERT INTO sign_in (id, browser_hash, request, expires_ms) VALUES (?1, ?2, ?3, ?4)",
                params![sign_in, browser_hash, request, work.now + SIGN_IN_MS],
            )?;
            Ok(sign_in)
        })
        .await?;
    let mut response = phone_form(carrier, StatusCode::OK, &sign_in, "", None);
    set_cookie(&mut response, carrier.settings(), BROWSER, &browser);
    Ok(response)
}

fn phone_form(carrier: &Carrier, status: StatusCode, sign_in: &str, number: &str, wrong: Option<&str>) -> Response {
    let (sign_in, number) = (Escaped(sign_in), Escaped(number));
    let wrong = message(wrong);
    let main = format!(
        r#"<h1>Sign in</h1>
<p>With the phone number of your line. We will send it a code.</p>
{wrong}<form method="post" action="/oauth/sign-in">
<input type="hidden" name="sign_in" value="{sign_in}">
<label>Phone number
<input type="tel" name="msisdn" value="{number}" autocomplete="tel" required maxlength="40" aria-describedby="demo-numbers"></label>
<p class="hint" id="demo-numbers">The demo's subscribers: <span class="number">+377 61 23 45 01</span> (plenty left),
<span class="number">+377 61 23 45 02</span> (nearly out), <span class="number">+377 61 23 45 03</span> (expired),
<span class="number">+377 61 23 45 04</span> (two lines), <span class="number">+377 61 23 45 05</span> (brand new),
<span class="number">+377 61 23 45 06</span> (suspended).</p>
<button>Send me a code</button>
</form>"#
    );
    html::page(carrier.settings(), status, "Sign in", &main)
}

fn code_form(carrier: &Carrier, status: StatusCode, sign_in: &str, code: &str, wrong: Option<&str>) -> Response {
    let (sign_in, code) = (Escaped(sign_in), Escaped(code));
    let wrong = message(wrong);
    let main = format!(
        r#"<h1>Enter your code</h1>
<div class="box"><p>Demo: instead of a text message, here is your code.</p>
<p class="code" id="code">{code}</p></div>
{wrong}<form method="post" action="/oauth/sign-in/code">
<input type="hidden" name="sign_in" value="{sign_in}">
<label>One-time code
<input type="text" name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="12"></label>
<button>Sign in</button>
</form>"#
    );
    html::page(carrier.settings(), status, "Enter your code", &main)
}

fn message(wrong: Option<&str>) -> String {
    wrong.map(|text| format!("<p class=\"wrong\" role=\"alert\">{}</p>\n", Escaped(text))).unwrap_or_default()
}

#[derive(Deserialize)]
pub(super) struct PhoneForm {
    sign_in: String,
    msisdn: String,
}

/// `POST /oauth/sign-in`: the phone number.
pub(super) async fn phone_number(
    State(carrier): State<Carrier>,
    headers: HeaderMap,
    form: Result<Form<PhoneForm>, FormRejection>,
) -> Result<Response, ApiError> {
    let Ok(Form(form)) = form else {
        return Ok(stale(&carrier));
    };
    let browser = cookie(&headers, BROWSER).unwrap_or_default();
    let (sign_in, msisdn) = (form.sign_in.clone(), e164(&form.msisdn));
    let outcome = carrier
        .transact(move |work| {
            if pending(work, &sign_in, &browser)?.is_none() {
                return Ok(None);
            }
            let code = one_time_code()?;
            let known = work.execute(
                "UPDATE sign_in SET code = ?2, customer_id = line.customer_id
                 FROM product line WHERE sign_in.id = ?1 AND line.msisdn = ?3",
                params![sign_in, code, msisdn],
            )?;
            Ok(Some((known == 1).then_some(code)))
        })
        .await?;
    Ok(match outcome {
        None => stale(&carrier),
        Some(Some(code)) => code_form(&carrier, StatusCode::OK, &form.sign_in, &code, None),
        Some(None) => {
            let text = "No line of Rocher Mobile has this number. Check it, or use one of the demo's numbers below.";
            phone_form(&carrier, StatusCode::UNPROCESSABLE_ENTITY, &form.sign_in, &form.msisdn, Some(text))
        }
    })
}

#[derive(Deserialize)]
pub(super) struct CodeForm {
    sign_in: String,
    code: String,
}

enum Outcome {
    Stale,
    Wrong(String),
    SignedIn { session: String, request: String, customer: String },
}

/// `POST /oauth/sign-in/code`: the one-time code; then back to the page that asked.
pub(super) async fn code(
    State(carrier): State<Carrier>,
    headers: HeaderMap,
    form: Result<Form<CodeForm>, FormRejection>,
) -> Result<Response, ApiError> {
    let Ok(Form(form)) = form else {
        return Ok(stale(&carrier));
    };
    let browser = cookie(&headers, BROWSER).unwrap_or_default();
    let (sign_in, typed) = (form.sign_in.clone(), form.code.replace(' ', ""));
    let outcome = carrier
        .transact(move |work| {
            let Some(Pending { request, customer: Some(customer), code: Some(code) }) =
                pending(work, &sign_in, &browser)?
            else {
                return Ok(Outcome::Stale);
            };
            if typed != code {
                work.execute("UPDATE sign_in SET tries = tries + 1 WHERE id = ?1", [&sign_in])?;
                return Ok(Outcome::Wrong(code));
            }
            work.execute("DELETE FROM sign_in WHERE id = ?1", [&sign_in])?;
            Ok(Outcome::SignedIn { session: session::begin(work, &customer)?, request, customer })
        })
        .await?;
    match outcome {
        Outcome::Stale => Ok(stale(&carrier)),
        Outcome::Wrong(code) => {
            let text = "This is not the code. Try again.";
            Ok(code_form(&carrier, StatusCode::UNPROCESSABLE_ENTITY, &form.sign_in, &code, Some(text)))
        }
        Outcome::SignedIn { session, request, customer } => {
            let request = match Request::read(&request, carrier.settings()) {
                Ok(request) => request,
                Err(refusal) => return Ok(refusal.response(carrier.settings())),
            };
            let session_hash = hash(&session);
            let back = carrier.transact(move |work| request.grant(work, &customer, &session_hash)).await?;
            let mut response = html::see_other(&back);
            set_cookie(&mut response, carrier.settings(), SESSION, &session);
            set_cookie(&mut response, carrier.settings(), BROWSER, "");
            Ok(response)
        }
    }
}

struct Pending {
    request: String,
    customer: Option<String>,
    code: Option<String>,
}

/// A sign-in that this browser began and may still finish.
fn pending(work: &Work, sign_in: &str, browser: &str) -> Result<Option<Pending>, ApiError> {
    let mut query = work.tx.prepare_cached(
        "SELECT request, customer_id, code FROM sign_in
         WHERE id = ?1 AND browser_hash = ?2 AND expires_ms > ?3 AND tries < ?4",
    )?;
    let found = query.query_row(params![sign_in, hash(browser), work.now, MAX_TRIES], |row| {
        Ok(Pending { request: row.get(0)?, customer: row.get(1)?, code: row.get(2)? })
    });
    Ok(found.optional()?)
}

fn stale(carrier: &Carrier) -> Response {
    let text =
        "This sign-in has ended, or was begun in another browser. Go back to the page you came from and begin again.";
    html::notice(carrier.settings(), StatusCode::BAD_REQUEST, "Please begin again", text)
}

/// A phone number as people write it, in E.164; a bare local number is one of Monaco.
fn e164(typed: &str) -> String {
    let plain: String = typed.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    if plain.starts_with('+') {
        plain
    } else if let Some(international) = plain.strip_prefix("00") {
        format!("+{international}")
    } else if plain.starts_with("377") && plain.len() > 9 {
        format!("+{plain}")
    } else {
        format!("+377{plain}")
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_are_read_as_people_write_them() {
        for typed in ["+377 61 23 45 01", "00377 6123 4501", "61.23.45.01", "377-61234501"] {
            assert_eq!(super::e164(typed), "+37761234501");
        }
    }
}
