//! Credit that is topped up without an order: one request, for one consent, that is never sent again.

use super::*;
use crate::domain::basket::{HowMuch, Item};
use crate::domain::quote::Source;

fn credit() -> Basket {
    let how_much = HowMuch::Amount(Some(euros(2_400)));
    basket_of(vec![Item { how_much, ..item("credit", OfferingKind::Credit, 1) }])
}

fn before() -> Vec<OrderId> {
    vec![OrderId::new("top-up-0").unwrap()]
}

fn consent_by(method: Option<Method>) -> Event {
    Event::Consented { key: attempt_key("a"), method, now: Timestamp::from_millis(0) }
}

fn card() -> Method {
    Method { id: MethodId::new("visa").unwrap(), kind: MethodKind::Card }
}

fn consented_by(method: Option<Method>) -> Vec<Event> {
    let quote = Quote::of_credit(&credit(), before()).unwrap();
    vec![Event::Chosen(credit()), Event::Asked, Event::Priced { ask: 0, quote: Ok(quote) }, consent_by(method)]
}

/// A top-up as the carrier tells it: it does not repeat a key.
fn top_up(state: OrderState, total: i64) -> Order {
    Order { id: OrderId::new("top-up-1").unwrap(), key: None, state, total: Some(euros(total)) }
}

fn sent_and(answer: Answer<Order>) -> (Stage, Vec<Effect>) {
    let mut events = consented_by(Some(card()));
    events.push(answered(answer));
    run(Stage::Closed, events)
}

#[test]
fn it_costs_what_was_said() {
    let quote = Quote::of_credit(&credit(), before()).unwrap();
    assert_eq!((quote.check(&credit()), quote.total), (Ok(()), euros(2_400)));
    assert_eq!(Quote::of_credit(&basket(), vec![]), None, "data has a price of the carrier's");
    let unsaid = basket_of(vec![Item { how_much: HowMuch::Amount(None), ..item("credit", OfferingKind::Credit, 1) }]);
    assert_eq!(Quote::of_credit(&unsaid, vec![]), None);
}

#[test]
fn it_is_delivered_without_a_payment() {
    let (stage, effects) = sent_and(Answer::Yes(top_up(OrderState::Completed, 2_400)));
    assert!(matches!(stage, Stage::Confirming { .. }), "{stage:?}");
    let done = looked(0, Found::Yes(top_up(OrderState::Completed, 2_400)), Found::Unanswered);
    let (stage, more) = stage.step(done);
    assert!(matches!(stage, Stage::Delivered { .. }), "{stage:?}");
    assert_eq!(posts(&effects) + posts(&more), 1);
    assert!(!effects.contains(&Effect::BeginPayment));
}

#[test]
fn without_a_method_there_is_nothing_to_consent_to() {
    let (stage, effects) = run(Stage::Closed, consented_by(None));
    assert!(matches!(stage, Stage::Reviewing { .. }), "{stage:?}");
    assert_eq!(posts(&effects), 0);
}

/// Also where the carrier is known to take an order only once: a top-up has no key by which it could.
#[test]
fn what_was_not_found_is_not_sent_again() {
    let (mut stage, effects) = sent_and(Answer::Unknown);
    let mut sent = posts(&effects);
    for look in 0..100 {
        let none = Event::Looked {
            key: attempt_key("a"),
            look,
            order: Found::No,
            payment: Found::Unanswered,
            repeatable: true,
        };
        let (next, effects) = stage.step(none);
        (stage, sent) = (next, sent + posts(&effects));
        assert!(matches!(stage, Stage::Confirming { .. }), "{stage:?}");
    }
    assert_eq!(sent, 1);
    let found = looked(64, Found::Yes(top_up(OrderState::Completed, 2_400)), Found::Unanswered);
    assert!(matches!(stage.step(found).0, Stage::Delivered { .. }));
}

#[test]
fn one_that_was_not_paid_is_refused_and_the_choice_kept() {
    let (stage, effects) = sent_and(Answer::No(Refusal::NotPaid(Denial::ExpiredCard)));
    assert_eq!(
        stage,
        Stage::Refused { basket: credit(), why: Refusal::NotPaid(Denial::ExpiredCard), before: euros(2_400) }
    );
    assert_eq!(effects.last(), Some(&Effect::Keep(Saved::Choice { basket: credit(), asked: false })));
}

#[test]
fn another_amount_may_have_been_paid() {
    let (stage, _) = sent_and(Answer::Yes(top_up(OrderState::Completed, 5_000)));
    assert!(matches!(stage, Stage::Ended { end: End::Unclear, .. }), "{stage:?}");
}

#[test]
fn no_word_of_the_carrier_makes_it_one_to_pay() {
    for state in [OrderState::Pending, OrderState::Held, OrderState::InProgress] {
        let (stage, effects) = sent_and(Answer::Yes(top_up(state, 2_400)));
        let (stage, more) = stage.step(looked(0, Found::Yes(top_up(state, 2_400)), Found::Unanswered));
        assert!(matches!(stage, Stage::Confirming { .. }), "{stage:?}");
        assert_eq!(posts(&effects) + posts(&more), 1);
        assert!(!effects.contains(&Effect::BeginPayment) && !more.contains(&Effect::BeginPayment));
    }
}

#[test]
fn it_is_known_again_after_a_reload() {
    let (stage, _) = sent_and(Answer::Unknown);
    let Stage::Confirming { attempt, .. } = stage else { panic!("{stage:?}") };
    let saved = Saved::Attempt(attempt);
    assert_eq!(Saved::from_text(&saved.to_text()), Some(saved.clone()));
    let Saved::Attempt(attempt) = saved else { panic!("{saved:?}") };
    assert_eq!(attempt.quote.source, Source::TopUp(before()));
}
