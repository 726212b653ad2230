//! What the subscriber is about to buy.

use super::deal::{Promotion, benefits};
use super::id::{OfferingId, ProductId};
use super::money::{Currency, Money};
use super::offering::{Offering, OfferingKind};
use super::time::Timestamp;

/// The fewest and the most of one offering in a basket.
const QUANTITIES: std::ops::RangeInclusive<u32> = 1..=99;

/// How many days ahead a start may lie.
pub const MOST_DAYS_AHEAD: i64 = 90;

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

    fn plus(self, more: Self) -> Self {
        Self((self.0 + more.0).min(Self::MOST))
    }
}

/// How much of an offering is bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HowMuch {
    /// So many of it.
    Times(Quantity),
    /// For so much money, which the subscriber says: credit. `None` until it is said.
    Amount(Option<Money>),
}

/// What happens to what the subscriber has (TMF622 `action`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Something new that relies on the line.
    Add,
    /// The plan itself is renewed or changed.
    Modify(ProductId),
}

/// One offering in a basket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What is bought.
    pub offering: OfferingId,
    /// What it is called, for the screen.
    pub name: String,
    /// What kind of renewal it is: what the subscriber may say of it.
    pub kind: OfferingKind,
    /// How much of it.
    pub how_much: HowMuch,
    /// Whether it adds to what the subscriber has or changes it.
    pub action: Action,
    /// When it starts: the beginning of a day. Without one it starts when it is delivered.
    pub start: Option<Timestamp>,
}

impl Item {
    /// How many of it: one where an amount is said.
    pub const fn quantity(&self) -> Quantity {
        match self.how_much {
            HowMuch::Times(quantity) => quantity,
            HowMuch::Amount(_) => Quantity::ONE,
        }
    }
}

/// What is bought for one line, each offering once. A basket has at least one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basket {
    /// The line that it is for.
    pub line: ProductId,
    /// The currency of the offers that were chosen: a price in another one is none.
    pub currency: Currency,
    /// What is bought, in the order in which it was chosen.
    pub items: Vec<Item>,
    /// The promo codes that were typed.
    pub codes: Vec<String>,
}

impl Basket {
    /// This with what was chosen later. What is for another line, or in another currency, takes its place.
    #[must_use]
    pub fn joined(mut self, later: Self) -> Self {
        if self.line != later.line || self.currency != later.currency {
            return later;
        }
        for item in later.items {
            // A line has one plan: another one is chosen in place of the first.
            if item.kind == OfferingKind::Plan {
                self.items.retain(|known| known.kind != OfferingKind::Plan || known.offering == item.offering);
            }
            match self.items.iter_mut().find(|known| known.offering == item.offering) {
                Some(known) => match (known.how_much, item.how_much) {
                    (HowMuch::Times(some), HowMuch::Times(more)) => known.how_much = HowMuch::Times(some.plus(more)),
                    _ => *known = item,
                },
                None => self.items.push(item),
            }
        }
        self
    }

    /// Whether something for a line must be bought apart from this: it is another line's, or one of the two is credit
    /// where that is not ordered.
    pub fn is_apart(&self, line: &ProductId, kind: OfferingKind, credit_apart: bool) -> bool {
        let holds_credit = self.items.iter().any(|item| item.kind == OfferingKind::Credit);
        self.line != *line || (credit_apart && holds_credit != (kind == OfferingKind::Credit))
    }

    /// The same with an item changed.
    #[must_use]
    pub fn with(mut self, offering: &OfferingId, change: impl FnOnce(&mut Item)) -> Self {
        if let Some(item) = self.items.iter_mut().find(|item| item.offering == *offering) {
            change(item);
        }
        self
    }

    /// The same without an item.
    #[must_use]
    pub fn without(mut self, offering: &OfferingId) -> Self {
        self.items.retain(|item| item.offering != *offering);
        self
    }

    /// Whether all is said that the carrier needs for a price.
    pub fn is_complete(&self) -> bool {
        !self.items.is_empty() && self.items.iter().all(|item| item.how_much != HowMuch::Amount(None))
    }

    /// The ids of all that is in it.
    pub fn offerings(&self) -> Vec<OfferingId> {
        self.items.iter().map(|item| item.offering.clone()).collect()
    }

    /// The names of all that is in it, for the screen.
    pub fn names(&self) -> String {
        self.items.iter().map(|item| item.name.as_str()).collect::<Vec<_>>().join(" · ")
    }
}

