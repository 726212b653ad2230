//! What the payment page does to a payment. Each step holds only while the payment is open, so that a double click, a
//! reload or a second tab has no second effect.

use rusqlite::{OptionalExtension as _, params};

use super::due;
use crate::carrier::Work;
use crate::http::ApiError;
use crate::random;

/// How long the money of a slow capture takes.
const CAPTURE_MS: i64 = 5_000;

/// A payment as its page sees it.
pub(crate) struct Paid {
    pub id: String,
    pub order: String,
    pub amount_cents: i64,
    pub return_url: String,
    pub is_open: bool,
    /// Whether the payer chooses a card on the page.
    pub is_hosted: bool,
    /// Whether the bank was asked to confirm.
    pub asks_bank: bool,
}

/// The payment behind a page's token.
pub(crate) fn by_token(work: &Work, token: &str) -> Result<Option<Paid>, ApiError> {
    let mut query = work.tx.prepare_cached(
        "SELECT id, order_id, amount_cents, return_url, status = 'pendingAuthorization', method = 'hosted',
                asks_bank
         FROM payment WHERE token = ?1",
    )?;
    let found = query.query_row([token], |row| {
        Ok(Paid {
            id: row.get(0)?,
            order: row.get(1)?,
            amount_cents: row.get(2)?,
            return_url: row.get(3)?,
            is_open: row.get(4)?,
            is_hosted: row.get(5)?,
            asks_bank: row.get(6)?,
        })
    });
    Ok(found.optional()?)
}

/// What the payer or the bank said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Accepted,
    /// The payer must confirm it with the bank first (3-D Secure).
    AsksBank,
    /// The bank is asked, and lets the money go later even if the payer never answers.
    AsksBankInVain,
    /// Agreed: the money comes later.
    AcceptedForLater,
    /// Agreed: the money comes just when the order's time is up.
    AcceptedTooLate,
    Declined,
    InsufficientFunds,
    ExpiredCard,
    Refused,
    Cancelled,
}

/// Carries out a verdict on an open payment; on an ended one nothing happens.
pub(crate) fn settle(work: &Work, payment: &Paid, verdict: Verdict) -> Result<(), ApiError> {
    if !payment.is_open {
        return Ok(());
    }
    match verdict {
        Verdict::Accepted => capture(work, &payment.id, work.now),
        Verdict::AcceptedForLater => agree(work, payment, work.now + CAPTURE_MS),
        Verdict::AcceptedTooLate => agree(work, payment, due::unpaid_ms(work, &payment.order)?.max(work.now)),
        Verdict::AsksBank => ask_bank(work, payment, None),
        Verdict::AsksBankInVain => ask_bank(work, payment, Some(work.now + CAPTURE_MS)),
        Verdict::Declined => end(work, payment, "denied", "cardDeclined"),
        Verdict::InsufficientFunds => end(work, payment, "denied", "insufficientFunds"),
        Verdict::ExpiredCard => end(work, payment, "denied", "expiredCard"),
        Verdict::Refused => end(work, payment, "denied", "authenticationFailed"),
        Verdict::Cancelled => end(work, payment, "canceled", "canceledByPayer"),
    }
}

fn agree(work: &Work, payment: &Paid, capture_ms: i64) -> Result<(), ApiError> {
    work.execute(
        "UPDATE payment SET status = 'authorized', status_ms = ?2, authorization_code = ?3, capture_ms = ?4
         WHERE id = ?1 AND status = 'pendingAuthorization'",
        params![payment.id, work.now, random::one_time_code()?, capture_ms],
    )?;
    Ok(())
}

fn ask_bank(work: &Work, payment: &Paid, capture_ms: Option<i64>) -> Result<(), ApiError> {
    work.execute("UPDATE payment SET asks_bank = 1, capture_ms = ?2 WHERE id = ?1", params![payment.id, capture_ms])?;
    Ok(())
}

fn end(work: &Work, payment: &Paid, status: &str, reason: &str) -> Result<(), ApiError> {
    work.execute(
        "UPDATE payment SET status = ?2, status_reason = ?3, status_ms = ?4
         WHERE id = ?1 AND status = 'pendingAuthorization'",
        params![payment.id, status, reason, work.now],
    )?;
    Ok(())
}

/// Takes the money of an open or authorized payment. An order that was cancelled meanwhile cannot be delivered: the
/// money is returned at once.
pub(super) fn capture(work: &Work, payment: &str, when_ms: i64) -> Result<(), ApiError> {
    work.execute(
        "UPDATE payment SET status = 'captured', status_ms = ?2, authorization_code = coalesce(authorization_code, ?3)
         WHERE id = ?1 AND status IN ('pendingAuthorization', 'authorized')",
        params![payment, when_ms, random::one_time_code()?],
    )?;
    let order: String =
        work.tx.prepare_cached("SELECT order_id FROM payment WHERE id = ?1")?.query_row([payment], |row| row.get(0))?;
    let delivered = due::start_fulfilment(work, &order, when_ms)?;
    let charge = random::id("charge")?;
    work.execute(
        "INSERT INTO charge (id, payment_id, order_id, amount_cents, refunded, created_ms)
         SELECT ?1, id, order_id, amount_cents, ?2, ?3 FROM payment WHERE id = ?4",
        params![charge, !delivered, when_ms, payment],
    )?;
    if !delivered {
        work.execute(
            "INSERT INTO refund (id, charge_id, payment_id, customer_id, amount_cents, created_ms)
             SELECT ?1, ?2, id, customer_id, amount_cents, ?3 FROM payment WHERE id = ?4",
            params![random::id("refund")?, charge, when_ms, payment],
        )?;
    }
    Ok(())
}
