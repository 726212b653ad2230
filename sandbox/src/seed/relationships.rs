//! What an offering needs, and what it cannot be had together with.

use super::{Catalogue, Offering};

/// How one offering stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    Requires,
    Excludes,
}

impl Relation {
    /// Its `relationshipType`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Requires => "requires",
            Self::Excludes => "excludes",
        }
    }
}

impl Catalogue {
    /// An offering's relationships, each once. A bundle has those of its parts, without the ones that its parts settle
    /// among themselves.
    pub fn relationships<'a>(&'a self, offering: &'a Offering) -> Vec<(Relation, &'a Offering)> {
        let parts = self.parts(offering);
        let is_bundle = !offering.parts.is_empty();
        let mut found: Vec<(Relation, &Offering)> = Vec::new();
        for part in &parts {
            let required = part.requires.iter().map(|id| (Relation::Requires, id));
            let excluded = part.excludes.iter().map(|id| (Relation::Excludes, id));
            for (relation, id) in required.chain(excluded) {
                let settled = is_bundle && offering.parts.contains(id);
                let known = found.iter().any(|(of, other)| *of == relation && other.id == *id);
                if !settled && !known {
                    found.extend(self.offering(id).map(|other| (relation, other)));
                }
            }
        }
        found
    }

    /// Whether one of two offerings, or a part of it, excludes the other, or a part of that.
    pub fn exclude_each_other(&self, one: &Offering, other: &Offering) -> bool {
        let excludes = |from: &Offering, to: &Offering| {
            let parts = self.parts(to);
            let excluded = |id: &String| parts.iter().any(|part| part.id == *id);
            self.parts(from).iter().any(|part| part.excludes.iter().any(excluded))
        };
        excludes(one, other) || excludes(other, one)
    }
}

#[cfg(test)]
mod tests {
    use super::{Catalogue, Relation};

    fn of(id: &str) -> Vec<(Relation, String)> {
        let Ok(catalogue) = Catalogue::load() else { return Vec::new() };
        let found = catalogue.offering(id).map(|offering| catalogue.relationships(offering));
        found.unwrap_or_default().into_iter().map(|(relation, other)| (relation, other.id.clone())).collect()
    }

    #[test]
    fn a_bundle_has_the_relationships_of_its_parts() {
        assert_eq!(of("bundle-globetrotter"), [(Relation::Requires, "roaming-access".to_owned())]);
        assert_eq!(of("bundle-safe"), []);
        assert_eq!(of("full-speed-5").len(), 4);
    }
}
