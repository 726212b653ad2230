//! The machine's promises, one journey at a time; under random events in `properties`.

mod answers;
mod basket;
mod entering;
mod looks;
mod lost;
mod opening;
mod properties;
mod tabs;
mod top_up;

use super::saved::Saved;
use super::*;
use crate::domain::basket::tests::{basket as basket_of, euro, item};
use crate::domain::id::{MethodId, PaymentId};
use crate::domain::offering::OfferingKind;
use crate::domain::order::Order;
use crate::domain::payment::{MethodKind, Payment};
use crate::domain::quote::Remaining;
use crate::domain::quote::tests::{line, quote as quote_of};

fn euros(minor: i64) -> Money {
    Money::from_minor(minor, euro())
}

fn basket() -> Basket {
    basket_of(vec![item("data-20", OfferingKind::Data, 1)])
}

fn quote(minor: i64) -> Quote {
    quote_of(vec![line("data-20", 1, euros(minor))])
}

fn a_try(key: &str) -> PaymentTry {
    PaymentTry { key: try_key(key), method: None, return_url: "https://shop.example/?esim-return=a".into() }
}

fn pay(key: &str) -> Event {
    Event::Pay(a_try(key))
}

fn attempt_key(text: &str) -> AttemptKey {
    AttemptKey::new(text).unwrap()
}

fn try_key(text: &str) -> TryKey {
    TryKey::new(text).unwrap()
}

fn order(state: OrderState) -> Order {
    Order { id: OrderId::new("order-1").unwrap(), key: Some(attempt_key("a")), state, total: Some(euros(2_400)) }
}

fn payment(key: &str, status: PaymentStatus) -> Payment {
    Payment {
        id: PaymentId::new("payment-1").unwrap(),
        key: Some(try_key(key)),
        status,
        amount: Some(euros(2_400)),
        page: Some("https://pay.example/1".into()),
        refunded: None,
    }
}

/// Steps through events and gathers the effects.
fn run(stage: Stage, events: impl IntoIterator<Item = Event>) -> (Stage, Vec<Effect>) {
    events.into_iter().fold((stage, vec![]), |(stage, mut effects), event| {
        let (stage, more) = stage.step(event);
        effects.extend(more);
        (stage, effects)
    })
}

fn consent(key: &str) -> Event {
    Event::Consented { key: attempt_key(key), method: None, now: Timestamp::from_millis(0) }
}

fn consented() -> Vec<Event> {
    vec![Event::Chosen(basket()), Event::Asked, Event::Priced { ask: 0, quote: Ok(quote(2_400)) }, consent("a")]
}

fn answered(answer: Answer<Order>) -> Event {
    Event::OrderAnswered { key: attempt_key("a"), answer }
}

fn opened(key: &str) -> Vec<Event> {
    let mut events = consented();
    events.push(answered(Answer::Yes(order(OrderState::Pending))));
    events.push(pay(key));
    events
}

fn looked(look: u32, order: Found<Order>, payment: Found<Payment>) -> Event {
    Event::Looked { key: attempt_key("a"), look, order, payment, repeatable: false }
}

fn posts(effects: &[Effect]) -> usize {
    effects.iter().filter(|effect| matches!(effect, Effect::Order(_) | Effect::Payment { .. })).count()
}

#[test]
fn a_renewal_goes_from_the_choice_to_the_receipt() {
    let (stage, effects) = run(Stage::Closed, opened("t"));
    assert!(matches!(stage, Stage::Opening { .. }), "{stage:?}");
    assert!(effects.contains(&Effect::BeginPayment));

    let answer = Answer::Yes(payment("t", PaymentStatus::Open));
    let (stage, effects) = stage.step(Event::PaymentAnswered { key: try_key("t"), answer });
    assert_eq!(effects, [Effect::Leave("https://pay.example/1".into())]);

    let Stage::Away { attempt } = stage else { panic!("not away: {stage:?}") };
    let (stage, _) = Stage::Closed.step(Event::Resumed(Saved::Attempt(attempt)));
    let paid = Found::Yes(payment("t", PaymentStatus::Paid));
    let (stage, _) = stage.step(looked(0, Found::Yes(order(OrderState::InProgress)), paid.clone()));
    assert!(matches!(stage, Stage::Confirming { looks: 1, .. }), "{stage:?}");
    let (stage, effects) = stage.step(looked(1, Found::Yes(order(OrderState::Completed)), paid));
    assert!(matches!(stage, Stage::Delivered { .. }), "{stage:?}");
    assert!(effects.contains(&Effect::Refresh));
}

#[test]
fn an_attempt_is_kept_before_anything_is_sent() {
    let (_, effects) = run(Stage::Closed, opened("t"));
    for (place, effect) in effects.iter().enumerate() {
        let kept = match effect {
            Effect::Order(attempt) | Effect::Payment { attempt, .. } => Effect::Keep(Saved::Attempt(attempt.clone())),
            _ => continue,
        };
        assert_eq!(effects[place - 1], kept);
    }
    assert_eq!(posts(&effects), 2);
}

