//! TMF678 customer bill: one for each order whose charge is kept.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use rusqlite::{Row, params};
use serde_json::{Value, json};

use super::basket::Item;
use crate::calendar::rfc3339;
use crate::carrier::Work;
use crate::http::{ApiError, ListQuery, Subscriber};
use crate::{Carrier, money};

const BASE: &str = "/tmf-api/customerBillManagement/v4/customerBill";

pub(super) fn routes() -> Router<Carrier> {
    Router::new().route(BASE, get(list)).route(&format!("{BASE}/{{id}}"), get(by_id))
}

/// A bill.
pub(crate) struct Bill {
    /// What its charge is called by, without what kind of thing that is.
    key: String,
    pub charged_ms: i64,
    pub cents: i64,
    order: String,
    payment: String,
    /// The unguessable part of the address of its document.
    token: String,
    customer: String,
    pub customer_name: String,
    account: String,
    /// What was ordered, as it is kept.
    items: String,
}

impl Bill {
    fn read(row: &Row) -> Result<Self, rusqlite::Error> {
        let charge: String = row.get(0)?;
        Ok(Self {
            key: charge.trim_start_matches("charge-").to_owned(),
            charged_ms: row.get(1)?,
            cents: row.get(2)?,
            order: row.get(3)?,
            payment: row.get(4)?,
            token: row.get(5)?,
            customer: row.get(6)?,
            customer_name: row.get(7)?,
            account: row.get(8)?,
            items: row.get(9)?,
        })
    }

    /// The number by which people name it.
    pub fn number(&self) -> String {
        format!("RM-{}", self.key.to_uppercase())
    }

    /// What was ordered: how many of what.
    pub fn lines(&self, work: &Work) -> Result<Vec<String>, ApiError> {
        let items: Vec<Item> = serde_json::from_str(&self.items)?;
        let name = |item: &Item| work.catalogue.offering(&item.offering).map(|offering| offering.name.clone());
        Ok(items.iter().filter_map(|item| Some(format!("{} × {}", item.quantity, name(item)?))).collect())
    }

    fn json(&self, work: &Work) -> Value {
        let (id, number) = (format!("bill-{}", self.key), self.number());
        let (gross, net) = (money::money(self.cents), money::net_of(self.cents));
        let date = rfc3339(self.charged_ms);
        json!({
            "id": id, "href": work.href(&format!("{BASE}/{id}")), "@type": "CustomerBill",
            "billNo": number, "billDate": date, "lastUpdate": date,
            "state": "settled", "category": "normal", "runType": "onCycle",
            "taxIncludedAmount": gross, "taxExcludedAmount": money::money(net),
            "taxItem": [{
                "taxCategory": "VAT", "taxRate": money::TAX_RATE, "taxAmount": money::money(self.cents - net)
            }],
            "amountDue": gross, "remainingAmount": money::money(0),
            "appliedPayment": [{
                "appliedAmount": gross, "payment": { "id": self.payment, "@referredType": "Payment" }
            }],
            "billDocument": [{
                "name": format!("Bill {number}"), "mimeType": "text/html",
                "url": work.href(&format!("/pay/{}/bill", self.token))
            }],
            "billingAccount": { "id": self.account, "@referredType": "BillingAccount" },
            "relatedParty": [{
                "id": self.customer, "name": self.customer_name, "role": "customer", "@referredType": "Individual"
            }],
            "order": { "id": self.order, "@referredType": "ProductOrder" },
        })
    }
}

/// Bills, by customer or by the token of their document.
fn bills(work: &Work, customer: Option<&str>, token: Option<&str>) -> Result<Vec<Bill>, ApiError> {
    let mut query = work.tx.prepare_cached(
        "SELECT h.id, h.created_ms, h.amount_cents, h.order_id, p.id, p.token, c.id, c.name, c.account_id, o.items
         FROM charge h JOIN payment p ON p.id = h.payment_id JOIN product_order o ON o.id = h.order_id
              JOIN customer c ON c.id = o.customer_id
         WHERE h.refunded = 0 AND (?1 IS NULL OR c.id = ?1) AND (?2 IS NULL OR p.token = ?2)
         ORDER BY h.created_ms, h.id",
    )?;
    let bills = query.query_map(params![customer, token], Bill::read)?;
    Ok(bills.collect::<Result<_, _>>()?)
}

/// The bill whose document has a token.
pub(crate) fn by_token(work: &Work, token: &str) -> Result<Option<Bill>, ApiError> {
    Ok(bills(work, None, Some(token))?.pop())
}

fn of(work: &Work, who: &Subscriber) -> Result<Vec<Value>, ApiError> {
    Ok(bills(work, Some(&who.customer), None)?.iter().map(|bill| bill.json(work)).collect())
}

async fn list(State(carrier): State<Carrier>, who: Subscriber, query: ListQuery) -> Result<Response, ApiError> {
    Ok(query.page(carrier.transact(move |work| of(work, &who)).await?))
}

async fn by_id(
    State(carrier): State<Carrier>,
    who: Subscriber,
    Path(id): Path<String>,
    query: ListQuery,
) -> Result<Response, ApiError> {
    let own = carrier.transact(move |work| of(work, &who)).await?;
    let bill = own.into_iter().find(|bill| bill["id"] == id.as_str());
    bill.map(|bill| query.one(bill)).ok_or_else(|| ApiError::not_found("bill"))
}
