//! Signing in on a page of our own: OAuth 2 authorization code with PKCE (RFC 6749, RFC 7636, RFC 9207).
//!
//! Tokens stay in memory. After a reload the sign-in server's own session gives a new one by a redirect without a question.

use super::settings::SignInSettings;
use super::sign_in::{Arrival, Doors, KNOWN};
use crate::app::session::TokenSource;
use crate::app::storage;
use crate::carrier::json::Json;
use crate::carrier::transport;
use futures::future::{FutureExt, LocalBoxFuture, Shared};
use js_sys::Uint8Array;
use leptos::prelude::window;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Url, UrlSearchParams};

/// Under this name the tab keeps what the way back from the sign-in is checked against.
const PENDING: &str = "esim-renewal:sign-in";

/// What the door of [`super::sign_in`] leads to.
pub(super) const DOORS: Doors = Doors {
    arrive: |settings| async move { arrive(&settings).await }.boxed_local(),
    sign_in: |settings| async move { leave(&settings, false).await }.boxed_local(),
    sign_out: |settings| async move { sign_out(&settings).await }.boxed_local(),
};

#[derive(Default)]
struct Tokens {
    access: Option<String>,
    refresh: Option<String>,
}

/// Takes up the way back from the sign-in server, or asks it without a question if somebody was signed in before.
async fn arrive(settings: &SignInSettings) -> Arrival {
    let Some(here) = here() else {
        return Arrival::SignedOut;
    };
    let parameters = here.search_params();
    let pending = parameters.get("state").and_then(|state| Pending::take(&state));
    if let Some(pending) = pending {
        // The page's own address stands again before anything else looks at it.
        let _ = window()
            .history()
            .and_then(|history| history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&pending.page)));
        let Some(tokens) = pending.redeem(settings, &parameters).await else {
            storage::remove(KNOWN);
            return Arrival::SignedOut;
        };
        storage::write(KNOWN, "1");
        return Arrival::SignedIn(source(settings.clone(), tokens));
    }
    if storage::read(KNOWN).is_some() && leave(settings, true).await.is_some() {
        return Arrival::Leaving;
    }
    Arrival::SignedOut
}

/// Leaves for the sign-in server. `silently`, it asks nothing and comes back at once.
async fn leave(settings: &SignInSettings, silently: bool) -> Option<()> {
    let server = discover(settings).await?;
    let here = here()?;
    let (state, verifier) = (random()?, random()?);
    let redirect = [here.origin(), here.pathname()].concat();
    let url = Url::new(server.get("authorization_endpoint")?.as_str()?).ok()?;
    let parameters = url.search_params();
    parameters.set("response_type", "code");
    parameters.set("client_id", &settings.client_id);
    parameters.set("redirect_uri", &redirect);
    parameters.set("state", &state);
    parameters.set("code_challenge", &challenge(&verifier).await?);
    parameters.set("code_challenge_method", "S256");
    if silently {
        parameters.set("prompt", "none");
    }
    Pending { state, verifier, redirect, page: here.href() }.keep();
    window().location().assign(&url.href()).ok()
}

/// Ends the session at the sign-in server. One that has no address for that keeps it: forgetting the tokens is all then.
async fn sign_out(settings: &SignInSettings) -> Option<()> {
    let server = discover(settings).await?;
    let Some(end) = server.get("end_session_endpoint").and_then(Json::as_str) else {
        return window().location().reload().ok();
    };
    let (url, here) = (Url::new(end).ok()?, here()?);
    url.search_params().set("client_id", &settings.client_id);
    url.search_params().set("post_logout_redirect_uri", &[here.origin(), here.pathname()].concat());
    window().location().assign(&url.href()).ok()
}

/// What the way back from the sign-in is checked against.
struct Pending {
    state: String,
    verifier: String,
    redirect: String,
    page: String,
}

impl Pending {
    fn keep(&self) {
        let text = [&*self.state, &self.verifier, &self.redirect, &self.page].join("\n");
        storage::write(PENDING, &text);
    }

    /// What was kept for this `state`; once.
    fn take(state: &str) -> Option<Self> {
        let kept = storage::read(PENDING)?;
        let mut parts = kept.splitn(4, '\n').map(str::to_owned);
        let mut next = || parts.next();
        let pending = Self { state: next()?, verifier: next()?, redirect: next()?, page: next()? };
        (pending.state == state).then(|| {
            storage::remove(PENDING);
            pending
        })
    }

