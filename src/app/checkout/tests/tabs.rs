//! One tab at a time carries an attempt out; the others look on.

use super::*;

fn another_tab(attempt: &Attempt, at: At) -> Event {
    Event::AnotherTab { attempt: attempt.clone(), at }
}

fn attempt_of(stage: &Stage) -> Attempt {
    stage.under_way().map(|(attempt, _)| attempt.clone()).unwrap()
}

#[test]
fn what_is_handed_over_sends_nothing_more_and_keeps_what_the_other_tab_knows() {
    let (stage, _) = run(Stage::Closed, opened("t"));
    let mine = attempt_of(&stage);
    let theirs = Attempt { payment_try: Some(a_try("u")), ..mine };
    let (stage, effects) = stage.step(another_tab(&theirs, At::Paying));
    assert_eq!(effects, [Effect::Keep(Saved::Attempt(theirs.clone()))]);
    assert_eq!(stage, Stage::InAnotherTab { attempt: theirs, at: At::Paying });

    for late in [
        Event::PaymentAnswered { key: try_key("t"), answer: Answer::No(Refusal::NotSent) },
        Event::PaymentAnswered { key: try_key("u"), answer: Answer::Yes(payment("u", PaymentStatus::Open)) },
        pay("v"),
        consent("b"),
        Event::LookAgain,
        looked(0, Found::Yes(order(OrderState::Cancelled)), Found::No),
    ] {
        assert_eq!(stage.clone().step(late), (stage.clone(), vec![]));
    }
}

#[test]
fn whoever_takes_over_asks_the_carrier_first() {
    let (stage, _) = run(Stage::Closed, opened("t"));
    let attempt = attempt_of(&stage);
    let (stage, _) = Stage::Closed.step(another_tab(&attempt, At::Paying));
    let (stage, effects) = stage.step(Event::Resumed(Saved::Attempt(attempt.clone())));
    assert!(matches!(stage, Stage::Confirming { .. }), "{stage:?}");
    let keep = Effect::Keep(Saved::Attempt(attempt.clone()));
    assert_eq!(effects, [keep, Effect::Look { attempt, look: 0, after: 0 }]);
}

#[test]
fn what_was_refused_in_the_other_tab_is_a_choice_again() {
    let (stage, _) = run(Stage::Closed, consented());
    let (stage, _) = Stage::Closed.step(another_tab(&attempt_of(&stage), At::Ordering));
    let (stage, effects) = stage.step(Event::Edited);
    assert_eq!(stage, Stage::Choosing { basket: basket() });
    assert_eq!(effects, [Effect::Keep(Saved::Choice { basket: basket(), asked: false })]);
}

#[test]
fn another_attempt_in_another_tab_is_none_of_this_one() {
    let (stage, _) = run(Stage::Closed, opened("t"));
    let other = Attempt { key: attempt_key("b"), ..attempt_of(&stage) };
    assert_eq!(stage.clone().step(another_tab(&other, At::Paying)), (stage, vec![]));
}

#[test]
fn the_same_basket_in_another_tab_is_shown_and_another_one_is_not() {
    let refused = |events: Vec<Event>| run(Stage::Closed, events).0;
    let mut events = consented();
    events.push(answered(Answer::No(Refusal::AnotherTab)));
    let stage = refused(events);
    assert!(matches!(stage, Stage::Refused { why: Refusal::AnotherTab, .. }), "{stage:?}");

    let (ordering, _) = run(Stage::Closed, consented());
    let theirs = Attempt { key: attempt_key("b"), ..attempt_of(&ordering) };
    let other = Attempt { basket: basket_of(vec![item("data-50", OfferingKind::Data, 1)]), ..theirs.clone() };
    assert_eq!(stage.clone().step(another_tab(&other, At::Ordering)), (stage.clone(), vec![]));

    let (stage, _) = stage.step(another_tab(&theirs, At::Ordering));
    assert_eq!(stage, Stage::InAnotherTab { attempt: theirs, at: At::Ordering });
    // Nothing of it is lost by leaving: the other tab has it.
    assert_eq!(stage.step(Event::Closed), (Stage::Closed, vec![Effect::Forget]));
}

#[test]
fn a_payment_under_way_elsewhere_can_be_asked_for() {
    let (stage, _) = run(Stage::Closed, opened("t"));
    let answer = Answer::No(Refusal::PaymentOpen);
    let (stage, _) = stage.step(Event::PaymentAnswered { key: try_key("t"), answer });
    assert!(matches!(stage, Stage::AwaitingPayment { due: Due::Elsewhere, .. }), "{stage:?}");
    let (stage, _) = stage.step(Event::LookAgain);
    assert!(matches!(stage, Stage::Confirming { .. }), "{stage:?}");
    let (stage, _) = stage.step(looked(0, Found::Yes(order(OrderState::Completed)), Found::Unanswered));
    assert!(matches!(stage, Stage::Delivered { .. }), "{stage:?}");
}

/// An order that stands, and of whose payments this tab knows none.
fn confirming_without_a_try() -> Stage {
    let mut events = consented();
    events.push(answered(Answer::Yes(order(OrderState::InProgress))));
    run(Stage::Closed, events).0
}

#[test]
fn a_payment_of_another_device_is_seen_and_none_is_offered_beside_it() {
    let pending = || Found::Yes(order(OrderState::Pending));
    for status in [PaymentStatus::Open, PaymentStatus::Authorized, PaymentStatus::Paid] {
        for key in [Some(try_key("x")), None] {
            let theirs = Payment { key, ..payment("x", status) };
            let (stage, _) = confirming_without_a_try().step(looked(0, pending(), Found::Yes(theirs)));
            assert!(matches!(stage, Stage::AwaitingPayment { due: Due::Elsewhere, .. }), "{stage:?}");
            assert!(!stage.may_close());
        }
    }
    let over = payment("x", PaymentStatus::Ended(Denial::Other));
    for none in [Found::Yes(over), Found::No, Found::Unanswered] {
        let (stage, _) = confirming_without_a_try().step(looked(0, pending(), none));
        assert!(matches!(stage, Stage::AwaitingPayment { due: Due::Unpaid, .. }), "{stage:?}");
    }
}

#[test]
fn nobody_is_asked_for_a_card_while_another_payment_may_bring_money() {
    let theirs = payment("x", PaymentStatus::Open);
    let seen = looked(0, Found::Yes(order(OrderState::Pending)), Found::Yes(theirs));
    let (stage, _) = confirming_without_a_try().step(seen);
    let page = Method { id: MethodId::new("page").unwrap(), kind: MethodKind::Page };
    let (stage, effects) = stage.step(Event::Pay(PaymentTry { method: Some(page), ..a_try("t") }));
    assert!(matches!(stage, Stage::Confirming { .. }), "{stage:?}");
    assert!(matches!(effects.as_slice(), [Effect::Look { .. }]), "{effects:?}");
}

#[test]
fn only_a_tab_that_looks_on_shows_what_another_one_does() {
    let (driving, _) = run(Stage::Closed, opened("t"));
    let (looking, _) = Stage::Closed.step(another_tab(&attempt_of(&driving), At::Paying));
    let mut events = consented();
    events.push(answered(Answer::No(Refusal::AnotherTab)));
    let (refused, _) = run(Stage::Closed, events);
    assert!(looking.looks_on() && refused.looks_on());

    let mut events = consented();
    events.push(answered(Answer::No(Refusal::Other)));
    let (otherwise, _) = run(Stage::Closed, events);
    assert!(!driving.looks_on() && !otherwise.looks_on() && !Stage::Closed.looks_on());
}
