//! Numbers, dates and names of countries in the subscriber's language, by the browser's `Intl`.

use crate::app::now;
use crate::domain::allowance::{Usage, Volume};
use crate::domain::money::{Currency, Money};
use crate::domain::offering::Country;
use crate::domain::time::{Period, Timestamp};
use js_sys::{Array, Reflect};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl)]
    type NumberFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &str, options: &JsValue) -> Result<NumberFormat, JsValue>;
    #[wasm_bindgen(method)]
    fn format(this: &NumberFormat, decimal: &str) -> String;
    #[wasm_bindgen(method, js_name = formatToParts)]
    fn parts(this: &NumberFormat, decimal: &str) -> Array;

    #[wasm_bindgen(js_namespace = Intl)]
    type DateTimeFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &str, options: &JsValue) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(method)]
    fn format(this: &DateTimeFormat, millis: f64) -> String;

    #[wasm_bindgen(js_namespace = Intl)]
    type RelativeTimeFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &str, options: &JsValue) -> Result<RelativeTimeFormat, JsValue>;
    #[wasm_bindgen(method)]
    fn format(this: &RelativeTimeFormat, number: f64, unit: &str) -> String;

    #[wasm_bindgen(js_namespace = Intl)]
    type DisplayNames;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &str, options: &JsValue) -> Result<DisplayNames, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn of(this: &DisplayNames, code: &str) -> Result<Option<String>, JsValue>;

    #[wasm_bindgen(js_namespace = Intl)]
    type ListFormat;
    #[wasm_bindgen(constructor, catch, js_namespace = Intl)]
    fn new(locale: &str, options: &JsValue) -> Result<ListFormat, JsValue>;
    #[wasm_bindgen(method)]
    fn format(this: &ListFormat, items: &Array) -> String;
}

/// How one element writes numbers and dates.
pub struct Format {
    locale: String,
    time_zone: Option<String>,
    /// The formats that were made so far, by their options: making one costs more than using it.
    numbers: RefCell<Vec<(String, NumberFormat)>>,
}

/// How much of a date is written.
#[derive(Clone, Copy)]
pub enum Detail {
    /// `29 Nov`
    Day,
    /// `Sun, 29 Nov, 23:59`, and with its year where that does not go without saying.
    Near,
    /// The same with the name of the time zone, where the carrier's is configured.
    Zoned,
    /// `Sun, 29 Nov 2026, 23:59`
    Full,
    /// `14:09`
    Time,
}

impl Detail {
    /// The options of `Intl.DateTimeFormat` for a time, seen from now: far from now its year is said too.
    pub const fn options(self, time: Timestamp, now: Timestamp) -> &'static str {
        let is_far = now.days_until(time).abs() > 150;
        match self {
            Self::Day => r#"{"day":"numeric","month":"short"}"#,
            Self::Near if !is_far => {
                r#"{"weekday":"short","day":"numeric","month":"short","hour":"2-digit","minute":"2-digit"}"#
            }
            Self::Zoned if !is_far => {
                r#"{"weekday":"short","day":"numeric","month":"short","hour":"2-digit","minute":"2-digit","timeZoneName":"shortGeneric"}"#
            }
            Self::Near | Self::Zoned | Self::Full => {
                r#"{"weekday":"short","day":"numeric","month":"short","year":"numeric","hour":"2-digit","minute":"2-digit"}"#
            }
            Self::Time => r#"{"hour":"2-digit","minute":"2-digit"}"#,
        }
    }
}

fn options(json: &str) -> JsValue {
    js_sys::JSON::parse(json).unwrap_or_else(|_| js_sys::Object::new().into())
}

/// Whether a text is the tag of a language (BCP 47).
pub fn is_locale(tag: &str) -> bool {
    NumberFormat::new(tag, &JsValue::UNDEFINED).is_ok()
}

/// Whether a text is a time zone (IANA) that the browser knows.
pub fn is_time_zone(zone: &str) -> bool {
    let options = js_sys::Object::new();
    Reflect::set(&options, &"timeZone".into(), &zone.into()).is_ok() && DateTimeFormat::new("en", &options).is_ok()
}

impl Format {
    /// For a language (BCP 47) and a time zone (IANA); the browser's own where one is not known.
    pub fn new(locale: &str, time_zone: Option<String>) -> Self {
        let locale = if is_locale(locale) { locale } else { "en" }.to_owned();
        let time_zone = time_zone.filter(|zone| is_time_zone(zone));
        Self { locale, time_zone, numbers: RefCell::default() }
    }

    fn number<T>(&self, json: &str, write: impl FnOnce(&NumberFormat) -> T) -> Option<T> {
        let mut numbers = self.numbers.borrow_mut();
        if let Some((_, format)) = numbers.iter().find(|(known, _)| known == json) {
            return Some(write(format));
        }
        let format = NumberFormat::new(&self.locale, &options(json)).ok()?;
        let text = write(&format);
        numbers.push((json.to_owned(), format));
        Some(text)
    }

