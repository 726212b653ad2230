//! What carts, orders and payments send, as far as it is read. Unknown members are passed over.

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

use crate::http::ApiError;
use crate::money;

/// A reference by id.
#[derive(Debug, Deserialize)]
pub(super) struct Ref {
    pub id: String,
}

/// What is done to a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Action {
    Add,
    Modify,
    Delete,
    NoChange,
}

/// `CartItem` (TMF663) or `ProductOrderItem` (TMF622).
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ItemIn {
    pub id: Option<String>,
    pub action: Action,
    pub quantity: Option<i64>,
    pub product_offering: Ref,
    pub product: Option<ProductIn>,
}

/// `ProductRefOrValue`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProductIn {
    pub id: Option<String>,
    pub start_date: Option<String>,
    #[serde(default)]
    pub product_characteristic: Vec<CharacteristicIn>,
    #[serde(default)]
    pub product_relationship: Vec<RelationshipIn>,
}

/// `Characteristic`.
#[derive(Debug, Deserialize)]
pub(super) struct CharacteristicIn {
    pub name: String,
    #[serde(default)]
    pub value: Value,
}

/// `ProductRelationship`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RelationshipIn {
    pub relationship_type: String,
    pub product: Ref,
}

impl ProductIn {
    /// The characteristic `amount` in cents: None when there is none, or it is no amount of euros and cents.
    pub fn amount_cents(&self) -> Option<i64> {
        let amount = self.product_characteristic.iter().find(|characteristic| characteristic.name == "amount")?;
        money::cents_of(amount.value.as_number()?)
    }

    /// The line that the product relies on.
    pub fn line(&self) -> Option<&str> {
        self.product_relationship.iter().find(|r| r.relationship_type == "reliesOn").map(|r| r.product.id.as_str())
    }
}

/// `Money`.
#[derive(Debug, Deserialize)]
pub(super) struct MoneyIn {
    unit: String,
    value: Number,
}

impl MoneyIn {
    /// Euro cents.
    pub fn cents(&self) -> Result<i64, ApiError> {
        if self.unit != "EUR" {
            return Err(ApiError::unprocessable("currencyNotSupported", "The carrier only takes EUR."));
        }
        money::cents_of(&self.value)
            .ok_or_else(|| ApiError::malformed(format!("{} is not an amount in euros and cents.", self.value)))
    }
}

/// `OrderPrice`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TotalIn {
    price_type: String,
    recurring_charge_period: Option<String>,
    price: PriceIn,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PriceIn {
    tax_included_amount: MoneyIn,
}

impl TotalIn {
    /// The cents that are due now, the one entry of type `oneTime`, and those of each month, where one is named.
    pub fn consented(totals: &[Self]) -> Result<(i64, Option<i64>), ApiError> {
        let of_type = |kind: &str| {
            let mut found = totals.iter().filter(|total| total.price_type == kind);
            (found.next(), found.next())
        };
        let (Some(now), None) = of_type("oneTime") else {
            return Err(ApiError::unprocessable("totalMissing", "Exactly one total of priceType oneTime is needed."));
        };
        let (monthly, None) = of_type("recurring") else {
            return Err(ApiError::unprocessable("totalMissing", "There is more than one recurring total."));
        };
        if monthly.is_some_and(|total| total.recurring_charge_period.as_deref() != Some("month")) {
            return Err(ApiError::unprocessable("totalMissing", "A recurring total is one of each month."));
        }
        let monthly = monthly.map(|total| total.price.tax_included_amount.cents()).transpose()?;
        Ok((now.price.tax_included_amount.cents()?, monthly))
    }
}

/// `Note`, kept as it came.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Note {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub text: String,
}

/// Refuses a key that is empty or too long to be one.
pub(super) fn check_key(name: &str, key: &str) -> Result<(), ApiError> {
    if key.is_empty() || key.len() > 200 {
        return Err(ApiError::malformed(format!("`{name}` must have 1 to 200 characters.")));
    }
    Ok(())
}

/// Sets a member, when there is something to set.
pub(super) fn set(resource: &mut Value, name: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        resource[name] = value.into();
    }
}
