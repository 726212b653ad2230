//! The sign-in server: its description of itself, and what it is asked without leaving the page.

use super::answer::{Granted, word};
use crate::carrier::CarrierError;
use crate::carrier::json::Json;
use crate::carrier::transport;
use crate::hosts::sign_in::Failure;
use futures::future::{FutureExt, select};
use gloo_timers::future::TimeoutFuture;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::UrlSearchParams;

/// How long the sign-out waits for a token to be revoked, in milliseconds.
const REVOCATION_LIMIT: u32 = 3_000;

thread_local! {
    /// The server that was found last. It holds for as long as the page lives.
    static FOUND: RefCell<Option<Rc<Server>>> = const { RefCell::new(None) };
}

/// A sign-in server's description of itself (`OpenID` Connect Discovery, RFC 8414).
pub struct Server {
    issuer: String,
    says: Json,
}

impl Server {
    /// Asks for the description, once for a page.
    pub async fn find(issuer: &str) -> Result<Rc<Self>, Failure> {
        let found = FOUND.with_borrow(Clone::clone).filter(|server| server.issuer == issuer);
        if let Some(server) = found {
            return Ok(server);
        }
        // A slash at the issuer's end is part of its name, and none of this address (section 4 of the discovery).
        let base = issuer.strip_suffix('/').unwrap_or(issuer);
        let url = [base, "/.well-known/openid-configuration"].concat();
        let says = transport::fetch_json(&url, None).await.map_err(failure)?;
        let server = Rc::new(Self::check(issuer, says)?);
        FOUND.set(Some(Rc::clone(&server)));
        Ok(server)
    }

    /// A description holds if it is of exactly this issuer (section 4.3), and does not lack what the sign-in needs.
    fn check(issuer: &str, says: Json) -> Result<Self, Failure> {
        if says.get("issuer").and_then(Json::as_str) != Some(issuer) {
            return Err(Failure::refused("issuer"));
        }
        let server = Self { issuer: issuer.to_owned(), says };
        // Not all servers that know PKCE say so; of one that says what it knows, S256 is a part.
        if server.lists("code_challenge_methods_supported", "S256") == Some(false) {
            return Err(Failure::refused("code_challenge_methods_supported"));
        }
        Ok(server)
    }

    /// Whether a list in the description has an entry; nothing where there is no such list.
    fn lists(&self, name: &str, entry: &str) -> Option<bool> {
        let list = self.says.get(name)?.as_list()?;
        Some(list.iter().any(|one| one.as_str() == Some(entry)))
    }

    /// The server's own name for itself.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Whether each answer in the page's address names the server (RFC 9207, section 3).
    pub fn says_who(&self) -> bool {
        self.says.get("authorization_response_iss_parameter_supported") == Some(&Json::Bool(true))
    }

    /// Whether it may be asked without a question to the subscriber, as far as it says.
    pub fn answers_silently(&self) -> bool {
        self.lists("prompt_values_supported", "none") != Some(false)
    }

    /// An address of the server. It is a web address, and no less secure than the issuer: a script's never is.
    pub fn endpoint(&self, name: &'static str) -> Result<&str, Failure> {
        let address = self.says.get(name).and_then(Json::as_str).filter(|address| {
            address.starts_with("https://") || address.starts_with("http://") && self.issuer.starts_with("http://")
        });
        address.ok_or_else(|| Failure::refused(name))
    }

    /// Asks the token endpoint (RFC 6749, sections 4.1.3 and 6).
    pub async fn grant(&self, form: &[(&str, &str)]) -> Result<Granted, Failure> {
        let answer = transport::fetch_json(self.endpoint("token_endpoint")?, Some(&written(form)?)).await;
        Granted::read(&answer.map_err(failure)?)
    }

    /// Revokes a refresh token, and what came from it (RFC 7009), where the server can. What comes of it changes nothing.
    pub async fn revoke(&self, refresh: &str, client_id: &str) {
        let form = written(&[("token", refresh), ("token_type_hint", "refresh_token"), ("client_id", client_id)]);
        if let (Ok(url), Ok(form)) = (self.endpoint("revocation_endpoint"), form) {
            let revocation = transport::fetch_json(url, Some(&form)).boxed_local();
            select(revocation, TimeoutFuture::new(REVOCATION_LIMIT)).await;
        }
    }
}

/// A form as it is sent (`application/x-www-form-urlencoded`).
fn written(form: &[(&str, &str)]) -> Result<String, Failure> {
    let body = UrlSearchParams::new().map_err(|_| Failure::refused("form"))?;
    for (name, value) in form {
        body.append(name, value);
    }
    Ok(body.to_string().into())
}

