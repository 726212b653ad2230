//! Orders as the carrier's list tells of them (TMF622), and their payments (TMF676): what it takes to find an order that was
//! begun in another browser, and to go on with it.

use super::json::Json;
use super::payment::read_payment;
use super::product_ordering::read_order;
use super::wire::{Wire, page};
use super::{Api, Operation, Page, ParseError, Request, profile};
use crate::domain::basket::Quantity;
use crate::domain::id::{AttemptKey, CartId, MethodId, OfferingId, OrderId, ProductId, QuoteId};
use crate::domain::order::{OrderState, Placed, PlacedItem};
use crate::domain::payment::{Method, Payment};
use crate::domain::quote::Source;
use crate::domain::time::Timestamp;

/// `GET /productOrder` (TMF622): the keys of the orders that are not finished, and when each was placed.
pub struct ListUnfinished {
    /// How many orders to pass over.
    pub offset: usize,
}

impl Operation for ListUnfinished {
    type Output = Page<(AttemptKey, Option<Timestamp>)>;

    fn request(&self) -> Request {
        Request::get(Api::ProductOrdering, &["productOrder"])
            .with("fields", "id,externalId,state,orderDate")
            .page(self.offset)
    }

    fn parse(&self, body: &Json) -> Result<Self::Output, ParseError> {
        page(body, "productOrder", |entry| {
            let state = OrderState::from_word(entry.text("state").unwrap_or_default());
            let is_open = matches!(state, OrderState::Pending | OrderState::InProgress | OrderState::Held);
            // An order without a key comes from elsewhere, and is followed there.
            let key = entry.text("externalId").filter(|_| is_open).and_then(AttemptKey::new);
            Ok(key.map(|key| (key, entry.time("orderDate"))))
        })
    }
}

/// `GET /productOrder?externalId=…` (TMF622): one page of the orders in which an attempt's may be, with what was ordered.
pub struct ListPlaced<'a> {
    /// The attempt.
    pub key: &'a AttemptKey,
    /// How many orders to pass over.
    pub offset: usize,
}

impl Operation for ListPlaced<'_> {
    type Output = Page<Placed>;

    fn request(&self) -> Request {
        Request::get(Api::ProductOrdering, &["productOrder"]).with("externalId", self.key.as_str()).page(self.offset)
    }

    fn parse(&self, body: &Json) -> Result<Page<Placed>, ParseError> {
        // A carrier may ignore the filter.
        let is_it = |entry: &Json| entry.text("externalId") == Some(self.key.as_str());
        page(body, "productOrder", |entry| is_it(entry).then(|| read_placed(entry)).transpose())
    }
}

/// `GET /payment` (TMF676): one page of the payments of an order, each with its method where it is one that is known.
pub struct ListPaymentsOf<'a> {
    /// The order.
    pub order: &'a OrderId,
    /// How many payments to pass over.
    pub offset: usize,
}

impl Operation for ListPaymentsOf<'_> {
    type Output = Page<(Payment, Option<Method>)>;

    fn request(&self) -> Request {
        Request::get(Api::Payment, &["payment"]).with("paymentItem.item.id", self.order.as_str()).page(self.offset)
    }

    fn parse(&self, body: &Json) -> Result<Self::Output, ParseError> {
        let is_it = |item: &Json| item.field("item").text("id") == Some(self.order.as_str());
        page(body, "payment", |entry| {
            let of_order = entry.list("paymentItem").iter().any(is_it);
            of_order.then(|| Ok((read_payment(entry)?, read_method(entry.field("paymentMethod"))))).transpose()
        })
    }
}

fn read_placed(body: &Json) -> Result<Placed, ParseError> {
    let quote = body.list("quote").first().and_then(|quote| QuoteId::new(quote.text("id")?)).map(Source::Quote);
    let cart = || body.field("shoppingCart").text("id").and_then(CartId::new).map(Source::Cart);
    Ok(Placed {
        order: read_order(body)?,
        at: body.time("orderDate"),
        items: body.list("productOrderItem").iter().map(read_item).collect::<Result<_, _>>()?,
        source: quote.or_else(cart).ok_or(ParseError { field: "shoppingCart" })?,
    })
}

