//! What of a checkout survives a reload, as JSON: no personal data, no token.

mod price;

use super::{Attempt, PaymentTry};
use crate::carrier::json::{Json, object};
use crate::carrier::profile;
use crate::domain::basket::{Action, Basket, HowMuch, Item, Quantity};
use crate::domain::id::{AttemptKey, MethodId, OfferingId, OrderId, ProductId, TryKey};
use crate::domain::money::{Currency, Money};
use crate::domain::offering::OfferingKind;
use crate::domain::payment::{Method, MethodKind};
use crate::domain::time::Timestamp;

/// What is kept of a checkout.
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(clippy::large_enum_variant, reason = "written at once, and half as large in the module")
)]
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

    /// Whether a text that was kept is of an attempt: all that the first view asks of it.
    pub fn is_attempt(text: &str) -> bool {
        text.starts_with("{\"key\":")
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

/// A text of an object.
fn text<'a>(value: &'a Json, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

fn time(value: &Json, name: &str) -> Option<Timestamp> {
    value.get(name)?.as_i64().map(Timestamp::from_millis)
}

fn quantity(value: &Json) -> Option<Quantity> {
    Quantity::new(u32::try_from(value.get("quantity")?.as_i64()?).ok()?)
}

/// All of a list, or `None` where one of it makes no sense.
fn all<T>(value: &Json, name: &str, read: impl Fn(&Json) -> Option<T>) -> Option<Vec<T>> {
    value.get(name)?.as_list()?.iter().map(read).collect()
}

fn write_basket(basket: &Basket) -> Json {
    object! {
        "line": basket.line.as_str(),
        "currency": basket.currency.code(),
        "items": Json::List(basket.items.iter().map(write_item).collect()),
        "codes": Json::List(basket.codes.iter().map(|code| code.as_str().into()).collect()),
    }
}

fn read_basket(value: &Json) -> Option<Basket> {
    let currency = Currency::from_code(text(value, "currency")?).ok()?;
    let items = all(value, "items", |item| read_item(item, currency))?;
    (!items.is_empty()).then_some(())?;
    Some(Basket {
        line: ProductId::new(text(value, "line")?)?,
        currency,
        items,
        codes: all(value, "codes", |code| code.as_str().map(str::to_owned))?,
    })
}

fn write_item(item: &Item) -> Json {
    let amount = match item.how_much {
        HowMuch::Times(_) | HowMuch::Amount(None) => None,
        HowMuch::Amount(Some(amount)) => Some(amount.to_decimal()),
    };
    object! {
        "offering": item.offering.as_str(),
        "name": item.name.as_str(),
        "kind": kind_index(item.kind),
        "quantity": i64::from(item.quantity().get()),
        "byAmount": matches!(item.how_much, HowMuch::Amount(_)),
        "amount": amount,
        "plan": match &item.action {
            Action::Add => None,
            Action::Modify(plan) => Some(plan.as_str()),
        },
        "start": item.start.map(Timestamp::millis),
    }
}

fn kind_index(kind: OfferingKind) -> i64 {
    OfferingKind::ALL.iter().zip(0..).find(|(known, _)| **known == kind).map_or(0, |(_, index)| index)
}

fn read_item(value: &Json, currency: Currency) -> Option<Item> {
    let amount = || Money::parse(text(value, "amount")?, currency).ok();
    Some(Item {
        offering: OfferingId::new(text(value, "offering")?)?,
        name: text(value, "name")?.to_owned(),
        kind: *OfferingKind::ALL.get(usize::try_from(value.get("kind")?.as_i64()?).ok()?)?,
        how_much: match value.get("byAmount")? {
            Json::Bool(true) => HowMuch::Amount(amount()),
            _ => HowMuch::Times(quantity(value)?),
        },
        action: match text(value, "plan") {
            Some(plan) => Action::Modify(ProductId::new(plan)?),
            None => Action::Add,
        },
        start: time(value, "start"),
    })
}

fn write_attempt(attempt: &Attempt) -> Json {
    object! {
        "key": attempt.key.as_str(),
        "since": attempt.since.millis(),
        "basket": write_basket(&attempt.basket),
        "quote": price::write(&attempt.quote),
        "method": write_method(attempt.method.as_ref()),
        "order": attempt.order.as_ref().map(OrderId::as_str),
        "try": attempt.payment_try.as_ref().map_or(Json::Null, |last| object! {
            "key": last.key.as_str(),
            "method": write_method(last.method.as_ref()),
            "returnUrl": last.return_url.as_str(),
        }),
    }
}

fn read_attempt(value: &Json, basket: Basket) -> Option<Attempt> {
    let payment_try = match value.get("try") {
        None | Some(Json::Null) => None,
        Some(last) => Some(PaymentTry {
            key: TryKey::new(text(last, "key")?)?,
            method: last.get("method").and_then(read_method),
            return_url: text(last, "returnUrl")?.to_owned(),
        }),
    };
    Some(Attempt {
        key: AttemptKey::new(text(value, "key")?)?,
        since: time(value, "since")?,
        quote: price::read(value.get("quote")?, basket.currency)?,
        basket,
        method: value.get("method").and_then(read_method),
        order: text(value, "order").and_then(OrderId::new),
        payment_try,
    })
}

fn write_method(method: Option<&Method>) -> Json {
    method.map_or(Json::Null, |method| {
        object! { "id": method.id.as_str(), "type": profile::method_type(method.kind) }
    })
}

fn read_method(value: &Json) -> Option<Method> {
    const KINDS: [MethodKind; 6] = [
        MethodKind::Hosted,
        MethodKind::Card,
        MethodKind::Credit,
        MethodKind::Billing,
        MethodKind::Page,
        MethodKind::Wallet,
    ];
    let kind = text(value, "type")?;
    let kind = KINDS.into_iter().find(|known| profile::method_type(*known) == kind)?;
    Some(Method { id: MethodId::new(text(value, "id")?)?, kind })
}