    async fn redeem(&self, settings: &SignInSettings, parameters: &UrlSearchParams) -> Option<Tokens> {
        let code = parameters.get("code")?;
        // RFC 9207: an answer of another server is none of ours.
        if parameters.get("iss").is_some_and(|issuer| issuer.trim_end_matches('/') != settings.issuer) {
            return None;
        }
        let form = [
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", &self.redirect),
            ("client_id", &settings.client_id),
            ("code_verifier", &self.verifier),
        ];
        ask_for_tokens(settings, &form).await
    }
}

/// Gives the token that is there, and after that renews it.
fn source(settings: SignInSettings, tokens: Tokens) -> TokenSource {
    let tokens = Rc::new(RefCell::new(tokens));
    let running: RefCell<Option<Shared<LocalBoxFuture<'static, Option<String>>>>> = RefCell::default();
    Rc::new(move || {
        // A refresh token may be used once: whoever asks while it is being used waits for what comes of it.
        let before = running.borrow().clone().filter(|running| running.peek().is_none());
        if let Some(before) = before {
            return before.boxed_local();
        }
        let (settings, tokens) = (settings.clone(), Rc::clone(&tokens));
        let renewal = async move {
            if let Some(access) = tokens.borrow_mut().access.take() {
                return Some(access);
            }
            let refresh = tokens.borrow_mut().refresh.take()?;
            let form =
                [("grant_type", "refresh_token"), ("refresh_token", &*refresh), ("client_id", &settings.client_id)];
            let renewed = ask_for_tokens(&settings, &form).await?;
            tokens.borrow_mut().refresh = renewed.refresh.or(Some(refresh));
            renewed.access
        };
        let renewal = renewal.boxed_local().shared();
        *running.borrow_mut() = Some(renewal.clone());
        renewal.boxed_local()
    })
}

async fn ask_for_tokens(settings: &SignInSettings, form: &[(&str, &str)]) -> Option<Tokens> {
    let server = discover(settings).await?;
    let body = UrlSearchParams::new().ok()?;
    for (name, value) in form {
        body.append(name, value);
    }
    let body = String::from(body.to_string());
    let answer = transport::fetch_json(server.get("token_endpoint")?.as_str()?, Some(&body)).await.ok()?;
    let text = |name: &str| answer.get(name)?.as_str().map(str::to_owned);
    Some(Tokens { access: Some(text("access_token")?), refresh: text("refresh_token") })
}

/// The sign-in server's description of itself (RFC 8414), if it is of this issuer.
async fn discover(settings: &SignInSettings) -> Option<Json> {
    let url = [&settings.issuer, "/.well-known/openid-configuration"].concat();
    let server = transport::fetch_json(&url, None).await.ok()?;
    let issuer = server.get("issuer")?.as_str()?.trim_end_matches('/');
    (issuer == settings.issuer).then_some(server)
}

fn here() -> Option<Url> {
    Url::new(&window().location().href().ok()?).ok()
}

/// 32 random bytes as text.
fn random() -> Option<String> {
    let mut bytes = [0_u8; 32];
    window().crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(base64url(&bytes))
}

/// The S256 challenge of a verifier (RFC 7636, section 4.2); `None` on a page that is not served securely.
async fn challenge(verifier: &str) -> Option<String> {
    let crypto = window().crypto().ok()?;
    let subtle = js_sys::Reflect::get(&crypto, &"subtle".into()).ok().filter(|subtle| !subtle.is_undefined())?;
    let subtle: web_sys::SubtleCrypto = wasm_bindgen::JsCast::unchecked_into(subtle);
    let digest = subtle.digest_with_str_and_u8_array("SHA-256", verifier.as_bytes()).ok()?;
    let digest = Uint8Array::new(&JsFuture::from(digest).await.ok()?).to_vec();
    Some(base64url(&digest))
}

/// Base64 for addresses, without padding (RFC 4648, section 5).
fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |group, byte| group << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            let index = (group >> (18 - 6 * place)) & 63;
            text.push(char::from(ALPHABET[index as usize]));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64url;

    #[test]
    fn writes_base64_for_addresses() {
        for (bytes, text) in [
            (&b""[..], ""),
            (b"f", "Zg"),
            (b"fo", "Zm8"),
            (b"foo", "Zm9v"),
            (b"foob", "Zm9vYg"),
            (b"\xff\xff\xfe", "___-"),
        ] {
            assert_eq!(base64url(bytes), text);
        }
    }
}
