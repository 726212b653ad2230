//! Which fault met which effect, and which screens were seen: a promise that nothing tried is worth nothing.

use std::collections::{BTreeMap, BTreeSet};

use esim_renewal::app::checkout::{Back, End};

use crate::action::{Action, Deed, Fate, Glance, Tap};
use crate::carrier::Verdict;
use crate::input::Entry;
use crate::machine::Machine;
use crate::view::Screen;
use crate::world::{Post, World};

/// The pairs of a fault and what it met.
#[derive(Debug, Default, Clone)]
pub struct Coverage {
    /// Each pair, by its words.
    pub pairs: BTreeSet<(&'static str, &'static str)>,
    /// The screens that were seen.
    pub screens: BTreeSet<&'static str>,
}

impl Coverage {
    /// Notes what an action is in a state, if it is a fault.
    pub fn met(&mut self, world: &World, action: Action, machine: &Machine) {
        let screen = |at: u8| screen_name(machine.view(world.tabs[usize::from(at)].stage).screen);
        let pair = match action {
            Action::Call(at, fate) => {
                let post = world.tabs[usize::from(at)].call.map(|call| post_name(call.post));
                fate_name(fate).zip(post)
            }
            Action::StrayOrder(_, verdict) => Some((stray_name(verdict), "order")),
            Action::StrayPayment(_, verdict) => Some((stray_name(verdict), "payment")),
            Action::Echo(at) => Some(("reply twice", screen(at))),
            Action::Look(at, place, glance) => match glance {
                Glance::NoOrder => Some(("no answer", "look for the order")),
                Glance::NoPayment | Glance::NowWithoutPayment => Some(("no answer", "look for the payment")),
                Glance::ArriveWithoutRefund => Some(("no answer", "look for the refund")),
                Glance::Arrive if place > 0 => Some(("overtaken look", screen(at))),
                _ => None,
            },
            Action::Tap(at, tap) => tap_name(tap).map(|name| (name, screen(at))),
            Action::Carrier(deed) => deed_name(deed).map(|name| (name, screen(0))),
            Action::Enter(_, entry) => entry_name(entry).map(|name| (name, "token")),
            Action::Price(_) | Action::Later(_) => None,
        };
        self.pairs.extend(pair);
    }

    /// Notes the screens of a state.
    pub fn saw(&mut self, world: &World, machine: &Machine) {
        self.screens.extend(world.tabs.iter().map(|tab| screen_name(machine.view(tab.stage).screen)));
    }

    /// What each fault met.
    pub fn by_fault(&self) -> BTreeMap<&'static str, Vec<&'static str>> {
        let mut all = BTreeMap::<_, Vec<_>>::new();
        for (fault, place) in &self.pairs {
            all.entry(*fault).or_default().push(*place);
        }
        all
    }

    /// All pairs of this and another.
    pub fn join(&mut self, other: &Self) {
        self.pairs.extend(&other.pairs);
        self.screens.extend(&other.screens);
    }
}

const fn post_name(post: Post) -> &'static str {
    match post {
        Post::Order(..) => "order",
        Post::Payment(..) => "payment",
    }
}

const fn stray_name(verdict: Option<Verdict>) -> &'static str {
    if verdict.is_some() { "arrives after all" } else { "lost after all" }
}

const fn fate_name(fate: Fate) -> Option<&'static str> {
    Some(match fate {
        Fate::Arrive(Verdict::Refuse) => "refused",
        Fate::Arrive(Verdict::TakeAtItsPrice) => "taken at another total",
        Fate::Arrive(Verdict::Decline) => "declined at once",
        Fate::Arrive(Verdict::TakeLater) => "taken later",
        Fate::Arrive(Verdict::AskPayer) => "asks the payer",
        Fate::Lost => "request lost",
        Fate::TimedOut => "timed out on its way",
        Fate::NotSent => "never sent",
        Fate::Twice => "request twice",
        Fate::AnsweredTwice => "reply twice",
        Fate::ReplyLost => "reply lost or 5xx after commit",
        Fate::Arrive(Verdict::Take) | Fate::Answered => return None,
    })
}

const fn entry_name(entry: Entry) -> Option<&'static str> {
    Some(match entry {
        Entry::Page => "asks the payer",
        Entry::Declined => "declined at once",
        Entry::Nothing => "never asked",
        Entry::Unknown | Entry::Taken => "answer makes no sense",
        Entry::Token => return None,
    })
}

const fn tap_name(tap: Tap) -> Option<&'static str> {
    Some(match tap {
        Tap::Again => "second click",
        Tap::Reload => "reload",
        Tap::Kill => "tab closed",
        Tap::Copy => "tab copied",
        Tap::GoOn => "taken over",
        Tap::Close => "leaves",
        Tap::Check => "checks",
        _ => return None,
    })
}

const fn deed_name(deed: Deed) -> Option<&'static str> {
    Some(match deed {
        Deed::ChangePrice => "price changes",
        Deed::Cancel(_) => "order cancelled",
        Deed::EndAs(..) => "order fails",
        Deed::Deny(_) => "payment denied",
        Deed::Capture(_) => "money comes",
        Deed::Refund(_) => "money goes back",
        Deed::Authorize(_) => "bank agrees",
        Deed::Complete(_) => return None,
    })
}

pub(crate) const fn screen_name(screen: Screen) -> &'static str {
    match screen {
        Screen::Closed => "closed",
        Screen::Choosing => "choosing",
        Screen::Pricing => "pricing",
        Screen::Unpriced => "unpriced",
        Screen::Reviewing => "reviewing",
        Screen::Ordering => "ordering",
        Screen::Refused => "refused",
        Screen::Unpaid => "unpaid",
        Screen::Denied => "denied",
        Screen::NotOpened => "not opened",
        Screen::Elsewhere => "elsewhere",
        Screen::Open => "open",
        Screen::Entering => "entering",
        Screen::Opening => "opening",
        Screen::Away => "away",
        Screen::Confirming => "confirming",
        Screen::Delivered => "delivered",
        Screen::Ended(End::Cancelled(Back::NoneTaken)) => "cancelled, nothing charged",
        Screen::Ended(End::Cancelled(Back::Open)) => "cancelled, money unknown",
        Screen::Ended(End::Cancelled(Back::Owed)) => "cancelled, money owed",
        Screen::Ended(End::Cancelled(Back::Refunded(_))) => "cancelled, money back",
        Screen::Ended(End::Rejected) => "rejected",
        Screen::Ended(End::Failed) => "failed",
        Screen::Ended(End::Partial) => "partial",
        Screen::Ended(End::AnotherTotal(_)) => "another total",
        Screen::Ended(End::Unclear) => "unclear",
        Screen::InAnotherTab => "in another tab",
    }
}
