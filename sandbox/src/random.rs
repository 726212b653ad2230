//! Identifiers, secrets and fingerprints.

use std::cell::Cell;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// The machine has no source of randomness.
#[derive(Debug, thiserror::Error)]
#[error("no randomness: {0}")]
pub(crate) struct NoRandomness(getrandom::Error);

thread_local! {
    /// What this thread's "random" numbers follow from, where they are to be the same each time.
    static REPEATED: Cell<Option<u64>> = const { Cell::new(None) };
}

/// From now on all ids and secrets that are made on this thread follow from a number, for tests that are to be run again
/// just as they were. Whoever knows the number knows the secrets.
pub fn repeat_randomness(seed: u64) {
    REPEATED.set(Some(seed));
}

fn bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    let Some(mut state) = REPEATED.get() else {
        getrandom::fill(&mut bytes).map_err(NoRandomness)?;
        return Ok(bytes);
    };
    for chunk in bytes.chunks_mut(8) {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        chunk.copy_from_slice(&mixed(state).to_be_bytes()[..chunk.len()]);
    }
    REPEATED.set(Some(state));
    Ok(bytes)
}

/// `SplitMix64`.
fn mixed(state: u64) -> u64 {
    let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// An unguessable text of 256 bits, safe in an address.
pub(crate) fn secret() -> Result<String, NoRandomness> {
    Ok(URL_SAFE_NO_PAD.encode(bytes::<32>()?))
}

/// A new identifier: `order-0f3a…`.
pub(crate) fn id(kind: &str) -> Result<String, NoRandomness> {
    Ok(format!("{kind}-{:016x}", u64::from_be_bytes(bytes()?)))
}

/// Six digits for a person to type.
pub(crate) fn one_time_code() -> Result<String, NoRandomness> {
    Ok(format!("{:06}", u32::from_be_bytes(bytes()?) % 1_000_000))
}

/// What the database keeps of a secret.
pub(crate) fn hash(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret))
}

/// A fingerprint of a JSON document that is the same for the same content, whatever the order of its members and the
/// trailing zeros of its numbers.
pub(crate) fn fingerprint(document: &Value) -> String {
    let mut text = String::new();
    canonical(document, &mut text);
    hash(&text)
}

fn canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| name.as_str());
            out.push('{');
            for (name, member) in members {
                out.push_str(&Value::from(name.as_str()).to_string());
                out.push(':');
                canonical(member, out);
                out.push(',');
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for item in items {
                canonical(item, out);
                out.push(',');
            }
            out.push(']');
        }
        Value::Number(number) => {
            let text = number.to_string();
            if text.contains('.') && !text.contains(['e', 'E']) {
                out.push_str(text.trim_end_matches('0').trim_end_matches('.'));
            } else {
                out.push_str(&text);
            }
        }
        other => out.push_str(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::{NoRandomness, fingerprint, id, repeat_randomness};

    fn of(text: &str) -> Option<String> {
        serde_json::from_str(text).ok().as_ref().map(fingerprint)
    }

    #[test]
    fn order_and_trailing_zeros_do_not_matter() {
        assert_eq!(of(r#"{"a":48.00,"b":[1,"x"]}"#), of(r#"{"b":[1,"x"],"a":48}"#));
    }

    #[test]
    fn what_follows_from_a_number_is_the_same_each_time() -> Result<(), NoRandomness> {
        let mut all = vec![];
        for seed in [1, 1, 2] {
            repeat_randomness(seed);
            all.push((id("order")?, id("order")?));
        }
        assert_eq!(all[0], all[1]);
        assert_ne!(all[0], all[2]);
        assert_ne!(all[0].0, all[0].1);
        Ok(())
    }

    #[test]
    fn content_and_the_order_of_lists_do() {
        assert_ne!(of(r#"{"a":[1,2]}"#), of(r#"{"a":[2,1]}"#));
        assert_ne!(of(r#"{"a":"1"}"#), of(r#"{"a":1}"#));
    }
}
