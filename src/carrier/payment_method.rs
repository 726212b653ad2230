//! TMF670 Payment Method: how the subscriber can pay, by reference.

use super::json::Json;
use super::wire::{Wire, page};
use super::{Api, Operation, Page, ParseError, Request, profile};
use crate::domain::id::MethodId;
use crate::domain::payment::PaymentMethod;

/// `GET /paymentMethod` (TMF670): one page of the ways to pay.
pub struct ListPaymentMethods {
    /// How many methods to pass over.
    pub offset: usize,
}

impl Operation for ListPaymentMethods {
    type Output = Page<PaymentMethod>;

    fn request(&self) -> Request {
        Request::get(Api::PaymentMethod, &["paymentMethod"]).page(self.offset)
    }

    fn parse(&self, body: &Json) -> Result<Page<PaymentMethod>, ParseError> {
        page(body, "paymentMethod", |entry| {
            let id = MethodId::new(entry.need_text("id")?).ok_or(ParseError { field: "id" })?;
            let kind = (entry.need_text("@type")?, entry.text("name").unwrap_or_default());
            Ok(Some(PaymentMethod { id, hosted: kind == profile::HOSTED_METHOD }))
        })
    }
}
