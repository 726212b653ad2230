//! Between the numbers of a state and the names and amounts that the machine speaks of.

use crate::input::{Entry, Input, LookFor, OrderSeen, PaymentSeen, Reply, Seen};
use crate::scenario::{self, Scenario};
use esim_renewal::app::checkout::saved::Saved;
use esim_renewal::app::checkout::{Answer, At, Effect, Entered, Event, Found, PaymentTry};
use esim_renewal::domain::basket::{Action, Basket, HowMuch, Item, Quantity};
use esim_renewal::domain::id::{AttemptKey, CartId, MethodId, OfferingId, OrderId, PaymentId, ProductId, TryKey};
use esim_renewal::domain::money::{Currency, Money};
use esim_renewal::domain::offering::OfferingKind;
use esim_renewal::domain::order::Order;
use esim_renewal::domain::payment::{Denial, Method, MethodKind, Payment};
use esim_renewal::domain::quote::{Quote, QuoteLine, Source};
use esim_renewal::domain::time::Timestamp;

/// The number at the end of a name.
pub fn number(name: &str) -> Option<u8> {
    let last = name.chars().last()?.to_digit(10)?;
    u8::try_from(last).ok()
}

fn euro() -> Option<Currency> {
    Currency::from_code("EUR").ok()
}

/// The amount of a price.
pub fn amount(scenario: &Scenario, price: u8) -> Option<Money> {
    let minor = match (scenario.money, price) {
        (scenario::Money::Free, _) => 0,
        (_, 0) => 2_400,
        _ => 2_600,
    };
    Some(Money::from_minor(minor, euro()?))
}

/// The price of an amount.
pub fn price_of(total: Money) -> u8 {
    u8::from(total.to_decimal().starts_with("26"))
}

fn basket(scenario: &Scenario) -> Option<Basket> {
    let (kind, how_much) = if scenario.is_top_up() {
        (OfferingKind::Credit, HowMuch::Amount(amount(scenario, 0)))
    } else {
        (OfferingKind::Data, HowMuch::Times(Quantity::ONE))
    };
    let item = Item {
        offering: OfferingId::new("offering")?,
        name: "Offering".to_owned(),
        kind,
        how_much,
        action: Action::Add,
        start: None,
    };
    Some(Basket { line: ProductId::new("line")?, currency: euro()?, items: vec![item], codes: vec![] })
}

fn quote(scenario: &Scenario, price: u8, before: u8) -> Option<Quote> {
    if scenario.is_top_up() {
        let before = (0..8).filter(|bit| before & (1 << bit) != 0).filter_map(order_id).collect();
        return Quote::of_credit(&basket(scenario)?, before);
    }
    let total = amount(scenario, price)?;
    let line = QuoteLine::one(OfferingId::new("offering")?, total);
    Some(Quote::plain(Source::Cart(CartId::new("cart")?), vec![line], total))
}

fn attempt_key(attempt: u8) -> Option<AttemptKey> {
    AttemptKey::new(&format!("attempt-{attempt}"))
}

fn try_key(this: u8) -> Option<TryKey> {
    TryKey::new(&format!("try-{this}"))
}

fn order_id(attempt: u8) -> Option<OrderId> {
    OrderId::new(&format!("order-{attempt}"))
}

/// The method by which all is paid.
fn method(scenario: &Scenario) -> Option<Method> {
    let kind = if scenario.asks { MethodKind::Page } else { MethodKind::Card };
    let saved = || Some(Method { id: MethodId::new("card")?, kind });
    match scenario.money {
        scenario::Money::Direct | scenario::Money::TopUp => saved(),
        scenario::Money::Hosted | scenario::Money::Free => None,
    }
}

impl OrderSeen {
    fn order(self, scenario: &Scenario) -> Option<Order> {
        // A top-up does not repeat a key.
        let key = if scenario.is_top_up() { None } else { attempt_key(self.attempt) };
        Some(Order { id: order_id(self.attempt)?, key, state: self.state, total: amount(scenario, self.price) })
    }
}

