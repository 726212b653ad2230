//! TMF620 product catalogue: public, the same for everyone.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

use super::wire::set;
use crate::Carrier;
use crate::calendar::Validity;
use crate::carrier::Work;
use crate::http::{ApiError, ListQuery};
use crate::money;
use crate::seed::{Allowance, AmountRange, BEYOND_MB, Kind, Offering, Relation, USAGE_TYPES};

const BASE: &str = "/tmf-api/productCatalogManagement/v4";

pub(super) fn routes() -> Router<Carrier> {
    Router::new()
        .route(&format!("{BASE}/category"), get(list::<Categories>))
        .route(&format!("{BASE}/category/{{id}}"), get(by_id::<Categories>))
        .route(&format!("{BASE}/productOffering"), get(list::<Offerings>))
        .route(&format!("{BASE}/productOffering/{{id}}"), get(by_id::<Offerings>))
        .route(&format!("{BASE}/productOfferingPrice"), get(list::<Prices>))
        .route(&format!("{BASE}/productOfferingPrice/{{id}}"), get(by_id::<Prices>))
}

/// A kind of resource of the catalogue.
trait Resource: Send + 'static {
    const NAME: &str;
    fn all(work: &Work) -> Result<Vec<Value>, ApiError>;
}

async fn list<R: Resource>(State(carrier): State<Carrier>, query: ListQuery) -> Result<Response, ApiError> {
    Ok(query.page(carrier.transact(R::all).await?))
}

async fn by_id<R: Resource>(
    State(carrier): State<Carrier>,
    Path(id): Path<String>,
    query: ListQuery,
) -> Result<Response, ApiError> {
    let all = carrier.transact(R::all).await?;
    all.into_iter().find(|r| r["id"] == id.as_str()).map(|r| query.one(r)).ok_or_else(|| ApiError::not_found(R::NAME))
}

struct Categories;

impl Resource for Categories {
    const NAME: &str = "category";

    fn all(work: &Work) -> Result<Vec<Value>, ApiError> {
        let categories = &work.catalogue.categories;
        let describe = |category: &crate::seed::Category| {
            let mut value = json!({
                "id": category.id, "href": work.href(&format!("{BASE}/category/{}", category.id)), "@type": "Category",
                "name": category.name, "description": category.description, "lifecycleStatus": "Active",
                "isRoot": category.parent.is_none(),
            });
            if let Some(parent) = &category.parent {
                value["parentId"] = json!(parent);
            }
            let below: Vec<_> = categories.iter().filter(|c| c.parent.as_ref() == Some(&category.id)).collect();
            if !below.is_empty() {
                value["subCategory"] = below.iter().map(|c| json!({ "id": c.id, "name": c.name })).collect();
            }
            value
        };
        Ok(categories.iter().map(describe).collect())
    }
}

struct Offerings;

impl Resource for Offerings {
    const NAME: &str = "product offering";

    fn all(work: &Work) -> Result<Vec<Value>, ApiError> {
        work.catalogue.offerings.iter().map(|o| offering(work, o)).collect()
    }
}

fn offering(work: &Work, o: &Offering) -> Result<Value, ApiError> {
    let name_of = |id: &str| work.catalogue.categories.iter().find(|c| c.id == id).map(|c| c.name.as_str());
    let category = |id: &str| json!({ "id": id, "name": name_of(id) });
    let mut value = json!({
        "id": o.id, "href": work.href(&format!("{BASE}/productOffering/{}", o.id)), "@type": "ProductOffering",
        "name": o.name, "description": o.description,
        "lifecycleStatus": o.lifecycle, "isSellable": o.sellable, "isBundle": o.kind == Kind::Bundles,
        "category": o.categories().map(category).collect::<Vec<_>>(),
    });
    set(&mut value, "productOfferingTerm", o.validity().map(term).map(|term| json!([term])));
    set(&mut value, "productOfferingPrice", listed(prices(o, o.price(work.tx)?)));
    if o.kind == Kind::Bundles {
        let part = |p: &Offering| {
            let href = work.href(&format!("{BASE}/productOffering/{}", p.id));
            json!({ "id": p.id, "href": href, "name": p.name, "lifecycleStatus": p.lifecycle })
        };
        value["bundledProductOffering"] = work.catalogue.parts(o).into_iter().map(part).collect();
    } else {
        let name = match o.kind {
            Kind::Plans => "plan",
            Kind::Credit => "credit",
            _ => "addOn",
        };
        value["productSpecification"] = json!({ "id": format!("spec-{}", o.kind.category()), "name": name });
    }
    set(&mut value, "prodSpecCharValueUse", listed(characteristics(o)));
    let relationship = |(relation, other): (Relation, &Offering)| {
        let href = work.href(&format!("{BASE}/productOffering/{}", other.id));
        json!({ "id": other.id, "href": href, "name": other.name, "relationshipType": relation.name() })
    };
    let relationships = work.catalogue.relationships(o).into_iter().map(relationship).collect();
    set(&mut value, "productOfferingRelationship", listed(relationships));
    if let Some(countries) = o.area.as_ref().and_then(|area| work.catalogue.areas.get(area)) {
        let place =
            |id: &String| json!({ "id": id, "name": work.catalogue.countries.get(id), "@referredType": "Country" });
        value["place"] = countries.iter().map(place).collect();
    }
    Ok(value)
}

