//! The rules of a basket: what may stand in it, what it costs, and when the services then end. Carts and orders share
//! them.

use rusqlite::{OptionalExtension as _, params};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::wire::{Action, ItemIn, ProductIn};
use crate::carrier::Work;
use crate::http::ApiError;
use crate::seed::{Kind, Offering};

/// An item that was found good.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(super) struct Item {
    pub id: String,
    pub action: Action,
    pub quantity: i64,
    pub offering: String,
    pub line: String,
    /// The plan that the item renews or changes.
    pub plan: Option<String>,
}

/// A plan as it is now.
pub(super) struct Plan {
    pub id: String,
    pub end_ms: i64,
}

/// The plan of a line.
pub(super) fn plan_of(work: &Work, line: &str) -> Result<Option<Plan>, ApiError> {
    let mut query = work.tx.prepare_cached("SELECT id, end_ms FROM product WHERE line_id = ?1 AND kind = 'plan'")?;
    Ok(query.query_row([line], |row| Ok(Plan { id: row.get(0)?, end_ms: row.get(1)? })).optional()?)
}

/// Checks the items of a request and fills in what they leave out.
pub(super) fn check(work: &Work, customer: &str, items: Vec<ItemIn>) -> Result<Vec<Item>, ApiError> {
    if items.is_empty() {
        return Err(ApiError::unprocessable("emptyBasket", "There is nothing in it."));
    }
    let mut checked: Vec<Item> = Vec::with_capacity(items.len());
    for (at, item) in items.into_iter().enumerate() {
        let item = check_one(work, customer, at, item)?;
        if checked.iter().any(|other| other.id == item.id) {
            return Err(ApiError::unprocessable("itemIdTwice", format!("Two items have the id {}.", item.id)));
        }
        checked.push(item);
    }
    let is_plan = |item: &&Item| work.catalogue.offering(&item.offering).is_some_and(|o| o.kind == Kind::Plans);
    if checked.iter().filter(is_plan).count() > 1 {
        return Err(ApiError::unprocessable("onePlanOnly", "A basket can hold one plan."));
    }
    Ok(checked)
}

fn check_one(work: &Work, customer: &str, at: usize, item: ItemIn) -> Result<Item, ApiError> {
    let quantity = item.quantity.unwrap_or(1);
    if !(1..=99).contains(&quantity) {
        return Err(ApiError::unprocessable("quantityOutOfRange", "A quantity must be from 1 to 99."));
    }
    let sold = work.catalogue.offering(&item.product_offering.id).filter(|o| o.can_be_bought());
    let offering = sold.ok_or_else(|| ApiError::unprocessable("offeringNotAvailable", "This offering is not sold."))?;
    let product = item.product.unwrap_or_default();
    let (line, plan) = match (item.action, offering.kind) {
        (Action::Modify, Kind::Plans) => renewed(work, customer, &product)?,
        (Action::Add, kind) => (added_to(work, customer, kind, &product)?, None),
        _ => {
            let reason = "A plan is renewed by `modify`; all else is an `add`.";
            return Err(ApiError::unprocessable("actionNotAllowed", reason));
        }
    };
    Ok(Item {
        id: item.id.unwrap_or_else(|| (at + 1).to_string()),
        action: item.action,
        quantity,
        offering: offering.id.clone(),
        line,
        plan,
    })
}

/// The line and the plan of a `modify`.
fn renewed(work: &Work, customer: &str, product: &ProductIn) -> Result<(String, Option<String>), ApiError> {
    let mut query =
        work.tx.prepare_cached("SELECT line_id FROM product WHERE id = ?1 AND customer_id = ?2 AND kind = 'plan'")?;
    let line: Option<String> = query.query_row(params![product.id, customer], |row| row.get(0)).optional()?;
    match line {
        Some(line) if product.line().is_none_or(|named| named == line) => Ok((line, product.id.clone())),
        _ => Err(ApiError::unprocessable("unknownPlan", "The subscriber has no such plan.")),
    }
}

/// The line of an `add`.
fn added_to(work: &Work, customer: &str, kind: Kind, product: &ProductIn) -> Result<String, ApiError> {
    let unknown = || ApiError::unprocessable("unknownLine", "The subscriber has no such line.");
    let line = product.line().ok_or_else(unknown)?;
    let mut query = work
        .tx
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM product WHERE id = ?1 AND customer_id = ?2 AND kind = 'line')")?;
    if !query.query_row([line, customer], |row| row.get::<_, bool>(0))? {
        return Err(unknown());
    }
    let has_plan = plan_of(work, line)?.is_some();
    if kind == Kind::Plans && has_plan {
        return Err(ApiError::unprocessable("planExists", "The line has a plan: renew or change it by `modify`."));
    }
    if kind != Kind::Plans && !has_plan {
        return Err(ApiError::unprocessable("noPlan", "The line has no plan to add to."));
    }
    Ok(line.to_owned())
}

