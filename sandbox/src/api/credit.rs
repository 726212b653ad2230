//! Prepaid credit: what an account has, and how it grows.

use rusqlite::params;

use crate::carrier::Work;
use crate::http::ApiError;

/// Adds to the credit of a customer's account.
pub(super) fn add(work: &Work, customer: &str, cents: i64) -> Result<(), ApiError> {
    work.tx.execute(
        "UPDATE credit SET cents = cents + ?2, was_filled = 1 WHERE customer_id = ?1",
        params![customer, cents],
    )?;
    Ok(())
}
