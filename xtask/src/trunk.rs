//! The build of `dist/`, by Trunk.

use crate::{bindgen, install, process, project, tools};
use anyhow::{Context, Result, bail};
use std::{
    env,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicBool, Ordering},
};

/// Builds `dist/` anew, once in a run of this program. What was there stays when the build fails.
pub fn dist() -> Result<()> {
    static BUILT: AtomicBool = AtomicBool::new(false);
    if !BUILT.load(Ordering::Relaxed) {
        build()?;
        BUILT.store(true, Ordering::Relaxed);
    }
    Ok(())
}

fn build() -> Result<()> {
    fs::create_dir_all(project::target())?;
    let lock = File::create(project::target().join("widget.lock"))?;
    lock.lock().context("waiting for another build of dist/")?;
    install::everything()?;
    // Trunk works offline, so that it downloads no tools; the crates must be here before.
    process::run(
        unlocked(&mut process::cargo())
            .current_dir(project::root())
            .args(["fetch", "--quiet", "--target=wasm32-unknown-unknown"])
            .args(BUILD_STD),
    )?;

    let bin = project::scratch().join("bin");
    disguise(&bin)?;
    let next = project::scratch().join("dist");
    bindgen::renew(&next)?;
    let trunk = tools::TRUNK.program()?;
    let mut build = Command::new(&trunk);
    build
        .current_dir(project::root())
        .args(["build", "--release", "--dist"])
        .arg(&next)
        .env("PATH", process::path_with(&[&bin])?)
        // The disguise must find the real one, and never itself, also where this program was not started by cargo.
        .env("CARGO", process::cargo().get_program())
        .env("RUST_BACKTRACE", "0")
        .env("RUST_LOG", "warn")
        // Trunk reads a bare NO_COLOR=1 as a wrong value for its own option.
        .env_remove("NO_COLOR");
    process::run(&mut build)?;

    let dist = project::dist();
    if dist.exists() {
        fs::remove_dir_all(&dist).context("clearing dist/")?;
    }
    fs::rename(&next, &dist).context("moving the finished dist/ to its place")
}

/// Takes the arguments that Trunk gives to cargo. A crate that is built as a library for Rust in the same go would lose its
/// link-time optimisation, and with it a sixth of the bytes: only the module is asked for.
pub fn cargo(words: &[String]) -> Result<()> {
    let mut cargo = process::cargo();
    cargo.args(module_only(words));
    if words.first().is_some_and(|command| command == "build") {
        cargo.args(BUILD_STD).env("CARGO_ENCODED_RUSTFLAGS", rustflags()?.join("\u{1f}")).env_remove("RUSTFLAGS");
    }
    process::run(unlocked(&mut cargo))
}

/// The standard library is built with the module, for size: stable's own sources with the flags of `rustflags`.
const BUILD_STD: [&str; 2] = ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];

/// Lets stable's own compiler take flags that are not stable yet.
fn unlocked(command: &mut Command) -> &mut Command {
    command.env("RUSTC_BOOTSTRAP", "1")
}

fn module_only(words: &[String]) -> Vec<&str> {
    match words.split_first() {
        Some((command, options)) if command == "build" => {
            ["rustc", "--lib", "--crate-type", "cdylib"].into_iter().chain(options.iter().map(String::as_str)).collect()
        }
        _ => words.iter().map(String::as_str).collect(),
    }
}

/// Puts this program where Trunk looks for cargo, for wasm-bindgen and for the hook.
fn disguise(bin: &Path) -> Result<()> {
    bindgen::renew(bin)?;
    let this = env::current_exe()?;
    for name in ["cargo", "wasm-bindgen", "xtask"] {
        let copy = bin.join(format!("{name}{}", env::consts::EXE_SUFFIX));
        if fs::hard_link(&this, &copy).is_err() {
            fs::copy(&this, &copy)?;
        }
    }
    Ok(())
}

/// Flags for the widget's module alone: what the splitting needs, and no path of this machine in the file.
fn rustflags() -> Result<Vec<String>> {
    let mut flags = vec![
        "-Clink-args=--emit-relocs".to_owned(),
        "--cfg=erase_components".to_owned(),
        "-Zunstable-options".to_owned(),
        "-Cpanic=immediate-abort".to_owned(),
        "-Zlocation-detail=none".to_owned(),
        "-Zfmt-debug=none".to_owned(),
    ];
    let cargo_home =
        env::var_os("CARGO_HOME").map(Into::into).or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let sources = cargo_home.map(|home: PathBuf| home.join("registry").join("src"));
    if let Some(entries) = sources.and_then(|dir| fs::read_dir(dir).ok()) {
        for entry in entries {
            flags.push(remap(&entry?.path(), ""));
        }
    }
    flags.push(remap(project::root(), ""));
    let rustc = |arguments: &[&str]| process::quiet(Command::new("rustc").args(arguments));
    let sysroot = rustc(&["--print", "sysroot"])?;
    let library = Path::new(sysroot.trim()).join("lib/rustlib/src/rust");
    let version = rustc(&["-vV"])?;
    let Some(commit) = version.lines().find_map(|line| line.strip_prefix("commit-hash: ")) else {
        bail!("rustc -vV names no commit");
    };
    flags.push(remap(&library, &format!("/rustc/{commit}")));
    Ok(flags)
}

fn remap(from: &Path, to: &str) -> String {
    format!("--remap-path-prefix={}={to}", from.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_makes_the_module_and_nothing_beside_it() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let build = words("build --target=wasm32-unknown-unknown --offline");
        let expected = "rustc --lib --crate-type cdylib --target=wasm32-unknown-unknown --offline";
        assert_eq!(module_only(&build), words(expected));
        assert_eq!(module_only(&words("metadata --offline")), words("metadata --offline"));
    }
}
