//! Signing in on a page of our own: OAuth 2 authorization code with PKCE (RFC 6749, 7636, 9207, 9700), and `OpenID` Connect
//! where its scope is asked for.
//!
//! Tokens stay in memory. After a reload the sign-in server's own session gives a new one by a redirect without a question.

mod answer;
mod base64url;
mod id_token;
mod pending;
mod random;
mod server;
mod tokens;

use super::settings::SignInSettings;
use super::sign_in::{Arrival, Doors, Failure, KNOWN};
use crate::app::open::{followed, go_on_for};
use crate::app::storage;
use futures::future::FutureExt;
use leptos::prelude::window;
use pending::Pending;
use random::{challenge, random};
use server::Server;
use std::rc::Rc;
use tokens::Held;
use wasm_bindgen::JsValue;
use web_sys::{Url, UrlSearchParams};

/// What the door of [`super::sign_in`] leads to.
pub(super) const DOORS: Doors = Doors {
    arrive: |settings, may_leave| async move { arrive(&settings, &*may_leave).await }.boxed_local(),
    sign_in: |settings| async move { leave(&settings, false).await }.boxed_local(),
    sign_out: |settings| async move { sign_out(&settings).await }.boxed_local(),
};

/// Takes up the way back from the sign-in server, or asks it without a question if somebody was signed in before.
async fn arrive(settings: &SignInSettings, may_leave: &dyn Fn() -> bool) -> Arrival {
    let Ok(here) = here() else {
        return Arrival::signed_out(None);
    };
    let parameters = here.search_params();
    let pending = parameters.get("state").and_then(|state| Pending::take(settings, &state));
    if let Some(pending) = pending {
        // The page's own address stands again before anything else looks at it, and this document for the one that was left.
        go_on_for(&pending.followed);
        let _ = window()
            .history()
            .and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&pending.page)));
        return take_up(settings, pending, &parameters).await;
    }
    match ask_silently(settings, may_leave).await {
        Ok(true) => Arrival::Leaving,
        Ok(false) => Arrival::signed_out(None),
        Err(failure) => Arrival::signed_out(Some(failure)),
    }
}

async fn take_up(settings: &SignInSettings, pending: Pending, parameters: &UrlSearchParams) -> Arrival {
    let silently = pending.silently;
    match redeem(settings, pending, parameters).await {
        Ok(held) => {
            pending::remember(settings, 0);
            Arrival::SignedIn(Rc::new(move || held.source()))
        }
        Err(Failure::Unreachable) => Arrival::signed_out(Some(Failure::Unreachable)),
        Err(failure) => {
            storage::remove(KNOWN);
            Arrival::signed_out(Some(failure).filter(|failure| !(silently && answer::asks_for_a_person(failure))))
        }
    }
}

/// Leaves for an answer without a question, if somebody was signed in before, the server can give one, and the host lets the
/// browser go.
async fn ask_silently(settings: &SignInSettings, may_leave: &dyn Fn() -> bool) -> Result<bool, Failure> {
    let Some(tries) = pending::silent_tries(settings) else {
        storage::remove(KNOWN);
        return Ok(false);
    };
    if !Server::find(&settings.issuer).await?.answers_silently() || !may_leave() {
        return Ok(false);
    }
    leave(settings, true).await?;
    pending::remember(settings, tries + 1);
    Ok(true)
}

/// Leaves for the sign-in server. `silently`, it asks nothing and comes back at once.
async fn leave(settings: &SignInSettings, silently: bool) -> Result<(), Failure> {
    let server = Server::find(&settings.issuer).await?;
    let here = here()?;
    let no_crypto = || Failure::refused("crypto");
    let secret = || random().ok_or_else(no_crypto);
    let (state, verifier, nonce) = (secret()?, secret()?, secret()?);
    let challenge = challenge(&verifier).await.ok_or_else(no_crypto)?;
    let redirect = without_query(&here);
    let url = url(server.endpoint("authorization_endpoint")?)?;
    let parameters = url.search_params();
    parameters.set("response_type", "code");
    parameters.set("client_id", &settings.client_id);
    parameters.set("redirect_uri", &redirect);
    parameters.set("state", &state);
    parameters.set("code_challenge", &challenge);
    parameters.set("code_challenge_method", "S256");
    if let Some(scope) = &settings.scope {
        parameters.set("scope", scope);
    }
    if settings.asks_for("openid") {
        parameters.set("nonce", &nonce);
    }
    if silently {
        parameters.set("prompt", "none");
    } else if settings.asks_for("offline_access") {
        // It is granted after a question alone (OpenID Connect Core, section 11).
        parameters.set("prompt", "consent");
    }
    let (followed, page) = (followed().unwrap_or_default(), here.href());
    Pending { state, verifier, nonce, redirect, silently, followed, page }.keep(settings);
    if silently {
        // Nobody asked to leave: going back leads to what was before this page.
        return window().location().replace(&url.href()).map_err(|_| Failure::refused("location"));
    }
    go(&url)
}

/// Turns the answer into tokens, if it is one to the question that was asked.
async fn redeem(
    settings: &SignInSettings,
    pending: Pending,
    parameters: &UrlSearchParams,
) -> Result<Rc<Held>, Failure> {
    let server = Server::find(&settings.issuer).await?;
    let code = answer::code(|name| parameters.get(name), server.issuer(), server.says_who())?;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &*code),
        ("redirect_uri", &pending.redirect),
        ("client_id", &settings.client_id),
        ("code_verifier", &pending.verifier),
    ];
    Held::take(settings, pending.nonce, server.grant(&form).await?)
}

/// Ends the session at the sign-in server. One that has no address for that keeps it: revoking and forgetting the tokens
/// is all then.
async fn sign_out(settings: &SignInSettings) -> Result<(), Failure> {
    let server = Server::find(&settings.issuer).await?;
    let (refresh, id_token) = tokens::forget();
    if let Some(refresh) = refresh {
        server.revoke(&refresh, &settings.client_id).await;
    }
    let Ok(end) = server.endpoint("end_session_endpoint") else {
        return window().location().reload().map_err(|_| Failure::refused("location"));
    };
    let url = url(end)?;
    let parameters = url.search_params();
    parameters.set("client_id", &settings.client_id);
    parameters.set("post_logout_redirect_uri", &without_query(&here()?));
    if let Some(id_token) = id_token {
        parameters.set("id_token_hint", &id_token);
    }
    go(&url)
}

fn here() -> Result<Url, Failure> {
    url(&window().location().href().unwrap_or_default())
}

fn url(address: &str) -> Result<Url, Failure> {
    Url::new(address).map_err(|_| Failure::refused("url"))
}

/// The address that is registered at the sign-in server.
fn without_query(page: &Url) -> String {
    [page.origin(), page.pathname()].concat()
}

fn go(url: &Url) -> Result<(), Failure> {
    window().location().assign(&url.href()).map_err(|_| Failure::refused("location"))
}
