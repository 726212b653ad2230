//! Many schedules, on several threads.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use super::run::run;
use super::shop::Shop;
use super::trace::Counts;
use crate::machine::Step;

/// A promise that schedules broke, and the first of them.
#[derive(Clone, Debug)]
pub struct Broken {
    /// How many.
    pub count: u64,
    /// The lowest number.
    pub seed: u64,
    /// How.
    pub how: String,
}

/// What came of many schedules.
#[derive(Default)]
pub struct Summary {
    /// How many were run.
    pub total: u64,
    /// The hashes of their traces.
    pub distinct: HashSet<u64>,
    /// What is counted.
    pub counts: Counts,
    /// What was broken.
    pub broken: BTreeMap<&'static str, Broken>,
    /// What was met of the known limits.
    pub limits: BTreeMap<&'static str, Broken>,
    /// What kept a thread from going on.
    pub failed: Option<String>,
}

impl Summary {
    /// Adds another.
    pub fn join(&mut self, other: Self) {
        self.total += other.total;
        self.distinct.extend(other.distinct);
        self.counts.join(&other.counts);
        for (what, one) in other.broken {
            note(&mut self.broken, what, one);
        }
        for (what, one) in other.limits {
            note(&mut self.limits, what, one);
        }
        self.failed = self.failed.take().or(other.failed);
    }
}

fn note(all: &mut BTreeMap<&'static str, Broken>, what: &'static str, one: Broken) {
    match all.get_mut(what) {
        Some(known) => {
            known.count += one.count;
            if one.seed < known.seed {
                (known.seed, known.how) = (one.seed, one.how);
            }
        }
        None => {
            all.insert(what, one);
        }
    }
}

/// Runs the schedules of these numbers.
pub fn many(step: Step, seeds: Range<u64>, workers: usize) -> Summary {
    let next = AtomicU64::new(seeds.start);
    let all = Mutex::new(Summary::default());
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                let mut own = Summary::default();
                if let Err(error) = some(step, &next, seeds.end, &mut own) {
                    own.failed = Some(error);
                }
                if let Ok(mut all) = all.lock() {
                    all.join(own);
                }
            });
        }
    });
    all.into_inner().unwrap_or_default()
}

fn some(step: Step, next: &AtomicU64, end: u64, own: &mut Summary) -> Result<(), String> {
    let shop = Rc::new(Shop::open()?);
    loop {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= end {
            return Ok(());
        }
        let outcome = run(&shop, step, seed, false)?;
        own.total += 1;
        own.distinct.insert(outcome.hash);
        own.counts.join(&outcome.counts);
        for finding in outcome.findings {
            let one = Broken { count: 1, seed, how: finding.how };
            match finding.limit {
                Some(limit) => note(&mut own.limits, limit, one),
                None => note(&mut own.broken, finding.what, one),
            }
        }
    }
}
