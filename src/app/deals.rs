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
    /// For how many of those a price was asked for anew; a few more where the carrier still counted one.
    pub asked_anew: RwSignal<usize>,
    /// The carrier's time, to the tick; `None` where the carrier does not let a page read it.
    pub now: RwSignal<Option<Timestamp>>,
}

impl Deals {
    /// What of these is on, and what has ended. `false` once the element is gone.
    fn tick(self, clock: Option<CarrierClock>) -> bool {
        let before = self.now.try_get_untracked().flatten();
        let now = clock.map(CarrierClock::now).max(before);
        let over = self.remove(&is_over(now));
        if !over.is_empty() {
            let ended = self.ended.get_untracked().iter().cloned().chain(over).collect();
            self.ended.set(Arc::new(ended));
        }
        self.now.try_set(now).is_none()
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
    pub fn load_promotions(self) {
        let (session, deals) = (self.session(), self.deals);
        spawn_local(async move {
            let page = match session.all(|offset| ListPromotions { offset }).await {
                Ok(page) => page,
                Err(CarrierError::Refused { status: 404, .. }) => return,
                Err(_) => {
                    let about = "promotion".to_owned();
                    return self.report(Report::Error { code: "promotions-unavailable", about });
                }
            };
            self.report_dropped("malformed-promotion", &page.dropped);
            let clock = page.date.map(CarrierClock::new);
            let now = page.date;
            // What has not begun is looked for at the next visit: a page that is open that long is an old one.
            deals.on.try_set(Arc::new(page.items));
            deals.remove(&is_over(now));
            deals.are_known.try_set(true);
            self.check_promotions();
            while deals.tick(clock) {
                let (near, far) = TICKS;
                TimeoutFuture::new(if deals.is_counted_down() { near } else { far }).await;
            }
        });
    }
}
