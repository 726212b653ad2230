//! A network that does what a script says: what decides waits until it is told what becomes of it.

use std::cell::RefCell;

use esim_renewal::carrier::{CarrierError, Request};
use futures::channel::oneshot;

use crate::schedules::call::Call;
use crate::schedules::network::{Read, reach, read};
use crate::schedules::shop::Reply;
use crate::schedules::world::Shared;

/// What is on its way, and the next key of a payment.
#[derive(Default)]
pub struct Script {
    waiting: RefCell<Vec<Waiting>>,
    next_try: RefCell<Option<String>>,
}

/// A call that is on its way.
pub struct Waiting {
    /// Of which tab.
    pub at: usize,
    /// Of which of its pages.
    pub page: u32,
    /// What it is.
    pub call: Call,
    request: Request,
    /// The carrier's answer, once it has got there.
    pub reply: Option<Reply>,
    answer: Option<oneshot::Sender<Read>>,
}

impl Script {
    /// Sends one request. What only asks for the ways to pay, or for a token, is answered at once.
    ///
    /// # Errors
    /// As the script says.
    pub async fn exchange(
        &self,
        world: &Shared,
        at: usize,
        call: Call,
        request: &Request,
        token: Option<&str>,
    ) -> Read {
        if matches!(call.name(), "methods" | "inventory" | "buckets") {
            return read(&reach(world, call, request, token));
        }
        let (answer, answered) = oneshot::channel();
        let page = world.tabs[at].borrow().page;
        let request = request.clone();
        self.waiting.borrow_mut().push(Waiting { at, page, call, request, reply: None, answer: Some(answer) });
        answered.await.unwrap_or(Err(CarrierError::NoReply))
    }

    /// The key of the next payment.
    pub fn try_key(&self) -> Option<String> {
        self.next_try.borrow().clone()
    }

    /// Sets the key of the next payment.
    pub fn set_try_key(&self, key: Option<String>) {
        *self.next_try.borrow_mut() = key;
    }

    /// The newest call of these kinds for which a page waits.
    pub fn newest(&self, world: &Shared, at: usize, names: &[&str]) -> Option<usize> {
        let page = world.tabs[at].borrow().page;
        let waiting = self.waiting.borrow();
        let is_it = |one: &Waiting| {
            one.at == at && one.page == page && one.answer.is_some() && names.contains(&one.call.name())
        };
        waiting.iter().rposition(is_it)
    }

    /// A call for which nobody waits, and that has not got there, by something that its body holds.
    pub fn stray(&self, world: &Shared, text: &str) -> Option<usize> {
        let waiting = self.waiting.borrow();
        let is_waited = |one: &Waiting| one.answer.is_some() && world.tabs[one.at].borrow().page == one.page;
        let has = |one: &Waiting| one.request.body.as_ref().is_some_and(|body| body.contains(text));
        waiting.iter().position(|one| !is_waited(one) && one.reply.is_none() && one.call.is_binding() && has(one))
    }

    /// A call gets to the carrier, with a token that holds.
    pub fn arrive(&self, world: &Shared, number: usize) {
        let sent = self.waiting.borrow().get(number).map(|one| (one.call, one.request.clone()));
        if let Some((call, request)) = sent {
            let token = world.shop.token(world.account.msisdn);
            let reply = reach(world, call, &request, token.as_deref());
            if let Some(one) = self.waiting.borrow_mut().get_mut(number) {
                one.reply = Some(reply);
            }
        }
    }

    /// The page gets the carrier's answer, or none.
    pub fn answer(&self, number: usize, failure: Option<CarrierError>) {
        let mut waiting = self.waiting.borrow_mut();
        let Some(one) = waiting.get_mut(number) else { return };
        let Some(answer) = one.answer.take() else { return };
        let reply = match (failure, &one.reply) {
            (None, Some(reply)) => read(reply),
            (failure, _) => Err(failure.unwrap_or(CarrierError::NoReply)),
        };
        let _is_gone = answer.send(reply);
    }

    /// The same request is on its way once more.
    pub fn twice(&self, number: usize) {
        let mut waiting = self.waiting.borrow_mut();
        let Some(Waiting { at, page, call, request, .. }) = waiting.get(number) else { return };
        let copy = Waiting { at: *at, page: *page, call: *call, request: request.clone(), reply: None, answer: None };
        waiting.push(copy);
    }

    /// It is lost.
    pub fn lose(&self, number: usize) {
        if let Some(one) = self.waiting.borrow_mut().get_mut(number) {
            // As one that has been there already: it does not get there any more.
            one.reply.get_or_insert(Reply { status: 599, location: None, text: String::new() });
        }
    }
}
