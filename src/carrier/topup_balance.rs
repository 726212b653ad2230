//! TMF654 top-up: credit bought by this alone, where a carrier does not take an order for it.
//!
//! It has no key: what is sent twice is bought twice. So it is sent once for each consent, and what became of it is
//! found in the list: by the words that were sent with it, where the carrier repeats them.

use super::json::{Json, object};
use super::wire::{Wire, page};
use super::{Api, Operation, Page, ParseError, Request, profile};
use crate::domain::id::{AccountId, AttemptKey, BucketId, OrderId};
use crate::domain::money::{Currency, Money};
use crate::domain::order::{Order, OrderState};
use crate::domain::payment::{Denial, Method, PaymentStatus};

/// `POST /topupBalance` (TMF654): buys credit at once.
pub struct CreateTopUp<'a> {
    /// The attempt: the top-up's `description`. Nothing is known again by it, but a carrier may repeat it.
    pub key: &'a AttemptKey,
    /// How much.
    pub amount: Money,
    /// Where it goes.
    pub bucket: &'a BucketId,
    /// Which account pays.
    pub account: &'a AccountId,
    /// How it is paid.
    pub method: &'a Method,
}

/// A top-up that the carrier knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopUp {
    /// Where it stands, as the order that it is in place of. It never waits for a payment.
    pub order: Order,
    /// Why it was not paid, where the carrier says so.
    pub denial: Option<Denial>,
}

impl Operation for CreateTopUp<'_> {
    type Output = TopUp;

    fn request(&self) -> Request {
        let method = object! { "id": self.method.id.as_str(), "@type": profile::method_type(self.method.kind) };
        let amount = Json::Number(self.amount.to_decimal());
        let body = object! {
            "usageType": profile::MONETARY,
            "description": self.key.as_str(),
            "amount": object! { "amount": amount, "units": self.amount.currency().code() },
            "bucket": object! { "id": self.bucket.as_str() },
            "partyAccount": object! { "id": self.account.as_str() },
            "paymentMethod": method,
        };
        Request::post(Api::PrepayBalance, &["topupBalance"], &body)
    }

    fn parse(&self, body: &Json) -> Result<TopUp, ParseError> {
        read(body)
    }
}

/// `GET /topupBalance` (TMF654): one page of the top-ups.
pub struct ListTopUps {
    /// How many to pass over.
    pub offset: usize,
}

impl Operation for ListTopUps {
    type Output = Page<TopUp>;

    fn request(&self) -> Request {
        Request::get(Api::PrepayBalance, &["topupBalance"]).page(self.offset)
    }

    fn parse(&self, body: &Json) -> Result<Page<TopUp>, ParseError> {
        page(body, "topupBalance", |entry| read(entry).map(Some))
    }
}

fn read(body: &Json) -> Result<TopUp, ParseError> {
    let total = match body.field("amount") {
        Json::Null => None,
        amount => {
            let read = || Money::parse(amount.number("amount")?, Currency::from_code(amount.text("units")?).ok()?).ok();
            Some(read().ok_or(ParseError { field: "amount" })?)
        }
    };
    // A reason that is not known says nothing of the money.
    let denial = match PaymentStatus::from_words(body.text("status").unwrap_or_default(), body.text("reason")) {
        PaymentStatus::Ended(denial) if denial != Denial::Other => Some(denial),
        _ => None,
    };
    let state = match body.text("status") {
        Some("completed") => OrderState::Completed,
        Some("cancelled") => OrderState::Cancelled,
        Some("failed") if denial.is_some() => OrderState::Rejected,
        Some("failed") => OrderState::Failed,
        _ => OrderState::Held,
    };
    let id = OrderId::new(body.need_text("id")?).ok_or(ParseError { field: "id" })?;
    Ok(TopUp { order: Order { id, key: body.text("description").and_then(AttemptKey::new), state, total }, denial })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn no_word_makes_a_top_up_wait_for_a_payment() {
        let state = |status: &str, reason: &str| {
            let top_up = read(&json!({ "id": "t", "status": status, "reason": reason }).into()).unwrap();
            (top_up.order.state, top_up.denial)
        };
        assert_eq!(state("completed", ""), (OrderState::Completed, None));
        assert_eq!(state("failed", "expiredCard"), (OrderState::Rejected, Some(Denial::ExpiredCard)));
        assert_eq!(state("failed", "gremlins"), (OrderState::Failed, None), "of the money nothing is known");
        assert_eq!(state("cancelled", ""), (OrderState::Cancelled, None));
        for word in ["", "created", "pending", "acknowledged", "Completed"] {
            assert_eq!(state(word, "expiredCard"), (OrderState::Held, None), "{word}");
        }
    }

    #[test]
    fn an_amount_that_cannot_be_read_is_not_taken_for_none() {
        let odd = json!({ "id": "t", "status": "completed", "amount": { "amount": "a lot", "units": "EUR" } });
        assert_eq!(read(&odd.into()), Err(ParseError { field: "amount" }));
    }
}
