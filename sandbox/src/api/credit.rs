//! Prepaid credit: how an account's grows, and how it is spent.

use rusqlite::params;

use crate::carrier::Work;
use crate::http::ApiError;

/// Adds to the credit of a customer's account.
pub(super) fn add(work: &Work, customer: &str, cents: i64) -> Result<(), ApiError> {
    work.execute(
        "UPDATE credit SET cents = cents + ?2, was_filled = 1 WHERE customer_id = ?1",
        params![customer, cents],
    )?;
    Ok(())
}

/// Takes from the credit of a customer's account. Answers false, and takes nothing, when there is too little.
pub(super) fn take(work: &Work, customer: &str, cents: i64) -> Result<bool, ApiError> {
    let taken = work.execute(
        "UPDATE credit SET cents = cents - ?2 WHERE customer_id = ?1 AND cents >= ?2",
        params![customer, cents],
    )?;
    Ok(taken == 1)
}
