//! An order as the carrier tells it (TMF622).

use super::basket::Quantity;
use super::id::{AttemptKey, OfferingId, OrderId, ProductId};
use super::money::Money;
use super::quote::Source;
use super::time::Timestamp;

/// Where an order stands. A word that is not known counts as [`OrderState::Held`]: neither as success nor as one to pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderState {
    /// Taken up, and waiting for its payment.
    Pending,
    /// Waiting for the carrier, or in a state that is not known.
    Held,
    /// Paid for or free, and being carried out.
    InProgress,
    /// Carried out.
    Completed,
    /// Carried out in part.
    Partial,
    /// Not carried out, though the carrier tried.
    Failed,
    /// Not taken up.
    Rejected,
    /// Called off.
    Cancelled,
}

impl OrderState {
    /// The state of a TMF622 word.
    pub fn from_word(word: &str) -> Self {
        match word {
            "acknowledged" | "pending" => Self::Pending,
            "inProgress" => Self::InProgress,
            "completed" => Self::Completed,
            "partial" => Self::Partial,
            "failed" => Self::Failed,
            "rejected" => Self::Rejected,
            "cancelled" => Self::Cancelled,
            _ => Self::Held,
        }
    }
}

/// An order that the carrier knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The carrier's id.
    pub id: OrderId,
    /// The key of the attempt that it came from.
    pub key: Option<AttemptKey>,
    /// Where it stands.
    pub state: OrderState,
    /// What the carrier asks for it, tax included.
    pub total: Option<Money>,
}

/// An order with what was ordered: what it takes to go on with it in another browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Where it stands.
    pub order: Order,
    /// When it was placed, where the carrier says so.
    pub at: Option<Timestamp>,
    /// What was ordered.
    pub items: Vec<PlacedItem>,
    /// Where its price stood.
    pub source: Source,
}

/// One thing of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedItem {
    /// What was ordered.
    pub offering: OfferingId,
    /// Its name, where the carrier says so.
    pub name: Option<String>,
    /// How many of it.
    pub quantity: Quantity,
    /// The line that it is for, where the carrier says so.
    pub line: Option<ProductId>,
    /// The plan that it renews or changes.
    pub changes: Option<ProductId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_word_is_neither_success_nor_to_be_paid() {
        for word in ["", "done", "Completed", "held", "assessingCancellation", "pendingCancellation", "complete "] {
            assert_eq!(OrderState::from_word(word), OrderState::Held, "{word}");
        }
        assert_eq!(OrderState::from_word("acknowledged"), OrderState::Pending);
        assert_eq!(OrderState::from_word("completed"), OrderState::Completed);
    }
}
