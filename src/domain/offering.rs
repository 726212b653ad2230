//! What a subscriber can renew with.

use super::allowance::{Allowance, Usage, Volume};
use super::id::OfferingId;
use super::money::{Currency, Money};
use super::time::Period;
use std::fmt;

/// The kinds of renewal, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OfferingKind {
    /// The plan itself.
    Plan,
    /// Data on top of the plan.
    Data,
    /// A service: full speed, call blocking, filters.
    Extra,
    /// Use in other countries.
    Roaming,
    /// Several at once.
    Bundle,
    /// Money on the account, to be used later.
    Credit,
}

impl OfferingKind {
    /// All kinds, in the order in which they are shown.
    pub const ALL: [Self; 6] = [Self::Data, Self::Plan, Self::Extra, Self::Roaming, Self::Bundle, Self::Credit];

    /// Whether what is bought moves the plan's end on. All else has an end of its own, or none.
    pub const fn extends_plan(self) -> bool {
        matches!(self, Self::Plan | Self::Data)
    }
}

/// What an offering costs when it is bought, tax included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Price {
    /// So much for one of it.
    Fixed(Money),
    /// As much as the subscriber says, within these bounds.
    Chosen {
        /// The least.
        least: Money,
        /// The most.
        most: Money,
    },
}

impl Price {
    /// What one of it costs, where that is not for the subscriber to say.
    pub const fn fixed(self) -> Option<Money> {
        match self {
            Self::Fixed(price) => Some(price),
            Self::Chosen { .. } => None,
        }
    }

    /// The currency.
    pub const fn currency(self) -> Currency {
        match self {
            Self::Fixed(price) | Self::Chosen { least: price, .. } => price.currency(),
        }
    }
}

/// A price that comes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recurring {
    /// How much each time, tax included.
    pub amount: Money,
    /// How often.
    pub every: Period,
}

/// What use beyond the allowance costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beyond {
    /// So much, tax included,
    pub price: Money,
    /// for so many bytes.
    pub per: u64,
}

/// What an offering has to do with another (TMF620 `productOfferingRelationship`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Whether it needs the other, or cannot stand beside it.
    pub kind: RelationKind,
    /// The other offering.
    pub offering: OfferingId,
    /// Its name, in the carrier's words.
    pub name: String,
}

/// How two offerings go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelationKind {
    /// The other must be there, or be bought with it.
    Requires,
    /// The other must not be there, nor be bought with it.
    Excludes,
}

/// An ISO 3166-1 alpha-2 code, in capitals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// The country of a two-letter code; `None` for anything else.
    pub fn from_code(code: &str) -> Option<Self> {
        let letters: [u8; 2] = code.as_bytes().try_into().ok()?;
        letters.iter().all(u8::is_ascii_alphabetic).then(|| Self(letters.map(|letter| letter.to_ascii_uppercase())))
    }

    /// The two letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Something that the carrier sells for renewing a plan (TMF620).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offering {
    /// The carrier's id.
    pub id: OfferingId,
    /// Its name, in the carrier's words.
    pub name: String,
    /// What kind of renewal it is.
    pub kind: OfferingKind,
    /// What it costs when it is bought.
    pub price: Price,
    /// What it costs again and again after that.
    pub recurring: Option<Recurring>,
    /// What it contains.
    pub allowances: Vec<Allowance>,
    /// How long it lasts, where the carrier says so.
    pub validity: Option<Period>,
    /// Where it works, where the carrier says so.
    pub countries: Vec<Country>,
    /// The ids of the categories that it is in.
    pub categories: Vec<String>,
    /// The names of the zones that it is for, in the carrier's words.
    pub zones: Vec<String>,
    /// How fast it is at most, in Mbit/s, where the carrier says so.
    pub speed: Option<u32>,
    /// So many bytes are had at full speed, where the carrier says so.
    pub fair_use: Option<u64>,
    /// What it holds, where it is a bundle.
    pub parts: Vec<OfferingId>,
    /// The lowest price of the last 30 days, where the carrier says it.
    pub lowest_30_days: Option<Money>,
    /// What data beyond it costs, where the carrier says so.
    pub beyond: Option<Beyond>,
    /// What it needs, and what it cannot stand beside.
    pub relations: Vec<Relation>,
    /// One sentence about it, in the carrier's words.
    pub description: Option<String>,
}

