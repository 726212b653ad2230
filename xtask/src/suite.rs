//! The tests: what CI runs, part by part.

use crate::{
    browser, install, package, process, project, run, size,
    tools::{MUTANTS, TARGET, WASM_BINDGEN},
    trunk,
};
use anyhow::{Context, Result, bail};
use std::{
    process::{Command, ExitCode},
    time::{Duration, Instant},
};

/// The tests of the module in a browser, which are there only when their folder is.
const IN_BROWSER: &str = "browser";

/// The parts in the order of a whole run.
const PARTS: [Part; 7] = [
    Part::new("fmt", false, fmt),
    Part::new("clippy", false, clippy),
    Part::new("unit", false, unit),
    Part::new(IN_BROWSER, true, in_browser),
    Part::new("size", false, weigh),
    Part::new("e2e", true, end_to_end),
    Part::new("package", true, package),
];

#[derive(Clone, Copy)]
struct Part {
    name: &'static str,
    needs_browser: bool,
    work: fn() -> Result<()>,
}

impl Part {
    const fn new(name: &'static str, needs_browser: bool, work: fn() -> Result<()>) -> Self {
        Self { name, needs_browser, work }
    }
}

/// Which parts are to run.
#[derive(Debug, Default, PartialEq)]
pub struct Plan {
    only: Option<&'static str>,
    no_browser: bool,
}

impl Plan {
    /// Reads `[PART] [--no-browser]`.
    pub fn parse(options: &[String]) -> Result<Self> {
        let mut plan = Self::default();
        for option in options {
            match PARTS.iter().find(|part| part.name == option) {
                Some(part) if plan.only.is_none() => plan.only = Some(part.name),
                None if option == "--no-browser" => plan.no_browser = true,
                _ => bail!("`{option}`: expected one part of {}, or --no-browser", names()),
            }
        }
        Ok(plan)
    }
}

/// Runs the parts; a failed one does not keep the later ones from running. The last line tells how many passed.
pub fn run(plan: &Plan) -> Result<ExitCode> {
    install::everything()?;
    let mut lines = Vec::new();
    let (mut passed, mut failed) = (0, 0);
    for part in PARTS.iter().filter(|part| plan.only.is_none_or(|only| only == part.name)) {
        if let Some(reason) = left_out(part, plan) {
            lines.push(format!("{:<8} left out: {reason}", part.name));
            continue;
        }
        println!("== {}", part.name);
        let start = Instant::now();
        let result = (part.work)();
        let took = seconds(start.elapsed());
        let outcome = if result.is_ok() { "passed" } else { "FAILED" };
        if let Err(error) = result {
            failed += 1;
            println!("{error:#}");
        } else {
            passed += 1;
        }
        println!("== {}: {outcome} in {took}", part.name);
        lines.push(format!("{:<8} {outcome} {took:>8}", part.name));
    }
    println!("\n{}\n{passed} passed, {failed} failed", lines.join("\n"));
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn left_out(part: &Part, plan: &Plan) -> Option<&'static str> {
    if part.needs_browser && plan.no_browser {
        return Some("--no-browser");
    }
    let has_module_tests = project::root().join("tests").join("browser").is_dir();
    (part.name == IN_BROWSER && !has_module_tests).then_some("there is no tests/browser")
}

/// Takes pictures of every state of the widget.
pub fn screenshots() -> Result<()> {
    node("screenshots.mjs")
}

/// Measures the finder among 10 to 10,000 offerings.
pub fn bench() -> Result<()> {
    node("bench.mjs")
}

/// Goes through the checkout's states for ten minutes, then through a million schedules of faults against the sandbox's
/// router, then through those of the browser: `test` does some of each.
pub fn soak() -> Result<()> {
    cargo(&["run", "--release", "--package", "proof"])?;
    cargo(&["run", "--release", "--package", "proof", "--bin", "schedules", "--", "replay"])?;
    cargo(&["run", "--release", "--package", "proof", "--bin", "schedules"])?;
    let mut tests = end_to_end_command("npx")?;
    process::run(tests.args(["playwright", "test", "faults.spec.js", "schedules.spec.js"]).env("ESIM_ALL_FAULTS", "1"))
}

