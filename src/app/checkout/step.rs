//! What each event does to each stage. Whatever is not written here changes nothing.

use super::judge::{after_look, another_total, look, look_after, while_open};
use super::saved::Saved;
use super::{Answer, At, Attempt, Back, Due, Effect, End, Entered, Event, Known, NoPrice, PaymentTry, Refusal, Stage};
use crate::domain::basket::Basket;
use crate::domain::id::{AttemptKey, OrderId};
use crate::domain::money::Money;
use crate::domain::order::{Order, OrderState};
use crate::domain::payment::{Method, MethodKind, Payment, PaymentStatus};
use crate::domain::quote::Quote;
use crate::domain::time::Timestamp;

type Next = (Stage, Vec<Effect>);

impl Stage {
    /// The next stage and the work it calls for. A stray event, or a reply to an old key, changes nothing.
    #[must_use]
    pub fn step(self, event: Event) -> Next {
        match (self, event) {
            // What is chosen joins what was left in the basket.
            (Self::Choosing { basket }, Event::Chosen(more)) => choose(basket.joined(more)),
            // With the last item the checkout goes too.
            (Self::Choosing { .. } | Self::Reviewing { .. }, Event::Changed(basket)) if basket.items.is_empty() => {
                (Self::Closed, vec![Effect::Forget])
            }
            // Another basket has another price. The same one is priced anew where a deal has ended.
            (Self::Reviewing { basket: priced, quote, .. }, Event::Changed(basket)) => {
                let before = (priced == basket).then_some(quote.total);
                price(basket, 0, before)
            }
            (Self::Choosing { basket } | Self::Unpriced { basket, .. }, Event::Asked) if basket.is_complete() => {
                price(basket, 0, None)
            }
            (Self::Refused { basket, before, .. }, Event::Asked) => price(basket, 0, Some(before)),
            // The order was called off before anything was paid.
            (Self::Ended { attempt, end: End::AnotherTotal(_) }, Event::Asked) => {
                let before = attempt.total();
                price(attempt.basket, 0, Some(before))
            }
            (Self::Pricing { basket, ask, before }, Event::Priced { ask: answered, quote }) if ask == answered => {
                priced(basket, quote, before)
            }
            (Self::Closed, Event::Chosen(basket))
            | (Self::Choosing { .. }, Event::Changed(basket))
            | (
                Self::Pricing { basket, .. }
                | Self::Unpriced { basket, .. }
                | Self::Reviewing { basket, .. }
                | Self::Refused { basket, .. }
                | Self::InAnotherTab { attempt: Attempt { basket, .. }, .. },
                Event::Edited,
            ) => choose(basket),
            // Without an order there is no payment page that could follow.
            (Self::Reviewing { basket, quote, .. }, Event::Consented { key, method, now })
                if !quote.is_top_up() || method.is_some() =>
            {
                order(basket, quote, method, key, now)
            }
            (Self::Ordering { attempt, again }, Event::OrderAnswered { key, answer }) if attempt.key == key => {
                ordered(attempt, answer, again)
            }
            (Self::AwaitingPayment { attempt, due }, Event::Pay(this)) => pay(attempt, due, this),
            (Self::Entering { attempt, this }, Event::Entered { key, entered }) if this.key == key => {
                begin(attempt, this, entered)
            }
            (Self::Opening { attempt, again }, Event::PaymentAnswered { key, answer })
                if attempt.try_key() == Some(&key) =>
            {
                opened(attempt, answer, again)
            }
            (Self::Confirming { attempt, known, looks }, Event::Looked { key, look, order, payment, repeatable })
                if attempt.key == key && looks == look =>
            {
                after_look(attempt, known, looks, order, payment, repeatable)
            }
            (
                Self::AwaitingPayment { attempt, due: Due::Open { page, looks } },
                Event::Looked { key, look, order, payment, .. },
            ) if attempt.key == key && looks == look => while_open(attempt, page, looks, order, payment),
            (Self::Confirming { attempt, known, looks }, Event::LookAgain) => {
                look_after(0, attempt, looks + 1, |attempt, looks| Self::Confirming { attempt, known, looks })
            }
            // What was taken after all goes back, and that can be asked for; the carrier may know by now how a payment
            // elsewhere ended; and the browser may come back from the payment page to this page as it was.
            (
                Self::Ended { attempt, end: End::Cancelled(Back::Open | Back::Owed) }
                | Self::AwaitingPayment { attempt, due: Due::Elsewhere }
                | Self::Away { attempt },
                Event::LookAgain,
            ) => look(attempt, Known::default(), 0),
            (Self::AwaitingPayment { attempt, due: Due::Open { page, looks } }, Event::LookAgain) => {
                look_after(0, attempt, looks + 1, |attempt, looks| Self::AwaitingPayment {
                    attempt,
                    due: Due::Open { page, looks },
                })
            }
            (Self::Closed | Self::InAnotherTab { .. }, Event::Resumed(saved)) => resume(saved),
            (Self::Closed, Event::AnotherTab { attempt, at }) => another_tab(attempt, at),
            // The same was consented to there.
            (Self::Refused { basket, why: Refusal::AnotherTab, .. }, Event::AnotherTab { attempt, at })
                if basket == attempt.basket =>
            {
                another_tab(attempt, at)
            }
            (stage, Event::AnotherTab { attempt, at })
                if stage.under_way().is_some_and(|(known, _)| known.key == attempt.key) =>
            {
                another_tab(attempt, at)
            }
            (stage, Event::Closed) if stage.may_close() => (Self::Closed, vec![Effect::Forget]),
            (unchanged, _) => (unchanged, vec![]),
        }
    }