impl Offering {
    /// Whether it is for use in other countries than this one.
    pub fn is_for_elsewhere(&self, country: Country) -> bool {
        self.kind == OfferingKind::Roaming && !self.countries.contains(&country)
    }

    /// How much of a kind of usage it contains.
    pub fn volume(&self, usage: Usage) -> Option<Volume> {
        self.allowances.iter().find(|allowance| allowance.usage == usage).map(|allowance| allowance.volume)
    }

    /// Whether a line can have it once only: it excludes itself.
    pub fn is_single(&self) -> bool {
        self.relations.iter().any(|one| one.kind == RelationKind::Excludes && one.offering == self.id)
    }
}

/// The currency of most offerings, the first of equals: what is in another one cannot stand beside them.
pub fn main_currency(all: &[Offering]) -> Option<Currency> {
    let mut counts: Vec<(Currency, usize)> = Vec::new();
    for currency in all.iter().map(|one| one.price.currency()) {
        match counts.iter_mut().find(|(known, _)| *known == currency) {
            Some((_, count)) => *count += 1,
            None => counts.push((currency, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(currency, _)| currency)
}

/// The bundles of which a part is not in the catalogue: their saving could not be told.
pub fn with_unknown_parts(all: &[Offering]) -> Vec<OfferingId> {
    let is_known = |part: &OfferingId| all.iter().any(|one| one.id == *part);
    all.iter().filter(|one| !one.parts.iter().all(is_known)).map(|one| one.id.clone()).collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::domain::basket::tests::euro;

    /// An offering at a price in cents, and nothing else said of it.
    pub(crate) fn offering(id: &str, kind: OfferingKind, minor: i64) -> Offering {
        Offering {
            id: OfferingId::new(id).unwrap(),
            name: id.to_uppercase(),
            kind,
            price: Price::Fixed(Money::from_minor(minor, euro())),
            recurring: None,
            allowances: vec![],
            validity: None,
            countries: vec![],
            categories: vec![],
            zones: vec![],
            speed: None,
            fair_use: None,
            parts: vec![],
            lowest_30_days: None,
            beyond: None,
            relations: vec![],
            description: None,
        }
    }

    #[test]
    fn most_offerings_say_which_money_counts() {
        let francs = Currency::from_code("CHF").unwrap();
        let in_francs = |id| Offering {
            price: Price::Fixed(Money::from_minor(100, francs)),
            ..offering(id, OfferingKind::Data, 0)
        };
        let in_euros = |id| offering(id, OfferingKind::Data, 100);
        assert_eq!(main_currency(&[]), None);
        assert_eq!(main_currency(&[in_francs("a"), in_euros("b"), in_euros("c")]), Some(euro()));
        assert_eq!(main_currency(&[in_francs("a"), in_euros("b")]), Some(francs), "the first of equals");
    }

    #[test]
    fn a_bundle_of_unknown_parts_is_found() {
        let bundle = |id, parts: &[&str]| Offering {
            parts: parts.iter().filter_map(|part| OfferingId::new(part)).collect(),
            ..offering(id, OfferingKind::Bundle, 900)
        };
        let all = vec![
            bundle("good", &["data"]),
            bundle("odd", &["data", "gone"]),
            offering("data", OfferingKind::Data, 100),
        ];
        assert_eq!(with_unknown_parts(&all), [OfferingId::new("odd").unwrap()]);
    }

    #[test]
    fn knows_a_country_by_its_two_letters() {
        assert_eq!(Country::from_code("mc").map(|country| country.code().to_owned()).as_deref(), Some("MC"));
        for code in ["", "M", "MCO", "M1", "é"] {
            assert_eq!(Country::from_code(code), None, "{code}");
        }
    }
}
