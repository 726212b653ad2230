//! The promises that hold whatever the subscriber clicks and the network does.

use super::*;
use proptest::prelude::*;

fn any_order() -> impl Strategy<Value = Order> {
    let states = prop::sample::select(vec![
        OrderState::Pending,
        OrderState::InProgress,
        OrderState::Completed,
        OrderState::Cancelled,
        OrderState::Failed,
    ]);
    states.prop_map(order)
}

fn any_payment() -> impl Strategy<Value = Payment> {
    let statuses =
        vec![PaymentStatus::Open, PaymentStatus::Authorized, PaymentStatus::Paid, PaymentStatus::Ended(Denial::Other)];
    ("[tuv]", prop::sample::select(statuses)).prop_map(|(key, status)| payment(&key, status))
}

fn any_answer<T: Clone + std::fmt::Debug + 'static>(
    yes: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Answer<T>> {
    prop_oneof![yes.prop_map(Answer::Yes), Just(Answer::No(Refusal::Other)), Just(Answer::Unknown)]
}

fn any_found<T: Clone + std::fmt::Debug + 'static>(
    yes: impl Strategy<Value = T> + 'static,
) -> impl Strategy<Value = Found<T>> {
    prop_oneof![yes.prop_map(Found::Yes), Just(Found::No), Just(Found::Unanswered)]
}

fn any_entered() -> impl Strategy<Value = Entered> {
    prop::sample::select(vec![
        Entered::Token("token".into()),
        Entered::Page("https://pay.example/1".into()),
        Entered::Declined(Denial::Other),
        Entered::Nothing,
        Entered::Unknown,
    ])
}

fn any_event() -> impl Strategy<Value = Event> {
    let looks = (0_u32..12, any_found(any_order()), any_found(any_payment()), any::<bool>());
    prop_oneof![
        Just(Event::Chosen(basket())),
        Just(Event::Asked),
        Just(Event::Edited),
        Just(Event::Closed),
        Just(Event::LookAgain),
        Just(Event::Priced { ask: 0, quote: Ok(quote(2_400)) }),
        "[ab]".prop_map(|key| consent(&key)),
        Just(Event::Changed(Basket { codes: vec!["MONACO20".into()], ..basket() })),
        any_answer(any_order()).prop_map(answered),
        "[tuv]".prop_map(|key| pay(&key)),
        ("[tuv]", any_entered()).prop_map(|(key, entered)| Event::Entered { key: try_key(&key), entered }),
        "[tuv]".prop_map(|key| {
            let method = Method { id: MethodId::new("page").unwrap(), kind: MethodKind::Page };
            Event::Pay(PaymentTry { method: Some(method), ..a_try(&key) })
        }),
        ("[tuv]", any_answer(any_payment()))
            .prop_map(|(key, answer)| Event::PaymentAnswered { key: try_key(&key), answer }),
        ("[ab]", prop::sample::select(At::ALL.to_vec())).prop_map(|(key, at)| Event::AnotherTab {
            attempt: Attempt {
                key: attempt_key(&key),
                since: Timestamp::from_millis(0),
                basket: basket(),
                quote: quote(2_400),
                method: None,
                order: None,
                payment_try: None,
            },
            at,
        }),
        looks.prop_map(|(look, order, payment, repeatable)| {
            Event::Looked { key: attempt_key("a"), look, order, payment, repeatable }
        }),
    ]
}

/// A journey to the payment, so that random events meet the later stages too.
fn journey() -> impl Strategy<Value = Vec<Event>> {
    (0_usize..7, prop::collection::vec(any_event(), 0..60)).prop_map(|(length, random)| {
        let mut events: Vec<Event> = opened("t").into_iter().take(length).collect();
        events.extend(random);
        events
    })
}

/// A look's answer bears the number that the stage waits for, as it mostly does.
fn timely(stage: &Stage, event: Event) -> Event {
    match (stage, event) {
        (
            Stage::Confirming { looks, .. } | Stage::AwaitingPayment { due: Due::Open { looks, .. }, .. },
            Event::Looked { key, look, order, payment, repeatable },
        ) if look > 0 => Event::Looked { key, look: *looks, order, payment, repeatable },
        (_, event) => event,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Whatever the subscriber clicks and the network does, each consent is sent under its own key alone, and for its own total.
    #[test]
    fn one_consent_one_order(events in journey()) {
        let (mut stage, mut consented) = (Stage::Closed, vec![]);
        for event in events {
            let event = timely(&stage, event);
            let consent = match (&stage, &event) {
                (Stage::Reviewing { quote, .. }, Event::Consented { key, .. }) => Some((key.clone(), quote.total)),
                _ => None,
            };
            let (next, effects) = stage.step(event);
            for effect in &effects {
                if let Effect::Order(attempt) = effect {
                    let sent = (attempt.key.clone(), attempt.total());
                    prop_assert!(consent.as_ref() == Some(&sent) || consented.contains(&sent), "sent without a consent");
                }
            }
            consented.extend(consent);
            stage = next;
        }
    }

    /// A payment begins only while none is open: after the last one of the same order ended without money, or was refused.
    #[test]
    fn one_payment_at_a_time(events in journey()) {
        let (mut stage, mut open) = (Stage::Closed, None::<TryKey>);
        for event in events {
            let event = timely(&stage, event);
            match &event {
                Event::PaymentAnswered { key, answer: Answer::No(_) } if open.as_ref() == Some(key) => open = None,
                Event::Looked { payment: Found::Yes(payment), .. }
                    if payment.key == open && matches!(payment.status, PaymentStatus::Ended(_)) => open = None,
                _ => {}
            }
            let (next, effects) = stage.step(event);
            for effect in &effects {
                match effect {
                    Effect::Order(_) => open = None,
                    Effect::Payment { this: PaymentTry { key, .. }, .. } => {
                        prop_assert!(open.is_none() || open.as_ref() == Some(key), "a second payment while one was open");
                        open = Some(key.clone());
                    }
                    _ => {}
                }
            }
            stage = next;
        }
    }
}
