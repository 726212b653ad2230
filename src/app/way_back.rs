//! The way to the payment page and back: which attempt the page's address names.

use super::open::{CODE_PARAMETER, OFFERING_PARAMETER};
use super::{App, storage};
use crate::domain::id::AttemptKey;
use leptos::prelude::{WithValue, window};
use web_sys::Url;

/// The parameter of the return address that names the attempt. It proves nothing: the carrier is asked.
const RETURN_PARAMETER: &str = "esim-return";

impl App {
    /// Where the payment page leads back to: the configured address or this one, with the attempt's name on it.
    pub(super) fn return_url(self, key: &AttemptKey) -> Option<String> {
        let configured = self.config.with_value(|config| config.return_url.clone());
        let here = window().location().href().ok()?;
        let configured = configured.and_then(|url| Url::new_with_base(&url, &here).ok());
        let url = configured.or_else(|| Url::new(&here).ok())?;
        let parameters = url.search_params();
        parameters.set(RETURN_PARAMETER, key.as_str());
        // What led here was chosen, and shall not be chosen again.
        parameters.delete(OFFERING_PARAMETER);
        parameters.delete(CODE_PARAMETER);
        Some(url.href())
    }

    /// The attempt that the address names, on the way back from the payment page, unless the subscriber has left it since.
    /// It proves nothing: the carrier is asked.
    pub(super) fn returned(self) -> Option<AttemptKey> {
        let key = returned()?;
        (storage::read(&self.left_name()).as_deref() != Some(key.as_str())).then_some(key)
    }

    /// Remembers that the attempt that the address names was left, so that it is not opened again.
    pub(super) fn leave_returned(self) {
        if let Some(key) = returned() {
            storage::write(&self.left_name(), key.as_str());
        }
    }

    /// The name under which the attempt is kept that was left after the way back from its payment page.
    pub(super) fn left_name(self) -> String {
        [&self.saved_name(), ":left"].concat()
    }
}

/// The attempt that the address names.
pub(super) fn returned() -> Option<AttemptKey> {
    let here = Url::new(&window().location().href().ok()?).ok()?;
    AttemptKey::new(&here.search_params().get(RETURN_PARAMETER)?)
}
