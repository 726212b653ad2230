//! Two tabs where the browser has locks: one carries the attempt out, the other looks on (`app/runner/tabs.rs`).

use esim_renewal::app::checkout::Refusal;

use crate::input::{Input, Reply};
use crate::model::{Model, Outcome};
use crate::scenario::Second;
use crate::view::Screen;
use crate::world::World;

impl Model {
    fn has_two(&self) -> bool {
        self.scenario.locks && self.scenario.second != Second::None
    }

    fn screen(&self, world: &World, at: u8) -> Screen {
        self.machine.view(world.tabs[usize::from(at)].stage).screen
    }

    /// Whether the other tab has the lock.
    pub(crate) fn is_busy(&self, world: &World, at: u8) -> bool {
        let other = world.tabs[usize::from(1 - at)].stage;
        self.has_two() && self.machine.view(other).carries_out()
    }

    /// Nothing was sent, since the other tab has the lock; it tells what it carries out.
    pub(crate) fn is_elsewhere(&mut self, next: &mut Outcome, at: u8, key: u8) {
        self.tell(next, at, Input::Ordered(key, Reply::No(Refusal::AnotherTab)));
        let theirs = next.world.tabs[usize::from(1 - at)].kept;
        self.tell(next, at, Input::LookOn(theirs));
    }

    fn is_followed(&self, world: &World, by: u8) -> bool {
        self.has_two()
            && self.screen(world, 1 - by) == Screen::InAnotherTab
            && self.screen(world, by) != Screen::InAnotherTab
    }

    /// What a tab keeps of what it carries out, it shares, and tells the one that looks on.
    pub(crate) fn told(&mut self, next: &mut Outcome, by: u8, text: u32) {
        if self.has_two()
            && let Some(key) = self.machine.kept(text).attempt
            && self.screen(&next.world, by) != Screen::InAnotherTab
        {
            next.world.shared[usize::from(key)] = text;
        }
        if self.is_followed(&next.world, by) {
            self.tell(next, 1 - by, Input::LookOn(text));
        }
    }

    /// That nothing was ordered, it tells too: who goes on would send it again.
    pub(crate) fn told_refused(&mut self, next: &mut Outcome, by: u8, key: u8) {
        let theirs = self.machine.view(next.world.tabs[usize::from(1 - by)].stage);
        if self.is_followed(&next.world, by) && theirs.attempt == Some(key) {
            self.tell(next, 1 - by, Input::Edit);
        }
    }

    /// What is known of an attempt that a tab keeps, by whoever carried it out last.
    fn newest(&self, world: &World, kept: u32) -> u32 {
        let shared = self.machine.kept(kept).attempt.map_or(0, |key| world.shared[usize::from(key)]);
        if shared == 0 { kept } else { shared }
    }

    /// Takes up what was kept: with the lock, which the other tab hands over.
    pub(crate) fn take_up(&mut self, next: &mut Outcome, at: u8, kept: u32) {
        let kept = self.newest(&next.world, kept);
        if self.is_busy(&next.world, at) && self.machine.kept(kept).attempt.is_some() {
            self.tell(next, at, Input::LookOn(kept));
        } else {
            self.tell(next, at, Input::Resume(kept));
        }
    }

    /// The other tab hands over what it carries out. What it sent and is not answered yet finds nobody who listens.
    pub(crate) fn go_on_here(&mut self, next: &mut Outcome, at: u8) {
        let [kept, theirs] = [at, 1 - at].map(|tab| next.world.tabs[usize::from(tab)].kept);
        self.tell(next, 1 - at, Input::LookOn(theirs));
        let kept = self.newest(&next.world, kept);
        self.tell(next, at, Input::Resume(kept));
    }

    /// The page is shown again as it was left; the lock was not kept meanwhile.
    pub(crate) fn check(&mut self, next: &mut Outcome, at: u8) {
        let known = next.world.tabs[usize::from(at)].kept;
        let kept = self.newest(&next.world, known);
        if self.screen(&next.world, at) == Screen::Away && (self.is_busy(&next.world, at) || kept != known) {
            self.tell(next, at, Input::LookOn(kept));
        } else {
            self.tell(next, at, Input::Check);
        }
    }

    /// Whoever looks on goes on as soon as nobody has the lock.
    pub(crate) fn free_to_go_on(&mut self, next: &mut Outcome) {
        for at in [0, 1] {
            if self.has_two() && self.screen(&next.world, at) == Screen::InAnotherTab && !self.is_busy(&next.world, at)
            {
                let kept = self.newest(&next.world, next.world.tabs[usize::from(at)].kept);
                self.tell(next, at, Input::Resume(kept));
            }
        }
    }
}
