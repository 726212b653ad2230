//! The faults that are still to come. They end with the process.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::message::Message;
use super::{Call, Fault};
use crate::http::ApiError;

/// The most calls for which one fault holds.
const MOST_TIMES: u32 = 1_000;
/// The most faults that wait at a time.
const MOST: usize = 1_000;

/// A fault of one kind of call, for so many calls.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    /// Whose calls. None for those that are nobody's.
    pub customer: Option<String>,
    pub call: &'static Call,
    /// The fault's name, as it was set.
    pub name: String,
    pub fault: Fault,
    pub times: u32,
}

/// All that is to go wrong.
#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    planned: VecDeque<Planned>,
    dropped: Vec<Dropped>,
}

/// A request that a browser is expected to send again by itself.
#[derive(Debug)]
struct Dropped {
    call: &'static Call,
    message: Message,
    until: Instant,
}

impl Faults {
    fn state(&self) -> MutexGuard<'_, State> {
        // Each change is whole before it can panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a fault, behind those of the same call that are there.
    pub fn plan(&self, planned: Planned) -> Result<(), ApiError> {
        if !(1..=MOST_TIMES).contains(&planned.times) {
            let reason = format!("`times` is from 1 to {MOST_TIMES}.");
            return Err(ApiError::unprocessable("timesOutOfRange", reason));
        }
        let mut state = self.state();
        if state.planned.len() >= MOST {
            return Err(ApiError::unprocessable("tooManyFaults", format!("At most {MOST} faults wait at a time.")));
        }
        // Whoever sets another fault has seen the last one to its end.
        state.dropped.retain(|one| one.call != planned.call);
        state.planned.push_back(planned);
        Ok(())
    }

    /// Takes back all faults of a customer, or those that are nobody's; of one call, where it is said.
    pub fn clear(&self, customer: Option<&str>, call: Option<&Call>) {
        let mut state = self.state();
        state.planned.retain(|one| one.customer.as_deref() != customer || call.is_some_and(|call| call != one.call));
        state.dropped.clear();
    }

    /// What is still to come for a customer, or for nobody in particular, in its order.
    pub fn of(&self, customer: Option<&str>) -> Vec<Planned> {
        self.state().planned.iter().filter(|one| one.customer.as_deref() == customer).cloned().collect()
    }

    /// Whether anybody's call of this kind is to go wrong.
    pub(super) fn concern(&self, call: &Call) -> bool {
        let state = self.state();
        state.planned.iter().any(|one| one.call == call) || state.dropped.iter().any(|one| one.call == call)
    }

    /// What goes wrong with this call. It is counted.
    pub(super) fn take(&self, call: &Call, customer: Option<&str>) -> Option<Fault> {
        let mut state = self.state();
        let at = state.planned.iter().position(|one| one.call == call && one.customer.as_deref() == customer)?;
        let planned = state.planned.get_mut(at)?;
        let fault = planned.fault;
        planned.times -= 1;
        if planned.times == 0 {
            state.planned.remove(at);
        }
        Some(fault)
    }

    /// Remembers a request that was dropped, and that its client sends again by itself.
    pub(super) fn dropped(&self, call: &'static Call, message: &Message, within: Duration) {
        let until = Instant::now() + within;
        self.state().dropped.push(Dropped { call, message: message.clone(), until });
    }

    /// Whether this is a request that was dropped just now. It is forgotten.
    pub(super) fn is_resent(&self, message: &Message) -> bool {
        let mut state = self.state();
        state.dropped.retain(|one| one.until > Instant::now());
        let at = state.dropped.iter().position(|one| one.message == *message);
        at.map(|at| state.dropped.swap_remove(at)).is_some()
    }
}
