//! TMF677 usage consumption: what is left of a line's plan and add-ons, and what was used in the periods before. A query
//! is a task that takes a moment.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use rusqlite::{Row, params};
use serde::Deserialize;
use serde_json::{Number, Value, json};

use super::past;
use crate::Carrier;
use crate::calendar::rfc3339;
use crate::carrier::Work;
use crate::http::{ApiError, Json, ListQuery, Subscriber, created};
use crate::random;

const BASE: &str = "/tmf-api/usageConsumption/v4/queryUsageConsumption";

/// How long a query is `inProgress`.
const TAKES_MS: i64 = 300;

pub(super) fn routes() -> Router<Carrier> {
    Router::new().route(BASE, get(list).post(ask)).route(&format!("{BASE}/{{id}}"), get(by_id))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ask {
    search_criteria: Criteria,
}

#[derive(Deserialize)]
struct Criteria {
    #[serde(default)]
    product: Vec<Ref>,
}

/// A reference by id.
#[derive(Deserialize)]
struct Ref {
    id: String,
}

async fn ask(State(carrier): State<Carrier>, who: Subscriber, body: Json<Ask>) -> Result<Response, ApiError> {
    let query = carrier
        .transact(move |work| {
            let [line] = body.read.search_criteria.product.as_slice() else {
                return Err(ApiError::unprocessable("oneLineNeeded", "Ask for exactly one line."));
            };
            let owns: bool = work.tx.query_row(
                "SELECT EXISTS (SELECT 1 FROM product WHERE id = ?1 AND customer_id = ?2 AND kind = 'line')",
                [&line.id, &who.customer],
                |row| row.get(0),
            )?;
            if !owns {
                return Err(ApiError::unprocessable("unknownLine", "The subscriber has no such line."));
            }
            let query = Query { id: random::id("query")?, line: line.id.clone(), created_ms: work.now };
            work.execute(
                "INSERT INTO usage_query (id, customer_id, line_id, created_ms) VALUES (?1, ?2, ?3, ?4)",
                params![query.id, who.customer, query.line, query.created_ms],
            )?;
            query.json(work)
        })
        .await?;
    Ok(created(true, &query))
}

async fn list(State(carrier): State<Carrier>, who: Subscriber, query: ListQuery) -> Result<Response, ApiError> {
    Ok(query.page(carrier.transact(move |work| queries(work, &who.customer, None)).await?))
}

async fn by_id(
    State(carrier): State<Carrier>,
    who: Subscriber,
    Path(id): Path<String>,
    query: ListQuery,
) -> Result<Response, ApiError> {
    let mut found = carrier.transact(move |work| queries(work, &who.customer, Some(&id))).await?;
    found.pop().map(|task| query.one(task)).ok_or_else(|| ApiError::not_found("query"))
}

fn queries(work: &Work, customer: &str, id: Option<&str>) -> Result<Vec<Value>, ApiError> {
    let mut statement = work.tx.prepare_cached(
        "SELECT id, line_id, created_ms FROM usage_query
         WHERE customer_id = ?1 AND (?2 IS NULL OR id = ?2) ORDER BY created_ms, id",
    )?;
    let read = |row: &Row| Ok(Query { id: row.get(0)?, line: row.get(1)?, created_ms: row.get(2)? });
    let found = statement.query_map(params![customer, id], read)?.collect::<Result<Vec<_>, _>>()?;
    found.iter().map(|query| query.json(work)).collect()
}

struct Query {
    id: String,
    line: String,
    created_ms: i64,
}

impl Query {
    fn json(&self, work: &Work) -> Result<Value, ApiError> {
        let ready_ms = self.created_ms + TAKES_MS;
        let consumption = if work.now < ready_ms {
            json!([{ "id": format!("{}-1", self.id), "state": "inProgress", "lastUpdate": rfc3339(self.created_ms) }])
        } else {
            Value::Array(self.consumption(work, ready_ms)?)
        };
        Ok(json!({
            "id": self.id, "href": work.href(&format!("{BASE}/{}", self.id)), "@type": "QueryUsageConsumption",
            "queryUsageConsumptionDate": rfc3339(self.created_ms),
            "searchCriteria": { "product": [{ "id": self.line }] },
            "usageConsumption": consumption,
        }))
    }

    /// One entry for the plan, first, one for each add-on in force that has an allowance of its own, and at last one for
    /// the plan's periods that are over.
    fn consumption(&self, work: &Work, ready_ms: i64) -> Result<Vec<Value>, ApiError> {
        let mut statement = work.tx.prepare_cached(
            "SELECT b.id, b.name, b.usage_type, b.unlimited, b.initial, b.used, p.id, p.start_ms, p.end_ms
             FROM bucket b JOIN product p ON p.id = b.product_id
             WHERE p.line_id = ?1 AND (p.kind = 'plan' OR (p.start_ms <= ?2 AND p.end_ms >= ?2))
             ORDER BY p.kind DESC, p.start_ms, p.id,
                      CASE b.usage_type WHEN 'data' THEN 0 WHEN 'voice' THEN 1 ELSE 2 END",
        )?;
        let mut entries: Vec<(String, Vec<Value>)> = Vec::new();
        let buckets = statement.query_map(params![self.line, work.now], |row| Bucket::read(row, work.now))?;
        for bucket in buckets {
            let bucket = bucket?;
            match entries.last_mut() {
                Some((product, buckets)) if *product == bucket.product => buckets.push(bucket.json()),
                _ => entries.push((bucket.product.clone(), vec![bucket.json()])),
            }
        }
        entries.extend(past::periods(work, &self.line)?);
        let entry = |(at, (product, buckets)): (usize, (String, Vec<Value>))| {
            json!({
                "id": format!("{}-{}", self.id, at + 1), "state": "done", "lastUpdate": rfc3339(ready_ms),
                "product": [{ "id": product }], "bucketRefOrValue": buckets,
            })
        };
        if entries.is_empty() {
            let id = format!("{}-1", self.id);
            return Ok(vec![
                json!({ "id": id, "state": "done", "lastUpdate": rfc3339(ready_ms), "bucketRefOrValue": [] }),
            ]);
        }
        Ok(entries.into_iter().enumerate().map(entry).collect())
    }
}

struct Bucket {
    id: String,
    name: String,
    usage_type: String,
    unlimited: bool,
    initial: i64,
    used: i64,
    product: String,
    start_ms: i64,
    end_ms: i64,
    expired: bool,
}

impl Bucket {
    fn read(row: &Row, now: i64) -> Result<Self, rusqlite::Error> {
        let end_ms: i64 = row.get(8)?;
        Ok(Self {
            id: row.get(0)?,
            name: row.get(1)?,
            usage_type: row.get(2)?,
            unlimited: row.get(3)?,
            initial: row.get(4)?,
            used: row.get(5)?,
            product: row.get(6)?,
            start_ms: row.get(7)?,
            end_ms,
            expired: end_ms < now,
        })
    }

    fn json(&self) -> Value {
        let mut value = json!({
            "id": self.id, "name": self.name, "usageType": self.usage_type,
            "status": if self.expired { "expired" } else { "active" },
            "product": [{ "id": self.product }],
            "validFor": { "startDateTime": rfc3339(self.start_ms), "endDateTime": rfc3339(self.end_ms) },
        });
        if self.unlimited && !self.expired {
            value["remainingValueName"] = json!("unlimited");
        } else {
            // What was left when the bucket expired is lost.
            let remaining = if self.expired { 0 } else { self.initial - self.used };
            value["remainingValue"] = quantity(&self.usage_type, remaining);
        }
        if !self.unlimited {
            value["bucketCounter"] = json!([
                counter("initial", &self.usage_type, self.initial),
                counter("used", &self.usage_type, self.used),
            ]);
        }
        value
    }
}

/// TM Forum `ConsumptionSummary` of an amount of a usage type.
pub(super) fn counter(kind: &str, usage_type: &str, amount: i64) -> Value {
    json!({ "counterType": kind, "value": quantity(usage_type, amount) })
}

fn quantity(usage_type: &str, amount: i64) -> Value {
    match usage_type {
        "data" => json!({ "amount": gigabytes(amount), "units": "GB" }),
        "voice" => json!({ "amount": amount, "units": "minute" }),
        _ => json!({ "amount": amount, "units": "message" }),
    }
}

/// MB as GB, exactly: 2800 is `2.8`, 10000 is `10`.
pub(super) fn gigabytes(mb: i64) -> Value {
    let text = format!("{}.{:03}", mb / 1000, mb % 1000);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.parse::<Number>().map_or(Value::Null, Value::Number)
}
