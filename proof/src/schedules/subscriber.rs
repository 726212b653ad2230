//! What a subscriber does in a tab while things go wrong.

use esim_renewal::app::checkout::Event;
use esim_renewal::domain::payment::Method;

use super::page::Page;
use super::plan::Tabs;
use super::world::{Shared, World};
use crate::coverage::screen_name;
use crate::view::Screen;

/// The cards of the payment page.
const CARDS: [(u32, &str); 9] = [
    (30, "accepted"),
    (12, "declined"),
    (14, "bank"),
    (6, "insufficient"),
    (4, "expired"),
    (12, "slow"),
    (6, "unconfirmed"),
    (8, "abandoned"),
    (8, "late"),
];

/// What disturbs.
#[derive(Clone, Copy)]
enum Whim {
    Reload,
    TabClosed,
    Leaves,
    Checks,
    Again,
    PriceChanges,
    LongWait,
}

const WHIMS: [(u32, Whim); 7] = [
    (30, Whim::Reload),
    (6, Whim::TabClosed),
    (12, Whim::Leaves),
    (22, Whim::Checks),
    (16, Whim::Again),
    (6, Whim::PriceChanges),
    (8, Whim::LongWait),
];

/// How long a subscriber waits before the next act: for a double click, a glance, a while.
const GAPS: [(u32, (u32, u32)); 4] = [(15, (0, 5)), (45, (50, 1_500)), (30, (1_500, 8_000)), (10, (8_000, 40_000))];

/// Does so many things, one after another.
pub async fn subscriber(world: Shared, at: usize) {
    if at == 1 {
        let later = world.between(0, 20_000);
        world.time.sleep(later).await;
    }
    for _ in 0..world.plan.acts {
        let (from, to) = world.rng.borrow_mut().weighted(&GAPS, (50, 1_500));
        let gap = world.between(from, to);
        world.time.sleep(gap).await;
        act(&world, at);
    }
    world.busy.set(world.busy.get() - 1);
}

fn note(world: &World, at: usize, act: &'static str) {
    let screen = screen_name(world.screen(at));
    world.trace.borrow_mut().act(world.time.now(), World::place(at), act, screen);
}

fn act(world: &Shared, at: usize) {
    let paying = world.tabs[at].borrow().paying.clone();
    if let Some(page) = paying {
        at_payment_page(world, at, &page);
    } else if world.chance(30) && world.screen(at) != Screen::Closed {
        let whim = world.rng.borrow_mut().weighted(&WHIMS, Whim::Checks);
        follow(world, at, whim);
    } else {
        go_on(world, at);
    }
}

fn follow(world: &Shared, at: usize, whim: Whim) {
    let page = Page::of(world, at);
    match whim {
        Whim::Reload => {
            note(world, at, "reload");
            Page::load(world, at);
        }
        Whim::TabClosed => {
            note(world, at, "tab closed");
            Page::leave(world, at);
        }
        Whim::Leaves => {
            note(world, at, "leaves");
            page.tell(Event::Closed);
        }
        Whim::Checks => {
            note(world, at, "checks");
            page.tell(Event::LookAgain);
        }
        Whim::Again => {
            note(world, at, "second click");
            page.consent(None);
            page.tell(Event::Asked);
            page.pay(None);
        }
        Whim::PriceChanges => {
            note(world, at, "price changes");
            let cents = world.between(1, 30) * 100;
            world.shop.change_price(world.plan.offer.offering(), cents);
        }
        Whim::LongWait if world.waited.get() == 0 => {
            note(world, at, "long wait");
            let ms = world.rng.borrow_mut().pick(&[61_000, 16 * 60_000, 31 * 60_000], 61_000);
            world.time.skip(ms);
            world.look_around();
        }
        Whim::LongWait => {}
    }
}

