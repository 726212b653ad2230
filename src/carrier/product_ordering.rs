//! TMF622 Product Ordering: the one durable record of what was asked for.

use super::json::{Json, list, object};
use super::wire::{Wire, page};
use super::{Api, Operation, Page, ParseError, Request, profile};
use crate::domain::basket::{Action, Basket};
use crate::domain::id::{AccountId, AttemptKey, CartId, CustomerId, OrderId};
use crate::domain::money::Money;
use crate::domain::order::{Order, OrderState};

/// `POST /productOrder` (TMF622): orders what a cart holds, for the total that was consented to.
///
/// The body follows from the fields alone, so that the same attempt always sends the same bytes.
pub struct CreateOrder<'a> {
    /// The attempt: the order's `externalId`.
    pub key: &'a AttemptKey,
    /// The cart that was priced.
    pub cart: &'a CartId,
    /// What is in it.
    pub basket: &'a Basket,
    /// The total that was consented to.
    pub total: Money,
    /// Who orders, where it is known.
    pub customer: Option<&'a CustomerId>,
    /// Which account pays, where it is known.
    pub account: Option<&'a AccountId>,
}

impl Operation for CreateOrder<'_> {
    type Output = Order;

    fn request(&self) -> Request {
        let note = object! {
            "id": profile::START_AT_ONCE,
            "text": "The subscriber asked for the service to start at once.",
        };
        let price = object! { "taxIncludedAmount": money(self.total) };
        let mut body = object! {
            "@type": profile::ORDER,
            "externalId": self.key.as_str(),
            "shoppingCart": object! { "id": self.cart.as_str() },
            "note": list![note],
            "productOrderItem": list![item(self.basket)],
            "orderTotalPrice": list![object! { "priceType": profile::ONE_TIME, "price": price }],
        };
        if let Some(customer) = self.customer {
            let party = object! { "id": customer.as_str(), "role": profile::CUSTOMER, "@referredType": "Individual" };
            body = body.with("relatedParty", list![party]);
        }
        if let Some(account) = self.account {
            body = body.with("billingAccount", object! { "id": account.as_str() });
        }
        Request::post(Api::ProductOrdering, &["productOrder"], &body)
    }

    fn parse(&self, body: &Json) -> Result<Order, ParseError> {
        read_order(body)
    }
}

/// `GET /productOrder/{id}` (TMF622).
pub struct GetOrder<'a> {
    /// The order.
    pub id: &'a OrderId,
}

impl Operation for GetOrder<'_> {
    type Output = Order;

    fn request(&self) -> Request {
        Request::get(Api::ProductOrdering, &["productOrder", self.id.as_str()])
    }

    fn parse(&self, body: &Json) -> Result<Order, ParseError> {
        read_order(body)
    }
}

/// `GET /productOrder?externalId=…` (TMF622): one page of the orders in which an attempt's may be.
/// A carrier may ignore the filter, so the caller matches by key.
pub struct ListOrders<'a> {
    /// The attempt.
    pub key: &'a AttemptKey,
    /// How many orders to pass over.
    pub offset: usize,
}

impl Operation for ListOrders<'_> {
    type Output = Page<Order>;

    fn request(&self) -> Request {
        Request::get(Api::ProductOrdering, &["productOrder"]).with("externalId", self.key.as_str()).page(self.offset)
    }

    fn parse(&self, body: &Json) -> Result<Page<Order>, ParseError> {
        page(body, "productOrder", |entry| read_order(entry).map(Some))
    }
}

/// The basket as an item of a cart or an order: both have the same shape.
pub(super) fn item(basket: &Basket) -> Json {
    let (action, product) = match &basket.action {
        Action::Add => {
            let line = object! { "id": basket.line.as_str() };
            let relies_on = object! { "relationshipType": profile::RELIES_ON, "product": line };
            ("add", object! { "productRelationship": list![relies_on] })
        }
        Action::Modify(plan) => ("modify", object! { "id": plan.as_str() }),
    };
    object! {
        "id": "1",
        "action": action,
        "quantity": i64::from(basket.quantity.get()),
        "productOffering": object! { "id": basket.offering.as_str() },
        "product": product,
    }
}

/// A TM Forum amount with the number's digits as they are.
pub(super) fn money(amount: Money) -> Json {
    object! { "unit": amount.currency().code(), "value": Json::Number(amount.to_decimal()) }
}

fn read_order(body: &Json) -> Result<Order, ParseError> {
    let mut totals = body.list("orderTotalPrice").iter();
    let total = totals.find(|price| price.text("priceType") == Some(profile::ONE_TIME));
    Ok(Order {
        id: OrderId::new(body.need_text("id")?).ok_or(ParseError { field: "id" })?,
        key: body.text("externalId").and_then(AttemptKey::new),
        state: OrderState::from_word(body.text("state").unwrap_or_default()),
        total: total.map(|price| price.field("price").money("taxIncludedAmount")).transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::basket::Quantity;
    use crate::domain::id::{OfferingId, ProductId};
    use crate::domain::money::Currency;
    use serde_json::json;

    #[test]
    fn the_same_attempt_sends_the_same_bytes() {
        let basket = Basket {
            offering: OfferingId::new("riviera-10").unwrap(),
            name: "Riviera".into(),
            quantity: Quantity::ONE,
            line: ProductId::new("line-1").unwrap(),
            action: Action::Modify(ProductId::new("plan-1").unwrap()),
        };
        let (key, cart) = (AttemptKey::new("key").unwrap(), CartId::new("cart").unwrap());
        let total = Money::from_minor(1_490, Currency::from_code("EUR").unwrap());
        let order = CreateOrder { key: &key, cart: &cart, basket: &basket, total, customer: None, account: None };
        let body = order.request().body.unwrap();
        assert_eq!(order.request().body.as_ref(), Some(&body));
        assert!(body.contains(r#""value":14.90"#), "{body}");
        assert!(body.contains(r#""action":"modify""#), "{body}");
        assert!(!order.request().repeatable);
    }

    #[test]
    fn an_order_without_a_readable_total_is_not_taken_for_one_without_a_total() {
        let body = json!({ "id": "o", "orderTotalPrice": [{ "priceType": "oneTime", "price": {} }] });
        assert_eq!(read_order(&body.into()), Err(ParseError { field: "taxIncludedAmount" }));
        assert_eq!(read_order(&json!({ "id": "o" }).into()).map(|order| order.total), Ok(None));
    }
}
