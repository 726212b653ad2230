//! One schedule's world: the carrier, the tabs, the time, and what is noted.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use esim_renewal::app::checkout::Stage;
use esim_renewal::domain::id::{AttemptKey, BucketId};
use esim_renewal::domain::payment::{Method, PaymentMethod};
use esim_renewal::domain::product::Line;
use futures::executor::LocalSpawner;
use futures::task::LocalSpawnExt as _;

use super::judge::Judge;
use super::plan::Plan;
use super::replay::Script;
use super::rng::Rng;
use super::shop::{Account, Shop};
use super::time::Time;
use super::trace::Trace;
use crate::machine::Step;
use crate::view::{Screen, View};

/// The world, as all that goes on in it holds it.
pub type Shared = Rc<World>;

/// A schedule's world.
pub struct World {
    /// The carrier.
    pub shop: Rc<Shop>,
    /// The time.
    pub time: Time,
    /// All that is left to chance.
    pub rng: RefCell<Rng>,
    /// What it is about.
    pub plan: Plan,
    /// Who buys.
    pub account: Account,
    /// The tabs.
    pub tabs: [RefCell<Tab>; 2],
    /// What happened.
    pub trace: RefCell<Trace>,
    /// What is asked of it.
    pub judge: RefCell<Judge>,
    /// The machine.
    pub step: Step,
    /// Whether things go wrong.
    pub is_stormy: Cell<bool>,
    /// How many subscribers still do something of their own accord.
    pub busy: Cell<u32>,
    /// How often a price was asked for since nothing goes wrong any more.
    pub asked: Cell<u32>,
    /// How many calls are waited for.
    pub waited: Cell<u32>,
    /// How many orders, payments and top-ups are on their way.
    pub on_their_way: Cell<u32>,
    /// Where the network does what a script says.
    pub script: Option<Script>,
    /// Starts what goes on side by side.
    pub spawner: LocalSpawner,
}

/// A tab of the browser.
#[derive(Default)]
pub struct Tab {
    /// Which page it shows: what an earlier one waited for is nobody's any more.
    pub page: u32,
    /// Where the checkout stands.
    pub stage: Stage,
    /// What session storage keeps.
    pub kept: Option<String>,
    /// The access token.
    pub token: Option<String>,
    /// The line, where it is known.
    pub line: Option<Line>,
    /// The ways to pay, as far as they are known.
    pub methods: Vec<PaymentMethod>,
    /// The one that is chosen on the screen.
    pub chosen: Option<Method>,
    /// Where credit goes, where that is known.
    pub bucket: Option<BucketId>,
    /// The attempt of which the screen says that it was refused.
    pub refused: Option<AttemptKey>,
    /// How often an order or a payment was sent since nothing goes wrong any more.
    pub sent_again: u32,
    /// The payment page, while the browser is there.
    pub paying: Option<String>,
}

impl World {
    /// Starts something that goes on beside all else.
    pub fn spawn(&self, work: impl Future<Output = ()> + 'static) {
        // The pool is there as long as anything runs.
        let _is_started = self.spawner.spawn_local(work);
    }

    /// The name of a tab's place in the trace.
    pub const fn place(at: usize) -> &'static str {
        if at == 0 { "tab 1" } else { "tab 2" }
    }

    /// Notes that something happened.
    pub fn note(&self, place: &'static str, words: &[&'static str]) {
        self.trace.borrow_mut().note(self.time.now(), place, words);
    }

    /// A tab's screen.
    pub fn screen(&self, at: usize) -> Screen {
        View::of(&self.tabs[at].borrow().stage).screen
    }

    /// How often a tab's stage has asked the carrier.
    pub fn looks(&self, at: usize) -> u8 {
        View::of(&self.tabs[at].borrow().stage).looks
    }

    /// So many milliseconds, by chance.
    pub fn between(&self, from: u32, to: u32) -> i64 {
        self.rng.borrow_mut().between(from, to)
    }

    /// So often in a hundred.
    pub fn chance(&self, percent: u32) -> bool {
        self.rng.borrow_mut().chance(percent)
    }

    /// A new key.
    pub fn key(&self) -> String {
        let mut rng = self.rng.borrow_mut();
        let (first, second) = (rng.next(), rng.next());
        format!(
            "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
            first >> 32,
            first >> 16 & 0xFFFF,
            first & 0xFFF,
            second >> 48 & 0xFFF,
            second & 0xFFFF_FFFF_FFFF
        )
    }
}
