//! The carrier, as far as `docs/carrier-profile.md` promises it.

use esim_renewal::app::checkout::Refusal;
use esim_renewal::domain::order::OrderState;
use esim_renewal::domain::payment::{Denial, PaymentStatus};

use crate::input::{OrderSeen, PaymentSeen, Reply, Seen};
use crate::scenario::{ATTEMPTS, Money, Scenario, TRIES};

/// An order at the carrier, or a top-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Order {
    /// Where it stands.
    pub state: OrderState,
    /// What the carrier asks for it.
    pub price: u8,
    /// How many of it there are under one key.
    pub copies: u8,
}

/// A payment at the carrier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Payment {
    /// Of which attempt's order.
    pub attempt: u8,
    /// Where it stands.
    pub status: PaymentStatus,
    /// What is paid.
    pub price: u8,
    /// Whether somebody went to its page: before that it takes no money.
    pub visited: bool,
    /// Whether the money came when the order was no longer there: it goes back.
    pub owed: bool,
    /// Whether it went back.
    pub refunded: bool,
    /// How many of it there are under one key.
    pub copies: u8,
}

impl Payment {
    /// Whether it may still take money, or has it.
    pub const fn may_capture(&self) -> bool {
        !matches!(self.status, PaymentStatus::Ended(_)) && !self.refunded
    }

    /// How often money was taken and not given back.
    pub fn charges(&self) -> u8 {
        if self.status == PaymentStatus::Paid && !self.refunded { self.copies } else { 0 }
    }
}

/// What the carrier decides about what reaches it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It keeps to its rules, and what is paid at once is paid.
    Take,
    /// It refuses it for a reason of its own.
    Refuse,
    /// It takes the order, or opens the payment, at its own total, against its promise.
    TakeAtItsPrice,
    /// It waits for the bank, or needs time.
    TakeLater,
    /// The bank said no.
    Decline,
    /// The bank asks the payer on a page.
    AskPayer,
}

/// All that the carrier knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Carrier {
    /// Whether the price is the new one.
    pub price: u8,
    /// The orders, by the attempt's key.
    pub orders: [Option<Order>; ATTEMPTS],
    /// The payments, by the try's key.
    pub payments: [Option<Payment>; TRIES],
    /// Keys whose order was refused: it stays refused.
    pub refused_orders: u8,
    /// Keys whose payment was refused: it stays refused.
    pub refused_payments: u8,
}

const DENIED: PaymentStatus = PaymentStatus::Ended(Denial::CardDeclined);

impl Carrier {
    /// An order reaches the carrier.
    pub fn take_order(&mut self, scenario: &Scenario, key: u8, price: u8, verdict: Verdict) -> Reply<OrderSeen> {
        let at = usize::from(key);
        if scenario.is_top_up() {
            return self.take_top_up(key, verdict);
        }
        if let (Some(_), true) = (self.orders[at], scenario.idempotent) {
            return self.order_reply(key);
        }
        let refused = 1 << key;
        if self.refused_orders & refused != 0 {
            return Reply::No(Refusal::Other);
        }
        let why = match verdict {
            Verdict::Refuse => Some(Refusal::Other),
            _ if price != self.price && verdict != Verdict::TakeAtItsPrice => Some(Refusal::PriceChanged),
            _ => None,
        };
        if let Some(why) = why {
            self.refused_orders |= refused;
            return Reply::No(why);
        }
        let state = if scenario.money == Money::Free { OrderState::InProgress } else { OrderState::Pending };
        self.add_order(key, Order { state, price: self.price, copies: 1 });
        self.order_reply(key)
    }

    fn take_top_up(&mut self, key: u8, verdict: Verdict) -> Reply<OrderSeen> {
        let state = match verdict {
            Verdict::Refuse => return Reply::No(Refusal::Other),
            Verdict::Decline => OrderState::Rejected,
            Verdict::TakeLater => OrderState::Held,
            Verdict::Take | Verdict::TakeAtItsPrice | Verdict::AskPayer => OrderState::Completed,
        };
        self.add_order(key, Order { state, price: 0, copies: 1 });
        if state == OrderState::Rejected {
            return Reply::No(Refusal::NotPaid(Denial::CardDeclined));
        }
        self.order_reply(key)
    }

    /// A carrier that does not know keys makes another one.
    fn add_order(&mut self, key: u8, order: Order) {
        match &mut self.orders[usize::from(key)] {
            Some(known) => known.copies += 1,
            empty => *empty = Some(order),
        }
    }

