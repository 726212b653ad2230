//! Whether an offering can be bought for a line, and what stands in its way.

use super::basket::Basket;
use super::id::OfferingId;
use super::offering::{Offering, OfferingKind, RelationKind};
use super::product::{Inventory, Line, ProductStatus, Roaming};
use super::time::Timestamp;

/// What keeps an offering from being bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The carrier keeps the line from use.
    Suspended,
    /// The line has no plan that it could add to.
    NoPlan,
    /// The line cannot be used in other countries.
    RoamingBarred,
    /// It cannot stand beside something that the line has or the basket holds: its name.
    Excluded(String),
    /// It needs something that the line does not have and that is not sold.
    Missing(String),
    /// It has to wait until the basket is bought or emptied: the two cannot be bought together.
    Basket,
}

/// Whether an offering can be bought for a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Eligibility {
    /// It can, together with what it needs and the line does not have yet.
    With(Vec<OfferingId>),
    /// It cannot.
    Not(Obstacle),
}

/// Judges by the catalogue's relationships, what the line has, and what is in the basket already.
///
/// The carrier judges again: what is not known here is no obstacle.
pub fn eligibility(
    offering: &Offering,
    line: &Line,
    inventory: &Inventory,
    basket: Option<&Basket>,
    catalogue: &[Offering],
    now: Timestamp,
) -> Eligibility {
    let plan = inventory.plan_of(&line.id);
    let in_basket = basket.filter(|basket| basket.line == line.id).map_or(&[][..], |basket| &basket.items);
    let adds = !matches!(offering.kind, OfferingKind::Plan | OfferingKind::Credit);
    if line.status == ProductStatus::Suspended {
        return Eligibility::Not(Obstacle::Suspended);
    }
    if adds && plan.is_none() {
        return Eligibility::Not(Obstacle::NoPlan);
    }
    let needs_roaming = offering.kind == OfferingKind::Roaming;
    if needs_roaming && line.roaming == Roaming::Barred {
        return Eligibility::Not(Obstacle::RoamingBarred);
    }
    let has = |other: &OfferingId| {
        let by_plan = plan.is_some_and(|plan| plan.offering.as_ref() == Some(other) && !plan.has_ended(now));
        by_plan || inventory.add_ons_of(&line.id, now).any(|one| one.offering.as_ref() == Some(other))
    };
    let holds = |other: &OfferingId| in_basket.iter().any(|item| item.offering == *other);
    // What excludes is said by either side.
    let by_others = in_basket.iter().filter_map(|item| {
        let other = catalogue.iter().find(|one| one.id == item.offering)?;
        let excludes = |relation: &super::offering::Relation| {
            relation.kind == RelationKind::Excludes && relation.offering == offering.id
        };
        (other.id != offering.id && other.relations.iter().any(excludes)).then(|| other.name.clone())
    });
    let mut excluded = by_others;
    if let Some(name) = excluded.next() {
        return Eligibility::Not(Obstacle::Excluded(name));
    }
    let mut with = Vec::new();
    for relation in &offering.relations {
        let other = &relation.offering;
        match relation.kind {
            RelationKind::Excludes if has(other) || (holds(other) && *other != offering.id) => {
                return Eligibility::Not(Obstacle::Excluded(relation.name.clone()));
            }
            RelationKind::Requires if !has(other) && !holds(other) => {
                if !catalogue.iter().any(|one| one.id == *other) {
                    return Eligibility::Not(Obstacle::Missing(relation.name.clone()));
                }
                with.push(other.clone());
            }
            RelationKind::Excludes | RelationKind::Requires => {}
        }
    }
    Eligibility::With(with)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::basket::tests::{basket, item};
    use crate::domain::id::ProductId;
    use crate::domain::offering::Relation;
    use crate::domain::product::{AddOn, Plan};

    const NOW: Timestamp = Timestamp::from_millis(1_000);

    fn id(text: &str) -> OfferingId {
        OfferingId::new(text).unwrap()
    }

    fn offering(name: &str, kind: OfferingKind, relations: &[(RelationKind, &str)]) -> Offering {
        let relation = |(kind, other): &(RelationKind, &str)| Relation {
            kind: *kind,
            offering: id(other),
            name: other.to_uppercase(),
        };
        Offering {
            relations: relations.iter().map(relation).collect(),
            ..crate::domain::offering::tests::offering(name, kind, 100)
        }
    }

    fn line() -> Line {
        Line {
            id: ProductId::new("line-1").unwrap(),
            msisdn: None,
            iccid: None,
            is_esim: None,
            roaming: Roaming::Allowed,
            status: ProductStatus::Active,
            customer: None,
            account: None,
        }
    }

    fn inventory(plan: Option<&str>, add_ons: &[&str]) -> Inventory {
        let line = line().id;
        let plan = plan.map(|offering| Plan {
            id: ProductId::new("plan-1").unwrap(),
            line: line.clone(),
            offering: Some(id(offering)),
            name: offering.into(),
            status: ProductStatus::Active,
            ends: None,
        });
        let add_on = |offering: &&str| AddOn {
            line: line.clone(),
            offering: Some(id(offering)),
            name: (*offering).into(),
            status: ProductStatus::Active,
            starts: None,
            ends: None,
        };
        Inventory { lines: vec![], plans: plan.into_iter().collect(), add_ons: add_ons.iter().map(add_on).collect() }
    }

    fn catalogue() -> Vec<Offering> {
        vec![
            offering("plan", OfferingKind::Plan, &[]),
            offering("fast", OfferingKind::Plan, &[]),
            offering(
                "boost",
                OfferingKind::Extra,
                &[(RelationKind::Excludes, "boost"), (RelationKind::Excludes, "fast")],
            ),
            offering("access", OfferingKind::Extra, &[(RelationKind::Excludes, "access")]),
            offering("europe", OfferingKind::Roaming, &[(RelationKind::Requires, "access")]),
            offering("report", OfferingKind::Extra, &[(RelationKind::Requires, "gone")]),
        ]
    }

    fn judge(name: &str, inventory: &Inventory, basket: Option<&Basket>) -> Eligibility {
        let catalogue = catalogue();
        let offering = catalogue.iter().find(|one| one.id == id(name)).unwrap();
        eligibility(offering, &line(), inventory, basket, &catalogue, NOW)
    }

    #[test]
    fn what_is_needed_is_bought_with_it_unless_it_is_there() {
        assert_eq!(judge("europe", &inventory(Some("plan"), &[]), None), Eligibility::With(vec![id("access")]));
        assert_eq!(judge("europe", &inventory(Some("plan"), &["access"]), None), Eligibility::With(vec![]));
        let chosen = basket(vec![item("access", OfferingKind::Extra, 1)]);
        assert_eq!(judge("europe", &inventory(Some("plan"), &[]), Some(&chosen)), Eligibility::With(vec![]));
        let gone = Eligibility::Not(Obstacle::Missing("GONE".into()));
        assert_eq!(judge("report", &inventory(Some("plan"), &[]), None), gone);
    }

    #[test]
    fn what_cannot_stand_beside_it_is_named() {
        let excluded = |name: &str| Eligibility::Not(Obstacle::Excluded(name.into()));
        assert_eq!(judge("boost", &inventory(Some("fast"), &[]), None), excluded("FAST"));
        assert_eq!(judge("boost", &inventory(Some("plan"), &["boost"]), None), excluded("BOOST"));
        let boosted = basket(vec![item("boost", OfferingKind::Extra, 1)]);
        assert_eq!(judge("fast", &inventory(Some("plan"), &[]), Some(&boosted)), excluded("BOOST"));
        assert_eq!(judge("boost", &inventory(Some("plan"), &[]), Some(&boosted)), Eligibility::With(vec![]));
    }

    #[test]
    fn only_a_plan_or_credit_can_be_bought_without_a_plan() {
        let none = inventory(None, &[]);
        assert_eq!(judge("boost", &none, None), Eligibility::Not(Obstacle::NoPlan));
        assert_eq!(judge("plan", &none, None), Eligibility::With(vec![]));
    }

    #[test]
    fn a_line_that_may_not_is_told_so() {
        let (catalogue, inventory) = (catalogue(), inventory(Some("plan"), &["access"]));
        let europe = catalogue.iter().find(|one| one.id == id("europe")).unwrap();
        let judge = |line: &Line| eligibility(europe, line, &inventory, None, &catalogue, NOW);
        let barred = Line { roaming: Roaming::Barred, ..line() };
        assert_eq!(judge(&barred), Eligibility::Not(Obstacle::RoamingBarred));
        let suspended = Line { status: ProductStatus::Suspended, ..line() };
        assert_eq!(judge(&suspended), Eligibility::Not(Obstacle::Suspended));
    }
}
