//! What is explored: which carrier, which tabs, and how much of each.

use crate::promise::Promise;

/// How many attempts can be at the carrier at once, at the most.
pub const ATTEMPTS: usize = 3;
/// How many tries at paying can be at the carrier at once, at the most.
pub const TRIES: usize = 3;

/// What the subscriber does with a second tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Second {
    /// There is none.
    None,
    /// An attempt of its own for the same basket: session storage is each tab's own.
    Own,
    /// A copy of the first tab with all that it kept, made at any time and as often as one likes.
    Copy,
}

/// How the money comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Money {
    /// On the carrier's payment page: nothing is taken before somebody went there.
    Hosted,
    /// By a saved method: the payment's POST itself may take it, or lead to the bank's page.
    Direct,
    /// It costs nothing.
    Free,
    /// Credit that is topped up without an order: the POST takes the money and has no key.
    TopUp,
}

/// One world to explore.
#[expect(clippy::struct_excessive_bools, reason = "each is a thing of its own that a world has or has not")]
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    /// What it is called in the figures.
    pub name: &'static str,
    /// How the money comes.
    pub money: Money,
    /// Whether a token is asked for before a payment is sent, by the page around or a wallet.
    pub asks: bool,
    /// Whether the carrier takes what has the same key only once.
    pub idempotent: bool,
    /// Whether the widget is told so: then it may send the same again.
    pub repeatable: bool,
    /// Whether the carrier refuses a second payment of an order while one is open or paid (409 `paymentOpen`).
    pub guarded: bool,
    /// The second tab.
    pub second: Second,
    /// Whether the browser has locks (Web Locks): then one tab at a time carries out what there is for the line.
    pub locks: bool,
    /// How many attempts can be at the carrier at once.
    pub attempts: usize,
    /// How many tries at paying can be at the carrier at once.
    pub tries: usize,
    /// How many looks of one tab can be under way at once; an older one is never answered then.
    pub looks: usize,
    /// Whether a look's two answers are of different moments and may be late; else both are of the moment of the answer.
    pub torn: bool,
    /// Whether the price may change.
    pub price_changes: bool,
    /// Whether the carrier may take an order, or open a payment, at another total than the consented one, against its
    /// promise.
    pub other_total: bool,
    /// Whether the carrier may fail to carry out an order, wholly or in part, or reject it.
    pub may_fail: bool,
    /// Whether the network may send a request or a reply twice.
    pub twice: bool,
    /// Promises that are known to be broken there, so that others can be looked for.
    pub known: &'static [Promise],
}

impl Scenario {
    /// One tab, the hosted page, a carrier that keeps to the profile, and all that can go wrong.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            money: Money::Hosted,
            asks: false,
            idempotent: true,
            repeatable: true,
            guarded: true,
            second: Second::None,
            locks: true,
            attempts: 1,
            tries: 2,
            looks: 2,
            torn: true,
            price_changes: true,
            other_total: false,
            may_fail: false,
            twice: true,
            known: &[],
        }
    }

    /// Whether a copy of a tab goes its own way, since nothing keeps the two apart.
    pub fn has_loose_copy(&self) -> bool {
        self.second == Second::Copy && !self.locks
    }

    /// Whether what is bought is a top-up.
    pub fn is_top_up(&self) -> bool {
        self.money == Money::TopUp
    }
}
