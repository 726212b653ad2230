//! What an answer must have, and what it may have.

use serde_json::Value;

use super::schema::Spec;

/// Members of the profile's own types that the official definitions lack.
const OWN: [&str; 9] = [
    "Quote.promotionCodeResult",
    "QuoteItem.quoteItemTotalPrice",
    "CustomerBill.order",
    "ShoppingCart.promotionCodeResult",
    "ProductOrder.shoppingCart",
    "Payment.returnUrl",
    "Payment.redirectUrl",
    "Payment.statusReason",
    "ProductOfferingPriceRefOrValue.recurringChargePeriodType",
];

/// Checks a value both ways, as far as the official files are there.
pub fn check(spec: Option<&Spec>, definition: &str, value: &Value, named: &[&str]) {
    for path in named {
        let (pointer, kind) = path.split_once(' ').unwrap();
        let found = value.pointer(pointer).unwrap_or_else(|| panic!("{definition} lacks {pointer}: {value:#}"));
        let fits = match kind {
            "text" => found.is_string(),
            "number" => found.is_number(),
            "amount" => found.is_number() && found.to_string().split_once('.').is_some_and(|(_, f)| f.len() == 2),
            "bool" => found.is_boolean(),
            "list" => found.as_array().is_some_and(|list| !list.is_empty()),
            "time" => found.as_str().is_some_and(|t| t.len() == 20 && t.ends_with('Z')),
            "EUR" | "reliesOn" | "customer" | "month" => found == kind,
            other => unreachable!("{other}"),
        };
        assert!(fits, "{definition}: {pointer} is no {kind}: {found}");
    }
    if let Some(spec) = spec {
        spec.check(definition, value);
        spec.knows_all(definition, value, &OWN);
    }
}

const PRICE: [&str; 6] = [
    "/priceType text",
    "/price/taxRate number",
    "/price/taxIncludedAmount/unit EUR",
    "/price/taxIncludedAmount/value amount",
    "/price/dutyFreeAmount/unit EUR",
    "/price/dutyFreeAmount/value amount",
];

/// The members of a price at a place.
fn price_at(place: &str) -> Vec<String> {
    PRICE.iter().map(|member| format!("{place}{member}")).collect()
}

fn with_price(named: &[&str], places: &[&str]) -> Vec<String> {
    named.iter().map(ToString::to_string).chain(places.iter().flat_map(|place| price_at(place))).collect()
}

pub fn check_priced(spec: Option<&Spec>, definition: &str, value: &Value, named: &[&str], places: &[&str]) {
    let all = with_price(named, places);
    check(spec, definition, value, &all.iter().map(String::as_str).collect::<Vec<_>>());
}
