//! Where settings stand, and what of it makes sense.

use crate::carrier::Api;
use crate::carrier::json::Json;
use std::cell::RefCell;
use web_sys::HtmlElement;

/// Where settings stand, and which of them make no sense.
pub(super) struct Source<'a> {
    pub(super) element: &'a HtmlElement,
    pub(super) file: Json,
    /// The file's address, where there is one.
    pub(super) file_url: String,
    /// The page's address, to which those in the settings are relative.
    pub(super) here: String,
    pub(super) wrong: RefCell<Vec<String>>,
    /// What was looked for in the file.
    pub(super) known: RefCell<Vec<String>>,
}

/// What stands in the file under names of its own.
const OF_THE_FILE: [&str; 4] = ["apis", "page", "paymentRequest", "returnOrigins"];

impl Source<'_> {
    /// The attribute of this name, else the text in the file.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let in_file = self.in_file(name);
        let set = self.element.get_attribute(name).or_else(|| match in_file {
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

    /// Whether something is said to be so: any attribute of this name that is not `false`, or true in the file.
    pub(super) fn switch(&self, name: &str) -> bool {
        let in_file = self.in_file(name);
        if !matches!(in_file, None | Some(Json::Bool(_) | Json::Null)) {
            self.is_wrong(name);
        }
        match self.element.get_attribute(name) {
            Some(word) => word != "false",
            None => in_file == Some(&Json::Bool(true)),
        }
    }

    /// What the file says of a setting: `client-id` is `clientId` there.
    fn in_file(&self, name: &str) -> Option<&Json> {
        let name = in_file(name);
        let value = self.file.get(&name);
        self.known.borrow_mut().push(name);
        value
    }

    /// An attribute that the file cannot set: wrong, where it makes no sense.
    pub(super) fn mind_attribute(&self, name: &str, is_right: impl FnOnce(&str) -> bool) {
        if self.element.get_attribute(name).is_some_and(|text| !text.is_empty() && !is_right(&text)) {
            self.is_wrong(name);
        }
    }

    /// Names in the file that mean nothing, such as misspelt ones: they are wrong, once all settings were read.
    pub(super) fn mind_unknown(&self) {
        let names = |value: Option<&Json>| match value {
            Some(Json::Object(members)) => members.iter().map(|(name, _)| name.clone()).collect(),
            _ => vec![],
        };
        for name in names(Some(&self.file)) {
            if !(OF_THE_FILE.contains(&&*name) || self.known.borrow().contains(&name)) {
                self.is_wrong(&name);
            }
        }
        for name in names(self.file.get("apis")) {
            if Api::WORDS.iter().all(|(known, _)| *known != name) {
                self.is_wrong(&["apis.", &name].concat());
            }
        }
    }

    /// A text that means something; what does not is wrong, and counts as not set.
    pub(super) fn checked<T>(&self, name: &str, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let value = read(&self.text(name)?);
        if value.is_none() {
            self.is_wrong(name);
        }
        value
    }

    pub(super) fn word<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Option<T> {
        self.checked(name, |text| words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value))
    }

    pub(super) fn url(&self, name: &str) -> Option<String> {
        self.checked(name, |text| absolute(text, &self.here))
    }

    /// An address below which others lie: without a slash at its end.
    pub(super) fn base(&self, name: &str) -> Option<String> {
        Some(self.url(name)?.trim_end_matches('/').to_owned())
    }

    /// Where one API lies: the attribute `payment-base`, or in the file `payment` of `apis`.
    pub(super) fn api(&self, name: &str) -> Option<String> {
        let attribute = [name, "-base"].concat();
        let in_file = self.file.get("apis").and_then(|apis| apis.get(name));
        let set = self.element.get_attribute(&attribute).or_else(|| in_file?.as_str().map(str::to_owned));
        if set.is_none() && in_file.is_some() {
            self.is_wrong(&attribute);
        }
        let text = set.filter(|text| !text.is_empty())?;
        let url = absolute(&text, &self.here);
        if url.is_none() {
            self.is_wrong(&attribute);
        }
        Some(url?.trim_end_matches('/').to_owned())
    }

    /// Where the payment page may lead back to: the page's own origin, and those that the file lists, if it is of that origin
    /// too. An attribute alone, which whoever can put one into the page may write, leads nowhere else.
    pub(super) fn return_url(&self, text: &str) -> Option<String> {
        let origin_of = |url: &str| web_sys::Url::new_with_base(url, &self.here).ok().map(|url| url.origin());
        let url = absolute(text, &self.here)?;
        let origin = origin_of(&url)?;
        let own = origin_of(&self.here);
        let listed =
            self.file.get("returnOrigins").and_then(Json::as_list).filter(|_| origin_of(&self.file_url) == own);
        let is_listed = |one: &Json| one.as_str().and_then(origin_of).as_ref() == Some(&origin);
        (own.as_ref() == Some(&origin) || listed.unwrap_or_default().iter().any(is_listed)).then_some(url)
    }

    pub(super) fn is_wrong(&self, name: &str) {
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
pub(super) fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits >= 3 && text.chars().all(|sign| sign.is_ascii_digit() || "+ ()-./\u{a0}\u{202f}".contains(sign))
}

/// A web address in full; `None` for any other scheme.
pub(super) fn absolute(url: &str, base: &str) -> Option<String> {
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
