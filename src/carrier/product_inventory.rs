//! TMF637 Product Inventory: what the subscriber has.

use super::json::Json;
use super::wire::{Wire, page};
use super::{Api, Operation, Page, ParseError, Request, profile};
use crate::domain::id::{AccountId, CustomerId, OfferingId, ProductId};
use crate::domain::product::{AddOn, Inventory, Line, Plan, ProductStatus, Roaming};
use crate::domain::time::Timestamp;

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
    /// A service on top of the plan.
    AddOn(AddOn),
}

/// All products of a list, by what they are.
pub fn inventory(products: Vec<Product>) -> Inventory {
    let mut inventory = Inventory::default();
    for product in products {
        match product {
            Product::Line(line) => inventory.lines.push(line),
            Product::Plan(plan) => inventory.plans.push(plan),
            Product::AddOn(add_on) => inventory.add_ons.push(add_on),
        }
    }
    inventory
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
            Some(profile::ADD_ON) => read_add_on(entry).map(|add_on| Some(Product::AddOn(add_on))),
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
    let characteristic = |name: &str| match entry.characteristic("productCharacteristic", name) {
        Json::Text(text) if !text.is_empty() => Some(text.as_str()),
        _ => None,
    };
    let mut parties = entry.list("relatedParty").iter();
    let customer = parties.find(|party| party.text("role") == Some(profile::CUSTOMER));
    let is_barred = characteristic(profile::ROAMING.0) == Some(profile::ROAMING.1);
    Ok(Line {
        id: read_id(entry)?,
        msisdn: characteristic(profile::MSISDN).map(str::to_owned),
        iccid: characteristic(profile::ICCID).map(str::to_owned),
        is_esim: characteristic(profile::SIM_TYPE.0).map(|kind| kind == profile::SIM_TYPE.1),
        roaming: if is_barred { Roaming::Barred } else { Roaming::Allowed },
        status: read_status(entry),
        customer: customer.and_then(|party| CustomerId::new(party.text("id")?)),
        account: entry.field("billingAccount").text("id").and_then(AccountId::new),
    })
}

/// The line that a product relies on.
fn read_relies_on(entry: &Json) -> Result<ProductId, ParseError> {
    let mut relationships = entry.list("productRelationship").iter();
    let line = relationships.find(|one| one.text("relationshipType") == Some(profile::RELIES_ON));
    let line = line.and_then(|one| ProductId::new(one.field("product").text("id")?));
    line.ok_or(ParseError { field: "productRelationship" })
}

/// An end that is there but unreadable must not look like none.
fn read_end(entry: &Json) -> Result<Option<Timestamp>, ParseError> {
    match entry.field("terminationDate") {
        Json::Null => Ok(None),
        _ => entry.time("terminationDate").map(Some).ok_or(ParseError { field: "terminationDate" }),
    }
}

fn read_offering(entry: &Json) -> Option<OfferingId> {
    entry.field("productOffering").text("id").and_then(OfferingId::new)
}

fn read_plan(entry: &Json) -> Result<Plan, ParseError> {
    Ok(Plan {
        id: read_id(entry)?,
        line: read_relies_on(entry)?,
        offering: read_offering(entry),
        name: entry.need_text("name")?.to_owned(),
        status: read_status(entry),
        ends: read_end(entry)?,
    })
}

fn read_add_on(entry: &Json) -> Result<AddOn, ParseError> {
    Ok(AddOn {
        line: read_relies_on(entry)?,
        offering: read_offering(entry),
        name: entry.need_text("name")?.to_owned(),
        status: read_status(entry),
        starts: entry.time("startDate"),
        ends: read_end(entry)?,
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
        let page = read(json!({ "id": "x", "productSpecification": { "name": "landline" } }));
        assert_eq!((page.items.len(), page.dropped.len()), (0, 0));
    }

    #[test]
    fn reads_what_a_line_is_and_may() {
        let line = |characteristics: Value| {
            let entry = json!({ "id": "line-1", "status": "suspended", "productSpecification": { "name": "line" },
                                "productCharacteristic": characteristics });
            let Some(Product::Line(line)) = read(entry).items.pop() else { panic!("no line") };
            line
        };
        let sim = line(json!([{ "name": "simType", "value": "SIM" }, { "name": "roaming", "value": "barred" }]));
        assert_eq!((sim.is_esim, sim.roaming, sim.status), (Some(false), Roaming::Barred, ProductStatus::Suspended));
        let silent = line(json!([{ "name": "msisdn", "value": 7 }]));
        assert_eq!((silent.is_esim, silent.roaming, silent.msisdn), (None, Roaming::Allowed, None));
    }

    #[test]
    fn reads_a_service_and_its_start() {
        let mut entry = plan();
        entry["productSpecification"]["name"] = json!("addOn");
        entry["startDate"] = json!("2026-12-01T00:00:00Z");
        entry["status"] = json!("pendingActive");
        let Some(Product::AddOn(add_on)) = read(entry).items.pop() else { panic!("no service") };
        assert_eq!((add_on.status, add_on.line.as_str()), (ProductStatus::Pending, "line-1"));
        assert_eq!(add_on.starts, Timestamp::parse("2026-12-01T00:00:00Z").ok());
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
