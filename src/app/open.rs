//! Choices that were made elsewhere: by the page around, by the address that led here, or by a method of the element.

use super::config::{Config, View};
use super::handle::{App, Opening, Report, saved_name};
use super::way_back::returned;
use super::{Remote, storage};
use crate::domain::basket::{Basket, HowMuch, Quantity};
use crate::domain::deal::conditionals;
use crate::domain::id::OfferingId;
use crate::domain::offering::Offering;
use futures::channel::oneshot;
use js_sys::Reflect;
use leptos::prelude::*;
use std::cell::RefCell;
use web_sys::Url;

/// The parameter of a page's address that names the offering that is chosen.
pub const OFFERING_PARAMETER: &str = "esim-offering";
/// The parameter of a page's address that is a promo code.
pub const CODE_PARAMETER: &str = "esim-code";

/// A choice that is carried to where it can be bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// What was chosen.
    pub offering: OfferingId,
    /// How many of it.
    pub quantity: Quantity,
    /// The promo code that was given with it.
    pub code: Option<String>,
}

impl Carried {
    /// One of an offering, without a code.
    pub const fn one(offering: OfferingId) -> Self {
        Self { offering, quantity: Quantity::ONE, code: None }
    }

    /// As a text, to be kept until the subscriber is signed in.
    pub(super) fn to_text(&self) -> String {
        let quantity = self.quantity.get().to_string();
        [self.offering.as_str(), &quantity, self.code.as_deref().unwrap_or_default()].join("\n")
    }

    /// Of such a text; `None` for any other.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        let mut lines = text.splitn(3, '\n');
        let offering = OfferingId::new(lines.next()?)?;
        let quantity = Quantity::new(lines.next()?.parse().ok()?)?;
        Some(Self { offering, quantity, code: lines.next().filter(|code| !code.is_empty()).map(str::to_owned) })
    }
}

/// What came of opening the checkout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// It is open.
    Yes,
    /// It opens once the subscriber is signed in.
    AfterSignIn,
    /// There is nothing that could be opened: what was chosen cannot be had, and its card says why; or it can be had
    /// elsewhere, and the browser goes there.
    No,
}

/// Why nothing could be opened; the text is stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// The carrier has no such offering.
    Unknown,
    /// The offers could not be loaded.
    NotReady,
}

impl OpenError {
    /// The stable code by which the host is told.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unknown => "unknown-offering",
            Self::NotReady => "not-ready",
        }
    }
}

impl App {
    /// Whether choices lead to another page: `None` where the checkout opens in the element. A code that is given with the
    /// choice goes along.
    pub fn link_for(self, offering: &Offering, given: Option<String>) -> Option<String> {
        let (url, code) = self.config.with_value(|config| {
            let url = config.checkout_url.as_ref().filter(|_| config.leads_elsewhere())?;
            Some((Url::new(url).ok()?, config.code.clone()))
        })?;
        let parameters = url.search_params();
        parameters.set(OFFERING_PARAMETER, offering.id.as_str());
        // A code that does nothing here would only be refused there.
        let is_asked_for = !self.deals.are_known.get()
            || self.deals.on.with(|on| conditionals(offering, on, None).iter().any(|one| one.needs_code));
        let known = || code.or_else(code_in_address).filter(|_| is_asked_for);
        if let Some(code) = given.or_else(known) {
            parameters.set(CODE_PARAMETER, &code);
        }
        Some(url.href())
    }

    /// Goes to where a choice can be bought, unless the host objects.
    pub fn leave_for_checkout(self, link: &str) {
        if self.may_leave_for_checkout(link) {
            // A page that may not be left stays, and the choice can be made again.
            let _ = window().location().assign(link);
        }
    }

    /// Whether the host lets the browser go there.
    pub fn may_leave_for_checkout(self, link: &str) -> bool {
        self.may(Report::BeforeLeave { url: link.to_owned(), reason: "checkout" })
    }

    /// The choice that the host or the page's address brings along; once for the tab, or each time that a link to it loads
    /// the page while nothing is begun, and not on the way back from a payment page.
    pub(super) fn carried_here(self) -> Option<Carried> {
        let (shows, set, code) =
            self.config.with_value(|config| (config.shows, config.offering.clone(), config.code.clone()));
        if shows != View::Journey || returned().is_some() {
            return None;
        }
        let is_set = set.is_some();
        let offering = OfferingId::new(&set.or_else(|| in_address(OFFERING_PARAMETER))?)?;
        let carried = Carried { code: code.or_else(code_in_address), ..Carried::one(offering) };
        let taken = storage::read(&self.config.with_value(taken_name));
        let is_taken = taken.as_ref().and_then(|taken| taken.split_once('\n')).is_some_and(|(document, choice)| {
            // What is begun is not begun anew by coming here once more, such as from a sign-in of the page's.
            let is_anew = || {
                let is_other = followed().is_some_and(|here| here != document);
                is_other && storage::read(&self.saved_name()).is_none()
            };
            choice == carried.to_text() && (is_set || !is_anew())
        });
        (!is_taken).then_some(carried)
    }

    /// Remembers that a choice was taken up, so that a reload does not bring it again.
    pub(super) fn carried_is_taken(self, carried: &Carried) {
        self.carried.set(None);
        let document = followed().unwrap_or_default();
        storage::write(&self.config.with_value(taken_name), &[&document, "\n", &carried.to_text()].concat());
    }

