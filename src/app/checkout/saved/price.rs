//! The price that was consented to, as it is kept: the receipt is written from it.

use super::{all, quantity, text, time};
use crate::carrier::json::{Json, object};
use crate::domain::allowance::Volume;
use crate::domain::id::{CartId, OfferingId, OrderId, QuoteId};
use crate::domain::money::{Currency, Money};
use crate::domain::offering::Recurring;
use crate::domain::quote::{Quote, QuoteLine, Reduction, Remaining, Source, Tax};
use crate::domain::time::{Period, Timestamp};

pub(super) fn write(quote: &Quote) -> Json {
    let (source, id) = match &quote.source {
        Source::Cart(cart) => ("cart", cart.as_str().into()),
        Source::Quote(quote) => ("quote", quote.as_str().into()),
        Source::TopUp(before) => ("topUp", Json::List(before.iter().map(|id| id.as_str().into()).collect())),
    };
    object! {
        "lines": Json::List(quote.lines.iter().map(write_line).collect()),
        "total": quote.total.to_decimal(),
        "tax": quote.tax.as_ref().map(|tax| tax.amount.to_decimal()),
        "rate": quote.tax.as_ref().and_then(|tax| tax.rate.as_deref()),
        "again": write_recurring(quote.recurring),
    }
    .with(source, id)
}

/// What became of the codes and until when the price held is of no use after the consent.
pub(super) fn read(value: &Json, currency: Currency) -> Option<Quote> {
    let money = |name: &str| Money::parse(text(value, name)?, currency).ok();
    let cart = text(value, "cart").and_then(CartId::new).map(Source::Cart);
    let by_quote = || text(value, "quote").and_then(QuoteId::new).map(Source::Quote);
    let top_up = || all(value, "topUp", |id| OrderId::new(id.as_str()?)).map(Source::TopUp);
    Some(Quote {
        source: cart.or_else(by_quote).or_else(top_up)?,
        lines: all(value, "lines", |line| read_line(line, currency))?,
        total: money("total")?,
        tax: money("tax").map(|amount| Tax { amount, rate: text(value, "rate").map(str::to_owned) }),
        recurring: read_recurring(value, currency),
        codes: vec![],
        expires: None,
    })
}

fn write_line(line: &QuoteLine) -> Json {
    let reduction = |one: &Reduction| object! { "name": one.name.as_str(), "amount": one.amount.to_decimal() };
    object! {
        "offering": line.offering.as_str(),
        "quantity": i64::from(line.quantity.get()),
        "unit": line.unit.to_decimal(),
        "reductions": Json::List(line.reductions.iter().map(reduction).collect()),
        "total": line.total.to_decimal(),
        "again": write_recurring(line.recurring),
        "starts": line.starts.map(Timestamp::millis),
        "ends": line.ends.map(Timestamp::millis),
        "kept": line.remaining.map_or(Json::Null, |remaining| Json::Bool(remaining == Remaining::Kept)),
        "bonus": match line.bonus {
            Some(Volume::Of(bytes)) => i64::try_from(bytes).ok(),
            Some(Volume::Unlimited) | None => None,
        },
    }
}

fn read_line(value: &Json, currency: Currency) -> Option<QuoteLine> {
    let money = |value: &Json, name: &str| Money::parse(text(value, name)?, currency).ok();
    let reduction = |one: &Json| Some(Reduction { name: text(one, "name")?.to_owned(), amount: money(one, "amount")? });
    Some(QuoteLine {
        offering: OfferingId::new(text(value, "offering")?)?,
        quantity: quantity(value)?,
        unit: money(value, "unit")?,
        reductions: all(value, "reductions", reduction)?,
        total: money(value, "total")?,
        recurring: read_recurring(value, currency),
        starts: time(value, "starts"),
        ends: time(value, "ends"),
        remaining: match value.get("kept") {
            Some(Json::Bool(true)) => Some(Remaining::Kept),
            Some(Json::Bool(false)) => Some(Remaining::Lost),
            _ => None,
        },
        bonus: value.get("bonus").and_then(Json::as_i64).and_then(|bytes| u64::try_from(bytes).ok()).map(Volume::Of),
    })
}

fn write_recurring(recurring: Option<Recurring>) -> Json {
    recurring.map_or(Json::Null, |again| {
        let (hours, days, months) = match again.every {
            Period::Hours(hours) => (Some(hours), None, None),
            Period::Days(days) => (None, Some(days), None),
            Period::Months(months) => (None, None, Some(months)),
        };
        object! {
            "amount": again.amount.to_decimal(),
            "hours": hours.map(i64::from),
            "days": days.map(i64::from),
            "months": months.map(i64::from),
        }
    })
}

fn read_recurring(value: &Json, currency: Currency) -> Option<Recurring> {
    let again = value.get("again")?;
    let number = |name: &str| u32::try_from(again.get(name)?.as_i64()?).ok();
    let every = number("months").map(Period::Months).or_else(|| number("days").map(Period::Days));
    Some(Recurring {
        amount: Money::parse(text(again, "amount")?, currency).ok()?,
        every: every.or_else(|| number("hours").map(Period::Hours))?,
    })
}
