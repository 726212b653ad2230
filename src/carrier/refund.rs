//! TMF676 refunds: what the carrier gave back.

use super::json::Json;
use super::wire::{Wire, page};
use super::{Api, Operation, Page, ParseError, Request};
use crate::domain::id::PaymentId;
use crate::domain::money::Money;

/// `GET /refund` (TMF676): one page of the refunds.
pub struct ListRefunds {
    /// How many to pass over.
    pub offset: usize,
}

/// Money that went back to whoever paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// The payment that it belongs to.
    pub payment: PaymentId,
    /// How much.
    pub amount: Money,
}

impl Operation for ListRefunds {
    type Output = Page<Refund>;

    fn request(&self) -> Request {
        Request::get(Api::Payment, &["refund"]).page(self.offset)
    }

    fn parse(&self, body: &Json) -> Result<Page<Refund>, ParseError> {
        page(body, "refund", |entry| {
            // One that is on its way, or failed, gave nothing back.
            if !matches!(entry.text("status"), Some("done" | "captured")) {
                return Ok(None);
            }
            let payment = entry.field("payment").text("id").and_then(PaymentId::new);
            let payment = payment.ok_or(ParseError { field: "payment" })?;
            Ok(Some(Refund { payment, amount: entry.money("totalAmount")? }))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_was_done_went_back() {
        let refund = |status: &str| json!({ "payment": { "id": "p" }, "status": status, "totalAmount": { "unit": "EUR", "value": 24 } });
        let body = json!([refund("done"), refund("failed"), refund("pending"), { "payment": {}, "status": "done" }]);
        let page = ListRefunds { offset: 0 }.parse(&body.into()).unwrap();
        assert_eq!(page.items.iter().map(|one| one.amount.to_decimal()).collect::<Vec<_>>(), ["24.00"]);
        assert_eq!(page.dropped[0].error, ParseError { field: "payment" });
    }
}
