//! The machine broken on purpose, in one way at a time: what is broken is found.

use std::time::Duration;

use esim_renewal::app::checkout::saved::Saved;
use esim_renewal::app::checkout::{Answer, Attempt, Back, Due, Effect, End, Event, Found, Refusal, Stage};
use esim_renewal::domain::id::AttemptKey;
use esim_renewal::domain::order::OrderState;
use esim_renewal::domain::payment::PaymentStatus;
use proof::breaks::{Next, nothing_kept, paid_on_redirect, second_click};
use proof::explore::{Limits, explore};
use proof::machine::Step;
use proof::promise::Promise;
use proof::scenario::{Money, Scenario, Second};

const WORLD: Scenario = Scenario { looks: 1, ..Scenario::new("broken on purpose") };
/// Where the payment's POST itself may take the money.
const SAVED: Scenario = Scenario { money: Money::Direct, ..WORLD };

fn first(step: Step, scenario: Scenario) -> Option<Promise> {
    let limits = Limits { states: 5_000_000, time: Duration::from_mins(5), ends: false };
    explore(step, scenario, limits).violation.map(|one| one.promise)
}

/// Whether a promise is broken, however many others are broken sooner.
fn breaks(promise: Promise, step: Step, scenario: Scenario) -> bool {
    let others = Promise::ALL.into_iter().filter(|one| *one != promise).collect::<Vec<_>>();
    first(step, Scenario { known: others.leak(), ..scenario }).is_some()
}

/// Sends what was not found again, but under a new key.
fn new_key_on_retry(stage: Stage, event: Event) -> Next {
    let (next, effects) = stage.step(event);
    let Stage::Ordering { attempt, again: true } = next else { return (next, effects) };
    let key = AttemptKey::new("attempt-2").unwrap_or(attempt.key);
    let attempt = Attempt { key, ..attempt };
    let effects = vec![Effect::Keep(Saved::Attempt(attempt.clone())), Effect::Order(attempt.clone())];
    (Stage::Ordering { attempt, again: true }, effects)
}

/// Pays anew while it is not known what became of the last payment.
fn second_try_while_unknown(stage: Stage, event: Event) -> Next {
    match (stage, event) {
        (Stage::Confirming { attempt, .. }, event @ Event::Pay(_)) if attempt.order.is_some() => {
            Stage::AwaitingPayment { attempt, due: Due::Unpaid }.step(event)
        }
        (stage, event) => stage.step(event),
    }
}

/// Pays anew while a payment is open on its page.
fn second_try_while_open(stage: Stage, event: Event) -> Next {
    match (stage, event) {
        (Stage::AwaitingPayment { attempt, due: Due::Open { .. } }, event @ Event::Pay(_)) => {
            Stage::AwaitingPayment { attempt, due: Due::Unpaid }.step(event)
        }
        (stage, event) => stage.step(event),
    }
}

/// Sends a top-up again that was not found.
fn top_up_again(stage: Stage, event: Event) -> Next {
    match (stage, event) {
        (Stage::Confirming { attempt, looks: 8, .. }, Event::Looked { look: 8, order: Found::No, .. }) => {
            let effects = vec![Effect::Order(attempt.clone())];
            (Stage::Ordering { attempt, again: true }, effects)
        }
        (stage, event) => stage.step(event),
    }
}

/// Takes silence for a failure.
fn unknown_is_failed(stage: Stage, event: Event) -> Next {
    match event {
        Event::PaymentAnswered { key, answer: Answer::Unknown } => {
            stage.step(Event::PaymentAnswered { key, answer: Answer::No(Refusal::Other) })
        }
        event => stage.step(event),
    }
}

/// Takes absence for a proof.
fn absent_is_failed(stage: Stage, event: Event) -> Next {
    match (stage, event) {
        (
            Stage::Confirming { attempt, looks, .. },
            Event::Looked { look, payment: Found::No, order: Found::Yes(order), .. },
        ) if looks == look && order.state == OrderState::Pending => {
            let attempt = Attempt { order: Some(order.id), payment_try: None, ..attempt };
            (
                Stage::AwaitingPayment { attempt: attempt.clone(), due: Due::Unpaid },
                vec![Effect::Keep(Saved::Attempt(attempt))],
            )
        }
        (stage, event) => stage.step(event),
    }
}

/// Does not compare what the carrier asks with what was consented to.
fn any_total(stage: Stage, event: Event) -> Next {
    let event = match event {
        Event::OrderAnswered { key, answer: Answer::Yes(mut order) } => {
            order.total = None;
            Event::OrderAnswered { key, answer: Answer::Yes(order) }
        }
        Event::PaymentAnswered { key, answer: Answer::Yes(mut payment) } => {
            payment.amount = None;
            Event::PaymentAnswered { key, answer: Answer::Yes(payment) }
        }
        event => event,
    };
    stage.step(event)
}

