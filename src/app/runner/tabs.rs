//! One tab at a time carries out the checkout of a line: the one that has its lock. The others show how far it is, by what it
//! tells them on a channel, and go on where it is once they are asked to or it is closed.

use super::Runner;
use super::lock::{Held, Lock, lock};
use super::shared::attempt_of;
use crate::app::checkout::saved::Saved;
use crate::app::checkout::{Answer, At, Attempt, Event, Refusal, Stage};
use crate::domain::id::{AttemptKey, ProductId};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

/// A message that asks how far the checkout is. What it is followed by is nothing.
const ASK: &str = "?";

/// A message that takes over just the attempt, as it is kept, by which it is followed.
const TAKE: &str = "=";

/// A message that nothing was ordered of the attempt by whose key it is followed.
const REFUSED: &str = "!";

/// So many milliseconds the lock outlasts what was said last, so that nobody goes on before hearing it.
const LINGER: u32 = 250;

/// What one element knows of the other tabs.
#[derive(Default)]
pub(super) struct Tabs {
    /// The name of the lock and the channel: the carrier and the line.
    name: String,
    channel: Option<Channel>,
    /// The lock, while this tab has it.
    held: Option<Held>,
    /// The key of the attempt that it carries out, or did last.
    key: String,
    /// The name of the lock that this tab waits for, while it does.
    waits: Option<String>,
    /// Whether the subscriber wants to go on in this tab.
    wants: bool,
    /// Whether what was kept is being taken up.
    takes_up: bool,
}

struct Channel {
    channel: BroadcastChannel,
    _hear: Closure<dyn FnMut(MessageEvent)>,
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}

impl Tabs {
    fn say(&self, kind: &str, text: &str) {
        if let Some(Channel { channel, .. }) = &self.channel {
            // A channel that is closed has nobody to hear.
            let _ = channel.post_message(&[kind, text].concat().into());
        }
    }
}

impl Runner {
    /// Whether this tab may send something for a line: it has the line's lock, or the browser has no locks.
    pub(super) async fn may_send(self, line: &ProductId) -> bool {
        let Some(name) = self.listen(line) else {
            // The element is gone. What is on its way is found on the next visit.
            return true;
        };
        if self.tabs.try_with_value(|tabs| tabs.held.is_some()) == Some(true) {
            return true;
        }
        let mut asked = lock(&name, false).await;
        if matches!(asked, Lock::Busy) {
            // One that is done has it a moment longer.
            TimeoutFuture::new(2 * LINGER).await;
            asked = lock(&name, false).await;
        }
        match asked {
            Lock::Held(held) => {
                self.tabs.try_update_value(|tabs| tabs.held = Some(held));
                true
            }
            Lock::Busy => false,
            Lock::Absent => true,
        }
    }

    /// Takes up what was kept: an attempt only with the lock, so that one tab alone carries it out.
    pub(super) fn take_up(self, saved: Saved) {
        let Saved::Attempt(attempt) = saved else {
            return self.tell(Event::Resumed(saved));
        };
        if self.tabs.try_update_value(|tabs| std::mem::replace(&mut tabs.takes_up, true)) == Some(false) {
            spawn_local(async move {
                let resumed = Event::Resumed(Saved::Attempt(attempt.clone()));
                self.go_on_with(attempt, resumed).await;
                self.tabs.try_update_value(|tabs| tabs.takes_up = false);
            });
        }
    }

    /// Another tab, or this one before, has begun the same: that is what goes on. Nothing was sent of this.
    pub(super) fn gives_way_to(self, key: AttemptKey, other: Attempt) {
        self.tell(Event::OrderAnswered { key, answer: Answer::No(Refusal::AnotherTab) });
        self.tell(Event::AnotherTab { attempt: other, at: At::default() });
    }

    /// Another tab carries this out, or something else for the line: nothing was sent.
    pub(super) fn is_elsewhere(self, attempt: Attempt) {
        let is_new = self.stage.try_with_untracked(|stage| matches!(stage, Stage::Ordering { again: false, .. }));
        if is_new == Some(true) {
            self.tell(Event::OrderAnswered { key: attempt.key, answer: Answer::No(Refusal::AnotherTab) });
            self.tabs.try_with_value(|tabs| tabs.say(ASK, ""));
        } else {
            self.tell(Event::AnotherTab { attempt, at: At::default() });
        }
    }

    /// Asks the other tab to hand over what it carries out.
    pub fn go_on_here(self) {
        self.tabs.try_update_value(|tabs| {
            tabs.wants = true;
            tabs.say(ASK, "");
        });
    }

    /// The page is left, perhaps to be kept as it is: a lock would forbid that, and keep the other tabs waiting.
    pub fn page_hidden(self) {
        self.tabs.try_update_value(|tabs| tabs.held = None);
    }

    /// The page is shown, perhaps again as it was left.
    pub fn page_shown(self) {
        let carried_out = self.stage.with_untracked(|stage| match stage {
            Stage::InAnotherTab { .. } => None,
            stage => stage.under_way().map(|(attempt, _)| attempt.clone()),
        });
        match carried_out {
            Some(attempt) => {
                let newest = self.newest(attempt.clone());
                if newest == attempt {
                    spawn_local(self.go_on_with(attempt, Event::LookAgain));
                } else {
                    // Meanwhile another tab went on with it: here it is taken up as if this were a new page.
                    self.tell(Event::AnotherTab { attempt: newest, at: At::default() });
                }
            }
            None => self.tell(Event::LookAgain),
        }
    }

