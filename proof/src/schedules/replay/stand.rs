//! The model and the sandbox side by side.

use std::rc::Rc;

use esim_renewal::app::checkout::{End, Event, Stage};
use esim_renewal::carrier::CarrierError;
use esim_renewal::domain::id::AttemptKey;
use esim_renewal::domain::order::OrderState;
use esim_renewal::domain::payment::PaymentStatus;
use futures::executor::LocalPool;

use super::script::Script;
use crate::action::{Action, Fate, Glance, Tap};
use crate::machine::{Step, look_kind};
use crate::model::Model;
use crate::scenario::{ATTEMPTS, Money, Scenario, Second, TRIES};
use crate::schedules::book::Book;
use crate::schedules::page::Page;
use crate::schedules::plan::{OFFERS, Plan, Tabs};
use crate::schedules::rng::Rng;
use crate::schedules::run::start;
use crate::schedules::shop::Shop;
use crate::schedules::trace::Trace;
use crate::schedules::world::Shared;
use crate::view::{Screen, View};
use crate::world::World;

const BINDING: [&str; 3] = ["order", "payment", "topup"];

/// Whether two screens are the same; of what was given back the two know at moments of their own.
fn alike(one: Screen, other: Screen) -> bool {
    match (one, other) {
        (Screen::Ended(End::Cancelled(one)), Screen::Ended(End::Cancelled(other))) => {
            std::mem::discriminant(&one) == std::mem::discriminant(&other)
        }
        (one, other) => one == other,
    }
}

/// Both, at the same point of a way.
pub struct Stand {
    pub(super) world: Shared,
    pool: LocalPool,
    model: Model,
    pub(super) state: World,
    /// The keys that stand for the model's numbers.
    attempts: [String; ATTEMPTS],
    pub(super) tries: [String; TRIES],
    made: u32,
}

impl Stand {
    /// At the start.
    pub fn new(shop: &Rc<Shop>, step: Step, scenario: Scenario) -> Result<Self, String> {
        shop.rewind(1)?;
        let name = if scenario.money == Money::Free { "something free" } else { "data by the payment page" };
        let offer = OFFERS.into_iter().find(|offer| offer.name == name).ok_or("no such offer")?;
        let plan = Plan {
            offer,
            repeatable: scenario.repeatable,
            tabs: match scenario.second {
                Second::None => Tabs::One,
                Second::Own => Tabs::Own,
                Second::Copy => Tabs::Copy,
            },
            faults: 0,
            acts: 0,
            by_quote: false,
            qualified: false,
            wants: false,
        };
        let pool = LocalPool::new();
        let script = Some(Script::default());
        let world = start(shop, step, &pool, plan, Rng::new(1), Trace::new(false), script)?;
        let model = Model::new(Stage::step, scenario);
        let (attempts, tries) = (Default::default(), Default::default());
        Ok(Self { world, pool, model, state: World::default(), attempts, tries, made: 0 })
    }

    /// A name that was never used and ends in a number of the model.
    fn name(&mut self, kind: &str, number: u8) -> String {
        self.made += 1;
        format!("{kind}-{}-{number}", self.made)
    }

    pub(super) fn script(&self, what: impl FnOnce(&Script)) {
        if let Some(script) = &self.world.script {
            what(script);
        }
    }

    fn newest(&self, at: usize, names: &[&str]) -> Option<usize> {
        self.world.script.as_ref()?.newest(&self.world, at, names)
    }

    fn arrive(&self, number: Option<usize>) {
        self.script(|script| number.iter().for_each(|number| script.arrive(&self.world, *number)));
    }

    /// The page is answered, and does what follows from it.
    fn answer(&mut self, number: Option<usize>, failure: Option<&CarrierError>) {
        self.script(|script| number.iter().for_each(|number| script.answer(*number, failure.cloned())));
        self.pool.run_until_stalled();
    }

