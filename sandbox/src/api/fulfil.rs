//! Fulfilment: what was bought really changes the subscriber's products and buckets.

use rusqlite::params;

use super::basket::Item;
use super::credit;
use super::line::{self, Plan};
use super::past;
use super::service::{self, Part, Remaining};
use crate::carrier::Work;
use crate::http::ApiError;
use crate::random;
use crate::seed::{Allowance, Kind, Offering, ROAMING_ACCESS, USAGE_TYPES, bucket_name};

/// Delivers an order's items as of `now`, the time at which they were due.
pub(super) fn fulfil(work: &Work, customer: &str, items: &[Item], now: i64) -> Result<(), ApiError> {
    for part in service::parts(work, items) {
        let plan = line::plan_of(work, &part.item.line)?;
        match (part.offering.kind, plan) {
            (Kind::Plans, None) => new_plan(work, customer, &part, now)?,
            (Kind::Plans, Some(plan)) => renew(work, &part, &plan, now)?,
            (Kind::Data, Some(plan)) => top_up(work, &part, &plan, now)?,
            // Without a plan nothing else can be ordered, and a plan is never taken away.
            (Kind::Data, None) | (Kind::Bundles, _) => (),
            (Kind::Extras | Kind::Roaming, _) => add_on(work, customer, &part, now)?,
            (Kind::Credit, _) => credit::add(work, customer, part.item.amount_cents.unwrap_or_default())?,
        }
    }
    for item in items.iter().filter(|item| item.bonus_mb > 0) {
        if let Some(plan) = line::plan_of(work, &item.line)? {
            grow(work, &plan.id, "data", Allowance::Amount(item.bonus_mb), 1)?;
        }
    }
    Ok(())
}

fn new_plan(work: &Work, customer: &str, part: &Part, now: i64) -> Result<(), ApiError> {
    let plan = random::id("plan")?;
    let end = service::extended(work, part, now, None).unwrap_or(now);
    insert_product(work, customer, &plan, "plan", part, (now, Some(end)))?;
    set_allowances(work, &plan, part.offering, part.item.quantity)
}

fn renew(work: &Work, part: &Part, plan: &Plan, now: i64) -> Result<(), ApiError> {
    let (offering, times) = (part.offering, part.item.quantity);
    let end = service::extended(work, part, now, Some(plan.end_ms)).unwrap_or(plan.end_ms);
    let remaining = service::remaining(plan, offering, now);
    let goes_on = remaining == Some(Remaining::Kept);
    if !goes_on {
        past::keep(work, plan, now)?;
    }
    work.execute(
        "UPDATE product SET offering_id = ?2, name = ?3, end_ms = ?4,
                start_ms = CASE WHEN ?5 THEN start_ms ELSE ?6 END
         WHERE id = ?1",
        params![plan.id, offering.id, offering.name, end, goes_on, now],
    )?;
    // What an expired plan, or another one, had left is lost, so its renewal starts afresh.
    if !goes_on {
        return set_allowances(work, &plan.id, offering, times);
    }
    for usage_type in USAGE_TYPES {
        if let Some(allowance) = offering.allowance(usage_type) {
            grow(work, &plan.id, usage_type, allowance, times)?;
        }
    }
    Ok(())
}

fn top_up(work: &Work, part: &Part, plan: &Plan, now: i64) -> Result<(), ApiError> {
    let end = service::extended(work, part, now, Some(plan.end_ms)).unwrap_or(plan.end_ms);
    if plan.end_ms < now {
        // The plan comes back to life with the pack alone: what it had left is lost.
        past::keep(work, plan, now)?;
        work.execute("UPDATE product SET start_ms = ?2 WHERE id = ?1", params![plan.id, now])?;
        work.execute("UPDATE bucket SET initial = 0, used = 0, unlimited = 0 WHERE product_id = ?1", [&plan.id])?;
    }
    work.execute("UPDATE product SET end_ms = ?2 WHERE id = ?1", params![plan.id, end])?;
    match part.offering.allowance("data") {
        Some(allowance) => grow(work, &plan.id, "data", allowance, part.item.quantity),
        None => Ok(()),
    }
}

fn add_on(work: &Work, customer: &str, part: &Part, now: i64) -> Result<(), ApiError> {
    let product = random::id("add-on")?;
    // Beyond the calendar's end nothing was sold.
    let end = service::add_on_end(work, part, now).unwrap_or(Some(now));
    insert_product(work, customer, &product, "addOn", part, (service::add_on_start(part, now), end))?;
    if part.offering.id == ROAMING_ACCESS {
        work.execute("UPDATE product SET roaming = 'on' WHERE id = ?1", [&part.item.line])?;
    }
    set_allowances(work, &product, part.offering, part.item.quantity)
}

fn insert_product(
    work: &Work,
    customer: &str,
    id: &str,
    kind: &str,
    part: &Part,
    (start_ms, end_ms): (i64, Option<i64>),
) -> Result<(), ApiError> {
    work.execute(
        "INSERT INTO product (id, customer_id, kind, line_id, name, offering_id, start_ms, end_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![id, customer, kind, part.item.line, part.offering.name, part.offering.id, start_ms, end_ms],
    )?;
    Ok(())
}

/// Gives a product the allowances of an offering, in place of any that it had.
fn set_allowances(work: &Work, product: &str, offering: &Offering, times: i64) -> Result<(), ApiError> {
    work.execute("DELETE FROM bucket WHERE product_id = ?1", [product])?;
    for usage_type in USAGE_TYPES {
        if let Some(allowance) = offering.allowance(usage_type) {
            grow(work, product, usage_type, allowance, times)?;
        }
    }
    Ok(())
}

/// Adds an allowance to a product's bucket, which is made when there is none. What is unlimited stays so.
fn grow(work: &Work, product: &str, usage_type: &str, allowance: Allowance, times: i64) -> Result<(), ApiError> {
    let (unlimited, amount) = match allowance {
        Allowance::Unlimited => (true, 0),
        Allowance::Amount(amount) => (false, amount * times),
    };
    work.execute(
        "INSERT INTO bucket (id, product_id, usage_type, name, unlimited, initial, used)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)
         ON CONFLICT (product_id, usage_type) DO UPDATE SET
             unlimited = bucket.unlimited OR excluded.unlimited,
             initial = CASE WHEN bucket.unlimited THEN bucket.initial ELSE bucket.initial + excluded.initial END",
        params![random::id("bucket")?, product, usage_type, bucket_name(usage_type), unlimited, amount],
    )?;
    Ok(())
}
