//! What happens when nothing goes wrong any more: the subscriber does what the screen offers, until it leaves nothing open.

use esim_renewal::app::checkout::{Back, End, Event};
use futures::executor::LocalPool;

use super::page::Page;
use super::subscriber::{back, pay, press};
use super::world::{Shared, World};
use crate::view::{Screen, View};

/// More things than are ever needed.
const MOST: u32 = 3_000;
/// How often a price is asked for: the carrier may not sell it any more.
const MOST_ASKED: u32 = 6;
/// How many looks in a row may tell nothing before the subscriber waits for the carrier's time limits.
const PATIENCE: u8 = 10;
/// So often the same is sent again before the subscriber waits for those.
const MOST_SENT: u32 = 4;
/// When the carrier has called off what is not paid.
const HALF_AN_HOUR: i64 = 31 * 60_000;

/// Whether a tab's screen leaves nothing open.
fn is_at_rest(world: &World, at: usize) -> bool {
    let tab = world.tabs[at].borrow();
    let is_settled = View::of(&tab.stage).is_settled() && tab.paying.is_none();
    let is_wanted = world.plan.wants && world.asked.get() < MOST_ASKED && wants_more(View::of(&tab.stage).screen);
    drop(tab);
    let is_lost = || world.screen(at) == Screen::Confirming && has_waited(world, at) && world.is_nowhere(at);
    (is_settled && !is_wanted) || is_lost()
}

/// Whether the subscriber has seen "being confirmed" for long enough. What the carrier refuses to take again is sent again
/// after each round of looks, without an end.
fn has_waited(world: &World, at: usize) -> bool {
    world.looks(at) >= PATIENCE || world.tabs[at].borrow().sent_again > MOST_SENT
}

/// Whether nothing is on its way.
fn is_quiet(world: &World) -> bool {
    world.on_their_way.get() == 0 && world.waited.get() == 0
}

/// Whether there is something more that somebody would do who wants to buy it.
const fn wants_more(screen: Screen) -> bool {
    matches!(
        screen,
        Screen::Choosing
            | Screen::Pricing
            | Screen::Unpriced
            | Screen::Reviewing
            | Screen::Refused
            | Screen::Unpaid
            | Screen::Denied
            | Screen::NotOpened
    )
}

/// Goes on until all tabs are at rest and nothing is on its way.
pub fn come_to_rest(world: &Shared, pool: &mut LocalPool) {
    for _ in 0..MOST {
        pool.run_until_stalled();
        if (0..world.tabs.len()).all(|at| is_at_rest(world, at)) {
            if is_quiet(world) {
                return;
            }
            world.time.go_on();
            continue;
        }
        let acted = (0..world.tabs.len()).any(|at| !is_at_rest(world, at) && do_what_is_offered(world, at));
        pool.run_until_stalled();
        if !acted && !world.time.go_on() {
            world.time.skip(60_000);
        }
    }
    world.stuck();
}

/// Does what the screen of a tab offers. False where there is nothing to do but wait.
fn do_what_is_offered(world: &Shared, at: usize) -> bool {
    let page = Page::of(world, at);
    let paying = world.tabs[at].borrow().paying.clone();
    if let Some(address) = paying {
        if world.plan.wants {
            pay(world, &address, "accepted");
        } else {
            press(world, &address, if address.ends_with("/confirm") { "action=refuse" } else { "action=cancel" });
        }
        back(world, at);
        return true;
    }
    match world.screen(at) {
        Screen::Choosing | Screen::Unpriced | Screen::Refused => {
            world.asked.set(world.asked.get() + 1);
            page.tell(Event::Asked);
        }
        Screen::Reviewing => page.consent(None),
        Screen::Unpaid | Screen::Denied | Screen::NotOpened | Screen::Open => page.pay(None),
        // A page that the browser did not leave, though it was to; money that is to come back.
        Screen::Away | Screen::Ended(End::Cancelled(Back::Owed)) => page.tell(Event::LookAgain),
        Screen::Elsewhere if is_quiet(world) => {
            world.time.skip(HALF_AN_HOUR);
            Page::load(world, at);
        }
        Screen::Confirming if has_waited(world, at) && is_quiet(world) => {
            world.time.skip(HALF_AN_HOUR);
            page.tell(Event::LookAgain);
        }
        _ => return false,
    }
    true
}
