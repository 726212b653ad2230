//! The handle by which views reach what is loaded, and ask for more.

use super::config::{Config, CreditBy, Pricing};
use super::runner::Runner;
use super::session::Session;
use super::{Remote, Trouble, now, storage};
use crate::carrier::prepay_balance::ListBalances;
use crate::carrier::product_catalog::ListOfferings;
use crate::carrier::product_inventory::{ListProducts, inventory};
use crate::carrier::usage_consumption::{GetUsageQuery, QueryUsage, UsageQuery};
use crate::carrier::{CarrierError, Dropped};
use crate::domain::basket::{Action, Basket, HowMuch, Item, Quantity};
use crate::domain::consumption::Consumption;
use crate::domain::eligibility::{Eligibility, Obstacle, eligibility};
use crate::domain::id::{BucketId, OfferingId, ProductId};
use crate::domain::money::Money;
use crate::domain::offering::{Offering, OfferingKind, Price};
use crate::domain::product::Inventory;
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::rc::Rc;
use std::sync::Arc;

/// How often a running usage query is asked for, and how long to wait before each: 0.2 s, then 0.4 s, ...
const USAGE_LOOKS: u32 = 6;

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
    /// The checkout shows another step.
    Step(&'static str),
    /// An order was carried out.
    Completed {
        /// The carrier's id of it.
        order: String,
    },
}

/// What the checkout is opened for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// A new choice.
    Choose(Basket),
    /// What a reload or the payment page interrupted.
    Resume,
}

/// All that one element on a page has loaded. Copies are handles to the same state.
#[derive(Clone, Copy)]
pub struct App {
    /// What the host configured.
    pub config: StoredValue<Config>,
    /// What there is to buy.
    pub offerings: RwSignal<Remote<Arc<Vec<Offering>>>>,
    /// How many offerings were left out since they make no sense.
    pub left_out: RwSignal<usize>,
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
    /// What is in the basket while the offers are looked at again.
    pub basket: RwSignal<Option<Basket>>,
    /// The kind of offering that is looked at.
    pub kind: RwSignal<OfferingKind>,
    /// Whether the sign-in server could not be reached.
    pub sign_in_failed: RwSignal<bool>,
    /// The checkout's machine, once it was needed: it outlives the views that show it.
    runner: StoredValue<Option<Runner>>,
    owner: StoredValue<Owner>,
    session: StoredValue<Session, LocalStorage>,
    report: StoredValue<Rc<dyn Fn(Report)>, LocalStorage>,
}

impl App {
    /// The state of a new element. Loads nothing yet.
    pub fn new(config: Config, session: Session, report: Rc<dyn Fn(Report)>) -> Self {
        let signed_in = session.has_source();
        let opening = storage::read(&saved_name(&config)).map(|_| Opening::Resume);
        Self {
            config: StoredValue::new(config),
            offerings: RwSignal::new(Remote::Idle),
            left_out: RwSignal::new(0),
            inventory: RwSignal::new(Remote::Idle),
            consumption: RwSignal::new(Remote::Idle),
            balance: RwSignal::new(None),
            bucket: StoredValue::new(None),
            signed_in: RwSignal::new(signed_in),
            line: RwSignal::new(None),
            checkout: RwSignal::new(opening),
            basket: RwSignal::new(None),
            kind: RwSignal::new(OfferingKind::Data),
            sign_in_failed: RwSignal::new(false),
            runner: StoredValue::new(None),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            session: StoredValue::new_local(session),
            report: StoredValue::new_local(report),
        }
    }

    /// The checkout's machine. What draws it may go and come; where it stands stays.
    pub fn runner(self) -> Runner {
        self.runner.get_value().unwrap_or_else(|| {
            let runner = self.owner.with_value(|owner| owner.with(|| Runner::new(self)));
            self.runner.set_value(Some(runner));
            runner
        })
    }

    /// The way to the carrier.
    pub fn session(self) -> Session {
        self.session.get_value()
    }

