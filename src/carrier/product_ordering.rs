//! TMF622 Product Ordering: the one durable record of what was asked for.

use super::json::{Json, list, object};
use super::wire::{Wire, page};
use super::{Api, Operation, Page, ParseError, Request, profile};
use crate::domain::basket::{Action, Basket, HowMuch, Item};
use crate::domain::id::{AccountId, AttemptKey, CustomerId, OrderId};
use crate::domain::money::Money;
use crate::domain::offering::Recurring;
use crate::domain::order::{Order, OrderState};
use crate::domain::quote::{Quote, Source};
use crate::domain::time::Period;

/// `POST /productOrder` (TMF622): orders what a cart or a quote holds, for the total that was consented to.
///
/// The body follows from the fields alone, so that the same attempt always sends the same bytes.
pub struct CreateOrder<'a> {
    /// The attempt: the order's `externalId`.
    pub key: &'a AttemptKey,
    /// What is ordered.
    pub basket: &'a Basket,
    /// The price that was consented to.
    pub quote: &'a Quote,
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
        let due = object! { "priceType": profile::ONE_TIME, "price": price(self.quote.total) };
        let source = match &self.quote.source {
            Source::Cart(cart) => Some(("shoppingCart", object! { "id": cart.as_str() })),
            Source::Quote(quote) => Some(("quote", list![object! { "id": quote.as_str() }])),
            Source::TopUp(_) => None,
        };
        let totals = match self.quote.recurring {
            Some(again) => list![due, recurring(again)],
            None => list![due],
        };
        let mut body = object! { "@type": profile::ORDER, "externalId": self.key.as_str() };
        if let Some((by, id)) = source {
            body = body.with(by, id);
        }
        body =
            body.with("note", list![note]).with("productOrderItem", items(self.basket)).with("orderTotalPrice", totals);
        if let Some(start) = self.basket.items.iter().filter_map(|item| item.start).min() {
            body = body.with("requestedStartDate", start.to_rfc3339().into());
        }
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

/// `POST /cancelProductOrder` (TMF622): calls off an order that is not paid. Whether the carrier does so shows on the order.
pub struct CancelOrder<'a> {
    /// The order.
    pub id: &'a OrderId,
}

impl Operation for CancelOrder<'_> {
    type Output = ();

    fn request(&self) -> Request {
        let order = object! { "id": self.id.as_str(), "@referredType": "ProductOrder" };
        let body = object! {
            "productOrder": order,
            "cancellationReason": "The total is not the one that the subscriber consented to.",
        };
        Request::post(Api::ProductOrdering, &["cancelProductOrder"], &body)
    }

    fn parse(&self, _: &Json) -> Result<(), ParseError> {
        Ok(())
    }
}

/// The basket as the items of a cart, a quote, an order or a qualification: all have the same shape.
pub(super) fn items(basket: &Basket) -> Json {
    let item = |(at, one): (usize, &Item)| item(&(at + 1).to_string(), basket, one);
    Json::List(basket.items.iter().enumerate().map(item).collect())
}

fn item(id: &str, basket: &Basket, item: &Item) -> Json {
    let (action, mut product) = match &item.action {
        Action::Add => {
            let line = object! { "id": basket.line.as_str() };
            let relies_on = object! { "relationshipType": profile::RELIES_ON, "product": line };
            ("add", object! { "productRelationship": list![relies_on] })
        }
        Action::Modify(plan) => ("modify", object! { "id": plan.as_str() }),
    };
    if let Some(start) = item.start {
        product = product.with("startDate", start.to_rfc3339().into());
    }
    if let HowMuch::Amount(Some(amount)) = item.how_much {
        let value = Json::Number(amount.to_decimal());
        let amount = object! { "name": profile::AMOUNT, "valueType": "number", "value": value };
        product = product.with("productCharacteristic", list![amount]);
    }
    object! {
        "id": id,
        "action": action,
        "quantity": i64::from(item.quantity().get()),
        "productOffering": object! { "id": item.offering.as_str() },
        "product": product,
    }
}

fn price(amount: Money) -> Json {
    object! { "taxIncludedAmount": money(amount) }
}

