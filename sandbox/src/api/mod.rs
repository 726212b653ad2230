//! The TM Forum APIs, version 4, one file each, with the rules that they share, and the demo's helpers.

mod basket;
pub(crate) mod bill;
mod bucket;
mod cancel;
pub(crate) mod capture;
mod cart;
mod catalog;
mod credit;
pub(crate) mod demo;
mod discount;
pub(crate) mod due;
mod eligibility;
mod fault;
mod fulfil;
mod inventory;
mod ledger;
mod line;
mod offer;
mod order;
mod past;
mod payment;
mod payment_method;
mod pricing;
mod promotion;
mod qualification;
mod quote;
mod refund;
mod service;
mod start;
mod switch;
mod topup;
mod usage;
mod wire;

use axum::Router;

use crate::Carrier;

/// All API routes.
pub(crate) fn routes() -> Router<Carrier> {
    Router::new()
        .merge(catalog::routes())
        .merge(promotion::routes())
        .merge(inventory::routes())
        .merge(usage::routes())
        .merge(cart::routes())
        .merge(order::routes())
        .merge(cancel::routes())
        .merge(payment::routes())
        .merge(refund::routes())
        .merge(payment_method::routes())
        .merge(quote::routes())
        .merge(qualification::routes())
        .merge(bill::routes())
        .merge(bucket::routes())
        .merge(topup::routes())
        .merge(demo::routes())
        .merge(switch::routes())
        .merge(ledger::routes())
}
