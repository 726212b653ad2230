//! Euros in whole cents. Never a float.

use serde_json::{Number, Value, json};

/// VAT in percent, contained in each price.
pub(crate) const TAX_RATE: i64 = 20;

/// What is left of a gross amount without VAT: gross / 1.2, half a cent rounded up.
pub(crate) const fn net_of(gross: i64) -> i64 {
    (gross * 10 + 6) / 12
}

/// A JSON number with exactly two decimals: `48.00`.
pub(crate) fn decimal(cents: i64) -> Value {
    let sign = if cents < 0 { "-" } else { "" };
    let text = format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100);
    text.parse::<Number>().map_or(Value::Null, Value::Number)
}

/// TM Forum `Money`.
pub(crate) fn money(cents: i64) -> Value {
    json!({ "unit": "EUR", "value": decimal(cents) })
}

/// TM Forum `Price`: tax included, the rate, and the amount without tax.
pub(crate) fn price(gross: i64) -> Value {
    priced(gross, net_of(gross))
}

/// A `Price` that lowers another from `before` to `after`: what is without tax adds up as well.
pub(crate) fn reduction(before: i64, after: i64) -> Value {
    priced(after - before, net_of(after) - net_of(before))
}

fn priced(gross: i64, net: i64) -> Value {
    json!({ "taxRate": TAX_RATE, "taxIncludedAmount": money(gross), "dutyFreeAmount": money(net) })
}

/// The prices that carts, orders and products carry: what is due now and, where there is one, that of each month.
pub(crate) fn prices(now: i64, monthly: Option<i64>) -> Value {
    let now = json!({ "priceType": "oneTime", "price": price(now) });
    let monthly = monthly
        .map(|cents| json!({ "priceType": "recurring", "recurringChargePeriod": "month", "price": price(cents) }));
    [now].into_iter().chain(monthly).collect()
}

/// Cents of a plain decimal: `48`, `48.0` and `48.00` are 4800. None for more than two decimals, exponents and signs.
pub(crate) fn cents_of(number: &Number) -> Option<i64> {
    let text = number.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let fraction = fraction.trim_end_matches('0');
    if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > 2 {
        return None;
    }
    let minor: i64 = format!("{fraction:0<2}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(minor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn net_is_rounded_half_up() {
        assert_eq!([0, 1490, 2400, 4800, 1, 2, 3, 9].map(net_of), [0, 1242, 2000, 4000, 1, 2, 3, 8]);
    }

    #[test]
    fn amounts_are_written_with_two_decimals() {
        assert_eq!([0, 5, 4800, 1490].map(|c| decimal(c).to_string()), ["0.00", "0.05", "48.00", "14.90"]);
    }

    #[test]
    fn a_reduction_is_below_zero_and_adds_up_without_tax() {
        assert_eq!([-500, -5].map(|c| decimal(c).to_string()), ["-5.00", "-0.05"]);
        let net = reduction(1990, 1490)["dutyFreeAmount"]["value"].to_string();
        assert_eq!((net_of(1990), net_of(1490), net.as_str()), (1658, 1242, "-4.16"));
    }

    #[test]
    fn amounts_are_read_exactly_or_refused() {
        let read = |text: &str| text.parse::<Number>().ok().as_ref().and_then(cents_of);
        assert_eq!(["48", "48.0", "48.00", "0.05", "14.900"].map(read), [4800, 4800, 4800, 5, 1490].map(Some));
        assert_eq!(["48.001", "-1", "1e2", "99999999999999999999"].map(read), [None; 4]);
    }
}
