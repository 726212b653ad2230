//! Tokens that the page around gives, by the element's property `tokenProvider`.

use super::element::tell_error;
use crate::app::session::{NoToken, TokenSource};
use futures::future::FutureExt;
use js_sys::{Function, Promise, Reflect};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

/// A function that the page has set on the element.
pub(super) fn function(element: &HtmlElement, name: &str) -> Option<Function> {
    Reflect::get(element, &name.into()).ok()?.dyn_into().ok()
}

/// The function by which the page gives the subscriber's access token, if it has set one.
pub(super) fn token_provider(element: &HtmlElement) -> Option<Function> {
    function(element, "tokenProvider")
}

/// Tokens that the page around gives. One that it cannot give now is not the same as nobody being signed in.
pub(super) fn page_tokens(element: HtmlElement) -> TokenSource {
    let is_told = Rc::new(Cell::new(false));
    Rc::new(move || {
        let (element, is_told) = (element.clone(), Rc::clone(&is_told));
        async move {
            let Some(provider) = token_provider(&element) else {
                return Ok(None);
            };
            let answer = provider.call0(&element).map_err(|_| NoToken)?;
            let token = JsFuture::from(Promise::resolve(&answer)).await.map_err(|_| NoToken)?;
            let token = token.as_string().filter(|token| !token.is_empty());
            if token.as_deref().is_some_and(|token| !is_token(token)) {
                // Such as the page that asks to sign in: nobody is.
                if !is_told.replace(true) {
                    tell_error(&element, "setting-invalid", "tokenProvider");
                }
                return Ok(None);
            }
            Ok(token)
        }
        .boxed_local()
    })
}

/// Whether a text can be an access token: what a header takes (RFC 9110, section 5.5), without what markup and JSON have.
/// RFC 6750, section 2.1 allows less than some servers give, such as `12|a1b2c3`.
fn is_token(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>{}\"".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::is_token;

    #[test]
    fn a_token_is_what_may_stand_in_a_header() {
        for token in ["a", "eyJhbGciOiJ9.e30.aB_-9~+/", "abc==", "12|a1b2c3"] {
            assert!(is_token(token), "{token}");
        }
        for other in ["<!doctype html>", "<html>", r#"{"error":1}"#, "a b", "a\nb", "clé"] {
            assert!(!is_token(other), "{other:?}");
        }
    }
}
