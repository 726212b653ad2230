//! The hosted payment page.

use axum::Router;

use crate::Carrier;

/// The page's routes.
pub(crate) fn routes() -> Router<Carrier> {
    Router::new()
}
