//! Installing what is missing, once, outside the target folder.

use crate::{
    process,
    tools::{self, Origin, TARGET, Tool},
};
use anyhow::{Context, Result, bail};
use std::{
    fs::{self, File},
    path::Path,
    process::Command,
    time::Instant,
};

/// A small optimisation and no link-time optimisation: the tools are built in half the time and are fast enough.
const QUICK: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
];

/// Installs all tools and the compilation target where they are not there yet.
pub fn everything() -> Result<()> {
    let cache = tools::cache()?;
    if is_complete()? {
        return Ok(());
    }
    fs::create_dir_all(&cache).with_context(|| format!("creating {}", cache.display()))?;
    let lock = File::create(cache.join("lock"))?;
    lock.lock().context("waiting for another installation")?;

    let steps = tools::ALL.len() + 1;
    println!("tools of the build, in {}", cache.display());
    step(1, steps, TARGET, has_target()?, "installing", "about a minute", add_target)?;
    for (index, tool) in tools::ALL.iter().enumerate() {
        let name = format!("{} {}", tool.name, tool.version);
        let doing = match tool.origin {
            Origin::Crate { .. } => "building",
            Origin::Npm { .. } => "fetching",
        };
        let there = tool.home()?.is_dir();
        step(index + 2, steps, &name, there, doing, tool.takes, || install(tool, &cache))?;
    }
    Ok(())
}

/// Installs one tool that the build does not need, where it is not there yet.
pub fn one(tool: &Tool) -> Result<()> {
    let cache = tools::cache()?;
    fs::create_dir_all(&cache).with_context(|| format!("creating {}", cache.display()))?;
    let lock = File::create(cache.join("lock"))?;
    lock.lock().context("waiting for another installation")?;
    let name = format!("{} {}", tool.name, tool.version);
    step(1, 1, &name, tool.home()?.is_dir(), "building", tool.takes, || install(tool, &cache))
}

fn is_complete() -> Result<bool> {
    for tool in &tools::ALL {
        if !tool.home()?.is_dir() {
            return Ok(false);
        }
    }
    has_target()
}

fn step(
    number: usize,
    steps: usize,
    name: &str,
    there: bool,
    doing: &str,
    takes: &str,
    work: impl FnOnce() -> Result<()>,
) -> Result<()> {
    if there {
        println!("[{number}/{steps}] {name}: there");
        return Ok(());
    }
    println!("[{number}/{steps}] {name}: {doing}, {takes}…");
    let start = Instant::now();
    work().with_context(|| format!("installing {name}"))?;
    println!("[{number}/{steps}] {name}: done in {:.0} s", start.elapsed().as_secs_f32());
    Ok(())
}

/// Whether the target is there, and the sources of the standard library.
fn has_target() -> Result<bool> {
    let mut rustc = Command::new("rustc");
    rustc.args(["--print", "target-libdir", "--target", TARGET]);
    let libraries = process::quiet(&mut rustc).context("Rust is needed: install it with rustup")?;
    let sources = process::quiet(Command::new("rustc").args(["--print", "sysroot"]))?;
    let sources = Path::new(sources.trim()).join("lib/rustlib/src/rust/library/Cargo.lock");
    Ok(Path::new(libraries.trim()).is_dir() && sources.is_file())
}

fn add_target() -> Result<()> {
    if process::find("rustup").is_none() {
        bail!("the Rust target {TARGET} or the component rust-src is missing, and there is no rustup to add it");
    }
    process::quiet(Command::new("rustup").args(["target", "add", TARGET]))?;
    // The standard library is built with the widget: from its sources.
    process::quiet(Command::new("rustup").args(["component", "add", "rust-src"])).map(drop)
}

/// Installs under a temporary name: what is interrupted is not taken for finished.
fn install(tool: &Tool, cache: &Path) -> Result<()> {
    let partial = cache.join(format!("{}-{}.partial", tool.name, tool.version));
    if partial.exists() {
        fs::remove_dir_all(&partial)?;
    }
    fs::create_dir_all(&partial)?;
    let package = format!("{}@{}", tool.name, tool.version);
    match tool.origin {
        Origin::Crate { options, .. } => {
            let build = partial.join("build");
            let mut cargo = process::cargo();
            cargo
                .current_dir(cache)
                .envs(QUICK)
                .env_remove("RUSTFLAGS")
                .env("CARGO_TARGET_DIR", &build)
                .arg("install")
                .arg(&package)
                .args(options)
                .arg("--root")
                .arg(&partial);
            process::quiet(&mut cargo)?;
            fs::remove_dir_all(&build)?;
        }
        Origin::Npm { .. } => {
            let npm = process::find("npm").context("Node.js 20 or later with npm is needed")?;
            fs::write(partial.join("package.json"), "{\"private\": true}\n")?;
            let mut npm = Command::new(npm);
            npm.current_dir(&partial)
                .args(["install", "--save-exact", "--ignore-scripts", "--no-audit", "--no-fund"])
                .arg(&package);
            process::quiet(&mut npm)?;
        }
    }
    fs::rename(&partial, tool.home()?).context("moving the finished tool to its place")
}
