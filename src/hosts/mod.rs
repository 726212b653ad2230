//! How the widget gets onto a page: the element, its settings, its events, and signing in. No business rules.

pub mod element;
mod events;
mod oauth;
mod page_tokens;
mod settings;
mod sign_in;
