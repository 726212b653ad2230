//! What may stand in a basket. Carts, quotes, orders and qualifications share it.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::line::{self, Line};
use super::wire::{Action, ItemIn, ProductIn, set};
use super::{eligibility, start};
use crate::carrier::Work;
use crate::http::ApiError;
use crate::money;
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
    /// The day on which it starts, where the buyer chose one.
    pub start: Option<start::Start>,
    /// How much credit, where it is credit.
    pub amount_cents: Option<i64>,
    /// How much data comes with it all, once an order has been made of it.
    #[serde(default)]
    pub bonus_mb: i64,
}

impl Item {
    /// The `product` of an item, as it was asked for.
    pub fn product(&self) -> Value {
        let mut product = json!({
            "productRelationship": [{ "relationshipType": "reliesOn", "product": { "id": self.line } }]
        });
        set(&mut product, "id", self.plan.clone());
        set(&mut product, "startDate", self.start.as_ref().map(|start| start.text.clone()));
        let amount = |cents| json!([{ "name": "amount", "valueType": "number", "value": money::decimal(cents) }]);
        set(&mut product, "productCharacteristic", self.amount_cents.map(amount));
        product
    }
}

/// An item, or all the reasons why it cannot be had, of which there is at least one.
pub(super) type Reviewed = Result<Item, Vec<ApiError>>;

/// Checks the items of a request and fills in what they leave out. The first that cannot be had refuses them all.
pub(super) fn check(work: &Work, customer: &str, items: &[ItemIn]) -> Result<Vec<Item>, ApiError> {
    let first = |reasons: Vec<ApiError>| reasons.into_iter().next().unwrap_or_else(ApiError::internal);
    review(work, customer, items)?.into_iter().map(|reviewed| reviewed.map_err(first)).collect()
}

/// Says of each item of a request whether it can be had, beside the others.
pub(super) fn review(work: &Work, customer: &str, items: &[ItemIn]) -> Result<Vec<Reviewed>, ApiError> {
    if items.is_empty() {
        return Err(ApiError::unprocessable("emptyBasket", "There is nothing in it."));
    }
    let mut checked: Vec<Result<Checked, ApiError>> = Vec::with_capacity(items.len());
    for (at, item) in items.iter().enumerate() {
        let one = check_one(work, customer, at, item);
        let one = one.and_then(|one| one.check_once(checked.iter().flatten()));
        checked.push(match one {
            Err(error) if !error.is_unprocessable() => return Err(error),
            one => one,
        });
    }
    let good: Vec<Item> = checked.iter().flatten().map(|one| one.item.clone()).collect();
    let reviewed = checked.into_iter().map(|one| {
        let Checked { item, line, offering } = match one {
            Ok(one) => one,
            Err(reason) => return Ok(Err(vec![reason])),
        };
        let others: Vec<&Item> = good.iter().filter(|other| other.id != item.id).collect();
        let reasons = eligibility::refusals(work, &line, offering, &others)?;
        Ok(if reasons.is_empty() { Ok(item) } else { Err(reasons) })
    });
    reviewed.collect()
}

/// An item that is good by itself.
struct Checked<'a> {
    item: Item,
    line: Line,
    offering: &'a Offering,
}

impl Checked<'_> {
    /// Refuses what cannot stand in a basket a second time.
    fn check_once<'b>(self, mut before: impl Iterator<Item = &'b Self> + Clone) -> Result<Self, ApiError>
    where
        Self: 'b,
    {
        let (id, name) = (&self.item.id, &self.offering.name);
        if before.clone().any(|other| other.item.id == *id) {
            return Err(ApiError::unprocessable("itemIdTwice", format!("Two items have the id {id}.")));
        }
        if before.clone().any(|other| other.offering.id == self.offering.id) {
            return Err(ApiError::unprocessable("itemTwice", format!("Two items are for {name}.")));
        }
        if self.offering.kind == Kind::Plans && before.any(|other| other.offering.kind == Kind::Plans) {
            return Err(ApiError::unprocessable("onePlanOnly", "A basket can hold one plan."));
        }
        Ok(self)
    }
}

