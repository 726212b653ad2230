//! Who asks the carrier: the access token, and sending calls with it.

use super::calls::Calls;
use super::config::Config;
use super::{log, now};
use crate::carrier::json::Json;
use crate::carrier::retry::wait_before_retry;
use crate::carrier::transport::{self, Reply};
use crate::carrier::{CarrierError, Operation, Page, Request, profile};
use crate::domain::time::Timestamp;
use futures::future::{Either, FutureExt, LocalBoxFuture, Shared, select};
use gloo_timers::future::TimeoutFuture;
use leptos::task::spawn_local;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::AbortController;

/// More pages of a list than any carrier has, so that a broken one is not asked for ever.
const MOST_PAGES: usize = 200;

/// How long a token may take, in milliseconds: as long as a call.
const TOKEN_LIMIT: u32 = 15_000;

/// A token; `None` where nobody is signed in.
type Token = Result<Option<String>, NoToken>;

/// No token is to be had for now, though somebody may be signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoToken;

/// How a token is got, anew each time it is called.
pub type TokenSource = Rc<dyn Fn() -> LocalBoxFuture<'static, Token>>;

/// Who is told how many calls more, or fewer, wait.
type Told = Rc<dyn Fn(isize)>;

type Renewal = Shared<LocalBoxFuture<'static, Token>>;

/// The way to the carrier for one element on a page. Its tokens stay in memory.
#[derive(Clone)]
pub struct Session(Rc<Inner>);

#[derive(Default)]
struct Inner {
    base: String,
    /// The standard paths of the APIs that lie elsewhere, and where.
    elsewhere: Vec<(&'static str, String)>,
    debug: bool,
    source: RefCell<Option<TokenSource>>,
    token: RefCell<Option<String>>,
    renewal: RefCell<Option<Renewal>>,
    removed: Option<AbortController>,
    on_wait: RefCell<Option<Told>>,
}

impl Calls for Session {
    async fn call<O: Operation>(&self, operation: &O) -> Result<O::Output, CarrierError> {
        let reply = self.send(&operation.request()).await?;
        Ok(operation.parse(&reply.body)?)
    }

    async fn all<O, T>(&self, list: impl Fn(usize) -> O) -> Result<Page<T>, CarrierError>
    where
        O: Operation<Output = Page<T>>,
    {
        let (bodies, date) = self.pages(&|offset| list(offset).request()).await?;
        let mut all = Page { items: Vec::new(), dropped: Vec::new(), received: 0, date };
        for body in bodies {
            let page = list(all.received).parse(&body)?;
            all.received += page.received;
            all.items.extend(page.items);
            all.dropped.extend(page.dropped);
        }
        Ok(all)
    }
}

impl Session {
    /// A session with the carrier that is configured.
    ///
    /// With `debug`, what comes of each call is written to the console.
    pub fn new(config: &Config, source: Option<TokenSource>, debug: bool) -> Self {
        Self::over(Inner {
            base: config.api_base.clone(),
            elsewhere: config.apis.iter().map(|(api, base)| (profile::path(*api), base.clone())).collect(),
            debug,
            source: RefCell::new(source),
            removed: AbortController::new().ok(),
            ..Inner::default()
        })
    }

    /// One that sends nothing: of an element that is gone.
    pub fn gone() -> Self {
        Self::over(Inner::default())
    }

    fn over(inner: Inner) -> Self {
        Self(Rc::new(inner))
    }

    /// Whether there is somebody to ask for a token.
    pub fn has_source(&self) -> bool {
        self.0.source.borrow().is_some()
    }

    /// Who is told of how many calls more, or fewer, wait since the carrier asked to.
    pub fn on_wait(&self, told: Told) {
        *self.0.on_wait.borrow_mut() = Some(told);
    }

    fn tell_wait(&self, is_busy: bool, more: isize) {
        let told = self.0.on_wait.borrow().clone();
        if let Some(told) = told.filter(|_| is_busy) {
            told(more);
        }
    }

    /// Ends what only reads. What was sent to create something goes on at the carrier.
    pub fn abort(&self) {
        if let Some(removed) = &self.0.removed {
            removed.abort();
        }
    }

