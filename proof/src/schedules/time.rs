//! Time that only goes on when nothing is left to be done: the carrier's clock, and all waits.

use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

use futures::channel::oneshot;
use sandbox::Clock;

/// The time of one schedule.
pub struct Time {
    clock: Clock,
    timers: RefCell<BinaryHeap<Timer>>,
    count: Cell<u64>,
}

struct Timer {
    at: i64,
    /// Those of the same moment come in the order in which they were set.
    number: u64,
    wake: oneshot::Sender<()>,
}

impl Time {
    /// By the carrier's clock.
    pub fn new(clock: Clock) -> Self {
        Self { clock, timers: RefCell::default(), count: Cell::new(0) }
    }

    /// Milliseconds since 1970.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// Waits so many milliseconds.
    pub async fn sleep(&self, ms: i64) {
        let (wake, woken) = oneshot::channel();
        self.count.set(self.count.get() + 1);
        self.timers.borrow_mut().push(Timer { at: self.now() + ms, number: self.count.get(), wake });
        let _ended = woken.await;
    }

    /// Goes on to the next moment at which somebody waits for something. False when nobody does.
    pub fn go_on(&self) -> bool {
        let Some(next) = self.timers.borrow_mut().pop() else { return false };
        self.clock.advance((next.at - self.now()).max(0));
        let _is_gone = next.wake.send(());
        true
    }

    /// The device sleeps: what was to happen meanwhile happens afterwards.
    pub fn skip(&self, ms: i64) {
        self.clock.advance(ms);
    }
}

impl PartialEq for Timer {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Timer {}

impl PartialOrd for Timer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The earliest is the greatest, since the heap gives the greatest first.
impl Ord for Timer {
    fn cmp(&self, other: &Self) -> Ordering {
        (other.at, other.number).cmp(&(self.at, self.number))
    }
}
