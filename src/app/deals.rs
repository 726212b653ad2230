//! The promotions that are on, by the carrier's time.

use super::App;
use super::calls::Calls;
use super::clock::{CarrierClock, now};
use super::handle::Report;
use crate::carrier::promotion::ListPromotions;
use crate::carrier::{CarrierError, Dropped};
use crate::domain::deal::Promotion;
use crate::domain::offering::main_currency;
use crate::domain::time::Timestamp;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// How long before its end a deal is counted down.
pub const COUNTED_DOWN: i64 = 24 * 3_600_000;

/// How often the time is looked at, in milliseconds: while something is counted down, and else.
const TICKS: (u32, u32) = (1_000, 30_000);

/// What is on, what has just ended, and what time it is at the carrier.
#[derive(Clone, Copy, Default)]
pub struct Deals {
    /// The promotions that are on.
    pub on: RwSignal<Arc<Vec<Promotion>>>,
    /// Those that ended while the page was open.
    pub ended: RwSignal<Arc<Vec<Promotion>>>,
    /// Whether it is known which are on: until then no price can be held against them.
    pub are_known: RwSignal<bool>,
    /// Whether the carrier was asked for them, whatever it answered.
    pub are_asked: RwSignal<bool>,
    /// For how many of those a price was asked for anew; a few more where the carrier still counted one.
    pub asked_anew: RwSignal<usize>,
    /// The carrier's time, to the tick; `None` where the carrier does not let a page read it.
    pub now: RwSignal<Option<Timestamp>>,
    time: StoredValue<Following>,
}

/// How the time is followed.
#[derive(Clone, Copy, Default)]
struct Following {
    /// The carrier's clock, by its last answer.
    clock: Option<CarrierClock>,
    /// Whether it is followed already.
    is_begun: bool,
}

impl Deals {
    /// What of these is on, and what has ended. `false` once the element is gone.
    fn tick(self) -> bool {
        let before = self.now.try_get_untracked().flatten();
        let now = self.time.try_get_value().and_then(|time| time.clock).map(CarrierClock::now).max(before);
        let over = self.remove(&is_over(now));
        if !over.is_empty() {
            let ended = self.ended.get_untracked().iter().cloned().chain(over).collect();
            self.ended.set(Arc::new(ended));
        }
        self.now.try_set(now).is_none()
    }

    /// Follows the time for as long as the element is there.
    async fn follow(self) {
        while self.tick() {
            let (near, far) = TICKS;
            TimeoutFuture::new(if self.is_counted_down() { near } else { far }).await;
        }
    }

    /// Takes some of them out.
    fn remove(self, is_out: &dyn Fn(&Promotion) -> bool) -> Vec<Promotion> {
        let Some(on) = self.on.try_get_untracked() else { return Vec::new() };
        let out: Vec<_> = on.iter().filter(|one| is_out(one)).cloned().collect();
        if !out.is_empty() {
            self.on.set(Arc::new(on.iter().filter(|one| !is_out(one)).cloned().collect()));
        }
        out
    }

    fn is_counted_down(self) -> bool {
        let now = self.now.try_get_untracked().flatten();
        let is_near = |end: Timestamp| now.is_some_and(|now| end.millis().saturating_sub(now.millis()) < COUNTED_DOWN);
        self.on.try_with_untracked(|on| on.iter().any(|one| one.ends.is_some_and(is_near))) == Some(true)
    }
}

/// What is not on any more. Without the carrier's time the device's is good enough to take a deal away, and never to say
/// how long it lasts.
fn is_over(carrier: Option<Timestamp>) -> impl Fn(&Promotion) -> bool {
    let device = now();
    move |one| if carrier.is_some() { !one.is_on(carrier) } else { one.has_ended(device) }
}

impl App {
    /// Leaves out what is in other money than the offers, once both are here.
    pub(super) fn check_promotions(self) {
        let currency = self.offerings.try_with_untracked(|all| main_currency(all.ready()?)).flatten();
        if let Some(currency) = currency {
            let strange = self.deals.remove(&|one| !one.is_payable(currency));
            let dropped: Vec<_> = strange.iter().map(|one| Dropped::new(&one.id, "actionValue")).collect();
            self.report_dropped("malformed-promotion", &dropped);
        }
    }

    /// Loads the promotions, and follows their time. A carrier that knows no such thing has no deals; of one that
    /// does not answer the host is told.
    pub(super) async fn fetch_promotions(self) {
        let deals = self.deals;
        let page = match self.session().all(|offset| ListPromotions { offset }).await {
            Ok(page) => page,
            Err(error) => {
                deals.are_asked.try_set(true);
                if !matches!(error, CarrierError::Refused { status: 404, .. }) {
                    let about = "promotion".to_owned();
                    self.report(Report::Error { code: "promotions-unavailable", about });
                }
                return;
            }
        };
        self.report_dropped("malformed-promotion", &page.dropped);
        let time = Following { clock: page.date.map(CarrierClock::new), is_begun: true };
        let before = deals.time.try_update_value(|known| std::mem::replace(known, time));
        // What has not begun is looked for at the next visit: a page that is open that long is an old one.
        let is_over = is_over(page.date);
        let on: Vec<_> = page.items.into_iter().filter(|one| !is_over(one)).collect();
        if deals.on.try_with_untracked(|shown| **shown != on) == Some(true) {
            deals.on.set(Arc::new(on));
        }
        deals.are_known.try_set(true);
        deals.are_asked.try_set(true);
        self.check_promotions();
        if before.is_some_and(|before| !before.is_begun) {
            spawn_local(deals.follow());
        }
    }
}
