//! What the browser's own cryptography gives: chance, and the challenge of PKCE.

use super::base64url;
use js_sys::{Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::SubtleCrypto;

/// 32 random bytes as text: as many as RFC 7636 advises for a verifier (section 4.1).
pub fn random() -> Option<String> {
    let mut bytes = [0_u8; 32];
    window().crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(base64url::encode(&bytes))
}

/// The S256 challenge of a verifier (RFC 7636, section 4.2); `None` on a page that is not served securely.
pub async fn challenge(verifier: &str) -> Option<String> {
    let crypto = window().crypto().ok()?;
    let subtle = Reflect::get(&crypto, &"subtle".into()).ok().filter(|subtle| !subtle.is_undefined())?;
    let subtle: SubtleCrypto = subtle.unchecked_into();
    let digest = subtle.digest_with_str_and_u8_array("SHA-256", verifier.as_bytes()).ok()?;
    let digest = Uint8Array::new(&JsFuture::from(digest).await.ok()?).to_vec();
    Some(base64url::encode(&digest))
}
