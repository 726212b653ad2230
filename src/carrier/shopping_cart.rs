//! TMF663 Shopping Cart: the carrier's price for a basket.

use super::json::{Json, object};
use super::product_ordering::items;
use super::wire::{Wire, period};
use super::{Api, Operation, ParseError, Request, profile};
use crate::domain::allowance::{Usage, Volume};
use crate::domain::basket::{Basket, Quantity};
use crate::domain::id::{CartId, OfferingId};
use crate::domain::money::Money;
use crate::domain::offering::Recurring;
use crate::domain::quote::{CodeResult, Quote, QuoteLine, Reduction, Remaining, Source, Tax};

/// `POST /shoppingCart` (TMF663): asks what a basket costs. Not yet an order.
pub struct CreateCart<'a> {
    /// What is to be bought.
    pub basket: &'a Basket,
}

impl Operation for CreateCart<'_> {
    type Output = Quote;

    fn request(&self) -> Request {
        let body = object! { "@type": profile::CART, "cartItem": items(self.basket) };
        Request::post(Api::ShoppingCart, &["shoppingCart"], &with_codes(body, self.basket))
    }

    fn parse(&self, body: &Json) -> Result<Quote, ParseError> {
        let cart = CartId::new(body.need_text("id")?).ok_or(ParseError { field: "id" })?;
        let names =
            Names { items: "cartItem", unit: "itemPrice", item_total: "ItemTotalPrice", total: "cartTotalPrice" };
        read_quote(body, Source::Cart(cart), &names)
    }
}

/// What a cart and a quote call the same things.
pub(super) struct Names {
    pub items: &'static str,
    pub unit: &'static str,
    pub item_total: &'static str,
    pub total: &'static str,
}

/// The same with the promo codes that were typed.
pub(super) fn with_codes(body: Json, basket: &Basket) -> Json {
    if basket.codes.is_empty() {
        return body;
    }
    body.with(profile::CODES, Json::List(basket.codes.iter().map(|code| code.as_str().into()).collect()))
}

/// Reads a priced basket. A line or a total that cannot be read is an error: half a price is none.
pub(super) fn read_quote(body: &Json, source: Source, names: &Names) -> Result<Quote, ParseError> {
    let totals = body.list(names.total);
    let due = of_type(totals, profile::ONE_TIME).ok_or(ParseError { field: names.total })?.field("price");
    let total = due.money("taxIncludedAmount")?;
    let tax = due.money("dutyFreeAmount").ok().and_then(|net| total.minus(net).ok());
    Ok(Quote {
        source,
        lines: body.list(names.items).iter().map(|entry| read_line(entry, names)).collect::<Result<_, _>>()?,
        total,
        tax: tax.map(|amount| Tax { amount, rate: due.number("taxRate").map(str::to_owned) }),
        recurring: read_recurring(totals)?,
        codes: body.list(profile::CODE_RESULTS).iter().filter_map(read_code).collect(),
        expires: body.field("validFor").time("endDateTime"),
    })
}

fn of_type<'a>(prices: &'a [Json], kind: &str) -> Option<&'a Json> {
    prices.iter().find(|price| price.text("priceType") == Some(kind))
}

fn read_recurring(prices: &[Json]) -> Result<Option<Recurring>, ParseError> {
    let Some(price) = of_type(prices, profile::RECURRING) else {
        return Ok(None);
    };
    let every = price.text("recurringChargePeriod").and_then(|units| period("1", units));
    let every = every.ok_or(ParseError { field: "recurringChargePeriod" })?;
    Ok(Some(Recurring { amount: price.field("price").money("taxIncludedAmount")?, every }))
}

fn read_code(entry: &Json) -> Option<(String, CodeResult)> {
    Some((entry.text("code")?.to_owned(), profile::code_result(entry.text("result")?)))
}

fn read_line(entry: &Json, names: &Names) -> Result<QuoteLine, ParseError> {
    let once = |field: &'static str| of_type(entry.list(field), profile::ONE_TIME).ok_or(ParseError { field });
    let amount = |price: &Json| price.field("price").money("taxIncludedAmount");
    let quantity = entry.number("quantity").and_then(|number| Quantity::new(number.parse().ok()?));
    let offering = entry.field("productOffering").text("id").and_then(OfferingId::new);
    let product = entry.field("product");
    let whole = once(names.item_total)?;
    Ok(QuoteLine {
        offering: offering.ok_or(ParseError { field: "productOffering" })?,
        quantity: quantity.ok_or(ParseError { field: "quantity" })?,
        unit: amount(once(names.unit)?)?,
        reductions: whole.list("priceAlteration").iter().map(read_reduction).collect::<Result<_, _>>()?,
        total: amount(whole)?,
        recurring: read_recurring(entry.list(names.item_total))?,
        starts: product.time("startDate"),
        ends: product.time("terminationDate"),
        remaining: read_remaining(product),
        bonus: read_bonus(product),
    })
}

fn read_reduction(entry: &Json) -> Result<Reduction, ParseError> {
    let amount: Money = entry.field("price").money("taxIncludedAmount")?;
    Ok(Reduction { name: entry.text("name").unwrap_or_default().to_owned(), amount })
}

fn read_remaining(product: &Json) -> Option<Remaining> {
    let (name, kept, lost) = profile::REMAINING;
    match product.characteristic("productCharacteristic", name).as_str()? {
        word if word == kept => Some(Remaining::Kept),
        word if word == lost => Some(Remaining::Lost),
        _ => None,
    }
}

fn read_bonus(product: &Json) -> Option<Volume> {
    let bonus = product.characteristic("productCharacteristic", profile::BONUS);
    Volume::parse(Usage::Data, bonus.number("amount")?, bonus.text("units")?).ok()
}

#[cfg(test)]
mod tests;
