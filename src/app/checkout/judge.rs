//! What the carrier's answers to a look-up mean for an attempt.

use super::saved::Saved;
use super::{Attempt, Due, Effect, End, Found, Known, Stage};
use crate::domain::order::{Order, OrderState};
use crate::domain::payment::{Payment, PaymentStatus};

/// After so many looks in a row the screen offers to look again instead of going on by itself: about ten minutes.
const MOST_LOOKS: u32 = 64;

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
) -> Next {
    let Found::Yes(order) = order else {
        return again(attempt, known, looks);
    };
    // What another try came to says nothing of this one.
    let payment = match payment {
        Found::Yes(payment) if payment.key != attempt.payment_try => Found::Unanswered,
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
    };
    let end = match order.state {
        OrderState::Completed => {
            let effects = vec![keep, Effect::Completed(order.id), Effect::Refresh];
            return (Stage::Delivered { attempt }, effects);
        }
        OrderState::InProgress => return again(attempt, known, looks),
        OrderState::Pending => return unpaid(attempt, known, looks, &order, payment),
        OrderState::Cancelled => End::Cancelled,
        OrderState::Rejected => End::Rejected,
        OrderState::Failed => End::Failed,
        OrderState::Partial => End::Partial,
    };
    (Stage::Ended { attempt, end }, vec![keep, Effect::Refresh])
}

/// The order stands and the carrier waits, as a rule for the payment.
fn unpaid(attempt: Attempt, known: Known, looks: u32, order: &Order, payment: Found<Payment>) -> Next {
    if order.total.is_some_and(|total| total != attempt.total) {
        return (Stage::Ended { attempt, end: End::AnotherTotal }, vec![]);
    }
    if attempt.total.is_zero() {
        return again(attempt, known, looks);
    }
    let keep = Effect::Keep(Saved::Attempt(attempt.clone()));
    let due = match (&attempt.payment_try, payment) {
        (None, _) => Due::Unpaid,
        (Some(_), Found::Yes(Payment { status: PaymentStatus::Ended(denial), .. })) => Due::Denied(denial),
        (Some(_), Found::Yes(Payment { status: PaymentStatus::Open, page: Some(page), .. })) => {
            let wait = back_off(looks);
            let (stage, mut effects) = look_after(wait, attempt, looks + 1, |attempt, looks| Stage::AwaitingPayment {
                attempt,
                due: Due::Open { page, looks },
            });
            effects.insert(0, keep);
            return (stage, effects);
        }
        // Paid and not yet taken note of, open without a page, not found, or no answer.
        (Some(_), _) => return again(attempt, known, looks),
    };
    (Stage::AwaitingPayment { attempt, due }, vec![keep])
}

/// Looks again by itself, for a while.
fn again(attempt: Attempt, known: Known, looks: u32) -> Next {
    if looks < MOST_LOOKS {
        look(attempt, known, looks + 1)
    } else {
        (Stage::Confirming { attempt, known, looks }, vec![])
    }
}