    /// What is carried and not taken up yet, once the offers are known. What the carrier does not have is reported.
    pub fn carried_offering(self) -> Option<Offering> {
        let carried = self.carried.get()?;
        let found = self.offerings.with(|all| {
            let all = all.ready()?;
            Some(all.iter().find(|one| one.id == carried.offering).cloned())
        })?;
        if found.is_none() {
            let about = carried.offering.as_str().to_owned();
            self.report(Report::Error { code: OpenError::Unknown.code(), about });
            self.carried.set(None);
        }
        found
    }

    /// Opens the checkout: for a choice, or for what was begun.
    ///
    /// # Errors
    /// When there is no such offering, or none are known.
    pub async fn open(self, carried: Option<Carried>) -> Result<Opened, OpenError> {
        self.settled().await;
        let is_signed_in = self.signed_in.try_get_untracked().ok_or(OpenError::NotReady)?;
        let Some(carried) = carried else {
            let is_begun = self.checkout.with_untracked(Option::is_some)
                || self.basket.with_untracked(Option::is_some)
                || storage::read(&self.saved_name()).is_some();
            if is_begun && self.checkout.with_untracked(Option::is_none) {
                self.checkout.set(Some(Opening::Resume));
            }
            return Ok(match (is_begun, is_signed_in) {
                (true, true) => Opened::Yes,
                (true, false) => Opened::AfterSignIn,
                (false, _) => Opened::No,
            });
        };
        let offering = self.offerings.with_untracked(|all| {
            let all = all.ready().ok_or(OpenError::NotReady)?;
            all.iter().find(|one| one.id == carried.offering).cloned().ok_or(OpenError::Unknown)
        })?;
        self.kind.set(offering.kind);
        self.report(Report::Selected(offering.id.clone()));
        if let Some(link) = self.link_for(&offering, carried.code.clone()) {
            self.leave_for_checkout(&link);
            return Ok(Opened::No);
        }
        if !is_signed_in {
            self.want(&carried);
            return Ok(Opened::AfterSignIn);
        }
        let basket = self.basket_of(&carried, &offering);
        let opened = if basket.is_some() { Opened::Yes } else { Opened::No };
        if let Some(basket) = basket {
            self.checkout.set(Some(Opening::Choose(basket)));
        }
        Ok(opened)
    }

    /// The basket of a choice, with how many of it and its code.
    pub(super) fn basket_of(self, carried: &Carried, offering: &Offering) -> Option<Basket> {
        let mut basket = self.basket_for(offering)?;
        basket.codes.extend(carried.code.clone());
        let chosen = basket.items.iter_mut().find(|item| item.offering == carried.offering);
        if let Some(HowMuch::Times(quantity)) = chosen.map(|item| &mut item.how_much) {
            *quantity = carried.quantity;
        }
        Some(basket)
    }

    /// Waits until neither offers nor lines are being loaded.
    async fn settled(self) {
        let App { offerings, inventory, signed_in, .. } = self;
        let is_loading = move || {
            offerings.try_with(|all| matches!(all, Remote::Loading)) == Some(true)
                || signed_in.try_get() == Some(true)
                    && inventory.try_with(|all| matches!(all, Remote::Loading)) == Some(true)
        };
        self.until(move || !is_loading()).await;
    }

    /// Waits until something is so that follows from signals, or the element is gone.
    pub(super) async fn until(self, is_so: impl Fn() -> bool + 'static) {
        let (send, arrives) = oneshot::channel();
        let mut send = Some(send);
        let is_so: Box<dyn Fn() -> bool> = Box::new(is_so);
        let watch = move || {
            if is_so()
                && let Some(send) = send.take()
            {
                // Nobody waits any more.
                let _ = send.send(());
            }
        };
        let effect = self.within(|| Effect::new(watch));
        let _ = arrives.await;
        effect.stop();
    }
}

fn in_address(parameter: &str) -> Option<String> {
    let here = Url::new(&window().location().href().ok()?).ok()?;
    here.search_params().get(parameter).filter(|text| !text.is_empty())
}

thread_local! {
    /// What [`followed`] says of the document for which this one goes on; empty where that is nothing.
    static LEFT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// When this document began, by which it is told from those before it in the tab, where a link led to it; `None` after a
/// reload, or the browser's *back*.
pub fn followed() -> Option<String> {
    if let Some(left) = LEFT.with_borrow(Clone::clone) {
        return Some(left).filter(|left| !left.is_empty());
    }
    let performance = window().performance()?;
    let kind = Reflect::get(&performance.get_entries_by_type("navigation").get(0), &"type".into()).ok()?.as_string()?;
    (kind == "navigate").then(|| performance.time_origin().to_bits().to_string())
}

/// This document goes on for one that was left to sign in: what was [`followed`] there, empty for nothing, counts here.
pub fn go_on_for(left: &str) {
    LEFT.set(Some(left.to_owned()));
}

fn code_in_address() -> Option<String> {
    in_address(CODE_PARAMETER)
}

pub(super) fn taken_name(config: &Config) -> String {
    [&saved_name(config), ":taken"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_carried_can_be_kept() {
        let plain = Carried::one(OfferingId::new("data-20").unwrap());
        let with_code = Carried { quantity: Quantity::new(3).unwrap(), code: Some("A\nB".to_owned()), ..plain.clone() };
        for carried in [plain, with_code] {
            assert_eq!(Carried::from_text(&carried.to_text()), Some(carried));
        }
        for text in ["", "\n1\n", "data-20", "data-20\n0\n", "data-20\n100\nX", "data-20\nx\n"] {
            assert_eq!(Carried::from_text(text), None, "{text:?}");
        }
    }
}
