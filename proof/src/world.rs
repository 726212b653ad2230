//! A state of everything: the tabs, what is on its way, the carrier, and what was consented to.

use esim_renewal::domain::order::OrderState;
use esim_renewal::domain::payment::PaymentStatus;

use crate::carrier::{Carrier, Payment};
use crate::input::{LookFor, OrderSeen, PaymentSeen, Reply, Seen};
use crate::machine::Machine;
use crate::scenario::{ATTEMPTS, Scenario, TRIES};

/// What a POST is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Post {
    /// An attempt's order, at a price.
    Order(u8, u8),
    /// A payment: attempt, try.
    Payment(u8, u8),
}

/// A carrier's answer to a POST.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PostReply {
    /// Of an order.
    Order(Reply<OrderSeen>),
    /// Of a payment.
    Payment(Reply<PaymentSeen>),
}

/// A POST that a tab waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Call {
    /// What was sent.
    pub post: Post,
    /// Whether it surely left: then it cannot fail as one that never did.
    pub left: bool,
    /// The carrier's answer, once it reached the carrier.
    pub reply: Option<PostReply>,
}

/// A look that a tab waits for. Its two questions are answered at moments of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Look {
    /// What is asked.
    pub what: LookFor,
    /// The order, once that was answered.
    pub order: Option<Seen<OrderSeen>>,
    /// The payment, once that was answered.
    pub payment: Option<Seen<PaymentSeen>>,
}

/// A tab of the browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tab {
    /// The machine's stage.
    pub stage: u32,
    /// What session storage keeps: 0 for nothing.
    pub kept: u32,
    /// The attempt of which the screen says that it was refused.
    pub refused: Option<u8>,
    /// The POST that it waits for.
    pub call: Option<Call>,
    /// An answer that the network may bring a second time.
    pub echo: Option<(Post, PostReply)>,
    /// The looks that it waits for, the newest first.
    pub looks: [Option<Look>; 2],
}

/// A state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct World {
    /// The tabs.
    pub tabs: [Tab; 2],
    /// What the tab that carried an attempt out last shared with the others, by the attempt's key.
    pub shared: [u32; ATTEMPTS],
    /// The carrier.
    pub carrier: Carrier,
    /// The price that was consented to, by the attempt's key.
    pub consents: [Option<u8>; ATTEMPTS],
    /// Of which attempt a try is.
    pub aims: [Option<u8>; TRIES],
    /// Orders on their way for which nobody waits: how many, by key.
    pub stray_orders: [u8; ATTEMPTS],
    /// Payments on their way for which nobody waits: how many, by key.
    pub stray_payments: [u8; TRIES],
}

impl World {
    /// A POST goes on without anybody who waits for it.
    ///
    /// Where the carrier takes it only once, two on their way can do no more than one that is late: one is counted.
    pub fn stray(&mut self, post: Post, idempotent: bool) {
        let most = if idempotent { 1 } else { 2 };
        let count = match post {
            Post::Order(key, _) => &mut self.stray_orders[usize::from(key)],
            Post::Payment(_, key) => &mut self.stray_payments[usize::from(key)],
        };
        *count = (*count + 1).min(most);
    }

    /// Whether a POST for this try is on its way and can open a payment when it arrives.
    fn is_paying(&self, this: u8, idempotent: bool) -> bool {
        let waited = |tab: &Tab| {
            tab.call
                .is_some_and(|call| call.reply.is_none() && matches!(call.post, Post::Payment(_, key) if key == this))
        };
        let is_refused = self.carrier.refused_payments & (1 << this) != 0;
        let is_known = idempotent && self.carrier.payments[usize::from(this)].is_some();
        let is_on_its_way = self.stray_payments[usize::from(this)] > 0 || self.tabs.iter().any(waited);
        is_on_its_way && !is_refused && !is_known
    }

    /// Whether any try but this one, of the same attempt's order, may still bring money or has brought it.
    pub fn another_may_capture(&self, attempt: u8, but: Option<u8>, idempotent: bool) -> bool {
        (0_u8..).zip(&self.aims).any(|(this, aim)| {
            let may = || self.carrier.payments[usize::from(this)].is_some_and(|payment| payment.may_capture());
            *aim == Some(attempt) && but != Some(this) && (may() || self.is_paying(this, idempotent))
        })
    }

    /// Whether the carrier never had an order of this attempt, and none is on its way that it would take.
    pub fn is_nowhere(&self, attempt: u8) -> bool {
        let at = usize::from(attempt);
        let sent = |tab: &Tab| {
            tab.call
                .is_some_and(|call| call.reply.is_none() && matches!(call.post, Post::Order(key, _) if key == attempt))
        };
        let is_on_its_way = self.stray_orders[at] > 0 || self.tabs.iter().any(sent);
        self.carrier.orders[at].is_none() && (!is_on_its_way || self.carrier.refused_orders & (1 << attempt) != 0)
    }

    /// How often money was taken for an attempt and not given back.
    pub fn charges(&self, attempt: u8) -> u8 {
        self.carrier.payments.iter().flatten().filter(|one| one.attempt == attempt).map(Payment::charges).sum()
    }