/// Checks an item by itself.
fn check_one<'a>(work: &Work<'a>, customer: &str, at: usize, item: &ItemIn) -> Result<Checked<'a>, ApiError> {
    let quantity = item.quantity.unwrap_or(1);
    if !(1..=99).contains(&quantity) {
        return Err(ApiError::unprocessable("quantityOutOfRange", "A quantity must be from 1 to 99."));
    }
    let sold = work.catalogue.offering(&item.product_offering.id).filter(|o| o.can_be_bought());
    let offering = sold.ok_or_else(|| ApiError::unprocessable("offeringNotAvailable", "This offering is not sold."))?;
    let nothing = ProductIn::default();
    let product = item.product.as_ref().unwrap_or(&nothing);
    let (line, plan) = match (item.action, offering.kind) {
        (Action::Modify, Kind::Plans) => renewed(work, customer, product)?,
        (Action::Add, kind) => (added_to(work, customer, kind, product)?, None),
        _ => {
            let reason = "A plan is renewed by `modify`; all else is an `add`.";
            return Err(ApiError::unprocessable("actionNotAllowed", reason));
        }
    };
    let checked = Item {
        id: item.id.clone().unwrap_or_else(|| (at + 1).to_string()),
        action: item.action,
        quantity,
        offering: offering.id.clone(),
        line: line.id.clone(),
        plan,
        start: start::check(work, offering, product.start_date.as_deref())?,
        amount_cents: amount(offering, quantity, product)?,
        bonus_mb: 0,
    };
    Ok(Checked { item: checked, line, offering })
}

fn check_standing(line: Line) -> Result<Line, ApiError> {
    if line.is_suspended {
        return Err(ApiError::unprocessable("lineSuspended", "The line is suspended: nothing can be bought for it."));
    }
    Ok(line)
}

/// The line and the plan of a `modify`.
fn renewed(work: &Work, customer: &str, product: &ProductIn) -> Result<(Line, Option<String>), ApiError> {
    let plan = product.id.as_deref().unwrap_or_default();
    match line::of_plan(work, customer, plan)? {
        Some(line) if product.line().is_none_or(|named| named == line.id) => {
            Ok((check_standing(line)?, Some(plan.to_owned())))
        }
        _ => Err(ApiError::unprocessable("unknownPlan", "The subscriber has no such plan.")),
    }
}

/// The line of an `add`.
fn added_to(work: &Work, customer: &str, kind: Kind, product: &ProductIn) -> Result<Line, ApiError> {
    let found = product.line().map_or(Ok(None), |line| line::find(work, customer, line))?;
    let line = found.ok_or_else(|| ApiError::unprocessable("unknownLine", "The subscriber has no such line."))?;
    let line = check_standing(line)?;
    let has_plan = line::plan_of(work, &line.id)?.is_some();
    match kind {
        Kind::Plans if has_plan => {
            Err(ApiError::unprocessable("planExists", "The line has a plan: renew or change it by `modify`."))
        }
        // Credit is the account's: it needs no plan.
        Kind::Plans | Kind::Credit => Ok(line),
        _ if !has_plan => Err(ApiError::unprocessable("noPlan", "The line has no plan to add to.")),
        _ => Ok(line),
    }
}

/// How much credit is bought; None of what is not bought by an amount.
fn amount(offering: &Offering, quantity: i64, product: &ProductIn) -> Result<Option<i64>, ApiError> {
    let Some(range) = offering.amount else { return Ok(None) };
    if quantity != 1 {
        return Err(ApiError::unprocessable("quantityOutOfRange", "Credit is bought by its amount, once."));
    }
    match product.amount_cents() {
        Some(cents) if range.holds(cents) => Ok(Some(cents)),
        _ => {
            let reason = format!("The amount must be from {}.00 to {}.00 euros.", range.from, range.to);
            Err(ApiError::unprocessable("amountOutOfRange", reason))
        }
    }
}
