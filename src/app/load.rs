//! Loading what the screens show.

use super::calls::Calls;
use super::config::View;
use super::handle::{App, Report};
use super::{Remote, Trouble};
use crate::carrier::product_catalog::ListOfferings;
use crate::carrier::{CarrierError, Dropped, Page};
use crate::domain::offering::{Offering, main_currency, with_unknown_parts};
use futures::future::FutureExt;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;
use std::sync::Arc;

impl App {
    /// Loads all that the first view shows, side by side.
    pub fn load(self) {
        spawn_local(self.fetch_all(false).boxed_local());
    }

    /// Asks the carrier for all of it anew. What is on the screen stays there meanwhile.
    pub async fn refresh(self) {
        self.fetch_all(true).await;
    }

    async fn fetch_all(self, anew: bool) {
        futures::join!(self.fetch_offerings(anew), self.fetch_promotions(), self.fetch_account());
    }

    /// Loads what there is to buy.
    pub fn load_offerings(self) {
        spawn_local(self.fetch_offerings(false).boxed_local());
    }

    /// `anew`: not from the browser's cache.
    async fn fetch_offerings(self, anew: bool) {
        if self.offerings.try_with_untracked(|offerings| offerings.ready().is_none()) == Some(true) {
            self.offerings.set(Remote::Loading);
        }
        let loaded = self.session().all(|offset| ListOfferings { offset, anew }).await;
        let loaded = loaded.map(|page| {
            let Page { mut items, mut dropped, .. } = page;
            leave_out(&mut items, &mut dropped);
            self.report_dropped("malformed-offering", &dropped);
            self.left_out.try_set(dropped.len());
            Arc::new(items)
        });
        let is_loaded = loaded.is_ok();
        self.settle(self.offerings, loaded);
        if is_loaded {
            self.check_promotions();
            if self.config.try_with_value(|config| config.shows == View::Deals) == Some(true) {
                // Before it is known which deals are on, there is nothing of them to see.
                self.until(move || self.deals.are_asked.try_get() != Some(false)).await;
            }
            self.report(Report::Ready);
        }
    }

    /// Shows what was loaded. A failure does not take from the screen what is on it.
    pub(super) fn settle<T: PartialEq + Send + Sync + 'static>(
        self,
        to: RwSignal<Remote<T>>,
        loaded: Result<T, CarrierError>,
    ) {
        match loaded {
            // What did not change is not drawn anew: the focus may be in it.
            Ok(value) if to.try_with_untracked(|shown| shown.ready() == Some(&value)) == Some(true) => {}
            Ok(value) => {
                to.try_set(Remote::Ready(value));
            }
            Err(error) => {
                let trouble = Trouble::from(&error);
                if trouble == Trouble::SignedOut {
                    self.signed_in.try_set(false);
                }
                if to.try_with_untracked(|shown| shown.ready().is_none()) == Some(true) {
                    to.try_set(Remote::Failed(trouble));
                }
            }
        }
    }

    pub(super) fn report_dropped(self, code: &'static str, dropped: &[Dropped]) {
        for Dropped { id, error } in dropped {
            let mut about = id.clone();
            about.push_str(": ");
            about.push_str(error.field);
            self.report(Report::Error { code, about });
        }
    }
}

/// Leaves out what stands twice, is in other money than the rest, or is a bundle of what is not there.
pub fn leave_out(items: &mut Vec<Offering>, dropped: &mut Vec<Dropped>) {
    let mut known = BTreeSet::new();
    let currency = main_currency(items);
    items.retain(|one| {
        let wrong = if !known.insert(one.id.clone()) {
            "id"
        } else if Some(one.price.currency()) != currency {
            "unit"
        } else {
            return true;
        };
        dropped.push(Dropped::new(one.id.as_str(), wrong));
        false
    });
    // A bundle of a bundle that went goes too.
    loop {
        let unknown = with_unknown_parts(items);
        if unknown.is_empty() {
            return;
        }
        items.retain(|one| !unknown.contains(&one.id));
        dropped.extend(unknown.iter().map(|id| Dropped::new(id.as_str(), "bundledProductOffering")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::OfferingId;
    use crate::domain::money::{Currency, Money};
    use crate::domain::offering::tests::offering;
    use crate::domain::offering::{OfferingKind, Price};

    #[test]
    fn what_cannot_stand_beside_the_rest_is_left_out_and_named() {
        let bundle = |id, part| Offering {
            parts: vec![OfferingId::new(part).unwrap()],
            ..offering(id, OfferingKind::Bundle, 900)
        };
        let francs = Price::Fixed(Money::from_minor(100, Currency::from_code("CHF").unwrap()));
        let mut items = vec![
            Offering { price: francs, ..offering("swiss", OfferingKind::Data, 0) },
            offering("data", OfferingKind::Data, 100),
            offering("data", OfferingKind::Data, 200),
            bundle("of-a-bundle", "odd"),
            bundle("odd", "swiss"),
            bundle("good", "data"),
        ];
        let mut dropped = vec![];
        leave_out(&mut items, &mut dropped);
        let ids: Vec<_> = items.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids, ["data", "good"]);
        let said: Vec<_> = dropped.iter().map(|one| (one.id.as_str(), one.error.field)).collect();
        let parts = "bundledProductOffering";
        assert_eq!(said, [("swiss", "unit"), ("data", "id"), ("odd", parts), ("of-a-bundle", parts)]);
    }
}