    /// The attempt that is being carried out, here or in another tab, and how far it is.
    pub const fn under_way(&self) -> Option<(&Attempt, At)> {
        match self {
            Self::Ordering { attempt, .. } => Some((attempt, At::Ordering)),
            Self::AwaitingPayment { attempt, due: Due::Open { .. } | Due::Elsewhere }
            | Self::Entering { attempt, .. }
            | Self::Opening { attempt, .. }
            | Self::Away { attempt } => Some((attempt, At::Paying)),
            Self::AwaitingPayment { attempt, .. } => Some((attempt, At::ToPay)),
            Self::Confirming { attempt, .. } => Some((attempt, At::Confirming)),
            Self::InAnotherTab { attempt, at } => Some((attempt, *at)),
            Self::Closed
            | Self::Choosing { .. }
            | Self::Pricing { .. }
            | Self::Unpriced { .. }
            | Self::Reviewing { .. }
            | Self::Refused { .. }
            | Self::Delivered { .. }
            | Self::Ended { .. } => None,
        }
    }

    /// Whether what another tab does is shown here.
    pub const fn looks_on(&self) -> bool {
        matches!(self, Self::InAnotherTab { .. } | Self::Refused { why: Refusal::AnotherTab, .. })
    }

    /// Whether leaving loses nothing: no order or payment is open whose end is not known.
    pub const fn may_close(&self) -> bool {
        !matches!(
            self,
            Self::Closed
                | Self::Ordering { .. }
                | Self::Entering { .. }
                | Self::Opening { .. }
                | Self::Away { .. }
                | Self::Confirming { .. }
                | Self::AwaitingPayment { due: Due::Open { .. } | Due::Elsewhere, .. }
        )
    }
}

fn choose(basket: Basket) -> Next {
    let kept = Saved::Choice { basket: basket.clone(), asked: false };
    (Stage::Choosing { basket }, vec![Effect::Keep(kept)])
}

fn price(basket: Basket, ask: u32, before: Option<Money>) -> Next {
    let kept = Saved::Choice { basket: basket.clone(), asked: true };
    let effects = vec![Effect::Keep(kept), Effect::Price { basket: basket.clone(), ask }];
    (Stage::Pricing { basket, ask, before }, effects)
}

