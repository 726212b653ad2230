//! The door to signing in by ourselves: what does it is loaded only where somebody signs in.

#![expect(clippy::unnecessary_wraps, reason = "the loading that the attribute adds may fail")]

use super::oauth;
use super::settings::SignInSettings;
use crate::app::session::TokenSource;
use crate::app::storage;
use futures::future::{FutureExt, LocalBoxFuture, Shared};
use leptos::prelude::window;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::cell::RefCell;
use web_sys::UrlSearchParams;

/// Under this name the tab remembers that somebody was signed in.
pub(super) const KNOWN: &str = "esim-renewal:signed-in";

thread_local! {
    /// How this page arrived from the sign-in server. Elements that start later, or anew, ask it no second time: each
    /// question leaves the page.
    static ARRIVAL: RefCell<Option<(SignInSettings, Shared<LocalBoxFuture<'static, Arrival>>)>> = const { RefCell::new(None) };
}

/// What came of looking whether somebody is signed in.
#[derive(Clone)]
pub enum Arrival {
    /// Somebody is.
    SignedIn(TokenSource),
    /// Nobody is.
    SignedOut,
    /// The browser leaves for the sign-in server, which knows.
    Leaving,
}

/// What the door leads to.
#[derive(Clone, Copy)]
pub(super) struct Doors {
    pub(super) arrive: fn(SignInSettings) -> LocalBoxFuture<'static, Arrival>,
    pub(super) sign_in: fn(SignInSettings) -> LocalBoxFuture<'static, Option<()>>,
    pub(super) sign_out: fn(SignInSettings) -> LocalBoxFuture<'static, Option<()>>,
}

#[wasm_split(sign_in, wasm_split_path = leptos::wasm_split, fallible)]
fn load() -> Result<Doors, SplitLoaderError> {
    Ok(oauth::DOORS)
}

/// Takes up the way back from the sign-in server, or asks it without a question if somebody was signed in before.
/// Where neither can be, nothing is loaded.
pub async fn arrive(settings: SignInSettings) -> Arrival {
    let arrival = ARRIVAL.with_borrow_mut(|known| match known {
        Some((server, arrival)) if *server == settings => arrival.clone(),
        _ => {
            let arrival = look(settings.clone()).boxed_local().shared();
            *known = Some((settings, arrival.clone()));
            arrival
        }
    });
    arrival.await
}

async fn look(settings: SignInSettings) -> Arrival {
    let search = window().location().search().unwrap_or_default();
    let comes_back = UrlSearchParams::new_with_str(&search).is_ok_and(|parameters| parameters.has("state"));
    if !comes_back && storage::read(KNOWN).is_none() {
        return Arrival::SignedOut;
    }
    match load().await {
        Ok(doors) => (doors.arrive)(settings).await,
        Err(_) => Arrival::SignedOut,
    }
}

/// Leaves for the sign-in server; `None` where it cannot be reached.
pub async fn sign_in(settings: SignInSettings) -> Option<()> {
    (load().await.ok()?.sign_in)(settings).await
}

/// Signs out here and at the sign-in server; `None` where it cannot be reached.
pub async fn sign_out(settings: SignInSettings) -> Option<()> {
    storage::remove(KNOWN);
    (load().await.ok()?.sign_out)(settings).await
}