#[test]
fn a_second_click_sends_nothing() {
    let mut events = consented();
    events.push(consent("b"));
    let (stage, effects) = run(Stage::Closed, events);
    assert!(matches!(&stage, Stage::Ordering { attempt, .. } if attempt.key == attempt_key("a")), "{stage:?}");
    assert_eq!(posts(&effects), 1);
}

#[test]
fn a_price_that_is_not_for_the_basket_is_never_shown() {
    let mut wrong = quote(2_400);
    wrong.total = euros(2_300);
    let events = [Event::Chosen(basket()), Event::Asked, Event::Priced { ask: 0, quote: Ok(wrong) }];
    let (stage, _) = run(Stage::Closed, events);
    assert!(matches!(stage, Stage::Unpriced { why: NoPrice::Misfit(QuoteError::WrongSum), .. }), "{stage:?}");
}

#[test]
fn an_open_payment_is_the_only_one_that_can_be_used() {
    let (stage, _) = run(Stage::Closed, opened("t"));
    let (stage, _) = stage.step(Event::PaymentAnswered { key: try_key("t"), answer: Answer::Unknown });
    let open = Found::Yes(payment("t", PaymentStatus::Open));
    let (stage, _) = stage.step(looked(0, Found::Yes(order(OrderState::Pending)), open));
    assert!(!stage.may_close());
    let (stage, effects) = stage.step(pay("u"));
    assert_eq!(effects, [Effect::Leave("https://pay.example/1".into())]);
    assert!(matches!(&stage, Stage::Away { attempt } if attempt.try_key() == Some(&try_key("t"))), "{stage:?}");
}

#[test]
fn a_declined_payment_can_be_tried_again_for_the_same_order() {
    let (stage, _) = run(Stage::Closed, opened("t"));
    let (stage, _) = stage.step(Event::PaymentAnswered { key: try_key("t"), answer: Answer::Unknown });
    let denied = Found::Yes(payment("t", PaymentStatus::Ended(Denial::CardDeclined)));
    let (stage, _) = stage.step(looked(0, Found::Yes(order(OrderState::Pending)), denied));
    assert!(matches!(stage, Stage::AwaitingPayment { due: Due::Denied(Denial::CardDeclined), .. }), "{stage:?}");
    let (stage, effects) = stage.step(pay("u"));
    let sent = effects.iter().any(|effect| matches!(effect, Effect::Payment { this, order, .. } if this.key == try_key("u") && order.as_str() == "order-1"));
    assert!(sent && matches!(stage, Stage::Opening { .. }), "{stage:?}");
}

#[test]
fn a_refused_order_keeps_the_choice_and_needs_a_new_consent() {
    let mut events = consented();
    events.push(answered(Answer::No(Refusal::PriceChanged)));
    let (stage, effects) = run(Stage::Closed, events);
    assert!(matches!(stage, Stage::Refused { why: Refusal::PriceChanged, .. }), "{stage:?}");
    assert_eq!(effects.last(), Some(&Effect::Keep(Saved::Choice { basket: basket(), asked: false })));
    let (stage, effects) = stage.step(Event::Asked);
    assert!(matches!(stage, Stage::Pricing { .. }), "{stage:?}");
    assert_eq!(posts(&effects), 0);
}

#[test]
fn another_total_is_never_paid() {
    let dearer = Order { total: Some(euros(2_500)), ..order(OrderState::Pending) };
    let mut events = consented();
    events.push(answered(Answer::Yes(dearer.clone())));
    let (stage, effects) = run(Stage::Closed, events);
    let asked = End::AnotherTotal(euros(2_500));
    assert!(matches!(&stage, Stage::Ended { end, .. } if *end == asked), "{stage:?}");
    let called_off = Effect::Cancel(OrderId::new("order-1").unwrap());
    assert!(!effects.contains(&Effect::BeginPayment) && effects.contains(&called_off));
    // A new price is another consent, beside the one that was given.
    let (stage, _) = stage.step(Event::Asked);
    assert!(matches!(&stage, Stage::Pricing { before: Some(before), .. } if *before == euros(2_400)), "{stage:?}");

    let mut events = consented();
    events.extend([answered(Answer::Unknown), looked(0, Found::Yes(dearer), Found::Unanswered)]);
    let (stage, effects) = run(Stage::Closed, events);
    assert!(matches!(stage, Stage::Ended { end: End::AnotherTotal(_), .. }), "{stage:?}");
    assert!(effects.contains(&called_off));

    let (stage, _) = run(Stage::Closed, opened("t"));
    let dearer = Payment { amount: Some(euros(2_500)), ..payment("t", PaymentStatus::Open) };
    let (stage, effects) = stage.step(Event::PaymentAnswered { key: try_key("t"), answer: Answer::Yes(dearer) });
    assert!(matches!(stage, Stage::Ended { end: End::AnotherTotal(_), .. }), "{stage:?}");
    assert!(matches!(&effects[..], [Effect::Keep(_), last] if *last == called_off), "{effects:?}");

    // What does not wait for its payment may have been paid.
    for state in [OrderState::InProgress, OrderState::Completed, OrderState::Held] {
        let mut events = consented();
        events.push(answered(Answer::Yes(Order { total: Some(euros(2_500)), ..order(state) })));
        let (stage, effects) = run(Stage::Closed, events);
        assert!(matches!(stage, Stage::Ended { end: End::Unclear, .. }), "{stage:?}");
        assert!(!effects.contains(&called_off));
    }
}

