//! Loading what the screens show.

use super::calls::Calls;
use super::handle::{App, Report};
use super::session::Session;
use super::{Remote, Trouble};
use crate::carrier::prepay_balance::ListBalances;
use crate::carrier::product_catalog::ListOfferings;
use crate::carrier::product_inventory::{ListProducts, inventory};
use crate::carrier::usage_consumption::{GetUsageQuery, QueryUsage, UsageQuery};
use crate::carrier::{CarrierError, Dropped, Page};
use crate::domain::consumption::Consumption;
use crate::domain::id::ProductId;
use crate::domain::offering::{Offering, OfferingKind, main_currency, with_unknown_parts};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::collections::BTreeSet;
use std::sync::Arc;

/// How often a running usage query is asked for, and how long to wait before each: 0.2 s, then 0.4 s, ...
const USAGE_LOOKS: u32 = 6;

impl App {
    /// Loads all that the first view shows, side by side.
    pub fn load(self) {
        spawn_local(self.fetch_all(false));
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
        spawn_local(self.fetch_offerings(false));
    }

    /// `anew`: not from the browser's cache.
    async fn fetch_offerings(self, anew: bool) {
        if self.offerings.with_untracked(|offerings| offerings.ready().is_none()) {
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
            self.report(Report::Ready);
            self.load_balance().await;
        }
    }

    /// Loads what the subscriber has, and what is left of it. What is on the screen stays there meanwhile.
    pub fn load_account(self) {
        spawn_local(self.fetch_account());
    }

    async fn fetch_account(self) {
        if self.signed_in.try_get_untracked() != Some(true) {
            return;
        }
        if self.inventory.with_untracked(|inventory| inventory.ready().is_none()) {
            self.inventory.set(Remote::Loading);
            self.consumption.set(Remote::Loading);
        }
        let loaded = self.session().all(|offset| ListProducts { offset }).await;
        let loaded = loaded.map(|page| {
            self.report_dropped("malformed-product", &page.dropped);
            inventory(page.items)
        });
        let first = loaded.as_ref().ok().and_then(|inventory| Some(inventory.lines.first()?.id.clone()));
        self.settle(self.inventory, loaded);
        if let Some(line) = self.line.try_get_untracked().flatten().or(first) {
            self.line.try_set(Some(line.clone()));
            futures::join!(self.count(&line), self.load_balance(), self.find_unfinished());
        } else {
            self.consumption.try_set(Remote::Idle);
        }
    }

    /// Shows another line of the subscriber's.
    pub fn show_line(self, line: &ProductId) {
        if self.line.get_untracked().as_ref() == Some(line) {
            return;
        }
        let line = line.clone();
        self.consumption.set(Remote::Loading);
        self.balance.set(None);
        self.bucket.set_value(None);
        self.line.set(Some(line.clone()));
        spawn_local(async move {
            futures::join!(self.count(&line), self.load_balance());
        });
    }

    /// Counts what is left on a line, for as long as it is the one that is shown.
    async fn count(self, line: &ProductId) {
        let counted = count_usage(&self.session(), line).await;
        if self.line.try_get_untracked().flatten().as_ref() == Some(line) {
            self.settle(self.consumption, counted);
        }
    }

    /// Loads the credit on the line's account, once both are known: a carrier that sells none is not asked.
    pub async fn load_balance(self) {
        let sells_credit = self.offerings.try_with_untracked(|offerings| {
            offerings.ready().is_some_and(|all| all.iter().any(|one| one.kind == OfferingKind::Credit))
        });
        let line = self.line.try_get_untracked().flatten();
        let account = self
            .inventory
            .try_with_untracked(|inventory| Some(inventory.ready()?.line(line.as_ref()?)?.account.clone()));
        if let (Some(true), Some(Some(account))) = (sells_credit, account)
            && let Ok(page) = self.session().all(|offset| ListBalances { offset }).await
        {
            let mut balances = page.items.into_iter();
            let found = balances.find(|one| one.account.is_none() || one.account == account);
            if self.line.try_get_untracked() == Some(line) {
                self.balance.try_set(found.as_ref().map(|one| one.left));
                self.bucket.try_set_value(found.and_then(|one| one.bucket));
            }
        }
    }

    /// Shows what was loaded. A failure does not take from the screen what is on it.
    fn settle<T: PartialEq + Send + Sync + 'static>(self, to: RwSignal<Remote<T>>, loaded: Result<T, CarrierError>) {
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
fn leave_out(items: &mut Vec<Offering>, dropped: &mut Vec<Dropped>) {
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

async fn count_usage(session: &Session, line: &ProductId) -> Result<Consumption, CarrierError> {
    let mut query = session.call(&QueryUsage { line }).await?;
    for look in 0..USAGE_LOOKS {
        let UsageQuery::Running(id) = query else {
            break;
        };
        TimeoutFuture::new(200 << look).await;
        query = session.call(&GetUsageQuery { id }).await?;
    }
    match query {
        UsageQuery::Done(consumption) => Ok(consumption),
        UsageQuery::Running(_) => Err(CarrierError::TimedOut),
        UsageQuery::Failed => Err(CarrierError::Failing(500)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::id::OfferingId;
    use crate::domain::money::{Currency, Money};
    use crate::domain::offering::Price;
    use crate::domain::offering::tests::offering;

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
