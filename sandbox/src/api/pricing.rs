//! What a basket costs, by today's catalogue and promotions. Carts, quotes and orders share it.

use serde_json::{Value, json};

use super::basket::Item;
use super::discount::{self, Benefit, CodeResult, Target};
use super::line;
use super::service::{self, Remaining};
use super::usage::gigabytes;
use crate::calendar::rfc3339;
use crate::carrier::Work;
use crate::http::ApiError;
use crate::money;
use crate::seed::Offering;

/// An item with its price, and with what it brings.
pub(super) struct Priced<'a> {
    pub item: &'a Item,
    pub offering: &'a Offering,
    /// What one costs now, before promotions.
    unit_cents: i64,
    benefit: Benefit<'a>,
    /// When the service ends, if it does.
    end_ms: Option<i64>,
    /// What becomes of the plan that it renews or changes.
    remaining: Option<Remaining>,
}

/// A basket with its prices.
pub(super) struct Prices<'a> {
    pub items: Vec<Priced<'a>>,
    /// What became of the codes, in the order in which they were sent.
    pub codes: Vec<CodeResult>,
}

/// Prices the items, and finds when each service would end if it were bought now.
pub(super) fn price<'a>(
    work: &Work<'a>,
    customer: &str,
    items: &'a [Item],
    codes: &[String],
) -> Result<Prices<'a>, ApiError> {
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
        priced.push(Priced { item, offering, unit_cents, benefit: Benefit::default(), end_ms, remaining });
    }
    let targets: Vec<_> = priced.iter().map(|p| Target { offering: p.offering, unit_cents: p.unit_cents }).collect();
    let (benefits, codes) = discount::apply(work, customer, &targets, codes)?;
    for (priced, benefit) in priced.iter_mut().zip(benefits) {
        priced.benefit = benefit;
    }
    Ok(Prices { items: priced, codes })
}

impl Prices<'_> {
    /// What is due now.
    pub fn total(&self) -> i64 {
        self.items.iter().map(Priced::total).sum()
    }

    /// What is due each month, where there is something.
    pub fn monthly(&self) -> Option<i64> {
        self.items.iter().filter_map(Priced::monthly).reduce(|sum, cents| sum + cents)
    }

    /// The items with all that was promised, as an order keeps them.
    pub fn promised(&self) -> Vec<Item> {
        let promised = |p: &Priced| Item { bonus_mb: p.bonus_mb(), ..p.item.clone() };
        self.items.iter().map(promised).collect()
    }

    /// What became of the codes; None when none was sent.
    pub fn code_results(&self) -> Option<Value> {
        (!self.codes.is_empty()).then(|| self.codes.iter().map(CodeResult::json).collect())
    }

    /// The totals, one for each type of price.
    pub fn json(&self) -> Value {
        money::prices(self.total(), self.monthly())
    }
}

impl Priced<'_> {
    fn total(&self) -> i64 {
        let saving = self.benefit.saving.map_or(0, |(_, saving)| saving);
        (self.unit_cents - saving) * self.item.quantity
    }

    fn bonus_mb(&self) -> i64 {
        self.benefit.bonus_mb * self.item.quantity
    }

    fn monthly(&self) -> Option<i64> {
        self.offering.monthly_cents.map(|cents| cents * self.item.quantity)
    }

    /// What one costs.
    pub fn unit_prices(&self) -> Value {
        money::prices(self.unit_cents, self.offering.monthly_cents)
    }

    /// What the whole item costs, with what a promotion takes off it.
    pub fn total_prices(&self) -> Value {
        let mut prices = money::prices(self.total(), self.monthly());
        if let Some((promotion, _)) = self.benefit.saving {
            let price = money::reduction(self.unit_cents * self.item.quantity, self.total());
            prices[0]["priceAlteration"] = json!([{ "name": promotion.name, "priceType": "discount", "price": price }]);
        }
        prices
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
        if self.bonus_mb() > 0 {
            let value = json!({ "amount": gigabytes(self.bonus_mb()), "units": "GB" });
            said.push(json!({ "name": "bonusData", "valueType": "object", "value": value }));
        }
        if !said.is_empty() {
            product["productCharacteristic"] = Value::Array(said);
        }
        product
    }
}
