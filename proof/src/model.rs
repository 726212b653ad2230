//! What each action does to a state. The tabs do with the machine's effects what `app/runner.rs` does with them.

use esim_renewal::domain::order::OrderState;
use esim_renewal::domain::payment::{Denial, PaymentStatus};

use crate::action::{Action, Deed, Tap};
use crate::carrier::Verdict;
use crate::input::{Entry, Input, Reply, Seen, Work};
use crate::machine::{Machine, Step};
use crate::promise::Promise;
use crate::scenario::Scenario;
use crate::view::Screen;
use crate::world::{Call, Look, Post, World};

/// The machine among all that can happen to it.
pub struct Model {
    /// What is explored.
    pub scenario: Scenario,
    /// The machine.
    pub machine: Machine,
}

/// What came of an action.
pub struct Outcome {
    /// The next state.
    pub world: World,
    /// The tab whose screen it drew.
    pub drawn: Option<u8>,
    /// A promise that what was sent breaks.
    pub broken: Option<Promise>,
}

impl Model {
    /// A model of the machine, or of one that was broken on purpose.
    pub fn new(step: Step, scenario: Scenario) -> Self {
        Self { scenario, machine: Machine::new(step, scenario) }
    }

    /// What an action leads to.
    pub fn apply(&mut self, world: &World, action: Action) -> Outcome {
        let mut next = Outcome { world: *world, drawn: None, broken: None };
        match action {
            Action::Tap(at, tap) => self.tap(&mut next, at, tap),
            Action::Price(at) => {
                let before = if self.scenario.is_top_up() { world.carrier.top_ups() } else { 0 };
                self.tell(&mut next, at, Input::Price(world.carrier.price, before));
            }
            Action::Enter(at, entry) => self.entered(&mut next, at, entry),
            Action::Call(at, fate) => self.call(&mut next, at, fate),
            Action::StrayOrder(key, verdict) => {
                next.world.stray_orders[usize::from(key)] -= 1;
                if let (Some(verdict), Some(price)) = (verdict, world.consents[usize::from(key)]) {
                    next.world.carrier.take_order(&self.scenario, key, price, verdict);
                }
            }
            Action::StrayPayment(key, verdict) => {
                next.world.stray_payments[usize::from(key)] -= 1;
                if let (Some(verdict), Some(attempt)) = (verdict, world.aims[usize::from(key)]) {
                    next.world.carrier.take_payment(&self.scenario, key, attempt, verdict);
                }
            }
            Action::Echo(at) => {
                if let Some((post, reply)) = next.world.tabs[usize::from(at)].echo.take() {
                    self.answer(&mut next, at, post, reply);
                }
            }
            Action::Look(at, place, glance) => self.glance(&mut next, at, place, glance),
            Action::Later(at) => self.later(&mut next.world.tabs[usize::from(at)]),
            Action::Carrier(deed) => deeds(&mut next.world, deed),
        }
        self.free_to_go_on(&mut next);
        next.world.tidy(&self.machine, &self.scenario);
        next
    }

    /// Tells the machine, and does what it wants done.
    pub(crate) fn tell(&mut self, next: &mut Outcome, at: u8, input: Input) {
        let tab = usize::from(at);
        let stage = next.world.tabs[tab].stage;
        let before = self.machine.view(stage);
        let step = self.machine.step(stage, input);
        next.world.tabs[tab].stage = step.stage;
        let view = self.machine.view(step.stage);
        if step.stage != stage {
            next.drawn = Some(at);
            next.world.tabs[tab].refused = before.attempt.filter(|_| view.screen == Screen::Refused);
        }
        for work in step.works.iter() {
            self.work(next, at, *work);
        }
        if step.stage != stage
            && let Some(key) = next.world.tabs[tab].refused
        {
            self.told_refused(next, at, key);
        }
    }

    fn work(&mut self, next: &mut Outcome, at: u8, work: Work) {
        let world = &mut next.world;
        let tab = &mut world.tabs[usize::from(at)];
        match work {
            Work::Keep(text) => {
                tab.kept = text;
                self.told(next, at, text);
            }
            Work::Forget => tab.kept = 0,
            Work::Order(key, price) => {
                if self.machine.kept(tab.kept).attempt != Some(key) {
                    next.broken = Some(Promise::KeptFirst);
                }
                match world.consents.get(usize::from(key)) {
                    Some(Some(_)) if self.is_busy(world, at) => self.is_elsewhere(next, at, key),
                    Some(Some(consented)) if *consented == price => {
                        self.send(world, at, Post::Order(key, price));
                    }
                    _ => next.broken = Some(Promise::OnlyConsented),
                }
            }
            Work::Enter(attempt, this) => world.aims[usize::from(this)] = Some(attempt),
            Work::Payment(attempt, this, price) => {
                if self.machine.kept(tab.kept).this != Some(this) {
                    next.broken = Some(Promise::KeptFirst);
                }
                if world.consents[usize::from(attempt)] != Some(price) {
                    next.broken = Some(Promise::OwnTotal);
                }
                if world.another_may_capture(attempt, Some(this), self.scenario.idempotent)
                    && Promise::OneTry.is_made(&self.scenario)
                {
                    next.broken = Some(Promise::OneTry);
                }
                world.aims[usize::from(this)] = Some(attempt);
                self.send(world, at, Post::Payment(attempt, this));
            }
            Work::BeginPayment => self.pay(next, at),
            Work::Leave(this) => {
                if let Some(payment) = &mut world.carrier.payments[usize::from(this)] {
                    payment.visited = true;
                }
            }
            Work::Look(what) => {
                // Without a try there is no payment to ask for.
                let payment = what.this.is_none().then_some(Seen::Unanswered);
                let newest = Look { what, order: None, payment };
                tab.looks = [Some(newest), tab.looks[0].filter(|_| self.scenario.looks > 1)];
            }
            Work::Completed(key) => {
                let order = world.carrier.orders[usize::from(key)];
                if order.is_none_or(|order| order.state != OrderState::Completed) {
                    next.broken = Some(Promise::Delivered);
                }
            }
        }
    }