fn recurring(again: Recurring) -> Json {
    let every = match again.every {
        Period::Hours(_) => "hour",
        Period::Days(_) => "day",
        Period::Months(_) => "month",
    };
    object! { "priceType": profile::RECURRING, "recurringChargePeriod": every, "price": price(again.amount) }
}

/// A TM Forum amount with the number's digits as they are.
pub(super) fn money(amount: Money) -> Json {
    object! { "unit": amount.currency().code(), "value": Json::Number(amount.to_decimal()) }
}

pub(super) fn read_order(body: &Json) -> Result<Order, ParseError> {
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
    use crate::domain::basket::tests::{basket, euro, item};
    use crate::domain::id::{ProductId, QuoteId};
    use crate::domain::offering::OfferingKind;
    use crate::domain::quote::tests::{line, quote};
    use crate::domain::time::Timestamp;
    use serde_json::{Value, json};

    fn sent(basket: &Basket, quote: &Quote) -> Request {
        let key = AttemptKey::new("key").unwrap();
        CreateOrder { key: &key, basket, quote, customer: None, account: None }.request()
    }

    fn body(basket: &Basket, quote: &Quote) -> Value {
        serde_json::from_str(&sent(basket, quote).body.unwrap()).unwrap()
    }

    #[test]
    fn the_same_attempt_sends_the_same_bytes() {
        let plan = Action::Modify(ProductId::new("plan-1").unwrap());
        let basket = basket(vec![Item { action: plan, ..item("riviera-10", OfferingKind::Plan, 1) }]);
        let quote = quote(vec![line("riviera-10", 1, Money::from_minor(1_490, euro()))]);
        let request = sent(&basket, &quote);
        assert_eq!(sent(&basket, &quote), request);
        let body = request.body.unwrap();
        assert!(body.contains(r#""value":14.90"#) && body.contains(r#""action":"modify""#), "{body}");
        assert!(!request.repeatable);
    }

    #[test]
    fn each_item_says_how_much_of_it_and_from_when() {
        let day = |day: &str| Timestamp::parse(day).ok();
        let credit = HowMuch::Amount(Some(Money::from_minor(2_500, euro())));
        let basket = basket(vec![
            Item { start: day("2026-12-05T00:00:00+01:00"), ..item("europe", OfferingKind::Roaming, 1) },
            Item { start: day("2026-12-01T00:00:00+01:00"), ..item("america", OfferingKind::Roaming, 2) },
            Item { how_much: credit, ..item("credit", OfferingKind::Credit, 1) },
        ]);
        let mut quote = quote(vec![line("europe", 1, Money::from_minor(0, euro()))]);
        quote.source = Source::Quote(QuoteId::new("quote-1").unwrap());
        quote.recurring = Some(Recurring { amount: Money::from_minor(120, euro()), every: Period::Months(1) });
        let body = body(&basket, &quote);
        assert_eq!(body["requestedStartDate"], "2026-11-30T23:00:00Z", "the earliest");
        assert_eq!(body["productOrderItem"][0]["product"]["startDate"], "2026-12-04T23:00:00Z");
        assert_eq!(body["productOrderItem"][1]["quantity"], 2);
        let amount = &body["productOrderItem"][2]["product"]["productCharacteristic"][0];
        assert_eq!((amount["name"].as_str(), amount["value"].to_string().as_str()), (Some("amount"), "25.00"));
        assert_eq!(body["quote"], json!([{ "id": "quote-1" }]));
        assert_eq!(body["orderTotalPrice"][1]["recurringChargePeriod"], "month");
        let ids: Vec<_> = body["productOrderItem"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect();
        assert_eq!(ids, ["1", "2", "3"]);
    }

    #[test]
    fn an_order_without_a_readable_total_is_not_taken_for_one_without_a_total() {
        let body = json!({ "id": "o", "orderTotalPrice": [{ "priceType": "oneTime", "price": {} }] });
        assert_eq!(read_order(&body.into()), Err(ParseError { field: "taxIncludedAmount" }));
        assert_eq!(read_order(&json!({ "id": "o" }).into()).map(|order| order.total), Ok(None));
    }
}
