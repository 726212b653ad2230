//! What the way back from the sign-in is checked against, and whether the tab may ask without a question.

use crate::app::storage;
use crate::hosts::settings::SignInSettings;
use crate::hosts::sign_in::KNOWN;

/// Under this name the tab keeps what the way back from the sign-in is checked against.
const PENDING: &str = "esim-renewal:sign-in";

/// How often a tab asks silently without an answer. A server that never leads back must not be asked for ever.
const MOST_TRIES: usize = 3;

/// A sign-in that has left the page.
#[derive(Debug, PartialEq, Eq)]
pub struct Pending {
    /// Stands in the answer again: an answer without it is not to this question (RFC 6749, section 10.12).
    pub state: String,
    /// Proves to the token endpoint that the question was ours (RFC 7636).
    pub verifier: String,
    /// Stands in the id token again.
    pub nonce: String,
    /// The address that the answer comes to.
    pub redirect: String,
    /// Whether the server was asked without a question to the subscriber.
    pub silently: bool,
    /// The document that was left, where a link had led to it ([`crate::app::open::followed`]); else empty.
    pub followed: String,
    /// The page's address before it was left.
    pub page: String,
}

impl Pending {
    /// Keeps it in the tab.
    pub fn keep(&self, settings: &SignInSettings) {
        storage::write(PENDING, &self.write(settings));
    }

    /// What was kept for this `state`; once.
    pub fn take(settings: &SignInSettings, state: &str) -> Option<Self> {
        let pending = Self::read(settings, &storage::read(PENDING)?).filter(|pending| pending.state == state)?;
        storage::remove(PENDING);
        Some(pending)
    }

    fn write(&self, settings: &SignInSettings) -> String {
        let silently = if self.silently { "none" } else { "" };
        let SignInSettings { issuer, client_id, .. } = settings;
        let Self { state, verifier, nonce, redirect, followed, page, .. } = self;
        [issuer, client_id, &**state, verifier, nonce, redirect, silently, followed, page].join("\n")
    }

    /// Of another server, or another client of it, it is none: its code would be given to the wrong one
    /// (RFC 9700, section 4.4).
    fn read(settings: &SignInSettings, kept: &str) -> Option<Self> {
        let mut parts = kept.splitn(9, '\n').map(str::to_owned);
        let mut next = || parts.next();
        let (issuer, client_id) = (next()?, next()?);
        let (state, verifier, nonce, redirect) = (next()?, next()?, next()?, next()?);
        let (silently, followed, page) = (!next()?.is_empty(), next()?, next()?);
        let is_ours = issuer == settings.issuer && client_id == settings.client_id;
        is_ours.then_some(Self { state, verifier, nonce, redirect, silently, followed, page })
    }
}

/// How often this tab has asked silently since somebody was signed in by this server: nothing where nobody was, or where
/// it was asked in vain too often.
pub fn silent_tries(settings: &SignInSettings) -> Option<usize> {
    let tries = storage::read(KNOWN)?.strip_suffix(&settings.issuer)?.len();
    (tries < MOST_TRIES).then_some(tries)
}

/// Remembers that somebody was signed in, and how often the server was asked silently since.
pub fn remember(settings: &SignInSettings, tries: usize) {
    storage::write(KNOWN, &["?".repeat(tries), settings.issuer.clone()].concat());
}

#[cfg(test)]
mod tests {
    use super::{Pending, SignInSettings};

    fn settings(issuer: &str, client_id: &str) -> SignInSettings {
        SignInSettings { issuer: issuer.to_owned(), client_id: client_id.to_owned(), scope: None }
    }

    #[test]
    fn what_is_kept_comes_back_for_the_server_that_was_asked_alone() {
        for silently in [true, false] {
            let text = |text: &str| text.to_owned();
            let (state, verifier, nonce) = (text("s"), text("v"), text("n"));
            let (redirect, page) = (text("https://page.test/"), text("https://page.test/?a=1#b"));
            let followed = text(if silently { "1" } else { "" });
            let pending = Pending { state, verifier, nonce, redirect, silently, followed, page };
            let kept = pending.write(&settings("https://id.test", "web"));
            assert_eq!(Pending::read(&settings("https://id.test", "web"), &kept).as_ref(), Some(&pending));
            for other in [settings("https://other.test", "web"), settings("https://id.test", "app")] {
                assert_eq!(Pending::read(&other, &kept), None);
            }
        }
        assert_eq!(Pending::read(&settings("", ""), "\n\ns\nv"), None);
    }
}
