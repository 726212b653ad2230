//! One schedule, from its number.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::executor::LocalPool;

use super::judge::{Finding, Judge};
use super::page::Page;
use super::plan::{Plan, Tabs};
use super::replay::Script;
use super::rest::come_to_rest;
use super::rng::Rng;
use super::shop::Shop;
use super::subscriber::subscriber;
use super::time::Time;
use super::trace::{Counts, Trace};
use super::world::{Shared, World};
use crate::coverage::screen_name;
use crate::machine::Step;

/// What came of a schedule.
pub struct Outcome {
    /// A hash of all that happened, in its order.
    pub hash: u64,
    /// What is counted.
    pub counts: Counts,
    /// What was broken.
    pub findings: Vec<Finding>,
    /// What happened, where that was asked for.
    pub lines: Vec<String>,
}

/// Runs the schedule of a number, with the machine or one that was broken on purpose. `is_told` asks for its text.
///
/// # Errors
/// When the carrier cannot be brought back to its start.
pub fn run(shop: &Rc<Shop>, step: Step, seed: u64, is_told: bool) -> Result<Outcome, String> {
    shop.rewind(seed)?;
    let mut rng = Rng::new(seed);
    let plan = Plan::drawn(&mut rng);
    let mut pool = LocalPool::new();
    let world = start(shop, step, &pool, plan, rng, Trace::new(is_told), None)?;
    world.note("plan", &[plan.offer.name, tabs_name(plan.tabs), if plan.repeatable { "idempotent" } else { "" }]);
    let tabs = if plan.tabs == Tabs::One { 1 } else { 2 };
    world.busy.set(tabs);
    for at in 0..tabs as usize {
        world.spawn(subscriber(world.clone(), at));
    }
    pool.run_until_stalled();
    while world.busy.get() > 0 && world.time.go_on() {
        pool.run_until_stalled();
    }
    world.is_stormy.set(false);
    world.note("network", &["is well again"]);
    come_to_rest(&world, &mut pool);
    world.close();
    for at in 0..tabs as usize {
        let screen = screen_name(world.screen(at));
        *world.trace.borrow_mut().counts.ends.entry(screen).or_default() += 1;
    }
    let findings = std::mem::take(&mut world.judge.borrow_mut().findings);
    let trace = world.trace.replace(Trace::new(false));
    let (hash, counts, lines) = trace.end();
    Ok(Outcome { hash, counts, findings, lines })
}

/// A world in which nothing has happened yet.
pub(super) fn start(
    shop: &Rc<Shop>,
    step: Step,
    pool: &LocalPool,
    plan: Plan,
    rng: Rng,
    trace: Trace,
    script: Option<Script>,
) -> Result<Shared, String> {
    let account = shop.account(plan.offer.msisdn).ok_or("the subscriber is not there")?.clone();
    let world = Rc::new(World {
        shop: shop.clone(),
        time: Time::new(shop.clock.clone()),
        rng: RefCell::new(rng),
        plan,
        account,
        tabs: Default::default(),
        trace: RefCell::new(trace),
        judge: RefCell::new(Judge::default()),
        step,
        is_stormy: Cell::new(true),
        busy: Cell::new(0),
        asked: Cell::new(0),
        waited: Cell::new(0),
        on_their_way: Cell::new(0),
        script,
        spawner: pool.spawner(),
    });
    for at in 0..world.tabs.len() {
        Page::leave(&world, at);
        world.tabs[at].borrow_mut().token = Some(world.account.token.clone());
    }
    Ok(world)
}

const fn tabs_name(tabs: Tabs) -> &'static str {
    match tabs {
        Tabs::One => "in one tab",
        Tabs::Own => "in two tabs",
        Tabs::Copy => "in a tab and its copies",
    }
}