    /// Sends a POST. One that was waited for is so no more.
    fn send(&self, world: &mut World, at: u8, post: Post) {
        let tab = usize::from(at);
        if let Some(Call { post, reply: None, .. }) = world.tabs[tab].call {
            world.stray(post, self.scenario.idempotent);
        }
        world.tabs[tab].call = Some(Call { post, left: false, reply: None });
    }

    /// Who is asked for a token answers. Where the payer goes on elsewhere, the carrier knows of that payment.
    fn entered(&mut self, next: &mut Outcome, at: u8, entry: Entry) {
        let view = self.machine.view(next.world.tabs[usize::from(at)].stage);
        let (Some(attempt), Some(this)) = (view.attempt, view.this) else { return };
        let verdict = match entry {
            Entry::Page => Some(Verdict::AskPayer),
            Entry::Taken => Some(Verdict::TakeLater),
            Entry::Token | Entry::Declined | Entry::Nothing | Entry::Unknown => None,
        };
        let reply = verdict.map(|verdict| next.world.carrier.take_payment(&self.scenario, this, attempt, verdict));
        // What the carrier does not take up there, the page does not lead to.
        if entry == Entry::Page && !matches!(reply, Some(Reply::Yes(_))) {
            return self.tell(next, at, Input::Entered(this, Entry::Nothing));
        }
        self.tell(next, at, Input::Entered(this, entry));
    }

    fn pay(&mut self, next: &mut Outcome, at: u8) {
        if let Some(key) = next.world.free_try(self.scenario.tries) {
            self.tell(next, at, Input::Pay(key));
        }
    }

    fn consent(&mut self, next: &mut Outcome, at: u8) {
        let Some(key) = next.world.free_attempt(self.scenario.attempts) else { return };
        let view = self.machine.view(next.world.tabs[usize::from(at)].stage);
        // Only where the price is shown is there anything to consent to.
        next.world.consents[usize::from(key)] = view.price;
        self.tell(next, at, Input::Consent(key));
    }

    fn tap(&mut self, next: &mut Outcome, at: u8, tap: Tap) {
        let screen = self.machine.view(next.world.tabs[usize::from(at)].stage).screen;
        match tap {
            Tap::Choose => self.tell(next, at, Input::Choose),
            Tap::Ask => self.tell(next, at, Input::Ask),
            Tap::Edit => self.tell(next, at, Input::Edit),
            Tap::Check => self.check(next, at),
            Tap::Close => self.tell(next, at, Input::Close),
            Tap::Consent => self.consent(next, at),
            Tap::Again if screen == Screen::Ordering => self.consent(next, at),
            Tap::Again | Tap::Pay => self.pay(next, at),
            Tap::Reload => {
                let kept = self.leave(&mut next.world, at);
                // Whoever waits for the lock has it before the page is there again.
                self.free_to_go_on(next);
                if kept != 0 {
                    next.world.tabs[usize::from(at)].kept = kept;
                    self.take_up(next, at, kept);
                }
            }
            Tap::Kill => {
                self.leave(&mut next.world, at);
            }
            Tap::Copy => {
                let kept = next.world.tabs[0].kept;
                next.world.tabs[usize::from(at)].kept = kept;
                self.take_up(next, at, kept);
            }
            Tap::GoOn => self.go_on_here(next, at),
        }
    }

    /// The page is gone, and with it who waits for answers. Answers what was kept.
    fn leave(&self, world: &mut World, at: u8) -> u32 {
        let gone = std::mem::take(&mut world.tabs[usize::from(at)]);
        if let Some(Call { post, reply: None, .. }) = gone.call {
            world.stray(post, self.scenario.idempotent);
        }
        gone.kept
    }
}

fn deeds(world: &mut World, deed: Deed) {
    let carrier = &mut world.carrier;
    let mut end = |key: u8, state| {
        if let Some(order) = &mut carrier.orders[usize::from(key)] {
            order.state = state;
        }
    };
    match deed {
        Deed::ChangePrice => carrier.price = 1,
        Deed::Cancel(key) => end(key, OrderState::Cancelled),
        Deed::Complete(key) => end(key, OrderState::Completed),
        Deed::EndAs(key, state) => end(key, state),
        Deed::Capture(key) => carrier.capture(key),
        Deed::Authorize(key) | Deed::Deny(key) | Deed::Refund(key) => {
            if let Some(payment) = &mut carrier.payments[usize::from(key)] {
                match deed {
                    Deed::Authorize(_) => payment.status = PaymentStatus::Authorized,
                    Deed::Refund(_) => payment.refunded = true,
                    _ => payment.status = PaymentStatus::Ended(Denial::CardDeclined),
                }
            }
        }
    }
}
