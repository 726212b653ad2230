//! The looks that the model takes for one kind are of one kind to the machine.

#![expect(clippy::unwrap_used, reason = "tests")]

use esim_renewal::app::checkout::{Due, Effect, Event, Stage};
use esim_renewal::domain::order::OrderState;
use esim_renewal::domain::payment::{Denial, PaymentStatus};
use proof::input::{Input, OrderSeen, PaymentSeen, Reply, Seen};
use proof::machine::look_kind;
use proof::scenario::Scenario;
use proof::words::event;

const WORLD: Scenario = Scenario::new("thresholds");
const PENDING: OrderSeen = OrderSeen { attempt: 0, state: OrderState::Pending, price: 0 };
const OPEN: PaymentSeen = PaymentSeen { this: 0, status: PaymentStatus::Open, price: 0, page: true, refunded: false };

fn told(inputs: &[Input]) -> Stage {
    let events = inputs.iter().map(|input| event(*input, &WORLD, &[]).unwrap());
    events.fold(Stage::Closed, |stage, event| stage.step(event).0)
}

/// The three stages that look: for a lost order, for a lost payment, and while a payment is open on its page.
fn looking() -> [Stage; 3] {
    let consented = [Input::Choose, Input::Ask, Input::Price(0, 0), Input::Consent(0)];
    let lost_order = [&consented[..], &[Input::Ordered(0, Reply::Unknown)]].concat();
    let opening = [Input::Ordered(0, Reply::Yes(PENDING)), Input::Pay(0), Input::Opened(0, Reply::Unknown)];
    let lost_payment = [&consented[..], &opening].concat();
    let found = Input::Looked(0, 0, Seen::Yes(PENDING), Seen::Yes(OPEN));
    let open = [&lost_payment[..], &[found]].concat();
    [told(&lost_order), told(&lost_payment), told(&open)]
}

fn looks_of(stage: &mut Stage) -> Option<&mut u32> {
    match stage {
        Stage::Confirming { looks, .. } | Stage::AwaitingPayment { due: Due::Open { looks, .. }, .. } => Some(looks),
        _ => None,
    }
}

/// What the machine does with an answer to a look, but for the number of the next and the wait for it.
fn done(mut stage: Stage, looks: u32, order: Seen<OrderSeen>, payment: Seen<PaymentSeen>) -> (Stage, Vec<Effect>) {
    *looks_of(&mut stage).unwrap() = looks;
    let mut answer = event(Input::Looked(0, 0, order, payment), &WORLD, &[]).unwrap();
    if let Event::Looked { look, .. } = &mut answer {
        *look = looks;
    }
    let (mut next, mut effects) = stage.step(answer);
    if let Some(looks) = looks_of(&mut next) {
        *looks = 0;
    }
    for effect in &mut effects {
        if let Effect::Look { look, after, .. } = effect {
            (*look, *after) = (0, 0);
        }
    }
    (next, effects)
}

#[test]
fn looks_of_one_kind_are_alike() {
    let states = [OrderState::Pending, OrderState::InProgress, OrderState::Cancelled, OrderState::Completed];
    let orders = states.map(|state| Seen::Yes(OrderSeen { state, ..PENDING }));
    let statuses =
        [PaymentStatus::Open, PaymentStatus::Authorized, PaymentStatus::Paid, PaymentStatus::Ended(Denial::Other)];
    let payments = statuses.map(|status| Seen::Yes(PaymentSeen { status, ..OPEN }));
    for stage in looking() {
        assert!(looks_of(&mut stage.clone()).is_some(), "{stage:?}");
        for order in orders.into_iter().chain([Seen::No, Seen::Unanswered]) {
            for payment in payments.into_iter().chain([Seen::No, Seen::Unanswered]) {
                for looks in 0..100 {
                    let of_kind = done(stage.clone(), look_kind(looks).into(), order, payment);
                    assert_eq!(done(stage.clone(), looks, order, payment), of_kind, "{looks}");
                }
            }
        }
    }
}

#[test]
fn what_was_not_found_is_sent_again_from_the_eighth_look_on() {
    let [lost_order, lost_payment, _] = looking();
    let sent = |stage: &Stage, looks, order, payment| {
        let (_, effects) = done(stage.clone(), looks, order, payment);
        effects.iter().any(|one| matches!(one, Effect::Order(_) | Effect::Payment { .. }))
    };
    for (looks, again) in [(7, false), (8, true), (64, true)] {
        assert_eq!(sent(&lost_order, looks, Seen::No, Seen::Unanswered), again);
        assert_eq!(sent(&lost_payment, looks, Seen::Yes(PENDING), Seen::No), again);
    }
}
