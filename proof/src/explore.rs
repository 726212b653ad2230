//! Goes through all states, the nearest first, so that what breaks a promise is found by the shortest way.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::time::{Duration, Instant};

use crate::action::Action;
use crate::choices::actions;
use crate::coverage::Coverage;
use crate::fingerprint::{Itself, fingerprint};
use crate::machine::Step;
use crate::model::Model;
use crate::promise::{Promise, broken};
use crate::scenario::Scenario;
use crate::view::Screen;
use crate::world::{Tab, World};

/// How far to go.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many states.
    pub states: usize,
    /// How long.
    pub time: Duration,
    /// Whether to find out from where a settled screen can be reached.
    pub ends: bool,
}

/// A way to a broken promise.
#[derive(Clone, Debug)]
pub struct Violation {
    /// Which.
    pub promise: Promise,
    /// What happened, and both tabs' stages after it.
    pub trace: Vec<String>,
}

/// What was found.
#[derive(Debug)]
pub struct Findings {
    /// How many different states.
    pub states: usize,
    /// How many steps between them.
    pub steps: usize,
    /// How many steps the machine itself took, each counted once.
    pub machine_steps: usize,
    /// The longest of the shortest ways.
    pub depth: usize,
    /// Whether these are all states that there are.
    pub complete: bool,
    /// What was met.
    pub coverage: Coverage,
    /// The first broken promise.
    pub violation: Option<Violation>,
    /// How many states there are from which no settled screen can be reached while nothing fails; if that was asked.
    pub stuck: Option<usize>,
    /// The shortest way to one of them.
    pub stuck_trace: Option<Vec<String>>,
}

struct Explorer {
    model: Model,
    numbers: HashMap<u64, u32, BuildHasherDefault<Itself>>,
    parents: Vec<(u32, Action)>,
    /// Steps while nothing fails, from and to.
    calm: Vec<(u32, u32)>,
    settled: Vec<bool>,
}

/// Explores a machine in a scenario.
pub fn explore(step: Step, scenario: Scenario, limits: Limits) -> Findings {
    let mut explorer = Explorer {
        model: Model::new(step, scenario),
        numbers: HashMap::default(),
        parents: vec![],
        calm: vec![],
        settled: vec![],
    };
    let start = Instant::now();
    let mut found = Findings {
        states: 0,
        steps: 0,
        machine_steps: 0,
        depth: 0,
        complete: true,
        coverage: Coverage::default(),
        violation: None,
        stuck: None,
        stuck_trace: None,
    };
    let first = World::default();
    explorer.number(&first, (0, Action::Price(0)));
    let mut level = vec![(0, first)];
    while !level.is_empty() && found.violation.is_none() {
        let mut below = Vec::new();
        for (from, world) in level {
            let over = explorer.parents.len() >= limits.states || start.elapsed() >= limits.time;
            if over || found.violation.is_some() {
                found.complete = false;
                break;
            }
            explorer.expand(from, &world, &mut below, &mut found, limits.ends);
        }
        found.depth += usize::from(!below.is_empty());
        level = below;
    }
    found.states = explorer.parents.len();
    found.machine_steps = explorer.model.machine.steps();
    if limits.ends && found.complete {
        let stuck = explorer.stuck();
        found.stuck = Some(stuck.len());
        found.stuck_trace = stuck.first().map(|number| explorer.trace(*number));
    }
    found
}

impl Explorer {
    fn expand(&mut self, from: u32, world: &World, below: &mut Vec<(u32, World)>, found: &mut Findings, ends: bool) {
        for action in actions(world, &self.model.machine, &self.model.scenario) {
            let next = self.model.apply(world, action);
            found.steps += 1;
            found.coverage.met(world, action, &self.model.machine);
            let (number, is_new) = self.number(&next.world, (from, action));
            if ends && action.is_calm(&self.model.scenario) && number != from {
                self.calm.push((from, number));
            }
            let by_screen = || broken(&next.world, next.drawn, &self.model.machine, &self.model.scenario);
            if let Some(promise) = next.broken.or_else(by_screen) {
                let mut trace = self.trace(from);
                trace.push(self.told(&next.world, action));
                found.violation = Some(Violation { promise, trace });
                return;
            }
            if is_new {
                found.coverage.saw(&next.world, &self.model.machine);
                below.push((number, next.world));
            }
        }
    }

    fn number(&mut self, world: &World, parent: (u32, Action)) -> (u32, bool) {
        let new = u32::try_from(self.parents.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(fingerprint(world)).or_insert(new);
        if number == new {
            self.parents.push(parent);
            self.settled.push(world.tabs.iter().all(|tab| self.is_settled(world, tab)));
        }
        (number, number == new)
    }

    /// Whether a tab's screen leaves nothing open that the carrier could still tell it.
    fn is_settled(&self, world: &World, tab: &Tab) -> bool {
        let view = self.model.machine.view(tab.stage);
        // Of what never reached the carrier nothing can be told: the screen says to wait or to call.
        let is_nowhere = view.screen == Screen::Confirming && view.attempt.is_some_and(|key| world.is_nowhere(key));
        view.is_settled() || is_nowhere
    }

    fn told(&self, world: &World, action: Action) -> String {
        let [first, second] = &world.tabs;
        let [first, second] = [first, second].map(|tab| self.model.machine.describe(tab.stage));
        format!("{action:?} → {first} | {second}")
    }

    /// The shortest way to a state, gone again.
    fn trace(&mut self, to: u32) -> Vec<String> {
        let mut actions = vec![];
        let mut at = to;
        while at != 0 {
            let (parent, action) = self.parents[at as usize];
            actions.push(action);
            at = parent;
        }
        let mut world = World::default();
        let mut trace = vec![];
        for action in actions.into_iter().rev() {
            world = self.model.apply(&world, action).world;
            trace.push(self.told(&world, action));
        }
        trace
    }

    /// The states from which no calm way leads to one where all is settled, the nearest first.
    fn stuck(&mut self) -> Vec<u32> {
        let mut good = std::mem::take(&mut self.settled);
        self.calm.sort_unstable_by_key(|(_, to)| *to);
        let mut ready: Vec<u32> = (0_u32..).zip(&good).filter(|(_, good)| **good).map(|(number, _)| number).collect();
        while let Some(to) = ready.pop() {
            let first = self.calm.partition_point(|(_, other)| *other < to);
            for (from, _) in self.calm[first..].iter().take_while(|(_, other)| *other == to) {
                if !good[*from as usize] {
                    good[*from as usize] = true;
                    ready.push(*from);
                }
            }
        }
        (0_u32..).zip(good).filter(|(_, good)| !good).map(|(number, _)| number).collect()
    }
}
