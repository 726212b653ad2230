//! The checkout: a pure machine. No clock, no network, no browser in it; what is to be done comes out as data.
//!
//! One renewal: `Choosing → Pricing → Reviewing → Ordering → AwaitingPayment → Opening → Away → Confirming → Delivered`.
//! A lost reply leads to `Confirming` too, which asks the carrier until it answers. Nothing leads from there to a second
//! order or payment: only the carrier's word that the last one ended without money does.

mod event;
mod judge;
pub mod saved;
mod step;

use crate::domain::basket::Basket;
use crate::domain::id::{AttemptKey, OrderId, TryKey};
use crate::domain::money::Money;
use crate::domain::order::OrderState;
use crate::domain::payment::{Denial, Method, PaymentStatus};
use crate::domain::quote::{Quote, QuoteError};
use crate::domain::time::Timestamp;

pub use event::{Answer, Effect, Entered, Event, Found};

/// One consent to one total for one basket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Its key: the order's `externalId`.
    pub key: AttemptKey,
    /// When the subscriber consented, by the device's clock: for the screen alone.
    pub since: Timestamp,
    /// What was consented to.
    pub basket: Basket,
    /// The price that was consented to.
    pub quote: Quote,
    /// How it is to be paid, where that was chosen.
    pub method: Option<Method>,
    /// The carrier's order, once it is known.
    pub order: Option<OrderId>,
    /// The last try at paying.
    pub payment_try: Option<PaymentTry>,
}

impl Attempt {
    /// The total that was consented to.
    pub const fn total(&self) -> Money {
        self.quote.total
    }

    /// Whether the order waits for a payment that is made for it.
    pub const fn needs_payment(&self) -> bool {
        !self.quote.total.is_zero() && !self.quote.is_top_up()
    }

    /// Whether the last try at paying can be sent again: all that its bytes follow from is kept.
    pub fn is_try_whole(&self) -> bool {
        let last = self.payment_try.as_ref().and_then(|last| last.method.as_ref());
        last.is_none_or(|method| !method.kind.asks_for_token())
    }

    /// The key of the last try at paying.
    pub fn try_key(&self) -> Option<&TryKey> {
        self.payment_try.as_ref().map(|last| &last.key)
    }
}

/// One try at paying an order: all that its bytes follow from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentTry {
    /// Its key: the payment's `correlatorId`.
    pub key: TryKey,
    /// How it is paid; the carrier's hosted page where that was not chosen.
    pub method: Option<Method>,
    /// Where the hosted page, or the bank's, leads back to.
    pub return_url: String,
}

/// Why the carrier's price cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPrice {
    /// None came.
    Trouble(super::Trouble),
    /// It is no price for what was chosen.
    Misfit(QuoteError),
    /// The carrier does not sell it for this line: why, in its words.
    Unqualified(Vec<String>),
}

