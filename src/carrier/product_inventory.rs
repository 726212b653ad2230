//! TMF637 Product Inventory: what the subscriber has.

use super::json::Json;
use super::wire::{Wire, page};
use super::{Api, Operation, Page, ParseError, Request, profile};
use crate::domain::id::{AccountId, CustomerId, OfferingId, ProductId};
use crate::domain::product::{Line, Plan, ProductStatus};

/// `GET /product` (TMF637): one page of the subscriber's products.
pub struct ListProducts {
    /// How many products to pass over.
    pub offset: usize,
}

/// A product that the widget shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Product {
    /// A line.
    Line(Line),
    /// The plan on a line.
    Plan(Plan),
}

impl Operation for ListProducts {
    type Output = Page<Product>;

    fn request(&self) -> Request {
        Request::get(Api::ProductInventory, &["product"]).page(self.offset)
    }

    fn parse(&self, body: &Json) -> Result<Page<Product>, ParseError> {
        page(body, "product", |entry| match entry.field("productSpecification").text("name") {
            Some(profile::LINE) => read_line(entry).map(|line| Some(Product::Line(line))),
            Some(profile::PLAN) => read_plan(entry).map(|plan| Some(Product::Plan(plan))),
            _ => Ok(None),
        })
    }
}

fn read_id(entry: &Json) -> Result<ProductId, ParseError> {
    ProductId::new(entry.need_text("id")?).ok_or(ParseError { field: "id" })
}

fn read_status(entry: &Json) -> ProductStatus {
    match entry.text("status").map(str::trim) {
        Some("active" | "pendingTerminate") => ProductStatus::Active,
        Some("suspended") => ProductStatus::Suspended,
        Some("terminated" | "cancelled" | "aborted") => ProductStatus::Ended,
        _ => ProductStatus::Pending,
    }
}

fn read_line(entry: &Json) -> Result<Line, ParseError> {
    let characteristic = |name: &str| {
        let mut characteristics = entry.list("productCharacteristic").iter();
        let found = characteristics.find(|one| one.text("name") == Some(name));
        found.and_then(|one| one.text("value")).map(str::to_owned)
    };
    let mut parties = entry.list("relatedParty").iter();
    let customer = parties.find(|party| party.text("role") == Some(profile::CUSTOMER));
    Ok(Line {
        id: read_id(entry)?,
        msisdn: characteristic(profile::MSISDN),
        iccid: characteristic(profile::ICCID),
        status: read_status(entry),
        customer: customer.and_then(|party| CustomerId::new(party.text("id")?)),
        account: entry.field("billingAccount").text("id").and_then(AccountId::new),
    })
}

fn read_plan(entry: &Json) -> Result<Plan, ParseError> {
    let mut relationships = entry.list("productRelationship").iter();
    let line = relationships.find(|one| one.text("relationshipType") == Some(profile::RELIES_ON));
    let line = line.and_then(|one| ProductId::new(one.field("product").text("id")?));
    // An end that is there but unreadable must not look like a plan without an end.
    let ends = match entry.field("terminationDate") {
        Json::Null => None,
        _ => Some(entry.time("terminationDate").ok_or(ParseError { field: "terminationDate" })?),
    };
    Ok(Plan {
        id: read_id(entry)?,
        line: line.ok_or(ParseError { field: "productRelationship" })?,
        offering: entry.field("productOffering").text("id").and_then(OfferingId::new),
        name: entry.need_text("name")?.to_owned(),
        status: read_status(entry),
        ends,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read(entry: Value) -> Page<Product> {
        ListProducts { offset: 0 }.parse(&Value::Array(vec![entry]).into()).unwrap()
    }

    fn plan() -> Value {
        json!({ "id": "plan-1", "name": "Riviera", "status": "active", "productSpecification": { "name": "plan" },
                "terminationDate": "2026-11-29T22:59:59Z",
                "productRelationship": [{ "relationshipType": "reliesOn", "product": { "id": "line-1" } }] })
    }

    #[test]
    fn passes_over_what_it_does_not_show() {
        let page = read(json!({ "id": "x", "productSpecification": { "name": "addOn" } }));
        assert_eq!((page.items.len(), page.dropped.len()), (0, 0));
    }

    #[test]
    fn an_unreadable_end_is_no_endless_plan() {
        let mut entry = plan();
        entry["terminationDate"] = json!("soon");
        let page = read(entry);
        assert_eq!(page.dropped[0].error, ParseError { field: "terminationDate" });
    }

    #[test]
    fn an_unknown_status_is_not_active() {
        for (word, status) in [
            ("active", ProductStatus::Active),
            ("aborted ", ProductStatus::Ended),
            ("suspended", ProductStatus::Suspended),
            ("ACTIVE", ProductStatus::Pending),
            ("shiny", ProductStatus::Pending),
        ] {
            let mut entry = plan();
            entry["status"] = json!(word);
            let Some(Product::Plan(plan)) = read(entry).items.pop() else { panic!("no plan for {word}") };
            assert_eq!(plan.status, status, "{word}");
        }
    }
}
