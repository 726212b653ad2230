//! TMF648 quote: what a cart is, for carriers that have none.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::{Value, json};

use super::offer::{Kind, Offer};
use super::pricing::{self, Priced};
use super::wire::{ItemIn, set};
use super::{basket, discount, fault};
use crate::Carrier;
use crate::calendar::rfc3339;
use crate::carrier::Work;
use crate::http::{ApiError, Json, ListQuery, Subscriber, created};

const BASE: &str = "/tmf-api/quoteManagement/v4/quote";

pub(super) fn routes() -> Router<Carrier> {
    Router::new().route(BASE, post(create)).route(&format!("{BASE}/{{id}}"), get(by_id))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct QuoteIn {
    quote_item: Vec<ItemIn>,
    #[serde(default)]
    promotion_code: Vec<String>,
}

fn quote(work: &Work, who: &Subscriber, offer: &Offer) -> Result<Value, ApiError> {
    let prices = pricing::price(work, &who.customer, &offer.items, &offer.codes)?;
    let mut quote = json!({
        "id": offer.id, "href": work.href(&format!("{BASE}/{}", offer.id)), "@type": "RenewalQuote",
        "state": "approved", "quoteDate": rfc3339(offer.created_ms),
        "validFor": { "startDateTime": rfc3339(offer.created_ms), "endDateTime": rfc3339(offer.expires_ms) },
        "quoteItem": prices.items.iter().map(item).collect::<Vec<_>>(),
        "quoteTotalPrice": prices.json(),
    });
    set(&mut quote, "promotionCodeResult", prices.code_results());
    Ok(quote)
}

fn item(priced: &Priced) -> Value {
    let Priced { item, offering, .. } = priced;
    json!({
        "id": item.id, "action": item.action, "quantity": item.quantity, "state": "approved",
        "productOffering": { "id": offering.id, "name": offering.name },
        "product": priced.product(),
        "quoteItemPrice": priced.unit_prices(),
        "quoteItemTotalPrice": priced.total_prices(),
    })
}

async fn create(State(carrier): State<Carrier>, who: Subscriber, body: Json<QuoteIn>) -> Result<Response, ApiError> {
    let quote = carrier
        .transact(move |work| {
            let items = basket::check(work, &who.customer, &body.read.quote_item)?;
            let codes = discount::read_codes(&body.read.promotion_code)?;
            let offer = Offer::make(work, &who.customer, Kind::Quote, items, codes)?;
            fault::spoil(work, &who.customer, quote(work, &who, &offer)?)
        })
        .await?;
    Ok(created(true, &quote))
}

async fn by_id(
    State(carrier): State<Carrier>,
    who: Subscriber,
    Path(id): Path<String>,
    query: ListQuery,
) -> Result<Response, ApiError> {
    let quote = carrier.transact(move |work| {
        let offer = Offer::find(work, &who.customer, Kind::Quote, &id)?;
        quote(work, &who, &offer.ok_or_else(|| ApiError::not_found("quote"))?)
    });
    Ok(query.one(quote.await?))
}
