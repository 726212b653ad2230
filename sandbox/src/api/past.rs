//! What was used in a plan's periods that are over.

use rusqlite::params;
use serde_json::{Value, json};

use super::line::Plan;
use super::usage::counter;
use crate::calendar::rfc3339;
use crate::carrier::Work;
use crate::http::ApiError;

/// A period that did not last a day says nothing of what is usual.
const SHORTEST_MS: i64 = 24 * 60 * 60_000;
/// How many periods of each usage type are told.
const TOLD: i64 = 3;

/// Keeps what was used in the period of a plan that is over at `now`, before another one takes its place. What is
/// unlimited is not counted, and of what was not granted nothing could be used: of neither is there anything to keep.
pub(super) fn keep(work: &Work, plan: &Plan, now: i64) -> Result<(), ApiError> {
    work.execute(
        "INSERT INTO past_bucket (id, product_id, usage_type, name, initial, used, start_ms, end_ms)
         SELECT 'past-' || lower(hex(randomblob(12))), p.id, b.usage_type, b.name, b.initial, b.used, p.start_ms, ?2
         FROM bucket b JOIN product p ON p.id = b.product_id
         WHERE p.id = ?1 AND NOT b.unlimited AND b.initial > 0 AND ?2 - p.start_ms >= ?3",
        params![plan.id, now.min(plan.end_ms), SHORTEST_MS],
    )?;
    Ok(())
}

/// The id of a line's plan, with the buckets of its last periods, the newest first: None when there are none.
pub(super) fn periods(work: &Work, line: &str) -> Result<Option<(String, Vec<Value>)>, ApiError> {
    let mut query = work.tx.prepare_cached(
        "SELECT product_id, id, name, usage_type, initial, used, start_ms, end_ms
         FROM (SELECT b.*, row_number() OVER (PARTITION BY b.usage_type ORDER BY b.end_ms DESC) AS ago
               FROM past_bucket b JOIN product p ON p.id = b.product_id
               WHERE p.line_id = ?1 AND p.kind = 'plan')
         WHERE ago <= ?2
         ORDER BY end_ms DESC, CASE usage_type WHEN 'data' THEN 0 WHEN 'voice' THEN 1 ELSE 2 END",
    )?;
    let mut rows = query.query(params![line, TOLD])?;
    let mut told: Option<(String, Vec<Value>)> = None;
    while let Some(row) = rows.next()? {
        let plan: String = row.get(0)?;
        let usage_type: String = row.get(3)?;
        let initial = row.get::<_, Option<i64>>(4)?.map(|amount| counter("initial", &usage_type, amount));
        let used = counter("used", &usage_type, row.get(5)?);
        let bucket = json!({
            "id": row.get::<_, String>(1)?, "name": row.get::<_, String>(2)?, "usageType": usage_type,
            "status": "past", "product": [{ "id": plan }],
            "validFor": { "startDateTime": rfc3339(row.get(6)?), "endDateTime": rfc3339(row.get(7)?) },
            "bucketCounter": initial.into_iter().chain([used]).collect::<Vec<_>>(),
        });
        told.get_or_insert_with(|| (plan, Vec::new())).1.push(bucket);
    }
    Ok(told)
}