    /// Tells the host something, while the element is there.
    pub fn report(self, report: Report) {
        self.report.try_with_value(|tell| tell(report));
    }

    /// The name under which a checkout that is under way is kept.
    pub fn saved_name(self) -> String {
        self.config.with_value(saved_name)
    }

    /// Loads all that the first view shows, side by side.
    pub fn load(self) {
        self.load_offerings();
        self.load_account();
    }

    /// Loads what there is to buy.
    pub fn load_offerings(self) {
        self.offerings.set(Remote::Loading);
        let session = self.session();
        spawn_local(async move {
            let loaded = session.all(|offset| ListOfferings { offset }).await;
            let loaded = loaded.map(|page| {
                self.report_dropped("malformed-offering", &page.dropped);
                self.left_out.try_set(page.dropped.len());
                Arc::new(page.items)
            });
            let is_loaded = loaded.is_ok();
            self.settle(self.offerings, loaded);
            if is_loaded {
                self.report(Report::Ready);
                self.load_balance().await;
            }
        });
    }

    /// Loads what the subscriber has, and what is left of it. What is on the screen stays there meanwhile.
    pub fn load_account(self) {
        if !self.signed_in.get_untracked() {
            return;
        }
        if self.inventory.with_untracked(|inventory| inventory.ready().is_none()) {
            self.inventory.set(Remote::Loading);
            self.consumption.set(Remote::Loading);
        }
        let session = self.session();
        spawn_local(async move {
            let loaded = session.all(|offset| ListProducts { offset }).await;
            let loaded = loaded.map(|page| {
                self.report_dropped("malformed-product", &page.dropped);
                inventory(page.items)
            });
            let first = loaded.as_ref().ok().and_then(|inventory| Some(inventory.lines.first()?.id.clone()));
            self.settle(self.inventory, loaded);
            if let Some(line) = self.line.try_get_untracked().flatten().or(first) {
                self.line.try_set(Some(line.clone()));
                futures::join!(self.count(&line), self.load_balance());
            } else {
                self.consumption.try_set(Remote::Idle);
            }
        });
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
    pub fn kept_names(self) -> [String; 2] {
        [self.saved_name(), self.config.with_value(wanted_name)]
    }

    /// Keeps a choice until the subscriber is signed in.
    pub fn want(self, offering: &OfferingId) {
        storage::write(&self.config.with_value(wanted_name), offering.as_str());
    }

    /// The choice that waited for the sign-in, once all is known that it needs. Given out once.
    pub fn wanted(self) -> Option<Basket> {
        let name = self.config.with_value(wanted_name);
        let line = self.line.get().filter(|_| self.signed_in.get());
        let wanted = storage::read(&name)?;
        let offering = self.offerings.with(|offerings| {
            let mut offerings = offerings.ready()?.iter();
            offerings.find(|offering| offering.id.as_str() == wanted).cloned()
        });
        line?;
        let offering = offering?;
        untrack(|| self.eligibility(&offering))?;
        // What the line cannot have is said on its card.
        storage::remove(&name);
        self.basket_for(&offering)
    }

    /// Shows what was loaded. A failure does not take from the screen what is on it.
    fn settle<T: Send + Sync + 'static>(self, to: RwSignal<Remote<T>>, loaded: Result<T, CarrierError>) {
        match loaded {
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

    fn report_dropped(self, code: &'static str, dropped: &[Dropped]) {
        for Dropped { id, error } in dropped {
            let mut about = id.clone();
            about.push_str(": ");
            about.push_str(error.field);
            self.report(Report::Error { code, about });
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

/// The name under which a choice waits for the sign-in.
fn wanted_name(config: &Config) -> String {
    let mut name = saved_name(config);
    name.push_str(":wanted");
    name
}

fn saved_name(config: &Config) -> String {
    let mut name = String::from("esim-renewal:");
    name.push_str(&config.api_base);
    name
}