/// An item with its price and its service's end.
pub(super) struct Quoted<'a> {
    pub item: &'a Item,
    pub offering: &'a Offering,
    pub unit_cents: i64,
    pub total_cents: i64,
    pub end_ms: i64,
}

/// One part of an item, to be fulfilled: of a bundle there are several.
pub(super) struct Part<'a> {
    pub item: &'a Item,
    pub offering: &'a Offering,
}

/// The parts of all items, in the order in which they take effect: a plan before the packs that add to it.
pub(super) fn parts<'a>(work: &Work<'a>, items: &'a [Item]) -> Vec<Part<'a>> {
    let part_of = |item: &'a Item| {
        let offering = work.catalogue.offering(&item.offering)?;
        Some(work.catalogue.parts(offering).into_iter().map(move |offering| Part { item, offering }))
    };
    let mut parts: Vec<_> = items.iter().filter_map(part_of).flatten().collect();
    parts.sort_by_key(|part| part.offering.kind);
    parts
}

/// When the plan ends once a part has extended it: whole days from its end or, when that is past, from today. None
/// beyond the calendar's end.
pub(super) fn extended(work: &Work, part: &Part, now: i64, end_ms: Option<i64>) -> Option<i64> {
    let from = end_ms.map_or(now, |end| end.max(now));
    work.calendar.end_of_day(from, part.offering.validity(), part.item.quantity)
}

/// When an add-on that starts at `now` ends. None beyond the calendar's end.
pub(super) fn add_on_end(work: &Work, part: &Part, now: i64) -> Option<i64> {
    work.calendar.later(now, part.offering.validity(), part.item.quantity)
}

fn too_far() -> ApiError {
    ApiError::unprocessable("endTooFar", "The service would end beyond the calendar.")
}

/// Whether a part extends the plan, rather than being an add-on with an end of its own.
pub(super) fn extends_plan(offering: &Offering) -> bool {
    matches!(offering.kind, Kind::Plans | Kind::Data)
}

/// Prices the items by today's catalogue, and finds when each service would end if it were bought now.
pub(super) fn quote<'a>(work: &Work<'a>, items: &'a [Item]) -> Result<Vec<Quoted<'a>>, ApiError> {
    let mut plan_ends: Vec<(&str, i64)> = Vec::new();
    let mut add_on_ends: Vec<(&str, i64)> = Vec::new();
    for part in parts(work, items) {
        let line = part.item.line.as_str();
        if extends_plan(part.offering) {
            let known = plan_ends.iter().position(|(of, _)| *of == line);
            let end = match known {
                Some(at) => Some(plan_ends[at].1),
                None => plan_of(work, line)?.map(|plan| plan.end_ms),
            };
            let end = extended(work, &part, work.now, end).ok_or_else(too_far)?;
            match known {
                Some(at) => plan_ends[at].1 = end,
                None => plan_ends.push((line, end)),
            }
        } else {
            add_on_ends.push((part.item.id.as_str(), add_on_end(work, &part, work.now).ok_or_else(too_far)?));
        }
    }
    let mut quoted = Vec::with_capacity(items.len());
    for item in items {
        let offering = work
            .catalogue
            .offering(&item.offering)
            .ok_or_else(|| ApiError::unprocessable("offeringNotAvailable", "This offering is not sold."))?;
        let unit_cents = offering.price(work.tx)?;
        let has_plan_part = work.catalogue.parts(offering).into_iter().any(extends_plan);
        let plan_end = plan_ends.iter().find(|(line, _)| has_plan_part && *line == item.line).map(|(_, end)| *end);
        let own_ends = add_on_ends.iter().filter(|(id, _)| *id == item.id).map(|(_, end)| *end);
        let end_ms = own_ends.chain(plan_end).max().unwrap_or(work.now);
        quoted.push(Quoted { item, offering, unit_cents, total_cents: unit_cents * item.quantity, end_ms });
    }
    Ok(quoted)
}

impl Item {
    /// The `product` of a cart's or an order's item, as it was asked for.
    pub fn product(&self) -> Value {
        let mut product = json!({
            "productRelationship": [{ "relationshipType": "reliesOn", "product": { "id": self.line } }]
        });
        super::wire::set(&mut product, "id", self.plan.clone());
        product
    }
}