fn priced(basket: Basket, quote: Result<Quote, NoPrice>, before: Option<Money>) -> Next {
    // A price that does not add up is none: nobody consents to it.
    let fits = quote.and_then(|quote| match quote.check(&basket) {
        Ok(()) => Ok(quote),
        Err(misfit) => Err(NoPrice::Misfit(misfit)),
    });
    match fits {
        Ok(quote) => {
            let before = before.filter(|before| *before != quote.total);
            (Stage::Reviewing { basket, quote, before }, vec![])
        }
        Err(why) => (Stage::Unpriced { basket, why }, vec![]),
    }
}

fn order(basket: Basket, quote: Quote, method: Option<Method>, key: AttemptKey, now: Timestamp) -> Next {
    let attempt = Attempt { key, since: now, basket, quote, method, order: None, payment_try: None };
    let effects = vec![Effect::Keep(Saved::Attempt(attempt.clone())), Effect::Order(attempt.clone())];
    (Stage::Ordering { attempt, again: false }, effects)
}

fn ordered(attempt: Attempt, answer: Answer<Order>, again: bool) -> Next {
    match answer {
        Answer::Yes(order) if order.key.as_ref().is_some_and(|key| *key != attempt.key) => {
            look(attempt, Known::default(), 0)
        }
        Answer::Yes(Order { id, total: Some(total), state, .. }) if total != attempt.total() => {
            let is_unpaid = state == OrderState::Pending && !attempt.quote.is_top_up();
            let attempt = Attempt { order: Some(id), ..attempt };
            if is_unpaid {
                return another_total(attempt, total);
            }
            // A top-up of another amount, or an order that does not wait for its payment, may have been paid.
            let keep = Effect::Keep(Saved::Attempt(attempt.clone()));
            (Stage::Ended { attempt, end: End::Unclear }, vec![keep])
        }
        Answer::Yes(order) => {
            let attempt = Attempt { order: Some(order.id), ..attempt };
            let keep = Effect::Keep(Saved::Attempt(attempt.clone()));
            if !attempt.needs_payment() || order.state != OrderState::Pending {
                let (stage, mut effects) = look(attempt, Known { order: Some(order.state), ..Known::default() }, 0);
                effects.insert(0, keep);
                return (stage, effects);
            }
            (Stage::AwaitingPayment { attempt, due: Due::Unpaid }, vec![keep, Effect::BeginPayment])
        }
        // That it could not be sent again says nothing of the first time.
        Answer::No(why) if again && !matches!(why, Refusal::PriceChanged | Refusal::CartExpired) => {
            look_after_no(attempt, why)
        }
        Answer::No(why) => {
            let kept = Saved::Choice { basket: attempt.basket.clone(), asked: false };
            let before = attempt.total();
            (Stage::Refused { basket: attempt.basket, why, before }, vec![Effect::Keep(kept)])
        }
        Answer::Unknown => look(attempt, Known::default(), 0),
    }
}

fn pay(attempt: Attempt, due: Due, this: PaymentTry) -> Next {
    // The open payment is the only one that may be used: another could be a second charge.
    if let Due::Open { page, .. } = due {
        return (Stage::Away { attempt }, vec![Effect::Leave(page)]);
    }
    let Some(order) = attempt.order.clone() else {
        return look(attempt, Known::default(), 0);
    };
    if this.method.as_ref().is_some_and(|method| method.kind.asks_for_token()) {
        // While another payment may bring money, nobody is asked for a card.
        if due == Due::Elsewhere {
            return look(attempt, Known::default(), 0);
        }
        // Until there is a token there is no payment whose end could be unknown.
        let effects = vec![Effect::Enter { attempt: attempt.clone(), order, this: this.clone() }];
        return (Stage::Entering { attempt, this }, effects);
    }
    send(attempt, order, this, None)
}

fn send(attempt: Attempt, order: OrderId, this: PaymentTry, token: Option<String>) -> Next {
    let attempt = Attempt { payment_try: Some(this.clone()), ..attempt };
    let keep = Effect::Keep(Saved::Attempt(attempt.clone()));
    let effects = vec![keep, Effect::Payment { attempt: attempt.clone(), order, this, token }];
    (Stage::Opening { attempt, again: false }, effects)
}

