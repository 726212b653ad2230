//! The embedded catalogue, `catalogue.json`.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension as _};
use serde::Deserialize;

use crate::calendar::Validity;

/// The root categories: an offering is in exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    // Plans come first, since a pack adds to what the plan of the same basket sets.
    Plans,
    Data,
    Extras,
    Roaming,
    Bundles,
    Credit,
}

impl Kind {
    /// The category's id.
    pub fn category(self) -> &'static str {
        match self {
            Self::Plans => "plans",
            Self::Data => "data",
            Self::Extras => "extras",
            Self::Roaming => "roaming",
            Self::Bundles => "bundles",
            Self::Credit => "credit",
        }
    }
}

/// Something the carrier sells, or sold.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Offering {
    pub id: String,
    pub kind: Kind,
    pub name: String,
    pub description: String,
    /// Tax included.
    pub cents: i64,
    /// What it costs each month from now on, tax included.
    pub monthly_cents: Option<i64>,
    /// What each `BEYOND_MB` of data beyond the allowance cost, tax included. They are no part of what is ordered.
    pub beyond_cents: Option<i64>,
    /// What may be bought of it, where the buyer says how much.
    pub amount: Option<AmountRange>,
    days: Option<i64>,
    months: Option<i64>,
    pub mb: Option<i64>,
    pub minutes: Option<i64>,
    pub messages: Option<i64>,
    /// Usage types without a limit: `data`, `voice`, `messages`.
    #[serde(default)]
    pub unlimited: Vec<String>,
    pub fair_use_gb: Option<i64>,
    pub speed_mbit: Option<i64>,
    pub full_speed_hours: Option<i64>,
    /// The name of the countries it works in.
    pub area: Option<String>,
    /// A second category.
    pub zone: Option<String>,
    /// The lowest price of the last 30 days, where it is advertised as reduced.
    pub lowest30: Option<i64>,
    /// What a bundle is made of.
    #[serde(default)]
    pub parts: Vec<String>,
    /// The offerings that the line must have for it.
    #[serde(default)]
    pub requires: Vec<String>,
    /// The offerings that it cannot be had together with, in both directions.
    #[serde(default)]
    pub excludes: Vec<String>,
    #[serde(default = "active")]
    pub lifecycle: String,
    #[serde(default = "yes")]
    pub sellable: bool,
}

/// An amount of money from which the buyer chooses, in whole euros, both ends included.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AmountRange {
    pub from: i64,
    pub to: i64,
}

impl AmountRange {
    /// Whether an amount in cents lies in it.
    pub fn holds(self, cents: i64) -> bool {
        (self.from * 100..=self.to * 100).contains(&cents)
    }
}

/// By how many MB data beyond an allowance are charged.
pub(crate) const BEYOND_MB: i64 = 100;

/// The offering that lets a line be used in other countries.
pub(crate) const ROAMING_ACCESS: &str = "roaming-access";

fn active() -> String {
    "Active".to_owned()
}

fn yes() -> bool {
    true
}

impl Offering {
    /// None for what does not end.
    pub fn validity(&self) -> Option<Validity> {
        self.months.map(Validity::Months).or(self.days.map(Validity::Days))
    }

    /// Its categories' ids: the root and, where there is one, the zone.
    pub fn categories(&self) -> impl Iterator<Item = &str> {
        [Some(self.kind.category()), self.zone.as_deref()].into_iter().flatten()
    }

    pub fn can_be_bought(&self) -> bool {
        self.sellable && self.lifecycle == "Active"
    }

    /// What it grants of a usage type (`data` in MB, `voice` in minutes, `messages`): None when it does not.
    pub fn allowance(&self, usage_type: &str) -> Option<Allowance> {
        if self.unlimited.iter().any(|unlimited| unlimited == usage_type) {
            return Some(Allowance::Unlimited);
        }
        let amount = match usage_type {
            "data" => self.mb,
            "voice" => self.minutes,
            _ => self.messages,
        };
        amount.map(Allowance::Amount)
    }
}

/// How much of a usage type an offering grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Allowance {
    Unlimited,
    Amount(i64),
}

/// A category (TMF620).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Category {
    pub id: String,
    pub name: String,
    pub description: String,
    pub parent: Option<String>,
}

/// All that is sold, in the order in which it is listed.
#[derive(Debug, Deserialize)]
pub(crate) struct Catalogue {
    pub categories: Vec<Category>,
    pub areas: BTreeMap<String, Vec<String>>,
    pub countries: BTreeMap<String, String>,
    pub offerings: Vec<Offering>,
}

impl Catalogue {
    pub fn load() -> Result<Self, serde_json::Error> {
        serde_json::from_str(include_str!("catalogue.json"))
    }

    pub fn offering(&self, id: &str) -> Option<&Offering> {
        self.offerings.iter().find(|offering| offering.id == id)
    }

    /// What fulfilling an offering means: a bundle's parts, else the offering itself.
    pub fn parts<'a>(&'a self, offering: &'a Offering) -> Vec<&'a Offering> {
        if offering.parts.is_empty() {
            vec![offering]
        } else {
            offering.parts.iter().filter_map(|id| self.offering(id)).collect()
        }
    }
}

/// The usage types, in the order in which they are shown.
pub(crate) const USAGE_TYPES: [&str; 3] = ["data", "voice", "messages"];

impl Offering {
    /// Today's price in cents, tax included.
    pub fn price(&self, tx: &Connection) -> Result<i64, rusqlite::Error> {
        let changed = tx
            .prepare_cached("SELECT cents FROM price_change WHERE offering_id = ?1")?
            .query_row([&self.id], |row| row.get(0))
            .optional()?;
        Ok(changed.unwrap_or(self.cents))
    }
}

#[cfg(test)]
mod tests {
    use super::{Catalogue, Kind};

    #[test]
    fn the_catalogue_is_consistent() -> Result<(), serde_json::Error> {
        let catalogue = Catalogue::load()?;
        assert!(catalogue.offerings.iter().filter(|o| o.can_be_bought()).count() >= 30);
        for offering in &catalogue.offerings {
            assert!(offering.parts.iter().all(|part| catalogue.offering(part).is_some()), "{}", offering.id);
            assert_eq!(offering.kind == Kind::Bundles, !offering.parts.is_empty(), "{}", offering.id);
            let area = offering.area.as_ref().and_then(|area| catalogue.areas.get(area));
            assert_eq!(offering.area.is_some(), area.is_some(), "{}", offering.id);
            let others = offering.requires.iter().chain(&offering.excludes);
            assert!(others.into_iter().all(|other| catalogue.offering(other).is_some()), "{}", offering.id);
            let plan_or_pack = matches!(offering.kind, Kind::Plans | Kind::Data | Kind::Roaming);
            assert!(!plan_or_pack || offering.validity().is_some(), "{}", offering.id);
            let is_counted_plan = offering.kind == Kind::Plans && offering.mb.is_some();
            assert!(offering.beyond_cents.is_none() || is_counted_plan, "{}", offering.id);
            assert!(area.into_iter().flatten().all(|country| catalogue.countries.contains_key(country)));
            for category in offering.categories() {
                assert!(catalogue.categories.iter().any(|c| c.id == category), "{category}");
            }
        }
        Ok(())
    }
}
