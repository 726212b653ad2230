//! The widget on a carrier's page, with a carrier behind it.

use crate::{prerender, process, project, trunk};
use anyhow::{Context, Result, bail};
use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// How long the sandbox may take to end by itself after Ctrl-C.
const PATIENCE: Duration = Duration::from_secs(3);

/// What the sandbox says before the carrier's address.
const CARRIER: &str = "the carrier ";

/// Builds all and serves it until Ctrl-C. The options are the sandbox's.
pub fn run(options: &[String]) -> Result<()> {
    trunk::dist()?;
    build_programs()?;
    let stop = Arc::new(AtomicBool::new(false));
    let stopped = Arc::clone(&stop);
    ctrlc::set_handler(move || stopped.store(true, Ordering::Relaxed))?;

    let mut sandbox = Command::new(project::sandbox());
    sandbox
        .current_dir(project::root())
        .arg("--dist")
        .arg(project::dist())
        .arg("--db")
        .arg(project::target().join("sandbox.sqlite"))
        .args(options);
    let mut child = sandbox.stdout(Stdio::piped()).spawn().context("starting the sandbox")?;
    let said = child.stdout.take().context("the sandbox says nothing")?;
    thread::spawn(move || follow(BufReader::new(said)));
    watch(child, &stop)
}

/// Says what the sandbox says. Once that is where the carrier is, its deals are written into their page.
fn follow(said: impl BufRead) {
    for line in said.lines().map_while(Result::ok) {
        println!("{line}");
        if let Some(carrier) = line.trim_start().strip_prefix(CARRIER)
            && let Err(error) = prerender::demo(carrier.trim())
        {
            eprintln!("the page of deals stays without them until the widget stands: {error:#}");
        }
    }
}

/// Builds the programs that the demo and its tests run.
pub fn build_programs() -> Result<()> {
    println!("building the sandbox…");
    let packages = ["build", "--quiet", "--package", "sandbox", "--package", "prerender"];
    process::run(process::cargo().current_dir(project::root()).args(packages))
}

/// Waits for the program to end, by itself or because it is told to stop.
fn watch(mut child: Child, stop: &AtomicBool) -> Result<()> {
    let mut deadline = None;
    loop {
        if let Some(status) = child.try_wait()? {
            if status.success() || stop.load(Ordering::Relaxed) {
                return Ok(());
            }
            bail!("the sandbox ended with {status}");
        }
        if stop.load(Ordering::Relaxed) {
            // A terminal's Ctrl-C has reached the sandbox too; a signal to this program alone has not.
            let deadline = *deadline.get_or_insert_with(|| Instant::now() + PATIENCE);
            if Instant::now() >= deadline {
                child.kill()?;
            }
        }
        thread::sleep(Duration::from_millis(50));
    }
}
