//! What happened in a schedule: as a hash by which schedules are told apart, as counts, and as text where one is shown.

use std::collections::BTreeMap;

use super::call::Call;
use super::fault::Fault;

/// How often a fault met a call, and an act of the subscriber a screen.
#[derive(Clone, Debug)]
pub struct Counts {
    /// By the fault's and the call's places.
    pub calls: Box<[[u64; Call::COUNT]; Fault::ALL.len()]>,
    /// By the names of the act and the screen.
    pub acts: BTreeMap<(&'static str, &'static str), u64>,
    /// How many calls there were.
    pub sent: u64,
    /// On which screens the tabs came to rest.
    pub ends: BTreeMap<&'static str, u64>,
}

impl Default for Counts {
    fn default() -> Self {
        Self {
            calls: Box::new([[0; Call::COUNT]; Fault::ALL.len()]),
            acts: BTreeMap::new(),
            sent: 0,
            ends: BTreeMap::new(),
        }
    }
}

impl Counts {
    /// Adds others.
    pub fn join(&mut self, other: &Self) {
        for (all, more) in self.calls.iter_mut().zip(other.calls.iter()) {
            for (all, more) in all.iter_mut().zip(more) {
                *all += more;
            }
        }
        for (pair, more) in &other.acts {
            *self.acts.entry(*pair).or_default() += more;
        }
        for (end, more) in &other.ends {
            *self.ends.entry(*end).or_default() += more;
        }
        self.sent += other.sent;
    }

    /// What each fault met, and how often.
    pub fn by_fault(&self) -> Vec<(&'static str, Vec<(&'static str, u64)>)> {
        let of_fault = |((_, fault), calls): (&(Fault, &'static str), &[u64; Call::COUNT])| {
            let met = calls.iter().enumerate().filter(|(_, count)| **count > 0);
            (*fault, met.map(|(call, count)| (Call::name_at(call), *count)).collect())
        };
        Fault::ALL.iter().zip(self.calls.iter()).map(of_fault).collect()
    }

    /// The pairs of a fault and a call that never met.
    pub fn never_met(&self) -> Vec<(&'static str, &'static str)> {
        let pairs = Fault::ALL.iter().zip(self.calls.iter());
        let of_fault = |((_, fault), calls): (&(Fault, &'static str), &[u64; Call::COUNT])| {
            let missed = calls.iter().enumerate().filter(|(_, count)| **count == 0);
            missed.map(|(call, _)| (*fault, Call::name_at(call))).collect::<Vec<_>>()
        };
        pairs.flat_map(of_fault).collect()
    }
}

/// The trace of one schedule. It holds no time and no name that the carrier or the widget made up: two schedules are the
/// same if the same things happened in the same order.
pub struct Trace {
    hash: u64,
    lines: Option<Vec<String>>,
    /// What is counted.
    pub counts: Counts,
}

impl Trace {
    /// An empty trace, with text or without.
    pub fn new(is_told: bool) -> Self {
        Self { hash: 0xCBF2_9CE4_8422_2325, lines: is_told.then(Vec::new), counts: Counts::default() }
    }

    /// Something happened in a tab, or at the carrier.
    pub fn note(&mut self, now: i64, place: &'static str, words: &[&'static str]) {
        let mut fold = |byte: u8| self.hash = (self.hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        for word in [place].iter().chain(words) {
            word.bytes().for_each(&mut fold);
            fold(0);
        }
        fold(1);
        if let Some(lines) = &mut self.lines {
            let seconds = now.rem_euclid(100_000_000) / 1_000;
            lines.push(format!("{seconds:>6}.{:03} {place:8} {}", now.rem_euclid(1_000), words.join(" ")));
        }
    }

    /// A call was sent, and this became of it.
    pub fn call(&mut self, now: i64, place: &'static str, call: Call, fault: Option<Fault>) {
        self.counts.sent += 1;
        if let Some(fault) = fault {
            self.counts.calls[fault.index()][call.index()] += 1;
        }
        self.note(now, place, &["call", call.name(), fault.map_or("", Fault::name)]);
    }

    /// The subscriber did something on a screen.
    pub fn act(&mut self, now: i64, place: &'static str, act: &'static str, screen: &'static str) {
        *self.counts.acts.entry((act, screen)).or_default() += 1;
        self.note(now, place, &["act", act, screen]);
    }

    /// The hash, the counts and the text.
    pub fn end(self) -> (u64, Counts, Vec<String>) {
        (self.hash, self.counts, self.lines.unwrap_or_default())
    }
}
