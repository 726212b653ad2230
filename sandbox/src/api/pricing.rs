//! What a basket costs, by today's catalogue. Carts, quotes and orders share it.

use serde_json::{Value, json};

use super::basket::Item;
use super::line;
use super::service::{self, Remaining};
use crate::calendar::rfc3339;
use crate::carrier::Work;
use crate::http::ApiError;
use crate::money;
use crate::seed::Offering;

/// An item with its price, and with what it brings.
pub(super) struct Priced<'a> {
    pub item: &'a Item,
    pub offering: &'a Offering,
    /// What one costs now.
    unit_cents: i64,
    total_cents: i64,
    /// When the service ends, if it does.
    end_ms: Option<i64>,
    /// What becomes of the plan that it renews or changes.
    remaining: Option<Remaining>,
}

/// A basket with its prices.
pub(super) struct Prices<'a> {
    pub items: Vec<Priced<'a>>,
}

/// Prices the items, and finds when each service would end if it were bought now.
pub(super) fn price<'a>(work: &Work<'a>, items: &'a [Item]) -> Result<Prices<'a>, ApiError> {
    let mut priced = Vec::with_capacity(items.len());
    for (item, end_ms) in items.iter().zip(service::ends(work, items)?) {
        let offering = work
            .catalogue
            .offering(&item.offering)
            .ok_or_else(|| ApiError::unprocessable("offeringNotAvailable", "This offering is not sold."))?;
        let unit_cents = match item.amount_cents {
            Some(cents) => cents,
            None => offering.price(work.tx)?,
        };
        let plan = if item.plan.is_some() { line::plan_of(work, &item.line)? } else { None };
        let remaining = plan.and_then(|plan| service::remaining(&plan, offering, work.now));
        let total_cents = unit_cents * item.quantity;
        priced.push(Priced { item, offering, unit_cents, total_cents, end_ms, remaining });
    }
    Ok(Prices { items: priced })
}

impl Prices<'_> {
    /// What is due now.
    pub fn total(&self) -> i64 {
        self.items.iter().map(|priced| priced.total_cents).sum()
    }

    /// What is due each month, where there is something.
    pub fn monthly(&self) -> Option<i64> {
        self.items.iter().filter_map(Priced::monthly).reduce(|sum, cents| sum + cents)
    }

    /// The totals, one for each type of price.
    pub fn json(&self) -> Value {
        money::prices(self.total(), self.monthly())
    }
}

impl Priced<'_> {
    fn monthly(&self) -> Option<i64> {
        self.offering.monthly_cents.map(|cents| cents * self.item.quantity)
    }

    /// What one costs.
    pub fn unit_prices(&self) -> Value {
        money::prices(self.unit_cents, self.offering.monthly_cents)
    }

    /// What the whole item costs.
    pub fn total_prices(&self) -> Value {
        money::prices(self.total_cents, self.monthly())
    }

    /// The product as it was asked for, with what the carrier says of it.
    pub fn product(&self) -> Value {
        let mut product = self.item.product();
        if let Some(end) = self.end_ms {
            product["terminationDate"] = json!(rfc3339(end));
        }
        let mut said: Vec<Value> = product["productCharacteristic"].as_array().cloned().unwrap_or_default();
        let remaining =
            |remaining: Remaining| json!({ "name": "remaining", "valueType": "string", "value": remaining.word() });
        said.extend(self.remaining.map(remaining));
        if !said.is_empty() {
            product["productCharacteristic"] = Value::Array(said);
        }
        product
    }
}
