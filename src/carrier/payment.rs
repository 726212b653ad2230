//! TMF676 Payment: one try at paying an order, by reference. No card number passes here.

use super::json::{Json, list, object};
use super::product_ordering::money;
use super::wire::{Wire, page};
use super::{Api, Operation, Page, ParseError, Request, profile};
use crate::domain::id::{AccountId, OrderId, PaymentId, TryKey};
use crate::domain::money::Money;
use crate::domain::payment::{Method, MethodKind, Payment, PaymentStatus};

/// `POST /payment` (TMF676): opens one try at paying an order.
pub struct CreatePayment<'a> {
    /// The try: the payment's `correlatorId`.
    pub key: &'a TryKey,
    /// The order that is paid.
    pub order: &'a OrderId,
    /// The total that was consented to.
    pub total: Money,
    /// Which account pays.
    pub account: &'a AccountId,
    /// How it is paid.
    pub method: &'a Method,
    /// The token by which it is paid, where its method asks for one.
    pub token: Option<&'a str>,
    /// Where the hosted page, or the bank's, leads back to.
    pub return_url: &'a str,
}

impl Operation for CreatePayment<'_> {
    type Output = Payment;

    fn request(&self) -> Request {
        let entity = |id: &str, kind: &str| object! { "id": id, "@referredType": kind };
        let method = match self.token {
            Some(token) => object! { "@type": profile::TOKEN_METHOD, "token": token },
            None => entity(self.method.id.as_str(), "PaymentMethod")
                .with("@type", profile::method_type(self.method.kind).into()),
        };
        let is_hosted = self.method.kind == MethodKind::Hosted;
        let body = object! {
            "@type": if is_hosted { profile::HOSTED_PAYMENT } else { profile::METHOD_PAYMENT },
            "correlatorId": self.key.as_str(),
            "account": entity(self.account.as_str(), "BillingAccount"),
            "paymentMethod": method,
            "totalAmount": money(self.total),
            "paymentItem": list![object! {
                "id": "1",
                "item": entity(self.order.as_str(), "ProductOrder"),
                "totalAmount": money(self.total),
            }],
            "returnUrl": self.return_url,
        };
        Request::post(Api::Payment, &["payment"], &body)
    }

    fn parse(&self, body: &Json) -> Result<Payment, ParseError> {
        read_payment(body)
    }
}

/// `GET /payment?correlatorId=…` (TMF676): one page of the payments in which a try's may be.
/// A carrier may ignore the filter, so the caller matches by key.
pub struct ListPayments<'a> {
    /// The try.
    pub key: &'a TryKey,
    /// How many payments to pass over.
    pub offset: usize,
}

impl Operation for ListPayments<'_> {
    type Output = Page<Payment>;

    fn request(&self) -> Request {
        Request::get(Api::Payment, &["payment"]).with("correlatorId", self.key.as_str()).page(self.offset)
    }

    fn parse(&self, body: &Json) -> Result<Page<Payment>, ParseError> {
        page(body, "payment", |entry| read_payment(entry).map(Some))
    }
}

pub(super) fn read_payment(body: &Json) -> Result<Payment, ParseError> {
    let status = body.text("status").unwrap_or_default();
    let amount = match body.field("totalAmount") {
        Json::Null => None,
        _ => Some(body.money("totalAmount")?),
    };
    Ok(Payment {
        id: PaymentId::new(body.need_text("id")?).ok_or(ParseError { field: "id" })?,
        key: body.text("correlatorId").and_then(TryKey::new),
        status: PaymentStatus::from_words(status, body.text("statusReason")),
        amount,
        page: body.text("redirectUrl").map(str::to_owned),
        refunded: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::payment::Denial;
    use serde_json::json;

    #[test]
    fn reads_how_a_payment_ended() {
        let body = json!({ "id": "p", "correlatorId": "k", "status": "denied", "statusReason": "cardDeclined",
                           "totalAmount": { "unit": "EUR", "value": 48 }, "redirectUrl": "https://pay.example/p" });
        let payment = read_payment(&body.into()).unwrap();
        assert_eq!(payment.status, PaymentStatus::Ended(Denial::CardDeclined));
        assert_eq!(payment.amount.map(Money::to_decimal).as_deref(), Some("48.00"));
    }

    #[test]
    fn a_payment_without_a_status_is_open() {
        assert_eq!(read_payment(&json!({ "id": "p" }).into()).map(|payment| payment.status), Ok(PaymentStatus::Open));
        assert!(read_payment(&json!({ "id": "p", "totalAmount": {} }).into()).is_err());
    }
}
