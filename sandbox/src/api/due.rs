//! What becomes due by the clock: unpaid orders are cancelled, agreed money comes, paid orders are fulfilled.

use rusqlite::params;

use super::basket::Item;
use super::{capture, fulfil};
use crate::carrier::Work;
use crate::http::ApiError;

/// How long an order waits for its payment.
const UNPAID_MS: i64 = 30 * 60_000;
/// How long fulfilment takes.
const FULFIL_MS: i64 = 1_500;

/// Brings the data up to `now`, before any work looks at them. When it happens to be called does not matter: things are
/// dated and computed by when they were due.
pub(crate) fn settle(work: &Work) -> Result<(), ApiError> {
    // Money that comes before an order's time is up pays it.
    let mut query = work.tx.prepare_cached(
        "SELECT id, created_ms FROM product_order
         WHERE state = 'pending' AND created_ms <= ?1 AND NOT EXISTS (
             SELECT 1 FROM payment
             WHERE order_id = product_order.id AND status IN ('pendingAuthorization', 'authorized')
                   AND capture_ms - ?2 < product_order.created_ms
         )",
    )?;
    let unpaid = query
        .query_map([work.now - UNPAID_MS, UNPAID_MS], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    for (order, created_ms) in unpaid {
        // Its payment stays open: the payment page may still capture it, and the money is then returned at once.
        cancel(work, &order, created_ms + UNPAID_MS, "Not paid within 30 minutes.")?;
    }

    let mut query = work.tx.prepare_cached(
        "SELECT id, capture_ms FROM payment
         WHERE status IN ('pendingAuthorization', 'authorized') AND capture_ms <= ?1 ORDER BY capture_ms, id",
    )?;
    let agreed = query
        .query_map([work.now], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    for (payment, capture_ms) in agreed {
        capture::capture(work, &payment, capture_ms)?;
    }

    let mut query = work.tx.prepare_cached(
        "SELECT id, customer_id, items, fulfil_ms FROM product_order
         WHERE state = 'inProgress' AND fulfil_ms <= ?1 ORDER BY fulfil_ms, id",
    )?;
    let paid = query
        .query_map([work.now], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?, row.get::<_, i64>(3)?))
        })?
        .collect::<Result<Vec<_>, _>>()?;
    for (order, customer, items, fulfil_ms) in paid {
        let items: Vec<Item> = serde_json::from_str(&items)?;
        fulfil::fulfil(work, &customer, &items, fulfil_ms)?;
        work.execute(
            "UPDATE product_order SET state = 'completed', completed_ms = ?2 WHERE id = ?1",
            params![order, fulfil_ms],
        )?;
    }
    Ok(())
}

/// When an order is cancelled that was not paid.
pub(super) fn unpaid_ms(work: &Work, order: &str) -> Result<i64, ApiError> {
    let mut query = work.tx.prepare_cached("SELECT created_ms FROM product_order WHERE id = ?1")?;
    Ok(query.query_row([order], |row| row.get::<_, i64>(0))? + UNPAID_MS)
}

/// Cancels an order that is still pending.
pub(super) fn cancel(work: &Work, order: &str, when_ms: i64, reason: &str) -> Result<(), ApiError> {
    work.execute(
        "UPDATE product_order SET state = 'cancelled', cancelled_ms = ?2, cancel_reason = ?3
         WHERE id = ?1 AND state = 'pending'",
        params![order, when_ms, reason],
    )?;
    Ok(())
}

/// An order with nothing left to pay goes on to be fulfilled. Answers false when it was not pending.
pub(super) fn start_fulfilment(work: &Work, order: &str, when_ms: i64) -> Result<bool, ApiError> {
    let started = work.execute(
        "UPDATE product_order SET state = 'inProgress', fulfil_ms = ?2 WHERE id = ?1 AND state = 'pending'",
        params![order, when_ms + FULFIL_MS],
    )?;
    Ok(started == 1)
}
