//! The widget on a carrier's page, with a carrier behind it.

use crate::{process, project, trunk};
use anyhow::{Context, Result, bail};
use std::{
    process::{Child, Command},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// How long the sandbox may take to end by itself after Ctrl-C.
const PATIENCE: Duration = Duration::from_secs(3);

/// Builds all and serves it until Ctrl-C. The options are the sandbox's.
pub fn run(options: &[String]) -> Result<()> {
    trunk::dist()?;
    build_sandbox()?;
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
    let child = sandbox.spawn().context("starting the sandbox")?;
    watch(child, &stop)
}

/// Builds the sandbox's program.
pub fn build_sandbox() -> Result<()> {
    println!("building the sandbox…");
    process::run(process::cargo().current_dir(project::root()).args(["build", "--quiet", "--package", "sandbox"]))
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
