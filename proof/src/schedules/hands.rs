//! Carries out the machine's effects as `app/runner.rs` does, which only runs in a browser: the same calls by the same
//! operations, in the same order, and the same events from what comes back.

use esim_renewal::app::calls::{self, Asked, Calls as _};
use esim_renewal::app::checkout::{Attempt, Due, Effect, Entered, Event, Found, PaymentTry, Stage};
use esim_renewal::app::config::Pricing;
use esim_renewal::carrier::payment_method::ListPaymentMethods;
use esim_renewal::carrier::prepay_balance::ListBalances;
use esim_renewal::domain::basket::Basket;
use esim_renewal::domain::id::OrderId;
use esim_renewal::domain::order::OrderState;
use esim_renewal::domain::payment::PaymentStatus;

use super::page::Page;

impl Page {
    /// Does what the machine wants done.
    pub fn perform(&self, effect: Effect) {
        match effect {
            Effect::Keep(saved) => self.change(|tab| tab.kept = Some(saved.to_text())),
            Effect::Forget => self.change(|tab| tab.kept = None),
            Effect::Price { basket, ask } => self.price(basket, ask),
            Effect::Order(attempt) => self.order(attempt),
            Effect::BeginPayment => {
                let method = self.tab(|tab| match &tab.stage {
                    Stage::AwaitingPayment { attempt, .. } => attempt.method.clone(),
                    _ => None,
                });
                self.pay(method);
            }
            Effect::Cancel(order) => {
                let page = self.clone();
                self.world.spawn(async move { calls::cancel(&page, &order).await });
            }
            // No page around it asks for a card here.
            Effect::Enter { this, .. } => self.tell(Event::Entered { key: this.key, entered: Entered::Nothing }),
            Effect::Payment { attempt, order, this, .. } => self.open_payment(attempt, order, this),
            Effect::Leave(page) => self.go(&page),
            Effect::Look { attempt, look, after } => self.look(attempt, look, after),
            Effect::Completed(order) => self.world.is_completed(self.at, &order),
            // What the subscriber has is no part of the checkout.
            Effect::Refresh => {}
        }
    }

    fn count_sent(&self) {
        if !self.world.is_stormy.get() {
            self.change(|tab| tab.sent_again += 1);
        }
    }

    fn go(&self, page: &str) {
        if page.starts_with("https://") || page.starts_with("http://") {
            self.change(|tab| tab.paying = Some(page.to_owned()));
        } else {
            self.tell(Event::LookAgain);
        }
    }

    /// Loads the ways to pay. What is known stays until others come.
    pub async fn learn_methods(&self) {
        if let Ok(methods) = self.all(|offset| ListPaymentMethods { offset }).await {
            self.change(|tab| tab.methods = methods.items);
        }
    }

    async fn load_balance(&self) {
        if let Ok(balances) = self.all(|offset| ListBalances { offset }).await {
            self.change(|tab| tab.bucket = balances.items.into_iter().find_map(|one| one.bucket));
        }
    }

    fn price(&self, basket: Basket, ask: u32) {
        let (page, plan) = (self.clone(), self.world.plan);
        self.world.spawn(async move {
            let at_once = plan.offer.is_top_up();
            let pricing = if plan.by_quote { Pricing::Quote } else { Pricing::Cart };
            let asked = Asked { pricing, qualification: plan.qualified, at_once };
            let quote = calls::price(&page, &basket, asked).await;
            if at_once && quote.is_ok() {
                page.learn_methods().await;
                if page.tab(|tab| tab.bucket.is_none()) {
                    page.load_balance().await;
                }
            }
            page.tell(Event::Priced { ask, quote });
        });
        if !plan.offer.is_top_up() {
            let page = self.clone();
            self.world.spawn(async move { page.learn_methods().await });
        }
    }

    fn order(&self, attempt: Attempt) {
        self.world.is_kept(self.at, &attempt, None);
        self.count_sent();
        let page = self.clone();
        self.world.spawn(async move {
            let line = calls::find_line(&page, page.tab(|tab| tab.line.clone()), &attempt.basket).await;
            let bucket = page.tab(|tab| tab.bucket.clone());
            let answer = calls::order(&page, &attempt, line, bucket.as_ref()).await;
            page.tell(Event::OrderAnswered { key: attempt.key, answer });
        });
    }

    fn open_payment(&self, attempt: Attempt, order: OrderId, this: PaymentTry) {
        self.world.is_kept(self.at, &attempt, Some(&this.key));
        self.world.is_only_try(&attempt, &this.key);
        self.count_sent();
        let page = self.clone();
        self.world.spawn(async move {
            let line = calls::find_line(&page, page.tab(|tab| tab.line.clone()), &attempt.basket).await;
            if this.method.is_none() && page.tab(|tab| tab.methods.is_empty()) {
                page.learn_methods().await;
            }
            let by = (page.hosted(), None);
            let answer = calls::payment(&page, &attempt, &order, &this, by, line.ok().flatten()).await;
            page.tell(Event::PaymentAnswered { key: this.key, answer });
        });
    }

    fn look(&self, attempt: Attempt, look: u32, after: u32) {
        let page = self.clone();
        let repeatable = self.world.plan.repeatable;
        self.world.spawn(async move {
            if after > 0 && page.world.script.is_none() {
                page.world.time.sleep(after.into()).await;
                if !page.waits_for(look) {
                    return;
                }
            }
            let (order, mut payment) =
                futures::join!(calls::find_order(&page, &attempt), calls::find_payment(&page, &attempt));
            if let (Ok(Found::Yes(order)), Ok(Found::Yes(payment))) = (&order, &mut payment)
                && (order.state, payment.status) == (OrderState::Cancelled, PaymentStatus::Paid)
            {
                payment.refunded = calls::find_refund(&page, payment).await;
            }
            let order = order.unwrap_or(Found::Unanswered);
            let payment = payment.unwrap_or(Found::Unanswered);
            page.tell(Event::Looked { key: attempt.key, look, order, payment, repeatable });
        });
    }

    fn waits_for(&self, look: u32) -> bool {
        self.is_there()
            && self.tab(|tab| match &tab.stage {
                Stage::Confirming { looks, .. } | Stage::AwaitingPayment { due: Due::Open { looks, .. }, .. } => {
                    *looks == look
                }
                _ => false,
            })
    }
}
