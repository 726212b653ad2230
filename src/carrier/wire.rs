//! How fields are read from the carrier's JSON.
//!
//! Reading one tree by field name weighs less in the module than a type derived for each shape, and takes
//! what real carriers send: a missing, extra or malformed field concerns nobody who does not ask for it.

use super::json::Json;
use super::{Dropped, Page, ParseError};
use crate::domain::money::{Currency, Money};
use crate::domain::time::{Period, Timestamp};

/// Fields of a JSON object. On anything else each field is absent.
pub(super) trait Wire {
    /// A text that is not empty.
    fn text(&self, name: &str) -> Option<&str>;
    /// A text that the widget cannot do without.
    fn need_text(&self, name: &'static str) -> Result<&str, ParseError>;
    /// The digits of a number as they were sent, also where it was sent as a text.
    fn number(&self, name: &str) -> Option<&str>;
    /// The entries of an array; none where there is no array.
    fn list(&self, name: &str) -> &[Json];
    /// A TM Forum amount, `{"unit": "EUR", "value": 19.99}`.
    fn money(&self, name: &'static str) -> Result<Money, ParseError>;
    /// A point in time.
    fn time(&self, name: &str) -> Option<Timestamp>;
    /// A field, `null` where it is absent.
    fn field(&self, name: &str) -> &Json;
    /// The value of a TM Forum characteristic, `null` where it is absent.
    fn characteristic(&self, list: &str, name: &str) -> &Json;
}

impl Wire for Json {
    fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_str().filter(|text| !text.is_empty())
    }

    fn need_text(&self, name: &'static str) -> Result<&str, ParseError> {
        self.text(name).ok_or(ParseError { field: name })
    }

    fn number(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Self::Number(text) | Self::Text(text) => Some(text),
            _ => None,
        }
    }

    fn list(&self, name: &str) -> &[Json] {
        self.get(name).and_then(Self::as_list).unwrap_or_default()
    }

    fn money(&self, name: &'static str) -> Result<Money, ParseError> {
        let amount = self.field(name);
        let read = || {
            let currency = Currency::from_code(amount.text("unit")?).ok()?;
            Money::parse(amount.number("value")?, currency).ok()
        };
        read().ok_or(ParseError { field: name })
    }

    fn time(&self, name: &str) -> Option<Timestamp> {
        Timestamp::parse(self.text(name)?).ok()
    }

    fn field(&self, name: &str) -> &Json {
        self.get(name).unwrap_or(&Self::Null)
    }

    fn characteristic(&self, list: &str, name: &str) -> &Json {
        let found = self.list(list).iter().find(|one| one.text("name") == Some(name));
        found.map_or(&Self::Null, |one| one.field("value"))
    }
}

/// How long `amount` of a TM Forum unit is; `None` for a unit that is not known, and for nothing.
pub(super) fn period(amount: &str, units: &str) -> Option<Period> {
    let amount = amount.parse().ok().filter(|amount| *amount > 0)?;
    Some(match units {
        "hour" | "hours" => Period::Hours(amount),
        "day" | "days" => Period::Days(amount),
        "month" | "months" => Period::Months(amount),
        _ => return None,
    })
}

/// Reads the entries of a list one by one: what cannot be read is dropped and named, `Ok(None)` is left out in silence.
pub(super) fn page<T>(
    body: &Json,
    list: &'static str,
    read: impl Fn(&Json) -> Result<Option<T>, ParseError>,
) -> Result<Page<T>, ParseError> {
    let entries = body.as_list().ok_or(ParseError { field: list })?;
    let mut page = Page { items: Vec::new(), dropped: Vec::new(), received: entries.len(), date: None };
    for entry in entries {
        match read(entry) {
            Ok(Some(item)) => page.items.push(item),
            Ok(None) => {}
            Err(error) => page.dropped.push(Dropped::new(entry.text("id").unwrap_or_default(), error.field)),
        }
    }
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Json {
        Json::parse(text).unwrap()
    }

    #[test]
    fn money_never_passes_through_a_float() {
        let body = json(r#"{"price": {"unit": "EUR", "value": 90071992547409.93}}"#);
        assert_eq!(body.money("price").map(Money::to_decimal).as_deref(), Ok("90071992547409.93"));
    }

    #[test]
    fn malformed_money_is_named() {
        for price in [
            r#"{"unit":"EUR"}"#,
            r#"{"value":1}"#,
            r#"{"unit":"ZZZ","value":1}"#,
            r#"{"unit":"EUR","value":"1,5"}"#,
            "1",
            "null",
        ] {
            let body = json(&format!(r#"{{"price": {price}}}"#));
            assert_eq!(body.money("price"), Err(ParseError { field: "price" }), "{price}");
        }
    }

    #[test]
    fn one_bad_entry_leaves_the_others() {
        let body = json(r#"[{"id": "a"}, {"id": "b", "name": 1}, {"id": "c", "name": "C"}, 7]"#);
        let page = page(&body, "list", |entry| entry.need_text("name").map(|name| Some(name.to_owned()))).unwrap();
        assert_eq!(page.items, ["C"]);
        assert_eq!(page.dropped.iter().map(|dropped| dropped.id.as_str()).collect::<Vec<_>>(), ["a", "b", ""]);
        assert_eq!(page.received, 4);
    }

    #[test]
    fn what_is_no_list_is_an_error() {
        assert!(page(&json("{}"), "list", |_| Ok(Some(()))).is_err());
    }
}
