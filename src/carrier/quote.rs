//! TMF648 Quote Management: the carrier's price for a basket, where there are no shopping carts.

use super::json::{Json, object};
use super::product_ordering::items;
use super::shopping_cart::{Names, read_quote, with_codes};
use super::wire::Wire;
use super::{Api, Operation, ParseError, Request, profile};
use crate::domain::basket::Basket;
use crate::domain::id::QuoteId;
use crate::domain::quote::{Quote, Source};

/// `POST /quote` (TMF648): asks what a basket costs. Not yet an order.
pub struct CreateQuote<'a> {
    /// What is to be bought.
    pub basket: &'a Basket,
}

impl Operation for CreateQuote<'_> {
    type Output = Quote;

    fn request(&self) -> Request {
        let body = object! { "@type": profile::QUOTE, "instantSyncQuote": true, "quoteItem": items(self.basket) };
        Request::post(Api::Quote, &["quote"], &with_codes(body, self.basket))
    }

    fn parse(&self, body: &Json) -> Result<Quote, ParseError> {
        let quote = QuoteId::new(body.need_text("id")?).ok_or(ParseError { field: "id" })?;
        // A quote that the carrier still works on has no price to consent to.
        if body.text("state").is_some_and(|state| state != "approved" && state != "accepted") {
            return Err(ParseError { field: "state" });
        }
        let names = Names {
            items: "quoteItem",
            unit: "quoteItemPrice",
            item_total: "quoteItemTotalPrice",
            total: "quoteTotalPrice",
        };
        read_quote(body, Source::Quote(quote), &names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::basket::tests::two_data_packs;
    use serde_json::json;

    #[test]
    fn a_quote_that_is_not_approved_is_no_price() {
        let price =
            json!([{ "priceType": "oneTime", "price": { "taxIncludedAmount": { "unit": "EUR", "value": 48 } } }]);
        let body = |state: &str| {
            json!({ "id": "quote-1", "state": state, "quoteTotalPrice": price,
                    "quoteItem": [{ "quantity": 1, "productOffering": { "id": "data-20" },
                                    "quoteItemPrice": price, "quoteItemTotalPrice": price }] })
        };
        let basket = two_data_packs();
        let read = |state: &str| CreateQuote { basket: &basket }.parse(&body(state).into());
        assert_eq!(read("inProgress"), Err(ParseError { field: "state" }));
        let quote = read("approved").unwrap();
        assert_eq!(quote.source, Source::Quote(QuoteId::new("quote-1").unwrap()));
        assert!(quote.check(&basket).is_err(), "one is not two");
    }
}
