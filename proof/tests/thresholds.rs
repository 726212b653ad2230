//! The looks that the model takes for one kind are of one kind to the machine.

use esim_renewal::app::checkout::{Effect, Event, Stage};
use proof::input::{Input, OrderSeen, PaymentSeen, Reply, Seen};
use proof::machine::look_kind;
use proof::scenario::Scenario;
use proof::words::event;

const WORLD: Scenario = Scenario::new("thresholds");

fn tell(stage: Stage, input: Input) -> Stage {
    stage.step(event(input, &WORLD, &[]).unwrap()).0
}

/// What the machine does with an answer, but for the look's number and the wait.
fn done(looks: u32, order: Seen<OrderSeen>, payment: Seen<PaymentSeen>, opened: bool) -> (Stage, Vec<Effect>) {
    use esim_renewal::domain::order::OrderState::Pending;
    let mut stage = Stage::Closed;
    let mut inputs = vec![Input::Choose, Input::Ask, Input::Price(0, 0), Input::Consent(0)];
    if opened {
        inputs.push(Input::Ordered(0, Reply::Yes(OrderSeen { attempt: 0, state: Pending, price: 0 })));
        inputs.extend([Input::Pay(0), Input::Opened(0, Reply::Unknown)]);
    } else {
        inputs.push(Input::Ordered(0, Reply::Unknown));
    }
    for input in inputs {
        stage = tell(stage, input);
    }
    let Stage::Confirming { looks: at, .. } = &mut stage else { panic!("not confirming: {stage:?}") };
    *at = looks;
    let Some(Event::Looked { key, order, payment, repeatable, .. }) =
        event(Input::Looked(0, 0, order, payment), &WORLD, &[])
    else {
        panic!("no look");
    };
    let (mut next, effects) = stage.step(Event::Looked { key, look: looks, order, payment, repeatable });
    if let Stage::Confirming { looks, .. } = &mut next {
        *looks = 0;
    }
    let effects = effects.into_iter().map(|effect| match effect {
        Effect::Look { attempt, .. } => Effect::Look { attempt, look: 0, after: 0 },
        other => other,
    });
    (next, effects.collect())
}

#[test]
fn looks_of_one_kind_are_alike() {
    use esim_renewal::domain::order::OrderState::{Cancelled, Completed, InProgress, Pending};
    use esim_renewal::domain::payment::{Denial, PaymentStatus};
    let orders = [Pending, InProgress, Cancelled, Completed]
        .map(|state| Seen::Yes(OrderSeen { attempt: 0, state, price: 0 }))
        .into_iter()
        .chain([Seen::No, Seen::Unanswered]);
    let statuses = [PaymentStatus::Open, PaymentStatus::Paid, PaymentStatus::Ended(Denial::Other)];
    for order in orders {
        let payments =
            statuses.map(|status| Seen::Yes(PaymentSeen { this: 0, status, price: 0, page: false, refunded: false }));
        for payment in payments.into_iter().chain([Seen::No, Seen::Unanswered]) {
            for opened in [false, true] {
                for looks in 0..100 {
                    let kind = u32::from(look_kind(looks));
                    assert_eq!(done(looks, order, payment, opened), done(kind, order, payment, opened), "{looks}");
                }
            }
        }
    }
}

#[test]
fn what_was_not_found_is_sent_again_from_the_eighth_look_on() {
    let sent =
        |looks| done(looks, Seen::No, Seen::Unanswered, false).1.iter().any(|one| matches!(one, Effect::Order(_)));
    assert!(!sent(7) && sent(8));
}