/// Changes the checkout's machine in one place at a time, and runs its tests each time: each change should be noticed.
pub fn mutants() -> Result<()> {
    install::one(&MUTANTS)?;
    let mut mutants = MUTANTS.command()?;
    mutants
        .current_dir(project::root())
        .args(["mutants", "--package", "esim-renewal", "--file", "src/app/checkout/**"])
        // Only what the machine's own tests say: the model check beside them would notice more, and takes a minute each time.
        .args(["--no-shuffle", "--baseline", "skip", "--timeout", "120", "--", "--lib", "app::checkout"]);
    process::run(&mut mutants)
}

fn node(script: &str) -> Result<()> {
    let mut node = end_to_end_command("node")?;
    process::run(node.arg(script))
}

fn cargo(arguments: &[&str]) -> Result<()> {
    process::run(process::cargo().current_dir(project::root()).args(arguments))
}

fn fmt() -> Result<()> {
    cargo(&["fmt", "--all", "--check"])
}

fn clippy() -> Result<()> {
    let deny = ["--", "--deny", "warnings"];
    cargo(&[&["clippy", "--quiet", "--workspace", "--all-targets"], &deny[..]].concat())?;
    let widget = ["clippy", "--quiet", "--package", "esim-renewal", "--lib", "--target", TARGET];
    cargo(&[&widget[..], &deny].concat())
}

fn unit() -> Result<()> {
    if process::find("cargo-nextest").is_none() {
        return cargo(&["test", "--quiet", "--workspace", "--no-fail-fast"]);
    }
    cargo(&["nextest", "run", "--workspace", "--no-fail-fast"])?;
    cargo(&["test", "--quiet", "--workspace", "--doc"])
}

fn in_browser() -> Result<()> {
    let browser = browser::ensure()?;
    let runner = WASM_BINDGEN.program()?.with_file_name("wasm-bindgen-test-runner");
    let mut test = process::cargo();
    test.current_dir(project::root())
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", browser.driver)
        // Not `--quiet`: cargo would hand it on to the runner, which does not know it.
        .args(["test", "--package", "esim-renewal", "--target", TARGET, "--test", "browser"]);
    process::run(&mut test)
}

fn weigh() -> Result<()> {
    trunk::dist()?;
    size::report(false)
}

fn end_to_end() -> Result<()> {
    let mut npx = end_to_end_command("npx")?;
    process::run(npx.args(["playwright", "test"]))
}

/// What is given away, in apps that know nothing else.
fn package() -> Result<()> {
    let mut npx = end_to_end_command("npx")?;
    package::write()?;
    npx.args(["playwright", "test", "--config", "../package/playwright.config.js"]);
    process::run(npx.env("ESIM_NPM", project::npm()).env("ESIM_SITE", project::site()))
}

/// A program in tests/e2e, with all that its tests need: the packages, `dist/`, the sandbox and a browser.
fn end_to_end_command(program: &str) -> Result<Command> {
    let folder = project::root().join("tests").join("e2e");
    if !folder.is_dir() {
        bail!("tests/e2e is not there");
    }
    let browser = browser::ensure()?;
    trunk::dist()?;
    run::build_programs()?;
    let find = |name| process::find(name).context("Node.js 20 or later with npm is needed");
    let mut npm = Command::new(find("npm")?);
    npm.current_dir(&folder).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").args(["ci", "--no-audit", "--no-fund"]);
    process::quiet(&mut npm)?;
    let mut command = Command::new(find(program)?);
    command
        .current_dir(&folder)
        .env("ESIM_SANDBOX", project::sandbox())
        .env("ESIM_PRERENDER", project::prerender())
        .env("ESIM_DIST", project::dist())
        .env("ESIM_CHROMIUM", browser.chromium);
    if let Some(firefox) = browser.firefox {
        command.env("ESIM_FIREFOX", firefox);
    }
    Ok(command)
}

fn names() -> String {
    PARTS.map(|part| part.name).join(", ")
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f32())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Option<Plan> {
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        Plan::parse(&words).ok()
    }

    #[test]
    fn a_run_is_planned_by_its_options() {
        assert_eq!(parse(&[]), Some(Plan::default()));
        let no_browser = true;
        assert_eq!(parse(&["--no-browser"]), Some(Plan { only: None, no_browser }));
        assert_eq!(parse(&["e2e", "--no-browser"]), Some(Plan { only: Some("e2e"), no_browser }));
        for wrong in [&["nothing"][..], &["fmt", "unit"], &["--browser"]] {
            assert_eq!(parse(wrong), None, "{wrong:?}");
        }
    }
}
