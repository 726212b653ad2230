//! Short names between script and module: wasm-bindgen tells what they give each other apart by what it is and sixteen
//! random digits, of which nothing compresses.

use std::collections::{BTreeMap, BTreeSet};

use crate::script::{is_in_word, words};

const DIGITS: usize = 16;

/// The names of a script that hold such digits, each with the short one that takes its place.
pub fn shorten(script: &str) -> BTreeMap<String, String> {
    let taken: BTreeSet<&str> = words(script).collect();
    let free = (0..).map(|number| format!("_{number:x}")).filter(|name| !taken.contains(name.as_str()));
    let long = taken.iter().filter(|name| has_digits(name));
    long.zip(free).map(|(long, short)| ((*long).to_owned(), short)).collect()
}

/// Whether sixteen hexadecimal digits stand between underscores, or between one and an end.
fn has_digits(name: &str) -> bool {
    name.split('_').any(|part| part.len() == DIGITS && part.bytes().all(|one| one.is_ascii_hexdigit()))
}

/// A script with the short names in the places of the long ones.
pub fn replace(script: &str, shortened: &BTreeMap<String, String>) -> String {
    let mut replaced = String::with_capacity(script.len());
    let mut rest = script;
    while !rest.is_empty() {
        let word = rest.find(|one| !is_in_word(one)).unwrap_or(rest.len());
        let between = rest[word..].find(is_in_word).map_or(rest.len(), |at| word + at);
        replaced.push_str(shortened.get(&rest[..word]).map_or(&rest[..word], String::as_str));
        replaced.push_str(&rest[word..between]);
        rest = &rest[between..];
    }
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_digits_is_shortened_by_the_same_name_everywhere() {
        let script = "x = { __wbg_set_fedcba9876543210: a }; wasm.bg_0123456789abcdef___invoke(_0); __wbg_set_fedcba9876543210()";
        let shortened = shorten(script);
        assert_eq!(shortened.len(), 2);
        // `_0` is a name there already.
        assert_eq!(replace(script, &shortened), "x = { _1: a }; wasm._2(_0); _1()");
    }

    #[test]
    fn other_words_stay() {
        let script = "a_0123456789abcde b_0123456789abcdefg _0123456789ABCDEx(\"é\") ";
        assert!(shorten(script).is_empty());
        assert_eq!(replace(script, &shorten(script)), script);
    }
}
