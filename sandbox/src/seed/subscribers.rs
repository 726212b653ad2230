//! Writes the demo's subscribers.

use rusqlite::{Transaction, params};

use super::Catalogue;
use super::catalogue::{Allowance, ROAMING_ACCESS, USAGE_TYPES};
use super::demo::{Customer, LineOf, PlanOf, SUBSCRIBERS};
use super::history;
use crate::calendar::{Calendar, Validity};

pub(super) const DAY_MS: i64 = 86_400_000;

/// What is needed to write the demo's data.
pub(crate) struct Seed<'a> {
    pub tx: &'a Transaction<'a>,
    pub catalogue: &'a Catalogue,
    pub calendar: &'a Calendar,
    pub now: i64,
}

impl Seed<'_> {
    /// Opens the carrier, and writes those of the demo's subscribers whom it does not have.
    pub fn write(&self) -> Result<(), rusqlite::Error> {
        self.tx.execute(
            "INSERT INTO opening (opened_ms) SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM opening)",
            [self.now],
        )?;
        for customer in &SUBSCRIBERS {
            let id = format!("customer-{}", customer.number);
            let known = "SELECT EXISTS (SELECT 1 FROM customer WHERE id = ?1)";
            if !self.tx.query_row(known, [&id], |row| row.get::<_, bool>(0))? {
                self.customer(customer, &id)?;
            }
        }
        Ok(())
    }

    fn customer(&self, customer: &Customer, id: &str) -> Result<(), rusqlite::Error> {
        let n = customer.number;
        self.tx.execute(
            "INSERT INTO customer (id, account_id, name, note, carrier_billing) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id, format!("account-{n}"), customer.name, customer.note, customer.carrier_billing],
        )?;
        self.tx.execute(
            "INSERT INTO credit (id, customer_id, cents, was_filled) VALUES (?1, ?2, ?3, ?3 > 0)",
            params![format!("credit-{n}"), id, customer.credit_cents],
        )?;
        for line in customer.lines {
            self.line(line, id)?;
        }
        history::write(self, customer, id)
    }

    fn line(&self, line: &LineOf, customer: &str) -> Result<(), rusqlite::Error> {
        let id = format!("line-{}", line.key);
        let start = self.now - 365 * DAY_MS;
        self.tx.execute(
            "INSERT INTO product (id, customer_id, kind, line_id, name, iccid, msisdn, sim_type, roaming, suspended,
                                  start_ms)
             VALUES (?1, ?2, 'line', ?1, 'Mobile line', ?3, ?4, ?5, ?6, ?7, ?8)",
            params![id, customer, iccid(line.msisdn), line.msisdn, line.sim, line.roaming, line.suspended, start],
        )?;
        if line.roaming == "on" {
            self.tx.execute(
                "INSERT INTO product (id, customer_id, kind, line_id, name, offering_id, start_ms)
                 VALUES (?1, ?2, 'addOn', ?3, 'Roaming access', ?4, ?5)",
                params![format!("roaming-access-{}", line.key), customer, id, ROAMING_ACCESS, start],
            )?;
        }
        line.plan.as_ref().map_or(Ok(()), |plan| self.plan(plan, line.key, customer))
    }

    fn plan(&self, plan: &PlanOf, key: &str, customer: &str) -> Result<(), rusqlite::Error> {
        let Some(offering) = self.catalogue.offering(plan.offering) else {
            return Ok(());
        };
        let end = self.calendar.end_of_day(self.now, Validity::Days(plan.ends_in_days), 1).unwrap_or(self.now);
        let before = offering.validity().and_then(|validity| self.calendar.later(end, validity.back(), 1));
        let id = format!("plan-{key}");
        self.tx.execute(
            "INSERT INTO product (id, customer_id, kind, line_id, name, offering_id, start_ms, end_ms)
             VALUES (?1, ?2, 'plan', ?3, ?4, ?5, ?6, ?7)",
            params![id, customer, format!("line-{key}"), offering.name, offering.id, before.unwrap_or(self.now), end],
        )?;
        for (usage_type, used) in USAGE_TYPES.iter().zip(plan.used) {
            let (unlimited, initial) = match offering.allowance(usage_type) {
                Some(Allowance::Unlimited) => (true, 0),
                Some(Allowance::Amount(amount)) => (false, amount),
                None => continue,
            };
            self.tx.execute(
                "INSERT INTO bucket (id, product_id, usage_type, name, unlimited, initial, used)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    format!("bucket-{key}-{usage_type}"),
                    id,
                    usage_type,
                    bucket_name(usage_type),
                    unlimited,
                    initial,
                    if unlimited { 0 } else { used.min(initial) }
                ],
            )?;
        }
        history::periods(self, plan, offering, key, end)
    }
}

/// What people call a usage type.
pub(crate) fn bucket_name(usage_type: &str) -> &'static str {
    match usage_type {
        "data" => "Data",
        "voice" => "Calls",
        _ => "Messages",
    }
}

/// An ICCID (ITU-T E.118) of the demo's issuer 8937710, with its Luhn check digit. The last two digits of the phone
/// number tell the demo's lines apart.
fn iccid(msisdn: &str) -> String {
    let number = msisdn.get(msisdn.len().saturating_sub(2)..).unwrap_or_default();
    let body = format!("8937710{number:0>11}");
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
        assert_eq!(super::iccid("+37761234501"), "8937710000000000014");
    }
}
