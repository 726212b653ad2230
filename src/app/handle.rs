//! The handle by which views reach what is loaded, and ask for more.

use super::config::Config;
use super::deals::Deals;
use super::open::Carried;
use super::runner::Runner;
use super::session::Session;
use super::{Remote, Trouble, storage};
use crate::domain::basket::Basket;
use crate::domain::consumption::Consumption;
use crate::domain::id::{AttemptKey, BucketId, OfferingId, OrderId, ProductId};
use crate::domain::money::Money;
use crate::domain::offering::{Offering, OfferingKind};
use crate::domain::product::Inventory;
use crate::domain::time::Timestamp;
use js_sys::Function;
use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;
use std::rc::Rc;
use std::sync::Arc;

/// What the host is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// The widget shows something that can be used.
    Ready,
    /// Something was left out or went wrong; the code is stable.
    Error {
        /// A stable code, such as `malformed-offering`.
        code: &'static str,
        /// What it was about: an id or a field, never a person.
        about: String,
    },
    /// The subscriber wants to sign in, and the page gives the tokens.
    SignIn,
    /// A choice is about to be taken; the host may object.
    BeforeSelect(OfferingId),
    /// A choice was made.
    Selected(OfferingId),
    /// The checkout opened with a new choice: all that is in the basket.
    Started(Vec<OfferingId>),
    /// The checkout shows another step.
    Step(&'static str),
    /// An order is about to be sent; the host may object.
    BeforeOrder(Bought),
    /// The browser is about to leave the page; the host may object.
    BeforeLeave {
        /// Where it goes.
        url: String,
        /// What for: `payment`, `sign-in`, `sign-out` or `checkout`.
        reason: &'static str,
    },
    /// An order is placed, and its payment is not settled.
    PaymentPending(OrderId),
    /// An order was carried out: once for an order in a browser profile, also across reloads and tabs.
    Completed {
        /// The carrier's id of it.
        order: OrderId,
        /// What it was of.
        bought: Bought,
    },
}

/// What an order is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bought {
    /// All that is in the basket.
    pub offerings: Vec<OfferingId>,
    /// What is paid for it now.
    pub total: Money,
}

/// What the checkout is opened for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// A new choice.
    Choose(Basket),
    /// What a reload or the payment page interrupted.
    Resume,
    /// An order of which this tab keeps nothing.
    Find {
        /// The attempt that it came from.
        key: AttemptKey,
        /// When it was placed, where that was asked.
        placed: Option<Timestamp>,
    },
}

/// Tells the host something, and answers whether the host lets it happen.
pub type Teller = Rc<dyn Fn(Report) -> bool>;

/// What an element is given by what is around it.
struct Host {
    session: Session,
    report: Teller,
    payment_handler: HandlerSource,
}

/// How the page's payment handler is got, each time that it is needed.
pub type HandlerSource = Rc<dyn Fn() -> Option<Function>>;

/// All that one element on a page has loaded. Copies are handles to the same state.
#[derive(Clone, Copy)]
pub struct App {
    /// What the host configured.
    pub config: StoredValue<Config>,
    /// What there is to buy.
    pub offerings: RwSignal<Remote<Arc<Vec<Offering>>>>,
    /// How many offerings were left out since they make no sense.
    pub left_out: RwSignal<usize>,
    /// What is had for less, or of which there is more.
    pub deals: Deals,
    /// What the subscriber has.
    pub inventory: RwSignal<Remote<Inventory>>,
    /// What is left of the plan.
    pub consumption: RwSignal<Remote<Consumption>>,
    /// The credit on the line's account, where the carrier sells any.
    pub balance: RwSignal<Option<Money>>,
    /// Where that credit lies.
    pub bucket: StoredValue<Option<BucketId>>,
    /// Whether somebody is signed in, as far as is known.
    pub signed_in: RwSignal<bool>,
    /// The line that is shown.
    pub line: RwSignal<Option<ProductId>>,
    /// What the checkout is open for.
    pub checkout: RwSignal<Option<Opening>>,
    /// An order that the carrier has not finished, and that this tab keeps nothing of.
    pub unfinished: RwSignal<Option<Opening>>,
    /// Whether that order could not be shown.
    pub order_failed: RwSignal<bool>,
    /// What was chosen elsewhere: by the page around, or by the address that led here.
    pub carried: RwSignal<Option<Carried>>,
    /// What is in the basket while the offers are looked at again.
    pub basket: RwSignal<Option<Basket>>,
    /// The kind of offering that is looked at.
    pub kind: RwSignal<OfferingKind>,
    /// Whether something is looked for among all offers.
    pub searching: RwSignal<bool>,
    /// How many calls wait since the carrier asked to.
    pub waits: RwSignal<usize>,
    /// What kept a sign-in from succeeding.
    pub sign_in_failed: RwSignal<Option<Trouble>>,
    /// The checkout's machine, once it was needed: it outlives the views that show it.
    runner: StoredValue<Option<Runner>>,
    /// What all of this belongs to. It is not kept alive from here, or nothing of it would ever go.
    owner: StoredValue<Option<WeakOwner>>,
    host: StoredValue<Host, LocalStorage>,
    reported: StoredValue<Vec<String>>,
}

