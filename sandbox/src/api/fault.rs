//! Wrong prices on demand, so that a client can be seen to notice them. The demo's tests only.

use rusqlite::{OptionalExtension as _, params};
use serde_json::Value;

use crate::carrier::Work;
use crate::http::ApiError;
use crate::money;

/// What there is to be wrong with a cart or a quote.
const FAULTS: [&str; 4] = ["currency", "missingItem", "wrongSum", "noExpiry"];

/// Lets the customer's next cart or quote be answered wrongly, once.
pub(super) fn plan(work: &Work, customer: &str, fault: &str) -> Result<(), ApiError> {
    if !FAULTS.contains(&fault) {
        let reason = format!("A fault without a call is one of {}, or none.", FAULTS.join(", "));
        return Err(ApiError::unprocessable("unknownFault", reason));
    }
    work.execute(
        "INSERT INTO demo_fault (customer_id, fault) VALUES (?1, ?2)
         ON CONFLICT (customer_id) DO UPDATE SET fault = excluded.fault",
        params![customer, fault],
    )?;
    Ok(())
}

/// Takes back what is planned for the customer.
pub(super) fn clear(work: &Work, customer: &str) -> Result<(), ApiError> {
    work.execute("DELETE FROM demo_fault WHERE customer_id = ?1", [customer])?;
    Ok(())
}

/// Where a cart and a quote have what can be wrong with them.
const ITEMS: [&str; 2] = ["cartItem", "quoteItem"];
const TOTALS: [&str; 2] = ["cartTotalPrice", "quoteTotalPrice"];

/// Spoils an answer, if that is planned. What is kept stays as it was.
pub(super) fn spoil(work: &Work, customer: &str, mut answer: Value) -> Result<Value, ApiError> {
    let mut query = work.tx.prepare_cached("DELETE FROM demo_fault WHERE customer_id = ?1 RETURNING fault")?;
    let planned: Option<String> = query.query_row([customer], |row| row.get(0)).optional()?;
    match planned.as_deref() {
        Some("currency") => in_francs(&mut answer),
        Some("missingItem") => {
            for name in ITEMS {
                answer.get_mut(name).and_then(Value::as_array_mut).map(Vec::pop);
            }
        }
        Some("wrongSum") => {
            let wrong = |total: &mut Value| {
                let value = total.pointer("/0/price/taxIncludedAmount/value")?.as_number()?;
                let cents = money::cents_of(value)?;
                total[0]["price"] = money::price(cents + 1);
                Some(())
            };
            TOTALS.into_iter().find_map(|name| wrong(answer.get_mut(name)?));
        }
        Some("noExpiry") => {
            answer.as_object_mut().map(|members| members.remove("validFor"));
        }
        _ => (),
    }
    Ok(answer)
}

fn in_francs(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                if name == "unit" {
                    *member = Value::from("CHF");
                } else {
                    in_francs(member);
                }
            }
        }
        Value::Array(entries) => entries.iter_mut().for_each(in_francs),
        _ => (),
    }
}
