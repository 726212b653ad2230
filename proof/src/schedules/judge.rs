//! What is asked of every schedule, by the carrier's ledger. The promises are those of the model (`promise.rs`).

use std::rc::Rc;

use esim_renewal::app::checkout::saved::Saved;
use esim_renewal::app::checkout::{Attempt, Back, End, Stage};
use esim_renewal::domain::id::{AttemptKey, OrderId, TryKey};
use esim_renewal::domain::money::Money;

use super::book::Book;
use super::plan::Tabs;
use super::world::World;
use crate::view::Screen;

/// A promise that was broken.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Which.
    pub what: &'static str,
    /// How.
    pub how: String,
    /// The known limit that it is, by its name.
    pub limit: Option<&'static str>,
}

/// What is known of the consents of a schedule.
#[derive(Default)]
pub struct Judge {
    consents: Vec<(AttemptKey, Money)>,
    tries: Vec<(AttemptKey, TryKey)>,
    /// The last look into the ledger: after how many calls that may change it, when, and what it said.
    book: Option<(u64, i64, Rc<Book>)>,
    /// What was found.
    pub findings: Vec<Finding>,
    /// Whether a tab was copied.
    pub was_copied: bool,
    /// Whether the network brought a top-up twice.
    pub top_up_twice: bool,
}

impl Judge {
    /// The subscriber consented to a total, on the screen that shows it.
    pub fn consent(&mut self, key: AttemptKey, total: Money) {
        self.consents.push((key, total));
    }
}

/// The attempt that a stage is about.
pub fn attempt_of(stage: &Stage) -> Option<&Attempt> {
    match stage {
        Stage::Ordering { attempt, .. }
        | Stage::AwaitingPayment { attempt, .. }
        | Stage::Opening { attempt, .. }
        | Stage::Away { attempt }
        | Stage::Confirming { attempt, .. }
        | Stage::Delivered { attempt }
        | Stage::Ended { attempt, .. } => Some(attempt),
        _ => None,
    }
}

/// Whether a screen says something of the carrier that is to be so.
const fn says_something(screen: Screen) -> bool {
    matches!(
        screen,
        Screen::Refused | Screen::Delivered | Screen::Denied | Screen::NotOpened | Screen::Unpaid | Screen::Ended(_)
    )
}

impl World {
    fn found(&self, what: &'static str, how: String) {
        let limit = self.limit(what);
        let mut judge = self.judge.borrow_mut();
        if !judge.findings.iter().any(|known| known.what == what) {
            judge.findings.push(Finding { what, how, limit });
        }
    }

