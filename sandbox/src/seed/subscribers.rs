//! The demo's three subscribers.

use rusqlite::{Transaction, params};

use super::Catalogue;
use super::catalogue::{Allowance, USAGE_TYPES};
use crate::calendar::{Calendar, Validity};

struct Demo {
    number: i64,
    name: &'static str,
    msisdn: &'static str,
    note: &'static str,
    offering: &'static str,
    /// When the plan ends, in days from the first start.
    ends_in_days: i64,
    /// What is used of data (MB), voice (minutes) and messages.
    used: [i64; 3],
}

const SUBSCRIBERS: [Demo; 3] = [
    Demo {
        number: 1,
        name: "Alice Demo",
        msisdn: "+37761234501",
        note: "Plenty left: 14.8 of 20 GB, and 21 days to go.",
        offering: "riviera-20",
        ends_in_days: 21,
        used: [5_200, 47, 0],
    },
    Demo {
        number: 2,
        name: "Bruno Demo",
        msisdn: "+37761234502",
        note: "Nearly out: 0.4 of 10 GB left, and 3 days to go.",
        offering: "riviera-10",
        ends_in_days: 3,
        used: [9_600, 96, 0],
    },
    Demo {
        number: 3,
        name: "Chiara Demo",
        msisdn: "+37761234503",
        note: "Expired two days ago, with nothing left.",
        offering: "riviera-week",
        ends_in_days: -2,
        used: [3_000, 30, 100],
    },
];

/// Writes the demo's subscribers into a new database; one that has any is left alone.
pub(crate) fn subscribers(
    tx: &Transaction,
    catalogue: &Catalogue,
    calendar: &Calendar,
    now: i64,
) -> Result<(), rusqlite::Error> {
    if tx.query_row("SELECT EXISTS (SELECT 1 FROM customer)", [], |row| row.get(0))? {
        return Ok(());
    }
    for demo in &SUBSCRIBERS {
        subscriber(tx, catalogue, calendar, now, demo)?;
    }
    Ok(())
}

fn subscriber(
    tx: &Transaction,
    catalogue: &Catalogue,
    calendar: &Calendar,
    now: i64,
    demo: &Demo,
) -> Result<(), rusqlite::Error> {
    let n = demo.number;
    let [customer, line, plan] = ["customer", "line", "plan"].map(|kind| format!("{kind}-{n}"));
    let Some(offering) = catalogue.offering(demo.offering) else {
        return Ok(());
    };
    let end = calendar.end_of_day(now, Validity::Days(demo.ends_in_days), 1).unwrap_or(now);
    let start = match offering.validity() {
        Validity::Days(days) => calendar.later(end, Validity::Days(-days), 1),
        Validity::Months(months) => calendar.later(end, Validity::Months(-months), 1),
    }
    .unwrap_or(now);

    tx.execute(
        "INSERT INTO customer (id, account_id, name, msisdn, note) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![customer, format!("account-{n}"), demo.name, demo.msisdn, demo.note],
    )?;
    let year = 365 * 86_400_000;
    tx.execute(
        "INSERT INTO product (id, customer_id, kind, line_id, name, iccid, start_ms)
         VALUES (?1, ?2, 'line', ?1, 'Mobile line', ?3, ?4)",
        params![line, customer, iccid(n), now - year],
    )?;
    tx.execute(
        "INSERT INTO product (id, customer_id, kind, line_id, name, offering_id, start_ms, end_ms)
         VALUES (?1, ?2, 'plan', ?3, ?4, ?5, ?6, ?7)",
        params![plan, customer, line, offering.name, offering.id, start, end],
    )?;
    for (usage_type, used) in USAGE_TYPES.iter().zip(demo.used) {
        let (unlimited, initial) = match offering.allowance(usage_type) {
            Some(Allowance::Unlimited) => (true, 0),
            Some(Allowance::Amount(amount)) => (false, amount),
            None => continue,
        };
        tx.execute(
            "INSERT INTO bucket (id, product_id, usage_type, name, unlimited, initial, used)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                format!("bucket-{n}-{usage_type}"),
                plan,
                usage_type,
                bucket_name(usage_type),
                unlimited,
                initial,
                if unlimited { 0 } else { used.min(initial) }
            ],
        )?;
    }
    Ok(())
}

/// What people call a usage type.
pub(crate) fn bucket_name(usage_type: &str) -> &'static str {
    match usage_type {
        "data" => "Data",
        "voice" => "Calls",
        _ => "Messages",
    }
}

/// An ICCID (ITU-T E.118) of the demo's issuer 8937710, with its Luhn check digit.
fn iccid(number: i64) -> String {
    let body = format!("8937710{number:011}");
    let sum: u32 = body
        .chars()
        .rev()
        .filter_map(|c| c.to_digit(10))
        .enumerate()
        .map(|(at, digit)| if at % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit })
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_iccid_ends_in_its_check_digit() {
        assert_eq!(super::iccid(1), "8937710000000000014");
    }
}