    /// A key for an attempt that is in no use.
    pub fn free_attempt(&self, most: usize) -> Option<u8> {
        (0_u8..).zip(&self.consents).take(most).find(|(_, consent)| consent.is_none()).map(|(key, _)| key)
    }

    /// A key for a try that is in no use.
    pub fn free_try(&self, most: usize) -> Option<u8> {
        (0_u8..).zip(&self.aims).take(most).find(|(_, aim)| aim.is_none()).map(|(key, _)| key)
    }

    /// Gives free the keys that nobody knows any more and under which nothing can happen any more.
    pub fn tidy(&mut self, machine: &Machine, scenario: &Scenario) {
        self.drop_idle_strays(scenario);
        let (attempts, mut tries) = self.used(machine);
        for (key, shared) in self.shared.iter_mut().enumerate() {
            if attempts & (1 << key) == 0 {
                // Nobody asks for it any more.
                *shared = 0;
            }
            tries |= machine.kept(*shared).this.map_or(0, |this| 1 << this);
        }
        for (key, this) in (0_u8..).zip(0..TRIES) {
            let settled = self.carrier.payments[this].is_none_or(|payment| !payment.may_capture());
            if settled && tries & (1 << key) == 0 && self.stray_payments[this] == 0 {
                self.carrier.payments[this] = None;
                self.carrier.refused_payments &= !(1 << key);
                self.aims[this] = None;
            }
        }
        for (key, attempt) in (0_u8..).zip(0..ATTEMPTS) {
            let at_carrier =
                self.carrier.orders[attempt].is_some_and(|order| scenario.is_top_up() || !is_over(order.state));
            let open = (0_u8..).zip(&self.aims).any(|(this, aim)| {
                let may = || self.carrier.payments[usize::from(this)].is_none_or(may_change);
                *aim == Some(key) && (may() || tries & (1 << this) != 0 || self.stray_payments[usize::from(this)] > 0)
            });
            if !at_carrier && !open && attempts & (1 << key) == 0 && self.stray_orders[attempt] == 0 {
                self.forget(key);
            }
        }
    }

    /// What is on its way and would change nothing when it arrives is as good as lost.
    fn drop_idle_strays(&mut self, scenario: &Scenario) {
        let carrier = self.carrier;
        for (key, order) in carrier.orders.iter().enumerate() {
            let is_known = scenario.idempotent && !scenario.is_top_up() && order.is_some();
            if is_known || carrier.refused_orders & (1 << key) != 0 {
                self.stray_orders[key] = 0;
            }
        }
        for (key, payment) in carrier.payments.iter().enumerate() {
            let is_known = scenario.idempotent && payment.is_some();
            let order = self.aims[key].and_then(|attempt| carrier.orders[usize::from(attempt)]);
            let is_late = order.is_some_and(|order| order.state != OrderState::Pending);
            if is_known || is_late || carrier.refused_payments & (1 << key) != 0 {
                self.stray_payments[key] = 0;
            }
        }
    }

    fn forget(&mut self, key: u8) {
        self.carrier.orders[usize::from(key)] = None;
        self.carrier.refused_orders &= !(1 << key);
        self.consents[usize::from(key)] = None;
        for this in 0..TRIES {
            if self.aims[this] == Some(key) {
                (self.aims[this], self.carrier.payments[this]) = (None, None);
            }
        }
    }

    /// The keys that a tab, a kept text or something on its way still names: attempts and tries, as sets.
    fn used(&self, machine: &Machine) -> (u8, u8) {
        let (mut attempts, mut tries) = (0, 0);
        let mut use_both = |attempt: Option<u8>, this: Option<u8>| {
            attempts |= attempt.map_or(0, |key| 1 << key);
            tries |= this.map_or(0, |key| 1 << key);
        };
        for tab in &self.tabs {
            let (view, kept) = (machine.view(tab.stage), machine.kept(tab.kept));
            use_both(view.attempt, view.this);
            use_both(kept.attempt, kept.this);
            use_both(tab.refused, None);
            for post in tab.call.iter().map(|call| call.post).chain(tab.echo.map(|(post, _)| post)) {
                match post {
                    Post::Order(attempt, _) => use_both(Some(attempt), None),
                    Post::Payment(attempt, this) => use_both(Some(attempt), Some(this)),
                }
            }
            for look in tab.looks.iter().flatten() {
                use_both(Some(look.what.attempt), look.what.this);
            }
        }
        (attempts, tries)
    }
}

fn is_over(state: OrderState) -> bool {
    use OrderState::{Cancelled, Completed, Failed, Partial, Rejected};
    matches!(state, Cancelled | Completed | Failed | Partial | Rejected)
}

/// Whether money may still come of a payment, or go back.
const fn may_change(payment: Payment) -> bool {
    match payment.status {
        PaymentStatus::Open => payment.visited,
        PaymentStatus::Authorized => true,
        PaymentStatus::Paid | PaymentStatus::Ended(_) => payment.owed && !payment.refunded,
    }
}
