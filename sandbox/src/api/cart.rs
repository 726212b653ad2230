//! TMF663 shopping cart: the carrier's price for a choice, for twenty minutes.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use rusqlite::{OptionalExtension as _, Row, params};
use serde::Deserialize;
use serde_json::{Value, json};

use super::basket::{self, Item, Quoted};
use super::wire::ItemIn;
use crate::Carrier;
use crate::calendar::rfc3339;
use crate::carrier::Work;
use crate::http::{ApiError, Json, ListQuery, Subscriber, created};
use crate::{money, random};

const BASE: &str = "/tmf-api/shoppingCart/v4/shoppingCart";
const VALID_MS: i64 = 20 * 60_000;

pub(super) fn routes() -> Router<Carrier> {
    Router::new()
        .route(BASE, get(list).post(create))
        .route(&format!("{BASE}/{{id}}"), get(by_id).patch(change).delete(remove))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CartIn {
    cart_item: Vec<ItemIn>,
}

/// A cart as it is kept. Its prices are the catalogue's of the day.
pub(super) struct Cart {
    id: String,
    created_ms: i64,
    expires_ms: i64,
    pub items: Vec<Item>,
}

impl Cart {
    fn read(row: &Row) -> Result<(Self, String), rusqlite::Error> {
        let cart = Self { id: row.get(0)?, created_ms: row.get(1)?, expires_ms: row.get(2)?, items: Vec::new() };
        Ok((cart, row.get(3)?))
    }

    /// One of the customer's carts.
    pub fn find(work: &Work, customer: &str, id: &str) -> Result<Option<Self>, ApiError> {
        let mut query = work
            .tx
            .prepare_cached("SELECT id, created_ms, expires_ms, items FROM cart WHERE id = ?1 AND customer_id = ?2")?;
        let found = query.query_row([id, customer], Self::read).optional()?;
        found.map(|(cart, items)| Ok(Self { items: serde_json::from_str(&items)?, ..cart })).transpose()
    }

    /// Refuses a cart that an order was made of (409).
    fn check_unused(&self, work: &Work) -> Result<(), ApiError> {
        let mut query = work.tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM product_order WHERE cart_id = ?1)")?;
        if query.query_row([&self.id], |row| row.get(0))? {
            return Err(ApiError::conflict("cartUsed", "An order was already made of this cart."));
        }
        Ok(())
    }

    /// Refuses a cart that an order was made of, or that has expired (409).
    pub fn check_usable(&self, work: &Work) -> Result<(), ApiError> {
        self.check_unused(work)?;
        if self.expires_ms <= work.now {
            return Err(ApiError::conflict("cartExpired", "The cart has expired: its prices no longer hold."));
        }
        Ok(())
    }

    fn json(&self, work: &Work) -> Result<Value, ApiError> {
        let quoted = basket::quote(work, &self.items)?;
        let total = quoted.iter().map(|q| q.total_cents).sum();
        Ok(json!({
            "id": self.id, "href": work.href(&format!("{BASE}/{}", self.id)), "@type": "RenewalShoppingCart",
            "validFor": { "startDateTime": rfc3339(self.created_ms), "endDateTime": rfc3339(self.expires_ms) },
            "cartItem": quoted.iter().map(item).collect::<Vec<_>>(),
            "cartTotalPrice": money::one_time(total),
        }))
    }
}

fn item(quoted: &Quoted) -> Value {
    let Quoted { item, offering, .. } = quoted;
    let mut product = item.product();
    product["terminationDate"] = json!(rfc3339(quoted.end_ms));
    json!({
        "id": item.id, "action": item.action, "quantity": item.quantity, "status": "active",
        "productOffering": { "id": offering.id, "name": offering.name },
        "product": product,
        "itemPrice": money::one_time(quoted.unit_cents),
        "ItemTotalPrice": money::one_time(quoted.total_cents),
    })
}

fn find(work: &Work, who: &Subscriber, id: &str) -> Result<Cart, ApiError> {
    Cart::find(work, &who.customer, id)?.ok_or_else(|| ApiError::not_found("shopping cart"))
}

async fn create(State(carrier): State<Carrier>, who: Subscriber, body: Json<CartIn>) -> Result<Response, ApiError> {
    let cart = carrier
        .transact(move |work| {
            let items = basket::check(work, &who.customer, body.read.cart_item)?;
            let expires_ms = work.now + VALID_MS;
            let cart = Cart { id: random::id("cart")?, created_ms: work.now, expires_ms, items };
            work.tx.execute(
                "INSERT INTO cart (id, customer_id, created_ms, expires_ms, items) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![cart.id, who.customer, work.now, expires_ms, serde_json::to_string(&cart.items)?],
            )?;
            cart.json(work)
        })
        .await?;
    Ok(created(true, &cart))
}

async fn list(State(carrier): State<Carrier>, who: Subscriber, query: ListQuery) -> Result<Response, ApiError> {
    let carts = carrier
        .transact(move |work| {
            let mut ids =
                work.tx.prepare_cached("SELECT id FROM cart WHERE customer_id = ?1 ORDER BY created_ms, id")?;
            let ids = ids.query_map([&who.customer], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
            ids.iter().map(|id| find(work, &who, id)?.json(work)).collect::<Result<Vec<_>, ApiError>>()
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
    Ok(query.one(carrier.transact(move |work| find(work, &who, &id)?.json(work)).await?))
}

/// A merge patch (RFC 7396): `cartItem` replaces all items. The cart expires when it would have.
async fn change(
    State(carrier): State<Carrier>,
    who: Subscriber,
    Path(id): Path<String>,
    query: ListQuery,
    body: Json<CartIn>,
) -> Result<Response, ApiError> {
    let cart = carrier
        .transact(move |work| {
            let mut cart = find(work, &who, &id)?;
            cart.check_usable(work)?;
            cart.items = basket::check(work, &who.customer, body.read.cart_item)?;
            let items = serde_json::to_string(&cart.items)?;
            work.tx.execute("UPDATE cart SET items = ?2 WHERE id = ?1", [&cart.id, &items])?;
            cart.json(work)
        })
        .await?;
    Ok(query.one(cart))
}

async fn remove(State(carrier): State<Carrier>, who: Subscriber, Path(id): Path<String>) -> Result<Response, ApiError> {
    carrier
        .transact(move |work| {
            let cart = find(work, &who, &id)?;
            cart.check_unused(work)?;
            work.tx.execute("DELETE FROM cart WHERE id = ?1", [&cart.id])?;
            Ok(())
        })
        .await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