    fn order_reply(&self, key: u8) -> Reply<OrderSeen> {
        match self.see_order(key) {
            Seen::Yes(seen) => Reply::Yes(seen),
            Seen::No | Seen::Unanswered => Reply::Unknown,
        }
    }

    /// A payment reaches the carrier.
    pub fn take_payment(&mut self, scenario: &Scenario, key: u8, attempt: u8, verdict: Verdict) -> Reply<PaymentSeen> {
        let at = usize::from(key);
        if let (Some(known), true) = (self.payments[at], scenario.idempotent) {
            return Reply::Yes(seen(key, known));
        }
        if scenario.guarded && self.payments.iter().flatten().any(|one| one.attempt == attempt && one.may_capture()) {
            return Reply::No(Refusal::PaymentOpen);
        }
        let order = self.orders[usize::from(attempt)].filter(|order| order.state == OrderState::Pending);
        let refused = 1 << key;
        let Some(order) = order.filter(|_| verdict != Verdict::Refuse && self.refused_payments & refused == 0) else {
            self.refused_payments |= refused;
            return Reply::No(Refusal::Other);
        };
        if let Some(known) = &mut self.payments[at] {
            known.copies += 1;
            return Reply::Yes(seen(key, *known));
        }
        let status = match (scenario.money, verdict) {
            (Money::Direct, Verdict::Decline) => DENIED,
            (Money::Direct, Verdict::TakeLater) => PaymentStatus::Authorized,
            _ => PaymentStatus::Open,
        };
        self.payments[at] = Some(Payment {
            attempt,
            status,
            price: if verdict == Verdict::TakeAtItsPrice { 1 } else { order.price },
            visited: status == PaymentStatus::Authorized,
            owed: false,
            refunded: false,
            copies: 1,
        });
        if scenario.money == Money::Direct && verdict == Verdict::Take {
            self.capture(key);
        }
        self.payments[at].map_or(Reply::Unknown, |payment| Reply::Yes(seen(key, payment)))
    }

    /// The money comes: it pays the order, or is owed where there is none to pay any more.
    pub fn capture(&mut self, key: u8) {
        let Some(payment) = &mut self.payments[usize::from(key)] else { return };
        payment.status = PaymentStatus::Paid;
        match &mut self.orders[usize::from(payment.attempt)] {
            Some(order) if order.state == OrderState::Pending => order.state = OrderState::InProgress,
            Some(order) if matches!(order.state, OrderState::Cancelled | OrderState::Rejected) => payment.owed = true,
            // A second payment of what is paid already: no promise says that it goes back.
            _ => {}
        }
    }

    /// What a question for an order is answered.
    pub fn see_order(&self, attempt: u8) -> Seen<OrderSeen> {
        self.orders[usize::from(attempt)]
            .map_or(Seen::No, |order| Seen::Yes(OrderSeen { attempt, state: order.state, price: order.price }))
    }

    /// What a question for a payment is answered.
    pub fn see_payment(&self, key: u8) -> Seen<PaymentSeen> {
        self.payments[usize::from(key)].map_or(Seen::No, |payment| Seen::Yes(seen(key, payment)))
    }

    /// The top-up that the runner takes for an attempt's: by its number, or the likeliest that was not there before.
    pub fn see_top_up(&self, known: Option<u8>, before: u8) -> Seen<OrderSeen> {
        let is_it = |key: &u8| known.map_or(before & (1 << key) == 0, |known| known == *key);
        let keys = (0_u8..).take(ATTEMPTS).filter(is_it).filter(|key| self.orders[usize::from(*key)].is_some());
        let rank = |key: &u8| match self.orders[usize::from(*key)].map(|order| order.state) {
            Some(OrderState::Completed) => 0,
            Some(OrderState::Held) => 1,
            _ => 2,
        };
        keys.min_by_key(rank).map_or(Seen::No, |key| self.see_order(key))
    }

    /// The top-ups that there are, as a set.
    pub fn top_ups(&self) -> u8 {
        (0_u8..).zip(&self.orders).filter(|(_, order)| order.is_some()).fold(0, |set, (key, _)| set | (1 << key))
    }
}

fn seen(this: u8, payment: Payment) -> PaymentSeen {
    let Payment { status, price, .. } = payment;
    // What the bank took without asking has no page.
    PaymentSeen { this, status, price, page: status == PaymentStatus::Open, refunded: payment.refunded }
}
