//! The door to signing in by ourselves: what does it is loaded only where somebody signs in.

#![expect(clippy::unnecessary_wraps, reason = "the loading that the attribute adds may fail")]

use super::oauth;
use super::settings::SignInSettings;
use crate::app::session::TokenSource;
use crate::app::{App, Report, Trouble, storage};
use futures::future::{FutureExt, LocalBoxFuture, Shared};
use leptos::prelude::{Set, window};
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::UrlSearchParams;

/// Under this name the tab remembers that somebody was signed in, and by which server.
pub(super) const KNOWN: &str = "esim-renewal:signed-in";

thread_local! {
    /// How this page arrived from the sign-in server. Elements that start later, or anew, ask it no second time: each
    /// question leaves the page.
    static ARRIVAL: RefCell<Option<(SignInSettings, Shared<LocalBoxFuture<'static, Arrival>>)>> = const { RefCell::new(None) };
}

/// Why a sign-in came to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The sign-in server did not answer.
    Unreachable,
    /// It refused, or its answer does not hold: an OAuth error word, or the name of what is wrong.
    Refused(String),
}

impl Failure {
    pub(super) fn refused(what: &str) -> Self {
        Self::Refused(what.to_owned())
    }

    /// Says it to the subscriber, and to the page around.
    pub fn tell(self, app: App) {
        let (trouble, about) = match self {
            Self::Unreachable => (Trouble::Offline, "unreachable".to_owned()),
            Self::Refused(about) => (Trouble::Refused, about),
        };
        // Whoever says no at the sign-in server needs no explanation.
        if about != "access_denied" {
            app.sign_in_failed.try_set(Some(trouble));
            leptos::logging::error!("<esim-renewal>: sign-in-failed: {about}");
        }
        app.report(Report::Error { code: "sign-in-failed", about });
    }
}

/// What came of looking whether somebody is signed in.
#[derive(Clone)]
pub enum Arrival {
    /// Somebody is: a source of tokens for each element.
    SignedIn(Rc<dyn Fn() -> TokenSource>),
    /// Nobody is. Why not, where that is a failure, is told by the first element that asks.
    SignedOut(Rc<Cell<Option<Failure>>>),
    /// The browser leaves for the sign-in server, which knows.
    Leaving,
}

impl Arrival {
    pub(super) fn signed_out(failure: Option<Failure>) -> Self {
        Self::SignedOut(Rc::new(Cell::new(failure)))
    }
}

/// Asks the host whether the browser may leave for the sign-in server.
pub type MayLeave = Rc<dyn Fn() -> bool>;

/// What the door leads to.
#[derive(Clone, Copy)]
pub(super) struct Doors {
    pub(super) arrive: fn(SignInSettings, MayLeave) -> LocalBoxFuture<'static, Arrival>,
    pub(super) sign_in: fn(SignInSettings) -> LocalBoxFuture<'static, Result<(), Failure>>,
    pub(super) sign_out: fn(SignInSettings) -> LocalBoxFuture<'static, Result<(), Failure>>,
}

#[wasm_split(sign_in, wasm_split_path = leptos::wasm_split, fallible)]
fn load() -> Result<Doors, SplitLoaderError> {
    Ok(oauth::DOORS)
}

/// Takes up the way back from the sign-in server, or asks it without a question if somebody was signed in before.
/// Where neither can be, nothing is loaded.
pub async fn arrive(settings: SignInSettings, may_leave: MayLeave) -> Arrival {
    let arrival = ARRIVAL.with_borrow_mut(|known| match known {
        Some((server, arrival)) if *server == settings => arrival.clone(),
        _ => {
            let arrival = look(settings.clone(), may_leave).boxed_local().shared();
            *known = Some((settings, arrival.clone()));
            arrival
        }
    });
    arrival.await
}

async fn look(settings: SignInSettings, may_leave: MayLeave) -> Arrival {
    let search = window().location().search().unwrap_or_default();
    let comes_back = UrlSearchParams::new_with_str(&search).is_ok_and(|parameters| parameters.has("state"));
    if !comes_back && storage::read(KNOWN).is_none() {
        return Arrival::signed_out(None);
    }
    match load().await {
        Ok(doors) => (doors.arrive)(settings, may_leave).await,
        Err(_) => Arrival::signed_out(Some(Failure::Unreachable)),
    }
}

/// Leaves for the sign-in server.
pub async fn sign_in(settings: SignInSettings) -> Result<(), Failure> {
    match load().await {
        Ok(doors) => (doors.sign_in)(settings).await,
        Err(_) => Err(Failure::Unreachable),
    }
}

/// Signs out here and at the sign-in server.
pub async fn sign_out(settings: SignInSettings) -> Result<(), Failure> {
    storage::remove(KNOWN);
    match load().await {
        Ok(doors) => (doors.sign_out)(settings).await,
        Err(_) => Err(Failure::Unreachable),
    }
}
