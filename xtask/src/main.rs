//! The commands of the project: `cargo xtask help` lists them.

mod assets;
mod bindgen;
mod browser;
mod budgets;
mod compress;
mod css;
mod finish;
mod install;
mod module;
mod names;
mod package;
mod prerender;
mod process;
mod project;
mod rename;
mod run;
mod script;
mod seal;
mod size;
mod suite;
mod surface;
mod tools;
mod trunk;

use anyhow::{Result, bail};
use std::{env, ffi::OsStr, path::Path, process::ExitCode};

const HELP: &str = "\
cargo xtask <command>

  run [--fresh] [SANDBOX OPTIONS]  build the widget and serve it with the sandbox carrier; Ctrl-C ends both
  dist                             build the deployable folder dist/, and from it target/package/: the folder of the npm
                                   package, and the archive for static hosts
  prerender --help                 write the carrier's offers as HTML and linked data into a page
  size [--record]                  what dist/ weighs, checked against xtask/budgets.toml; --record sets new records
  test [PART] [--no-browser]       what CI runs; PART is one of fmt, clippy, unit, browser, size, e2e, package
  bench                            how long finding takes among 10 to 10,000 offerings
  soak                             what `test` does some of: the checkout's states, schedules of faults, also in a browser
  mutants                          changes the checkout's machine in one place at a time: does a test notice?
  surface                          writes the tables of docs/element.md from package/custom-elements.json
  screenshots                      pictures of every state of the widget
  tools                            install what the build needs, and nothing else
";

fn main() -> ExitCode {
    match dispatch() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch() -> Result<ExitCode> {
    let mut words = env::args();
    let program = words.next().unwrap_or_default();
    let words: Vec<String> = words.collect();
    // Trunk calls these two by name, and this program stands in for them.
    match Path::new(&program).file_stem().and_then(OsStr::to_str) {
        Some("wasm-bindgen") => return bindgen::wrap(&words).map(|()| ExitCode::SUCCESS),
        Some("cargo") => return trunk::cargo(&words).map(|()| ExitCode::SUCCESS),
        _ => {}
    }
    let (command, options) = match words.split_first() {
        Some((command, options)) => (command.as_str(), options),
        None => ("help", &[][..]),
    };
    match command {
        "run" => run::run(options)?,
        "dist" => {
            accept(options, &[])?;
            trunk::dist()?;
            package::write()?;
        }
        "prerender" => prerender::run(options)?,
        "size" => {
            accept(options, &["--record"])?;
            trunk::dist()?;
            size::report(!options.is_empty())?;
        }
        "test" => return suite::run(&suite::Plan::parse(options)?),
        "surface" => {
            accept(options, &[])?;
            surface::write()?;
        }
        "screenshots" => {
            accept(options, &[])?;
            suite::screenshots()?;
        }
        "bench" => {
            accept(options, &[])?;
            suite::bench()?;
        }
        "soak" => {
            accept(options, &[])?;
            suite::soak()?;
        }
        "mutants" => {
            accept(options, &[])?;
            suite::mutants()?;
        }
        "tools" => {
            accept(options, &[])?;
            install::everything()?;
        }
        // Called by Trunk, with its staging folder in the environment.
        "finish" => finish::from_trunk()?,
        "help" | "--help" | "-h" => print!("{HELP}"),
        unknown => bail!("there is no command `{unknown}`\n\n{HELP}"),
    }
    Ok(ExitCode::SUCCESS)
}

/// Refuses an option that the command does not have.
fn accept(options: &[String], known: &[&str]) -> Result<()> {
    match options.iter().find(|o| !known.contains(&o.as_str())) {
        Some(unknown) => bail!("unknown option `{unknown}`\n\n{HELP}"),
        None => Ok(()),
    }
}
