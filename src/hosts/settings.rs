//! What the integrator configured: attributes, and a JSON file for what is the same on every page.

mod source;

use crate::app::config::{Config, CreditBy, Jurisdiction, Pricing, View};
use crate::carrier::json::Json;
use crate::carrier::{Api, CarrierError, transport};
use crate::domain::offering::Country;
use crate::ui::format::{is_locale, is_time_zone};
use gloo_timers::future::TimeoutFuture;
use source::{Source, absolute, is_phone};
use std::cell::RefCell;
use web_sys::HtmlElement;

/// What the integrator configured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// What the widget itself needs.
    pub config: Config,
    /// The sign-in server and this page's name there, where the widget signs in by itself.
    pub sign_in: Option<SignInSettings>,
    /// Whether calls and steps are written to the console.
    pub debug: bool,
    /// The settings whose values make no sense, by their attributes: the default stands in their place.
    pub wrong: Vec<String>,
}

/// An OAuth 2 authorization server (RFC 8414) and the client registered there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInSettings {
    /// The issuer, letter by letter as the server writes it: a slash at its end counts.
    pub issuer: String,
    /// The client's id.
    pub client_id: String,
    /// What access is asked for (RFC 6749, section 3.3); the server's default without it.
    pub scope: Option<String>,
}

impl SignInSettings {
    /// Whether the scope has this word in it.
    pub fn asks_for(&self, word: &str) -> bool {
        self.scope.as_ref().is_some_and(|scope| scope.split_ascii_whitespace().any(|known| known == word))
    }
}

/// Why there are no settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsError {
    /// The file that `config` names could not be read.
    Unreadable,
    /// Neither the attribute nor the file has a base address that is one.
    NoApiBase,
}

impl SettingsError {
    /// The stable code by which the host is told.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "config-unreadable",
            Self::NoApiBase => "api-base-missing",
        }
    }
}

/// Reads an element's settings: attributes first, then the file that the attribute `config` names.
///
/// # Errors
/// When the file cannot be read, or nothing says where the carrier is.
pub async fn read(element: &HtmlElement) -> Result<Settings, SettingsError> {
    let here = element.base_uri().ok().flatten().unwrap_or_default();
    let (file_url, file) = match element.get_attribute("config") {
        Some(file) => {
            let url = absolute(&file, &here).ok_or(SettingsError::Unreadable)?;
            let file = fetch(&url).await.map_err(|_| SettingsError::Unreadable)?;
            (url, file)
        }
        None => (String::new(), Json::Null),
    };
    let source = Source { element, file, file_url, here, wrong: RefCell::default(), known: RefCell::default() };
    let api_base = source.base("api-base").ok_or(SettingsError::NoApiBase)?;
    // Letter by letter as it names itself: a slash at its end counts.
    let issuer = source.checked("issuer", |issuer| absolute(issuer, issuer).map(|_| issuer.to_owned()));
    let sign_in = match (issuer, source.text("client-id")) {
        (Some(issuer), Some(client_id)) => Some(SignInSettings { issuer, client_id, scope: source.text("scope") }),
        (issuer, client_id) => {
            if issuer.is_some() || client_id.is_some() {
                source.is_wrong(if issuer.is_some() { "client-id" } else { "issuer" });
            }
            None
        }
    };
    let config = Config {
        api_base,
        apis: Api::WORDS.iter().filter_map(|(name, api)| Some((*api, source.api(name)?))).collect(),
        shows: source.word("view", View::WORDS).unwrap_or_default(),
        checkout_url: source.url("checkout-url"),
        offering: source.text("offering"),
        code: source.text("promo-code"),
        country: source.checked("country", Country::from_code),
        jurisdiction: source.word("jurisdiction", Jurisdiction::WORDS),
        carrier: source.text("carrier-name"),
        hotline: source.checked("hotline", |number| is_phone(number).then(|| number.to_owned())),
        time_zone: source.checked("time-zone", |zone| is_time_zone(zone).then(|| zone.to_owned())),
        idempotent: source.switch("idempotent"),
        pricing: source.word("pricing", Pricing::WORDS).unwrap_or_default(),
        credit: source.word("credit", CreditBy::WORDS).unwrap_or_default(),
        qualification: source.switch("qualification"),
        search_in_address: source.switch("search-in-address"),
        wallet: source.file.get("paymentRequest").filter(|methods| methods.as_list().is_some()).map(Json::to_string),
        return_url: source.checked("return-url", |url| source.return_url(url)),
    };
    // These two are no business of the state's: the style sheet and the words follow them.
    source.mind_attribute("theme", |theme| ["light", "dark", "auto"].contains(&theme));
    source.mind_attribute("locale", is_locale);
    let debug = source.switch("debug");
    source.mind_unknown();
    Ok(Settings { config, sign_in, debug, wrong: source.wrong.into_inner() })
}

/// Fetches the file: again after a second, and after three more, where no answer came.
async fn fetch(url: &str) -> Result<Json, CarrierError> {
    let mut waits = [1000, 3000].into_iter();
    loop {
        let answer = transport::fetch_json(url, None).await;
        match waits.next().filter(|_| answer == Err(CarrierError::NoReply)) {
            Some(wait) => TimeoutFuture::new(wait).await,
            None => return answer,
        }
    }
}

/// The language: the attribute `locale`, else that of the page around, else the browser's.
pub fn locale(element: &HtmlElement) -> String {
    let set = element.get_attribute("locale").filter(|locale| is_locale(locale));
    let around = || element.closest("[lang]").ok().flatten()?.get_attribute("lang");
    let browser = || leptos::prelude::window().navigator().language();
    set.or_else(around).filter(|locale| !locale.is_empty()).or_else(browser).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::SignInSettings;

    #[test]
    fn a_scope_is_asked_for_word_by_word() {
        let server = |scope: Option<&str>| SignInSettings {
            issuer: "https://id.test".to_owned(),
            client_id: "web".to_owned(),
            scope: scope.map(str::to_owned),
        };
        for (scope, expected) in [
            (Some("openid"), true),
            (Some("profile  openid"), true),
            (Some("openid2 openid:x OPENID"), false),
            (Some(""), false),
            (None, false),
        ] {
            assert_eq!(server(scope).asks_for("openid"), expected, "{scope:?}");
        }
    }
}
