//! What the answer to an order or a payment means, case by case.

use super::*;

fn opening(method: Option<MethodKind>) -> Stage {
    let mut events = consented();
    events.push(answered(Answer::Yes(order(OrderState::Pending))));
    let method = method.map(|kind| Method { id: MethodId::new("method").unwrap(), kind });
    events.push(Event::Pay(PaymentTry { method, ..a_try("t") }));
    run(Stage::Closed, events).0
}

fn paid(answer: Answer<Payment>) -> Event {
    Event::PaymentAnswered { key: try_key("t"), answer }
}

/// The same try, sent again after it was lost.
fn opening_again() -> Stage {
    let (stage, _) = opening(None).step(paid(Answer::Unknown));
    let lost = |look| Event::Looked {
        key: attempt_key("a"),
        look,
        order: Found::Yes(order(OrderState::Pending)),
        payment: Found::No,
        repeatable: true,
    };
    let (stage, _) = run(stage, (0..9).map(lost));
    assert!(matches!(stage, Stage::Opening { again: true, .. }), "{stage:?}");
    stage
}

#[test]
fn a_price_stands_beside_the_one_before_only_where_it_is_another() {
    let mut events = consented();
    events.push(answered(Answer::No(Refusal::PriceChanged)));
    events.push(Event::Asked);
    let (stage, _) = run(Stage::Closed, events);
    for (now, before) in [(2_400, None), (2_500, Some(euros(2_400)))] {
        let (stage, _) = stage.clone().step(Event::Priced { ask: 0, quote: Ok(quote(now)) });
        assert!(matches!(&stage, Stage::Reviewing { before: shown, .. } if *shown == before), "{stage:?}");
    }
}

#[test]
fn an_answer_about_something_else_leads_to_asking() {
    let other = Order { key: Some(attempt_key("z")), ..order(OrderState::Pending) };
    let (stage, _) = run(Stage::Closed, consented()).0.step(answered(Answer::Yes(other)));
    assert!(matches!(&stage, Stage::Confirming { attempt, .. } if attempt.order.is_none()), "{stage:?}");

    let (stage, effects) = opening(None).step(paid(Answer::Yes(payment("z", PaymentStatus::Open))));
    assert!(matches!(stage, Stage::Confirming { .. }), "{stage:?}");
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Leave(_))), "{effects:?}");
}

#[test]
fn what_the_answer_says_is_known_while_it_is_confirmed() {
    let (stage, _) = run(Stage::Closed, consented()).0.step(answered(Answer::Yes(order(OrderState::Held))));
    assert!(matches!(&stage, Stage::Confirming { known, .. } if known.order == Some(OrderState::Held)), "{stage:?}");
    let (stage, _) = opening(None).step(paid(Answer::Yes(payment("t", PaymentStatus::Paid))));
    assert!(
        matches!(&stage, Stage::Confirming { known, .. } if known.payment == Some(PaymentStatus::Paid)),
        "{stage:?}"
    );
}

#[test]
fn what_could_not_be_opened_the_first_time_is_no_try_and_of_a_second_time_nothing_is_said() {
    let (stage, _) = opening(None).step(paid(Answer::No(Refusal::Other)));
    let Stage::AwaitingPayment { attempt, due: Due::NotOpened } = &stage else { panic!("{stage:?}") };
    assert_eq!(attempt.payment_try, None);
    let (stage, _) = opening_again().step(paid(Answer::No(Refusal::Other)));
    assert!(matches!(&stage, Stage::Confirming { known, .. } if known.unwanted), "{stage:?}");
}

#[test]
fn another_amount_is_surely_unpaid_only_on_a_page_that_was_opened_for_the_first_time() {
    let at = |status| Payment { amount: Some(euros(2_500)), ..payment("t", status) };
    let end = |stage: Stage, status| match stage.step(paid(Answer::Yes(at(status)))).0 {
        Stage::Ended { end, .. } => end,
        other => panic!("{other:?}"),
    };
    assert_eq!(end(opening(None), PaymentStatus::Open), End::AnotherTotal(euros(2_500)));
    assert_eq!(end(opening(Some(MethodKind::Hosted)), PaymentStatus::Open), End::AnotherTotal(euros(2_500)));
    assert_eq!(end(opening(Some(MethodKind::Card)), PaymentStatus::Open), End::Unclear);
    assert_eq!(end(opening(None), PaymentStatus::Paid), End::Unclear);
    assert_eq!(end(opening_again(), PaymentStatus::Open), End::Unclear);
}
