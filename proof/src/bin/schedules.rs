//! `cargo run --release -p proof --bin schedules`: a million different schedules of faults against the sandbox's own router.
//! With a number after `--` it runs so many; with `seed 123` it shows what happens in one; with `replay` it takes ways of the
//! model to the sandbox.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Instant;

use esim_renewal::app::checkout::Stage;
use proof::schedules::replay::{WORLDS, replay};
use proof::schedules::{Broken, Shop, Summary, many, run};

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many different ones, unless told otherwise.
const SCHEDULES: u64 = 1_000_000;
/// So many ways of each world of the model.
const WAYS: usize = 20_000;
/// Two at a time.
const WORKERS: usize = 2;
/// From so many on each fault has met each call.
const ENOUGH: u64 = 100_000;
/// So many at a time, before it says how far it got.
const ROUND: u64 = 100_000;

fn main() -> ExitCode {
    let args = std::env::args().skip(1).collect::<Vec<_>>();
    let number = |at: usize| args.get(at).and_then(|text| text.parse().ok());
    match args.first().map(String::as_str) {
        Some("seed") => show(number(1).unwrap_or_default()),
        Some("replay") => replay_ways(),
        _ => go(number(0).unwrap_or(SCHEDULES)),
    }
}

/// What happens in one schedule.
fn show(seed: u64) -> ExitCode {
    let shop = Shop::open().map(Rc::new);
    match shop.and_then(|shop| run(&shop, Stage::step, seed, true)) {
        Ok(outcome) => {
            println!("{}", outcome.lines.join("\n"));
            for finding in &outcome.findings {
                println!("{} {}: {}", finding.what, finding.limit.unwrap_or("is broken"), finding.how);
            }
            if outcome.findings.iter().all(|one| one.limit.is_some()) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Takes ways of the model to the sandbox.
fn replay_ways() -> ExitCode {
    let shop = match Shop::open() {
        Ok(shop) => Rc::new(shop),
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let mut is_well = true;
    for world in WORLDS {
        let replayed = replay(&shop, Stage::step, world, WAYS).unwrap_or_default();
        println!("{:30} {:>6} ways, {:>6} actions", world.name, replayed.ways, replayed.actions);
        if let Some(difference) = &replayed.difference {
            println!("{difference}");
        }
        is_well &= replayed.difference.is_none() && replayed.ways > 0;
    }
    if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn go(wanted: u64) -> ExitCode {
    let start = Instant::now();
    let mut all = Summary::default();
    // Where some are the same, others are added: not for ever.
    while all.failed.is_none() && all.total < 2 * wanted {
        let missing = wanted.saturating_sub(all.distinct.len() as u64);
        if missing == 0 {
            break;
        }
        all.join(many(Stage::step, all.total..all.total + missing.min(ROUND), WORKERS));
        println!("{:>9} run, {} distinct, {} promises broken", all.total, all.distinct.len(), all.broken.len());
    }
    let seconds = start.elapsed().as_secs().max(1);
    println!("schedules             {}", all.total);
    println!("distinct              {}", all.distinct.len());
    println!("calls of the carrier  {}", all.counts.sent);
    println!("time                  {seconds} s, {} schedules each second", all.total / seconds);
    let pairs = all.counts.by_fault();
    println!("fault × call pairs    {}", pairs.iter().map(|(_, calls)| calls.len()).sum::<usize>());
    for (fault, calls) in &pairs {
        println!("  {fault}: {}", listed(calls));
    }
    println!("act × screen pairs    {}", all.counts.acts.len());
    let mut by_act = BTreeMap::<_, Vec<_>>::new();
    for ((act, screen), count) in &all.counts.acts {
        by_act.entry(*act).or_default().push((*screen, *count));
    }
    for (act, screens) in &by_act {
        println!("  {act}: {}", listed(screens));
    }
    println!(
        "came to rest at       {}",
        listed(&all.counts.ends.iter().map(|(end, n)| (*end, *n)).collect::<Vec<_>>())
    );
    println!("known limits met");
    print(&all.limits);
    println!("double charges        {}", all.broken.get("ChargedOnce").map_or(0, |one| one.count));
    println!("broken promises       {}", all.broken.len());
    print(&all.broken);
    let missed = all.counts.never_met();
    if wanted >= ENOUGH && !missed.is_empty() {
        println!("never met: {missed:?}");
        return ExitCode::FAILURE;
    }
    if let Some(error) = &all.failed {
        eprintln!("{error}");
    }
    let is_well = all.failed.is_none() && all.broken.is_empty() && all.distinct.len() as u64 >= wanted;
    if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn listed(all: &[(&str, u64)]) -> String {
    all.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(" · ")
}

fn print(all: &BTreeMap<&'static str, Broken>) {
    for (what, Broken { count, seed, how }) in all {
        let how = how.chars().take(400).collect::<String>();
        println!("  {what}: {count}, first in seed {seed}: {how}");
    }
}
