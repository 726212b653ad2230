//! What the id token says (`OpenID` Connect Core, section 2), as far as it concerns this sign-in.
//!
//! It comes straight from the token endpoint over TLS, which stands for its signature (section 3.1.3.7, item 6).

use super::base64url;
use crate::carrier::json::Json;

/// How far, in seconds, the clock of the browser's machine may be ahead of the sign-in server's.
const LEEWAY: i64 = 300;

/// An id token that was looked at and holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdToken {
    /// As it came, for the sign-out.
    pub text: String,
    /// Who is signed in, by the server's own name for them.
    subject: String,
}

/// What an id token has to say.
pub struct Expected<'a> {
    /// The sign-in server.
    pub issuer: &'a str,
    /// This page's client there.
    pub client_id: &'a str,
    /// What was sent along when the sign-in began.
    pub nonce: &'a str,
    /// Seconds since 1970.
    pub now: i64,
}

impl Expected<'_> {
    /// The id token of a sign-in, or the claim in it that is wrong.
    pub fn at_sign_in(&self, text: &str) -> Result<IdToken, &'static str> {
        let claims = read(text).ok_or("id_token")?;
        if claims.get("nonce").and_then(Json::as_str) != Some(self.nonce) {
            return Err("nonce");
        }
        self.check(text, &claims)
    }

    /// The id token that came with a renewal (section 12.2): of the same person, and with no other nonce.
    pub fn at_renewal(&self, text: &str, before: &IdToken) -> Result<IdToken, &'static str> {
        let claims = read(text).ok_or("id_token")?;
        if claims.get("nonce").is_some_and(|nonce| nonce.as_str() != Some(self.nonce)) {
            return Err("nonce");
        }
        let token = self.check(text, &claims)?;
        if token.subject == before.subject { Ok(token) } else { Err("sub") }
    }

    fn check(&self, text: &str, claims: &Json) -> Result<IdToken, &'static str> {
        let claim = |name: &str| claims.get(name).and_then(Json::as_str);
        if claim("iss") != Some(self.issuer) {
            return Err("iss");
        }
        // One audience as a text, or a list. Of others in it nothing is known, so they are not trusted.
        let is_for_us = match claims.get("aud") {
            Some(Json::List(all)) => !all.is_empty() && all.iter().all(|one| one.as_str() == Some(self.client_id)),
            one => one.and_then(Json::as_str) == Some(self.client_id),
        };
        if !is_for_us {
            return Err("aud");
        }
        if claims.get("azp").is_some_and(|party| party.as_str() != Some(self.client_id)) {
            return Err("azp");
        }
        if claims.get("exp").and_then(seconds).is_none_or(|end| end + LEEWAY <= self.now) {
            return Err("exp");
        }
        let subject = claim("sub").filter(|subject| !subject.is_empty()).ok_or("sub")?;
        Ok(IdToken { text: text.to_owned(), subject: subject.to_owned() })
    }
}

/// The claims of a signed token (RFC 7519): its second part of three.
fn read(text: &str) -> Option<Json> {
    let mut parts = text.split('.');
    let (_, claims, _) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    Json::parse(std::str::from_utf8(&base64url::decode(claims)?).ok()?)
}

/// A `NumericDate` (RFC 7519) without its fraction, and never so far that a leeway more would not fit.
fn seconds(date: &Json) -> Option<i64> {
    let Json::Number(digits) = date else { return None };
    let whole = digits.split('.').next().unwrap_or_default();
    whole.parse::<i64>().ok().map(|seconds| seconds.min(i64::MAX - LEEWAY))
}

#[cfg(test)]
mod tests {
    use super::{Expected, IdToken, base64url};

    const EXPECTED: Expected<'_> =
        Expected { issuer: "https://id.test/mobile/", client_id: "web", nonce: "n-1", now: 1_000_000 };
    const GOOD: &str = r#"{"iss":"https://id.test/mobile/","aud":"web","sub":"s","nonce":"n-1","exp":1000001}"#;

    fn token(claims: &str) -> String {
        ["e30", &base64url::encode(claims.as_bytes()), "c2ln"].join(".")
    }

    fn changed(from: &str, to: &str) -> String {
        let claims = GOOD.replace(from, to);
        assert_ne!(claims, GOOD, "{from}");
        token(&claims)
    }

    #[test]
    fn a_token_of_this_sign_in_holds() {
        let text = token(GOOD);
        assert_eq!(EXPECTED.at_sign_in(&text), Ok(IdToken { text: text.clone(), subject: "s".to_owned() }));
        for (from, to) in [
            (r#""web""#, r#"["web"]"#),
            (r#""web""#, r#""web","azp":"web""#),
            ("1000001", "1000000.5"),
            ("1000001", "9223372036854775807"),
            // The clock of the machine may be some minutes ahead.
            ("1000001", "999701"),
        ] {
            let token = EXPECTED.at_sign_in(&changed(from, to));
            assert_eq!(token.map(|token| token.subject), Ok("s".to_owned()), "{to}");
        }
    }

    #[test]
    fn a_token_that_is_not_of_this_sign_in_is_refused_by_what_is_wrong() {
        for (from, to, wrong) in [
            ("n-1", "n-2", "nonce"),
            (r#""nonce":"n-1","#, "", "nonce"),
            ("mobile/", "mobile", "iss"),
            (r#""web""#, r#""other""#, "aud"),
            (r#""web""#, r#"["web","other"]"#, "aud"),
            (r#""web""#, "[]", "aud"),
            (r#""web""#, r#""web","azp":"other""#, "azp"),
            ("1000001", "999700", "exp"),
            ("1000001", r#""1000001""#, "exp"),
            (r#","exp":1000001"#, "", "exp"),
            (r#""s""#, r#""""#, "sub"),
            (r#""sub":"s","#, "", "sub"),
        ] {
            assert_eq!(EXPECTED.at_sign_in(&changed(from, to)), Err(wrong), "{to}");
        }
        for text in ["", "e30", "e30.e30", &[&token(GOOD), ".x"].concat(), "e30.e3.x", "e30.*.x", "a.b.c.d.e"] {
            assert_eq!(EXPECTED.at_sign_in(text), Err("id_token"), "{text}");
        }
    }

    #[test]
    fn a_renewed_token_is_of_the_same_person() {
        let before = EXPECTED.at_sign_in(&token(GOOD)).unwrap();
        for text in [token(GOOD), changed(r#""nonce":"n-1","#, "")] {
            assert!(EXPECTED.at_renewal(&text, &before).is_ok_and(|token| token.text == text));
        }
        for (from, to, wrong) in [(r#""s""#, r#""t""#, "sub"), ("n-1", "n-2", "nonce"), ("id.test", "evil.test", "iss")]
        {
            assert_eq!(EXPECTED.at_renewal(&changed(from, to), &before), Err(wrong));
        }
    }
}