    /// The known limits (`docs/reliability.md`).
    fn limit(&self, what: &'static str) -> Option<&'static str> {
        let judge = self.judge.borrow();
        let is_copied = judge.was_copied;
        match what {
            "NothingOrdered" if is_copied => Some("a copied tab says that nothing was ordered"),
            "NothingCharged" | "NothingTaken" if is_copied => Some("a copied tab says that nothing was charged"),
            "PayOffer" | "OneTry" if is_copied => Some("a copied tab offers to pay: the carrier's 409 is met"),
            "ChargedOnce" if judge.top_up_twice => Some("a top-up that the network itself brings twice"),
            _ => None,
        }
    }

    /// The ledger as it is now. It is asked for again where anything can have changed.
    fn book(&self) -> Rc<Book> {
        let (binding, now) = (self.shop.binding.get(), self.time.now());
        if let Some((before, at, book)) = &self.judge.borrow().book
            && *before == binding
            && (*at == now || book.is_at_rest())
        {
            return book.clone();
        }
        let book = Rc::new(Book::read(&self.shop.ledger(self.account.msisdn), &self.account.past));
        self.judge.borrow_mut().book = Some((binding, now, book.clone()));
        book
    }

    /// Whether what a tab's screen says is so.
    pub fn look_at(&self, at: usize) {
        if says_something(self.screen(at)) {
            self.compare(at, &self.book());
        }
    }

    /// Whether the page around is told only of what was carried out: of the very order that the screen tells of, which is
    /// compared, or of one that the carrier says so of.
    pub fn is_completed(&self, at: usize, order: &OrderId) {
        let is_told = self.screen(at) == Screen::Delivered
            && attempt_of(&self.tabs[at].borrow().stage).is_some_and(|attempt| attempt.order.as_ref() == Some(order));
        let is_done = |book: &Book| book.orders.iter().any(|one| one.id == order.as_str() && one.state == "completed");
        if !is_told && !is_done(&self.book()) {
            self.found("Delivered", format!("the page around is told of {order:?}"));
        }
    }

    /// Whether what all screens say is still so.
    pub fn look_around(&self) {
        for at in 0..self.tabs.len() {
            // A copy's screen is of the moment when it was drawn: what the other one does later is not on it.
            if self.plan.tabs != Tabs::Copy {
                self.look_at(at);
            }
        }
    }

    fn compare(&self, at: usize, book: &Book) {
        let screen = self.screen(at);
        let tab = self.tabs[at].borrow();
        let refused = tab.refused.as_ref().filter(|_| screen == Screen::Refused);
        let Some(key) = refused.or_else(|| attempt_of(&tab.stage).map(|attempt| &attempt.key)) else { return };
        let key = key.as_str();
        let (is_top_up, kept) = (self.plan.offer.is_top_up(), book.kept(key).count());
        match screen {
            Screen::Refused if book.under(key).any(|order| order.state != "rejected") || kept > 0 => {
                self.found("NothingOrdered", format!("{book:?}"));
            }
            Screen::Delivered => {
                let is_free = attempt_of(&tab.stage).is_some_and(|attempt| attempt.total().is_zero());
                let is_done = is_top_up || book.under(key).any(|order| order.state == "completed");
                if !is_done || (kept == 0) != is_free {
                    self.found("Delivered", format!("{book:?}"));
                }
            }
            Screen::Denied | Screen::NotOpened if kept > 0 => self.found("NothingCharged", format!("{book:?}")),
            Screen::Ended(End::Cancelled(Back::NoneTaken) | End::AnotherTotal(_)) if kept > 0 => {
                self.found("NothingTaken", format!("{book:?}"));
            }
            Screen::Ended(End::Rejected) if is_top_up && kept > 0 => {
                self.found("NothingTaken", format!("{book:?}"));
            }
            Screen::Ended(End::Cancelled(Back::Refunded(amount))) => {
                let is_back = |id: &str| book.refunds.iter().any(|(of, back)| of == id && *back == Some(amount));
                if !book.paying(key).any(|payment| is_back(&payment.id)) {
                    self.found("Refunded", format!("{book:?}"));
                }
            }
            _ => {}
        }
        if matches!(screen, Screen::Unpaid | Screen::Denied | Screen::NotOpened)
            && book.paying(key).any(super::book::Payment::is_live)
        {
            self.found("PayOffer", format!("{screen:?} {book:?}"));
        }
    }

    /// Whether what is sent was kept before.
    pub fn is_kept(&self, at: usize, attempt: &Attempt, this: Option<&TryKey>) {
        let tab = self.tabs[at].borrow();
        let saved = tab.kept.as_deref().and_then(Saved::from_text);
        let is_kept = match &saved {
            Some(Saved::Attempt(kept)) => kept.key == attempt.key && this.is_none_or(|key| kept.try_key() == Some(key)),
            _ => false,
        };
        if !is_kept {
            self.found("KeptFirst", format!("{:?} {this:?}", attempt.key));
        }
    }

    /// Whether no other payment of the order may bring money when one is sent.
    pub fn is_only_try(&self, attempt: &Attempt, this: &TryKey) {
        let is_first = {
            let mut judge = self.judge.borrow_mut();
            let is_first = !judge.tries.iter().any(|(of, key)| *of == attempt.key && key != this);
            judge.tries.push((attempt.key.clone(), this.clone()));
            is_first
        };
        if !is_first {
            let book = self.book();
            let mut others = book.paying(attempt.key.as_str()).filter(|one| one.key != this.as_str());
            if others.any(super::book::Payment::is_live) {
                self.found("OneTry", format!("{book:?}"));
            }
        }
    }

    /// Whether the carrier has nothing of an attempt, and nothing of it is on its way.
    pub fn is_nowhere(&self, at: usize) -> bool {
        let tab = self.tabs[at].borrow();
        let key = attempt_of(&tab.stage).map(|attempt| attempt.key.clone());
        self.on_their_way.get() == 0 && key.is_some_and(|key| !self.book().knows(key.as_str()))
    }

    /// What is asked when all is over.
    pub fn close(&self) {
        let book = self.book();
        let consents = self.judge.borrow().consents.clone();
        let total_of = |key: &str| consents.iter().find(|(of, _)| of.as_str() == key).map(|(_, total)| *total);
        for (key, total) in &consents {
            let key = key.as_str();
            if book.under(key).count() > 1 {
                self.found("OneOrder", format!("{book:?}"));
            }
            let kept = book.kept(key).collect::<Vec<_>>();
            if kept.len() > 1 {
                self.found("ChargedOnce", format!("{book:?}"));
            }
            let is_other = |amount: &Option<Money>| *amount != Some(*total);
            if kept.iter().any(is_other) || book.under(key).any(|order| is_other(&order.total)) {
                self.found("OwnTotal", format!("{total:?} {book:?}"));
            }
        }
        let keys = book.orders.iter().map(|order| &order.key).chain(book.top_ups.iter().map(|one| &one.0));
        for key in keys.filter(|key| total_of(key).is_none()) {
            self.found("OnlyConsented", format!("{key} {book:?}"));
        }
        for charge in book.charges.iter().filter(|charge| !charge.refunded) {
            let is_paid = |order: &super::book::Order| matches!(order.state.as_str(), "inProgress" | "completed");
            if !book.orders.iter().any(|order| order.id == charge.order && is_paid(order)) {
                self.found("Carrier", format!("what is charged is carried out or goes back: {book:?}"));
            }
        }
        for at in 0..self.tabs.len() {
            if self.plan.tabs != Tabs::Copy && says_something(self.screen(at)) {
                self.compare(at, &book);
            }
        }
    }

    /// A schedule that came to no end.
    pub fn stuck(&self) {
        self.found("Stuck", format!("{:?} {:?}", self.screen(0), self.screen(1)));
    }
}
