//! A filter and an order as they stand in an address.

use super::{Filter, GIGABYTE, Sort};
use crate::domain::allowance::{Usage, Volume};
use crate::domain::money::{Currency, Money};
use crate::domain::offering::{Country, OfferingKind};

/// What the kinds are called.
const KINDS: [(OfferingKind, &str); 6] = [
    (OfferingKind::Plan, "plan"),
    (OfferingKind::Data, "data"),
    (OfferingKind::Extra, "extra"),
    (OfferingKind::Roaming, "roaming"),
    (OfferingKind::Bundle, "bundle"),
    (OfferingKind::Credit, "credit"),
];

/// What the orders are called. The listed one needs no name.
const SORTS: [(Sort, &str); 5] = [
    (Sort::Price, "price"),
    (Sort::PerGigabyte, "gigabyte"),
    (Sort::PerDay, "day"),
    (Sort::Data, "data"),
    (Sort::Validity, "validity"),
];

impl Filter {
    /// The filter and the order as names and values, for an address. What is not asked for is left out.
    pub fn to_pairs(&self, sort: Sort) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        let mut push = |name, value: Option<String>| pairs.extend(value.map(|value| (name, value)));
        push("type", self.kind.and_then(|kind| name_of(&KINDS, &kind)));
        push("country", self.country.map(|country| country.code().to_owned()));
        push("data", self.data.map(gigabytes));
        push("days", self.days.map(|days| days.to_string()));
        push("price", self.price.map(Money::to_decimal));
        push("deals", self.deals_only.then(|| "1".to_owned()));
        push("sort", name_of(&SORTS, &sort));
        pairs
    }

    /// Reads what `to_pairs` wrote. Anybody can change an address: what cannot be read counts as not asked for, and of
    /// what stands there twice the last that can be read counts.
    pub fn from_pairs<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>, currency: Currency) -> (Self, Sort) {
        let (mut filter, mut sort) = (Self::default(), Sort::Listed);
        for (name, value) in pairs {
            match name {
                "type" => filter.kind = named(&KINDS, value).or(filter.kind),
                "country" => filter.country = Country::from_code(value).or(filter.country),
                "data" => filter.data = bytes(value).or(filter.data),
                "days" => filter.days = value.parse().ok().or(filter.days),
                "price" => {
                    let price = Money::parse(value, currency).ok().filter(|price| !price.is_negative());
                    filter.price = price.or(filter.price);
                }
                "deals" => filter.deals_only |= value == "1",
                "sort" => sort = named(&SORTS, value).unwrap_or(sort),
                _ => {}
            }
        }
        (filter, sort)
    }
}

fn name_of<T: PartialEq>(names: &[(T, &str)], value: &T) -> Option<String> {
    names.iter().find(|(one, _)| one == value).map(|(_, name)| (*name).to_owned())
}

fn named<T: Copy>(names: &[(T, &str)], name: &str) -> Option<T> {
    names.iter().find(|(_, one)| *one == name).map(|(value, _)| *value)
}

/// Bytes as gigabytes, exactly: `1.5`.
pub fn gigabytes(bytes: u64) -> String {
    let mut text = (bytes / GIGABYTE).to_string();
    let rest = bytes % GIGABYTE;
    if rest > 0 {
        // A leading one keeps the zeros behind the point.
        let digits = (GIGABYTE + rest).to_string();
        text.push('.');
        text.push_str(digits.get(1..).unwrap_or_default().trim_end_matches('0'));
    }
    text
}

/// Bytes of gigabytes as `gigabytes` writes them.
pub fn bytes(gigabytes: &str) -> Option<u64> {
    match Volume::parse(Usage::Data, gigabytes, "GB") {
        Ok(Volume::Of(bytes)) => Some(bytes),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::basket::tests::euro;
    use crate::domain::filter::tests::filters;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    fn read(pairs: &[(&str, &str)]) -> (Filter, Sort) {
        Filter::from_pairs(pairs.iter().copied(), euro())
    }

    #[test]
    fn an_address_says_what_is_asked_for() {
        let filter = Filter {
            kind: Some(OfferingKind::Roaming),
            country: Country::from_code("JP"),
            data: Some(1_500_000_000),
            days: Some(14),
            price: Some(Money::from_minor(2_500, euro())),
            deals_only: true,
        };
        let pairs = filter.to_pairs(Sort::PerGigabyte);
        let text: Vec<String> = pairs.iter().map(|(name, value)| [name, "=", value].concat()).collect();
        assert_eq!(text.join("&"), "type=roaming&country=JP&data=1.5&days=14&price=25.00&deals=1&sort=gigabyte");
        assert_eq!(Filter::default().to_pairs(Sort::Listed), []);
    }

    #[test]
    fn gigabytes_are_exact_to_the_byte() {
        for (number, text) in [
            (0, "0"),
            (1, "0.000000001"),
            (50_000_000, "0.05"),
            (1_000_000_000, "1"),
            (1_073_741_824, "1.073741824"),
            (20_000_000_000, "20"),
        ] {
            assert_eq!(gigabytes(number), text);
            assert_eq!(bytes(text), Some(number), "{text}");
        }
        assert_eq!(gigabytes(u64::MAX), "18446744073.709551615");
    }

    #[test]
    fn what_cannot_be_read_is_not_asked_for() {
        let garbage = [
            ("type", "phones"),
            ("type", "Data"),
            ("country", "FRA"),
            ("data", "lots"),
            ("data", "-1"),
            ("data", "1e20"),
            ("days", "-1"),
            ("days", "4294967296"),
            ("days", "1.5"),
            ("price", "12.345"),
            ("price", "-1"),
            ("price", "cheap"),
            ("deals", "true"),
            ("sort", "random"),
            ("colour", "blue"),
            ("", ""),
        ];
        assert_eq!(read(&garbage), (Filter::default(), Sort::Listed));
    }

    #[test]
    fn what_can_be_read_stands_beside_garbage() {
        let (filter, sort) = read(&[("days", "7"), ("days", "x"), ("sort", "data"), ("sort", ""), ("country", "fr")]);
        let expected = Filter { days: Some(7), country: Country::from_code("FR"), ..Filter::default() };
        assert_eq!((filter, sort), (expected, Sort::Data));
        assert_eq!(read(&[("days", "7"), ("days", "14")]).0.days, Some(14));
    }

    proptest! {
        #[test]
        fn reads_back_what_it_writes(filter in filters(), sort in select(&Sort::ALL[..])) {
            let pairs = filter.to_pairs(sort);
            let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
            prop_assert_eq!(read(&pairs), (filter, sort));
        }

        #[test]
        fn no_address_panics(pairs in vec(("type|country|data|days|price|deals|sort|\\PC{0,5}", "\\PC{0,40}|[0-9.e-]{0,40}"), 0..12)) {
            let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let (filter, sort) = read(&pairs);
            let written = filter.to_pairs(sort);
            let written: Vec<(&str, &str)> = written.iter().map(|(name, value)| (*name, value.as_str())).collect();
            prop_assert_eq!(read(&written), (filter, sort), "what was read is written so that it is read again");
        }
    }
}
