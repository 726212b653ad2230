//! Hashes by which a browser knows a file (Subresource Integrity).

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256, Sha384};

/// `sha384-` and the hash in base64, as an `integrity` attribute has it.
pub fn of(content: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(content)))
}

/// The same by SHA-256, for the script that has one for each part of the module: no hash compresses, and this one is a third
/// shorter.
pub fn short(content: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(content)))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_hash_is_written_as_browsers_read_it() {
        // The example of the specification, https://www.w3.org/TR/sri-2/#agility.
        let expected = "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO";
        assert_eq!(super::of(b"alert('Hello, world.');"), expected);
        let expected = "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=";
        assert_eq!(super::short(b"alert('Hello, world.');"), expected);
    }
}
