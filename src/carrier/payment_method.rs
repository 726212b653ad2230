//! TMF670 Payment Method: how the subscriber can pay, by reference.

use super::json::Json;
use super::wire::{Wire, page};
use super::{Api, Operation, Page, ParseError, Request, profile};
use crate::domain::id::MethodId;
use crate::domain::payment::{Method, MethodKind, PaymentMethod};

/// `GET /paymentMethod` (TMF670): one page of the ways to pay. What is not active, or not known here, is left out.
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
            let kind = profile::method_kind(entry.need_text("@type")?, entry.text("name").unwrap_or_default());
            let is_active = entry.text("status").is_none_or(|status| status.eq_ignore_ascii_case("active"));
            let of_card = |name: &str| entry.text(name).map(str::to_owned).filter(|_| kind == Some(MethodKind::Card));
            Ok(kind.filter(|_| is_active).map(|kind| PaymentMethod {
                method: Method { id, kind },
                brand: of_card("brand"),
                last_four: of_card("lastFourDigits").map(|digits| last_four(&digits)),
            }))
        })
    }
}

/// The last four digits of whatever was sent: a whole number would not get past here.
fn last_four(digits: &str) -> String {
    let digits: Vec<char> = digits.chars().filter(char::is_ascii_digit).collect();
    digits[digits.len().saturating_sub(4)..].iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_card_is_known_by_four_digits_alone() {
        let card =
            |digits: &str| json!({ "id": "c", "@type": "tokenizedCard", "brand": "Visa", "lastFourDigits": digits });
        let body = json!([
            card("4242"), card("4111111111114242"), { "id": "h", "@type": "digitalWallet", "name": "hosted" },
            { "id": "w", "@type": "digitalWallet", "name": "other" }, { "id": "b", "@type": "accountPaymentMethod", "status": "suspended" },
            { "@type": "tokenizedCard" }]);
        let page = ListPaymentMethods { offset: 0 }.parse(&body.into()).unwrap();
        let shown: Vec<_> = page.items.iter().map(|one| (one.method.kind, one.last_four.as_deref())).collect();
        let card = (MethodKind::Card, Some("4242"));
        assert_eq!(shown, [card, card, (MethodKind::Hosted, None)]);
        assert_eq!(page.dropped.len(), 1);
    }
}
