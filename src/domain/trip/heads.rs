//! Plans for the first days of a trip, and which of them are kept.

use super::pack::Run;
use crate::domain::money::{Currency, Money};
use std::cmp::Ordering;
use std::iter;

/// A plan for the first days.
#[derive(Debug)]
pub(super) struct Head {
    pub total: Money,
    packs: u32,
    pub runs: Vec<Run>,
    /// How many of each pack, in the order of the packs.
    bought: Vec<(usize, u32)>,
}

/// A head with one more run, before it is known whether to keep it.
#[derive(Clone, Copy)]
pub(super) struct Longer<'a> {
    head: &'a Head,
    run: Run,
    total: Money,
    packs: u32,
}

/// The best so far, and the best that buys something else.
#[derive(Default)]
pub(super) struct Two<'a> {
    best: Option<Longer<'a>>,
    second: Option<Longer<'a>>,
}

impl Head {
    /// The plan for no day.
    pub const fn start(currency: Currency) -> Self {
        Self { total: Money::from_minor(0, currency), packs: 0, runs: vec![], bought: vec![] }
    }

    /// This with one more run; `None` where the cost is more than can be counted.
    pub fn with(&self, run: Run) -> Option<Longer<'_>> {
        let total = self.total.plus(run.price).ok()?;
        Some(Longer { head: self, run, total, packs: self.packs + run.count })
    }
}

impl Longer<'_> {
    fn runs(&self) -> impl Iterator<Item = &Run> {
        self.head.runs.iter().chain(iter::once(&self.run))
    }

    /// How many of each pack, in the order of the packs.
    fn bought(&self) -> Vec<(usize, u32)> {
        let mut bought = self.head.bought.clone();
        match bought.binary_search_by_key(&self.run.pack, |(pack, _)| *pack) {
            Ok(place) => bought[place].1 += self.run.count,
            Err(place) => bought.insert(place, (self.run.pack, self.run.count)),
        }
        bought
    }

    /// Whether the same is bought in all. It then costs the same, which is seen faster.
    fn buys_the_same(&self, other: &Self) -> bool {
        self.total == other.total && self.packs == other.packs && self.bought() == other.bought()
    }

    /// Which plan is better. They are for the same days, and equal only if they are the same.
    fn order(&self, other: &Self) -> Ordering {
        let by_total = self.total.compare(other.total).unwrap_or(Ordering::Equal);
        let by_number = self.packs.cmp(&other.packs).then(self.head.runs.len().cmp(&other.head.runs.len()));
        by_total
            .then(by_number)
            .then_with(|| self.runs().map(|run| run.pack).cmp(other.runs().map(|run| run.pack)))
            .then_with(|| other.runs().map(|run| run.days).cmp(self.runs().map(|run| run.days)))
    }

    fn kept(self) -> Head {
        Head { total: self.total, packs: self.packs, runs: self.runs().copied().collect(), bought: self.bought() }
    }
}

impl<'a> Two<'a> {
    /// The two, the best first.
    pub fn kept(self) -> Vec<Head> {
        [self.best, self.second].into_iter().flatten().map(Longer::kept).collect()
    }

    /// Puts a plan in its place, if it has one.
    pub fn take(&mut self, new: Longer<'a>) {
        if self.second.is_some_and(|second| new.order(&second).is_ge()) {
            return;
        }
        let Some(best) = self.best else {
            self.best = Some(new);
            return;
        };
        let is_better = new.order(&best).is_lt();
        if !best.buys_the_same(&new) {
            self.second = Some(if is_better { best } else { new });
        }
        if is_better {
            self.best = Some(new);
        }
    }
}
