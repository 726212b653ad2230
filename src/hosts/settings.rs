//! What the integrator configured: attributes, and a JSON file for what is the same on every page.

use crate::app::config::{Config, CreditBy, Jurisdiction, Pricing, View};
use crate::carrier::json::Json;
use crate::carrier::{Api, transport};
use crate::domain::offering::Country;
use crate::ui::format::{is_locale, is_time_zone};
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
    /// The issuer's address.
    pub issuer: String,
    /// The client's id.
    pub client_id: String,
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
    let file = match element.get_attribute("config") {
        Some(file) => {
            let url = absolute(&file, &here).ok_or(SettingsError::Unreadable)?;
            transport::fetch_json(&url, None).await.map_err(|_| SettingsError::Unreadable)?
        }
        None => Json::Null,
    };
    let source = Source { element, file, here, wrong: RefCell::default() };
    let api_base = source.base("api-base").ok_or(SettingsError::NoApiBase)?;
    let sign_in = match (source.base("issuer"), source.text("client-id")) {
        (Some(issuer), Some(client_id)) => Some(SignInSettings { issuer, client_id }),
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
        view: source.word("view", View::WORDS).unwrap_or_default(),
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
    source.checked("theme", |theme| ["light", "dark", "auto"].contains(&theme).then_some(()));
    source.checked("locale", |locale| is_locale(locale).then_some(()));
    let debug = source.switch("debug");
    Ok(Settings { config, sign_in, debug, wrong: source.wrong.into_inner() })
}

/// Where settings stand, and which of them make no sense.
struct Source<'a> {
    element: &'a HtmlElement,
    file: Json,
    /// The page's address, to which those in the settings are relative.
    here: String,
    wrong: RefCell<Vec<String>>,
}

impl Source<'_> {
    /// The attribute of this name, else the text in the file: `client-id` is `clientId` there.
    fn text(&self, name: &str) -> Option<String> {
        let set = self.element.get_attribute(name).or_else(|| match self.file.get(&in_file(name)) {
            Some(Json::Null) | None => None,
            Some(value) => {
                let text = value.as_str();
                if text.is_none() {
                    self.is_wrong(name);
                }
                text.map(str::to_owned)
            }
        });
        set.filter(|text| !text.is_empty())
    }

    /// Whether something is said to be so: any attribute of this name, or true in the file.
    fn switch(&self, name: &str) -> bool {
        let in_file = self.file.get(&in_file(name));
        if !matches!(in_file, None | Some(Json::Bool(_) | Json::Null)) {
            self.is_wrong(name);
        }
        self.element.has_attribute(name) || in_file == Some(&Json::Bool(true))
    }

    /// A text that means something; what does not is wrong, and counts as not set.
    fn checked<T>(&self, name: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let value = read(&self.text(name)?);
        if value.is_none() {
            self.is_wrong(name);
        }
        value
    }

    fn word<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Option<T> {
        self.checked(name, |text| words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value))
    }

    fn url(&self, name: &str) -> Option<String> {
        self.checked(name, |text| absolute(text, &self.here))
    }

    /// An address below which others lie: without a slash at its end.
    fn base(&self, name: &str) -> Option<String> {
        Some(self.url(name)?.trim_end_matches('/').to_owned())
    }

    /// Where one API lies: the attribute `payment-base`, or in the file `payment` of `apis`.
    fn api(&self, name: &str) -> Option<String> {
        let attribute = [name, "-base"].concat();
        let text = self
            .element
            .get_attribute(&attribute)
            .or_else(|| self.file.get("apis")?.get(name)?.as_str().map(str::to_owned))?;
        let url = absolute(&text, &self.here);
        if url.is_none() {
            self.is_wrong(&attribute);
        }
        Some(url?.trim_end_matches('/').to_owned())
    }

    /// Where the payment page may lead back to: the page's own origin, and those that the file lists. An attribute alone,
    /// which whoever can put one into the page may write, leads nowhere else.
    fn return_url(&self, text: &str) -> Option<String> {
        let origin_of = |url: &str| web_sys::Url::new_with_base(url, &self.here).ok().map(|url| url.origin());
        let url = absolute(text, &self.here)?;
        let origin = origin_of(&url)?;
        let listed = self.file.get("returnOrigins").and_then(Json::as_list).unwrap_or_default();
        let is_listed = |one: &Json| one.as_str().and_then(origin_of).as_ref() == Some(&origin);
        (origin_of(&self.here).as_ref() == Some(&origin) || listed.iter().any(is_listed)).then_some(url)
    }

    fn is_wrong(&self, name: &str) {
        self.wrong.borrow_mut().push(name.to_owned());
    }
}

/// An attribute's name as it stands in the file: `time-zone` is `timeZone`, and the carrier's is just `name`.
fn in_file(attribute: &str) -> String {
    if attribute == "carrier-name" {
        return "name".to_owned();
    }
    let mut name = String::new();
    for (at, word) in attribute.split('-').enumerate() {
        let (first, rest) = word.split_at(usize::from(at > 0).min(word.len()));
        name.push_str(&first.to_ascii_uppercase());
        name.push_str(rest);
    }
    name
}

/// Whether a text is a phone number as people write it.
fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 3 && text.chars().all(|sign| sign.is_ascii_digit() || "+ ()-./\u{a0}\u{202f}".contains(sign))
}

/// The language: the attribute `locale`, else that of the page around, else the browser's.
pub fn locale(element: &HtmlElement) -> String {
    let set = element.get_attribute("locale").filter(|locale| is_locale(locale));
    let around = || element.closest("[lang]").ok().flatten()?.get_attribute("lang");
    let browser = || leptos::prelude::window().navigator().language();
    set.or_else(around).filter(|locale| !locale.is_empty()).or_else(browser).unwrap_or_default()
}

/// A web address in full; `None` for any other scheme.
fn absolute(url: &str, base: &str) -> Option<String> {
    let url = web_sys::Url::new_with_base(url, base).ok()?;
    matches!(url.protocol().as_str(), "https:" | "http:").then(|| url.href())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_has_another_name_in_the_file() {
        for (attribute, name) in [
            ("api-base", "apiBase"),
            ("view", "view"),
            ("search-in-address", "searchInAddress"),
            ("carrier-name", "name"),
        ] {
            assert_eq!(in_file(attribute), name);
        }
    }

    #[test]
    fn a_phone_number_is_what_people_write() {
        for number in ["+37799003456", "+377 99 00 34 56", "112", "(0)20-7946.0000"] {
            assert!(is_phone(number), "{number}");
        }
        for number in ["", "12", "call us", "+377 99x", "javascript:1111"] {
            assert!(!is_phone(number), "{number}");
        }
    }
}