/// What a call that brought nothing means for the sign-in: a refusal is final, all else may be tried again.
fn failure(error: CarrierError) -> Failure {
    match error {
        CarrierError::Refused { status: 429 | 500.., .. } => Failure::Unreachable,
        CarrierError::Refused { code: Some(code), .. } => Failure::Refused(word(&code)),
        CarrierError::Refused { status, .. } => Failure::Refused(status.to_string()),
        CarrierError::Unreadable(_) => Failure::refused("unreadable"),
        _ => Failure::Unreachable,
    }
}

#[cfg(test)]
mod tests {
    use super::{Failure, Server, failure};
    use crate::carrier::json::Json;
    use crate::carrier::{CarrierError, ParseError};

    fn check(issuer: &str, says: &str) -> Result<Server, Failure> {
        Server::check(issuer, Json::parse(says).unwrap())
    }

    #[test]
    fn a_description_is_of_exactly_the_issuer() {
        for issuer in ["https://id.test", "https://id.test/", "https://id.test/mobile"] {
            assert!(check(issuer, &format!(r#"{{"issuer":"{issuer}"}}"#)).is_ok(), "{issuer}");
        }
        for (issuer, named) in [
            ("https://id.test", "https://id.test/"),
            ("https://id.test/", "https://id.test"),
            ("https://id.test", "https://ID.test"),
            ("https://id.test", "https://evil.test"),
        ] {
            let server = check(issuer, &format!(r#"{{"issuer":"{named}"}}"#));
            assert_eq!(server.err(), Some(Failure::refused("issuer")), "{named}");
        }
        assert_eq!(check("https://id.test", "{}").err(), Some(Failure::refused("issuer")));
    }

    #[test]
    fn a_server_that_says_it_lacks_s256_is_refused() {
        let with = |methods: &str| {
            check(
                "https://id.test",
                &format!(r#"{{"issuer":"https://id.test","code_challenge_methods_supported":{methods}}}"#),
            )
        };
        assert!(with(r#"["plain","S256"]"#).is_ok());
        for methods in ["[]", r#"["plain"]"#] {
            assert_eq!(with(methods).err(), Some(Failure::refused("code_challenge_methods_supported")));
        }
    }

    #[test]
    fn what_is_not_said_is_not_known() {
        let says = |rest: &str| check("https://id.test", &format!(r#"{{"issuer":"https://id.test"{rest}}}"#)).unwrap();
        assert!(!says("").says_who() && says("").answers_silently());
        assert!(says(r#","authorization_response_iss_parameter_supported":true"#).says_who());
        assert!(says(r#","prompt_values_supported":["login","none"]"#).answers_silently());
        assert!(!says(r#","prompt_values_supported":["login"]"#).answers_silently());
    }

    #[test]
    fn an_address_is_as_secure_as_the_issuer() {
        let endpoint = |issuer: &str, address: &str| {
            let server = check(issuer, &format!(r#"{{"issuer":"{issuer}","token_endpoint":"{address}"}}"#)).unwrap();
            server.endpoint("token_endpoint").map(str::to_owned)
        };
        for (issuer, address) in [
            ("https://id.test", "https://api.test/token"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080/token"),
            ("http://127.0.0.1:8080", "https://id.test/token"),
        ] {
            assert_eq!(endpoint(issuer, address), Ok(address.to_owned()));
        }
        for address in ["http://id.test/token", "javascript:alert(1)", "//id.test/token", ""] {
            assert_eq!(endpoint("https://id.test", address), Err(Failure::refused("token_endpoint")), "{address}");
        }
    }

    #[test]
    fn only_a_refusal_is_final() {
        let refused = |status, code: Option<&str>| CarrierError::Refused { status, code: code.map(str::to_owned) };
        assert_eq!(failure(refused(400, Some("invalid_grant"))), Failure::refused("invalid_grant"));
        assert_eq!(failure(refused(404, None)), Failure::refused("404"));
        assert_eq!(failure(CarrierError::Unreadable(ParseError { field: "body" })), Failure::refused("unreadable"));
        let busy = [refused(429, None), refused(502, None), refused(503, Some("temporarily_unavailable"))];
        for error in [CarrierError::NoReply, CarrierError::TimedOut].into_iter().chain(busy) {
            assert_eq!(failure(error), Failure::Unreachable);
        }
    }
}
