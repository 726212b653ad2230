//! What the carrier's answers to a look-up mean for an attempt.

use super::saved::Saved;
use super::{Attempt, Back, Due, Effect, End, Found, Known, Stage};
use crate::domain::money::Money;
use crate::domain::order::{Order, OrderState};
use crate::domain::payment::{Payment, PaymentStatus};

/// After so many looks in a row the screen offers to look again instead of going on by itself: about eight minutes.
const MOST_LOOKS: u32 = 64;

/// After so many looks that found nothing, about fifteen seconds, the first sending is taken to have settled.
const SETTLED: u32 = 8;

type Next = (Stage, Vec<Effect>);

/// Asks the carrier, at once for the first look and with longer and longer waits after.
pub(super) fn look(attempt: Attempt, known: Known, looks: u32) -> Next {
    let wait = if looks == 0 { 0 } else { back_off(looks) };
    look_after(wait, attempt, looks, |attempt, looks| Stage::Confirming { attempt, known, looks })
}

/// Asks the carrier after a wait, on the stage that `stage` makes.
pub(super) fn look_after(after: u32, attempt: Attempt, looks: u32, stage: impl FnOnce(Attempt, u32) -> Stage) -> Next {
    let effects = vec![Effect::Look { attempt: attempt.clone(), look: looks, after }];
    (stage(attempt, looks), effects)
}

/// Half a second at first, ten seconds at the most.
fn back_off(looks: u32) -> u32 {
    (500 + 250 * looks).min(10_000)
}

/// Where an attempt stands by the carrier's answers. Only the carrier's own words lead on: silence and absence do not.
pub(super) fn after_look(
    attempt: Attempt,
    known: Known,
    looks: u32,
    order: Found<Order>,
    payment: Found<Payment>,
    repeatable: bool,
) -> Next {
    // A top-up has no key by which the carrier could know it again.
    let send_again = repeatable && looks >= SETTLED && !known.unwanted && !attempt.quote.is_top_up();
    let order = match order {
        Found::Yes(order) => order,
        // The same key and the same bytes: a carrier that is known for it takes them once.
        Found::No if send_again && attempt.order.is_none() => {
            let effects = vec![Effect::Order(attempt.clone())];
            return (Stage::Ordering { attempt, again: true }, effects);
        }
        Found::No | Found::Unanswered => return again(attempt, known, looks),
    };
    // What another try came to says nothing of this one. Where there is none, it is any payment of the order.
    let payment = match payment {
        Found::Yes(payment) if attempt.payment_try.is_some() && payment.key.as_ref() != attempt.try_key() => {
            Found::Unanswered
        }
        payment => payment,
    };
    let attempt = Attempt { order: Some(order.id.clone()), ..attempt };
    let keep = Effect::Keep(Saved::Attempt(attempt.clone()));
    let known = Known {
        order: Some(order.state),
        payment: match &payment {
            Found::Yes(payment) => Some(payment.status),
            Found::No | Found::Unanswered => known.payment,
        },
        unwanted: known.unwanted,
    };
    let end = match order.state {
        OrderState::Completed => {
            let effects = vec![keep, Effect::Completed(order.id), Effect::Refresh];
            return (Stage::Delivered { attempt }, effects);
        }
        OrderState::InProgress | OrderState::Held => return again(attempt, known, looks),
        OrderState::Pending => return unpaid(attempt, known, looks, &order, payment, send_again),
        // What was taken goes back: that is followed for a while.
        OrderState::Cancelled => match back(&attempt, &payment) {
            Back::Owed if looks < MOST_LOOKS => return again(attempt, known, looks),
            back => End::Cancelled(back),
        },
        OrderState::Rejected => End::Rejected,
        OrderState::Failed => End::Failed,
        OrderState::Partial => End::Partial,
    };
    (Stage::Ended { attempt, end }, vec![keep, Effect::Refresh])
}

/// What became of the money for an order that was called off.
fn back(attempt: &Attempt, payment: &Found<Payment>) -> Back {
    match payment {
        // Another tab or device may have paid: of that nothing is known here.
        _ if attempt.payment_try.is_none() => Back::Open,
        Found::Yes(Payment { status: PaymentStatus::Ended(_), .. }) => Back::NoneTaken,
        Found::Yes(Payment { status: PaymentStatus::Paid, refunded, .. }) => {
            refunded.map_or(Back::Owed, Back::Refunded)
        }
        Found::Yes(Payment { status: PaymentStatus::Open | PaymentStatus::Authorized, .. })
        | Found::No
        | Found::Unanswered => Back::Open,
    }
}

