//! What follows a lost reply.

use super::*;

#[test]
fn a_lost_order_reply_is_looked_up_and_never_sent_again() {
    let mut events = consented();
    events.push(answered(Answer::Unknown));
    let absent = |look| looked(look, Found::No, Found::Unanswered);
    events.extend((0..200).map(absent));
    let (stage, effects) = run(Stage::Closed, events);
    assert!(matches!(stage, Stage::Confirming { .. }), "not found is no proof: {stage:?}");
    assert_eq!(posts(&effects), 1);

    let (stage, effects) = stage.step(Event::LookAgain);
    assert!(matches!(effects[..], [Effect::Look { .. }]));
    let Stage::Confirming { looks, .. } = stage else { panic!("{stage:?}") };
    let (stage, _) = stage.step(looked(looks, Found::Yes(order(OrderState::Pending)), Found::Unanswered));
    assert!(matches!(stage, Stage::AwaitingPayment { due: Due::Unpaid, .. }), "{stage:?}");
}

#[test]
fn a_lost_payment_reply_never_leads_to_a_second_payment() {
    let (stage, _) = run(Stage::Closed, opened("t"));
    let (stage, _) = stage.step(Event::PaymentAnswered { key: try_key("t"), answer: Answer::Unknown });
    let pending = || Found::Yes(order(OrderState::Pending));
    let (stage, effects) = run(
        stage,
        [
            pay("u"),
            looked(0, pending(), Found::No),
            pay("v"),
            looked(1, pending(), Found::Unanswered),
            consent("b"),
            Event::Closed,
        ],
    );
    assert!(matches!(stage, Stage::Confirming { .. }), "{stage:?}");
    assert_eq!(posts(&effects), 0);
}

/// A carrier that takes the same order and payment once, and found neither.
fn lost(look: u32, order: Found<Order>) -> Event {
    Event::Looked { key: attempt_key("a"), look, order, payment: Found::No, repeatable: true }
}

#[test]
fn a_failure_to_send_again_says_nothing_of_the_first_time() {
    let mut events = consented();
    events.push(answered(Answer::Unknown));
    events.extend((0..9).map(|look| lost(look, Found::No)));
    let (stage, _) = run(Stage::Closed, events);
    for why in [Refusal::NotSent, Refusal::SignedOut, Refusal::NoAccount, Refusal::Other] {
        let (stage, _) = stage.clone().step(answered(Answer::No(why)));
        assert!(matches!(&stage, Stage::Confirming { attempt, .. } if attempt.key == attempt_key("a")), "{stage:?}");
    }

    let (stage, _) = run(Stage::Closed, opened("t"));
    let (stage, _) = stage.step(Event::PaymentAnswered { key: try_key("t"), answer: Answer::Unknown });
    let (stage, _) = run(stage, (0..9).map(|look| lost(look, Found::Yes(order(OrderState::Pending)))));
    let (stage, _) = stage.step(Event::PaymentAnswered { key: try_key("t"), answer: Answer::No(Refusal::NotSent) });
    let kept = matches!(&stage, Stage::Confirming { attempt, .. } if attempt.try_key() == Some(&try_key("t")));
    assert!(kept, "{stage:?}");
}

#[test]
fn what_was_lost_is_sent_again_where_the_carrier_takes_it_once() {
    let mut events = consented();
    events.push(answered(Answer::Unknown));
    let (stage, first) = run(Stage::Closed, events);
    let (stage, early) = run(stage, (0..8).map(|look| lost(look, Found::No)));
    assert_eq!(posts(&early), 0, "the first one may still be on its way");
    let (stage, again) = stage.step(lost(8, Found::No));
    let sent = |effects: &[Effect]| effects.iter().find(|effect| matches!(effect, Effect::Order(_))).cloned();
    assert!(sent(&again).is_some() && sent(&again) == sent(&first));
    assert!(matches!(stage, Stage::Ordering { .. }), "{stage:?}");

    let (stage, _) = run(Stage::Closed, opened("t"));
    let (stage, _) = stage.step(Event::PaymentAnswered { key: try_key("t"), answer: Answer::Unknown });
    let pending = |look| lost(look, Found::Yes(order(OrderState::Pending)));
    let (stage, effects) = run(stage, (0..9).map(pending));
    assert!(matches!(&effects[..], [.., Effect::Payment { this, .. }] if *this == a_try("t")), "{effects:?}");
    assert!(matches!(stage, Stage::Opening { .. }), "{stage:?}");
}

#[test]
fn what_the_carrier_would_not_have_again_is_only_looked_for() {
    let mut events = consented();
    events.push(answered(Answer::Unknown));
    let (stage, _) = run(Stage::Closed, events);
    let (stage, _) = run(stage, (0..9).map(|look| lost(look, Found::No)));
    assert!(matches!(stage, Stage::Ordering { again: true, .. }), "{stage:?}");
    let (stage, _) = stage.step(answered(Answer::No(Refusal::Other)));
    let (stage, effects) = run(stage, (0..64).map(|look| lost(look, Found::No)));
    assert_eq!(posts(&effects), 0, "it would be refused again and again");
    let (stage, _) = stage.step(lost(64, Found::Yes(order(OrderState::Completed))));
    assert!(matches!(stage, Stage::Delivered { .. }), "and is found all the same: {stage:?}");
}

#[test]
fn what_did_not_leave_is_sent_again_later() {
    let mut events = consented();
    events.push(answered(Answer::Unknown));
    let (stage, _) = run(Stage::Closed, events);
    let (stage, _) = run(stage, (0..9).map(|look| lost(look, Found::No)));
    let (stage, _) = stage.step(answered(Answer::No(Refusal::NotSent)));
    let (stage, effects) = run(stage, (0..9).map(|look| lost(look, Found::No)));
    assert_eq!(posts(&effects), 1);
    assert!(matches!(stage, Stage::Ordering { again: true, .. }), "{stage:?}");
}