    /// Both do the same.
    pub fn act(&mut self, action: Action) {
        let before = self.state;
        let key = before.free_try(self.model.scenario.tries).map(|number| (number, self.name("try", number)));
        self.script(|script| script.set_try_key(key.as_ref().map(|(_, name)| name.clone())));
        self.state = self.model.apply(&before, action).world;
        match action {
            Action::Tap(at, tap) => self.tap(usize::from(at), tap, &before),
            Action::Price(at) => {
                let number = self.newest(usize::from(at), &["cart"]);
                self.arrive(number);
                self.answer(number, None);
            }
            Action::Call(at, fate) => self.call(usize::from(at), fate),
            Action::StrayOrder(key, verdict) => {
                let name = self.attempts[usize::from(key)].clone();
                self.stray(&name, verdict.is_some());
            }
            Action::StrayPayment(key, verdict) => {
                let name = self.tries[usize::from(key)].clone();
                self.stray(&name, verdict.is_some());
            }
            Action::Look(at, _, glance) => self.look(usize::from(at), glance, &before),
            Action::Later(at) => self.later(usize::from(at)),
            Action::Carrier(deed) => self.deed(deed, &before),
            // No way that is replayed has these.
            Action::Echo(_) | Action::Enter(..) => {}
        }
        self.pool.run_until_stalled();
        if let Some((number, name)) = key
            && before.aims[usize::from(number)].is_none()
            && self.state.aims[usize::from(number)].is_some()
        {
            self.tries[usize::from(number)] = name;
        }
    }

    fn tap(&mut self, at: usize, tap: Tap, before: &World) {
        let world = self.world.clone();
        let page = Page::of(&world, at);
        match tap {
            Tap::Choose => {
                if let Some(basket) = world.plan.offer.basket(&world.account) {
                    page.tell(Event::Chosen(basket));
                }
            }
            Tap::Ask => page.tell(Event::Asked),
            Tap::Edit => page.tell(Event::Edited),
            Tap::Check => page.tell(Event::LookAgain),
            Tap::Close => page.tell(Event::Closed),
            Tap::Again if world.screen(at) != Screen::Ordering => page.pay(None),
            Tap::Consent | Tap::Again => {
                if let Some(number) = before.free_attempt(self.model.scenario.attempts) {
                    let name = self.name("attempt", number);
                    page.consent(AttemptKey::new(&name));
                    self.attempts[usize::from(number)] = name;
                }
            }
            Tap::Pay => page.pay(None),
            Tap::Reload => Page::load(&world, at),
            Tap::Kill => {
                Page::leave(&world, at);
            }
            Tap::Copy => Page::copy(&world, at),
            // Nobody looks on where there are no locks.
            Tap::GoOn => {}
        }
    }

    fn call(&mut self, at: usize, fate: Fate) {
        let number = self.newest(at, &BINDING);
        match fate {
            Fate::Arrive(_) => self.arrive(number),
            Fate::Twice => self.script(|script| number.iter().for_each(|number| script.twice(*number))),
            Fate::Answered | Fate::AnsweredTwice => self.answer(number, None),
            Fate::Lost | Fate::NotSent => {
                self.script(|script| number.iter().for_each(|number| script.lose(*number)));
                self.answer(number, Some(&CarrierError::NoReply));
            }
            Fate::ReplyLost => self.answer(number, Some(&CarrierError::NoReply)),
            Fate::TimedOut => self.answer(number, Some(&CarrierError::TimedOut)),
        }
    }

    fn stray(&self, name: &str, arrives: bool) {
        self.script(|script| {
            if let Some(number) = script.stray(&self.world, name) {
                if arrives {
                    script.arrive(&self.world, number);
                } else {
                    script.lose(number);
                }
            }
        });
    }