    /// An amount in its currency, never rounded.
    pub fn money(&self, money: Money) -> String {
        let decimal = money.to_decimal();
        self.number(&money_options(money.currency()), |format| format.format(&decimal)).unwrap_or(decimal)
    }

    /// A volume as its number and its unit, in the order in which the language writes them: `true` marks the number.
    pub fn volume_parts(&self, usage: Usage, volume: u64) -> Vec<(bool, String)> {
        let (decimal, unit) = scaled(usage, volume);
        let parts = self.number(&unit_options(unit, "short"), |format| {
            let mut parts: Vec<(bool, String)> = Vec::new();
            for part in format.parts(&decimal) {
                let get = |name: &str| Reflect::get(&part, &name.into()).ok().and_then(|value| value.as_string());
                let is_number = !matches!(get("type").as_deref(), Some("unit" | "literal"));
                let text = get("value").unwrap_or_default();
                match parts.last_mut() {
                    Some((before, run)) if *before == is_number => run.push_str(&text),
                    _ => parts.push((is_number, text)),
                }
            }
            parts
        });
        parts.unwrap_or_else(|| vec![(true, decimal)])
    }

    /// A volume with its unit: `2.8 GB`.
    pub fn volume(&self, usage: Usage, volume: u64) -> String {
        self.volume_parts(usage, volume).into_iter().map(|(_, text)| text).collect()
    }

    /// A whole number.
    pub fn count(&self, number: u32) -> String {
        let decimal = number.to_string();
        self.number("{}", |format| format.format(&decimal)).unwrap_or(decimal)
    }

    /// How long something lasts: `30 days`.
    pub fn period(&self, period: Period) -> String {
        let (decimal, unit) = counted_in(period);
        self.number(&unit_options(unit, "long"), |format| format.format(&decimal)).unwrap_or(decimal)
    }

    /// How long is left: `1 hr 59 min`, and in the last hour `59 min 32 sec`.
    pub fn left(&self, millis: i64) -> String {
        let seconds = millis.max(0) / 1000;
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let [first, second] =
            if hours > 0 { [(hours, "hour"), (minutes, "minute")] } else { [(minutes, "minute"), (seconds, "second")] };
        let part = |(number, unit): (i64, &str)| {
            let decimal = number.to_string();
            self.number(&unit_options(unit, "short"), |format| format.format(&decimal)).unwrap_or(decimal)
        };
        [part(first), part(second)].join(" ")
    }

    /// A percentage, from its decimal text: `20` is 20 %.
    pub fn percent(&self, decimal: &str) -> String {
        self.number(PERCENT, |format| format.format(decimal)).unwrap_or_default()
    }

    /// A point in time in the carrier's time zone.
    pub fn date(&self, time: Timestamp, detail: Detail) -> String {
        // The device's own zone goes without saying.
        let detail = match detail {
            Detail::Zoned if self.time_zone.is_none() => Detail::Near,
            detail => detail,
        };
        self.in_zone(&self.locale, detail.options(time, now()), time).unwrap_or_default()
    }