fn read_item(body: &Json) -> Result<PlacedItem, ParseError> {
    let (offering, product) = (body.field("productOffering"), body.field("product"));
    let is_line = |one: &&Json| one.text("relationshipType") == Some(profile::RELIES_ON);
    let line = product.list("productRelationship").iter().find(is_line);
    let quantity = body.number("quantity").and_then(|quantity| Quantity::new(quantity.parse().ok()?));
    Ok(PlacedItem {
        offering: OfferingId::new(offering.need_text("id")?).ok_or(ParseError { field: "productOffering" })?,
        name: offering.text("name").map(str::to_owned),
        quantity: quantity.unwrap_or(Quantity::ONE),
        line: line.and_then(|line| ProductId::new(line.field("product").text("id")?)),
        changes: product.text("id").filter(|_| body.text("action") == Some("modify")).and_then(ProductId::new),
    })
}

fn read_method(body: &Json) -> Option<Method> {
    let name = body.text("name").unwrap_or_default();
    let kind = profile::method_kind(body.text("@type")?, name)?;
    Some(Method { id: MethodId::new(body.text("id")?)?, kind })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::payment::MethodKind;
    use serde_json::json;

    fn order(key: &str, state: &str) -> serde_json::Value {
        json!({
            "id": format!("order-{key}"), "externalId": key, "state": state, "orderDate": "2026-11-25T12:00:00Z",
            "shoppingCart": { "id": "cart" },
            "orderTotalPrice": [{ "priceType": "oneTime", "price": { "taxIncludedAmount": { "unit": "EUR", "value": 24 } } }],
            "productOrderItem": [
                { "id": "1", "action": "add", "quantity": 2, "productOffering": { "id": "data-20", "name": "Data 20" },
                  "product": { "productRelationship": [{ "relationshipType": "reliesOn", "product": { "id": "line-1" } }] } },
                { "id": "2", "action": "modify", "productOffering": { "id": "riviera" }, "product": { "id": "plan-1" } },
            ],
        })
    }

    #[test]
    fn only_what_is_not_finished_and_has_a_key_is_found() {
        let mut without = order("c", "pending");
        without.as_object_mut().unwrap().remove("externalId");
        let orders = json!([
            order("a", "completed"),
            order("b", "inProgress"),
            without,
            order("d", "assessing"),
            order("e", "cancelled")
        ]);
        let page = ListUnfinished { offset: 0 }.parse(&orders.into()).unwrap();
        let keys: Vec<_> = page.items.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["b", "d"]);
        assert_eq!(page.items[0].1, Timestamp::parse("2026-11-25T12:00:00Z").ok());
    }

    #[test]
    fn reads_what_was_ordered_and_for_which_line() {
        let key = AttemptKey::new("b").unwrap();
        let page =
            ListPlaced { key: &key, offset: 0 }.parse(&json!([order("a", "pending"), order("b", "pending")]).into());
        let [placed] = <[Placed; 1]>::try_from(page.unwrap().items).unwrap();
        assert_eq!(placed.order.id.as_str(), "order-b");
        assert_eq!(placed.items[0].line.as_ref().map(ProductId::as_str), Some("line-1"));
        assert_eq!(placed.items[0].quantity.get(), 2);
        assert_eq!(placed.items[1].changes.as_ref().map(ProductId::as_str), Some("plan-1"));
        assert_eq!(placed.items[1].name, None);
    }

    #[test]
    fn payments_of_other_orders_are_left_out() {
        let payment = |order: &str, key: &str| {
            json!({ "id": key, "correlatorId": key, "status": "captured", "paymentItem": [{ "item": { "id": order } }],
                    "paymentMethod": { "id": "bill", "@type": "accountPaymentMethod" } })
        };
        let id = OrderId::new("order-b").unwrap();
        let payments = json!([payment("order-a", "t"), payment("order-b", "u")]);
        let page = ListPaymentsOf { order: &id, offset: 0 }.parse(&payments.into()).unwrap();
        let [(payment, method)] = <[_; 1]>::try_from(page.items).unwrap();
        assert_eq!(payment.id.as_str(), "u");
        assert_eq!(method.map(|method| method.kind), Some(MethodKind::Billing));
    }
}
