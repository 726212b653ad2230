//! TMF663 Shopping Cart: the carrier's price for a basket.

use super::json::{Json, list, object};
use super::product_ordering::item;
use super::wire::Wire;
use super::{Api, Operation, ParseError, Request, profile};
use crate::domain::basket::{Basket, Quantity};
use crate::domain::id::{CartId, OfferingId};
use crate::domain::quote::{Quote, QuoteLine, Tax};

/// `POST /shoppingCart` (TMF663): asks what a basket costs. Not yet an order.
pub struct CreateCart<'a> {
    /// What is to be bought.
    pub basket: &'a Basket,
}

impl Operation for CreateCart<'_> {
    type Output = Quote;

    fn request(&self) -> Request {
        let body = object! { "@type": profile::CART, "cartItem": list![item(self.basket)] };
        Request::post(Api::ShoppingCart, &["shoppingCart"], &body)
    }

    fn parse(&self, body: &Json) -> Result<Quote, ParseError> {
        let due = due_now(body.list("cartTotalPrice")).ok_or(ParseError { field: "cartTotalPrice" })?;
        let total = due.money("taxIncludedAmount")?;
        let tax = due.money("dutyFreeAmount").ok().and_then(|net| total.minus(net).ok());
        Ok(Quote {
            cart: CartId::new(body.need_text("id")?).ok_or(ParseError { field: "id" })?,
            lines: body.list("cartItem").iter().map(read_line).collect::<Result<_, _>>()?,
            total,
            tax: tax.map(|amount| Tax { amount, rate: due.number("taxRate").map(str::to_owned) }),
            expires: body.field("validFor").time("endDateTime"),
        })
    }
}

/// The price that is due once, among prices by type.
fn due_now(prices: &[Json]) -> Option<&Json> {
    prices.iter().find(|price| price.text("priceType") == Some(profile::ONE_TIME)).map(|price| price.field("price"))
}

fn read_line(entry: &Json) -> Result<QuoteLine, ParseError> {
    let amount =
        |field: &'static str| due_now(entry.list(field)).ok_or(ParseError { field })?.money("taxIncludedAmount");
    let quantity = entry.number("quantity").and_then(|number| Quantity::new(number.parse().ok()?));
    let offering = entry.field("productOffering").text("id").and_then(OfferingId::new);
    Ok(QuoteLine {
        offering: offering.ok_or(ParseError { field: "productOffering" })?,
        quantity: quantity.ok_or(ParseError { field: "quantity" })?,
        unit: amount("itemPrice")?,
        total: amount("ItemTotalPrice")?,
        ends: entry.field("product").time("terminationDate"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::basket::two_data_packs as basket;
    use serde_json::{Value, json};

    fn cart() -> Value {
        let price = |gross: &str, net: &str| {
            serde_json::from_str::<Value>(&format!(
                r#"[{{"priceType":"oneTime","price":{{"taxRate":20,"taxIncludedAmount":{{"unit":"EUR","value":{gross}}},"dutyFreeAmount":{{"unit":"EUR","value":{net}}}}}}}]"#
            ))
            .unwrap()
        };
        json!({ "id": "cart-1", "validFor": { "endDateTime": "2026-11-22T13:25:00Z" },
                "cartItem": [{ "quantity": 2, "productOffering": { "id": "data-20" }, "product": { "terminationDate": "2027-01-28T22:59:59Z" },
                               "itemPrice": price("24.00", "20.00"), "ItemTotalPrice": price("48.00", "40.00") }],
                "cartTotalPrice": price("48.00", "40.00") })
    }

    #[test]
    fn reads_the_price_with_its_tax() {
        let basket = basket();
        let quote = CreateCart { basket: &basket }.parse(&cart().into()).unwrap();
        assert_eq!(quote.check(&basket), Ok(()));
        assert_eq!(quote.tax.as_ref().map(|tax| tax.amount.to_decimal()).as_deref(), Some("8.00"));
        assert!(quote.ends().is_some() && quote.expires.is_some());
    }

    #[test]
    fn a_price_that_is_not_all_there_is_none() {
        let basket = basket();
        for (pointer, field) in [
            ("/id", "id"),
            ("/cartTotalPrice", "cartTotalPrice"),
            ("/cartItem/0/ItemTotalPrice", "ItemTotalPrice"),
            ("/cartItem/0/itemPrice", "itemPrice"),
            ("/cartItem/0/quantity", "quantity"),
            ("/cartItem/0/productOffering", "productOffering"),
        ] {
            let mut body = cart();
            *body.pointer_mut(pointer).unwrap() = Value::Null;
            assert_eq!(
                CreateCart { basket: &basket }.parse(&body.clone().into()),
                Err(ParseError { field }),
                "{pointer}"
            );
        }
    }

    #[test]
    fn without_a_net_price_no_tax_is_made_up() {
        let basket = basket();
        let mut body = cart();
        body["cartTotalPrice"][0]["price"]["dutyFreeAmount"] = Value::Null;
        assert_eq!(CreateCart { basket: &basket }.parse(&body.clone().into()).unwrap().tax, None);
    }
}
