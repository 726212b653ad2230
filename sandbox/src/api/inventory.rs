//! TMF637 product inventory: the subscriber's lines, plans and add-ons.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use rusqlite::Row;
use serde_json::{Value, json};

use super::catalog;
use super::wire::set;
use crate::Carrier;
use crate::calendar::rfc3339;
use crate::carrier::Work;
use crate::http::{ApiError, ListQuery, Subscriber};
use crate::money;

const BASE: &str = "/tmf-api/productInventory/v4/product";

pub(super) fn routes() -> Router<Carrier> {
    Router::new().route(BASE, get(list)).route(&format!("{BASE}/{{id}}"), get(by_id))
}

async fn list(State(carrier): State<Carrier>, who: Subscriber, query: ListQuery) -> Result<Response, ApiError> {
    Ok(query.page(carrier.transact(move |work| products(work, &who.customer)).await?))
}

async fn by_id(
    State(carrier): State<Carrier>,
    who: Subscriber,
    Path(id): Path<String>,
    query: ListQuery,
) -> Result<Response, ApiError> {
    let own = carrier.transact(move |work| products(work, &who.customer)).await?;
    let product = own.into_iter().find(|product| product["id"] == id.as_str());
    product.map(|product| query.one(product)).ok_or_else(|| ApiError::not_found("product"))
}

struct Product {
    id: String,
    kind: String,
    line: String,
    name: String,
    offering: Option<String>,
    iccid: Option<String>,
    start_ms: i64,
    end_ms: Option<i64>,
    customer: String,
    account: String,
    customer_name: String,
    msisdn: Option<String>,
    sim: Option<String>,
    roaming: Option<String>,
    /// Whether the line that it is, or relies on, is.
    is_suspended: bool,
}

impl Product {
    fn read(row: &Row) -> Result<Self, rusqlite::Error> {
        Ok(Self {
            id: row.get(0)?,
            kind: row.get(1)?,
            line: row.get(2)?,
            name: row.get(3)?,
            offering: row.get(4)?,
            iccid: row.get(5)?,
            start_ms: row.get(6)?,
            end_ms: row.get(7)?,
            customer: row.get(8)?,
            account: row.get(9)?,
            customer_name: row.get(10)?,
            msisdn: row.get(11)?,
            sim: row.get(12)?,
            roaming: row.get(13)?,
            is_suspended: row.get(14)?,
        })
    }

    fn status(&self, now: i64) -> &'static str {
        if self.end_ms.is_some_and(|end| end < now) {
            "terminated"
        } else if self.start_ms > now {
            "pendingActive"
        } else if self.is_suspended && self.kind != "addOn" {
            "suspended"
        } else {
            "active"
        }
    }

    fn json(&self, work: &Work) -> Result<Value, ApiError> {
        let specification = if self.kind == "addOn" { "add-on" } else { &self.kind };
        let mut value = json!({
            "id": self.id, "href": work.href(&format!("{BASE}/{}", self.id)), "@type": "Product",
            "name": self.name, "status": self.status(work.now), "isBundle": false, "isCustomerVisible": true,
            "startDate": rfc3339(self.start_ms),
            "productSpecification": { "id": format!("spec-{specification}"), "name": self.kind },
            "relatedParty": [{
                "id": self.customer, "name": self.customer_name, "role": "customer", "@referredType": "Individual"
            }],
            "billingAccount": { "id": self.account, "@referredType": "BillingAccount" },
        });
        if let Some(end) = self.end_ms {
            value["terminationDate"] = json!(rfc3339(end));
        }
        if self.kind == "line" {
            value["productCharacteristic"] = json!([
                { "name": "msisdn", "valueType": "string", "value": self.msisdn },
                { "name": "iccid", "valueType": "string", "value": self.iccid },
                { "name": "simType", "valueType": "string", "value": self.sim },
                { "name": "roaming", "valueType": "string", "value": self.roaming },
            ]);
        } else {
            value["productRelationship"] = json!([{ "relationshipType": "reliesOn", "product": { "id": self.line } }]);
        }
        if let Some(offering) = self.offering.as_deref().and_then(|id| work.catalogue.offering(id)) {
            value["productOffering"] = json!({ "id": offering.id, "name": offering.name });
            set(&mut value, "productTerm", offering.validity().map(|validity| json!([catalog::term(validity)])));
            value["productPrice"] = money::prices(offering.price(work.tx)?, offering.monthly_cents);
        }
        Ok(value)
    }
}

fn products(work: &Work, customer: &str) -> Result<Vec<Value>, ApiError> {
    let mut query = work.tx.prepare_cached(
        "SELECT p.id, p.kind, p.line_id, p.name, p.offering_id, p.iccid, p.start_ms, p.end_ms,
                c.id, c.account_id, c.name, p.msisdn, p.sim_type, p.roaming, l.suspended
         FROM product p JOIN customer c ON c.id = p.customer_id JOIN product l ON l.id = p.line_id
         WHERE c.id = ?1
         ORDER BY p.line_id, CASE p.kind WHEN 'line' THEN 0 WHEN 'plan' THEN 1 ELSE 2 END, p.start_ms, p.id",
    )?;
    let rows = query.query_map([customer], Product::read)?.collect::<Result<Vec<_>, _>>()?;
    rows.iter().map(|product| product.json(work)).collect()
}
