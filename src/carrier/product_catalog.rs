//! TMF620 Product Catalog: what there is to buy.

use super::json::Json;
use super::wire::{Wire, page, period};
use super::{Api, Operation, Page, ParseError, Request, profile};
use crate::domain::allowance::{Allowance, Usage, Volume};
use crate::domain::id::OfferingId;
use crate::domain::money::{Currency, Money};
use crate::domain::offering::{Beyond, Country, Offering, Price, Recurring, Relation, RelationKind};
use crate::domain::time::Period;

/// `GET /productOffering` (TMF620): one page of the offerings on sale.
pub struct ListOfferings {
    /// How many offerings to pass over.
    pub offset: usize,
    /// Whether the browser's cache may not answer.
    pub anew: bool,
}

impl Operation for ListOfferings {
    type Output = Page<Offering>;

    fn request(&self) -> Request {
        let list = Request::get(Api::ProductCatalog, &["productOffering"]).with("lifecycleStatus", "Active");
        let request = list.page(self.offset).public();
        if self.anew { request.fresh() } else { request }
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
    let categories = || entry.list("category").iter().filter_map(|one| Some((one.text("id")?, one.text("name"))));
    let kind = categories().find_map(|(id, _)| profile::kind(id));
    let zone = |(id, name): (&str, Option<&str>)| name.filter(|_| profile::is_zone(id)).map(str::to_owned);
    let price = read_price(entry)?;
    Ok(Some(Offering {
        id: OfferingId::new(entry.need_text("id")?).ok_or(ParseError { field: "id" })?,
        name: entry.need_text("name")?.to_owned(),
        kind: kind.ok_or(ParseError { field: "category" })?,
        price,
        recurring: read_recurring(entry, price)?,
        allowances: read_allowances(entry)?,
        validity: read_validity(entry)?,
        countries: entry.list("place").iter().filter_map(|place| Country::from_code(place.text("id")?)).collect(),
        categories: categories().map(|(id, _)| id.to_owned()).collect(),
        zones: categories().filter_map(zone).collect(),
        speed: characteristic(entry, profile::SPEED).number("value").and_then(|speed| speed.parse().ok()),
        fair_use: read_fair_use(entry)?,
        parts: read_parts(entry)?,
        lowest_30_days: read_lowest(entry, price)?,
        beyond: read_beyond(entry, price),
        relations: read_relations(entry)?,
        description: entry.text("description").map(str::to_owned),
    }))
}

/// The price of a type.
fn price_of_type<'a>(entry: &'a Json, kind: &str) -> Option<&'a Json> {
    entry.list("productOfferingPrice").iter().find(|price| price.text("priceType") == Some(kind))
}

fn read_amount(price: &Json) -> Result<Money, ParseError> {
    let amount = price.field("price").money("taxIncludedAmount")?;
    if amount.is_negative() { Err(ParseError { field: "taxIncludedAmount" }) } else { Ok(amount) }
}

fn read_price(entry: &Json) -> Result<Price, ParseError> {
    if let Some(price) = price_of_type(entry, profile::ONE_TIME) {
        return read_amount(price).map(Price::Fixed);
    }
    let bounds = characteristic(entry, profile::AMOUNT);
    let read = || {
        let currency = Currency::from_code(bounds.text("unitOfMeasure")?).ok()?;
        let bound = |name: &str| Money::parse(bounds.number(name)?, currency).ok();
        let (least, most) = (bound("valueFrom")?, bound("valueTo")?);
        (!least.is_negative() && least.compare(most)?.is_le()).then_some(Price::Chosen { least, most })
    };
    read().ok_or(ParseError { field: "productOfferingPrice" })
}

/// The lowest price of the last 30 days, by which the price of now is judged: it must be of the same money.
fn read_lowest(entry: &Json, price: Price) -> Result<Option<Money>, ParseError> {
    let lowest = price_of_type(entry, profile::LOWEST_30_DAYS).map(read_amount).transpose()?;
    let fits = lowest.is_none_or(|lowest| lowest.currency() == price.currency());
    if fits { Ok(lowest) } else { Err(ParseError { field: profile::LOWEST_30_DAYS }) }
}

/// What cannot be read of it is not told: it is paid to nobody here.
fn read_beyond(entry: &Json, once: Price) -> Option<Beyond> {
    let price = price_of_type(entry, profile::USAGE)?;
    let unit = price.field("unitOfMeasure");
    match Volume::parse(Usage::Data, unit.number("amount")?, unit.text("units")?) {
        Ok(Volume::Of(per)) if per > 0 => {
            let amount = read_amount(price).ok().filter(|amount| amount.currency() == once.currency())?;
            Some(Beyond { price: amount, per })
        }
        _ => None,
    }
}

/// The first value of an offering's characteristic, `null` where it is absent.
fn characteristic<'a>(entry: &'a Json, name: &str) -> &'a Json {
    let mut uses = entry.list("prodSpecCharValueUse").iter();
    let found = uses.find(|one| one.text("name") == Some(name));
    found.and_then(|one| one.list("productSpecCharacteristicValue").first()).unwrap_or(&Json::Null)
}

