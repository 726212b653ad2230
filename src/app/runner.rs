//! Carries out what the checkout's machine asks for, and tells it what came of it.

mod entering;
mod lock;
mod shared;
mod tabs;

use super::calls::{self, Asked as Priced, Calls, find_line, find_order, find_payment, find_refund};
use super::checkout::saved::Saved;
use super::checkout::{At, Attempt, Due, Effect, Event, Found, PaymentTry, Stage};
use super::config::CreditBy;
use super::session::Session;
use super::{App, Bought, Opening, Report, key, now, storage};
use crate::carrier::CarrierError;
use crate::carrier::payment_method::ListPaymentMethods;
use crate::domain::basket::Basket;
use crate::domain::id::{AttemptKey, OfferingId, OrderId, TryKey};
use crate::domain::offering::OfferingKind;
use crate::domain::order::OrderState;
use crate::domain::payment::{Method, MethodKind, PaymentMethod, PaymentStatus};
use crate::domain::product::Line;
use entering::Asked;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use tabs::Tabs;

/// The checkout of one element: the machine's stage, and the hands that it has.
#[derive(Clone, Copy)]
pub struct Runner {
    app: App,
    /// Where the checkout stands.
    pub stage: RwSignal<Stage>,
    /// The ways to pay, as far as they are known.
    pub methods: RwSignal<Vec<PaymentMethod>>,
    /// The one that is chosen on the screen.
    pub chosen: RwSignal<Option<Method>>,
    tabs: StoredValue<Tabs, LocalStorage>,
    asked: StoredValue<Option<Asked>, LocalStorage>,
    /// The order of which the host was told that it waits.
    pending: StoredValue<Option<OrderId>>,
}

impl Runner {
    /// A checkout that is closed.
    pub fn new(app: App) -> Self {
        Self {
            app,
            stage: RwSignal::new(Stage::Closed),
            methods: RwSignal::new(Vec::new()),
            chosen: RwSignal::new(None),
            tabs: StoredValue::new_local(Tabs::default()),
            asked: StoredValue::new_local(None),
            pending: StoredValue::new(None),
        }
    }

    /// Takes up what was kept before a reload or the payment page; closed if that makes no sense, or is another subscriber's.
    ///
    /// `lines` are the subscriber's, or `None` where they cannot be had.
    pub fn resume(self, lines: Option<&[Line]>) {
        if self.stage.with_untracked(|stage| *stage != Stage::Closed) {
            return;
        }
        let kept = storage::read(&self.app.saved_name());
        match kept.as_deref().and_then(Saved::from_text) {
            Some(saved) if lines.is_none_or(|lines| lines.iter().any(|line| line.id == saved.basket().line)) => {
                // The plan that is shown afterwards is the one that was renewed.
                self.app.show_line(&saved.basket().line);
                self.take_up(match saved {
                    Saved::Attempt(attempt) => Saved::Attempt(self.newest(attempt)),
                    choice @ Saved::Choice { .. } => choice,
                });
            }
            Some(_) => self.app.checkout.set(None),
            None => {
                storage::remove(&self.app.saved_name());
                self.app.checkout.set(None);
            }
        }
    }

    /// Goes on with an order of which this tab keeps nothing, by what the carrier has of it; closed if it has none.
    pub fn find(self, key: AttemptKey) {
        let session = self.app.session();
        spawn_local(async move {
            let attempt = self.app.find_placed(&session, &key).await;
            if let Ok(Some(attempt)) = attempt {
                self.app.unfinished.try_set(None);
                self.take_up(Saved::Attempt(attempt));
            } else if self.stage.try_with_untracked(|stage| *stage == Stage::Closed) == Some(true) {
                self.app.checkout.try_set(None);
                if self.app.unfinished.try_with_untracked(Option::is_some) == Some(false) {
                    if attempt.is_ok() {
                        // The address names what the carrier does not know.
                        self.app.leave_returned();
                        return self.app.find_unfinished().await;
                    }
                    self.app.unfinished.try_set(Some(Opening::Find { key, placed: None }));
                }
                // It is still offered, and can be asked for again.
                self.app.order_failed.try_set(true);
            }
        });
    }