    /// The day of a point in time in the carrier's time zone, as a date field has it: `2026-11-29`.
    pub fn day(&self, time: Timestamp) -> String {
        // Sweden writes dates as ISO 8601 does.
        let text = self.in_zone("sv", r#"{"year":"numeric","month":"2-digit","day":"2-digit"}"#, time);
        text.unwrap_or_default()
    }

    /// When a day `2026-11-29` begins in the carrier's time zone.
    pub fn start_of_day(&self, day: &str) -> Option<Timestamp> {
        let midnight = Timestamp::parse(&[day, "T00:00:00Z"].concat()).ok()?;
        let shifted = |offset: &str| Timestamp::parse(&[day, "T00:00:00", offset].concat()).ok();
        // The offset in force at the beginning is known once the beginning is known: the second look is right.
        let first = shifted(&self.offset(midnight)?)?;
        shifted(&self.offset(first)?)
    }

    /// The offset from UTC in the carrier's time zone at a time: `+01:00`, or `Z`.
    fn offset(&self, time: Timestamp) -> Option<String> {
        let text = self.in_zone("en", r#"{"timeZoneName":"longOffset"}"#, time)?;
        let (_, offset) = text.rsplit_once("GMT")?;
        Some(if offset.is_empty() { "Z".to_owned() } else { offset.to_owned() })
    }

    fn in_zone(&self, locale: &str, json: &str, time: Timestamp) -> Option<String> {
        let options = self.with_zone(json);
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of any date are exact in a float")]
        let millis = time.millis() as f64;
        let format = DateTimeFormat::new(locale, &options).ok().filter(|_| millis.abs() <= 8.64e15);
        format.map(|format| format.format(millis))
    }

    fn with_zone(&self, json: &str) -> JsValue {
        let options = options(json);
        if let Some(zone) = &self.time_zone {
            // An object takes any property.
            let _ = Reflect::set(&options, &"timeZone".into(), &zone.into());
        }
        options
    }

    /// In how many days: `in 2 days`, `tomorrow`, `today`.
    pub fn in_days(&self, days: u32) -> String {
        let format = RelativeTimeFormat::new(&self.locale, &options(r#"{"numeric":"auto"}"#));
        format.map(|format| format.format(f64::from(days), "day")).unwrap_or_default()
    }

    /// The name of a country as it is looked for, in this language or in English.
    pub fn folded_name(&self, country: Country, english: bool) -> String {
        let locale = if english { "en" } else { &self.locale };
        let names = DisplayNames::new(locale, &options(r#"{"type":"region"}"#));
        let name = names.ok().and_then(|names| names.of(country.code()).ok().flatten());
        folded(&name.unwrap_or_default())
    }

    /// The names of countries, as many as are asked for, and how many more there are.
    pub fn countries(&self, countries: &[Country], most: usize) -> (String, usize) {
        let names = DisplayNames::new(&self.locale, &options(r#"{"type":"region"}"#));
        let shown = if countries.len() > most { most.saturating_sub(1) } else { countries.len() };
        let list = Array::new();
        for country in countries.iter().take(shown) {
            let name = names.as_ref().ok().and_then(|names| names.of(country.code()).ok().flatten());
            list.push(&name.unwrap_or_else(|| country.code().to_owned()).into());
        }
        let format = ListFormat::new(&self.locale, &options(r#"{"type":"unit","style":"short"}"#));
        (format.map(|format| format.format(&list)).unwrap_or_default(), countries.len() - shown)
    }
}

/// A text as it is looked for: small letters without accents.
pub fn folded(text: &str) -> String {
    let accents = js_sys::RegExp::new("\\p{M}", "gu");
    let plain = js_sys::JsString::from(text).normalize("NFD").replace_by_pattern(&accents, "");
    plain.to_lower_case().into()
}

/// So many countries are named; of more, all but the rest.
pub const MOST_COUNTRIES: usize = 4;

/// The options of `Intl.NumberFormat` for a percentage.
pub const PERCENT: &str = r#"{"style":"unit","unit":"percent","maximumFractionDigits":2}"#;

/// The options of `Intl.NumberFormat` for an amount.
pub fn money_options(currency: Currency) -> String {
    [r#"{"style":"currency","currencyDisplay":"narrowSymbol","currency":""#, currency.code(), "\"}"].concat()
}

/// How long something lasts as a decimal number and its unit.
pub fn counted_in(period: Period) -> (String, &'static str) {
    let (number, unit) = match period {
        Period::Hours(hours) => (hours, "hour"),
        Period::Days(days) => (days, "day"),
        Period::Months(months) => (months, "month"),
    };
    (number.to_string(), unit)
}

/// The options of `Intl.NumberFormat` for a number of a unit; none for an empty one.
pub fn unit_options(unit: &str, display: &str) -> String {
    if unit.is_empty() {
        return "{}".to_owned();
    }
    let mut json = String::from(r#"{"style":"unit","unit":""#);
    json.push_str(unit);
    json.push_str(r#"","unitDisplay":""#);
    json.push_str(display);
    json.push_str("\"}");
    json
}

/// A volume in the unit that people use, rounded down to a tenth, so that nobody is told of more than there is.
pub fn scaled(usage: Usage, volume: u64) -> (String, &'static str) {
    let (per_unit, unit) = match usage {
        Usage::Data if volume >= 1_000_000_000 => (1_000_000_000, "gigabyte"),
        Usage::Data => (1_000_000, "megabyte"),
        Usage::Voice => return ((volume / 60).to_string(), "minute"),
        Usage::Messages => return (volume.to_string(), ""),
    };
    let (whole, tenth) = (volume / per_unit, volume % per_unit / (per_unit / 10));
    let mut decimal = whole.to_string();
    if tenth > 0 && whole < 100 {
        decimal.push('.');
        decimal.push_str(&tenth.to_string());
    }
    (decimal, unit)
}

/// A volume, or `None` for one without a limit.
pub const fn counted(volume: Volume) -> Option<u64> {
    match volume {
        Volume::Of(volume) => Some(volume),
        Volume::Unlimited => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_tells_of_more_than_there_is() {
        assert_eq!(scaled(Usage::Data, 2_890_000_000), ("2.8".into(), "gigabyte"));
        assert_eq!(scaled(Usage::Data, 20_000_000_000), ("20".into(), "gigabyte"));
        assert_eq!(scaled(Usage::Data, 999_999_999), ("999".into(), "megabyte"));
        assert_eq!(scaled(Usage::Data, 450_000), ("0.4".into(), "megabyte"));
        assert_eq!(scaled(Usage::Voice, 119), ("1".into(), "minute"));
        assert_eq!(scaled(Usage::Messages, 7), ("7".into(), ""));
    }
}
