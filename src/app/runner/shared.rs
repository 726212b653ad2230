//! What the tabs of a browser share of attempts, for a page that was away and heard nothing of the others.

use super::{Runner, storage};
use crate::app::calls::find_order;
use crate::app::checkout::saved::Saved;
use crate::app::checkout::{Attempt, Found};
use crate::app::now;
use crate::app::session::Session;
use crate::domain::id::ProductId;
use crate::domain::order::OrderState;

/// So many attempts of a line are shared: more than anybody has under way at once.
const MOST: usize = 6;

/// After so many milliseconds, a day, an attempt is over, or the carrier's list has it.
const AGE: i64 = 86_400_000;

impl Runner {
    /// The name of a line's lock and channel, and of what is shared of it.
    pub(super) fn line_name(self, line: &ProductId) -> String {
        [&self.app.saved_name(), ":", line.as_str()].concat()
    }

    fn shared(self, line: &ProductId) -> Vec<Attempt> {
        let text = storage::read_shared(&self.line_name(line)).unwrap_or_default();
        let is_recent = |attempt: &Attempt| now().millis() - attempt.since.millis() < AGE;
        text.lines().filter_map(attempt_of).filter(is_recent).collect()
    }

    /// The attempt as any tab knew it last: while this page was away, another one may have gone on with it.
    pub(super) fn newest(self, attempt: Attempt) -> Attempt {
        let shared = self.shared(&attempt.basket.line);
        shared.into_iter().find(|shared| shared.key == attempt.key).unwrap_or(attempt)
    }

    /// Shares what this tab knows of an attempt, the newest first. Only the tab that has the line's lock does.
    pub(super) fn share(self, attempt: &Attempt) {
        let line = &attempt.basket.line;
        let others = self.shared(line).into_iter().filter(|other| other.key != attempt.key);
        let all = [attempt.clone()].into_iter().chain(others).take(MOST);
        let lines: Vec<_> = all.map(|attempt| Saved::Attempt(attempt).to_text()).collect();
        storage::share(&self.line_name(line), &lines.join("\n"));
    }

    /// An attempt at the same basket that was begun in this browser before, and whose order the carrier has not finished:
    /// its tab may be away on the payment page, and hold no lock there.
    pub(super) async fn same_under_way(self, session: &Session, attempt: &Attempt) -> Option<Attempt> {
        let same = |other: &Attempt| other.key != attempt.key && other.basket == attempt.basket;
        let other = self.shared(&attempt.basket.line).into_iter().find(same)?;
        match find_order(session, &other).await {
            Ok(Found::Yes(order)) => {
                let is_open = matches!(order.state, OrderState::Pending | OrderState::InProgress | OrderState::Held);
                is_open.then_some(other)
            }
            _ => None,
        }
    }
}

/// The attempt of a text that another tab has sent or kept.
pub(super) fn attempt_of(text: &str) -> Option<Attempt> {
    match Saved::from_text(text)? {
        Saved::Attempt(attempt) => Some(attempt),
        Saved::Choice { .. } => None,
    }
}
