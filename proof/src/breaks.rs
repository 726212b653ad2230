//! The machine broken on purpose, in ways that both the model check and the schedules must find.

use esim_renewal::app::checkout::saved::Saved;
use esim_renewal::app::checkout::{Effect, Event, Stage};

/// What a step leads to.
pub type Next = (Stage, Vec<Effect>);

/// Takes the way back from the payment page for a proof.
#[must_use]
pub fn paid_on_redirect(stage: Stage, event: Event) -> Next {
    match (stage, event) {
        (Stage::Away { attempt }, Event::LookAgain) => (Stage::Delivered { attempt }, vec![]),
        (stage, event) => stage.step(event),
    }
}

/// Takes a second click for a second consent.
#[must_use]
pub fn second_click(stage: Stage, event: Event) -> Next {
    match (stage, event) {
        (Stage::Ordering { attempt, .. }, event @ Event::Consented { .. }) => {
            Stage::Reviewing { basket: attempt.basket, quote: attempt.quote, before: None }.step(event)
        }
        (stage, event) => stage.step(event),
    }
}

/// Never keeps an attempt.
#[must_use]
pub fn nothing_kept(stage: Stage, event: Event) -> Next {
    let (next, mut effects) = stage.step(event);
    effects.retain(|effect| !matches!(effect, Effect::Keep(Saved::Attempt(_))));
    (next, effects)
}
