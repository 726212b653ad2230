//! TMF620 product catalogue: public, the same for everyone.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

use crate::Carrier;
use crate::calendar::Validity;
use crate::carrier::Work;
use crate::http::{ApiError, ListQuery};
use crate::money;
use crate::seed::{Allowance, Kind, Offering, USAGE_TYPES};

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
    let categories = [Some(o.kind.category()), o.zone.as_deref()];
    let mut value = json!({
        "id": o.id, "href": work.href(&format!("{BASE}/productOffering/{}", o.id)), "@type": "ProductOffering",
        "name": o.name, "description": o.description,
        "lifecycleStatus": o.lifecycle, "isSellable": o.sellable, "isBundle": o.kind == Kind::Bundles,
        "category": categories.into_iter().flatten().map(|id| json!({ "id": id, "name": name_of(id) })).collect::<Vec<_>>(),
        "productOfferingTerm": [{ "name": "validity", "duration": duration(o) }],
        "productOfferingPrice": prices(o, o.price(work.tx)?),
    });
    if o.kind == Kind::Bundles {
        let part = |p: &Offering| {
            let href = work.href(&format!("{BASE}/productOffering/{}", p.id));
            json!({ "id": p.id, "href": href, "name": p.name, "lifecycleStatus": p.lifecycle })
        };
        value["bundledProductOffering"] = work.catalogue.parts(o).into_iter().map(part).collect();
    } else {
        let name = if o.kind == Kind::Plans { "plan" } else { "addOn" };
        value["productSpecification"] = json!({ "id": format!("spec-{}", o.kind.category()), "name": name });
    }
    let uses = characteristics(o);
    if !uses.is_empty() {
        value["prodSpecCharValueUse"] = Value::Array(uses);
    }
    if let Some(countries) = o.area.as_ref().and_then(|area| work.catalogue.areas.get(area)) {
        let place =
            |id: &String| json!({ "id": id, "name": work.catalogue.countries.get(id), "@referredType": "Country" });
        value["place"] = countries.iter().map(place).collect();
    }
    Ok(value)
}

/// How long an offering is valid, as TM Forum `Duration`.
pub(super) fn duration(o: &Offering) -> Value {
    match o.validity() {
        Validity::Days(days) => json!({ "amount": days, "units": "day" }),
        Validity::Months(months) => json!({ "amount": months, "units": "month" }),
    }
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
    ];
    USAGE_TYPES.iter().filter_map(allowance).chain(others.into_iter().flatten()).collect()
}

/// The price by value; where a reduction is advertised, the lowest of the last 30 days beside it.
fn prices(o: &Offering, cents: i64) -> Vec<Value> {
    let one = |kind: &str, name: &str, suffix: &str, cents: i64| json!({ "id": format!("{}-{suffix}", o.id), "name": name, "priceType": kind, "price": money::price(cents) });
    let mut prices = vec![one("oneTime", "Price", "price", cents)];
    prices.extend(o.lowest30.map(|cents| one("lowest30Days", "Lowest price of the last 30 days", "lowest30", cents)));
    prices
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
                all.push(json!({
                    "id": id, "href": work.href(&format!("{BASE}/productOfferingPrice/{id}")),
                    "@type": "ProductOfferingPrice", "name": price["name"], "priceType": price["priceType"],
                    "lifecycleStatus": o.lifecycle, "price": money["taxIncludedAmount"],
                    "tax": [{ "taxCategory": "VAT", "taxRate": money["taxRate"] }],
                }));
            }
        }
        Ok(all)
    }
}
