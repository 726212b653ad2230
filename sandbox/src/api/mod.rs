//! The TM Forum APIs, version 4, one file each, and the demo's helpers.

mod catalog;
pub(crate) mod demo;
pub(crate) mod due;
mod inventory;
mod usage;

use axum::Router;

use crate::Carrier;

/// All API routes.
pub(crate) fn routes() -> Router<Carrier> {
    Router::new()
        .merge(catalog::routes())
        .merge(inventory::routes())
        .merge(usage::routes())
        .merge(demo::routes())
}