/// Takes a failure to send again for one of the first time.
fn again_is_first(stage: Stage, event: Event) -> Next {
    match stage {
        Stage::Ordering { attempt, .. } => Stage::Ordering { attempt, again: false }.step(event),
        stage => stage.step(event),
    }
}

/// Takes an answer to an earlier try for one to this.
fn any_key(stage: Stage, event: Event) -> Next {
    match (&stage, event) {
        (Stage::Opening { attempt, .. }, Event::PaymentAnswered { key, answer }) => {
            let key = attempt.try_key().cloned().unwrap_or(key);
            stage.step(Event::PaymentAnswered { key, answer })
        }
        (_, event) => stage.step(event),
    }
}

/// Says of a cancelled order that nothing was charged, while a payment is still open.
fn none_taken(stage: Stage, event: Event) -> Next {
    let (next, effects) = stage.step(event);
    match next {
        Stage::Ended { attempt, end: End::Cancelled(Back::Open) } => {
            (Stage::Ended { attempt, end: End::Cancelled(Back::NoneTaken) }, effects)
        }
        next => (next, effects),
    }
}

/// Takes what the bank agreed to for what was delivered.
fn agreed_is_delivered(stage: Stage, event: Event) -> Next {
    let agreed = matches!(&event, Event::Looked { payment: Found::Yes(one), .. } if one.status != PaymentStatus::Open);
    match stage {
        Stage::Confirming { attempt, .. } if agreed => (Stage::Delivered { attempt }, vec![]),
        stage => stage.step(event),
    }
}

/// Goes on with what was handed over.
fn never_hands_over(stage: Stage, event: Event) -> Next {
    match (stage, event) {
        (stage @ (Stage::AwaitingPayment { .. } | Stage::Confirming { .. }), Event::AnotherTab { .. }) => {
            (stage, vec![])
        }
        (stage, event) => stage.step(event),
    }
}

/// Goes on with what was refused in the tab that it looked at.
fn deaf_to_a_refusal(stage: Stage, event: Event) -> Next {
    match (stage, event) {
        (stage @ Stage::InAnotherTab { .. }, Event::Edited) => (stage, vec![]),
        (stage, event) => stage.step(event),
    }
}

#[test]
fn two_tabs_that_do_not_keep_apart_are_found() {
    let copied = Scenario { second: Second::Copy, torn: false, twice: false, price_changes: false, ..WORLD };
    assert!(breaks(Promise::PayOffer, never_hands_over, copied), "both offer to pay");
    assert_eq!(first(deaf_to_a_refusal, copied), Some(Promise::NothingOrdered));
}

#[test]
fn what_is_ordered_or_charged_twice_is_found() {
    assert_eq!(first(new_key_on_retry, WORLD), Some(Promise::OnlyConsented));
    assert_eq!(first(second_click, Scenario { attempts: 2, ..WORLD }), Some(Promise::OnlyConsented));
    let top_up = Scenario { money: Money::TopUp, ..WORLD };
    assert_eq!(first(top_up_again, top_up), Some(Promise::ChargedOnce));
    for step in [second_try_while_unknown, second_try_while_open, absent_is_failed, unknown_is_failed] as [Step; 4] {
        assert!(breaks(Promise::OneTry, step, WORLD), "another try is sent");
        let unguarded = Scenario { guarded: false, ..SAVED };
        assert!(breaks(Promise::ChargedOnce, step, unguarded), "and charged, where the carrier does not help");
    }
}

#[test]
fn what_is_said_and_not_so_is_found() {
    assert_eq!(first(paid_on_redirect, WORLD), Some(Promise::Delivered));
    assert_eq!(first(agreed_is_delivered, WORLD), Some(Promise::Delivered));
    assert_eq!(first(none_taken, WORLD), Some(Promise::NothingTaken));
    let free = Scenario { money: Money::Free, ..WORLD };
    assert_eq!(first(again_is_first, free), Some(Promise::NothingOrdered));
    assert!(breaks(Promise::NothingCharged, unknown_is_failed, SAVED));
    assert_eq!(first(any_key, WORLD), Some(Promise::PayOffer));
}

#[test]
fn what_is_not_kept_or_not_compared_is_found() {
    assert_eq!(first(nothing_kept, WORLD), Some(Promise::KeptFirst));
    assert_eq!(first(any_total, Scenario { other_total: true, ..WORLD }), Some(Promise::OwnTotal));
}