impl App {
    /// The state of a new element. Loads nothing yet.
    pub fn new(config: Config, session: Session, report: Teller, payment_handler: HandlerSource) -> Self {
        let signed_in = session.has_source();
        let abroad = config.country.is_some();
        let opening = storage::read(&saved_name(&config)).map(|_| Opening::Resume);
        let app = Self {
            config: StoredValue::new(config),
            offerings: RwSignal::new(Remote::Idle),
            left_out: RwSignal::new(0),
            deals: Deals::default(),
            inventory: RwSignal::new(Remote::Idle),
            consumption: RwSignal::new(Remote::Idle),
            balance: RwSignal::new(None),
            bucket: StoredValue::new(None),
            signed_in: RwSignal::new(signed_in),
            line: RwSignal::new(None),
            checkout: RwSignal::new(opening),
            unfinished: RwSignal::new(None),
            order_failed: RwSignal::new(false),
            carried: RwSignal::new(None),
            basket: RwSignal::new(None),
            kind: RwSignal::new(if abroad { OfferingKind::Roaming } else { OfferingKind::Data }),
            searching: RwSignal::new(false),
            waits: RwSignal::new(0),
            sign_in_failed: RwSignal::new(None),
            runner: StoredValue::new(None),
            owner: StoredValue::new(Owner::current().map(|owner| owner.downgrade())),
            host: StoredValue::new_local(Host { session, report, payment_handler }),
            reported: StoredValue::new(Vec::new()),
        };
        app.searching.set(app.kept_search().is_some());
        app.carried.set(app.carried_here());
        app.session().on_wait(Rc::new(move |more| {
            app.waits.try_update(|waits| *waits = waits.saturating_add_signed(more));
        }));
        app
    }

    /// The checkout's machine. What draws it may go and come; where it stands stays.
    pub fn runner(self) -> Runner {
        self.runner.get_value().unwrap_or_else(|| {
            let runner = self.within(|| Runner::new(self));
            self.runner.set_value(Some(runner));
            runner
        })
    }

    /// Makes something that lives as long as the element.
    pub(super) fn within<T>(self, make: impl FnOnce() -> T) -> T {
        let owner = self.owner.try_with_value(|owner| owner.as_ref()?.upgrade()).flatten();
        owner.unwrap_or_default().with(make)
    }

    /// The function by which the page around asks for what pays, if it has set one.
    pub fn payment_handler(self) -> Option<Function> {
        self.host.try_with_value(|host| (host.payment_handler)())?
    }

    /// The way to the carrier; to nowhere, once the element is gone.
    pub fn session(self) -> Session {
        self.host.try_with_value(|host| host.session.clone()).unwrap_or_else(Session::gone)
    }

    /// Tells the host something, while the element is there: of what is left out only once.
    pub fn report(self, report: Report) {
        if let Report::Error { code, about } = &report {
            let known = self.reported.try_update_value(|reported| {
                let error = [code, ":", about].concat();
                let known = reported.contains(&error);
                if !known {
                    reported.push(error);
                }
                known
            });
            if known == Some(true) {
                return;
            }
        }
        self.may(report);
    }

    /// Tells the host what is about to happen, and answers whether it may: also where nobody listens any more.
    pub fn may(self, report: Report) -> bool {
        self.host.try_with_value(|host| (host.report)(report)).unwrap_or(true)
    }

    /// The name under which a checkout that is under way is kept.
    pub fn saved_name(self) -> String {
        self.config.try_with_value(saved_name).unwrap_or_default()
    }
}

pub(super) fn saved_name(config: &Config) -> String {
    let mut name = String::from("esim-renewal:");
    name.push_str(&config.api_base);
    name
}
