//! What the integrator configured: attributes, and a JSON file for what is the same on every page.

use crate::app::config::{Config, CreditBy, Pricing};
use crate::carrier::json::Json;
use crate::carrier::transport;
use web_sys::HtmlElement;

/// What the integrator configured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// What the widget itself needs.
    pub config: Config,
    /// The sign-in server and this page's name there, where the widget signs in by itself.
    pub sign_in: Option<SignInSettings>,
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
    let file = match element.get_attribute("config") {
        Some(file) => {
            let url = absolute(&file, &here).ok_or(SettingsError::Unreadable)?;
            transport::fetch_json(&url, None).await.map_err(|_| SettingsError::Unreadable)?
        }
        None => Json::Null,
    };
    let setting = |attribute: &str, name: &str| {
        let value = element.get_attribute(attribute);
        value.or_else(|| file.get(name)?.as_str().map(str::to_owned)).filter(|value| !value.is_empty())
    };
    let switched_on =
        |attribute: &str, name: &str| element.has_attribute(attribute) || file.get(name) == Some(&Json::Bool(true));
    let api_base = setting("api-base", "apiBase").and_then(|base| absolute(&base, &here));
    let issuer = setting("issuer", "issuer").filter(|issuer| absolute(issuer, &here).is_some());
    let sign_in = issuer.zip(setting("client-id", "clientId"));
    Ok(Settings {
        config: Config {
            api_base: api_base.ok_or(SettingsError::NoApiBase)?,
            carrier: setting("carrier-name", "name"),
            hotline: setting("hotline", "hotline"),
            time_zone: setting("time-zone", "timeZone"),
            idempotent: switched_on("idempotent", "idempotent"),
            pricing: Pricing::from_word(setting("pricing", "pricing").as_deref()),
            credit: CreditBy::from_word(setting("credit", "credit").as_deref()),
            qualification: switched_on("qualification", "qualification"),
            search_in_address: switched_on("search-in-address", "searchInAddress"),
            wallet: file.get("paymentRequest").filter(|methods| methods.as_list().is_some()).map(Json::to_string),
            return_url: setting("return-url", "returnUrl"),
        },
        sign_in: sign_in.map(|(issuer, client_id)| SignInSettings {
            issuer,
            client_id,
            scope: setting("scope", "scope"),
        }),
    })
}

/// The language: the attribute `locale`, else that of the page around, else the browser's.
pub fn locale(element: &HtmlElement) -> String {
    let set = element.get_attribute("locale").filter(|locale| !locale.is_empty());
    let around = || element.closest("[lang]").ok().flatten()?.get_attribute("lang");
    let browser = || leptos::prelude::window().navigator().language();
    set.or_else(around).filter(|locale| !locale.is_empty()).or_else(browser).unwrap_or_default()
}

/// A web address in full and without a slash at its end; `None` for any other scheme.
fn absolute(url: &str, base: &str) -> Option<String> {
    let url = web_sys::Url::new_with_base(url, base).ok()?;
    matches!(url.protocol().as_str(), "https:" | "http:").then(|| url.href().trim_end_matches('/').to_owned())
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
