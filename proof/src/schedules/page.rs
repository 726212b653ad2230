//! A page in a tab: it holds the machine, and sends its calls as `app/session.rs` does, which only runs in a browser.

use esim_renewal::app::calls::Calls;
use esim_renewal::app::checkout::saved::Saved;
use esim_renewal::app::checkout::{Event, Stage};
use esim_renewal::carrier::json::Json;
use esim_renewal::carrier::retry::wait_before_retry;
use esim_renewal::carrier::{CarrierError, Operation, Page as List, Request, profile};
use esim_renewal::domain::id::{AttemptKey, TryKey};
use esim_renewal::domain::payment::{Method, MethodKind};
use esim_renewal::domain::time::Timestamp;

use super::call::Call;
use super::network::{draw, exchange};
use super::shop::RETURN_URL;
use super::world::{Shared, Tab, World};
use crate::coverage::screen_name;
use crate::view::{Screen, View};

/// A page, as what it waits for holds it.
#[derive(Clone)]
pub struct Page {
    /// The world.
    pub world: Shared,
    /// Its tab.
    pub at: usize,
    /// Which of the tab's pages it is.
    number: u32,
}

impl Calls for Page {
    async fn call<O: Operation>(&self, operation: &O) -> Result<O::Output, CarrierError> {
        let (body, _) = self.send(&operation.request()).await?;
        Ok(operation.parse(&body)?)
    }

    async fn all<O, T>(&self, list: impl Fn(usize) -> O) -> Result<List<T>, CarrierError>
    where
        O: Operation<Output = List<T>>,
    {
        let mut all = List { items: vec![], dropped: vec![], received: 0, date: None };
        for _ in 0..10 {
            let (body, is_partial) = self.send(&list(all.received).request()).await?;
            let page = list(all.received).parse(&body)?;
            all.received += page.received;
            all.items.extend(page.items);
            if page.received == 0 || !(is_partial || page.received >= profile::PAGE) {
                break;
            }
        }
        Ok(all)
    }
}

impl Page {
    /// The page that a tab shows.
    pub fn of(world: &Shared, at: usize) -> Self {
        let number = world.tabs[at].borrow().page;
        Self { world: world.clone(), at, number }
    }

    /// Whether it is still shown.
    pub fn is_there(&self) -> bool {
        self.tab(|tab| tab.page) == self.number
    }

    /// Looks at its tab.
    pub fn tab<T>(&self, look: impl FnOnce(&Tab) -> T) -> T {
        look(&self.world.tabs[self.at].borrow())
    }

    /// Changes its tab.
    pub fn change(&self, change: impl FnOnce(&mut Tab)) {
        if self.is_there() {
            change(&mut self.world.tabs[self.at].borrow_mut());
        }
    }

    /// Tells the machine what happened, and does what it wants done. Nobody is told where the page is gone.
    pub fn tell(&self, event: Event) {
        if !self.is_there() {
            return;
        }
        let world = &self.world;
        let before = self.tab(|tab| tab.stage.clone());
        let key = match &event {
            Event::Consented { key, .. } => Some(key.clone()),
            _ => None,
        };
        let (stage, effects) = (world.step)(before.clone(), event);
        if stage != before {
            self.changed(&before, &stage);
        }
        if let (Stage::Reviewing { quote, .. }, Some(key)) = (&before, key) {
            world.judge.borrow_mut().consent(key, quote.total);
        }
        for effect in effects {
            self.perform(effect);
        }
        if stage != before {
            world.look_at(self.at);
        }
    }

    fn changed(&self, before: &Stage, stage: &Stage) {
        let refused = super::judge::attempt_of(before).map(|attempt| attempt.key.clone());
        let screen = View::of(stage).screen;
        if View::of(before).screen != screen {
            self.world.note(World::place(self.at), &["→", screen_name(screen)]);
        }
        self.change(|tab| {
            tab.stage = stage.clone();
            match screen {
                Screen::Refused => tab.refused = refused.or(tab.refused.take()),
                _ => tab.refused = None,
            }
        });
    }

    /// Consents to the total on the screen.
    pub fn consent(&self, key: Option<AttemptKey>) {
        let method = self.tab(|tab| tab.chosen.clone());
        if let Some(key) = key.or_else(|| AttemptKey::new(&self.world.key())) {
            self.tell(Event::Consented { key, method, now: Timestamp::from_millis(self.world.time.now()) });
        }
    }

