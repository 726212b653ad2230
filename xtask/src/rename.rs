//! Names that carry a hash of the content, and the references to them.

use anyhow::{Result, bail};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fmt::Write};

/// New names by old ones, both relative to the folder of the build.
pub type Names = BTreeMap<String, String>;

/// The hexadecimal digits of a hash in a name.
const DIGITS: usize = 16;

/// `widget.js` → `widget.0123456789abcdef.js`.
pub fn hashed(name: &str, content: &[u8]) -> String {
    let hash = Sha256::digest(content);
    let mut digits = String::with_capacity(DIGITS);
    for byte in &hash[..DIGITS / 2] {
        // Writing to a string does not fail.
        let _ = write!(digits, "{byte:02x}");
    }
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{digits}.{extension}"),
        None => format!("{name}.{digits}"),
    }
}

/// `widget.0123456789abcdef.js` → `widget.js`; a name without a hash stays.
pub fn plain(name: &str) -> String {
    let is_hash = |part: &str| part.len() == DIGITS && part.bytes().all(|b| b.is_ascii_hexdigit());
    let parts: Vec<&str> = name.split('.').filter(|part| !is_hash(part)).collect();
    parts.join(".")
}

/// The text with each reference to a renamed file replaced. A reference is a whole word between quotes, brackets or
/// white space, such as `"./widget.js"` or `url(icon.svg)`: never a part of a longer address.
pub fn rewrite(text: &str, names: &Names) -> String {
    let mut result = String::with_capacity(text.len());
    for word in words(text) {
        let path = path_of(word);
        match names.get(path) {
            Some(new) => {
                let start = word.len() - word.trim_start_matches("./").trim_start_matches('/').len();
                result.push_str(&word[..start]);
                result.push_str(new);
                result.push_str(&word[start + path.len()..]);
            }
            None => result.push_str(word),
        }
    }
    result
}

/// The order in which files can be named, so that each is complete before its own hash is taken: those it refers to first.
pub fn order(texts: &BTreeMap<String, String>) -> Result<Vec<String>> {
    let mut done: Vec<String> = Vec::new();
    while done.len() < texts.len() {
        let waits = |name: &str, text: &str| {
            words(text).any(|word| {
                let path = path_of(word);
                path != name && texts.contains_key(path) && !done.iter().any(|d| d == path)
            })
        };
        let next = texts.iter().find(|(name, text)| !done.contains(name) && !waits(name, text));
        match next {
            Some((name, _)) => done.push(name.clone()),
            None => bail!("files that refer to one another in a circle cannot be named by their content"),
        }
    }
    Ok(done)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(|c: char| c.is_whitespace() || "\"'`()<>=,;".contains(c))
}

/// The file that a word refers to: without what leads to it and what follows it.
fn path_of(word: &str) -> &str {
    let word = word.trim_start_matches("./").trim_start_matches('/');
    let end = word.find(|c: char| c.is_whitespace() || "\"'`()<>=,;?#".contains(c));
    &word[..end.unwrap_or(word.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        Names::from([("widget.js".into(), "widget.ab.js".into()), ("icons/a.svg".into(), "icons/a.cd.svg".into())])
    }

    #[test]
    fn references_of_all_kinds_are_rewritten() {
        for (text, expected) in [
            (r#"import("./widget.js")"#, r#"import("./widget.ab.js")"#),
            ("<link href=widget.js>", "<link href=widget.ab.js>"),
            (r#"<script src="/widget.js?x=1">"#, r#"<script src="/widget.ab.js?x=1">"#),
            ("a{background:url(icons/a.svg#b)}", "a{background:url(icons/a.cd.svg#b)}"),
            ("new URL('./widget.js',import.meta.url)", "new URL('./widget.ab.js',import.meta.url)"),
        ] {
            assert_eq!(rewrite(text, &names()), expected);
        }
    }

    #[test]
    fn other_addresses_are_left_alone() {
        for text in ["\"https://cdn.example/widget.js\"", "my-widget.js", "widget.json", "a.svg", "lib/widget.js", ""] {
            assert_eq!(rewrite(text, &names()), text);
        }
    }

    #[test]
    fn a_hash_is_put_on_and_taken_off() {
        let name = hashed("icons/a.svg", b"one");
        assert_eq!(name.len(), "icons/a..svg".len() + DIGITS);
        assert_eq!(name, hashed("icons/a.svg", b"one"));
        assert_ne!(name, hashed("icons/a.svg", b"two"));
        assert_eq!(plain(&name), "icons/a.svg");
        assert_eq!(plain("esim-renewal.js"), "esim-renewal.js");
    }

    #[test]
    fn what_is_referred_to_is_named_first() {
        let texts = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
            pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
        };
        let chain = texts(&[("a.js", "\"./b.css\" a.js"), ("b.css", "url(c.svg)"), ("c.svg", "")]);
        assert_eq!(order(&chain).unwrap(), ["c.svg", "b.css", "a.js"]);
        assert!(order(&texts(&[("a.js", "'b.js'"), ("b.js", "'a.js'")])).is_err());
    }
}