/// What the screen is for.
fn go_on(world: &Shared, at: usize) {
    let page = Page::of(world, at);
    match world.screen(at) {
        Screen::Closed => begin(world, at),
        Screen::Choosing | Screen::Unpriced | Screen::Refused => {
            note(world, at, "asks for the price");
            page.tell(Event::Asked);
        }
        Screen::Reviewing if world.chance(90) => {
            note(world, at, "consents");
            page.consent(None);
            if world.chance(20) {
                note(world, at, "second click");
                page.consent(None);
            }
        }
        Screen::Reviewing => {
            note(world, at, "edits");
            page.tell(Event::Edited);
        }
        Screen::Unpaid | Screen::Denied | Screen::NotOpened | Screen::Open => {
            note(world, at, "pays");
            let method = any_method(world, &page);
            page.pay(method.clone());
            if world.chance(20) {
                note(world, at, "second click");
                page.pay(method);
            }
        }
        Screen::Elsewhere => {
            note(world, at, "reload");
            Page::load(world, at);
        }
        Screen::Delivered | Screen::Ended(_) if world.chance(50) => {
            note(world, at, "leaves");
            page.tell(Event::Closed);
        }
        Screen::Ended(_) | Screen::Confirming | Screen::Away if world.chance(30) => {
            note(world, at, "checks");
            page.tell(Event::LookAgain);
        }
        _ => {}
    }
}

/// Begins, or copies the other tab.
fn begin(world: &Shared, at: usize) {
    if at == 1 && world.plan.tabs == Tabs::Copy {
        let is_kept = world.tabs[0].borrow().kept.is_some();
        if is_kept {
            note(world, at, "tab copied");
            world.judge.borrow_mut().was_copied = true;
            Page::copy(world, at);
        }
    } else if let Some(basket) = world.plan.offer.basket(&world.account) {
        note(world, at, "chooses");
        Page::of(world, at).tell(Event::Chosen(basket));
    }
}

/// One of the ways to pay, where they are known.
fn any_method(world: &World, page: &Page) -> Option<Method> {
    if world.chance(50) {
        return None;
    }
    let methods = page.tab(|tab| tab.methods.iter().map(|one| one.method.clone()).collect::<Vec<_>>());
    let at = world.rng.borrow_mut().below(u32::try_from(methods.len()).unwrap_or(1).max(1));
    methods.into_iter().nth(at as usize)
}

fn at_payment_page(world: &Shared, at: usize, page: &str) {
    match world.between(0, 99) {
        0..60 => {
            let card = world.rng.borrow_mut().weighted(&CARDS, "accepted");
            note(world, at, "pays on the page");
            pay(world, page, card);
            if card == "late" && world.waited.get() == 0 && world.chance(60) {
                note(world, at, "long wait");
                world.time.skip(31 * 60_000);
            }
            back(world, at);
        }
        60..70 => {
            note(world, at, "calls it off on the page");
            press(world, page, "action=cancel");
            back(world, at);
        }
        70..85 => {
            note(world, at, "comes back without paying");
            back(world, at);
        }
        85..92 => {
            note(world, at, "tab closed");
            Page::leave(world, at);
        }
        // Stays there.
        _ => {}
    }
}

/// Pays by a card, and answers the bank if that asks.
pub fn pay(world: &World, page: &str, card: &'static str) {
    world.note("payer", &["pays by", card]);
    let bank = if page.ends_with("/confirm") {
        Some(page.to_owned())
    } else {
        if world.chance(10) {
            press(world, page, &format!("action=pay&card={card}"));
        }
        press(world, page, &format!("action=pay&card={card}"))
    };
    let Some(bank) = bank.filter(|to| to.ends_with("/confirm")) else { return };
    let answer = world
        .rng
        .borrow_mut()
        .weighted(&[(60, Some("action=approve")), (20, Some("action=refuse")), (20, None)], Some("action=approve"));
    world.note("payer", &["says to the bank", answer.unwrap_or("nothing")]);
    if let Some(answer) = answer {
        press(world, &bank, answer);
    }
}

/// Presses a button of the carrier's page. What the widgets say elsewhere must still be so.
pub fn press(world: &World, page: &str, form: &str) -> Option<String> {
    let to = world.shop.press(page, form);
    world.look_around();
    to
}

/// The browser comes back: the page loads anew, or is the one that it kept.
pub fn back(world: &Shared, at: usize) {
    let is_kept = world.chance(35);
    Page::of(world, at).change(|tab| tab.paying = None);
    if is_kept {
        world.note(World::place(at), &["back on the page that was kept"]);
        Page::of(world, at).tell(Event::LookAgain);
    } else {
        world.note(World::place(at), &["back on a new page"]);
        Page::load(world, at);
    }
}
