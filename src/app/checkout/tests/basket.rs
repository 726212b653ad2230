//! The basket, what is priced of it, and how its money comes and goes back.

use super::*;
use crate::domain::basket::{Action, HowMuch, Item};
use crate::domain::id::{OfferingId, ProductId, QuoteId};
use crate::domain::offering::Recurring;
use crate::domain::quote::{Reduction, Remaining, Source, Tax};
use crate::domain::time::Period;

/// A basket in which something of each kind stands.
pub(super) fn everything() -> Basket {
    let plan = Action::Modify(ProductId::new("plan-1").unwrap());
    let credit = HowMuch::Amount(Some(euros(2_500)));
    Basket {
        codes: vec!["MONACO20".into()],
        ..basket_of(vec![
            Item { action: plan, ..item("riviera-10", OfferingKind::Plan, 1) },
            Item { start: Some(Timestamp::from_millis(7)), ..item("europe", OfferingKind::Roaming, 2) },
            Item { how_much: credit, ..item("credit", OfferingKind::Credit, 1) },
        ])
    }
}

pub(super) fn everything_priced() -> Quote {
    let monthly = Some(Recurring { amount: euros(120), every: Period::Months(1) });
    let mut quote = quote_of(vec![
        line("riviera-10", 1, euros(1_490)),
        line("europe", 2, euros(390)),
        line("credit", 1, euros(2_500)),
    ]);
    quote.source = Source::Quote(QuoteId::new("quote-1").unwrap());
    quote.tax = Some(Tax { amount: euros(400), rate: Some("20".into()) });
    quote.recurring = monthly;
    let line = &mut quote.lines[0];
    line.reductions = vec![Reduction { name: "Autumn".into(), amount: euros(-149) }];
    line.recurring = monthly;
    (line.starts, line.ends) = (Some(Timestamp::from_millis(3)), Some(Timestamp::from_millis(5)));
    line.remaining = Some(Remaining::Lost);
    quote
}

#[test]
fn what_is_chosen_later_joins_the_basket() {
    let more = basket_of(vec![item("filter", OfferingKind::Extra, 1)]);
    let (stage, effects) = run(Stage::Closed, [Event::Chosen(basket()), Event::Chosen(more)]);
    let Stage::Choosing { basket } = &stage else { panic!("{stage:?}") };
    assert_eq!(basket.names(), "data-20 · filter");
    assert_eq!(effects.last(), Some(&Effect::Keep(Saved::Choice { basket: basket.clone(), asked: false })));
}

#[test]
fn without_its_last_item_the_checkout_is_over() {
    let id = OfferingId::new("data-20").unwrap();
    let without = Event::Changed(basket().without(&id));
    let (stage, effects) = run(Stage::Closed, [Event::Chosen(basket()), without.clone()]);
    assert_eq!((stage, effects.last()), (Stage::Closed, Some(&Effect::Forget)));
    let priced = Event::Priced { ask: 0, quote: Ok(quote(2_400)) };
    let (stage, _) = run(Stage::Closed, [Event::Chosen(basket()), Event::Asked, priced, without]);
    assert_eq!(stage, Stage::Closed);
}

#[test]
fn another_basket_needs_another_price() {
    let coded = Basket { codes: vec!["MONACO20".into()], ..basket() };
    let priced = Event::Priced { ask: 0, quote: Ok(quote(2_400)) };
    let events = [Event::Chosen(basket()), Event::Asked, priced, Event::Changed(coded.clone()), consent("a")];
    let (stage, effects) = run(Stage::Closed, events);
    assert_eq!(stage, Stage::Pricing { basket: coded, ask: 0, before: None });
    assert_eq!(posts(&effects), 0);
}

#[test]
fn no_price_is_asked_for_before_the_amount_is_said() {
    let credit = Item { how_much: HowMuch::Amount(None), ..item("credit", OfferingKind::Credit, 1) };
    let (stage, effects) = run(Stage::Closed, [Event::Chosen(basket_of(vec![credit])), Event::Asked]);
    assert!(matches!(stage, Stage::Choosing { .. }), "{stage:?}");
    assert_eq!(effects.len(), 1);
}

#[test]
fn the_first_payment_is_by_the_method_that_was_consented_to() {
    let card = Method { id: MethodId::new("card-4").unwrap(), kind: MethodKind::Card };
    let mut events = consented();
    events.pop();
    events.push(Event::Consented { key: attempt_key("a"), method: Some(card.clone()), now: Timestamp::from_millis(0) });
    events.push(answered(Answer::Yes(order(OrderState::Pending))));
    let (stage, effects) = run(Stage::Closed, events);
    assert!(matches!(&stage, Stage::AwaitingPayment { attempt, .. } if attempt.method == Some(card)), "{stage:?}");
    assert_eq!(effects.last(), Some(&Effect::BeginPayment));
}

#[test]
fn what_the_bank_agreed_to_is_waited_for_and_not_paid_again() {
    let (stage, _) = run(Stage::Closed, opened("t"));
    let agreed = || payment("t", PaymentStatus::Authorized);
    let (stage, effects) = stage.step(Event::PaymentAnswered { key: try_key("t"), answer: Answer::Yes(agreed()) });
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Leave(_))), "{effects:?}");
    let (stage, _) = stage.step(looked(0, Found::Yes(order(OrderState::Pending)), Found::Yes(agreed())));
    assert!(matches!(stage, Stage::Confirming { looks: 1, .. }), "{stage:?}");
}

/// The order is called off after a payment was opened, and this is what became of the payment.
fn called_off(payment: Found<Payment>) -> Stage {
    let (stage, _) = run(Stage::Closed, opened("t"));
    let (stage, _) = stage.step(Event::PaymentAnswered { key: try_key("t"), answer: Answer::Unknown });
    stage.step(looked(0, Found::Yes(order(OrderState::Cancelled)), payment)).0
}

#[test]
fn money_that_came_too_late_is_followed_until_it_is_back() {
    let stage = called_off(Found::Yes(payment("t", PaymentStatus::Paid)));
    assert!(matches!(stage, Stage::Confirming { looks: 1, .. }), "{stage:?}");
    let back = Payment { refunded: Some(euros(2_400)), ..payment("t", PaymentStatus::Paid) };
    let (stage, _) = stage.step(looked(1, Found::Yes(order(OrderState::Cancelled)), Found::Yes(back)));
    let refunded = End::Cancelled(Back::Refunded(euros(2_400)));
    assert!(matches!(&stage, Stage::Ended { end, .. } if *end == refunded), "{stage:?}");
    assert_eq!(stage.clone().step(Event::LookAgain), (stage, vec![]));
}

#[test]
fn that_nothing_was_taken_is_said_only_where_it_is_known() {
    let end = |payment| match called_off(payment) {
        Stage::Ended { end, .. } => end,
        other => panic!("{other:?}"),
    };
    let denied = payment("t", PaymentStatus::Ended(Denial::Other));
    assert_eq!(end(Found::Yes(denied)), End::Cancelled(Back::NoneTaken));
    for unknown in [Found::Yes(payment("t", PaymentStatus::Open)), Found::No, Found::Unanswered] {
        assert_eq!(end(unknown), End::Cancelled(Back::Open));
    }
    let stage = called_off(Found::No);
    assert!(matches!(stage.step(Event::LookAgain).0, Stage::Confirming { .. }));
}