/// A limit that cannot be read is not taken for none.
fn read_fair_use(entry: &Json) -> Result<Option<u64>, ParseError> {
    let value = characteristic(entry, profile::FAIR_USE);
    if *value == Json::Null {
        return Ok(None);
    }
    let read = || Volume::parse(Usage::Data, value.number("value")?, value.text("unitOfMeasure")?).ok();
    match read() {
        Some(Volume::Of(bytes)) if bytes > 0 => Ok(Some(bytes)),
        _ => Err(ParseError { field: profile::FAIR_USE }),
    }
}

fn read_recurring(entry: &Json, once: Price) -> Result<Option<Recurring>, ParseError> {
    let Some(price) = price_of_type(entry, profile::RECURRING) else {
        return Ok(None);
    };
    let length = price.number("recurringChargePeriodLength").unwrap_or("1");
    let every = price.text("recurringChargePeriodType").and_then(|units| period(length, units));
    let every = every.ok_or(ParseError { field: "recurringChargePeriodType" })?;
    let amount = read_amount(price)?;
    if amount.currency() != once.currency() {
        return Err(ParseError { field: "taxIncludedAmount" });
    }
    Ok(Some(Recurring { amount, every }))
}

/// A bundle whose parts cannot all be named is not shown: neither its contents nor its saving could be told.
fn read_parts(entry: &Json) -> Result<Vec<OfferingId>, ParseError> {
    let part = |one: &Json| one.text("id").and_then(OfferingId::new);
    let parts = entry.list("bundledProductOffering").iter().map(part).collect::<Option<_>>();
    parts.ok_or(ParseError { field: "bundledProductOffering" })
}

/// What an offering needs or excludes must be known: one whose conditions cannot be read is not shown.
fn read_relations(entry: &Json) -> Result<Vec<Relation>, ParseError> {
    let mut relations = Vec::new();
    for relation in entry.list("productOfferingRelationship") {
        let kind = match relation.text("relationshipType") {
            Some(profile::REQUIRES) => RelationKind::Requires,
            Some(profile::EXCLUDES) => RelationKind::Excludes,
            _ => continue,
        };
        let id = relation.text("id").and_then(OfferingId::new);
        let offering = id.ok_or(ParseError { field: "productOfferingRelationship" })?;
        let name = relation.text("name").unwrap_or(offering.as_str()).to_owned();
        relations.push(Relation { kind, offering, name });
    }
    Ok(relations)
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
        let volume = volume.filter(|volume| *volume != Volume::Of(0));
        allowances.push(Allowance { usage, volume: volume.ok_or(ParseError { field: "prodSpecCharValueUse" })? });
    }
    Ok(allowances)
}

