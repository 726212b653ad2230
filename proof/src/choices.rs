//! All that can happen next in a state.

use esim_renewal::domain::order::OrderState;
use esim_renewal::domain::payment::PaymentStatus;

use crate::action::{Action, Deed, Fate, Glance, Tap};
use crate::carrier::Verdict;
use crate::input::Entry;
use crate::machine::{MOST_LOOKS, Machine};
use crate::scenario::{Money, Scenario, Second};
use crate::view::Screen;
use crate::world::World;

/// All that can happen next.
pub fn actions(world: &World, machine: &Machine, scenario: &Scenario) -> Vec<Action> {
    let mut all = Vec::with_capacity(32);
    for (at, tab) in (0_u8..).zip(&world.tabs) {
        let screen = machine.view(tab.stage).screen;
        taps(&mut all, at, screen, world, scenario);
        if screen == Screen::Pricing {
            all.push(Action::Price(at));
        }
        if screen == Screen::Entering {
            all.extend(Entry::ALL.into_iter().map(|entry| Action::Enter(at, entry)));
        }
        if let Some(call) = &tab.call {
            let fates: &[Fate] = if call.reply.is_some() {
                &[Fate::Answered, Fate::AnsweredTwice, Fate::ReplyLost]
            } else {
                &[Fate::Lost, Fate::TimedOut, Fate::NotSent, Fate::Twice]
            };
            all.extend(
                fates.iter().filter(|fate| may_be(**fate, call.left, scenario)).map(|fate| Action::Call(at, *fate)),
            );
            if call.reply.is_none() {
                all.extend(verdicts(scenario).map(|verdict| Action::Call(at, Fate::Arrive(verdict))));
            }
        }
        if tab.echo.is_some() {
            all.push(Action::Echo(at));
        }
        looks(&mut all, at, world, machine, scenario);
    }
    for (key, count) in (0_u8..).zip(world.stray_orders) {
        if count > 0 {
            all.push(Action::StrayOrder(key, None));
            all.extend(verdicts(scenario).map(|verdict| Action::StrayOrder(key, Some(verdict))));
        }
    }
    for (key, count) in (0_u8..).zip(world.stray_payments) {
        if count > 0 {
            all.push(Action::StrayPayment(key, None));
            all.extend(verdicts(scenario).map(|verdict| Action::StrayPayment(key, Some(verdict))));
        }
    }
    deeds(&mut all, world, scenario);
    all
}

const fn may_be(fate: Fate, left: bool, scenario: &Scenario) -> bool {
    match fate {
        Fate::NotSent => !left,
        Fate::AnsweredTwice => scenario.twice,
        // What has no key is charged twice by a network that sends twice: no client can help that.
        Fate::Twice => scenario.twice && scenario.idempotent && !matches!(scenario.money, Money::TopUp) && !left,
        _ => true,
    }
}

fn verdicts(scenario: &Scenario) -> impl Iterator<Item = Verdict> {
    let of_method: &[Verdict] = match scenario.money {
        Money::Hosted | Money::Free => &[],
        Money::Direct => &[Verdict::TakeLater, Verdict::Decline, Verdict::AskPayer],
        Money::TopUp => &[Verdict::TakeLater, Verdict::Decline],
    };
    let against = scenario.other_total.then_some(Verdict::TakeAtItsPrice);
    [Verdict::Take, Verdict::Refuse].into_iter().chain(of_method.iter().copied()).chain(against)
}