    /// Pays the order that stands.
    pub fn pay(&self, method: Option<Method>) {
        let attempt = self.tab(|tab| match &tab.stage {
            Stage::AwaitingPayment { attempt, .. } => Some(attempt.key.clone()),
            _ => None,
        });
        let key = self.world.script.as_ref().map_or_else(|| Some(self.world.key()), super::replay::Script::try_key);
        if let Some((attempt, key)) = attempt.zip(key.as_deref().and_then(TryKey::new)) {
            let return_url = format!("{RETURN_URL}?esim-return={}", attempt.as_str());
            self.tell(Event::Pay(esim_renewal::app::checkout::PaymentTry { key, method, return_url }));
        }
    }

    /// The carrier's hosted payment page, where it is known.
    pub fn hosted(&self) -> Option<Method> {
        self.tab(|tab| Some(tab.methods.iter().find(|one| one.method.kind == MethodKind::Hosted)?.method.clone()))
    }

    async fn send(&self, request: &Request) -> Result<(Json, bool), CarrierError> {
        let waited = &self.world.waited;
        waited.set(waited.get() + 1);
        let reply = self.send_until_answered(request).await;
        waited.set(waited.get() - 1);
        reply
    }

    /// With a token, again after a renewal if it was refused, and again where that is harmless.
    async fn send_until_answered(&self, request: &Request) -> Result<(Json, bool), CarrierError> {
        let (mut tried, mut renewed) = (0, false);
        loop {
            let token = self.token().await.ok_or(CarrierError::SignedOut)?;
            let error = match exchange(&self.world, self.at, request, Some(&token)).await {
                Ok(reply) => return Ok(reply),
                Err(error) => error,
            };
            tried += 1;
            if error == CarrierError::SignedOut && !renewed {
                renewed = true;
                // Another call may have got a new one already.
                self.change(|tab| tab.token = tab.token.take().filter(|known| *known != token));
                continue;
            }
            let jitter = u32::try_from(self.world.between(0, 999)).unwrap_or_default();
            match wait_before_retry(request, tried, &error, jitter).filter(|_| self.world.script.is_none()) {
                Some(wait) => self.world.time.sleep(wait.into()).await,
                None => return Err(error),
            }
        }
    }

    /// The token, or a new one from the page around. That may have none.
    async fn token(&self) -> Option<String> {
        let world = &self.world;
        if let Some(token) = self.tab(|tab| tab.token.clone()) {
            return Some(token);
        }
        if world.script.is_none() {
            let fault = draw(world, self.at, Call::TOKEN);
            world.time.sleep(world.between(10, 150)).await;
            if fault.is_some() {
                return None;
            }
        }
        let token = world.shop.token(world.account.msisdn)?;
        self.change(|tab| tab.token = Some(token.clone()));
        Some(token)
    }

    /// The tab loads the page anew; what was kept is taken up again. An earlier page ends.
    pub fn load(world: &Shared, at: usize) {
        let kept = Self::leave(world, at);
        let page = Self::of(world, at);
        let saved = kept.as_deref().and_then(Saved::from_text);
        page.change(|tab| tab.kept = kept);
        if let Some(saved) = saved {
            page.tell(Event::Resumed(saved));
        }
    }

    /// The tab becomes a copy of the first one, with what that keeps.
    pub fn copy(world: &Shared, at: usize) {
        let kept = world.tabs[0].borrow().kept.clone();
        Self::of(world, at).change(|tab| tab.kept = kept);
        Self::load(world, at);
    }

    /// The tab's page ends. Answers what session storage keeps, which is gone with the tab.
    pub fn leave(world: &Shared, at: usize) -> Option<String> {
        let line = world.script.is_some() || world.chance(60);
        let mut tab = world.tabs[at].borrow_mut();
        let chosen = world.plan.offer.method();
        let next = Tab { page: tab.page + 1, token: tab.token.take(), chosen, ..Tab::default() };
        let gone = std::mem::replace(&mut *tab, next);
        tab.line = line.then(|| world.account.line.clone());
        gone.kept
    }
}
