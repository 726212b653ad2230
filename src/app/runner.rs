//! Carries out what the checkout's machine asks for, and tells it what came of it.

use super::checkout::saved::Saved;
use super::checkout::{Answer, Attempt, Due, Effect, Event, Found, Refusal, Stage};
use super::session::Session;
use super::{App, Report, Trouble, key, now, storage};
use crate::carrier::payment::{CreatePayment, ListPayments};
use crate::carrier::payment_method::ListPaymentMethods;
use crate::carrier::product_inventory::{ListProducts, Product};
use crate::carrier::product_ordering::{CreateOrder, GetOrder, ListOrders};
use crate::carrier::shopping_cart::CreateCart;
use crate::carrier::{CarrierError, profile};
use crate::domain::basket::Basket;
use crate::domain::id::{AttemptKey, MethodId, OrderId, TryKey};
use crate::domain::order::Order;
use crate::domain::payment::Payment;
use crate::domain::product::Line;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The parameter of the return address that names the attempt. It proves nothing: the carrier is asked.
pub const RETURN_PARAMETER: &str = "esim-return";

/// The checkout of one element: the machine's stage, and the hands that it has.
#[derive(Clone, Copy)]
pub struct Runner {
    app: App,
    /// Where the checkout stands.
    pub stage: RwSignal<Stage>,
    method: StoredValue<Option<MethodId>>,
}

impl Runner {
    /// A checkout that is closed.
    pub fn new(app: App) -> Self {
        Self { app, stage: RwSignal::new(Stage::Closed), method: StoredValue::new(None) }
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
                self.tell(Event::Resumed(saved));
            }
            Some(_) => self.app.checkout.set(None),
            None => {
                storage::remove(&self.app.saved_name());
                self.app.checkout.set(None);
            }
        }
    }

    /// Consents to the total on the screen.
    pub fn consent(self) {
        if let Some(key) = key::uuid().as_deref().and_then(AttemptKey::new) {
            self.tell(Event::Consented { key, now: now() });
        }
    }

    /// Pays the order that stands.
    pub fn pay(self) {
        if let Some(key) = key::uuid().as_deref().and_then(TryKey::new) {
            self.tell(Event::Pay { key });
        }
    }

    /// Tells the machine what happened. The stage has changed before this returns, so that a second click finds another one.
    pub fn tell(self, event: Event) {
        let Some(stage) = self.stage.try_get_untracked() else {
            // The element is gone. What was sent is found again on the next visit.
            return;
        };
        let (next, effects) = stage.clone().step(event);
        if next != stage {
            self.stage.set(next);
        }
        for effect in effects {
            self.perform(effect);
        }
    }

    fn perform(self, effect: Effect) {
        match effect {
            Effect::Keep(saved) => storage::write(&self.app.saved_name(), &saved.to_text()),
            Effect::Forget => storage::remove(&self.app.saved_name()),
            Effect::Price { basket, ask } => self.price(basket, ask),
            Effect::Order(attempt) => self.order(attempt),
            Effect::BeginPayment => self.pay(),
            Effect::Payment { attempt, order, key } => self.open_payment(attempt, order, key),
            Effect::Leave(page) => self.leave(&page),
            Effect::Look { attempt, look, after } => self.look(attempt, look, after),
            Effect::Refresh => self.app.load_account(),
            Effect::Completed(order) => self.app.report(Report::Completed { order: order.as_str().to_owned() }),
        }
    }

    fn price(self, basket: Basket, ask: u32) {
        let session = self.app.session();
        spawn_local(async move {
            let cart = CreateCart { basket: &basket };
            let (quote, method) = futures::join!(session.call(&cart), find_hosted_method(&session));
            if let Ok(method) = method {
                self.method.try_set_value(method);
            }
            self.tell(Event::Priced { ask, quote: quote.map_err(|error| Trouble::from(&error)) });
        });
    }

    fn order(self, attempt: Attempt) {
        let session = self.app.session();
        let known = self.line_of(&attempt.basket);
        spawn_local(async move {
            let line = find_line(&session, known, &attempt.basket).await;
            let account = line.as_ref().ok().and_then(|line| line.as_ref()?.account.as_ref());
            let answer = if line.is_err() {
                Answer::No(Refusal::NotSent)
            } else if account.is_none() && !attempt.total.is_zero() {
                Answer::No(Refusal::NoAccount)
            } else {
                let order = CreateOrder {
                    key: &attempt.key,
                    cart: &attempt.cart,
                    basket: &attempt.basket,
                    total: attempt.total,
                    customer: line.as_ref().ok().and_then(|line| line.as_ref()?.customer.as_ref()),
                    account,
                };
                answer(session.call(&order).await)
            };
            self.tell(Event::OrderAnswered { key: attempt.key, answer });
        });
    }

    fn open_payment(self, attempt: Attempt, order: OrderId, key: TryKey) {
        let session = self.app.session();
        let known = self.line_of(&attempt.basket);
        let return_url = self.return_url(&attempt.key);
        let known_method = self.method.get_value();
        spawn_local(async move {
            let account =
                find_line(&session, known, &attempt.basket).await.ok().flatten().and_then(|line| line.account);
            let method = match known_method {
                Some(method) => Some(method),
                None => find_hosted_method(&session).await.ok().flatten(),
            };
            let answer = match (&account, &method, &return_url) {
                (Some(account), Some(method), Some(return_url)) => {
                    let (key, order, total) = (&key, &order, attempt.total);
                    answer(session.call(&CreatePayment { key, order, total, account, method, return_url }).await)
                }
                _ => Answer::No(Refusal::NotSent),
            };
            self.tell(Event::PaymentAnswered { key, answer });
        });
    }

    /// Goes to the payment page. Only `http:` and `https:` lead there: anything else is no page.
    fn leave(self, page: &str) {
        let is_page = web_sys::Url::new(page).is_ok_and(|url| matches!(url.protocol().as_str(), "https:" | "http:"));
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
            let (order, payment) = futures::join!(find_order(&session, &attempt), find_payment(&session, &attempt));
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

    /// Where the payment page leads back to: the configured address or this one, with the attempt's name on it.
    fn return_url(self, key: &AttemptKey) -> Option<String> {
        let configured = self.app.config.with_value(|config| config.return_url.clone());
        let here = window().location().href().ok()?;
        let url = web_sys::Url::new_with_base(configured.as_deref().unwrap_or(&here), &here).ok()?;
        url.search_params().set(RETURN_PARAMETER, key.as_str());
        url.set_hash("");
        Some(url.href())
    }
}

