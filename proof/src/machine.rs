//! The machine as a table: each stage and each kept text has a number, and each step is taken once.
//!
//! The table only saves time. The machine is a pure function, so that what it did once it does each time.

use std::collections::HashMap;
use std::rc::Rc;

use esim_renewal::app::checkout::saved::Saved;
use esim_renewal::app::checkout::{Attempt, Due, Effect, Event, Stage};

use crate::input::{Input, Work};
use crate::scenario::Scenario;
use crate::view::{Kept, View};
use crate::words::{event, look_for, number, price_of};

/// The machine, or one that was broken on purpose.
pub type Step = fn(Stage, Event) -> (Stage, Vec<Effect>);

/// From this look on what was not found may be sent again.
pub const SETTLED: u8 = 8;
/// From this look on the machine does not look again by itself.
pub const MOST_LOOKS: u8 = 64;

/// The least look that the machine treats like this one. A test of the machine shows that these are all the kinds.
pub const fn look_kind(looks: u32) -> u8 {
    match looks {
        0 => 0,
        1..8 => 1,
        8..64 => SETTLED,
        _ => MOST_LOOKS,
    }
}

/// What a step leads to.
#[derive(Clone, Debug)]
pub struct Next {
    /// The next stage.
    pub stage: u32,
    /// The work, in order.
    pub works: Rc<[Work]>,
}

/// All that is known of the machine so far.
pub struct Machine {
    step: Step,
    scenario: Scenario,
    stages: Vec<(Stage, View)>,
    by_text: HashMap<String, u32>,
    kept: Vec<String>,
    kept_views: Vec<Kept>,
    by_kept: HashMap<String, u32>,
    steps: HashMap<(u32, Input), Next>,
}

impl Machine {
    /// A machine of which nothing is known yet. Stage 0 is `Closed`, text 0 is none.
    pub fn new(step: Step, scenario: Scenario) -> Self {
        let mut machine = Self {
            step,
            scenario,
            stages: vec![],
            by_text: HashMap::new(),
            kept: vec![String::new()],
            kept_views: vec![Kept::default()],
            by_kept: HashMap::new(),
            steps: HashMap::new(),
        };
        machine.stage(Stage::Closed);
        machine
    }

    /// What a stage says.
    pub fn view(&self, stage: u32) -> View {
        self.stages[stage as usize].1
    }

    /// What a text keeps.
    pub fn kept(&self, text: u32) -> Kept {
        self.kept_views[text as usize]
    }

    /// The stage itself, for a trace.
    pub fn describe(&self, stage: u32) -> String {
        let View { screen, attempt, this, looks, .. } = self.view(stage);
        format!("{screen:?} attempt={attempt:?} try={this:?} looks={looks}")
    }

    /// How many steps of the machine were taken, each once.
    pub fn steps(&self) -> usize {
        self.steps.len()
    }

    /// One step.
    pub fn step(&mut self, stage: u32, input: Input) -> Next {
        if let Some(next) = self.steps.get(&(stage, input)) {
            return next.clone();
        }
        let unchanged = Next { stage, works: Rc::new([]) };
        let next = event(input, &self.scenario, &self.kept).map_or(unchanged, |event| {
            let (next, effects) = (self.step)(self.stages[stage as usize].0.clone(), event);
            let works = effects.into_iter().filter_map(|effect| self.work(&effect)).collect();
            Next { stage: self.stage(next), works }
        });
        self.steps.insert((stage, input), next.clone());
        next
    }

    /// The same stage after many more looks that told nothing new.
    pub fn later(&mut self, stage: u32) -> u32 {
        let mut later = self.stages[stage as usize].0.clone();
        if let Some(looks) = looks_of(&mut later) {
            *looks = if *looks < u32::from(SETTLED) { SETTLED.into() } else { MOST_LOOKS.into() };
        }
        self.stage(later)
    }

    fn stage(&mut self, mut stage: Stage) -> u32 {
        if let Some(looks) = looks_of(&mut stage) {
            *looks = look_kind(*looks).into();
        }
        let text = format!("{stage:?}");
        if let Some(known) = self.by_text.get(&text) {
            return *known;
        }
        let number = size(self.stages.len());
        self.stages.push((stage.clone(), View::of(&stage)));
        self.by_text.insert(text, number);
        number
    }

    fn text(&mut self, saved: &Saved) -> u32 {
        let text = saved.to_text();
        if let Some(known) = self.by_kept.get(&text) {
            return *known;
        }
        let number = size(self.kept.len());
        self.kept.push(text.clone());
        self.kept_views.push(Kept::of(saved));
        self.by_kept.insert(text, number);
        number
    }

    fn work(&mut self, effect: &Effect) -> Option<Work> {
        let key = |attempt: &Attempt| number(attempt.key.as_str());
        match effect {
            Effect::Keep(saved) => Some(Work::Keep(self.text(saved))),
            Effect::Forget => Some(Work::Forget),
            Effect::Order(attempt) => Some(Work::Order(key(attempt)?, price_of(attempt.total()))),
            Effect::BeginPayment => Some(Work::BeginPayment),
            Effect::Enter { attempt, this, .. } => Some(Work::Enter(key(attempt)?, number(this.key.as_str())?)),
            Effect::Payment { attempt, order, this, .. } => {
                Some(Work::Payment(number(order.as_str())?, number(this.key.as_str())?, price_of(attempt.total())))
            }
            Effect::Leave(page) => Some(Work::Leave(number(page)?)),
            Effect::Look { look, .. } => look_for(effect, look_kind(*look)).map(Work::Look),
            Effect::Completed(order) => Some(Work::Completed(number(order.as_str())?)),
            // The price is asked for as long as the stage waits for it; an unpaid order may be cancelled at any time.
            Effect::Price { .. } | Effect::Refresh | Effect::Cancel(_) => None,
        }
    }
}

fn looks_of(stage: &mut Stage) -> Option<&mut u32> {
    match stage {
        Stage::Confirming { looks, .. } | Stage::AwaitingPayment { due: Due::Open { looks, .. }, .. } => Some(looks),
        _ => None,
    }
}

/// There are never as many stages as would not fit.
fn size(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
