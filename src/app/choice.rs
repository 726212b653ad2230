//! What a choice of the subscriber's means for the line that is shown.

use super::config::{Config, CreditBy, Pricing};
use super::handle::{App, saved_name};
use super::open::{Carried, taken_name};
use super::{now, storage};
use crate::domain::basket::{Action, Basket, HowMuch, Item, Quantity};
use crate::domain::eligibility::{Eligibility, Obstacle, eligibility};
use crate::domain::id::{OfferingId, ProductId};
use crate::domain::offering::{Offering, OfferingKind, Price};
use crate::domain::product::Inventory;
use leptos::prelude::*;

/// The parameter of the page's address that says what is looked for.
const SEARCH_PARAMETER: &str = "esim-find";

impl App {
    /// Whether something can be bought for the line that is shown; `None` while that is not known.
    pub fn eligibility(self, offering: &Offering) -> Option<Eligibility> {
        let line = self.line.get()?;
        let credit_apart = self.config.with_value(|config| config.credit == CreditBy::TopUp);
        let judge = |basket: Option<&Basket>| {
            self.inventory.with(|inventory| {
                let inventory = inventory.ready()?;
                let line = inventory.line(&line)?;
                self.offerings.with(|all| Some(eligibility(offering, line, inventory, basket, all.ready()?, now())))
            })
        };
        self.basket.with(|basket| {
            let judged = judge(basket.as_ref())?;
            let is_apart = basket.as_ref().is_some_and(|basket| basket.is_apart(&line, offering.kind, credit_apart));
            Some(match judged {
                Eligibility::With(_) if is_apart => Eligibility::Not(Obstacle::Basket),
                judged => judged,
            })
        })
    }

    /// Whether the line that is shown has an offering already.
    pub fn owns(self, offering: &OfferingId) -> bool {
        let find = |inventory: &Inventory, line: &ProductId| {
            let by_plan = inventory.plan_of(line).is_some_and(|plan| plan.offering.as_ref() == Some(offering));
            by_plan || inventory.add_ons_of(line, now()).any(|one| one.offering.as_ref() == Some(offering))
        };
        let owns =
            self.line.with(|line| self.inventory.with(|inventory| Some(find(inventory.ready()?, line.as_ref()?))));
        owns == Some(true)
    }

    /// Whether anything can be bought here at all.
    pub fn sells(self) -> bool {
        self.config.with_value(|config| config.pricing != Pricing::None)
    }

    /// What a choice means for the line that is shown: a plan renews or changes the one that is there, all else adds to
    /// it, together with what it needs. `None` while the line is not known, and for what it cannot have.
    pub fn basket_for(self, offering: &Offering) -> Option<Basket> {
        let line = self.line.get_untracked()?;
        let Eligibility::With(needed) = untrack(|| self.eligibility(offering))? else {
            return None;
        };
        let plan = self.inventory.with_untracked(|inventory| Some(inventory.ready()?.plan_of(&line)?.id.clone()));
        let item = |offering: &Offering| Item {
            offering: offering.id.clone(),
            name: offering.name.clone(),
            kind: offering.kind,
            how_much: match offering.price {
                Price::Fixed(_) => HowMuch::Times(Quantity::ONE),
                Price::Chosen { .. } => HowMuch::Amount(None),
            },
            action: match &plan {
                Some(plan) if offering.kind == OfferingKind::Plan => Action::Modify(plan.clone()),
                _ => Action::Add,
            },
            start: None,
        };
        let needed = self.offerings.with_untracked(|all| {
            let all = all.ready()?.iter().filter(|one| needed.contains(&one.id));
            Some(all.map(item).collect::<Vec<_>>())
        });
        let mut items = needed?;
        items.push(item(offering));
        Some(Basket { line, currency: offering.price.currency(), items, codes: vec![] })
    }

    /// The names of all that the tab keeps for this carrier: forgotten when the subscriber signs out.
    pub fn kept_names(self) -> [String; 5] {
        let [wanted, taken] = [wanted_name, taken_name].map(|name| self.config.with_value(name));
        [self.saved_name(), wanted, taken, self.left_name(), self.search_name()]
    }

    /// What was looked for before a reload: in the page's address where the host lets the widget write there, else what
    /// the tab keeps. `None` where nothing was.
    pub fn kept_search(self) -> Option<String> {
        if self.config.with_value(|config| config.search_in_address) {
            let here = web_sys::Url::new(&window().location().href().ok()?).ok()?;
            return here.search_params().get(SEARCH_PARAMETER);
        }
        storage::read(&self.search_name())
    }

    /// Keeps what is looked for.
    pub fn keep_search(self, search: &str) {
        self.write_search(Some(search));
    }

    /// Goes back to all offers, and forgets what was looked for.
    pub fn stop_search(self) {
        self.write_search(None);
        self.searching.set(false);
    }

    fn search_name(self) -> String {
        [&self.saved_name(), ":search"].concat()
    }

    fn write_search(self, search: Option<&str>) {
        if !self.config.with_value(|config| config.search_in_address) {
            match search {
                Some(search) => storage::write(&self.search_name(), search),
                None => storage::remove(&self.search_name()),
            }
            return;
        }
        let here = window().location().href().ok().and_then(|here| web_sys::Url::new(&here).ok());
        if let (Some(here), Ok(history)) = (here, window().history()) {
            match search {
                Some(search) => here.search_params().set(SEARCH_PARAMETER, search),
                None => here.search_params().delete(SEARCH_PARAMETER),
            }
            // An address of the same page is always taken; a sandboxed frame that refuses keeps its own.
            let state = history.state().unwrap_or_default();
            let _ = history.replace_state_with_url(&state, "", Some(&here.href()));
        }
    }

    /// Keeps a choice until the subscriber is signed in.
    pub fn want(self, carried: &Carried) {
        storage::write(&self.config.with_value(wanted_name), &carried.to_text());
    }

    /// The choice that waited for the sign-in, or that was made elsewhere, once all is known that it needs. Given out once.
    pub fn wanted(self) -> Option<Basket> {
        let name = self.config.with_value(wanted_name);
        let line = self.line.get().filter(|_| self.signed_in.get());
        let carried = self.carried.get();
        let wanted = storage::read(&name).and_then(|text| Carried::from_text(&text)).or_else(|| carried.clone())?;
        let offering = self.offerings.with(|offerings| {
            let mut offerings = offerings.ready()?.iter();
            offerings.find(|offering| offering.id == wanted.offering).cloned()
        });
        line?;
        let offering = offering?;
        untrack(|| self.eligibility(&offering))?;
        // What the line cannot have is said on its card.
        storage::remove(&name);
        if let Some(carried) = carried {
            self.carried_is_taken(&carried);
        }
        self.basket_of(&wanted, &offering)
    }
}

/// The name under which a choice waits for the sign-in.
fn wanted_name(config: &Config) -> String {
    let mut name = saved_name(config);
    name.push_str(":wanted");
    name
}
