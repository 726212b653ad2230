//! Orders that are under way at the carrier and of which this tab keeps nothing: begun in another browser, or forgotten by
//! this one. The carrier's list has them.

use super::calls::Calls;
use super::checkout::saved::Saved;
use super::checkout::{Attempt, PaymentTry};
use super::handle::{App, Opening};
use super::session::Session;
use super::{now, storage};
use crate::carrier::CarrierError;
use crate::carrier::placed_order::{ListPaymentsOf, ListPlaced, ListUnfinished};
use crate::domain::basket::{Action, Basket, HowMuch, Item};
use crate::domain::id::{AttemptKey, ProductId};
use crate::domain::offering::OfferingKind;
use crate::domain::order::{Placed, PlacedItem};
use crate::domain::payment::{Method, Payment};
use crate::domain::quote::{Quote, QuoteLine};
use leptos::prelude::*;

impl App {
    /// Looks for an order that is not finished, unless this tab keeps one. The newest is offered; the one that the payment
    /// page's way back names is opened: it may lead to another tab than the one that was left.
    pub(super) async fn find_unfinished(self) {
        if storage::read(&self.saved_name()).as_deref().is_some_and(Saved::is_attempt) {
            return;
        }
        if let Some(key) = self.returned() {
            // Whoever has begun something meanwhile is not disturbed.
            if self.checkout.try_with_untracked(Option::is_none) == Some(true) {
                self.checkout.try_set(Some(Opening::Find { key, placed: None }));
            }
            return;
        }
        if let Ok(page) = self.session().all(|offset| ListUnfinished { offset }).await {
            let newest = page.items.into_iter().max_by_key(|(_, placed)| *placed);
            self.unfinished.try_set(newest.map(|(key, placed)| Opening::Find { key, placed }));
        }
    }

    /// The attempt of an order, from what the carrier has of it and of its payments; `None` where it has none that can be
    /// told.
    ///
    /// # Errors
    /// When the carrier could not be asked.
    pub async fn find_placed(self, session: &Session, key: &AttemptKey) -> Result<Option<Attempt>, CarrierError> {
        let orders = session.all(|offset| ListPlaced { key, offset }).await?;
        let Some(placed) = orders.items.into_iter().next() else {
            return Ok(None);
        };
        let order = &placed.order.id;
        let payments = session.all(|offset| ListPaymentsOf { order, offset }).await?;
        Ok(self.attempt_of(key, placed, payments.items))
    }

    fn attempt_of(self, key: &AttemptKey, placed: Placed, payments: Vec<(Payment, Option<Method>)>) -> Option<Attempt> {
        let total = placed.order.total?;
        let line = placed.items.iter().find_map(|item| self.line_of(item))?;
        let items: Vec<Item> = placed.items.iter().map(|item| self.item_of(item)).collect();
        // What each of several cost is not on the order.
        let lines = match placed.items.as_slice() {
            [one] if one.quantity.get() == 1 => vec![QuoteLine::one(one.offering.clone(), total)],
            _ => vec![],
        };
        Some(Attempt {
            key: key.clone(),
            since: placed.at.unwrap_or_else(now),
            basket: Basket { line, currency: total.currency(), items, codes: vec![] },
            quote: Quote::plain(placed.source, lines, total),
            method: None,
            order: Some(placed.order.id),
            payment_try: last_try(payments),
        })
    }

    fn line_of(self, item: &PlacedItem) -> Option<ProductId> {
        let by_plan = || {
            self.inventory.try_with_untracked(|inventory| {
                let plans = &inventory.ready()?.plans;
                plans.iter().find(|plan| Some(&plan.id) == item.changes.as_ref()).map(|plan| plan.line.clone())
            })
        };
        item.line.clone().or_else(|| by_plan().flatten())
    }

    fn item_of(self, item: &PlacedItem) -> Item {
        let offering = self.offerings.try_with_untracked(|all| {
            all.ready()?.iter().find(|one| one.id == item.offering).map(|one| (one.name.clone(), one.kind))
        });
        let (name, kind) = offering.flatten().unwrap_or_else(|| {
            let kind = if item.changes.is_some() { OfferingKind::Plan } else { OfferingKind::Extra };
            (item.name.clone().unwrap_or_else(|| item.offering.as_str().to_owned()), kind)
        });
        Item {
            offering: item.offering.clone(),
            name,
            kind,
            how_much: HowMuch::Times(item.quantity),
            action: item.changes.clone().map_or(Action::Add, Action::Modify),
            start: None,
        }
    }
}

/// The try that counts. One without a key is not ours to follow: whether there is one shows with the first look.
fn last_try(payments: Vec<(Payment, Option<Method>)>) -> Option<PaymentTry> {
    let (payment, method) = payments.into_iter().max_by_key(|(payment, _)| payment.rank())?;
    Some(PaymentTry { key: payment.key?, method, return_url: String::new() })
}
