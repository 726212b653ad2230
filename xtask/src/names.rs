//! Shorter news in names: wasm-bindgen tells its imports apart by sixteen random digits each, of which nothing compresses.
//! Counted digits of the same length tell them apart as well, and stand in the module without moving a byte.

use std::collections::BTreeMap;

const DIGITS: usize = 16;

/// The digits at the ends of names in a script, each with the number that takes its place.
pub fn count(script: &str) -> BTreeMap<String, String> {
    let mut counted = BTreeMap::new();
    for (at, _) in script.match_indices('_') {
        let digits = script.as_bytes().get(at + 1..at + 1 + DIGITS).unwrap_or_default();
        let ends = script.as_bytes().get(at + 1 + DIGITS).is_none_or(|next| !next.is_ascii_alphanumeric());
        if digits.len() == DIGITS && digits.iter().all(u8::is_ascii_hexdigit) && ends {
            let number = counted.len();
            let digits = String::from_utf8_lossy(digits).into_owned();
            counted.entry(digits).or_insert_with(|| format!("{number:0DIGITS$}"));
        }
    }
    counted
}

/// Puts the numbers into the places of the digits.
pub fn replace(content: &mut [u8], counted: &BTreeMap<String, String>) {
    let mut at = 0;
    while at + 1 + DIGITS <= content.len() {
        let digits = at + 1..at + 1 + DIGITS;
        let number = (content[at] == b'_')
            .then(|| std::str::from_utf8(&content[digits.clone()]).ok())
            .flatten()
            .and_then(|digits| counted.get(digits));
        if let Some(number) = number {
            content[digits].copy_from_slice(number.as_bytes());
            at += DIGITS;
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_digits_become_the_same_number_everywhere() {
        let script = "__wbg_get_0123456789abcdef: a, __wbg_set_fedcba9876543210: b, __wbg_get_0123456789abcdef()";
        let counted = count(script);
        let mut module = b"\x01\x1a__wbg_set_fedcba9876543210\x00__wbg_get_0123456789abcdef".to_vec();
        replace(&mut module, &counted);
        assert_eq!(module, b"\x01\x1a__wbg_set_0000000000000001\x00__wbg_get_0000000000000000");
    }

    #[test]
    fn other_words_stay() {
        assert!(count("a_0123456789abcde b_0123456789abcdefg _0123456789ABCDEx").is_empty());
    }
}
