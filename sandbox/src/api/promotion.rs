//! TMF671 promotion: public, like the catalogue. What must be known for a code is not told.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

use super::discount;
use super::usage::gigabytes;
use crate::calendar::rfc3339;
use crate::carrier::Work;
use crate::http::{ApiError, ListQuery};
use crate::seed::{Criterion, Effect, Group, Promotion, Stage};
use crate::{Carrier, money};

const BASE: &str = "/tmf-api/promotionManagement/v4/promotion";

pub(super) fn routes() -> Router<Carrier> {
    Router::new().route(BASE, get(list)).route(&format!("{BASE}/{{id}}"), get(by_id))
}

async fn list(State(carrier): State<Carrier>, query: ListQuery) -> Result<Response, ApiError> {
    Ok(query.page(carrier.transact(promotions).await?))
}

async fn by_id(State(carrier): State<Carrier>, Path(id): Path<String>, query: ListQuery) -> Result<Response, ApiError> {
    let all = carrier.transact(promotions).await?;
    let promotion = all.into_iter().find(|promotion| promotion["id"] == id.as_str());
    promotion.map(|promotion| query.one(promotion)).ok_or_else(|| ApiError::not_found("promotion"))
}

fn promotions(work: &Work) -> Result<Vec<Value>, ApiError> {
    let opened_ms = discount::opened(work)?;
    let describe = |(at, promotion): (usize, &Promotion)| {
        let (from, until) = promotion.period(opened_ms);
        let status = match promotion.stage(opened_ms, work.now) {
            Stage::Ahead => "planned",
            Stage::Active => "active",
            Stage::Expired => "expired",
        };
        json!({
            "id": promotion.id, "href": work.href(&format!("{BASE}/{}", promotion.id)), "@type": "Promotion",
            "name": promotion.name, "description": promotion.description, "lifecycleStatus": status,
            "promotionType": promotion.kind,
            "validFor": { "startDateTime": rfc3339(from), "endDateTime": rfc3339(until) },
            "pattern": [{
                "name": promotion.name, "priority": at + 1, "criteriaGroupLogicalRelationship": "AND",
                "criteriaGroup": groups(promotion), "action": [action(work, promotion)],
            }],
        })
    };
    Ok(work.promotions.iter().enumerate().map(describe).collect())
}

fn groups(promotion: &Promotion) -> Vec<Value> {
    let criterion = |parameter: &str, value: &str| json!({ "criteriaParameter": parameter, "criteriaOperator": "equals", "criteriaValue": value });
    let group = |name: &str, criteria: Vec<Value>| json!({ "groupName": name, "criteriaLogicalRelationship": "OR", "criteria": criteria });
    let described = |of: &Group| {
        let criteria = of.any.iter().map(|one| match one {
            Criterion::ProductOffering(id) => criterion("productOffering", id),
            Criterion::Category(id) => criterion("category", id),
        });
        group(&of.name, criteria.collect())
    };
    let code = promotion.code.as_ref().map(|_| group("Code", vec![criterion("promotionCode", "*")]));
    promotion.groups.iter().map(described).chain(code).collect()
}

fn action(work: &Work, promotion: &Promotion) -> Value {
    let (kind, value) = match promotion.effect {
        Effect::Percent(percent) => ("percent", percent.to_string()),
        Effect::Amount(cents) => ("amount", money::decimal(cents).to_string()),
        Effect::Price(cents) => ("price", money::decimal(cents).to_string()),
        Effect::BonusMb(mb) => ("bonusData", format!("{} GB", gigabytes(mb))),
    };
    let mut action = json!({ "actionType": kind, "actionValue": value });
    if let Some(offering) = promotion.on.as_ref().and_then(|id| work.catalogue.offering(id)) {
        action["actionEntityRef"] =
            json!({ "id": offering.id, "name": offering.name, "@referredType": "ProductOffering" });
    }
    action
}