/// Begins a try, by what the subscriber was asked for.
fn begin(attempt: Attempt, this: PaymentTry, entered: Entered) -> Next {
    let begun = |attempt: Attempt| Attempt { payment_try: Some(this.clone()), ..attempt };
    let keep = |attempt: &Attempt| Effect::Keep(Saved::Attempt(attempt.clone()));
    match (entered, attempt.order.clone()) {
        (Entered::Token(token), Some(order)) => send(attempt, order, this, Some(token)),
        (Entered::Page(page), _) => {
            let attempt = begun(attempt);
            (Stage::Away { attempt: attempt.clone() }, vec![keep(&attempt), Effect::Leave(page)])
        }
        (Entered::Declined(denial), _) => (Stage::AwaitingPayment { attempt, due: Due::Denied(denial) }, vec![]),
        (Entered::Nothing, _) => (Stage::AwaitingPayment { attempt, due: Due::NotOpened }, vec![]),
        (Entered::Unknown | Entered::Token(_), _) => {
            let attempt = begun(attempt);
            let kept = keep(&attempt);
            let (stage, mut effects) = look(attempt, Known::default(), 0);
            effects.insert(0, kept);
            (stage, effects)
        }
    }
}

fn opened(attempt: Attempt, answer: Answer<Payment>, again: bool) -> Next {
    match answer {
        Answer::Yes(payment) if payment.key.as_ref().is_some_and(|key| attempt.try_key() != Some(key)) => {
            look(attempt, Known::default(), 0)
        }
        Answer::Yes(Payment { amount: Some(amount), status, .. }) if amount != attempt.total() => {
            // What is open on the carrier's page was paid by nobody yet. Of another method that is not known.
            let last = attempt.payment_try.as_ref().and_then(|last| last.method.as_ref());
            let is_hosted = last.is_none_or(|method| method.kind == MethodKind::Hosted);
            if status == PaymentStatus::Open && is_hosted && !again {
                another_total(attempt, amount)
            } else {
                (Stage::Ended { attempt, end: End::Unclear }, vec![])
            }
        }
        Answer::Yes(Payment { status: PaymentStatus::Open, page: Some(page), .. }) => {
            (Stage::Away { attempt }, vec![Effect::Leave(page)])
        }
        Answer::Yes(payment) => {
            let known = Known { payment: Some(payment.status), ..Known::default() };
            look(attempt, known, 0)
        }
        Answer::Unknown => look(attempt, Known::default(), 0),
        // Nothing was opened under this key, since another payment of the order is open or done.
        Answer::No(Refusal::PaymentOpen) => not_opened(attempt, Due::Elsewhere),
        // That it could not be sent again says nothing of the first time.
        Answer::No(why) if again => look_after_no(attempt, why),
        Answer::No(_) => not_opened(attempt, Due::NotOpened),
    }
}

/// What the carrier would not have again is looked for, and not sent once more.
fn look_after_no(attempt: Attempt, why: Refusal) -> Next {
    let known = Known { unwanted: why == Refusal::Other, ..Known::default() };
    look(attempt, known, 0)
}

/// The carrier opened nothing under this key, so a new try is not a second one.
fn not_opened(attempt: Attempt, due: Due) -> Next {
    let attempt = Attempt { payment_try: None, ..attempt };
    let keep = Effect::Keep(Saved::Attempt(attempt.clone()));
    (Stage::AwaitingPayment { attempt, due }, vec![keep])
}

/// What the other tab knows is kept here too: whoever closes it goes on here.
fn another_tab(attempt: Attempt, at: At) -> Next {
    let kept = Saved::Attempt(attempt.clone());
    (Stage::InAnotherTab { attempt, at }, vec![Effect::Keep(kept)])
}

fn resume(saved: Saved) -> Next {
    match saved {
        Saved::Choice { basket, asked: false } => (Stage::Choosing { basket }, vec![]),
        Saved::Choice { basket, asked: true } => price(basket, 0, None),
        Saved::Attempt(attempt) => {
            // Another tab may know more of it than what was kept here.
            let keep = Effect::Keep(Saved::Attempt(attempt.clone()));
            let (stage, mut effects) = look(attempt, Known::default(), 0);
            effects.insert(0, keep);
            (stage, effects)
        }
    }
}
