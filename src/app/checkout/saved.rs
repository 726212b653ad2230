//! What of a checkout survives a reload, as JSON: no personal data, no token.

use super::Attempt;
use crate::carrier::json::{Json, object};
use crate::domain::basket::{Action, Basket, Quantity};
use crate::domain::id::{AttemptKey, CartId, OfferingId, OrderId, ProductId, TryKey};
use crate::domain::money::{Currency, Money};
use crate::domain::quote::Tax;
use crate::domain::time::Timestamp;

/// What is kept of a checkout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// A choice to which nobody consented yet.
    Choice {
        /// The choice.
        basket: Basket,
        /// Whether its price was asked for.
        asked: bool,
    },
    /// A consent, and what came of it.
    Attempt(Attempt),
}

impl Saved {
    /// What was chosen.
    pub const fn basket(&self) -> &Basket {
        match self {
            Self::Choice { basket, .. } => basket,
            Self::Attempt(attempt) => &attempt.basket,
        }
    }

    /// As text.
    pub fn to_text(&self) -> String {
        let value = match self {
            Self::Choice { basket, asked } => {
                object! { "basket": write_basket(basket), "asked": *asked }
            }
            Self::Attempt(attempt) => write_attempt(attempt),
        };
        value.to_string()
    }

    /// From text that was kept; `None` if it is not one of ours.
    pub fn from_text(text: &str) -> Option<Self> {
        let value = Json::parse(text)?;
        let basket = read_basket(value.get("basket")?)?;
        if value.get("key").is_none() {
            return Some(Self::Choice { basket, asked: value.get("asked")? == &Json::Bool(true) });
        }
        read_attempt(&value, basket).map(Self::Attempt)
    }
}

fn write_basket(basket: &Basket) -> Json {
    object! {
        "offering": basket.offering.as_str(),
        "name": basket.name.as_str(),
        "quantity": i64::from(basket.quantity.get()),
        "line": basket.line.as_str(),
        "plan": match &basket.action {
            Action::Add => None,
            Action::Modify(plan) => Some(plan.as_str()),
        },
    }
}

fn read_basket(value: &Json) -> Option<Basket> {
    let text = |name: &str| value.get(name)?.as_str();
    Some(Basket {
        offering: OfferingId::new(text("offering")?)?,
        name: text("name")?.to_owned(),
        quantity: Quantity::new(u32::try_from(value.get("quantity")?.as_i64()?).ok()?)?,
        line: ProductId::new(text("line")?)?,
        action: match text("plan") {
            Some(plan) => Action::Modify(ProductId::new(plan)?),
            None => Action::Add,
        },
    })
}

fn write_attempt(attempt: &Attempt) -> Json {
    object! {
        "key": attempt.key.as_str(),
        "since": attempt.since.millis(),
        "basket": write_basket(&attempt.basket),
        "cart": attempt.cart.as_str(),
        "currency": attempt.total.currency().code(),
        "total": attempt.total.to_decimal(),
        "tax": attempt.tax.as_ref().map(|tax| tax.amount.to_decimal()),
        "rate": attempt.tax.as_ref().and_then(|tax| tax.rate.as_deref()),
        "ends": attempt.ends.map(Timestamp::millis),
        "order": attempt.order.as_ref().map(OrderId::as_str),
        "try": attempt.payment_try.as_ref().map(TryKey::as_str),
    }
}

fn read_attempt(value: &Json, basket: Basket) -> Option<Attempt> {
    let text = |name: &str| value.get(name)?.as_str();
    let currency = Currency::from_code(text("currency")?).ok()?;
    let money = |name: &str| Money::parse(text(name)?, currency).ok();
    Some(Attempt {
        key: AttemptKey::new(text("key")?)?,
        since: Timestamp::from_millis(value.get("since")?.as_i64()?),
        basket,
        cart: CartId::new(text("cart")?)?,
        total: money("total")?,
        tax: money("tax").map(|amount| Tax { amount, rate: text("rate").map(str::to_owned) }),
        ends: value.get("ends").and_then(Json::as_i64).map(Timestamp::from_millis),
        order: text("order").and_then(OrderId::new),
        payment_try: text("try").and_then(TryKey::new),
    })
}