    /// Consents to the total on the screen, to be paid by the method that is chosen there; not where the host objects.
    pub fn consent(self) {
        if !self.bought().is_none_or(|bought| self.app.may(Report::BeforeOrder(bought))) {
            return;
        }
        let method = self.chosen.get_untracked();
        if let Some(key) = key::uuid().as_deref().and_then(AttemptKey::new) {
            self.tell(Event::Consented { key, method, now: now() });
        }
    }

    /// Pays the order that stands, by a method if one was chosen.
    pub fn pay(self, method: Option<Method>) {
        let attempt_key = self.stage.with_untracked(|stage| match stage {
            Stage::AwaitingPayment { attempt, .. } => Some(attempt.key.clone()),
            _ => None,
        });
        let key = key::uuid().as_deref().and_then(TryKey::new);
        if let Some((attempt_key, key)) = attempt_key.zip(key)
            && let Some(return_url) = self.app.return_url(&attempt_key)
        {
            self.tell(Event::Pay(PaymentTry { key, method, return_url }));
        }
    }

    /// Asks for the price of the review anew after so many milliseconds. Whoever went on meanwhile is not brought back.
    pub fn price_again_after(self, after: u32) {
        let priced = self.stage.get_untracked();
        spawn_local(async move {
            TimeoutFuture::new(after).await;
            if let Stage::Reviewing { basket, .. } = &priced
                && self.stage.try_with_untracked(|stage| *stage == priced) == Some(true)
            {
                self.tell(Event::Changed(basket.clone()));
            }
        });
    }

    /// Loads the ways to pay. What is known stays until others come.
    pub fn load_methods(self) {
        let session = self.app.session();
        spawn_local(async move { self.learn_methods(&session).await });
    }

    async fn learn_methods(self, session: &Session) {
        if let Ok(page) = session.all(|offset| ListPaymentMethods { offset }).await {
            let mut methods = page.items;
            self.add_own_methods(&mut methods).await;
            self.methods.try_set(methods);
        }
    }

    /// Tells the machine what happened. The stage has changed before this returns, so that a second click finds another one.
    pub fn tell(self, event: Event) {
        let Some(stage) = self.stage.try_get_untracked() else {
            // The element is gone. What was sent is found again on the next visit.
            return;
        };
        let (next, effects) = stage.clone().step(event);
        let leaves_unpaid = matches!((&stage, &next), (Stage::AwaitingPayment { .. }, Stage::Closed));
        if !matches!(next, Stage::Entering { .. }) {
            // Nobody waits for a token any more.
            self.asked.try_set_value(None);
        }
        if next != stage {
            self.stage.set(next);
        }
        self.report_pending();
        for effect in effects {
            self.perform(effect);
        }
        self.pass_on();
        if leaves_unpaid {
            spawn_local(self.app.find_unfinished());
        }
    }

    /// What is in the basket, while it is being chosen.
    pub fn chosen_offerings(self) -> Option<Vec<OfferingId>> {
        self.stage.with_untracked(|stage| match stage {
            Stage::Choosing { basket } => Some(basket.offerings()),
            _ => None,
        })
    }

    /// What is consented to, or about to be.
    fn bought(self) -> Option<Bought> {
        self.stage.with_untracked(|stage| {
            let (basket, total) = match stage {
                Stage::Reviewing { basket, quote, .. } => (basket, quote.total),
                _ => attempt_of(stage).map(|attempt| (&attempt.basket, attempt.total()))?,
            };
            Some(Bought { offerings: basket.offerings(), total })
        })
    }

