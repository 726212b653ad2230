//! The carrier: its data, its rules' time, and its router.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum::http::HeaderValue;
use axum::middleware::{from_fn, from_fn_with_state};
use rusqlite::{Connection, Params, TransactionBehavior};
use tokio::runtime::Handle;
use url::{Origin, Url};

use crate::calendar::{Calendar, http_date};
use crate::clock::Clock;
use crate::db::{self, OpenError, Store};
use crate::fault::{self, Connection as ClientConnection, Faults};
use crate::http::{ApiError, cors, error};
use crate::seed::{Catalogue, Promotion, Seed};
use crate::{api, bill_page, oauth, payment_page};

/// Where the carrier and the pages that it trusts are.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The carrier's own origin, without a slash at the end: `http://127.0.0.1:8787`. All `href`s start with it.
    pub carrier_origin: String,
    /// The origins that may read answers, be signed in for, and be returned to after a payment.
    pub page_origins: Vec<String>,
    /// The time by which carts and orders expire and tokens end.
    pub clock: Clock,
}

/// A subscriber of the demo.
#[derive(Clone, Debug, serde::Serialize)]
pub struct DemoSubscriber {
    /// A name, which is made up.
    pub name: String,
    /// The phone number in E.164, with which to sign in.
    pub msisdn: String,
    /// What this subscriber is there to show.
    pub note: String,
}

/// The sandbox carrier. Clones share the same data.
#[derive(Clone)]
pub struct Carrier(Arc<Inner>);

struct Inner {
    db: Mutex<Connection>,
    settings: Settings,
    catalogue: Catalogue,
    promotions: Vec<Promotion>,
    calendar: Calendar,
    faults: Faults,
}

impl Inner {
    fn db(&self) -> MutexGuard<'_, Connection> {
        // A panic in an earlier piece of work rolled its transaction back; the connection is sound.
        self.db.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run<T>(&self, work: impl FnOnce(&Work) -> Result<T, ApiError>) -> Result<T, ApiError> {
        let mut db = self.db();
        if db.is_autocommit() {
            let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let result = self.within(&tx, work)?;
            tx.commit()?;
            Ok(result)
        } else {
            db.prepare_cached("SAVEPOINT work")?.execute([])?;
            let result = self.within(&db, work);
            if result.is_err() {
                db.prepare_cached("ROLLBACK TO work")?.execute([])?;
            }
            db.prepare_cached("RELEASE work")?.execute([])?;
            result
        }
    }

    fn within<T>(&self, tx: &Connection, work: impl FnOnce(&Work) -> Result<T, ApiError>) -> Result<T, ApiError> {
        let Self { settings, catalogue, promotions, calendar, .. } = self;
        let context = Work { tx, now: settings.clock.now(), settings, catalogue, promotions, calendar };
        api::due::settle(&context)?;
        work(&context)
    }
}

/// One transaction: what a piece of work may use.
pub(crate) struct Work<'a> {
    pub tx: &'a Connection,
    /// Milliseconds since 1970, the same throughout.
    pub now: i64,
    pub settings: &'a Settings,
    pub catalogue: &'a Catalogue,
    pub promotions: &'a [Promotion],
    pub calendar: &'a Calendar,
}

impl Work<'_> {
    /// Carries out a statement, which is read once for all that follow. Answers how many rows it changed.
    pub fn execute(&self, sql: &str, params: impl Params) -> Result<usize, rusqlite::Error> {
        self.tx.prepare_cached(sql)?.execute(params)
    }

    /// The full address of a path of the carrier.
    pub fn href(&self, path: &str) -> String {
        format!("{}{path}", self.settings.carrier_origin)
    }
}

impl Carrier {
    /// Opens the carrier over a store. The demo's subscribers whom it lacks are added, dated from the clock.
    ///
    /// # Errors
    /// When the store cannot be opened or was made by a newer version.
    pub fn open(store: &Store, settings: Settings) -> Result<Self, OpenError> {
        let mut db = db::open(store)?;
        let catalogue = Catalogue::load()?;
        let promotions = Promotion::load()?;
        let calendar = Calendar::new()?;
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        Seed { tx: &tx, catalogue: &catalogue, calendar: &calendar, now: settings.clock.now() }.write()?;
        tx.commit()?;
        let faults = Faults::default();
        Ok(Self(Arc::new(Inner { db: Mutex::new(db), settings, catalogue, promotions, calendar, faults })))
    }

