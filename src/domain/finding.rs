//! All that was said to the finder, as one text: for an address, and for what a tab keeps.

use super::filter::{Filter, Sort, bytes, gigabytes};
use super::id::OfferingId;
use super::money::Currency;
use super::offering::Country;
use super::time::Timestamp;
use super::trip::MOST_LEGS;

/// So many offerings stand side by side at the most.
pub const MOST_PICKED: usize = 4;

/// What is looked for, what stands side by side, and the trip that is planned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finding {
    /// What is looked for.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// What stands side by side, in its order.
    pub picked: Vec<OfferingId>,
    /// The trip as far as it was typed.
    pub trip: TypedTrip,
}

/// A trip as it is typed: each part of it may still be missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedTrip {
    /// The legs in their order; there is always one.
    pub legs: Vec<TypedLeg>,
    /// The data for all of it, in bytes.
    pub data: Option<u64>,
    /// Its first day, as a date field has it: `2026-11-29`.
    pub first_day: Option<String>,
}

/// A leg as it is typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TypedLeg {
    /// Tells it from the others, whatever is typed.
    pub key: usize,
    /// The country.
    pub country: Option<Country>,
    /// How many days.
    pub days: Option<u32>,
}

impl Default for TypedTrip {
    fn default() -> Self {
        Self { legs: vec![TypedLeg::default()], data: None, first_day: None }
    }
}

impl TypedTrip {
    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        let is_blank = |leg: &TypedLeg| leg.country.is_none() && leg.days.is_none();
        self.legs.len() < 2 && self.legs.iter().all(is_blank) && self.data.is_none() && self.first_day.is_none()
    }
}

impl Finding {
    /// As a text: `type=plan&sort=price&side=riviera-20&leg=JP.7&trip=6`. What is not said is left out.
    pub fn to_text(&self) -> String {
        let mut pairs = self.filter.to_pairs(self.sort);
        pairs.extend(self.picked.iter().map(|id| ("side", escaped(id.as_str()))));
        if !self.trip.is_empty() {
            let leg = |leg: &TypedLeg| {
                let country = leg.country.as_ref().map_or("", Country::code);
                [country, ".", &leg.days.map(|days| days.to_string()).unwrap_or_default()].concat()
            };
            pairs.extend(self.trip.legs.iter().map(|one| ("leg", leg(one))));
            pairs.extend(self.trip.data.map(|data| ("trip", gigabytes(data))));
            pairs.extend(self.trip.first_day.clone().map(|day| ("from", day)));
        }
        let pairs: Vec<_> = pairs.into_iter().map(|(name, value)| [name, "=", &value].concat()).collect();
        pairs.join("&")
    }

    /// Reads what `to_text` wrote. Anybody can change an address: what cannot be read counts as not said.
    pub fn from_text(text: &str, currency: Currency) -> Self {
        let pairs = || text.split('&').filter_map(|pair| pair.split_once('='));
        let (filter, sort) = Filter::from_pairs(pairs(), currency);
        let mut found = Self { filter, sort, ..Self::default() };
        let mut legs = Vec::new();
        for (name, value) in pairs() {
            match name {
                "side" => {
                    let id = OfferingId::new(&value.replace("%26", "&").replace("%25", "%"));
                    let id = id.filter(|id| found.picked.len() < MOST_PICKED && !found.picked.contains(id));
                    found.picked.extend(id);
                }
                "leg" if legs.len() < MOST_LEGS => {
                    let (country, days) = value.split_once('.').unwrap_or((value, ""));
                    let days = days.parse().ok().filter(|days| *days > 0);
                    legs.push(TypedLeg { key: legs.len(), country: Country::from_code(country), days });
                }
                "trip" => found.trip.data = bytes(value).or(found.trip.data),
                "from" => {
                    let is_day = Timestamp::parse(&[value, "T00:00:00Z"].concat()).is_ok();
                    found.trip.first_day = is_day.then(|| value.to_owned()).or(found.trip.first_day);
                }
                _ => {}
            }
        }
        if !legs.is_empty() {
            found.trip.legs = legs;
        }
        found
    }
}

/// An id of the carrier's, in which the sign between pairs may stand.
fn escaped(id: &str) -> String {
    id.replace('%', "%25").replace('&', "%26")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::basket::tests::euro;
    use crate::domain::filter::tests::filters;
    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;
    use proptest::sample::select;

    fn read(text: &str) -> Finding {
        Finding::from_text(text, euro())
    }

    fn id(text: &str) -> OfferingId {
        OfferingId::new(text).unwrap()
    }

    #[test]
    fn one_text_says_all_of_it() {
        let leg = |key, code, days| TypedLeg { key, country: Country::from_code(code), days };
        let finding = Finding {
            sort: Sort::Price,
            picked: vec![id("riviera-20"), id("50% & more")],
            trip: TypedTrip {
                legs: vec![leg(0, "JP", Some(7)), leg(1, "", None), leg(2, "KR", None)],
                data: Some(6_500_000_000),
                first_day: Some("2026-12-24".to_owned()),
            },
            ..Finding::default()
        };
        let text = "sort=price&side=riviera-20&side=50%25 %26 more&leg=JP.7&leg=.&leg=KR.&trip=6.5&from=2026-12-24";
        assert_eq!(finding.to_text(), text);
        assert_eq!(read(text), finding);
        assert_eq!(Finding::default().to_text(), "");
    }

    #[test]
    fn what_cannot_be_read_is_not_said() {
        assert_eq!(read("side=&leg=x.0&trip=lots&from=soon&=&&"), Finding::default());
        assert_eq!(read("side=a&side=a&side=b&side=c&side=d&side=e").picked, ["a", "b", "c", "d"].map(id));
        assert_eq!(read(&"leg=JP.1&".repeat(MOST_LEGS + 1)).trip.legs.len(), MOST_LEGS);
    }

    proptest! {
        #[test]
        fn reads_back_what_it_writes(
            filter in filters(),
            sort in select(&Sort::ALL[..]),
            picked in vec("\\PC{1,12}", 0..4),
            legs in vec((option::of(select(vec!["FR", "US", "JP"])), option::of(1_u32..)), 1..MOST_LEGS),
            data in option::of(0..1_u64 << 62),
            first_day in option::of(Just("2026-12-24".to_owned())),
        ) {
            let legs = legs.into_iter().enumerate();
            let leg = |(key, (code, days)): (usize, (Option<&str>, _))| {
                TypedLeg { key, country: code.and_then(Country::from_code), days }
            };
            let trip = TypedTrip { legs: legs.map(leg).collect(), data, first_day };
            let mut picked: Vec<_> = picked.iter().map(|one| id(one)).collect();
            picked.sort();
            picked.dedup();
            let finding = Finding { filter, sort, picked, trip };
            prop_assert_eq!(read(&finding.to_text()), finding);
        }

        #[test]
        fn no_text_panics(text in "((side|leg|trip|from|type)=\\PC{0,9}&?){0,9}|\\PC{0,60}") {
            let finding = read(&text);
            prop_assert_eq!(read(&finding.to_text()).to_text(), finding.to_text());
        }
    }
}
