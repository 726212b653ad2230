//! TMF654 Prepay Balance Management: the credit on an account.

use super::json::Json;
use super::wire::{Wire, page};
use super::{Api, Operation, Page, ParseError, Request, profile};
use crate::domain::id::{AccountId, BucketId};
use crate::domain::money::{Currency, Money};

/// `GET /bucket` (TMF654): one page of the balances.
pub struct ListBalances {
    /// How many to pass over.
    pub offset: usize,
}

/// Money on an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// Where it lies, where the carrier says so.
    pub bucket: Option<BucketId>,
    /// The account, where the carrier says so.
    pub account: Option<AccountId>,
    /// What is left.
    pub left: Money,
}

impl Operation for ListBalances {
    type Output = Page<Balance>;

    fn request(&self) -> Request {
        Request::get(Api::PrepayBalance, &["bucket"]).page(self.offset)
    }

    fn parse(&self, body: &Json) -> Result<Page<Balance>, ParseError> {
        page(body, "bucket", |entry| {
            let is_money = entry.text("usageType") == Some(profile::MONETARY);
            let is_active = entry.text("status").is_none_or(|status| status == "active");
            if !(is_money && is_active) {
                return Ok(None);
            }
            let left = entry.field("remainingValue");
            let read = || Money::parse(left.number("amount")?, Currency::from_code(left.text("units")?).ok()?).ok();
            let account = entry.field("partyAccount").text("id").and_then(AccountId::new);
            let bucket = entry.text("id").and_then(BucketId::new);
            Ok(Some(Balance { bucket, account, left: read().ok_or(ParseError { field: "remainingValue" })? }))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read(entry: Value) -> Page<Balance> {
        ListBalances { offset: 0 }.parse(&Value::Array(vec![entry]).into()).unwrap()
    }

    #[test]
    fn reads_money_and_passes_over_the_rest() {
        let bucket = |usage: &str, status: &str, units: &str| {
            json!({ "id": "b", "usageType": usage, "status": status, "partyAccount": { "id": "account-4" },
                    "remainingValue": { "amount": 20.5, "units": units } })
        };
        let page = read(bucket("monetary", "active", "EUR"));
        assert_eq!(page.items[0].left.to_decimal(), "20.50");
        assert_eq!(read(bucket("data", "active", "GB")).items, []);
        assert_eq!(read(bucket("monetary", "expired", "EUR")).items, []);
        let odd = read(bucket("monetary", "active", "coins"));
        assert_eq!(odd.dropped[0].error, ParseError { field: "remainingValue" });
    }
}
