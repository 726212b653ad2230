//! A token is asked for before a payment is sent.

use super::*;

fn page_try(key: &str) -> PaymentTry {
    let method = Method { id: MethodId::new("page").unwrap(), kind: MethodKind::Page };
    PaymentTry { method: Some(method), ..a_try(key) }
}

fn entered(key: &str, entered: Entered) -> Event {
    Event::Entered { key: try_key(key), entered }
}

/// An order that stands, with the page asked for a token.
fn asking() -> (Stage, Vec<Effect>) {
    let mut events = consented();
    events.push(answered(Answer::Yes(order(OrderState::Pending))));
    let (stage, _) = run(Stage::Closed, events);
    stage.step(Event::Pay(page_try("t")))
}

#[test]
fn nothing_is_sent_or_kept_before_there_is_a_token() {
    let (stage, effects) = asking();
    assert!(matches!(stage, Stage::Entering { .. }), "{stage:?}");
    assert!(matches!(effects.as_slice(), [Effect::Enter { this, .. }] if *this == page_try("t")), "{effects:?}");
    assert!(!stage.may_close(), "what is asked is told first that nobody waits any more");

    let (stage, effects) = stage.step(entered("t", Entered::Token("tok".into())));
    assert!(matches!(stage, Stage::Opening { again: false, .. }), "{stage:?}");
    let [Effect::Keep(kept), Effect::Payment { token, .. }] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(token.as_deref(), Some("tok"));
    assert!(!kept.to_text().contains("tok\""), "a token is never kept: {}", kept.to_text());
    assert_eq!(Saved::from_text(&kept.to_text()).as_ref(), Some(kept), "but its try is");
}

#[test]
fn what_ended_without_money_can_be_paid_in_another_way() {
    for (answer, due) in [
        (Entered::Declined(Denial::CanceledByPayer), Due::Denied(Denial::CanceledByPayer)),
        (Entered::Nothing, Due::NotOpened),
    ] {
        let (stage, effects) = asking().0.step(entered("t", answer));
        assert!(
            matches!(&stage, Stage::AwaitingPayment { due: is, attempt } if *is == due && attempt.payment_try.is_none())
        );
        assert_eq!(effects, []);
        assert!(matches!(stage.step(pay("u")).0, Stage::Opening { .. }));
    }
}

#[test]
fn what_may_have_taken_money_is_asked_for_at_the_carrier_and_never_begun_anew() {
    let (stage, effects) = asking().0.step(entered("t", Entered::Unknown));
    assert!(matches!(stage, Stage::Confirming { .. }), "{stage:?}");
    assert!(matches!(effects.as_slice(), [Effect::Keep(_), Effect::Look { .. }]), "{effects:?}");
    let tried = |stage: &Stage| stage.under_way().and_then(|(attempt, _)| attempt.try_key().cloned());
    assert_eq!(tried(&stage), Some(try_key("t")));

    let (stage, effects) = asking().0.step(entered("t", Entered::Page("https://bank.example".into())));
    assert!(matches!(stage, Stage::Away { .. }), "{stage:?}");
    assert_eq!(tried(&stage), Some(try_key("t")));
    assert!(matches!(effects.as_slice(), [Effect::Keep(_), Effect::Leave(page)] if page == "https://bank.example"));
}

#[test]
fn a_late_answer_changes_nothing() {
    let (stage, _) = asking();
    assert_eq!(stage.clone().step(entered("u", Entered::Token("tok".into()))), (stage.clone(), vec![]));
    let (left, _) = stage.step(entered("t", Entered::Declined(Denial::CanceledByPayer)));
    assert_eq!(left.clone().step(entered("t", Entered::Token("tok".into()))), (left, vec![]));
}

#[test]
fn what_was_sent_with_a_token_is_not_sent_again() {
    let (stage, _) = asking().0.step(entered("t", Entered::Token("tok".into())));
    let (mut stage, _) = stage.step(Event::PaymentAnswered { key: try_key("t"), answer: Answer::Unknown });
    for look in 0..20 {
        let seen = looked(look, Found::Yes(order(OrderState::Pending)), Found::No);
        let Event::Looked { key, look, order, payment, .. } = seen else { panic!() };
        let (next, effects) = stage.step(Event::Looked { key, look, order, payment, repeatable: true });
        assert_eq!(posts(&effects), 0, "at look {look}");
        stage = next;
    }
    assert!(matches!(stage, Stage::Confirming { .. }), "{stage:?}");
}