fn read_validity(entry: &Json) -> Result<Option<Period>, ParseError> {
    let Some(term) = entry.list("productOfferingTerm").first() else {
        return Ok(None);
    };
    let duration = term.field("duration");
    let length = || period(duration.number("amount")?, duration.text("units")?);
    length().map(Some).ok_or(ParseError { field: "productOfferingTerm" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn offering() -> Value {
        json!({
            "id": "data-20", "name": "Data 20", "lifecycleStatus": "Active", "isSellable": true,
            "category": [{ "id": "roaming-eu", "name": "Europe" }, { "id": "data", "name": "Data" }],
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
        assert_eq!(offering.price.fixed().map(Money::to_decimal).as_deref(), Some("24.50"));
        assert_eq!(offering.volume(Usage::Data), Some(Volume::Of(20_000_000_000)));
        assert_eq!(offering.validity, Some(Period::Days(30)));
        assert_eq!(offering.countries.len(), 1);
        assert_eq!(offering.lowest_30_days.map(Money::to_decimal).as_deref(), Some("22.00"));
        let zones: Vec<_> = offering.zones.iter().map(String::as_str).collect();
        assert_eq!((offering.categories.len(), zones), (2, vec!["Europe"]));
    }

    #[test]
    fn only_what_the_profile_calls_a_zone_is_one() {
        let category = json!([
            { "id": "roaming", "name": "Roaming" }, { "id": "roaming-", "name": "Nowhere" }, { "id": "summer", "name": "Summer" },
            { "id": "roaming-eu", "name": "Europe" }, { "id": "roaming-world" }, { "id": "roaming-asia", "name": "Asia" },
        ]);
        let offering = read_with("/category", category).unwrap().unwrap();
        assert_eq!(offering.zones, ["Europe", "Asia"]);
        assert!(offering.categories.contains(&"summer".to_owned()), "a promotion may be about it");
    }

    #[test]
    fn leaves_out_what_is_not_on_sale() {
        assert_eq!(read_with("/isSellable", json!(false)), Ok(None));
        assert_eq!(read_with("/lifecycleStatus", json!("Retired")), Ok(None));
    }

    fn with(members: &Value) -> Result<Option<Offering>, ParseError> {
        let mut entry = offering();
        for (name, value) in members.as_object().unwrap() {
            entry[name] = value.clone();
        }
        read_offering(&entry.into())
    }

    #[test]
    fn a_limit_or_a_part_that_cannot_be_read_is_not_taken_for_none() {
        let fair_use = |value: Value, unit: &str| {
            let value = json!([{ "value": value, "unitOfMeasure": unit }]);
            let unlimited =
                json!({ "name": "dataVolume", "productSpecCharacteristicValue": [{ "value": "unlimited" }] });
            let uses = json!([unlimited, { "name": "fairUse", "productSpecCharacteristicValue": value }]);
            with(&json!({ "prodSpecCharValueUse": uses })).map(|read| read.unwrap().fair_use)
        };
        assert_eq!(fair_use(json!(200), "GB"), Ok(Some(200_000_000_000)));
        for (value, unit) in [(json!(0), "GB"), (json!(-1), "GB"), (json!(1), "parsec"), (json!(null), "GB")] {
            assert_eq!(fair_use(value, unit), Err(ParseError { field: "fairUse" }));
        }
        let parts = |part: Value| with(&json!({ "bundledProductOffering": [{ "id": "data-5" }, part] }));
        assert_eq!(parts(json!({ "id": "filter" })).unwrap().unwrap().parts.len(), 2);
        assert_eq!(parts(json!({ "name": "Filter" })), Err(ParseError { field: "bundledProductOffering" }));
    }

    #[test]
    fn reads_what_an_offering_needs_and_excludes() {
        let relation = |kind: &str, id: Value| json!({ "relationshipType": kind, "id": id, "name": "Filter" });
        let list = [
            relation("requires", json!("filter")),
            relation("excludes", json!("boost")),
            relation("seeAlso", json!("x")),
        ];
        let offering = with(&json!({ "productOfferingRelationship": list })).unwrap().unwrap();
        let kinds: Vec<_> = offering.relations.iter().map(|one| (one.kind, one.offering.as_str())).collect();
        assert_eq!(kinds, [(RelationKind::Requires, "filter"), (RelationKind::Excludes, "boost")]);
        let nameless = json!({ "productOfferingRelationship": [relation("requires", Value::Null)] });
        assert_eq!(with(&nameless), Err(ParseError { field: "productOfferingRelationship" }));
    }

    #[test]
    fn reads_a_price_that_comes_again() {
        let again = |units: &str| {
            json!({ "productOfferingPrice": [
                { "priceType": "oneTime", "price": { "taxIncludedAmount": { "unit": "EUR", "value": 1.2 } } },
                { "priceType": "recurring", "recurringChargePeriodType": units, "recurringChargePeriodLength": 1,
                  "price": { "taxIncludedAmount": { "unit": "EUR", "value": 1.2 } } }] })
        };
        let offering = with(&again("month")).unwrap().unwrap();
        assert_eq!(offering.recurring.map(|one| one.every), Some(Period::Months(1)));
        assert_eq!(with(&again("moon")), Err(ParseError { field: "recurringChargePeriodType" }));
    }

    #[test]
    fn reads_the_bounds_of_an_amount_that_is_typed() {
        let bounds = |least: Value, most: Value, unit: &str| {
            let value = json!([{ "valueFrom": least, "valueTo": most, "unitOfMeasure": unit }]);
            with(&json!({ "productOfferingPrice": [],
                         "prodSpecCharValueUse": [{ "name": "amount", "productSpecCharacteristicValue": value }] }))
        };
        let Ok(Some(Offering { price: Price::Chosen { least, most }, .. })) = bounds(json!(5), json!(150), "EUR")
        else {
            panic!("no bounds")
        };
        assert_eq!((least.to_decimal().as_str(), most.to_decimal().as_str()), ("5.00", "150.00"));
        for (least, most, unit) in [(5, 1, "EUR"), (-1, 5, "EUR"), (1, 5, "coins")] {
            let error = Err(ParseError { field: "productOfferingPrice" });
            assert_eq!(bounds(json!(least), json!(most), unit), error, "{least} to {most} {unit}");
        }
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
            ("/prodSpecCharValueUse/0/productSpecCharacteristicValue/0/value", json!(0), "prodSpecCharValueUse"),
            (
                "/prodSpecCharValueUse/0/productSpecCharacteristicValue/0",
                json!({ "value": 9_223_372_036_854_775_808_u64, "unitOfMeasure": "B" }),
                "prodSpecCharValueUse",
            ),
            ("/productOfferingPrice/0/price/taxIncludedAmount/value", json!(-1), "taxIncludedAmount"),
            ("/productOfferingPrice/0/price/taxIncludedAmount/unit", json!("CHF"), "lowest30Days"),
        ] {
            assert_eq!(read_with(pointer, value), Err(ParseError { field }), "{pointer}");
        }
    }
}
