//! `cargo run --release -p proof`: goes through the worlds of [`proof::plan`], as far as ten minutes go. With a number after
//! `--` it takes so many seconds; with `limits` it shows how each known limit is reached.

use std::process::ExitCode;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use esim_renewal::app::checkout::Stage;
use proof::coverage::Coverage;
use proof::explore::{Findings, Limits, explore};
use proof::plan::{DEEP, QUICK};
use proof::promise::Promise;
use proof::scenario::Scenario;

/// How long all of it takes at the most, unless told otherwise: `proof 60` stops after a minute.
const SECONDS: u64 = 600;
/// So many states of one world fit into a few gigabytes.
const STATES: usize = 40_000_000;
/// Two at a time.
const WORKERS: usize = 2;

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some("limits") {
        return known_limits();
    }
    let seconds = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(SECONDS);
    let end = Instant::now() + Duration::from_secs(seconds);
    let queue = Mutex::new(QUICK.iter().chain(&DEEP).rev().copied().collect::<Vec<_>>());
    let all = Mutex::new(Vec::new());
    println!(
        "{:34} {:>11} {:>12} {:>6} {:>9} {:>6} {:>6}",
        "world", "states", "steps", "depth", "all of it", "stuck", "broken"
    );
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| {
                while let Some((scenario, left)) = next(&queue, end) {
                    let found = explore(Stage::step, scenario, Limits { states: STATES, time: left, ends: true });
                    print(&scenario, &found);
                    if let Ok(mut all) = all.lock() {
                        all.push(found);
                    }
                }
            });
        }
    });
    all.into_inner().map_or(ExitCode::FAILURE, |all| sum_up(&all))
}

/// The shortest way to each promise that is known to be broken somewhere.
fn known_limits() -> ExitCode {
    for world in QUICK.iter().filter(|world| !world.known.is_empty()) {
        for wanted in world.known {
            let others = Promise::ALL.into_iter().filter(|one| one != wanted).collect::<Vec<_>>();
            let scenario = Scenario { known: others.leak(), ..*world };
            let limits = Limits { states: STATES, time: Duration::from_secs(SECONDS), ends: false };
            print(&scenario, &explore(Stage::step, scenario, limits));
        }
    }
    ExitCode::SUCCESS
}

/// The next world, and how long it may take: of the time that is left, its part.
fn next(queue: &Mutex<Vec<Scenario>>, end: Instant) -> Option<(Scenario, Duration)> {
    let mut queue = queue.lock().ok()?;
    let scenario = queue.pop()?;
    let rounds = u32::try_from(queue.len() / WORKERS + 1).unwrap_or(1);
    Some((scenario, end.saturating_duration_since(Instant::now()) / rounds))
}

fn print(scenario: &Scenario, found: &Findings) {
    let stuck = found.stuck.map_or("-".to_owned(), |stuck| stuck.to_string());
    let (name, whole) = (scenario.name, if found.complete { "yes" } else { "no" });
    let broken = usize::from(found.violation.is_some());
    let Findings { states, steps, depth, .. } = found;
    println!("{name:34} {states:>11} {steps:>12} {depth:>6} {whole:>9} {stuck:>6} {broken:>6}");
    if let Some(violation) = &found.violation {
        println!("  {:?} is broken:", violation.promise);
    }
    let broken = found.violation.iter().flat_map(|one| &one.trace);
    for step in broken.chain(found.stuck_trace.iter().flatten()) {
        println!("    {step}");
    }
}

fn sum_up(all: &[Findings]) -> ExitCode {
    let mut coverage = Coverage::default();
    for found in all {
        coverage.join(&found.coverage);
    }
    let sum = |figure: fn(&Findings) -> usize| all.iter().map(figure).sum::<usize>();
    let broken = all.iter().filter(|found| found.violation.is_some()).count();
    println!();
    println!("distinct states       {}", sum(|found| found.states));
    println!("steps between them    {}", sum(|found| found.steps));
    println!("steps of the machine  {} (each stage with each event, in each world)", sum(|found| found.machine_steps));
    println!("greatest depth        {}", all.iter().map(|found| found.depth).max().unwrap_or_default());
    println!("fault × effect pairs  {}", coverage.pairs.len());
    println!("violations            {broken}");
    for (fault, places) in coverage.by_fault() {
        println!("  {fault}: {}", places.join(" · "));
    }
    if broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