    /// The TM Forum APIs, the sign-in server, the payment page, the bills' documents and the demo's helpers, under one origin.
    pub fn router(&self) -> Router {
        Router::new()
            .merge(api::routes())
            .merge(oauth::routes())
            .merge(payment_page::routes())
            .merge(bill_page::routes())
            .fallback(error::unknown_path)
            .method_not_allowed_fallback(error::unknown_method)
            .layer(from_fn_with_state(self.clone(), fault::interfere))
            .layer(from_fn_with_state(self.clone(), cors::finish))
            .layer(from_fn(fault::note_connection))
            .with_state(self.clone())
    }

    /// The router, to be served on connections of which it knows whether they were kept. Without that knowledge a
    /// browser hides some of the faults that are set.
    pub fn service(&self) -> IntoMakeServiceWithConnectInfo<Router, ClientConnection> {
        self.router().into_make_service_with_connect_info()
    }

    /// Does what has become due: unpaid orders are cancelled, paid ones completed. Requests do the same before they are
    /// answered, so this is only needed for data that nobody asks for.
    pub async fn sweep(&self) {
        if let Err(error) = self.transact(|_| Ok(())).await {
            eprintln!("sandbox: sweep: {error}");
        }
    }

    /// The demo's subscribers.
    pub async fn subscribers(&self) -> Vec<DemoSubscriber> {
        self.transact(api::demo::subscribers).await.unwrap_or_default()
    }

    /// Remembers the data as they are: [`Carrier::rewind`] brings them back. Nothing is written to a file from now on.
    ///
    /// # Errors
    /// When the data cannot be had, or are remembered already.
    pub fn mark(&self) -> Result<(), OpenError> {
        Ok(self.0.db().execute_batch("BEGIN IMMEDIATE")?)
    }

    /// Takes back all that was done since [`Carrier::mark`]. The clock stays where it is.
    ///
    /// # Errors
    /// When nothing is remembered.
    pub fn rewind(&self) -> Result<(), OpenError> {
        Ok(self.0.db().execute_batch("ROLLBACK; BEGIN IMMEDIATE")?)
    }

    /// Runs one piece of work in one transaction: all of it is kept or, on an error, nothing. Where there are async
    /// threads it is run off them, else at once.
    pub(crate) async fn transact<T, F>(&self, work: F) -> Result<T, ApiError>
    where
        T: Send + 'static,
        F: FnOnce(&Work) -> Result<T, ApiError> + Send + 'static,
    {
        if Handle::try_current().is_err() {
            return self.0.run(work);
        }
        let inner = Arc::clone(&self.0);
        let task = tokio::task::spawn_blocking(move || inner.run(work));
        task.await.unwrap_or_else(|_| Err(ApiError::internal()))
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn clock(&self) -> &Clock {
        &self.0.settings.clock
    }

    pub(crate) fn faults(&self) -> &Faults {
        &self.0.faults
    }

    /// The date that headers tell, so many seconds from now.
    pub(crate) fn date(&self, ahead: u32) -> String {
        http_date(self.clock().told() + i64::from(ahead) * 1_000)
    }

    /// Whether an `Origin` header names one of the trusted pages, to the letter.
    pub(crate) fn allows(&self, origin: &HeaderValue) -> bool {
        self.settings().page_origins.iter().any(|page| page.as_bytes() == origin.as_bytes())
    }
}

impl Settings {
    /// Whether an address may be redirected to: absolute, http(s), no user in it, on a trusted page's origin, and safe
    /// to send back unchanged as a header.
    pub(crate) fn may_return_to(&self, address: &str) -> bool {
        let plain = address.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
        let authority =
            address.split_once("://").map(|(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or_default());
        let Some((url, authority)) = Url::parse(address).ok().zip(authority) else {
            return false;
        };
        let origin = url.origin();
        plain
            && !authority.contains('@')
            && matches!(url.scheme(), "http" | "https")
            && matches!(origin, Origin::Tuple(..))
            && self.page_origins.iter().any(|page| *page == origin.ascii_serialization())
    }
}
