//! TMF622 product order: made of a cart or a quote, for the total that the subscriber consented to.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use rusqlite::{OptionalExtension as _, Row, params};
use serde::Deserialize;
use serde_json::{Value, json};

use super::basket::{self, Item};
use super::offer::{Kind, Offer};
use super::wire::{ItemIn, Note, Ref, TotalIn, check_key, set};
use super::{discount, due, pricing, start};
use crate::Carrier;
use crate::calendar::rfc3339;
use crate::carrier::Work;
use crate::http::{ApiError, Json, ListQuery, Subscriber, created};
use crate::{money, random};

const BASE: &str = "/tmf-api/productOrderingManagement/v4/productOrder";

pub(super) fn routes() -> Router<Carrier> {
    Router::new().route(BASE, get(list).post(create)).route(&format!("{BASE}/{{id}}"), get(by_id))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OrderIn {
    external_id: String,
    shopping_cart: Option<Ref>,
    #[serde(default)]
    quote: Vec<Ref>,
    #[serde(default)]
    related_party: Vec<PartyIn>,
    billing_account: Option<Ref>,
    requested_start_date: Option<String>,
    #[serde(default)]
    note: Vec<Note>,
    product_order_item: Vec<ItemIn>,
    order_total_price: Vec<TotalIn>,
}

impl OrderIn {
    /// The one cart or quote that the order is made of.
    fn offer(&self, work: &Work, who: &Subscriber) -> Result<Offer, ApiError> {
        let (kind, id, code) = match (&self.shopping_cart, self.quote.as_slice()) {
            (Some(cart), []) => (Kind::Cart, &cart.id, "unknownCart"),
            (None, [quote]) => (Kind::Quote, &quote.id, "unknownQuote"),
            _ => return Err(ApiError::malformed("An order names one `shoppingCart` or one `quote`.")),
        };
        let unknown = || ApiError::unprocessable(code, "The subscriber has no such cart or quote.");
        Offer::find(work, &who.customer, kind, id)?.ok_or_else(unknown)
    }
}

#[derive(Deserialize)]
struct PartyIn {
    id: String,
    role: Option<String>,
}

async fn create(State(carrier): State<Carrier>, who: Subscriber, body: Json<OrderIn>) -> Result<Response, ApiError> {
    let (is_new, order) = carrier.transact(move |work| place(work, &who, body)).await?;
    Ok(created(is_new, &order))
}

fn place(work: &Work, who: &Subscriber, body: Json<OrderIn>) -> Result<(bool, Value), ApiError> {
    let Json { read: order, whole } = body;
    check_key("externalId", &order.external_id)?;
    let fingerprint = random::fingerprint(&whole);
    let mut query = work
        .tx
        .prepare_cached("SELECT id, fingerprint FROM product_order WHERE customer_id = ?1 AND external_id = ?2")?;
    let earlier: Option<(String, String)> =
        query.query_row([&who.customer, &order.external_id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    match earlier {
        Some((id, same)) if same == fingerprint => return Ok((false, find(work, who, &id)?)),
        Some(_) => {
            let reason = "An order with this externalId has another content.";
            return Err(ApiError::conflict("externalIdConflict", reason));
        }
        None => (),
    }

    check_parties(who, &order)?;
    let offer = order.offer(work, who)?;
    offer.check_usable(work)?;
    let consented = TotalIn::consented(&order.order_total_price)?;
    if let Some(text) = &order.requested_start_date {
        start::read("requestedStartDate", text)?;
    }
    let items = basket::check(work, &who.customer, &order.product_order_item)?;
    if items != offer.items {
        return Err(ApiError::unprocessable("itemsDiffer", "The items are not those that were priced."));
    }
    let prices = pricing::price(work, &who.customer, &items, &offer.codes)?;
    let (total, monthly) = (prices.total(), prices.monthly());
    if consented != (total, monthly) {
        return Err(ApiError::conflict("priceChanged", "The total is not the one that was consented to."));
    }

    let id = random::id("order")?;
    work.execute(
        "INSERT INTO product_order
             (id, customer_id, external_id, fingerprint, cart_id, items, notes, total_cents, recurring_cents,
              requested_start, state, created_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'pending', ?11)",
        params![
            id,
            who.customer,
            order.external_id,
            fingerprint,
            offer.id,
            serde_json::to_string(&prices.promised())?,
            serde_json::to_string(&order.note)?,
            total,
            monthly,
            order.requested_start_date,
            work.now
        ],
    )?;
    discount::keep(work, &id, &prices.codes)?;
    if total == 0 {
        due::start_fulfilment(work, &id, work.now)?;
    }
    Ok((true, find(work, who, &id)?))
}

fn check_parties(who: &Subscriber, order: &OrderIn) -> Result<(), ApiError> {
    let is_customer = |party: &&PartyIn| party.role.as_deref() == Some("customer");
    if order.related_party.iter().filter(is_customer).any(|party| party.id != who.customer) {
        return Err(ApiError::unprocessable("unknownParty", "The customer is not the one who is signed in."));
    }
    if order.billing_account.as_ref().is_some_and(|account| account.id != who.account) {
        return Err(ApiError::unprocessable("unknownAccount", "The billing account is not the subscriber's."));
    }
    Ok(())
}

async fn list(State(carrier): State<Carrier>, who: Subscriber, query: ListQuery) -> Result<Response, ApiError> {
    Ok(query.page(carrier.transact(move |work| orders(work, Some(&who.customer), None)).await?))
}

async fn by_id(
    State(carrier): State<Carrier>,
    who: Subscriber,
    Path(id): Path<String>,
    query: ListQuery,
) -> Result<Response, ApiError> {
    Ok(query.one(carrier.transact(move |work| find(work, &who, &id)).await?))
}

fn find(work: &Work, who: &Subscriber, id: &str) -> Result<Value, ApiError> {
    orders(work, Some(&who.customer), Some(id))?.pop().ok_or_else(|| ApiError::not_found("product order"))
}

/// Orders, by customer or by id.
pub(super) fn orders(work: &Work, customer: Option<&str>, id: Option<&str>) -> Result<Vec<Value>, ApiError> {
    let mut query = work.tx.prepare_cached(
        "SELECT o.id, o.external_id, o.cart_id, o.items, o.notes, o.total_cents, o.state, o.created_ms,
                o.completed_ms, o.cancelled_ms, o.cancel_reason, c.id, c.account_id, o.recurring_cents, o.requested_start,
                k.kind = 'quote'
         FROM product_order o JOIN customer c ON c.id = o.customer_id JOIN cart k ON k.id = o.cart_id
         WHERE (?1 IS NULL OR o.customer_id = ?1) AND (?2 IS NULL OR o.id = ?2) ORDER BY o.created_ms, o.id",
    )?;
    let mut rows = query.query(params![customer, id])?;
    let mut orders = Vec::new();
    while let Some(row) = rows.next()? {
        orders.push(order(work, row)?);
    }
    Ok(orders)
}

fn order(work: &Work, row: &Row) -> Result<Value, ApiError> {
    let id: String = row.get(0)?;
    let items: Vec<Item> = serde_json::from_str(&row.get::<_, String>(3)?)?;
    let notes: Value = serde_json::from_str(&row.get::<_, String>(4)?)?;
    let state: String = row.get(6)?;
    let name = |offering: &str| work.catalogue.offering(offering).map(|o| o.name.as_str());
    let item = |item: &Item| {
        json!({
            "id": item.id, "action": item.action, "quantity": item.quantity, "state": state,
            "productOffering": { "id": item.offering, "name": name(&item.offering) }, "product": item.product(),
        })
    };
    let mut order = json!({
        "id": id, "href": work.href(&format!("{BASE}/{id}")), "@type": "RenewalOrder",
        "externalId": row.get::<_, String>(1)?,
        "state": state, "orderDate": rfc3339(row.get(7)?),
        "relatedParty": [{ "id": row.get::<_, String>(11)?, "role": "customer", "@referredType": "Individual" }],
        "billingAccount": { "id": row.get::<_, String>(12)?, "@referredType": "BillingAccount" },
        "productOrderItem": items.iter().map(item).collect::<Vec<_>>(),
        "orderTotalPrice": money::prices(row.get(5)?, row.get(13)?),
    });
    let offer = json!({ "id": row.get::<_, String>(2)? });
    if row.get(15)? {
        order["quote"] = json!([offer]);
    } else {
        order["shoppingCart"] = offer;
    }
    set(&mut order, "requestedStartDate", row.get::<_, Option<String>>(14)?);
    set(&mut order, "note", notes.as_array().filter(|notes| !notes.is_empty()).cloned());
    set(&mut order, "completionDate", row.get::<_, Option<i64>>(8)?.map(rfc3339));
    set(&mut order, "cancellationDate", row.get::<_, Option<i64>>(9)?.map(rfc3339));
    set(&mut order, "cancellationReason", row.get::<_, Option<String>>(10)?);
    Ok(order)
}
