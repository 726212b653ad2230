//! What the subscriber has: lines, and the plans on them (TMF637).

use super::id::{AccountId, CustomerId, OfferingId, ProductId};
use super::time::Timestamp;

/// What state a product is in. A word that is not known counts as [`ProductStatus::Pending`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProductStatus {
    /// Not yet in use.
    Pending,
    /// In use.
    Active,
    /// Kept from use by the carrier.
    Suspended,
    /// Over.
    Ended,
}

/// Whether a line can be used in other countries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Roaming {
    /// It can, or the carrier doesn't say; what is missing for it is an offering.
    Allowed,
    /// It cannot, and nothing that is sold changes that.
    Barred,
}

/// A subscriber's line: what a renewal is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The carrier's id.
    pub id: ProductId,
    /// The phone number in international form (E.164), where the carrier says it.
    pub msisdn: Option<String>,
    /// The number of the SIM (ITU-T E.118), where the carrier says it.
    pub iccid: Option<String>,
    /// Whether it is an eSIM, where the carrier says so.
    pub is_esim: Option<bool>,
    /// Whether it can be used in other countries.
    pub roaming: Roaming,
    /// What state it is in.
    pub status: ProductStatus,
    /// Who orders for it.
    pub customer: Option<CustomerId>,
    /// Which account pays for it.
    pub account: Option<AccountId>,
}

impl Line {
    /// The phone number with its middle hidden: `+377 •••• 4218`.
    pub fn masked_msisdn(&self) -> Option<String> {
        let number = self.msisdn.as_deref()?;
        let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
        let (country, last) = (digits.get(..3)?, digits.get(digits.len().checked_sub(4)?..)?);
        (digits.len() >= 9).then(|| {
            let mut masked = String::from("+");
            masked.extend(country);
            masked.push_str(" •••• ");
            masked.extend(last);
            masked
        })
    }

    /// The last four digits of the SIM's number.
    pub fn iccid_end(&self) -> Option<&str> {
        let iccid = self.iccid.as_deref()?;
        iccid.get(iccid.len().checked_sub(4)?..)
    }
}

/// The plan on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The carrier's id.
    pub id: ProductId,
    /// The line that it is on.
    pub line: ProductId,
    /// What was bought, where the carrier says so.
    pub offering: Option<OfferingId>,
    /// Its name, in the carrier's words.
    pub name: String,
    /// What state it is in.
    pub status: ProductStatus,
    /// When it ends, where it does.
    pub ends: Option<Timestamp>,
}

impl Plan {
    /// Whether it is over, by its state or by its end.
    pub fn has_ended(&self, now: Timestamp) -> bool {
        self.status == ProductStatus::Ended || self.ends.is_some_and(|end| end <= now)
    }
}

/// A service on top of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddOn {
    /// The line that it is on.
    pub line: ProductId,
    /// What was bought, where the carrier says so.
    pub offering: Option<OfferingId>,
    /// Its name, in the carrier's words.
    pub name: String,
    /// What state it is in.
    pub status: ProductStatus,
    /// When it starts or started, where the carrier says so.
    pub starts: Option<Timestamp>,
    /// When it ends, where it does.
    pub ends: Option<Timestamp>,
}

impl AddOn {
    /// Whether it is there: in use, or going to be.
    pub fn is_there(&self, now: Timestamp) -> bool {
        self.status != ProductStatus::Ended && self.ends.is_none_or(|end| end > now)
    }
}

/// All that a subscriber has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inventory {
    /// The lines.
    pub lines: Vec<Line>,
    /// The plans on them.
    pub plans: Vec<Plan>,
    /// What else is on them.
    pub add_ons: Vec<AddOn>,
}

impl Inventory {
    /// A line.
    pub fn line(&self, id: &ProductId) -> Option<&Line> {
        self.lines.iter().find(|line| line.id == *id)
    }

    /// The services on a line that are there or are going to be.
    pub fn add_ons_of<'a>(&'a self, line: &'a ProductId, now: Timestamp) -> impl Iterator<Item = &'a AddOn> {
        self.add_ons.iter().filter(move |one| one.line == *line && one.is_there(now))
    }

    /// The plan on a line: the one in use, else the one that ended last.
    pub fn plan_of(&self, line: &ProductId) -> Option<&Plan> {
        let of_line = self.plans.iter().filter(|plan| plan.line == *line);
        of_line.max_by_key(|plan| (plan.status == ProductStatus::Active, plan.ends))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(msisdn: &str, iccid: &str) -> Line {
        Line {
            id: ProductId::new("line").unwrap(),
            msisdn: Some(msisdn.into()),
            iccid: Some(iccid.into()),
            is_esim: None,
            roaming: Roaming::Allowed,
            status: ProductStatus::Active,
            customer: None,
            account: None,
        }
    }

    #[test]
    fn hides_the_middle_of_a_number() {
        assert_eq!(line("+37761234501", "").masked_msisdn().as_deref(), Some("+377 •••• 4501"));
        for number in ["", "1", "+377", "12345678", "٣٧٧٦١٢٣٤٥٠١"] {
            assert_eq!(line(number, "").masked_msisdn(), None, "{number}");
        }
    }

    #[test]
    fn shows_the_end_of_a_sim_number() {
        assert_eq!(line("", "8937710000000008813").iccid_end(), Some("8813"));
        assert_eq!(line("", "881").iccid_end(), None);
        assert_eq!(line("", "é€é").iccid_end(), None);
    }

    #[test]
    fn a_service_is_there_until_it_ends() {
        let add_on = |status, ends: Option<i64>| AddOn {
            line: ProductId::new("line").unwrap(),
            offering: None,
            name: "Filter".into(),
            status,
            starts: None,
            ends: ends.map(Timestamp::from_millis),
        };
        let now = Timestamp::from_millis(10);
        assert!(add_on(ProductStatus::Active, None).is_there(now));
        assert!(add_on(ProductStatus::Pending, Some(11)).is_there(now));
        assert!(!add_on(ProductStatus::Active, Some(10)).is_there(now));
        assert!(!add_on(ProductStatus::Ended, None).is_there(now));
    }

    #[test]
    fn prefers_the_plan_in_use() {
        let plan = |id: &str, status, ends| Plan {
            id: ProductId::new(id).unwrap(),
            line: ProductId::new("line").unwrap(),
            offering: None,
            name: id.into(),
            status,
            ends: Some(Timestamp::from_millis(ends)),
        };
        let inventory = Inventory {
            plans: vec![
                plan("old", ProductStatus::Ended, 1),
                plan("used", ProductStatus::Active, 2),
                plan("older", ProductStatus::Ended, 3),
            ],
            ..Inventory::default()
        };
        let found = inventory.plan_of(&ProductId::new("line").unwrap()).map(|plan| plan.name.as_str());
        assert_eq!(found, Some("used"));
        assert!(inventory.plan_of(&ProductId::new("other").unwrap()).is_none());
    }
}
