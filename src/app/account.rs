//! What the subscriber has: read by code that is loaded once somebody is signed in.

#![expect(clippy::unnecessary_wraps, reason = "the loading that the attribute adds may fail")]

use super::calls::Calls;
use super::handle::App;
use super::session::Session;
use super::{Remote, Trouble};
use crate::carrier::CarrierError;
use crate::carrier::prepay_balance::ListBalances;
use crate::carrier::product_inventory::{ListProducts, inventory};
use crate::carrier::usage_consumption::{GetUsageQuery, QueryUsage, UsageQuery};
use crate::domain::consumption::Consumption;
use crate::domain::id::ProductId;
use crate::domain::offering::OfferingKind;
use futures::future::{FutureExt, LocalBoxFuture};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

/// How often a running usage query is asked for, and how long to wait before each: 0.2 s, then 0.4 s, ...
const USAGE_LOOKS: u32 = 6;

/// What reads the account.
type Read = fn(App) -> LocalBoxFuture<'static, ()>;

#[wasm_split(account, wasm_split_path = leptos::wasm_split, fallible)]
fn load() -> Result<Read, SplitLoaderError> {
    Ok(|app| app.read_account().boxed_local())
}

impl App {
    /// Loads what the subscriber has, and what is left of it. What is on the screen stays there meanwhile.
    pub fn load_account(self) {
        spawn_local(self.fetch_account().boxed_local());
    }

    pub(super) async fn fetch_account(self) {
        if self.signed_in.try_get_untracked() != Some(true) {
            return;
        }
        if self.has_no_lines() {
            self.inventory.set(Remote::Loading);
            self.consumption.set(Remote::Loading);
        }
        let session = self.session();
        // The token is on its way while what needs it is.
        match futures::join!(load(), session.prepare()).0 {
            Ok(read) => read(self).await,
            Err(_) if self.has_no_lines() => self.inventory.set(Remote::Failed(Trouble::Offline)),
            Err(_) => {}
        }
    }

    /// Whether none were loaded; `false` also once the element is gone.
    fn has_no_lines(self) -> bool {
        self.inventory.try_with_untracked(|inventory| inventory.ready().is_none()) == Some(true)
    }

    async fn read_account(self) {
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
        let offerings = self.offerings;
        self.until(move || offerings.try_with(|all| matches!(all, Remote::Loading)) != Some(true)).await;
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
