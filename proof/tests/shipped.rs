//! The shipped machine keeps its promises in every state of every world of the plan.

#![expect(clippy::expect_used, reason = "tests")]

use std::time::Duration;

use esim_renewal::app::checkout::Stage;
use proof::coverage::Coverage;
use proof::explore::{Findings, Limits, explore};
use proof::plan::QUICK;
use proof::promise::Promise;
use proof::scenario::{Money, Scenario, Second};

const LIMITS: Limits = Limits { states: 5_000_000, time: Duration::from_mins(10), ends: true };

fn world(name: &str) -> Scenario {
    QUICK.into_iter().find(|scenario| scenario.name == name).expect("a world of the plan")
}

fn found(scenario: Scenario) -> Findings {
    explore(Stage::step, scenario, LIMITS)
}

#[test]
fn no_promise_is_broken_and_no_state_is_without_a_way_out() {
    let mut coverage = Coverage::default();
    for scenario in QUICK {
        let found = found(scenario);
        let broken = found.violation.map(|one| format!("{:?}: {:#?}", one.promise, one.trace));
        assert_eq!(broken, None, "{}", scenario.name);
        assert!(found.complete, "{}: these are not all states", scenario.name);
        assert_eq!(found.stuck, Some(0), "{}: {:#?}", scenario.name, found.stuck_trace);
        coverage.join(&found.coverage);
    }
    // All but the one without a price: whether one comes is no matter of money.
    assert_eq!(coverage.screens.len(), 26, "{:?}", coverage.screens);
    assert!(coverage.pairs.len() >= 150, "only {} faults met something", coverage.pairs.len());
}

/// What is found where a promise is looked for that is not made there, or where the carrier breaks its own.
fn broken(scenario: Scenario) -> Option<Promise> {
    explore(Stage::step, scenario, Limits { ends: false, ..LIMITS }).violation.map(|one| one.promise)
}

/// All promises but one are taken as broken, so that it is looked for.
fn only(promise: Promise, scenario: Scenario) -> Scenario {
    let others = Promise::ALL.into_iter().filter(|one| *one != promise).collect::<Vec<_>>();
    Scenario { known: others.leak(), ..scenario }
}

/// Without locks the carrier's 409 is what keeps two copies of a tab from paying the same order twice.
#[test]
fn a_copied_tab_leans_on_the_carrier_for_one_open_payment() {
    let unguarded = Scenario { guarded: false, ..world("copied tab, no locks") };
    assert_eq!(broken(only(Promise::ChargedOnce, unguarded)), Some(Promise::ChargedOnce));
    assert_eq!(broken(only(Promise::ChargedOnce, world("copied tab, no locks"))), None);
}

/// A known limit: without locks the copy knows of its own tries alone.
#[test]
fn a_copied_tab_can_say_that_nothing_was_charged_when_the_other_one_paid() {
    let copied = world("copied tab, no locks");
    for promise in [Promise::NothingOrdered, Promise::NothingCharged, Promise::NothingTaken] {
        assert_eq!(broken(only(promise, copied)), Some(promise));
    }
}

/// A known limit: top-ups have no key, so one of two of the same amount can be taken for the other.
#[test]
fn two_top_ups_of_the_same_amount_at_once_are_taken_for_each_other() {
    let two = world("two top-ups");
    assert_eq!(broken(only(Promise::Delivered, two)), Some(Promise::Delivered));
    assert_eq!(broken(only(Promise::NothingTaken, two)), Some(Promise::NothingTaken));
    assert_eq!(broken(only(Promise::ChargedOnce, two)), None, "and still each is charged once");
}

/// Why `idempotent` is off unless the carrier is known for it.
#[test]
fn a_widget_that_is_told_of_keys_where_there_are_none_orders_twice() {
    let wrong = Scenario { idempotent: false, money: Money::Free, second: Second::None, ..world("one tab") };
    assert_eq!(broken(wrong), Some(Promise::OneOrder));
}
