//! Carries out the machine's effects as `app/runner.rs` does, which only runs in a browser: the same calls by the same
//! operations, in the same order, and the same events from what comes back.

use esim_renewal::app::Trouble;
use esim_renewal::app::checkout::{
    Answer, Attempt, Due, Effect, Entered, Event, Found, NoPrice, PaymentTry, Refusal, Stage,
};
use esim_renewal::carrier::CarrierError;
use esim_renewal::carrier::payment::{CreatePayment, ListPayments};
use esim_renewal::carrier::payment_method::ListPaymentMethods;
use esim_renewal::carrier::product_inventory::{ListProducts, Product};
use esim_renewal::carrier::product_ordering::{CancelOrder, CreateOrder, GetOrder, ListOrders};
use esim_renewal::carrier::qualification::CheckQualification;
use esim_renewal::carrier::quote::CreateQuote;
use esim_renewal::carrier::refund::ListRefunds;
use esim_renewal::carrier::shopping_cart::CreateCart;
use esim_renewal::domain::basket::Basket;
use esim_renewal::domain::id::OrderId;
use esim_renewal::domain::money::Money;
use esim_renewal::domain::order::{Order, OrderState};
use esim_renewal::domain::payment::{Payment, PaymentStatus};
use esim_renewal::domain::product::Line;
use esim_renewal::domain::quote::Source;

use super::hands_top_up as top_up;
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
                self.world.spawn(async move {
                    let _ = page.call(&CancelOrder { id: &order }).await;
                });
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
            self.change(|tab| tab.methods = methods);
        }
    }

    fn price(&self, basket: Basket, ask: u32) {
        let (page, plan) = (self.clone(), self.world.plan);
        self.world.spawn(async move {
            let price = async {
                if plan.offer.is_top_up() {
                    top_up::price(&page, &basket).await
                } else if plan.by_quote {
                    page.call(&CreateQuote { basket: &basket }).await
                } else {
                    page.call(&CreateCart { basket: &basket }).await
                }
            };
            let qualify = async {
                if plan.qualified { page.call(&CheckQualification { basket: &basket }).await } else { Ok(vec![]) }
            };
            let (quote, reasons) = futures::join!(price, qualify);
            let quote = match (quote, reasons) {
                (_, Ok(reasons)) if !reasons.is_empty() => Err(NoPrice::Unqualified(reasons)),
                (quote, _) => quote.map_err(|error| NoPrice::Trouble(Trouble::from(&error))),
            };
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
            let line = page.find_line(&attempt.basket).await;
            let account = line.as_ref().ok().and_then(|line| line.as_ref()?.account.as_ref());
            let answer = if line.is_err() {
                Answer::No(Refusal::NotSent)
            } else if attempt.quote.is_top_up() {
                match account.zip(attempt.method.as_ref()) {
                    Some((account, method)) => top_up::send(&page, &attempt, account, method).await,
                    None => Answer::No(Refusal::NoAccount),
                }
            } else if account.is_none() && !attempt.total().is_zero() {
                Answer::No(Refusal::NoAccount)
            } else {
                let order = CreateOrder {
                    key: &attempt.key,
                    basket: &attempt.basket,
                    quote: &attempt.quote,
                    customer: line.as_ref().ok().and_then(|line| line.as_ref()?.customer.as_ref()),
                    account,
                };
                Answer::of(page.call(&order).await)
            };
            page.tell(Event::OrderAnswered { key: attempt.key, answer });
        });
    }

    fn open_payment(&self, attempt: Attempt, order: OrderId, this: PaymentTry) {
        self.world.is_kept(self.at, &attempt, Some(&this.key));
        self.world.is_only_try(&attempt, &this.key);
        self.count_sent();
        let page = self.clone();
        self.world.spawn(async move {
            let account = page.find_line(&attempt.basket).await.ok().flatten().and_then(|line| line.account);
            if this.method.is_none() && page.tab(|tab| tab.methods.is_empty()) {
                page.learn_methods().await;
            }
            let PaymentTry { key, method, return_url } = &this;
            let answer = match (&account, &method.clone().or_else(|| page.hosted())) {
                (Some(account), Some(method)) => {
                    let (order, total) = (&order, attempt.total());
                    Answer::of(
                        page.call(&CreatePayment { key, order, total, account, method, token: None, return_url }).await,
                    )
                }
                _ => Answer::No(Refusal::NotSent),
            };
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
            let (order, mut payment) = futures::join!(page.find_order(&attempt), page.find_payment(&attempt));
            if let (Ok(Found::Yes(order)), Ok(Found::Yes(payment))) = (&order, &mut payment)
                && (order.state, payment.status) == (OrderState::Cancelled, PaymentStatus::Paid)
            {
                payment.refunded = page.find_refund(payment).await;
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

    async fn find_line(&self, basket: &Basket) -> Result<Option<Line>, CarrierError> {
        let known = self.tab(|tab| tab.line.clone());
        if known.is_some() {
            return Ok(known);
        }
        let products = self.all(|offset| ListProducts { offset }).await?;
        Ok(products.into_iter().find_map(|product| match product {
            Product::Line(line) if line.id == basket.line => Some(line),
            _ => None,
        }))
    }

    async fn find_refund(&self, payment: &Payment) -> Option<Money> {
        let refunds = self.all(|offset| ListRefunds { offset }).await.ok()?;
        let amounts = refunds.into_iter().filter(|refund| refund.payment == payment.id).map(|refund| refund.amount);
        let back = amounts.map(Some).reduce(|sum, more| sum?.plus(more?).ok())??;
        let is_all = payment.amount.is_none_or(|paid| back.compare(paid).is_some_and(std::cmp::Ordering::is_ge));
        is_all.then_some(back)
    }

    async fn find_order(&self, attempt: &Attempt) -> Result<Found<Order>, CarrierError> {
        if let Source::TopUp(before) = &attempt.quote.source {
            return top_up::find(self, attempt, before).await;
        }
        if let Some(id) = &attempt.order {
            return self.call(&GetOrder { id }).await.map(Found::Yes);
        }
        let orders = self.all(|offset| ListOrders { key: &attempt.key, offset }).await?;
        let mut orders = orders.into_iter();
        Ok(orders.find(|order| order.key.as_ref() == Some(&attempt.key)).map_or(Found::No, Found::Yes))
    }

    async fn find_payment(&self, attempt: &Attempt) -> Result<Found<Payment>, CarrierError> {
        let Some(key) = attempt.try_key() else {
            return Ok(Found::Unanswered);
        };
        let payments = self.all(|offset| ListPayments { key, offset }).await?;
        let mut payments = payments.into_iter();
        Ok(payments.find(|payment| payment.key.as_ref() == Some(key)).map_or(Found::No, Found::Yes))
    }
}
