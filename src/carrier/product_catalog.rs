//! TMF620 Product Catalog: what there is to buy.

use super::json::Json;
use super::wire::{Wire, page};
use super::{Api, Operation, Page, ParseError, Request, profile};
use crate::domain::allowance::{Allowance, Usage, Volume};
use crate::domain::id::OfferingId;
use crate::domain::money::Money;
use crate::domain::offering::{Country, Offering};
use crate::domain::time::Period;

/// `GET /productOffering` (TMF620): one page of the offerings on sale.
pub struct ListOfferings {
    /// How many offerings to pass over.
    pub offset: usize,
}

impl Operation for ListOfferings {
    type Output = Page<Offering>;

    fn request(&self) -> Request {
        Request::get(Api::ProductCatalog, &["productOffering"])
            .with("lifecycleStatus", "Active")
            .page(self.offset)
            .public()
    }

    fn parse(&self, body: &Json) -> Result<Page<Offering>, ParseError> {
        page(body, "productOffering", read_offering)
    }
}

/// `None` for what is not on sale: a carrier may ignore the filter.
fn read_offering(entry: &Json) -> Result<Option<Offering>, ParseError> {
    let on_sale = entry.field("isSellable") != &Json::Bool(false)
        && entry.text("lifecycleStatus").is_none_or(|status| status == "Active");
    if !on_sale {
        return Ok(None);
    }
    let kind = entry.list("category").iter().find_map(|category| profile::kind(category.text("id")?));
    Ok(Some(Offering {
        id: OfferingId::new(entry.need_text("id")?).ok_or(ParseError { field: "id" })?,
        name: entry.need_text("name")?.to_owned(),
        kind: kind.ok_or(ParseError { field: "category" })?,
        price: read_price(entry)?,
        allowances: read_allowances(entry)?,
        validity: read_validity(entry)?,
        countries: entry.list("place").iter().filter_map(|place| Country::from_code(place.text("id")?)).collect(),
        description: entry.text("description").map(str::to_owned),
    }))
}

fn read_price(entry: &Json) -> Result<Money, ParseError> {
    let once = |price: &&Json| price.text("priceType") == Some(profile::ONE_TIME);
    let price = entry.list("productOfferingPrice").iter().find(once);
    let amount =
        price.ok_or(ParseError { field: "productOfferingPrice" })?.field("price").money("taxIncludedAmount")?;
    if amount.is_negative() { Err(ParseError { field: "taxIncludedAmount" }) } else { Ok(amount) }
}

fn read_allowances(entry: &Json) -> Result<Vec<Allowance>, ParseError> {
    let mut allowances = Vec::new();
    for characteristic in entry.list("prodSpecCharValueUse") {
        let usage = match characteristic.text("name") {
            Some("dataVolume") => Usage::Data,
            Some("voice") => Usage::Voice,
            Some("messages") => Usage::Messages,
            _ => continue,
        };
        let value = characteristic.list("productSpecCharacteristicValue").first().unwrap_or(&Json::Null);
        let volume = if value.text("value") == Some(profile::UNLIMITED) {
            Some(Volume::Unlimited)
        } else {
            let number = value.number("value");
            number.and_then(|number| Volume::parse(usage, number, value.text("unitOfMeasure")?).ok())
        };
        allowances.push(Allowance { usage, volume: volume.ok_or(ParseError { field: "prodSpecCharValueUse" })? });
    }
    Ok(allowances)
}

fn read_validity(entry: &Json) -> Result<Option<Period>, ParseError> {
    let Some(term) = entry.list("productOfferingTerm").first() else {
        return Ok(None);
    };
    let duration = term.field("duration");
    let period = || {
        let amount = duration.number("amount")?.parse().ok().filter(|amount| *amount > 0)?;
        Some(match duration.text("units")? {
            "hour" | "hours" => Period::Hours(amount),
            "day" | "days" => Period::Days(amount),
            "month" | "months" => Period::Months(amount),
            _ => return None,
        })
    };
    period().map(Some).ok_or(ParseError { field: "productOfferingTerm" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn offering() -> Value {
        json!({
            "id": "data-20", "name": "Data 20", "lifecycleStatus": "Active", "isSellable": true,
            "category": [{ "id": "roaming-eu" }, { "id": "data" }],
            "productOfferingTerm": [{ "duration": { "amount": 30, "units": "day" } }],
            "prodSpecCharValueUse": [{ "name": "dataVolume", "productSpecCharacteristicValue": [{ "value": 20, "unitOfMeasure": "GB" }] }],
            "place": [{ "id": "MC" }, { "id": "somewhere" }],
            "productOfferingPrice": [
                { "priceType": "lowest30Days", "price": { "taxIncludedAmount": { "unit": "EUR", "value": 22 } } },
                { "priceType": "oneTime", "price": { "taxIncludedAmount": { "unit": "EUR", "value": 24.5 } } }],
        })
    }

    fn read_with(pointer: &str, value: Value) -> Result<Option<Offering>, ParseError> {
        let mut entry = offering();
        *entry.pointer_mut(pointer).unwrap() = value;
        read_offering(&entry.into())
    }

    #[test]
    fn reads_an_offering() {
        let offering = read_offering(&offering().into()).unwrap().unwrap();
        assert_eq!(offering.price.to_decimal(), "24.50");
        assert_eq!(offering.volume(Usage::Data), Some(Volume::Of(20_000_000_000)));
        assert_eq!(offering.validity, Some(Period::Days(30)));
        assert_eq!(offering.countries.len(), 1);
        assert_eq!(offering.price_per_gigabyte().map(Money::to_decimal).as_deref(), Some("1.23"));
    }

    #[test]
    fn leaves_out_what_is_not_on_sale() {
        assert_eq!(read_with("/isSellable", json!(false)), Ok(None));
        assert_eq!(read_with("/lifecycleStatus", json!("Retired")), Ok(None));
    }

    #[test]
    fn names_what_is_wrong() {
        for (pointer, value, field) in [
            ("/id", json!(7), "id"),
            ("/name", json!(""), "name"),
            ("/category", json!([{ "id": "toys" }]), "category"),
            ("/productOfferingPrice/1/price/taxIncludedAmount/value", json!(-1), "taxIncludedAmount"),
            ("/productOfferingPrice/1/price/taxIncludedAmount/unit", json!("€"), "taxIncludedAmount"),
            ("/productOfferingPrice/1/priceType", json!("yearly"), "productOfferingPrice"),
            ("/productOfferingTerm/0/duration/amount", json!(0), "productOfferingTerm"),
            ("/productOfferingTerm/0/duration/units", json!("fortnight"), "productOfferingTerm"),
            ("/prodSpecCharValueUse/0/productSpecCharacteristicValue", json!([]), "prodSpecCharValueUse"),
            ("/prodSpecCharValueUse/0/productSpecCharacteristicValue/0/value", json!(-3), "prodSpecCharValueUse"),
        ] {
            assert_eq!(read_with(pointer, value), Err(ParseError { field }), "{pointer}");
        }
    }
}
