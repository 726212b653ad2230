//! The machine's events and effects, small enough to be part of a state: names are numbers, prices are old or new.

use esim_renewal::app::checkout::Refusal;
use esim_renewal::domain::order::OrderState;
use esim_renewal::domain::payment::PaymentStatus;

/// An order as an answer tells of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OrderSeen {
    /// The attempt that it came from.
    pub attempt: u8,
    /// Where it stands.
    pub state: OrderState,
    /// What the carrier asks for it.
    pub price: u8,
}

/// A payment as an answer tells of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PaymentSeen {
    /// The try that it came from.
    pub this: u8,
    /// Where it stands.
    pub status: PaymentStatus,
    /// Its amount.
    pub price: u8,
    /// Whether it has a page.
    pub page: bool,
    /// Whether it went back.
    pub refunded: bool,
}

/// An answer to a POST.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reply<T> {
    /// Done.
    Yes(T),
    /// Not done.
    No(Refusal),
    /// No readable answer.
    Unknown,
}

/// An answer to a look-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Seen<T> {
    /// It is there.
    Yes(T),
    /// It is not there.
    No,
    /// No answer.
    Unanswered,
}

/// What whoever is asked for a token answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Entry {
    /// A token.
    Token,
    /// The payer goes on on another page: the carrier knows of that payment.
    Page,
    /// Certainly no money.
    Declined,
    /// It could not be asked for.
    Nothing,
    /// It is not known, and no money was taken.
    Unknown,
    /// It is not known, and the carrier has the payment.
    Taken,
}

impl Entry {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Token, Self::Page, Self::Declined, Self::Nothing, Self::Unknown, Self::Taken];
}

/// What happens to the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Input {
    /// `Chosen`, of the one basket that there is.
    Choose,
    /// `Asked`.
    Ask,
    /// `Priced`, with the top-ups that there are already as a set.
    Price(u8, u8),
    /// `Edited`.
    Edit,
    /// `Consented`, with a key.
    Consent(u8),
    /// `OrderAnswered`, for a key.
    Ordered(u8, Reply<OrderSeen>),
    /// `Pay`, with a key.
    Pay(u8),
    /// `Entered`, for a key.
    Entered(u8, Entry),
    /// `PaymentAnswered`, for a key.
    Opened(u8, Reply<PaymentSeen>),
    /// `Looked`: the attempt, the look's number, and what was found.
    Looked(u8, u8, Seen<OrderSeen>, Seen<PaymentSeen>),
    /// `LookAgain`.
    Check,
    /// `Resumed`, from a kept text.
    Resume(u32),
    /// `AnotherTab`, with what the other tab keeps.
    LookOn(u32),
    /// `Closed`.
    Close,
}

/// What the machine wants done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Work {
    /// Keep a text.
    Keep(u32),
    /// Forget it.
    Forget,
    /// Send an attempt's order, at a price.
    Order(u8, u8),
    /// Make a key and pay.
    BeginPayment,
    /// Ask for a token: attempt, try.
    Enter(u8, u8),
    /// Open a payment: attempt, try, price.
    Payment(u8, u8, u8),
    /// Go to the page of a try.
    Leave(u8),
    /// Look.
    Look(LookFor),
    /// Tell the page that an attempt's order was carried out.
    Completed(u8),
}

/// What a look asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LookFor {
    /// Its number.
    pub number: u8,
    /// The attempt.
    pub attempt: u8,
    /// The order's number, once it is known.
    pub order: Option<u8>,
    /// The last try.
    pub this: Option<u8>,
    /// The top-ups that are not it.
    pub before: u8,
}
