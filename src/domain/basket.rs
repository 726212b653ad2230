//! What the subscriber is about to buy.

use super::id::{OfferingId, ProductId};

/// The fewest and the most of one offering in a basket.
const QUANTITIES: std::ops::RangeInclusive<u32> = 1..=99;

/// How many of an offering: 1 to 99.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(u32);

impl Quantity {
    /// One of it.
    pub const ONE: Self = Self(1);
    /// The fewest.
    pub const LEAST: u32 = *QUANTITIES.start();
    /// The most.
    pub const MOST: u32 = *QUANTITIES.end();

    /// So many, if a basket takes so many.
    pub fn new(number: u32) -> Option<Self> {
        QUANTITIES.contains(&number).then_some(Self(number))
    }

    /// The number.
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// What happens to what the subscriber has (TMF622 `action`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Something new that relies on the line.
    Add,
    /// The plan itself is renewed or changed.
    Modify(ProductId),
}

/// One offering for one line, so many times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basket {
    /// What is bought.
    pub offering: OfferingId,
    /// What it is called, for the screen.
    pub name: String,
    /// How many of it.
    pub quantity: Quantity,
    /// The line that it is for.
    pub line: ProductId,
    /// Whether it adds to what the subscriber has or changes it.
    pub action: Action,
}

/// Two data packs for one line: what tests of prices have in the basket.
#[cfg(test)]
pub(crate) fn two_data_packs() -> Basket {
    Basket {
        offering: OfferingId::new("data-20").unwrap(),
        name: "Data 20".into(),
        quantity: Quantity::new(2).unwrap(),
        line: ProductId::new("line-1").unwrap(),
        action: Action::Add,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_basket_takes_one_to_ninety_nine() {
        assert_eq!(Quantity::new(0), None);
        assert_eq!(Quantity::new(1), Some(Quantity::ONE));
        assert_eq!(Quantity::new(99).map(Quantity::get), Some(99));
        assert_eq!(Quantity::new(100), None);
        assert_eq!(Quantity::new(u32::MAX), None);
    }
}