fn taps(all: &mut Vec<Action>, at: u8, screen: Screen, world: &World, scenario: &Scenario) {
    let is_second = at == 1;
    if is_second && scenario.second == Second::None {
        return;
    }
    let mut tap = |tap| all.push(Action::Tap(at, tap));
    match screen {
        Screen::Closed if is_second && scenario.second == Second::Copy => {
            if world.tabs[0].kept != 0 {
                tap(Tap::Copy);
            }
            return;
        }
        Screen::Closed => return tap(Tap::Choose),
        Screen::Choosing => tap(Tap::Ask),
        Screen::Reviewing => {
            tap(Tap::Consent);
            tap(Tap::Edit);
        }
        Screen::Refused => {
            tap(Tap::Ask);
            tap(Tap::Edit);
        }
        Screen::Unpaid | Screen::Denied | Screen::NotOpened | Screen::Elsewhere | Screen::Open => tap(Tap::Pay),
        Screen::Ordering | Screen::Entering | Screen::Opening => tap(Tap::Again),
        Screen::InAnotherTab => tap(Tap::GoOn),
        _ => {}
    }
    match screen {
        Screen::Away | Screen::Confirming => {
            tap(Tap::Again);
            tap(Tap::Check);
        }
        Screen::Open | Screen::Elsewhere | Screen::Ended(_) | Screen::Ordering | Screen::Opening => tap(Tap::Check),
        _ => {}
    }
    tap(Tap::Close);
    tap(Tap::Reload);
    tap(Tap::Kill);
}

fn looks(all: &mut Vec<Action>, at: u8, world: &World, machine: &Machine, scenario: &Scenario) {
    let tab = &world.tabs[usize::from(at)];
    for (place, look) in (0_u8..).zip(&tab.looks) {
        let Some(look) = look else { continue };
        let mut glance = |glance| all.push(Action::Look(at, place, glance));
        if !scenario.torn {
            glance(Glance::Now);
            glance(Glance::NowWithoutPayment);
            continue;
        }
        if look.order.is_none() {
            glance(Glance::ReadOrder);
            glance(Glance::NoOrder);
        }
        if look.payment.is_none() {
            glance(Glance::ReadPayment);
            glance(Glance::NoPayment);
        }
        if look.order.is_some() && look.payment.is_some() {
            glance(Glance::Arrive);
            glance(Glance::ArriveWithoutRefund);
        }
    }
    let view = machine.view(tab.stage);
    let waits = tab.looks.iter().flatten().any(|look| look.what.number == view.looks);
    if waits && view.looks > 0 && view.looks < MOST_LOOKS {
        all.push(Action::Later(at));
    }
}

fn deeds(all: &mut Vec<Action>, world: &World, scenario: &Scenario) {
    let mut deed = |deed| all.push(Action::Carrier(deed));
    if scenario.price_changes && world.carrier.price == 0 {
        deed(Deed::ChangePrice);
    }
    for (key, order) in (0_u8..).zip(&world.carrier.orders) {
        match order.map(|order| order.state) {
            Some(OrderState::Pending) => {
                deed(Deed::Cancel(key));
                if scenario.may_fail {
                    deed(Deed::EndAs(key, OrderState::Rejected));
                }
            }
            Some(OrderState::InProgress) => {
                deed(Deed::Complete(key));
                if scenario.may_fail {
                    deed(Deed::EndAs(key, OrderState::Failed));
                    deed(Deed::EndAs(key, OrderState::Partial));
                }
            }
            Some(OrderState::Held) if scenario.is_top_up() => {
                deed(Deed::Complete(key));
                deed(Deed::EndAs(key, OrderState::Rejected));
            }
            _ => {}
        }
    }
    for (key, payment) in (0_u8..).zip(&world.carrier.payments) {
        let Some(payment) = payment else { continue };
        match payment.status {
            PaymentStatus::Open if payment.visited => {
                deed(Deed::Capture(key));
                deed(Deed::Authorize(key));
                deed(Deed::Deny(key));
            }
            // The carrier may give up a page to which nobody went.
            PaymentStatus::Open => deed(Deed::Deny(key)),
            PaymentStatus::Authorized => {
                deed(Deed::Capture(key));
                deed(Deed::Deny(key));
            }
            PaymentStatus::Paid if payment.owed && !payment.refunded => deed(Deed::Refund(key)),
            _ => {}
        }
    }
}