/// What a basket costs by the prices and deals that the offers show; `None` where one of them is not on offer, or its
/// amount is not said. What is paid is the carrier's price, not this one.
pub fn shown_total(basket: &Basket, catalogue: &[Offering], promotions: &[Promotion]) -> Option<Money> {
    let find = |item: &Item| catalogue.iter().find(|one| one.id == item.offering);
    let offerings = basket.items.iter().map(find).collect::<Option<Vec<_>>>()?;
    let benefits = benefits(promotions, &offerings, None);
    let items = basket.items.iter().zip(offerings.iter().zip(benefits));
    items.into_iter().try_fold(Money::from_minor(0, basket.currency), |sum, (item, (offering, benefit))| {
        let price = match item.how_much {
            HowMuch::Amount(amount) => amount?,
            HowMuch::Times(quantity) => {
                let price = offering.price.fixed()?;
                let lowered = benefit.saving.map_or(Some(price), |(_, saving)| price.minus(saving).ok())?;
                lowered.times(quantity.get()).ok()?
            }
        };
        sum.plus(price).ok()
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Two data packs for one line: what tests of prices have in the basket.
    pub(crate) fn two_data_packs() -> Basket {
        basket(vec![item("data-20", OfferingKind::Data, 2)])
    }

    pub(crate) fn euro() -> Currency {
        Currency::from_code("EUR").unwrap()
    }

    pub(crate) fn item(offering: &str, kind: OfferingKind, quantity: u32) -> Item {
        Item {
            offering: OfferingId::new(offering).unwrap(),
            name: offering.into(),
            kind,
            how_much: HowMuch::Times(Quantity::new(quantity).unwrap()),
            action: Action::Add,
            start: None,
        }
    }

    pub(crate) fn basket(items: Vec<Item>) -> Basket {
        Basket { line: ProductId::new("line-1").unwrap(), currency: euro(), items, codes: vec![] }
    }

    fn credit(amount: Option<i64>) -> Item {
        let amount = amount.map(|minor| Money::from_minor(minor, euro()));
        Item { how_much: HowMuch::Amount(amount), ..item("credit", OfferingKind::Credit, 1) }
    }

    #[test]
    fn a_basket_takes_one_to_ninety_nine() {
        assert_eq!(Quantity::new(0), None);
        assert_eq!(Quantity::new(1), Some(Quantity::ONE));
        assert_eq!(Quantity::new(99).map(Quantity::get), Some(99));
        assert_eq!(Quantity::new(100), None);
        assert_eq!(Quantity::new(u32::MAX), None);
    }

    #[test]
    fn what_is_chosen_twice_stands_once() {
        let once = basket(vec![item("data-20", OfferingKind::Data, 98)]);
        let twice = once.joined(two_data_packs());
        assert_eq!(twice.items.len(), 1);
        assert_eq!(twice.items[0].quantity().get(), 99, "and never more than a basket takes");
    }

    #[test]
    fn another_plan_takes_the_place_of_the_first() {
        let first = basket(vec![item("riviera-10", OfferingKind::Plan, 1), item("data-20", OfferingKind::Data, 1)]);
        let joined = first.joined(basket(vec![item("riviera-20", OfferingKind::Plan, 1)]));
        assert_eq!(joined.names(), "data-20 · riviera-20");
    }

    #[test]
    fn what_is_for_another_line_begins_anew() {
        let other = Basket { line: ProductId::new("line-2").unwrap(), ..two_data_packs() };
        assert_eq!(two_data_packs().joined(other.clone()), other);
        let francs = Basket { currency: Currency::from_code("CHF").unwrap(), ..two_data_packs() };
        assert_eq!(two_data_packs().joined(francs.clone()), francs);
    }

    #[test]
    fn credit_is_complete_once_its_amount_is_said() {
        assert!(!basket(vec![credit(None)]).is_complete());
        assert!(!basket(vec![]).is_complete());
        let said = basket(vec![credit(None)]).joined(basket(vec![credit(Some(2_500))]));
        assert!(said.is_complete() && said.items.len() == 1);
    }

    #[test]
    fn an_item_is_changed_or_taken_out_by_its_offering() {
        let id = OfferingId::new("data-20").unwrap();
        let changed = two_data_packs().with(&id, |item| item.how_much = HowMuch::Times(Quantity::ONE));
        assert_eq!(changed.items[0].quantity(), Quantity::ONE);
        assert!(changed.without(&id).items.is_empty());
    }
}