    /// Tells the host, once for an order, that it is placed and not settled yet.
    fn report_pending(self) {
        let order = self.stage.with_untracked(|stage| match stage {
            Stage::Delivered { .. } | Stage::Ended { .. } => None,
            _ => attempt_of(stage)?.order.clone(),
        });
        if let Some(order) = order
            && self.pending.try_update_value(|known| known.replace(order.clone()).as_ref() != Some(&order))
                == Some(true)
        {
            self.app.report(Report::PaymentPending(order));
        }
    }

    fn perform(self, effect: Effect) {
        match effect {
            Effect::Keep(saved) => storage::write(&self.app.saved_name(), &saved.to_text()),
            Effect::Forget => {
                storage::remove(&self.app.saved_name());
                self.app.leave_returned();
            }
            Effect::Price { basket, ask } => self.price(basket, ask),
            Effect::Order(attempt) => spawn_local(self.order(attempt)),
            Effect::BeginPayment => self.begin_payment(),
            Effect::Cancel(order) => {
                let session = self.app.session();
                spawn_local(async move { calls::cancel(&session, &order).await });
            }
            Effect::Enter { attempt, order, this } => self.enter(attempt.total(), order, this),
            Effect::Payment { attempt, order, this, token } => {
                spawn_local(self.open_payment(attempt, order, this, token));
            }
            Effect::Leave(page) => self.leave(&page),
            Effect::Look { attempt, look, after } => self.look(attempt, look, after),
            Effect::Refresh => self.app.load_account(),
            Effect::Completed(order) => {
                let name = ["esim-renewal:completed:", &self.app.saved_name(), ":", order.as_str()].concat();
                if let Some(bought) = self.bought().filter(|_| storage::first_time(&name)) {
                    self.app.report(Report::Completed { order, bought });
                }
            }
        }
    }

    /// The payment that follows an order at once is by the method that was chosen with the consent.
    fn begin_payment(self) {
        let method = self.stage.with_untracked(|stage| match stage {
            Stage::AwaitingPayment { attempt, .. } => attempt.method.clone(),
            _ => None,
        });
        self.pay(method);
    }

    fn price(self, basket: Basket, ask: u32) {
        let session = self.app.session();
        let (pricing, qualification, credit) =
            self.app.config.with_value(|config| (config.pricing, config.qualification, config.credit));
        let holds_credit = basket.items.iter().any(|item| item.kind == OfferingKind::Credit);
        let at_once = credit == CreditBy::TopUp && holds_credit;
        spawn_local(async move {
            let quote = calls::price(&session, &basket, Priced { pricing, qualification, at_once }).await;
            if at_once && quote.is_ok() {
                // No page asks for what is missing: how it is paid and where it goes is known before the consent.
                self.learn_methods(&session).await;
                if self.app.bucket.try_get_value().flatten().is_none() {
                    self.app.load_balance().await;
                }
            }
            self.tell(Event::Priced { ask, quote });
        });
        // A price that is here does not wait for the ways to pay it.
        if !at_once {
            self.load_methods();
        }
    }

    async fn order(self, attempt: Attempt) {
        if !self.may_send(&attempt.basket.line).await {
            return self.is_elsewhere(attempt);
        }
        let session = self.app.session();
        if let Some(other) = self.same_under_way(&session, &attempt).await {
            return self.gives_way_to(attempt.key, other);
        }
        let line = find_line(&session, self.line_of(&attempt.basket), &attempt.basket).await;
        let bucket = self.app.bucket.try_get_value().flatten();
        let answer = calls::order(&session, &attempt, line, bucket.as_ref()).await;
        self.tell(Event::OrderAnswered { key: attempt.key, answer });
    }

    async fn open_payment(self, attempt: Attempt, order: OrderId, this: PaymentTry, token: Option<String>) {
        if !self.may_send(&attempt.basket.line).await {
            // Of this try nothing was sent.
            let attempt = Attempt { payment_try: None, ..attempt };
            return self.tell(Event::AnotherTab { attempt, at: At::Paying });
        }
        let session = self.app.session();
        let line = find_line(&session, self.line_of(&attempt.basket), &attempt.basket).await;
        if this.method.is_none() && self.methods.try_with_untracked(Vec::is_empty) == Some(true) {
            self.learn_methods(&session).await;
        }
        let by = (self.hosted(), token.as_deref());
        let answer = calls::payment(&session, &attempt, &order, &this, by, line.ok().flatten()).await;
        self.tell(Event::PaymentAnswered { key: this.key, answer });
    }

