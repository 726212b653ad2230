//! What a stage says on the screen, as far as a promise depends on it.

use esim_renewal::app::checkout::saved::Saved;
use esim_renewal::app::checkout::{Attempt, Back, Due, End, Stage};

use crate::words::{number, price_of};

/// The screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Screen {
    /// Nothing is being bought.
    Closed,
    /// The choice, or the wait for its price.
    Choosing,
    /// The wait for the price.
    Pricing,
    /// No price.
    Unpriced,
    /// The price, with the button that consents.
    Reviewing,
    /// The order is on its way.
    Ordering,
    /// "Nothing was ordered or charged."
    Refused,
    /// To be paid, nothing said of an earlier payment.
    Unpaid,
    /// To be paid: "Nothing was charged."
    Denied,
    /// To be paid: "Nothing was charged."
    NotOpened,
    /// "Another payment of this order is under way."
    Elsewhere,
    /// Back to the open payment.
    Open,
    /// The subscriber is asked how to pay.
    Entering,
    /// A payment is being opened.
    Opening,
    /// To the payment page.
    Away,
    /// "Being confirmed."
    Confirming,
    /// Done.
    Delivered,
    /// Over.
    Ended(End),
    /// "This goes on in another tab."
    InAnotherTab,
}

/// What a promise needs to know of a stage.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// The screen.
    pub screen: Screen,
    /// The attempt.
    pub attempt: Option<u8>,
    /// The last try at paying.
    pub this: Option<u8>,
    /// How often the carrier was asked.
    pub looks: u8,
    /// The price that is shown, where it can be consented to.
    pub price: Option<u8>,
}

impl View {
    pub(crate) fn of(stage: &Stage) -> Self {
        let (screen, attempt) = match stage {
            Stage::Closed => (Screen::Closed, None),
            Stage::Choosing { .. } => (Screen::Choosing, None),
            Stage::Pricing { .. } => (Screen::Pricing, None),
            Stage::Unpriced { .. } => (Screen::Unpriced, None),
            Stage::Reviewing { .. } => (Screen::Reviewing, None),
            Stage::Ordering { attempt, .. } => (Screen::Ordering, Some(attempt)),
            Stage::Refused { .. } => (Screen::Refused, None),
            Stage::AwaitingPayment { attempt, due } => (due_screen(due), Some(attempt)),
            Stage::Entering { attempt, .. } => (Screen::Entering, Some(attempt)),
            Stage::Opening { attempt, .. } => (Screen::Opening, Some(attempt)),
            Stage::Away { attempt } => (Screen::Away, Some(attempt)),
            Stage::Confirming { attempt, .. } => (Screen::Confirming, Some(attempt)),
            Stage::Delivered { attempt } => (Screen::Delivered, Some(attempt)),
            Stage::Ended { attempt, end } => (Screen::Ended(*end), Some(attempt)),
            Stage::InAnotherTab { attempt, .. } => (Screen::InAnotherTab, Some(attempt)),
        };
        let looks = match stage {
            Stage::Confirming { looks, .. } | Stage::AwaitingPayment { due: Due::Open { looks, .. }, .. } => *looks,
            _ => 0,
        };
        let price = match stage {
            Stage::Reviewing { quote, .. } => Some(price_of(quote.total)),
            _ => None,
        };
        Self {
            screen,
            attempt: attempt.and_then(attempt_of),
            this: match stage {
                Stage::Entering { this, .. } => number(this.key.as_str()),
                _ => attempt.and_then(try_of),
            },
            looks: u8::try_from(looks).unwrap_or(u8::MAX),
            price,
        }
    }

    /// Whether the screen says that nothing was charged for its attempt, or that it failed. What was refused names none.
    pub fn says_nothing_was_charged(&self, is_top_up: bool) -> bool {
        match self.screen {
            Screen::Denied
            | Screen::NotOpened
            | Screen::Ended(End::Cancelled(Back::NoneTaken) | End::AnotherTotal(_)) => true,
            // "The carrier did not take it up": of what is paid with the order itself that is the same.
            Screen::Ended(End::Rejected) => is_top_up,
            _ => false,
        }
    }

    /// Whether the screen offers to begin a payment.
    pub fn offers_to_pay(&self) -> bool {
        matches!(self.screen, Screen::Unpaid | Screen::Denied | Screen::NotOpened)
    }

    /// Whether a tab with this screen carries an attempt out: it has the lock of the line, where there are locks.
    /// Whoever is away has left the page, and the lock with it.
    pub const fn carries_out(&self) -> bool {
        matches!(
            self.screen,
            Screen::Ordering
                | Screen::Unpaid
                | Screen::Denied
                | Screen::NotOpened
                | Screen::Elsewhere
                | Screen::Open
                | Screen::Entering
                | Screen::Opening
                | Screen::Confirming
        )
    }

    /// Whether the screen leaves nothing open: it is over, or the next thing is the subscriber's to decide.
    pub fn is_settled(&self) -> bool {
        match self.screen {
            Screen::Closed
            | Screen::Choosing
            | Screen::Pricing
            | Screen::Unpriced
            | Screen::Reviewing
            | Screen::Refused
            | Screen::Unpaid
            | Screen::Denied
            | Screen::NotOpened
            | Screen::Delivered
            // The other tab's screen says what is left to do.
            | Screen::InAnotherTab => true,
            Screen::Ended(end) => end != End::Cancelled(Back::Owed),
            Screen::Ordering
            | Screen::Elsewhere
            | Screen::Open
            | Screen::Entering
            | Screen::Opening
            | Screen::Away
            | Screen::Confirming => false,
        }
    }
}

/// What a kept text names.
#[derive(Clone, Copy, Debug, Default)]
pub struct Kept {
    /// The attempt.
    pub attempt: Option<u8>,
    /// The last try.
    pub this: Option<u8>,
}

impl Kept {
    pub(crate) fn of(saved: &Saved) -> Self {
        match saved {
            Saved::Choice { .. } => Self::default(),
            Saved::Attempt(attempt) => Self { attempt: attempt_of(attempt), this: try_of(attempt) },
        }
    }
}

fn attempt_of(attempt: &Attempt) -> Option<u8> {
    number(attempt.key.as_str())
}

fn try_of(attempt: &Attempt) -> Option<u8> {
    attempt.try_key().and_then(|key| number(key.as_str()))
}

const fn due_screen(due: &Due) -> Screen {
    match due {
        Due::Unpaid => Screen::Unpaid,
        Due::Denied(_) => Screen::Denied,
        Due::NotOpened => Screen::NotOpened,
        Due::Elsewhere => Screen::Elsewhere,
        Due::Open { .. } => Screen::Open,
    }
}