fn answer<T>(result: Result<T, CarrierError>) -> Answer<T> {
    match result {
        Ok(value) => Answer::Yes(value),
        Err(CarrierError::SignedOut) => Answer::No(Refusal::SignedOut),
        // 408: the carrier gave up waiting for the call, or for itself.
        Err(CarrierError::Refused { status: 408, .. }) => Answer::Unknown,
        Err(CarrierError::Refused { status, code }) => match code.as_deref() {
            Some(profile::PRICE_CHANGED) => Answer::No(Refusal::PriceChanged),
            Some(profile::CART_EXPIRED) => Answer::No(Refusal::CartExpired),
            Some(profile::PAYMENT_OPEN) => Answer::No(Refusal::PaymentOpen),
            // Some other conflict: perhaps with what the carrier has under this very key.
            _ if status == 409 => Answer::Unknown,
            _ => Answer::No(Refusal::Other),
        },
        Err(_) => Answer::Unknown,
    }
}

/// The line that a basket is for: known, or asked for after a reload that came before it was loaded.
async fn find_line(session: &Session, known: Option<Line>, basket: &Basket) -> Result<Option<Line>, CarrierError> {
    if known.is_some() {
        return Ok(known);
    }
    let products = session.all(|offset| ListProducts { offset }).await?;
    Ok(products.items.into_iter().find_map(|product| match product {
        Product::Line(line) if line.id == basket.line => Some(line),
        _ => None,
    }))
}

async fn find_hosted_method(session: &Session) -> Result<Option<MethodId>, CarrierError> {
    let methods = session.all(|offset| ListPaymentMethods { offset }).await?;
    Ok(methods.items.into_iter().find(|method| method.hosted).map(|method| method.id))
}

async fn find_order(session: &Session, attempt: &Attempt) -> Result<Found<Order>, CarrierError> {
    if let Some(id) = &attempt.order {
        return session.call(&GetOrder { id }).await.map(Found::Yes);
    }
    let orders = session.all(|offset| ListOrders { key: &attempt.key, offset }).await?;
    let mut orders = orders.items.into_iter();
    Ok(orders.find(|order| order.key.as_ref() == Some(&attempt.key)).map_or(Found::No, Found::Yes))
}

async fn find_payment(session: &Session, attempt: &Attempt) -> Result<Found<Payment>, CarrierError> {
    let Some(key) = &attempt.payment_try else {
        return Ok(Found::Unanswered);
    };
    let payments = session.all(|offset| ListPayments { key, offset }).await?;
    let mut payments = payments.items.into_iter();
    Ok(payments.find(|payment| payment.key.as_ref() == Some(key)).map_or(Found::No, Found::Yes))
}