    /// Goes on with an attempt if this tab may, and shows that another one does if not.
    async fn go_on_with(self, attempt: Attempt, event: Event) {
        if self.may_send(&attempt.basket.line).await {
            self.tell(event);
        } else {
            self.tell(Event::AnotherTab { attempt, at: At::default() });
            self.go_on_here();
        }
    }

    /// Tells the other tabs how far this one is, and lets them go on once there is nothing more to do.
    pub(super) fn pass_on(self) {
        let under_way = self.stage.try_with_untracked(|stage| {
            let is_here = !matches!(stage, Stage::InAnotherTab { .. });
            let (attempt, at) = stage.under_way()?;
            Some((is_here, at, attempt.clone()))
        });
        let is_refused = self.stage.try_with_untracked(|stage| matches!(stage, Stage::Refused { .. })) == Some(true);
        let must_wait = self.tabs.try_update_value(|tabs| match under_way.flatten() {
            Some((true, at, attempt)) => {
                (tabs.wants, tabs.key) = (false, attempt.key.as_str().to_owned());
                if tabs.held.is_some() {
                    self.share(&attempt);
                    tabs.say(at.letter(), &Saved::Attempt(attempt).to_text());
                }
                false
            }
            Some((false, ..)) => {
                tabs.held = None;
                let name = Some(tabs.name.clone());
                std::mem::replace(&mut tabs.waits, name.clone()) != name
            }
            None => {
                tabs.wants = false;
                if tabs.held.is_some() {
                    if is_refused {
                        tabs.say(REFUSED, &tabs.key);
                    }
                    spawn_local(self.let_go());
                }
                false
            }
        });
        if must_wait == Some(true) {
            spawn_local(self.wait_for_the_other());
        }
    }

    async fn let_go(self) {
        TimeoutFuture::new(LINGER).await;
        if self.stage.try_with_untracked(|stage| stage.under_way().is_none()) == Some(true) {
            self.tabs.try_update_value(|tabs| tabs.held = None);
        }
    }

    /// Goes on here once the other tab is done, handed it over, or is closed.
    async fn wait_for_the_other(self) {
        let Some(name) = self.tabs.try_with_value(|tabs| tabs.name.clone()) else { return };
        let lock = lock(&name, true).await;
        let attempt = self.stage.try_with_untracked(|stage| match stage {
            Stage::InAnotherTab { attempt, .. } => Some(attempt.clone()),
            _ => None,
        });
        let is_it = self.tabs.try_update_value(|tabs| {
            let is_it = tabs.waits.as_ref() == Some(&name);
            if is_it {
                tabs.waits = None;
            }
            is_it && tabs.name == name
        });
        // Whoever went on to something else, or to another line, lets go of it at once.
        if let (Lock::Held(held), Some(attempt), Some(true)) = (lock, attempt.flatten(), is_it) {
            self.tabs.try_update_value(|tabs| tabs.held = Some(held));
            self.tell(Event::Resumed(Saved::Attempt(self.newest(attempt))));
        }
    }

    fn hear(self, message: &str) {
        match message.split_at_checked(1) {
            Some((ASK, _)) => self.pass_on(),
            Some((REFUSED, key)) => {
                let is_it =
                    |stage: &Stage| matches!(stage, Stage::InAnotherTab { attempt, .. } if attempt.key.as_str() == key);
                if self.stage.try_with_untracked(is_it) == Some(true) {
                    self.tell(Event::Edited);
                }
            }
            Some((TAKE, text)) => self.hand_over(text),
            Some((letter, text)) => self.look_on(letter, text),
            None => {}
        }
    }

    /// Hands over just what another tab has heard last; a tab that waits for an answer hears it first.
    fn hand_over(self, text: &str) {
        let is_held = self.tabs.try_with_value(|tabs| tabs.held.is_some()) == Some(true);
        let hands_over = self.stage.try_with_untracked(|stage| match stage {
            Stage::AwaitingPayment { .. } | Stage::Entering { .. } | Stage::Confirming { .. } if is_held => {
                let (attempt, at) = stage.under_way()?;
                let is_newest = Saved::Attempt(attempt.clone()).to_text() == text;
                is_newest.then(|| (attempt.clone(), at))
            }
            _ => None,
        });
        if let Some((attempt, at)) = hands_over.flatten() {
            self.tell(Event::AnotherTab { attempt, at });
        }
    }

    /// Shows how far another tab is, and asks it for what it carries out where the subscriber wants to go on here.
    fn look_on(self, letter: &str, text: &str) {
        if let Some(at) = At::ALL.into_iter().find(|at| at.letter() == letter)
            && let Some(attempt) = attempt_of(text)
            && self.stage.try_with_untracked(Stage::looks_on) == Some(true)
        {
            self.tell(Event::AnotherTab { attempt, at });
            self.tabs.try_with_value(|tabs| {
                if tabs.wants {
                    tabs.say(TAKE, text);
                }
            });
        }
    }

    /// Hears what other tabs say of a line; the name of its lock.
    fn listen(self, line: &ProductId) -> Option<String> {
        let name = self.line_name(line);
        self.tabs.try_update_value(|tabs| {
            if tabs.name != name {
                tabs.held = None;
                tabs.name.clone_from(&name);
                tabs.channel = BroadcastChannel::new(&name).ok().map(|channel| {
                    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                        if let Some(message) = event.data().as_string() {
                            self.hear(&message);
                        }
                    });
                    channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
                    Channel { channel, _hear: hear }
                });
            }
        })?;
        Some(name)
    }
}

impl At {
    /// How it is named between tabs.
    const fn letter(self) -> &'static str {
        match self {
            Self::Ordering => "0",
            Self::ToPay => "1",
            Self::Paying => "2",
            Self::Confirming => "3",
        }
    }
}
