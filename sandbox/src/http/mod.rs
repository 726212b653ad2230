//! What all answers have in common.

pub(crate) mod auth;
pub(crate) mod cors;
pub(crate) mod error;
pub(crate) mod html;
pub(crate) mod json;
pub(crate) mod list;

pub(crate) use auth::Subscriber;
pub(crate) use error::ApiError;
pub(crate) use json::{Json, answer, created};
pub(crate) use list::ListQuery;
