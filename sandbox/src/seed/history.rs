//! What the demo's subscribers did before the first start: cards they saved, orders they paid, what they used.

use rusqlite::params;
use serde_json::json;

use super::catalogue::{Allowance, Offering, USAGE_TYPES};
use super::demo::{Customer, PastOrder, PlanOf};
use super::subscribers::{DAY_MS, Seed, bucket_name};
use crate::calendar::Validity;

pub(super) fn write(seed: &Seed, customer: &Customer, id: &str) -> Result<(), rusqlite::Error> {
    for card in customer.cards {
        let expires = seed.calendar.end_of_month(seed.now, card.expires_in_months).unwrap_or(seed.now);
        seed.tx.execute(
            "INSERT INTO saved_card (id, customer_id, brand, last_four, expires_ms, token, asks_bank)
             VALUES (?1, ?2, ?3, ?4, ?5, lower(hex(randomblob(16))), ?6)",
            params![card.id, id, card.brand, card.last_four, expires, card.asks_bank],
        )?;
    }
    let Some(card) = customer.cards.first() else { return Ok(()) };
    for order in customer.past_orders {
        past_order(seed, order, id, card.id)?;
    }
    Ok(())
}

/// An order as it would be had the subscriber made it then, with its cart, its payment and its charge.
fn past_order(seed: &Seed, past: &PastOrder, customer: &str, method: &str) -> Result<(), rusqlite::Error> {
    let Some(offering) = seed.catalogue.offering(past.offering) else { return Ok(()) };
    let key = format!("past-{}", past.line);
    let [cart, order, payment, charge] = ["cart", "order", "payment", "charge"].map(|kind| format!("{kind}-{key}"));
    let made = seed.now - past.days_ago * DAY_MS;
    let (paid, done) = (made + 60_000, made + 61_500);
    let items = json!([{
        "id": "1", "action": "modify", "quantity": 1, "offering": offering.id,
        "line": format!("line-{}", past.line), "plan": format!("plan-{}", past.line),
    }])
    .to_string();
    seed.tx.execute(
        "INSERT INTO cart (id, customer_id, created_ms, expires_ms, items) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![cart, customer, made, made + 20 * 60_000, items],
    )?;
    seed.tx.execute(
        "INSERT INTO product_order (id, customer_id, external_id, fingerprint, cart_id, items, notes, total_cents,
                                    state, created_ms, fulfil_ms, completed_ms)
         VALUES (?1, ?2, ?3, '', ?4, ?5, '[]', ?6, 'completed', ?7, ?8, ?8)",
        params![order, customer, key, cart, items, offering.cents, made, done],
    )?;
    seed.tx.execute(
        "INSERT INTO payment (id, customer_id, order_id, correlator_id, fingerprint, method, amount_cents, return_url,
                              token, status, authorization_code, created_ms, status_ms)
         VALUES (?1, ?2, ?3, ?4, '', ?5, ?6, '', lower(hex(randomblob(32))), 'captured', '000000', ?7, ?7)",
        params![payment, customer, order, key, method, offering.cents, paid],
    )?;
    seed.tx.execute(
        "INSERT INTO charge (id, payment_id, order_id, amount_cents, refunded, created_ms) VALUES (?1, ?2, ?3, ?4, 0, ?5)",
        params![charge, payment, order, offering.cents, paid],
    )?;
    Ok(())
}

/// What was used in the periods before the plan's present one, which ends at `end`: each begins where the next older one
/// ends.
pub(super) fn periods(
    seed: &Seed,
    plan: &PlanOf,
    offering: &Offering,
    key: &str,
    end: i64,
) -> Result<(), rusqlite::Error> {
    let Some(back) = offering.validity().map(Validity::back) else { return Ok(()) };
    for (ago, all_used) in (1..).zip(plan.past) {
        let bounds = seed.calendar.later(end, back, ago + 1).zip(seed.calendar.later(end, back, ago));
        let Some((start_ms, end_ms)) = bounds else { return Ok(()) };
        for (usage_type, used) in USAGE_TYPES.iter().zip(all_used) {
            let initial = match offering.allowance(usage_type) {
                Some(Allowance::Unlimited) => None,
                Some(Allowance::Amount(amount)) => Some(amount),
                None => continue,
            };
            seed.tx.execute(
                "INSERT INTO past_bucket (id, product_id, usage_type, name, initial, used, start_ms, end_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    format!("past-{key}-{usage_type}-{ago}"),
                    format!("plan-{key}"),
                    usage_type,
                    bucket_name(usage_type),
                    initial,
                    used,
                    start_ms,
                    end_ms
                ],
            )?;
        }
    }
    Ok(())
}
