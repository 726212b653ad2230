//! How often the carrier is asked, and what its answers say.

use super::*;

/// What the payment page led to is not known: a try is there.
fn away() -> Stage {
    let (stage, _) = run(Stage::Closed, opened("t"));
    stage.step(Event::PaymentAnswered { key: try_key("t"), answer: Answer::Unknown }).0
}

fn wait_of(effects: &[Effect]) -> Option<u32> {
    effects.iter().find_map(|effect| match effect {
        Effect::Look { after, .. } => Some(*after),
        _ => None,
    })
}

#[test]
fn each_look_waits_longer_than_the_one_before_and_none_for_ever() {
    let mut stage = away();
    let mut waits = vec![];
    for look in 0..64 {
        let (next, effects) = stage.step(looked(look, Found::Unanswered, Found::Unanswered));
        waits.push(wait_of(&effects).unwrap());
        stage = next;
    }
    assert_eq!(waits[..4], [750, 1_000, 1_250, 1_500]);
    assert_eq!(waits[40..], [10_000; 24]);
    let (stage, effects) = stage.step(looked(64, Found::Unanswered, Found::Unanswered));
    assert_eq!(wait_of(&effects), None, "from here on the screen offers to look");
    let (_, effects) = stage.step(Event::LookAgain);
    assert_eq!(wait_of(&effects), Some(0));
}

#[test]
fn what_another_try_came_to_says_nothing_of_this_one() {
    for status in [PaymentStatus::Ended(Denial::Other), PaymentStatus::Open, PaymentStatus::Paid] {
        let other = Found::Yes(payment("u", status));
        let (stage, _) = away().step(looked(0, Found::Yes(order(OrderState::Pending)), other));
        assert!(matches!(&stage, Stage::Confirming { known, .. } if known.payment.is_none()), "{stage:?}");
    }
}

#[test]
fn money_that_is_owed_is_followed_for_a_while() {
    let owed =
        |look| looked(look, Found::Yes(order(OrderState::Cancelled)), Found::Yes(payment("t", PaymentStatus::Paid)));
    let (stage, _) = run(away(), (0..64).map(owed));
    assert!(matches!(stage, Stage::Confirming { looks: 64, .. }), "{stage:?}");
    let (stage, effects) = stage.step(owed(64));
    assert!(matches!(stage, Stage::Ended { end: End::Cancelled(Back::Owed), .. }), "{stage:?}");
    assert_eq!(wait_of(&effects), None);
}

#[test]
fn of_an_order_that_is_cancelled_without_a_try_nothing_is_said_of_money() {
    let mut events = consented();
    events.push(answered(Answer::Unknown));
    let (stage, _) = run(Stage::Closed, events);
    for payment in [Found::No, Found::Yes(payment("x", PaymentStatus::Ended(Denial::Other)))] {
        let (stage, _) = stage.clone().step(looked(0, Found::Yes(order(OrderState::Cancelled)), payment));
        assert!(matches!(stage, Stage::Ended { end: End::Cancelled(Back::Open), .. }), "{stage:?}");
    }
}

#[test]
fn while_a_payment_is_open_only_the_look_that_is_waited_for_counts() {
    let open = Found::Yes(payment("t", PaymentStatus::Open));
    let (stage, _) = away().step(looked(0, Found::Yes(order(OrderState::Pending)), open));
    let Stage::AwaitingPayment { due: Due::Open { looks, .. }, .. } = &stage else { panic!("{stage:?}") };
    let waited = *looks;
    let paid = |key: &str, look| {
        let paid = Found::Yes(payment("t", PaymentStatus::Paid));
        let done = Found::Yes(order(OrderState::Completed));
        Event::Looked { key: attempt_key(key), look, order: done, payment: paid, repeatable: false }
    };
    for stray in [paid("a", waited + 1), paid("b", waited)] {
        assert_eq!(stage.clone().step(stray), (stage.clone(), vec![]));
    }
    assert!(matches!(stage.clone().step(paid("a", waited)).0, Stage::Delivered { .. }));

    let (again, effects) = stage.step(Event::LookAgain);
    assert!(matches!(&effects[..], [Effect::Look { look, after: 0, .. }] if *look == waited + 1), "{effects:?}");
    assert!(matches!(again.step(paid("a", waited + 1)).0, Stage::Delivered { .. }));
}