    fn look(&mut self, at: usize, glance: Glance, before: &World) {
        let has_try = before.tabs[at].looks[0].is_some_and(|look| look.what.this.is_some());
        let (order, payment) = (self.newest(at, &["orders"]), self.newest(at, &["payments"]));
        // Whoever else pays an order that has no try yet, the model does not ask for: that stays without an answer.
        let read = payment.filter(|_| has_try);
        match glance {
            Glance::ReadOrder => self.arrive(order),
            Glance::ReadPayment => self.arrive(read),
            // It stays without an answer: `Arrive` tells the page.
            Glance::NoOrder | Glance::NoPayment => {}
            Glance::Arrive | Glance::ArriveWithoutRefund | Glance::Now | Glance::NowWithoutPayment => {
                if matches!(glance, Glance::Now | Glance::NowWithoutPayment) {
                    self.arrive(order);
                }
                if glance == Glance::Now {
                    self.arrive(read);
                }
                self.answer(order, None);
                self.answer(payment, None);
                let refunds = self.newest(at, &["refunds"]);
                // The sandbox gives back at once what the model's carrier gives back later.
                let is_back = before.carrier.payments.iter().flatten().any(|one| one.refunded);
                if glance != Glance::ArriveWithoutRefund && is_back {
                    self.arrive(refunds);
                }
                self.answer(refunds, None);
            }
        }
    }

    /// Looks that are not answered, until the machine treats them otherwise.
    fn later(&mut self, at: usize) {
        let wanted = self.model.machine.view(self.state.tabs[at].stage).looks;
        for _ in 0..u8::MAX {
            if self.world.looks(at) >= wanted {
                return;
            }
            let (order, payment) = (self.newest(at, &["orders"]), self.newest(at, &["payments"]));
            self.answer(order, None);
            self.answer(payment, None);
        }
    }

    pub(super) fn book(&self) -> Book {
        Book::read(&self.world.shop.ledger(self.world.account.msisdn), &self.world.account.past)
    }

    /// What the sandbox, or the machine that it was told to, says otherwise than the model.
    pub fn difference(&self) -> Option<String> {
        for (tab, wanted) in self.world.tabs.iter().zip(&self.state.tabs) {
            let (real, model) = (View::of(&tab.borrow().stage), self.model.machine.view(wanted.stage));
            let of = |view: View| (view.attempt, view.this, look_kind(view.looks.into()));
            if !alike(real.screen, model.screen) || of(real) != of(model) {
                return Some(format!("the machine is at {real:?} and not at {model:?}"));
            }
        }
        let is_closed = self.world.tabs.iter().all(|tab| matches!(tab.borrow().stage, Stage::Closed));
        let book = self.book();
        let state = |name: &str| {
            let order = book.orders.iter().find(|order| order.key == name);
            order.map(|order| OrderState::from_word(&order.state))
        };
        for (number, order) in self.state.carrier.orders.iter().enumerate() {
            let (found, wanted) = (state(&self.attempts[number]), order.map(|order| order.state));
            // What is over and done with the model forgets.
            let is_forgotten = wanted.is_none() && (is_closed || self.state.consents[number].is_none());
            if found != wanted && !is_forgotten {
                return Some(format!("the order is {found:?} and not {wanted:?}"));
            }
        }
        let status = |name: &str| {
            let payment = book.payments.iter().find(|payment| payment.key == name);
            payment.map(|payment| PaymentStatus::from_words(&payment.status, None))
        };
        let same =
            |one: PaymentStatus, other: PaymentStatus| std::mem::discriminant(&one) == std::mem::discriminant(&other);
        for (number, payment) in self.state.carrier.payments.iter().enumerate() {
            let found = status(&self.tries[number]);
            let is_same = match (found, payment.map(|payment| payment.status)) {
                (Some(one), Some(other)) => same(one, other),
                (None, None) => true,
                (Some(_), None) => self.state.aims[number].is_none(),
                (None, Some(_)) => false,
            };
            if !is_same {
                return Some(format!("the payment is {found:?} and not {payment:?}"));
            }
        }
        None
    }
}