/// A list that is only there when something is in it.
fn listed(entries: Vec<Value>) -> Option<Value> {
    (!entries.is_empty()).then_some(Value::Array(entries))
}

/// How long an offering is valid, as `ProductOfferingTerm` and `ProductTerm`.
pub(super) fn term(validity: Validity) -> Value {
    let duration = match validity {
        Validity::Days(days) => json!({ "amount": days, "units": "day" }),
        Validity::Months(months) => json!({ "amount": months, "units": "month" }),
    };
    json!({ "name": "validity", "duration": duration })
}

fn characteristics(o: &Offering) -> Vec<Value> {
    let numeric = |name: &str, value: i64, unit: &str| {
        let entry = json!({ "isDefault": true, "value": value, "unitOfMeasure": unit });
        json!({ "name": name, "valueType": "number", "productSpecCharacteristicValue": [entry] })
    };
    let allowance = |usage_type: &&str| {
        let name = if *usage_type == "data" { "dataVolume" } else { usage_type };
        Some(match (o.allowance(usage_type)?, *usage_type) {
            (Allowance::Unlimited, _) => json!({
                "name": name, "valueType": "string",
                "productSpecCharacteristicValue": [{ "isDefault": true, "value": "unlimited" }]
            }),
            (Allowance::Amount(mb), "data") if mb % 1000 == 0 => numeric(name, mb / 1000, "GB"),
            (Allowance::Amount(mb), "data") => numeric(name, mb, "MB"),
            (Allowance::Amount(minutes), "voice") => numeric(name, minutes, "minute"),
            (Allowance::Amount(messages), _) => numeric(name, messages, "message"),
        })
    };
    let others = [
        o.fair_use_gb.map(|gb| numeric("fairUse", gb, "GB")),
        o.speed_mbit.map(|speed| numeric("speed", speed, "Mbit/s")),
        o.full_speed_hours.map(|hours| numeric("fullSpeed", hours, "hour")),
        o.amount.map(|AmountRange { from, to }| {
            let range = json!({ "valueFrom": from, "valueTo": to, "rangeInterval": "closed", "unitOfMeasure": "EUR" });
            json!({ "name": "amount", "valueType": "number", "productSpecCharacteristicValue": [range] })
        }),
    ];
    USAGE_TYPES.iter().filter_map(allowance).chain(others.into_iter().flatten()).collect()
}

/// The prices by value. Where the buyer says how much there are none; where a reduction is advertised, the lowest of the
/// last 30 days is beside the price, and so is what more use than the allowance costs.
fn prices(o: &Offering, cents: i64) -> Vec<Value> {
    if o.amount.is_some() {
        return Vec::new();
    }
    let one = |kind: &str, name: &str, suffix: &str, cents: i64| {
        let id = format!("{}-{suffix}", o.id);
        json!({ "id": id, "name": name, "priceType": kind, "price": money::price(cents) })
    };
    let monthly = |cents: i64| {
        let mut price = one("recurring", "Price per month", "monthly", cents);
        // The TM Forum names the period in one way by value, and in another by itself.
        price["recurringChargePeriod"] = json!("month");
        price["recurringChargePeriodType"] = json!("month");
        price["recurringChargePeriodLength"] = json!(1);
        price
    };
    let lowest = |cents| one("lowest30Days", "Lowest price of the last 30 days", "lowest30", cents);
    let beyond = |cents| {
        let mut price = one("usage", "Data beyond the allowance", "usage", cents);
        price["unitOfMeasure"] = json!({ "amount": BEYOND_MB, "units": "MB" });
        price
    };
    let now = [one("oneTime", "Price", "price", cents)];
    let others = [o.monthly_cents.map(monthly), o.lowest30.map(lowest), o.beyond_cents.map(beyond)];
    now.into_iter().chain(others.into_iter().flatten()).collect()
}

struct Prices;

impl Resource for Prices {
    const NAME: &str = "product offering price";

    fn all(work: &Work) -> Result<Vec<Value>, ApiError> {
        let mut all = Vec::new();
        for o in &work.catalogue.offerings {
            for price in prices(o, o.price(work.tx)?) {
                let id = price["id"].as_str().unwrap_or_default();
                let money = &price["price"];
                let mut described = json!({
                    "id": id, "href": work.href(&format!("{BASE}/productOfferingPrice/{id}")),
                    "@type": "ProductOfferingPrice", "name": price["name"], "priceType": price["priceType"],
                    "lifecycleStatus": o.lifecycle, "price": money["taxIncludedAmount"],
                    "tax": [{ "taxCategory": "VAT", "taxRate": money["taxRate"] }],
                });
                for name in ["recurringChargePeriodType", "recurringChargePeriodLength", "unitOfMeasure"] {
                    set(&mut described, name, price.get(name).cloned());
                }
                all.push(described);
            }
        }
        Ok(all)
    }
}
