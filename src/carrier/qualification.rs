//! TMF679 Product Offering Qualification: whether a basket's offerings can be bought for its line.

use super::json::{Json, object};
use super::product_ordering::items;
use super::wire::Wire;
use super::{Api, Operation, ParseError, Request, profile};
use crate::domain::basket::Basket;

/// `POST /productOfferingQualification` (TMF679): asks, and changes nothing.
pub struct CheckQualification<'a> {
    /// What is to be bought.
    pub basket: &'a Basket,
}

impl Operation for CheckQualification<'_> {
    /// Why it cannot be bought, in the carrier's words; empty where it can.
    type Output = Vec<String>;

    fn request(&self) -> Request {
        let body = object! {
            "instantSyncQualification": true,
            "provideUnavailabilityReason": true,
            "productOfferingQualificationItem": items(self.basket),
        };
        Request::post(Api::Qualification, &["productOfferingQualification"], &body).repeatable()
    }

    fn parse(&self, body: &Json) -> Result<Vec<String>, ParseError> {
        let mut reasons = Vec::new();
        for item in body.list("productOfferingQualificationItem") {
            // No result yet is no refusal: the cart and the order are judged by the carrier again.
            if item.text("qualificationItemResult").is_none_or(|result| result == profile::QUALIFIED) {
                continue;
            }
            let labels = item.list("eligibilityUnavailabilityReason").iter().filter_map(|one| one.text("label"));
            let before = reasons.len();
            reasons.extend(labels.map(str::to_owned));
            if reasons.len() == before {
                reasons.push(item.field("productOffering").text("name").unwrap_or_default().to_owned());
            }
        }
        Ok(reasons)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::basket::tests::two_data_packs;
    use serde_json::json;

    #[test]
    fn says_why_something_cannot_be_bought() {
        let body = json!({ "productOfferingQualificationItem": [
            { "qualificationItemResult": "qualified" },
            { "state": "inProgress" },
            { "qualificationItemResult": "unqualified",
              "eligibilityUnavailabilityReason": [{ "code": "excluded", "label": "Not beside Riviera Unlimited." }] },
            { "qualificationItemResult": "unqualified", "productOffering": { "name": "Europe" } }] });
        let basket = two_data_packs();
        let check = CheckQualification { basket: &basket };
        assert_eq!(check.parse(&body.into()).unwrap(), ["Not beside Riviera Unlimited.", "Europe"]);
        assert!(check.request().repeatable, "asking changes nothing");
    }
}
