//! The embedded promotions, `promotions.json`.

use serde::Deserialize;

use super::Offering;

/// Something that is had for less, or of which there is more, for a while.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Promotion {
    pub id: String,
    pub name: String,
    pub description: String,
    /// Its `promotionType`.
    #[serde(rename = "type")]
    pub kind: String,
    /// In days from the carrier's opening.
    opens_day: i64,
    /// In minutes from the carrier's opening.
    closes_minute: i64,
    /// What the buyer must know, in capitals.
    pub code: Option<String>,
    /// A basket must have something of each.
    pub groups: Vec<Group>,
    pub effect: Effect,
    /// The offering that it is about; without one, whatever is of the first group.
    pub on: Option<String>,
}

/// Things of which a basket must have one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Group {
    pub name: String,
    pub any: Vec<Criterion>,
}

/// What an item must be.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Criterion {
    ProductOffering(String),
    Category(String),
}

/// What a promotion does to an item.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Effect {
    /// So much less, in percent.
    Percent(i64),
    /// So much less, in cents.
    Amount(i64),
    /// What one then costs, in cents.
    Price(i64),
    /// So much more data.
    BonusMb(i64),
}

impl Effect {
    /// What it takes off the price of one, in whole cents: half a cent is rounded up, and no price falls below zero.
    pub fn saving(self, unit_cents: i64) -> i64 {
        let saving = match self {
            Self::Percent(percent) => (unit_cents * percent + 50) / 100,
            Self::Amount(cents) => cents,
            Self::Price(cents) => unit_cents - cents,
            Self::BonusMb(_) => 0,
        };
        saving.clamp(0, unit_cents)
    }

    /// How much data it brings with one.
    pub fn bonus_mb(self) -> i64 {
        if let Self::BonusMb(mb) = self { mb } else { 0 }
    }
}

impl Criterion {
    pub fn fits(&self, offering: &Offering) -> bool {
        match self {
            Self::ProductOffering(id) => *id == offering.id,
            Self::Category(id) => offering.categories().any(|category| category == id),
        }
    }
}

impl Group {
    pub fn fits(&self, offering: &Offering) -> bool {
        self.any.iter().any(|criterion| criterion.fits(offering))
    }
}

/// Where a promotion is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Ahead,
    Active,
    Expired,
}

impl Promotion {
    /// All of them, in the order in which they are listed.
    pub fn load() -> Result<Vec<Self>, serde_json::Error> {
        serde_json::from_str(include_str!("promotions.json"))
    }

    /// From when until when it holds, for a carrier that opened at a time.
    pub fn period(&self, opened_ms: i64) -> (i64, i64) {
        (opened_ms + self.opens_day * 24 * 60 * 60_000, opened_ms + self.closes_minute * 60_000)
    }

    pub fn stage(&self, opened_ms: i64, now: i64) -> Stage {
        let (from, until) = self.period(opened_ms);
        if now < from {
            Stage::Ahead
        } else if now < until {
            Stage::Active
        } else {
            Stage::Expired
        }
    }

    /// Whether it is about an offering, in a basket for which it holds.
    pub fn is_about(&self, offering: &Offering) -> bool {
        match &self.on {
            Some(id) => *id == offering.id,
            None => self.groups.first().is_some_and(|group| group.fits(offering)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Criterion, Effect, Promotion};
    use crate::seed::Catalogue;

    #[test]
    fn percents_are_taken_off_in_whole_cents_half_up() {
        let ten = Effect::Percent(10);
        assert_eq!([390, 1190, 2490, 5, 4, 0].map(|unit| ten.saving(unit)), [39, 119, 249, 1, 0, 0]);
        assert_eq!([3490, 7500].map(|unit| Effect::Percent(15).saving(unit)), [524, 1125]);
    }

    #[test]
    fn no_price_falls_below_zero_or_rises() {
        assert_eq!(Effect::Amount(500).saving(300), 300);
        assert_eq!(Effect::Price(0).saving(190), 190);
        assert_eq!(Effect::Price(200).saving(190), 0);
    }

    #[test]
    fn the_promotions_are_of_what_is_sold() -> Result<(), serde_json::Error> {
        let catalogue = Catalogue::load()?;
        for promotion in Promotion::load()? {
            let named = promotion.groups.iter().flat_map(|group| &group.any).filter_map(|criterion| match criterion {
                Criterion::ProductOffering(id) => Some(id),
                Criterion::Category(_) => None,
            });
            assert!(named.chain(&promotion.on).all(|id| catalogue.offering(id).is_some()), "{}", promotion.id);
            assert_eq!(promotion.code.as_ref().map(|code| code.to_uppercase()), promotion.code);
        }
        Ok(())
    }
}
