//! What is left of a plan (TMF677).

use super::allowance::{Usage, Volume};
use super::time::Timestamp;

/// What is left of one allowance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// What is counted.
    pub usage: Usage,
    /// What it is called, where the carrier says so: two of a kind differ by it.
    pub name: Option<String>,
    /// What is left, in base units.
    pub remaining: Volume,
    /// What there was at first, in base units, where the carrier says so.
    pub initial: Option<u64>,
    /// Since when it is used, where the carrier says so.
    pub starts: Option<Timestamp>,
}

/// What was used of an allowance in a period that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    /// What was counted.
    pub usage: Usage,
    /// How much was used, in base units.
    pub used: u64,
    /// What there was at first, in base units; `None` where that had no limit.
    pub initial: Option<u64>,
    /// When the period began.
    pub starts: Timestamp,
    /// When it ended.
    pub ends: Timestamp,
}

impl Bucket {
    /// What is left in thousandths of what there was; `None` where that has no meaning.
    pub fn permille_left(&self) -> Option<u32> {
        match (self.remaining, self.initial) {
            (Volume::Of(left), Some(initial)) if initial > 0 => {
                u32::try_from(u128::from(left.min(initial)) * 1000 / u128::from(initial)).ok()
            }
            _ => None,
        }
    }

    /// Whether less than a sixth is left: what a subscriber wants to be told of.
    pub fn is_low(&self) -> bool {
        self.permille_left().is_some_and(|left| left < 167)
    }
}

/// What is left of all allowances at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consumption {
    /// When the carrier counted.
    pub as_of: Option<Timestamp>,
    /// What is left, in the carrier's order.
    pub buckets: Vec<Bucket>,
    /// What earlier periods used, as far as the carrier says so.
    pub past: Vec<Past>,
}

impl Consumption {
    /// The first bucket of data: the plan's own, before those of add-ons.
    pub fn data(&self) -> Option<&Bucket> {
        self.buckets.iter().find(|bucket| bucket.usage == Usage::Data)
    }

    /// The data of the plan, where it is all there is: what is left of a pack beside it would be used too, and in which
    /// order is not said.
    pub fn only_data(&self) -> Option<&Bucket> {
        let mut left = self.buckets.iter().filter(|one| one.usage == Usage::Data && one.remaining != Volume::Of(0));
        let only = left.next();
        if left.next().is_none() { only } else { None }
    }

    /// The name by which an allowance is told from the others. Calls and messages need one only where there are several
    /// allowances of them, such as one for each zone.
    pub fn name_of<'a>(&self, bucket: &'a Bucket) -> Option<&'a str> {
        let of_kind = self.buckets.iter().filter(|one| one.usage == bucket.usage).count();
        bucket.name.as_deref().filter(|_| bucket.usage == Usage::Data || of_kind > 1)
    }

    /// What earlier periods used of a kind.
    pub fn past_of(&self, usage: Usage) -> impl Iterator<Item = &Past> {
        self.past.iter().filter(move |past| past.usage == usage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bucket(remaining: Volume, initial: Option<u64>) -> Bucket {
        Bucket { usage: Usage::Data, name: None, remaining, initial, starts: None }
    }

    #[test]
    fn a_pack_beside_the_plan_leaves_nothing_to_foresee() {
        let with = |buckets: Vec<Bucket>| Consumption { as_of: None, buckets, past: vec![] }.only_data().cloned();
        let (plan, pack) = (bucket(Volume::Of(10), Some(100)), bucket(Volume::Of(50), Some(50)));
        assert_eq!(with(vec![plan.clone()]), Some(plan.clone()));
        assert_eq!(with(vec![plan.clone(), pack]), None);
        assert_eq!(with(vec![plan.clone(), bucket(Volume::Of(0), Some(50))]), Some(plan));
    }

    #[test]
    fn allowances_of_two_zones_bear_their_names() {
        let called = |usage, name: &str| Bucket { usage, name: Some(name.into()), ..bucket(Volume::Of(1), Some(2)) };
        let buckets = vec![
            called(Usage::Data, "Data"),
            called(Usage::Voice, "Monaco and France"),
            called(Usage::Voice, "Europe"),
            Bucket { usage: Usage::Voice, ..bucket(Volume::Of(1), None) },
            called(Usage::Messages, "Messages"),
        ];
        let left = Consumption { as_of: None, buckets, past: vec![] };
        let names: Vec<_> = left.buckets.iter().map(|bucket| left.name_of(bucket)).collect();
        assert_eq!(names, [Some("Data"), Some("Monaco and France"), Some("Europe"), None, None]);
    }

    #[test]
    fn counts_what_is_left() {
        assert_eq!(bucket(Volume::Of(28), Some(100)).permille_left(), Some(280));
        assert_eq!(bucket(Volume::Of(u64::MAX), Some(u64::MAX)).permille_left(), Some(1000));
        assert_eq!(bucket(Volume::Of(200), Some(100)).permille_left(), Some(1000));
        assert_eq!(bucket(Volume::Of(1), Some(0)).permille_left(), None);
        assert_eq!(bucket(Volume::Of(1), None).permille_left(), None);
        assert_eq!(bucket(Volume::Unlimited, Some(100)).permille_left(), None);
    }

    #[test]
    fn warns_of_little() {
        assert!(bucket(Volume::Of(4), Some(100)).is_low());
        assert!(!bucket(Volume::Of(28), Some(100)).is_low());
        assert!(!bucket(Volume::Unlimited, None).is_low());
    }
}
