//! An order as the carrier tells it (TMF622).

use super::id::{AttemptKey, OrderId};
use super::money::Money;

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
