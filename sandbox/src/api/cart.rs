//! TMF663 shopping cart: the carrier's price for a choice.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
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

const BASE: &str = "/tmf-api/shoppingCart/v4/shoppingCart";

pub(super) fn routes() -> Router<Carrier> {
    Router::new()
        .route(BASE, get(list).post(create))
        .route(&format!("{BASE}/{{id}}"), get(by_id).patch(change).delete(remove))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CartIn {
    cart_item: Vec<ItemIn>,
    #[serde(default)]
    promotion_code: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ChangeIn {
    cart_item: Option<Vec<ItemIn>>,
    promotion_code: Option<Vec<String>>,
}

fn cart(work: &Work, who: &Subscriber, offer: &Offer) -> Result<Value, ApiError> {
    let prices = pricing::price(work, &who.customer, &offer.items, &offer.codes)?;
    let mut cart = json!({
        "id": offer.id, "href": work.href(&format!("{BASE}/{}", offer.id)), "@type": "RenewalShoppingCart",
        "validFor": { "startDateTime": rfc3339(offer.created_ms), "endDateTime": rfc3339(offer.expires_ms) },
        "cartItem": prices.items.iter().map(item).collect::<Vec<_>>(),
        "cartTotalPrice": prices.json(),
    });
    set(&mut cart, "promotionCodeResult", prices.code_results());
    Ok(cart)
}

fn item(priced: &Priced) -> Value {
    let Priced { item, offering, .. } = priced;
    json!({
        "id": item.id, "action": item.action, "quantity": item.quantity, "status": "active",
        "productOffering": { "id": offering.id, "name": offering.name },
        "product": priced.product(),
        "itemPrice": priced.unit_prices(),
        "ItemTotalPrice": priced.total_prices(),
    })
}

fn find(work: &Work, who: &Subscriber, id: &str) -> Result<Offer, ApiError> {
    Offer::find(work, &who.customer, Kind::Cart, id)?.ok_or_else(|| ApiError::not_found("shopping cart"))
}

async fn create(State(carrier): State<Carrier>, who: Subscriber, body: Json<CartIn>) -> Result<Response, ApiError> {
    let cart = carrier
        .transact(move |work| {
            let items = basket::check(work, &who.customer, &body.read.cart_item)?;
            let codes = discount::read_codes(&body.read.promotion_code)?;
            let offer = Offer::make(work, &who.customer, Kind::Cart, items, codes)?;
            fault::spoil(work, &who.customer, cart(work, &who, &offer)?)
        })
        .await?;
    Ok(created(true, &cart))
}

async fn list(State(carrier): State<Carrier>, who: Subscriber, query: ListQuery) -> Result<Response, ApiError> {
    let carts = carrier
        .transact(move |work| {
            let offers = Offer::all(work, &who.customer, Kind::Cart)?;
            offers.iter().map(|offer| cart(work, &who, offer)).collect::<Result<Vec<_>, _>>()
        })
        .await?;
    Ok(query.page(carts))
}

async fn by_id(
    State(carrier): State<Carrier>,
    who: Subscriber,
    Path(id): Path<String>,
    query: ListQuery,
) -> Result<Response, ApiError> {
    Ok(query.one(carrier.transact(move |work| cart(work, &who, &find(work, &who, &id)?)).await?))
}

/// A merge patch (RFC 7396): `cartItem` replaces all items, `promotionCode` all codes. The cart expires when it would have.
async fn change(
    State(carrier): State<Carrier>,
    who: Subscriber,
    Path(id): Path<String>,
    query: ListQuery,
    body: Json<ChangeIn>,
) -> Result<Response, ApiError> {
    let cart = carrier
        .transact(move |work| {
            let mut offer = find(work, &who, &id)?;
            offer.check_usable(work)?;
            if let Some(items) = &body.read.cart_item {
                offer.items = basket::check(work, &who.customer, items)?;
            }
            if body.whole.get("promotionCode").is_some() {
                offer.codes = discount::read_codes(&body.read.promotion_code.unwrap_or_default())?;
            }
            offer.keep(work)?;
            fault::spoil(work, &who.customer, cart(work, &who, &offer)?)
        })
        .await?;
    Ok(query.one(cart))
}

async fn remove(State(carrier): State<Carrier>, who: Subscriber, Path(id): Path<String>) -> Result<Response, ApiError> {
    carrier
        .transact(move |work| {
            let offer = find(work, &who, &id)?;
            offer.check_unused(work)?;
            work.execute("DELETE FROM cart WHERE id = ?1", [&offer.id])?;
            Ok(())
        })
        .await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
