//! A subscriber's lines, and what they have now.

use rusqlite::{OptionalExtension as _, Row, params};

use crate::carrier::Work;
use crate::http::ApiError;

/// A line as it is now.
pub(super) struct Line {
    pub id: String,
    pub roaming_is_barred: bool,
    pub is_suspended: bool,
}

/// One of the customer's lines.
pub(super) fn find(work: &Work, customer: &str, line: &str) -> Result<Option<Line>, ApiError> {
    let mut query = work.tx.prepare_cached(
        "SELECT id, roaming = 'barred', suspended FROM product WHERE id = ?1 AND customer_id = ?2 AND kind = 'line'",
    )?;
    let read = |row: &Row| Ok(Line { id: row.get(0)?, roaming_is_barred: row.get(1)?, is_suspended: row.get(2)? });
    Ok(query.query_row([line, customer], read).optional()?)
}

/// The line of one of the customer's plans.
pub(super) fn of_plan(work: &Work, customer: &str, plan: &str) -> Result<Option<Line>, ApiError> {
    let mut query =
        work.tx.prepare_cached("SELECT line_id FROM product WHERE id = ?1 AND customer_id = ?2 AND kind = 'plan'")?;
    let line: Option<String> = query.query_row([plan, customer], |row| row.get(0)).optional()?;
    line.map_or(Ok(None), |line| find(work, customer, &line))
}

/// The ids of all of the customer's lines.
pub(super) fn all(work: &Work, customer: &str) -> Result<Vec<String>, ApiError> {
    let mut query =
        work.tx.prepare_cached("SELECT id FROM product WHERE customer_id = ?1 AND kind = 'line' ORDER BY id")?;
    let ids = query.query_map([customer], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// A plan as it is now.
pub(super) struct Plan {
    pub id: String,
    pub offering: Option<String>,
    pub end_ms: i64,
}

/// The plan of a line.
pub(super) fn plan_of(work: &Work, line: &str) -> Result<Option<Plan>, ApiError> {
    let mut query =
        work.tx.prepare_cached("SELECT id, offering_id, end_ms FROM product WHERE line_id = ?1 AND kind = 'plan'")?;
    let read = |row: &Row| Ok(Plan { id: row.get(0)?, offering: row.get(1)?, end_ms: row.get(2)? });
    Ok(query.query_row([line], read).optional()?)
}

/// The offerings of what a line has: its plan and its add-ons that are in force, or will be.
pub(super) fn held(work: &Work, line: &str) -> Result<Vec<String>, ApiError> {
    let mut query = work.tx.prepare_cached(
        "SELECT DISTINCT offering_id FROM product
         WHERE line_id = ?1 AND offering_id IS NOT NULL AND (end_ms IS NULL OR end_ms >= ?2) ORDER BY offering_id",
    )?;
    let offerings = query.query_map(params![line, work.now], |row| row.get(0))?;
    Ok(offerings.collect::<Result<_, _>>()?)
}