#[test]
fn a_free_order_needs_no_payment() {
    let events = [
        Event::Chosen(basket()),
        Event::Asked,
        Event::Priced { ask: 0, quote: Ok(quote(0)) },
        consent("a"),
        answered(Answer::Yes(Order { total: Some(euros(0)), ..order(OrderState::InProgress) })),
    ];
    let (stage, effects) = run(Stage::Closed, events);
    assert!(matches!(stage, Stage::Confirming { .. }), "{stage:?}");
    assert!(!effects.contains(&Effect::BeginPayment));
    let free = Order { total: Some(euros(0)), ..order(OrderState::Completed) };
    let (stage, _) = stage.step(looked(0, Found::Yes(free), Found::Unanswered));
    assert!(matches!(stage, Stage::Delivered { .. }), "{stage:?}");
}

#[test]
fn an_open_payment_of_another_amount_is_never_offered() {
    let (stage, _) = run(Stage::Closed, opened("t"));
    let (stage, _) = stage.step(Event::PaymentAnswered { key: try_key("t"), answer: Answer::Unknown });
    let dearer = Payment { amount: Some(euros(2_500)), ..payment("t", PaymentStatus::Open) };
    let (stage, _) = stage.step(looked(0, Found::Yes(order(OrderState::Pending)), Found::Yes(dearer)));
    assert!(matches!(stage, Stage::Ended { end: End::Unclear, .. }), "{stage:?}");
}

#[test]
fn an_open_payment_stays_on_the_screen_while_the_carrier_is_silent() {
    let (stage, _) = run(Stage::Closed, opened("t"));
    let (stage, _) = stage.step(Event::PaymentAnswered { key: try_key("t"), answer: Answer::Unknown });
    let open = Found::Yes(payment("t", PaymentStatus::Open));
    let (stage, _) = stage.step(looked(0, Found::Yes(order(OrderState::Pending)), open));
    let (stage, effects) = stage.step(looked(1, Found::Unanswered, Found::Unanswered));
    assert!(matches!(stage, Stage::AwaitingPayment { due: Due::Open { looks: 2, .. }, .. }), "{stage:?}");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Look { look: 2, .. })));
}

#[test]
fn another_open_payment_is_no_failed_one() {
    let (stage, _) = run(Stage::Closed, opened("t"));
    let answer = Answer::No(Refusal::PaymentOpen);
    let (stage, effects) = stage.step(Event::PaymentAnswered { key: try_key("t"), answer });
    assert!(matches!(stage, Stage::AwaitingPayment { due: Due::Elsewhere, .. }), "{stage:?}");
    assert!(!stage.may_close());
    assert_eq!(posts(&effects), 0);
}

#[test]
fn only_an_order_that_waits_for_its_payment_is_paid() {
    for state in [OrderState::Held, OrderState::Rejected, OrderState::Cancelled, OrderState::Completed] {
        let mut events = consented();
        events.push(answered(Answer::Yes(order(state))));
        let (stage, effects) = run(Stage::Closed, events);
        assert!(matches!(stage, Stage::Confirming { .. }), "{stage:?}");
        assert!(!effects.contains(&Effect::BeginPayment));
    }
}

#[test]
fn an_order_that_ends_while_its_payment_is_open_is_noticed() {
    let open = || Found::Yes(payment("t", PaymentStatus::Open));
    for (state, delivered) in [(OrderState::Completed, true), (OrderState::Cancelled, false)] {
        let (stage, _) = run(Stage::Closed, opened("t"));
        let (stage, _) = stage.step(Event::PaymentAnswered { key: try_key("t"), answer: Answer::Unknown });
        let (stage, _) = stage.step(looked(0, Found::Yes(order(OrderState::Pending)), open()));
        let (stage, _) = stage.step(looked(1, Found::Yes(order(state)), open()));
        assert_eq!(matches!(stage, Stage::Delivered { .. }), delivered, "{stage:?}");
        assert_eq!(matches!(stage, Stage::Ended { end: End::Cancelled(Back::Open), .. }), !delivered, "{stage:?}");
    }
}

