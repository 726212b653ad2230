//! The tokens of whoever is signed in. They are in memory alone.

use super::answer::Granted;
use super::id_token::{Expected, IdToken};
use super::server::Server;
use crate::app::session::{NoToken, TokenSource};
use crate::hosts::settings::SignInSettings;
use crate::hosts::sign_in::Failure;
use futures::future::{FutureExt, LocalBoxFuture, Shared};
use std::cell::RefCell;
use std::rc::Rc;

thread_local! {
    /// The tokens of this page, for the sign-out.
    static HELD: RefCell<Option<Rc<Held>>> = const { RefCell::new(None) };
}

type Renewal = Shared<LocalBoxFuture<'static, Result<Option<String>, NoToken>>>;

/// Tokens, and what those that renew them are checked against.
pub struct Held {
    settings: SignInSettings,
    nonce: String,
    tokens: RefCell<Tokens>,
    renewal: RefCell<Option<Renewal>>,
}

#[derive(Default)]
struct Tokens {
    access: Option<String>,
    refresh: Option<String>,
    id: Option<IdToken>,
}

impl Held {
    /// Holds what a sign-in granted. With `openid` there is an id token (`OpenID` Connect Core, section 3.1.3.3).
    pub fn take(settings: &SignInSettings, nonce: String, granted: Granted) -> Result<Rc<Self>, Failure> {
        let settings = settings.clone();
        let mut tokens = Tokens { access: Some(granted.access), refresh: granted.refresh, id: None };
        if settings.asks_for("openid") {
            let text = granted.id.ok_or_else(|| Failure::refused("id_token"))?;
            tokens.id = Some(expected(&settings, &nonce).at_sign_in(&text).map_err(Failure::refused)?);
        }
        let held = Rc::new(Self { settings, nonce, tokens: RefCell::new(tokens), renewal: RefCell::default() });
        HELD.set(Some(Rc::clone(&held)));
        Ok(held)
    }

    /// Gives one element the token that is there, and renews the one that it was given when it asks again.
    pub fn source(self: &Rc<Self>) -> TokenSource {
        let (held, given) = (Rc::clone(self), Rc::new(RefCell::new(None)));
        Rc::new(move || {
            let (held, given) = (Rc::clone(&held), Rc::clone(&given));
            let ask = async move {
                let refused = given.borrow().clone();
                let token = held.token(refused).await?;
                given.borrow_mut().clone_from(&token);
                Ok(token)
            };
            ask.boxed_local()
        })
    }

    async fn token(self: &Rc<Self>, refused: Option<String>) -> Result<Option<String>, NoToken> {
        let access = self.tokens.borrow().access.clone();
        if access.is_some() && access != refused {
            return Ok(access);
        }
        // A refresh token may be used once: whoever asks while it is being used waits for what comes of it.
        let running = self.renewal.borrow().clone().filter(|running| running.peek().is_none());
        let renewal = running.unwrap_or_else(|| {
            let held = Rc::clone(self);
            async move { held.renewed().await }.boxed_local().shared()
        });
        self.renewal.replace(Some(renewal.clone()));
        renewal.await
    }

    async fn renewed(&self) -> Result<Option<String>, NoToken> {
        let Some(refresh) = self.tokens.borrow().refresh.clone() else {
            return Ok(None);
        };
        match self.renew(&refresh).await {
            Ok(access) => Ok(Some(access)),
            // It may be used still: nobody knows whether the server got it.
            Err(Failure::Unreachable) => Err(NoToken),
            Err(Failure::Refused(_)) => {
                self.tokens.take();
                Ok(None)
            }
        }
    }

    async fn renew(&self, refresh: &str) -> Result<String, Failure> {
        let server = Server::find(&self.settings.issuer).await?;
        let form =
            [("grant_type", "refresh_token"), ("refresh_token", refresh), ("client_id", &self.settings.client_id)];
        let granted = server.grant(&form).await?;
        let mut tokens = self.tokens.borrow_mut();
        if let (Some(text), Some(before)) = (&granted.id, &tokens.id) {
            let expected = expected(&self.settings, &self.nonce);
            tokens.id = Some(expected.at_renewal(text, before).map_err(Failure::refused)?);
        }
        // A server that does not rotate lets the same one be used again (RFC 6749, section 6).
        if granted.refresh.is_some() {
            tokens.refresh = granted.refresh;
        }
        tokens.access = Some(granted.access.clone());
        Ok(granted.access)
    }
}

/// Forgets the tokens: the refresh token and the id token, for whoever ends the session.
pub fn forget() -> (Option<String>, Option<String>) {
    let tokens = HELD.take().map(|held| held.tokens.take()).unwrap_or_default();
    (tokens.refresh, tokens.id.map(|id| id.text))
}

#[expect(clippy::cast_possible_truncation, reason = "seconds within the range of a date")]
fn expected<'a>(settings: &'a SignInSettings, nonce: &'a str) -> Expected<'a> {
    let now = (js_sys::Date::now() / 1000.0) as i64;
    Expected { issuer: &settings.issuer, client_id: &settings.client_id, nonce, now }
}
