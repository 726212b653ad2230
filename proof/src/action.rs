//! What can happen next in a state.

use esim_renewal::domain::order::OrderState;
use esim_renewal::domain::payment::PaymentStatus;

use crate::carrier::Verdict;
use crate::machine::{MOST_LOOKS, Machine};
use crate::scenario::{Money, Scenario, Second};
use crate::view::Screen;
use crate::world::World;

/// What the subscriber does in a tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tap {
    /// Chooses the offering.
    Choose,
    /// Asks for the price.
    Ask,
    /// Consents to it.
    Consent,
    /// Goes back to the choice.
    Edit,
    /// *Check now*, the network's return, or the way back to a page that the browser kept.
    Check,
    /// Pays, or goes back to the open payment.
    Pay,
    /// Clicks consent or pay once more where no button is any more.
    Again,
    /// Leaves the checkout.
    Close,
    /// Reloads, or comes back from the payment page.
    Reload,
    /// Closes the tab: what it kept is gone.
    Kill,
    /// Copies the tab.
    Copy,
}

/// What the network does with a POST.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It reaches the carrier, which decides.
    Arrive(Verdict),
    /// It is lost on its way there.
    Lost,
    /// The wait for it is over, and it is still on its way.
    TimedOut,
    /// It never left.
    NotSent,
    /// The network sends it twice.
    Twice,
    /// The answer arrives.
    Answered,
    /// The answer arrives, and will once more.
    AnsweredTwice,
    /// The answer is lost, or is a 5xx after the carrier did it.
    ReplyLost,
}

/// What becomes of a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Glance {
    /// The order is read.
    ReadOrder,
    /// The order's question is not answered.
    NoOrder,
    /// The payment is read.
    ReadPayment,
    /// The payment's question is not answered.
    NoPayment,
    /// The answers arrive; a refund is read where there may be one.
    Arrive,
    /// The same, and the refund's question is not answered.
    ArriveWithoutRefund,
    /// All is read and arrives at one moment.
    Now,
    /// The same without an answer for the payment.
    NowWithoutPayment,
}

/// What the carrier, the bank or the payer on the bank's page does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deed {
    /// The price changes.
    ChangePrice,
    /// An unpaid order's time is up.
    Cancel(u8),
    /// What was paid is carried out.
    Complete(u8),
    /// It ends otherwise.
    EndAs(u8, OrderState),
    /// The money comes.
    Capture(u8),
    /// The bank agrees.
    Authorize(u8),
    /// It ends without money.
    Deny(u8),
    /// What came too late goes back.
    Refund(u8),
}

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// In a tab.
    Tap(u8, Tap),
    /// A tab's price comes.
    Price(u8),
    /// To a tab's POST.
    Call(u8, Fate),
    /// To a POST for which nobody waits: an order's key, whether it arrives.
    StrayOrder(u8, Option<Verdict>),
    /// To a payment's POST for which nobody waits.
    StrayPayment(u8, Option<Verdict>),
    /// An answer comes a second time.
    Echo(u8),
    /// To a tab's look.
    Look(u8, u8, Glance),
    /// A tab has looked many more times, and learned nothing new.
    Later(u8),
    /// At the carrier.
    Carrier(Deed),
}

impl Action {
    /// Whether it is how things go when nothing fails and the subscriber only checks and pays. What another tab has paid
    /// shows after a reload.
    pub fn is_calm(&self, scenario: &Scenario) -> bool {
        match self {
            Self::Tap(_, Tap::Reload) => scenario.second == Second::Copy,
            Self::Tap(_, tap) => matches!(tap, Tap::Check | Tap::Pay),
            Self::Price(_) | Self::Later(_) => true,
            Self::Call(_, fate) => matches!(fate, Fate::Arrive(Verdict::Take | Verdict::TakeLater) | Fate::Answered),
            Self::StrayOrder(_, verdict) | Self::StrayPayment(_, verdict) => *verdict == Some(Verdict::Take),
            Self::Echo(_) => false,
            Self::Look(_, _, glance) => {
                matches!(glance, Glance::ReadOrder | Glance::ReadPayment | Glance::Arrive | Glance::Now)
            }
            Self::Carrier(deed) => !matches!(deed, Deed::ChangePrice | Deed::EndAs(..)),
        }
    }
}

/// All that can happen next.
pub fn actions(world: &World, machine: &Machine, scenario: &Scenario) -> Vec<Action> {
    let mut all = Vec::with_capacity(32);
    for (at, tab) in (0_u8..).zip(&world.tabs) {
        let screen = machine.view(tab.stage).screen;
        taps(&mut all, at, screen, world, scenario);
        if screen == Screen::Pricing {
            all.push(Action::Price(at));
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
        Screen::Ordering | Screen::Opening => tap(Tap::Again),
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
