//! Schedules of faults against the sandbox's router: some hundred of them, and what they find of a broken machine.

#![expect(clippy::expect_used, reason = "tests")]

use std::rc::Rc;

use esim_renewal::app::checkout::saved::Saved;
use esim_renewal::app::checkout::{Answer, Attempt, Effect, Event, Found, Refusal, Stage};
use esim_renewal::domain::id::AttemptKey;
use proof::breaks::{Next, nothing_kept, paid_on_redirect, second_click};
use proof::machine::Step;
use proof::schedules::replay::{WORLDS, replay};
use proof::schedules::{Shop, Summary, many, run};

const WORKERS: usize = 2;
/// How many a test goes through. `cargo run --release -p proof --bin schedules` goes through a million.
const SOME: u64 = 300;

fn some(step: Step) -> Summary {
    let all = many(step, 0..SOME, WORKERS);
    assert_eq!(all.failed, None);
    assert_eq!(all.total, SOME);
    all
}

fn shop() -> Rc<Shop> {
    Rc::new(Shop::open().expect("a carrier"))
}

#[test]
fn no_promise_is_broken() {
    let all = some(Stage::step);
    assert!(all.broken.is_empty(), "{:#?}", all.broken);
    assert!(all.distinct.len() as u64 > SOME * 9 / 10, "only {} are different", all.distinct.len());
    assert!(all.counts.ends.get("delivered").is_some_and(|count| *count > SOME / 3), "{:?}", all.counts.ends);
    let pairs = all.counts.by_fault().iter().map(|(_, calls)| calls.len()).sum::<usize>();
    assert!(pairs > 120, "only {pairs} pairs of a fault and a call met");
}

/// Whatever a seed did, it does again: also after others, and on another carrier.
#[test]
fn a_seed_is_the_same_schedule_each_time() {
    let (first, second) = (shop(), shop());
    for seed in [3, 95, 182] {
        let told = |shop| run(shop, Stage::step, seed, true).expect("a schedule");
        let (one, other) = (told(&first), told(&second));
        assert_eq!(one.lines, other.lines);
        assert_eq!(one.hash, told(&first).hash);
    }
}

#[test]
fn ways_of_the_model_are_the_same_with_the_sandbox() {
    for world in WORLDS {
        let replayed = replay(&shop(), Stage::step, world, 150).expect("ways");
        assert_eq!(replayed.difference, None);
        assert_eq!(replayed.ways, 150, "{}", world.name);
    }
}

#[test]
fn a_machine_that_does_otherwise_than_the_model_s_is_noticed() {
    let replayed = replay(&shop(), paid_on_redirect, WORLDS[0], 2_000).expect("ways");
    assert!(replayed.difference.is_some(), "{} ways", replayed.ways);
}

/// Sends what was not found again, but under a new key.
fn new_key_on_retry(stage: Stage, event: Event) -> Next {
    let (next, effects) = stage.step(event);
    let Stage::Ordering { attempt, again: true } = next else { return (next, effects) };
    let key = AttemptKey::new(&format!("{}-again", attempt.key.as_str())).unwrap_or(attempt.key);
    let attempt = Attempt { key, ..attempt };
    let effects = vec![Effect::Keep(Saved::Attempt(attempt.clone())), Effect::Order(attempt.clone())];
    (Stage::Ordering { attempt, again: true }, effects)
}

/// Takes silence for a failure.
fn unknown_is_failed(stage: Stage, event: Event) -> Next {
    let event = match event {
        Event::PaymentAnswered { key, answer: Answer::Unknown } => {
            Event::PaymentAnswered { key, answer: Answer::No(Refusal::Other) }
        }
        Event::OrderAnswered { key, answer: Answer::Unknown } => {
            Event::OrderAnswered { key, answer: Answer::No(Refusal::Other) }
        }
        event => event,
    };
    stage.step(event)
}

/// Sends a top-up again that was not found.
fn top_up_again(stage: Stage, event: Event) -> Next {
    match (stage, event) {
        (Stage::Confirming { attempt, looks, .. }, Event::Looked { look, order: Found::No, .. })
            if looks == look && attempt.quote.is_top_up() =>
        {
            let effects = vec![Effect::Order(attempt.clone())];
            (Stage::Ordering { attempt, again: true }, effects)
        }
        (stage, event) => stage.step(event),
    }
}

/// Never stops waiting for what is over.
fn never_ends(stage: Stage, event: Event) -> Next {
    let before = stage.clone();
    let (next, effects) = stage.step(event);
    if matches!((&before, &next), (Stage::Confirming { .. }, Stage::Ended { .. })) {
        return (before, vec![]);
    }
    (next, effects)
}

/// The first schedule that finds a promise broken which is no known limit.
fn first(shop: &Rc<Shop>, step: Step, what: &str) -> Option<u64> {
    (0..20 * SOME).find(|seed| {
        let found = run(shop, step, *seed, false).expect("a schedule").findings;
        found.iter().any(|one| one.what == what && one.limit.is_none())
    })
}

#[test]
fn what_is_broken_on_purpose_is_found() {
    let shop = shop();
    for (step, what) in [
        (new_key_on_retry as Step, "OnlyConsented"),
        (paid_on_redirect, "Delivered"),
        (second_click, "OnlyConsented"),
        (nothing_kept, "KeptFirst"),
        (unknown_is_failed, "NothingOrdered"),
        (unknown_is_failed, "PayOffer"),
        (top_up_again, "ChargedOnce"),
        (never_ends, "Stuck"),
    ] {
        assert_ne!(first(&shop, step, what), None, "{what} is not found");
    }
}
