//! What the sign-in server answers: in the page's address, and to the question for tokens.

use crate::carrier::json::Json;
use crate::hosts::sign_in::Failure;

/// The longest error word that is handed on. The OAuth registry has none that long.
const LONGEST_WORD: usize = 60;

/// The code in the page's address (RFC 6749, section 4.1.2), or why there is none.
///
/// `says_who`: the server has announced that each answer names it (RFC 9207, section 2.4). An answer that names another
/// is none of ours, and that counts for errors too.
pub fn code(
    parameter: impl Fn(&'static str) -> Option<String>,
    issuer: &str,
    says_who: bool,
) -> Result<String, Failure> {
    let is_ours = parameter("iss").map_or(!says_who, |named| named == issuer);
    if !is_ours {
        return Err(Failure::refused("iss"));
    }
    match parameter("error") {
        Some(error) => Err(Failure::Refused(word(&error))),
        None => parameter("code").ok_or_else(|| Failure::refused("code")),
    }
}

/// An error word without whatever does not belong into one (RFC 6749, section 5.2): nothing about a person passes.
pub fn word(error: &str) -> String {
    let is_word = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_';
    let holds = !error.is_empty() && error.len() <= LONGEST_WORD && error.bytes().all(is_word);
    if holds { error.to_owned() } else { "error".to_owned() }
}

/// Whether this is only the answer that a sign-in without a question is not to be had (`OpenID` Connect Core, 3.1.2.6).
pub fn asks_for_a_person(failure: &Failure) -> bool {
    const WORDS: [&str; 4] =
        ["login_required", "interaction_required", "consent_required", "account_selection_required"];
    matches!(failure, Failure::Refused(word) if WORDS.contains(&word.as_str()))
}

/// The tokens of an answer (RFC 6749, section 5.1).
#[derive(Debug, PartialEq, Eq)]
pub struct Granted {
    pub access: String,
    pub refresh: Option<String>,
    pub id: Option<String>,
}

impl Granted {
    /// Reads them; a token of another type than `Bearer` (RFC 6750) is of no use here.
    pub fn read(answer: &Json) -> Result<Self, Failure> {
        let text = |name: &str| answer.get(name)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        if !text("token_type").is_some_and(|kind| kind.eq_ignore_ascii_case("bearer")) {
            return Err(Failure::refused("token_type"));
        }
        let access = text("access_token").ok_or_else(|| Failure::refused("access_token"))?;
        Ok(Self { access, refresh: text("refresh_token"), id: text("id_token") })
    }
}

#[cfg(test)]
mod tests {
    use super::{Failure, Granted, asks_for_a_person, code, word};
    use crate::carrier::json::Json;

    const ISSUER: &str = "https://id.test";

    fn read(query: &'static str, says_who: bool) -> Result<String, Failure> {
        let parameter = |name: &'static str| {
            query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).map(str::to_owned)
        };
        code(parameter, ISSUER, says_who)
    }

    fn refused(word: &'static str) -> Result<String, Failure> {
        Err(Failure::refused(word))
    }

    #[test]
    fn an_answer_is_of_the_server_that_was_asked() {
        let code = Ok("c".to_owned());
        assert_eq!(read("code=c&iss=https://id.test", true), code);
        assert_eq!(read("code=c&iss=https://id.test", false), code);
        assert_eq!(read("code=c", false), code);
        assert_eq!(read("code=c", true), refused("iss"));
        for other in ["code=c&iss=https://id.test/", "code=c&iss=https://evil.test", "code=c&iss=", "error=x&iss=other"]
        {
            for says_who in [true, false] {
                assert_eq!(read(other, says_who), refused("iss"), "{other}");
            }
        }
    }

    #[test]
    fn an_error_counts_before_a_code_and_is_handed_on_as_a_word_alone() {
        assert_eq!(read("error=access_denied&code=c", false), refused("access_denied"));
        assert_eq!(read("error=Mr Smith is not allowed", false), refused("error"));
        assert_eq!(read("other=1", false), refused("code"));
        assert_eq!(word(""), "error");
        assert_eq!(word(&"a".repeat(61)), "error");
    }

    #[test]
    fn only_the_want_of_a_person_is_no_failure_of_a_silent_sign_in() {
        assert!(asks_for_a_person(&Failure::refused("login_required")));
        assert!(!asks_for_a_person(&Failure::refused("access_denied")));
        assert!(!asks_for_a_person(&Failure::Unreachable));
    }

    #[test]
    fn tokens_are_those_of_a_bearer() {
        let read = |text: &str| Granted::read(&Json::parse(text).unwrap());
        let granted = Granted { access: "a".to_owned(), refresh: None, id: Some("i".to_owned()) };
        assert_eq!(
            read(r#"{"access_token":"a","token_type":"bearer","refresh_token":"","id_token":"i"}"#),
            Ok(granted)
        );
        for (text, wrong) in [
            (r#"{"access_token":"a","token_type":"DPoP"}"#, "token_type"),
            (r#"{"access_token":"a"}"#, "token_type"),
            (r#"{"token_type":"Bearer"}"#, "access_token"),
        ] {
            assert_eq!(read(text), Err(Failure::refused(wrong)));
        }
    }
}