/// While a payment is open on its page: an answer that tells nothing new leaves the screen as it is.
pub(super) fn while_open(
    attempt: Attempt,
    page: String,
    looks: u32,
    order: Found<Order>,
    payment: Found<Payment>,
) -> Next {
    let by_payment = matches!(&payment, Found::Yes(payment) if payment.key.as_ref() == attempt.try_key()
        && (payment.status != PaymentStatus::Open || payment.amount.is_some_and(|amount| amount != attempt.total())));
    let by_order = matches!(&order, Found::Yes(order) if order.state != OrderState::Pending
        || order.total.is_some_and(|total| total != attempt.total()));
    if by_payment || by_order {
        after_look(attempt, Known::default(), looks, order, payment, false)
    } else {
        open(attempt, page, looks)
    }
}

/// The order stands and the carrier waits for the payment.
fn unpaid(
    attempt: Attempt,
    known: Known,
    looks: u32,
    order: &Order,
    payment: Found<Payment>,
    send_again: bool,
) -> Next {
    let another = |amount: Option<Money>| amount.filter(|amount| *amount != attempt.total());
    let asked = another(order.total).or_else(|| match &payment {
        Found::Yes(payment) => another(payment.amount),
        Found::No | Found::Unanswered => None,
    });
    if let Some(asked) = asked {
        let is_unpaid = match &payment {
            Found::Yes(payment) => !payment.may_bring_money(),
            Found::No | Found::Unanswered => attempt.payment_try.is_none(),
        };
        if is_unpaid {
            return another_total(attempt, asked);
        }
        let keep = Effect::Keep(Saved::Attempt(attempt.clone()));
        return (Stage::Ended { attempt, end: End::Unclear }, vec![keep]);
    }
    if !attempt.needs_payment() {
        return again(attempt, known, looks);
    }
    let due = match (attempt.payment_try.clone(), payment) {
        // Another device's, or the hotline's.
        (None, Found::Yes(payment)) if payment.may_bring_money() => Due::Elsewhere,
        (None, _) => Due::Unpaid,
        (Some(_), Found::Yes(Payment { status: PaymentStatus::Ended(denial), .. })) => Due::Denied(denial),
        (Some(_), Found::Yes(Payment { status: PaymentStatus::Open, page: Some(page), .. })) => {
            return open(attempt, page, looks);
        }
        (Some(this), Found::No) if send_again && attempt.is_try_whole() => {
            let effects =
                vec![Effect::Payment { attempt: attempt.clone(), order: order.id.clone(), this, token: None }];
            return (Stage::Opening { attempt, again: true }, effects);
        }
        // Paid and not yet taken note of, open without a page, not found, or no answer.
        (Some(_), _) => return again(attempt, known, looks),
    };
    let keep = Effect::Keep(Saved::Attempt(attempt.clone()));
    (Stage::AwaitingPayment { attempt, due }, vec![keep])
}

/// The carrier asks another total than the one that was consented to, and nothing was paid: the order is called off.
pub(super) fn another_total(attempt: Attempt, asked: Money) -> Next {
    let mut effects = vec![Effect::Keep(Saved::Attempt(attempt.clone()))];
    effects.extend(attempt.order.clone().map(Effect::Cancel));
    (Stage::Ended { attempt, end: End::AnotherTotal(asked) }, effects)
}

/// Offers the page of the open payment, and asks for a while what became of it.
fn open(attempt: Attempt, page: String, looks: u32) -> Next {
    let keep = Effect::Keep(Saved::Attempt(attempt.clone()));
    let stage = |attempt, looks| Stage::AwaitingPayment { attempt, due: Due::Open { page, looks } };
    if looks >= MOST_LOOKS {
        return (stage(attempt, looks), vec![keep]);
    }
    let (stage, mut effects) = look_after(back_off(looks), attempt, looks + 1, stage);
    effects.insert(0, keep);
    (stage, effects)
}

/// Looks again by itself, for a while.
fn again(attempt: Attempt, known: Known, looks: u32) -> Next {
    if looks < MOST_LOOKS {
        look(attempt, known, looks + 1)
    } else {
        (Stage::Confirming { attempt, known, looks }, vec![])
    }
}
