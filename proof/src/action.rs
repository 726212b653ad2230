//! What can happen.

use esim_renewal::domain::order::OrderState;

use crate::carrier::Verdict;
use crate::input::Entry;
use crate::scenario::{Scenario, Second};

/// What the subscriber does in a tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tap {
    /// Chooses the offering.
    Choose,
    /// Asks for the price.
    Ask,
    /// Consents to it.
    Consent,
    /// Goes back to the choice.
    Edit,
    /// *Check now*, the network's return, or the way back to a page that the browser kept.
    Check,
    /// Pays, or goes back to the open payment.
    Pay,
    /// Clicks consent or pay once more where no button is any more.
    Again,
    /// Leaves the checkout.
    Close,
    /// Reloads, or comes back from the payment page.
    Reload,
    /// Closes the tab: what it kept is gone.
    Kill,
    /// Copies the tab.
    Copy,
    /// Goes on here with what another tab carries out.
    GoOn,
}

/// What the network does with a POST.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It reaches the carrier, which decides.
    Arrive(Verdict),
    /// It is lost on its way there.
    Lost,
    /// The wait for it is over, and it is still on its way.
    TimedOut,
    /// It never left.
    NotSent,
    /// The network sends it twice.
    Twice,
    /// The answer arrives.
    Answered,
    /// The answer arrives, and will once more.
    AnsweredTwice,
    /// The answer is lost, or is a 5xx after the carrier did it.
    ReplyLost,
}

/// What becomes of a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Glance {
    /// The order is read.
    ReadOrder,
    /// The order's question is not answered.
    NoOrder,
    /// The payment is read.
    ReadPayment,
    /// The payment's question is not answered.
    NoPayment,
    /// The answers arrive; a refund is read where there may be one.
    Arrive,
    /// The same, and the refund's question is not answered.
    ArriveWithoutRefund,
    /// All is read and arrives at one moment.
    Now,
    /// The same without an answer for the payment.
    NowWithoutPayment,
}

/// What the carrier, the bank or the payer on the bank's page does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deed {
    /// The price changes.
    ChangePrice,
    /// An unpaid order's time is up.
    Cancel(u8),
    /// What was paid is carried out.
    Complete(u8),
    /// It ends otherwise.
    EndAs(u8, OrderState),
    /// The money comes.
    Capture(u8),
    /// The bank agrees.
    Authorize(u8),
    /// It ends without money.
    Deny(u8),
    /// What came too late goes back.
    Refund(u8),
}

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// In a tab.
    Tap(u8, Tap),
    /// A tab's price comes.
    Price(u8),
    /// A tab is given a token, or none.
    Enter(u8, Entry),
    /// To a tab's POST.
    Call(u8, Fate),
    /// To a POST for which nobody waits: an order's key, whether it arrives.
    StrayOrder(u8, Option<Verdict>),
    /// To a payment's POST for which nobody waits.
    StrayPayment(u8, Option<Verdict>),
    /// An answer comes a second time.
    Echo(u8),
    /// To a tab's look.
    Look(u8, u8, Glance),
    /// A tab has looked many more times, and learned nothing new.
    Later(u8),
    /// At the carrier.
    Carrier(Deed),
}

impl Action {
    /// Whether it is how things go when nothing fails and the subscriber only checks and pays. What another tab has paid
    /// shows after a reload.
    pub fn is_calm(&self, scenario: &Scenario) -> bool {
        match self {
            Self::Tap(_, Tap::Reload) => scenario.second == Second::Copy,
            Self::Tap(_, tap) => matches!(tap, Tap::Check | Tap::Pay),
            Self::Price(_) | Self::Later(_) => true,
            Self::Enter(_, entry) => *entry == Entry::Token,
            Self::Call(_, fate) => matches!(fate, Fate::Arrive(Verdict::Take | Verdict::TakeLater) | Fate::Answered),
            Self::StrayOrder(_, verdict) | Self::StrayPayment(_, verdict) => *verdict == Some(Verdict::Take),
            Self::Echo(_) => false,
            Self::Look(_, _, glance) => {
                matches!(glance, Glance::ReadOrder | Glance::ReadPayment | Glance::Arrive | Glance::Now)
            }
            Self::Carrier(deed) => !matches!(deed, Deed::ChangePrice | Deed::EndAs(..)),
        }
    }
}