/// Where the checkout stands: what the screen may say and offer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Nothing is being bought.
    #[default]
    Closed,
    /// The subscriber chooses what, how much of it and from when.
    Choosing {
        /// The choice so far.
        basket: Basket,
    },
    /// The carrier is asked for the price.
    Pricing {
        /// What is priced.
        basket: Basket,
        /// The number of the question.
        ask: u32,
        /// The price that stood before, where there was one.
        before: Option<Money>,
    },
    /// The carrier gave no price that can be shown.
    Unpriced {
        /// What was to be priced.
        basket: Basket,
        /// Why.
        why: NoPrice,
    },
    /// The price is shown; the subscriber may consent to it.
    Reviewing {
        /// What is bought.
        basket: Basket,
        /// The carrier's price.
        quote: Quote,
        /// The one that stood before, where that was another one: nothing was ordered at it.
        before: Option<Money>,
    },
    /// The order is on its way.
    Ordering {
        /// What was consented to.
        attempt: Attempt,
        /// Whether it was sent before: then a failure to send says nothing of the first time.
        again: bool,
    },
    /// The carrier ordered nothing: a new price needs a new consent.
    Refused {
        /// What was to be bought.
        basket: Basket,
        /// Why.
        why: Refusal,
        /// The price that was consented to.
        before: Money,
    },
    /// The order stands and is not paid.
    AwaitingPayment {
        /// What was consented to.
        attempt: Attempt,
        /// What is known of paying it.
        due: Due,
    },
    /// The subscriber says how to pay, in fields of the page around or in a wallet of the browser. Nothing was sent.
    Entering {
        /// What is paid.
        attempt: Attempt,
        /// The try that begins once that is said.
        this: PaymentTry,
    },
    /// A payment is being opened.
    Opening {
        /// What is paid.
        attempt: Attempt,
        /// Whether it was sent before: then a failure to send says nothing of the first time.
        again: bool,
    },
    /// The browser leaves for the payment page.
    Away {
        /// What is paid.
        attempt: Attempt,
    },
    /// What became of the order or the payment is not known yet: the carrier is asked.
    Confirming {
        /// What it is about.
        attempt: Attempt,
        /// What the carrier said so far.
        known: Known,
        /// How often it was asked.
        looks: u32,
    },
    /// The order was carried out.
    Delivered {
        /// What was bought.
        attempt: Attempt,
    },
    /// The order is over and was not, or not wholly, carried out.
    Ended {
        /// What was to be bought.
        attempt: Attempt,
        /// How it ended.
        end: End,
    },
    /// Another tab carries it out: nothing is sent from here.
    InAnotherTab {
        /// What was consented to.
        attempt: Attempt,
        /// How far the other tab is, as far as it is known.
        at: At,
    },
}

/// How far an attempt is that is being carried out, for the tabs that only look on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum At {
    /// The order is on its way.
    Ordering,
    /// It waits for the subscriber to pay.
    ToPay,
    /// It is being paid.
    Paying,
    /// The carrier is asked what became of it.
    #[default]
    Confirming,
}

impl At {
    /// All of them, in order.
    pub const ALL: [Self; 4] = [Self::Ordering, Self::ToPay, Self::Paying, Self::Confirming];
}

/// Why nothing was ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// The carrier's price is another one now.
    PriceChanged,
    /// The price held only for some time.
    CartExpired,
    /// The sign-in is over.
    SignedOut,
    /// No account is known that could pay.
    NoAccount,
    /// The carrier has too much to do, and did nothing with it.
    Busy,
    /// The network was away before anything was sent.
    NotSent,
    /// The carrier knows of another payment of this order, open or done.
    PaymentOpen,
    /// Another tab carries out a checkout of this line.
    AnotherTab,
    /// It was not paid, where order and payment are one.
    NotPaid(Denial),
    /// The carrier has another reason.
    Other,
}

/// How an order that stands can be paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// No payment was opened yet.
    Unpaid,
    /// The last payment ended without money.
    Denied(Denial),
    /// The carrier would not open a payment.
    NotOpened,
    /// The carrier knows of another payment of this order, open or done: of another tab or device.
    Elsewhere,
    /// A payment is open on this page. It is the only one that can be used; it may still bring money.
    Open {
        /// The address of the payment page.
        page: String,
        /// How often the carrier was asked since.
        looks: u32,
    },
}

/// What the carrier said of an attempt so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Where the order stands, if it was found.
    pub order: Option<OrderState>,
    /// Where the payment stands, if it was found.
    pub payment: Option<PaymentStatus>,
    /// Whether the carrier would not have what was sent again: then it is only looked for.
    pub unwanted: bool,
}

/// How an order ended that was not wholly carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// Called off: by the carrier after its time, or by the subscriber.
    Cancelled(Back),
    /// Not taken up.
    Rejected,
    /// The carrier could not carry it out.
    Failed,
    /// Carried out in part.
    Partial,
    /// The carrier asks another total than the one that was consented to: it is not paid.
    AnotherTotal(
        /// The one that it asks.
        Money,
    ),
    /// The carrier names another amount than the one that was consented to, and what was charged is not known.
    Unclear,
}

/// What became of the money for an order that was called off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Back {
    /// None was taken.
    NoneTaken,
    /// It is not known whether any was taken; if so, it goes back.
    Open,
    /// It was taken, and the carrier has not said yet that it went back.
    Owed,
    /// It was taken and went back.
    Refunded(Money),
}

#[cfg(test)]
mod tests;