#[test]
fn nothing_paid_is_said_only_where_nothing_was() {
    let (stage, _) = run(Stage::Closed, opened("t"));
    let (stage, _) = stage.step(Event::PaymentAnswered { key: try_key("t"), answer: Answer::Unknown });
    let dearer = Payment { amount: Some(euros(2_500)), ..payment("t", PaymentStatus::Paid) };
    let (stage, _) = stage.step(looked(0, Found::Yes(order(OrderState::Pending)), Found::Yes(dearer)));
    assert!(matches!(stage, Stage::Ended { end: End::Unclear, .. }), "{stage:?}");
}

#[test]
fn looking_again_does_not_wait() {
    let mut events = consented();
    events.push(answered(Answer::Unknown));
    events.extend((0..9).map(|look| looked(look, Found::No, Found::Unanswered)));
    let (stage, _) = run(Stage::Closed, events);
    let (_, effects) = stage.step(Event::LookAgain);
    assert!(matches!(effects[..], [Effect::Look { after: 0, .. }]), "{effects:?}");
}

#[test]
fn each_way_an_order_can_end_is_said() {
    for (state, end) in [
        (OrderState::Cancelled, End::Cancelled(Back::Open)),
        (OrderState::Rejected, End::Rejected),
        (OrderState::Failed, End::Failed),
        (OrderState::Partial, End::Partial),
    ] {
        let mut events = consented();
        events.extend([answered(Answer::Unknown), looked(0, Found::Yes(order(state)), Found::Unanswered)]);
        let (stage, _) = run(Stage::Closed, events);
        assert!(matches!(stage, Stage::Ended { end: said, .. } if said == end), "{stage:?}");
    }
}

#[test]
fn an_old_reply_changes_nothing() {
    let (stage, _) = run(Stage::Closed, consented());
    let old = Event::OrderAnswered { key: attempt_key("old"), answer: Answer::Yes(order(OrderState::Pending)) };
    assert_eq!(stage.clone().step(old), (stage, vec![]));

    let (stage, _) = run(Stage::Closed, opened("t"));
    let old = Event::PaymentAnswered { key: try_key("old"), answer: Answer::No(Refusal::Other) };
    assert_eq!(stage.clone().step(old), (stage, vec![]));

    let (stage, _) = run(Stage::Closed, [Event::Chosen(basket()), Event::Asked]);
    let old = Event::Priced { ask: 7, quote: Ok(quote(1)) };
    assert_eq!(stage.clone().step(old), (stage, vec![]));
}

#[test]
fn looking_again_ends_the_look_before() {
    let mut events = consented();
    events.extend([answered(Answer::Unknown), Event::LookAgain]);
    let (stage, _) = run(Stage::Closed, events);
    let late = looked(0, Found::Yes(order(OrderState::Completed)), Found::Unanswered);
    assert_eq!(stage.clone().step(late), (stage, vec![]));
}

#[test]
fn what_is_kept_is_read_back() {
    let (stage, effects) = run(Stage::Closed, opened("t"));
    for effect in &effects {
        if let Effect::Keep(saved) = effect {
            assert_eq!(Saved::from_text(&saved.to_text()).as_ref(), Some(saved));
            assert_eq!(Saved::is_attempt(&saved.to_text()), matches!(saved, Saved::Attempt(_)), "{}", saved.to_text());
        }
    }
    let Stage::Opening { attempt, .. } = stage else { panic!("{stage:?}") };
    let card = Method { id: MethodId::new("card-4").unwrap(), kind: MethodKind::Card };
    let full = Attempt {
        basket: basket::everything(),
        quote: basket::everything_priced(),
        method: Some(card.clone()),
        payment_try: Some(PaymentTry { method: Some(card), ..a_try("t") }),
        ..attempt
    };
    for remaining in [None, Some(Remaining::Kept), Some(Remaining::Lost)] {
        let mut full = full.clone();
        full.quote.lines[0].remaining = remaining;
        let saved = Saved::Attempt(full);
        assert_eq!(Saved::from_text(&saved.to_text()), Some(saved));
    }
}

#[test]
fn what_is_not_ours_is_not_read() {
    for text in [
        "",
        "null",
        "[]",
        "{}",
        r#"{"basket":{}}"#,
        r#"{"basket":{"line":"l","currency":"EUR","items":[],"codes":[]},"asked":true}"#,
        r#"{"basket":{"line":"l","currency":"EUR","items":[{"offering":"o","name":"n","kind":0,"quantity":100,"byAmount":false}],"codes":[]},"asked":true}"#,
    ] {
        assert_eq!(Saved::from_text(text), None, "{text}");
    }
}