    /// Goes to the payment page. Only `http:` and `https:` lead there: anything else is no page.
    fn leave(self, page: &str) {
        let is_page = web_sys::Url::new(page).is_ok_and(|url| matches!(url.protocol().as_str(), "https:" | "http:"));
        if is_page && !self.app.may(Report::BeforeLeave { url: page.to_owned(), reason: "payment" }) {
            // The host leads there in its own way: what became of the payment is asked of the carrier.
            return self.tell(Event::LookAgain);
        }
        if !is_page || window().location().assign(page).is_err() {
            self.app.report(Report::Error { code: "payment-page", about: "redirectUrl".to_owned() });
            self.tell(Event::LookAgain);
        }
    }

    fn look(self, attempt: Attempt, look: u32, after: u32) {
        let session = self.app.session();
        let repeatable = self.app.config.with_value(|config| config.idempotent);
        spawn_local(async move {
            if after > 0 {
                TimeoutFuture::new(after).await;
                // Another look, or an answer, has overtaken this one.
                if self.waits_for(look) != Some(true) {
                    return;
                }
            }
            let (order, mut payment) = futures::join!(find_order(&session, &attempt), find_payment(&session, &attempt));
            if let (Ok(Found::Yes(order)), Ok(Found::Yes(payment))) = (&order, &mut payment)
                && (order.state, payment.status) == (OrderState::Cancelled, PaymentStatus::Paid)
            {
                payment.refunded = find_refund(&session, payment).await;
            }
            if order == Err(CarrierError::SignedOut) || payment == Err(CarrierError::SignedOut) {
                // What is kept goes on after the sign-in.
                self.app.signed_in.try_set(false);
            }
            let order = order.unwrap_or(Found::Unanswered);
            let payment = payment.unwrap_or(Found::Unanswered);
            self.tell(Event::Looked { key: attempt.key, look, order, payment, repeatable });
        });
    }

    /// Whether the checkout waits for a look of this number; `None` once the element is gone.
    fn waits_for(self, look: u32) -> Option<bool> {
        self.stage.try_with_untracked(|stage| match stage {
            Stage::Confirming { looks, .. } | Stage::AwaitingPayment { due: Due::Open { looks, .. }, .. } => {
                *looks == look
            }
            _ => false,
        })
    }

    fn line_of(self, basket: &Basket) -> Option<Line> {
        let inventory = self.app.inventory;
        inventory
            .with_untracked(|inventory| inventory.ready()?.lines.iter().find(|line| line.id == basket.line).cloned())
    }

    /// The carrier's hosted payment page, where it is known.
    fn hosted(self) -> Option<Method> {
        let is_hosted = |one: &&PaymentMethod| one.method.kind == MethodKind::Hosted;
        self.methods.try_with_untracked(|methods| Some(methods.iter().find(is_hosted)?.method.clone())).flatten()
    }
}

/// What was consented to.
const fn attempt_of(stage: &Stage) -> Option<&Attempt> {
    match stage {
        Stage::Ordering { attempt, .. }
        | Stage::Entering { attempt, .. }
        | Stage::AwaitingPayment { attempt, .. }
        | Stage::Opening { attempt, .. }
        | Stage::Away { attempt }
        | Stage::Confirming { attempt, .. }
        | Stage::Delivered { attempt }
        | Stage::Ended { attempt, .. }
        | Stage::InAnotherTab { attempt, .. } => Some(attempt),
        Stage::Closed
        | Stage::Choosing { .. }
        | Stage::Pricing { .. }
        | Stage::Unpriced { .. }
        | Stage::Reviewing { .. }
        | Stage::Refused { .. } => None,
    }
}
