//! An order as the carrier tells it (TMF622).

use super::id::{AttemptKey, OrderId};
use super::money::Money;

/// Where an order stands. A word that is not known counts as [`OrderState::Pending`]: never as success.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderState {
    /// Taken up, and waiting: for the payment, or for the carrier.
    Pending,
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
            "inProgress" => Self::InProgress,
            "completed" => Self::Completed,
            "partial" => Self::Partial,
            "failed" => Self::Failed,
            "rejected" => Self::Rejected,
            "cancelled" => Self::Cancelled,
            _ => Self::Pending,
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
    fn an_unknown_word_is_never_success() {
        for word in ["", "done", "Completed", "acknowledged", "held", "assessingCancellation", "complete "] {
            assert_eq!(OrderState::from_word(word), OrderState::Pending, "{word}");
        }
        assert_eq!(OrderState::from_word("completed"), OrderState::Completed);
    }
}