impl PaymentSeen {
    fn payment(self, scenario: &Scenario) -> Option<Payment> {
        let amount = amount(scenario, self.price);
        Some(Payment {
            id: PaymentId::new(&format!("payment-{}", self.this))?,
            key: try_key(self.this),
            status: self.status,
            amount,
            page: self.page.then(|| format!("https://pay.example/{}", self.this)),
            refunded: amount.filter(|_| self.refunded),
        })
    }
}

fn answer<S, T>(reply: Reply<S>, write: impl Fn(S) -> Option<T>) -> Option<Answer<T>> {
    Some(match reply {
        Reply::Yes(seen) => Answer::Yes(write(seen)?),
        Reply::No(why) => Answer::No(why),
        Reply::Unknown => Answer::Unknown,
    })
}

fn found<S, T>(seen: Seen<S>, write: impl Fn(S) -> Option<T>) -> Option<Found<T>> {
    Some(match seen {
        Seen::Yes(seen) => Found::Yes(write(seen)?),
        Seen::No => Found::No,
        Seen::Unanswered => Found::Unanswered,
    })
}

/// The machine's own event; `None` where a name cannot be made, which does not happen. `kept` are the kept texts.
pub fn event(input: Input, scenario: &Scenario, kept: &[String]) -> Option<Event> {
    let order = |seen: OrderSeen| seen.order(scenario);
    let payment = |seen: PaymentSeen| seen.payment(scenario);
    Some(match input {
        Input::Choose => Event::Chosen(basket(scenario)?),
        Input::Ask => Event::Asked,
        Input::Price(price, before) => Event::Priced { ask: 0, quote: Ok(quote(scenario, price, before)?) },
        Input::Edit => Event::Edited,
        Input::Consent(key) => {
            Event::Consented { key: attempt_key(key)?, method: method(scenario), now: Timestamp::from_millis(0) }
        }
        Input::Ordered(key, reply) => Event::OrderAnswered { key: attempt_key(key)?, answer: answer(reply, order)? },
        Input::Pay(key) => Event::Pay(PaymentTry {
            key: try_key(key)?,
            method: method(scenario),
            return_url: "https://shop.example/".to_owned(),
        }),
        Input::Entered(key, entry) => Event::Entered {
            key: try_key(key)?,
            entered: match entry {
                Entry::Token => Entered::Token("token".to_owned()),
                Entry::Page => Entered::Page(format!("https://pay.example/{key}")),
                Entry::Declined => Entered::Declined(Denial::CanceledByPayer),
                Entry::Nothing => Entered::Nothing,
                Entry::Unknown | Entry::Taken => Entered::Unknown,
            },
        },
        Input::Opened(key, reply) => Event::PaymentAnswered { key: try_key(key)?, answer: answer(reply, payment)? },
        Input::Looked(key, look, seen_order, seen_payment) => Event::Looked {
            key: attempt_key(key)?,
            look: look.into(),
            order: found(seen_order, order)?,
            payment: found(seen_payment, payment)?,
            repeatable: scenario.repeatable,
        },
        Input::Check => Event::LookAgain,
        // What is kept goes through its text, as in a browser.
        Input::Resume(text) => Event::Resumed(Saved::from_text(kept.get(text as usize)?)?),
        Input::LookOn(text) => match Saved::from_text(kept.get(text as usize)?)? {
            // How far it is, is for the screen alone.
            Saved::Attempt(attempt) => Event::AnotherTab { attempt, at: At::default() },
            Saved::Choice { .. } => return None,
        },
        Input::Close => Event::Closed,
    })
}

/// The look of an effect.
pub fn look_for(effect: &Effect, number_of: u8) -> Option<LookFor> {
    let Effect::Look { attempt, .. } = effect else { return None };
    let before = match &attempt.quote.source {
        Source::TopUp(known) => known.iter().filter_map(|id| number(id.as_str())).fold(0, |set, id| set | (1 << id)),
        Source::Cart(_) | Source::Quote(_) => 0,
    };
    Some(LookFor {
        number: number_of,
        attempt: number(attempt.key.as_str())?,
        order: attempt.order.as_ref().and_then(|id| number(id.as_str())),
        this: attempt.try_key().and_then(|key| number(key.as_str())),
        before,
    })
}