    /// The bodies of all pages of a list, by the requests for them, and the carrier's time of the last.
    async fn pages(&self, request: &dyn Fn(usize) -> Request) -> Result<(Vec<Json>, Option<Timestamp>), CarrierError> {
        let (mut bodies, mut received, mut date) = (Vec::new(), 0, None);
        for _ in 0..MOST_PAGES {
            let reply = self.send(&request(received)).await?;
            let count = reply.body.as_list().map_or(0, <[Json]>::len);
            bodies.push(reply.body);
            date = reply.date;
            received += count;
            if count == 0 || !(reply.partial || count >= profile::PAGE) {
                break;
            }
        }
        Ok((bodies, date))
    }

    /// Where a request goes.
    fn url(&self, request: &Request) -> String {
        let target = &*request.target;
        let below = |path: &str| target.strip_prefix(path).filter(|rest| rest.starts_with('/'));
        let elsewhere = self.0.elsewhere.iter().find_map(|(path, base)| Some([base, below(path)?].concat()));
        elsewhere.unwrap_or_else(|| [&self.0.base, target].concat())
    }

    async fn send(&self, request: &Request) -> Result<Reply, CarrierError> {
        let Some(removed) = &self.0.removed else {
            return Err(CarrierError::NoReply);
        };
        let mut tried = 0;
        let mut renewed = false;
        loop {
            let token = if request.public { None } else { self.token().await? };
            if token.is_none() && !request.public {
                return Err(CarrierError::SignedOut);
            }
            let asked = now();
            let result = transport::send(&self.url(request), request, token.as_deref(), &removed.signal()).await;
            if self.0.debug {
                log::call(request, result.as_ref().err(), asked);
            }
            tried += 1;
            let Err(error) = result else {
                return result;
            };
            if error == CarrierError::SignedOut && !renewed {
                // The carrier did nothing with the call, so the same one may be sent once more.
                renewed = true;
                self.forget(token.as_deref());
                continue;
            }
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 999")]
            let jitter = (js_sys::Math::random() * 1000.0) as u32;
            // Nobody waits for what an element that is gone wanted to know.
            let is_gone = || removed.signal().aborted();
            let Some(wait) = wait_before_retry(request, tried, &error, jitter).filter(|_| !is_gone()) else {
                return Err(error);
            };
            let is_busy = matches!(error, CarrierError::Busy { .. });
            self.tell_wait(is_busy, 1);
            TimeoutFuture::new(wait).await;
            self.tell_wait(is_busy, -1);
            if is_gone() {
                return Err(error);
            }
        }
    }

    /// Drops a token that was refused, unless another call has already renewed it.
    fn forget(&self, refused: Option<&str>) {
        let mut token = self.0.token.borrow_mut();
        if token.as_deref() == refused {
            *token = None;
        }
    }

    /// The token, or one renewal of it that all callers share; an error where that takes too long.
    async fn token(&self) -> Result<Option<String>, CarrierError> {
        if let Some(token) = self.0.token.borrow().clone() {
            return Ok(Some(token));
        }
        let renewal = {
            let mut renewal = self.0.renewal.borrow_mut();
            if let Some(running) = &*renewal {
                running.clone()
            } else {
                let Some(started) = self.0.source.borrow().as_ref().map(|source| source().shared()) else {
                    return Ok(None);
                };
                self.carry_out(started.clone());
                renewal.insert(started).clone()
            }
        };
        match select(renewal.clone(), TimeoutFuture::new(TOKEN_LIMIT)).await {
            Either::Left((token, _)) => token.map_err(|NoToken| CarrierError::NoToken),
            Either::Right(_) => {
                // Whoever asks next asks anew.
                self.end_renewal(&renewal);
                Err(CarrierError::NoToken)
            }
        }
    }

    /// Gets a token, for calls that are about to be made.
    pub async fn prepare(&self) {
        // Whatever keeps it from coming is told by the call.
        let _ = self.token().await;
    }

    /// Brings a renewal to its end, also when nobody waits for it any more: half of one would lose what renews it.
    fn carry_out(&self, renewal: Renewal) {
        let session = self.clone();
        spawn_local(async move {
            let token = renewal.clone().await.ok().flatten();
            if session.end_renewal(&renewal) || session.0.token.borrow().is_none() {
                *session.0.token.borrow_mut() = token;
            }
        });
    }

    /// Makes room for another renewal, unless there is another one already.
    fn end_renewal(&self, ended: &Renewal) -> bool {
        let mut renewal = self.0.renewal.borrow_mut();
        let is_it = renewal.as_ref().is_some_and(|running| running.ptr_eq(ended));
        if is_it {
            *renewal = None;
        }
        is_it
    }
}
