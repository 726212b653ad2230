//! What happens to the checkout, and what is to be done then.

use super::saved::Saved;
use super::{At, Attempt, NoPrice, PaymentTry, Refusal};
use crate::carrier::{CarrierError, profile};
use crate::domain::basket::Basket;
use crate::domain::id::{AttemptKey, OrderId, TryKey};
use crate::domain::order::Order;
use crate::domain::payment::{Denial, Method, Payment};
use crate::domain::quote::Quote;
use crate::domain::time::Timestamp;

/// The carrier's answer to something that creates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer<T> {
    /// Done.
    Yes(T),
    /// Certainly not done.
    No(Refusal),
    /// No readable answer: it may be done, or be under way.
    Unknown,
}

impl<T> Answer<T> {
    /// What came of a call that creates. Only where the carrier surely did nothing with it is that a no.
    pub fn of(result: Result<T, CarrierError>) -> Self {
        match result {
            Ok(value) => Self::Yes(value),
            Err(CarrierError::SignedOut) => Self::No(Refusal::SignedOut),
            Err(CarrierError::Busy { undone: true, .. }) => Self::No(Refusal::Busy),
            Err(CarrierError::NoToken) => Self::No(Refusal::NotSent),
            // 408: the carrier gave up waiting for the call, or for itself.
            Err(CarrierError::Refused { status: 408, .. }) => Self::Unknown,
            Err(CarrierError::Refused { status, code }) => match code.as_deref() {
                Some(profile::PRICE_CHANGED) => Self::No(Refusal::PriceChanged),
                Some(profile::CART_EXPIRED) => Self::No(Refusal::CartExpired),
                Some(profile::PAYMENT_OPEN) => Self::No(Refusal::PaymentOpen),
                // Some other conflict: perhaps with what the carrier has under this very key.
                _ if status == 409 => Self::Unknown,
                _ => Self::No(Refusal::Other),
            },
            Err(_) => Self::Unknown,
        }
    }
}

/// The carrier's answer to a look-up by key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<T> {
    /// It is there.
    Yes(T),
    /// It is not there, which is no proof: it may still be on its way.
    No,
    /// The carrier did not answer, or there was nothing to ask for.
    Unanswered,
}

/// What came of asking for a token with which the carrier can take the money. Whoever is asked takes none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entered {
    /// A token. It stands for the card, and is sent and forgotten.
    Token(String),
    /// The payer goes on on another page.
    Page(String),
    /// It ended, and certainly without money.
    Declined(Denial),
    /// It could not be asked for.
    Nothing,
    /// It is not known what came of it, and money may have been taken.
    Unknown,
}

/// What happens to the checkout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Something was chosen: it joins what is in the basket.
    Chosen(Basket),
    /// The basket was changed.
    Changed(Basket),
    /// The subscriber wants to see the price.
    Asked,
    /// The carrier's price came, or did not.
    Priced {
        /// The number of the question that it answers.
        ask: u32,
        /// The price.
        quote: Result<Quote, NoPrice>,
    },
    /// The subscriber goes back to the choice, or nothing was ordered in the tab that is looked at.
    Edited,
    /// The subscriber consented to the total on the screen.
    Consented {
        /// A new key.
        key: AttemptKey,
        /// How it is to be paid, where there was a choice.
        method: Option<Method>,
        /// The device's time.
        now: Timestamp,
    },
    /// The carrier answered the order.
    OrderAnswered {
        /// The attempt that it answers.
        key: AttemptKey,
        /// The answer.
        answer: Answer<Order>,
    },
    /// The order is to be paid.
    Pay(
        /// With a new key, for a new try if one may begin.
        PaymentTry,
    ),
    /// What the subscriber was asked for before a payment is there.
    Entered {
        /// The try that it is for.
        key: TryKey,
        /// What came of it.
        entered: Entered,
    },
    /// The carrier answered the payment.
    PaymentAnswered {
        /// The try that it answers.
        key: TryKey,
        /// The answer.
        answer: Answer<Payment>,
    },
    /// The carrier was asked what became of an attempt.
    Looked {
        /// The attempt.
        key: AttemptKey,
        /// The number of the look.
        look: u32,
        /// The order.
        order: Found<Order>,
        /// The payment of the last try.
        payment: Found<Payment>,
        /// Whether the carrier is known to take the same order or payment only once, however often it is sent.
        repeatable: bool,
    },
    /// Something suggests that the carrier can be asked again: the subscriber, the network, the way back.
    LookAgain,
    /// A checkout that was kept is taken up again.
    Resumed(Saved),
    /// Another tab carries out this attempt, and nothing is to be sent from here.
    AnotherTab {
        /// The attempt, as the other tab keeps it.
        attempt: Attempt,
        /// How far it is.
        at: At,
    },
    /// The subscriber leaves the checkout.
    Closed,
}

/// What is to be done, in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Keep it, before anything else is done.
    Keep(Saved),
    /// Forget what was kept.
    Forget,
    /// Ask the carrier for the price.
    Price {
        /// Of what.
        basket: Basket,
        /// The number of the question.
        ask: u32,
    },
    /// Send the order.
    Order(Attempt),
    /// Make a key for a payment and say `Pay`.
    BeginPayment,
    /// Call off an order that nobody consented to as it is.
    Cancel(OrderId),
    /// Ask for a token for a try.
    Enter {
        /// Of what.
        attempt: Attempt,
        /// The carrier's order.
        order: OrderId,
        /// The try.
        this: PaymentTry,
    },
    /// Open the payment that is the attempt's last try.
    Payment {
        /// Of what.
        attempt: Attempt,
        /// The carrier's order.
        order: OrderId,
        /// The try.
        this: PaymentTry,
        /// The token by which it is paid, where its method asks for one.
        token: Option<String>,
    },
    /// Go to the payment page.
    Leave(String),
    /// Ask what became of an attempt.
    Look {
        /// The attempt.
        attempt: Attempt,
        /// The number of the look.
        look: u32,
        /// How many milliseconds to wait before.
        after: u32,
    },
    /// Load again what the subscriber has.
    Refresh,
    /// Tell the host that the order was carried out.
    Completed(OrderId),
}
