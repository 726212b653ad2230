//! Running other programs.

use anyhow::{Context, Result, bail};
use std::{
    env,
    ffi::OsStr,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// Runs to the end with this terminal; anything but success is an error that names the program.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| describe(command))?;
    if !status.success() {
        bail!("{} ended with {status}", describe(command));
    }
    Ok(())
}

/// Runs to the end in silence; what it wrote is shown only when it fails.
pub fn quiet(command: &mut Command) -> Result<String> {
    let Output { status, stdout, stderr } = command.stdin(Stdio::null()).output().with_context(|| describe(command))?;
    if !status.success() {
        bail!(
            "{} ended with {status}\n{}{}",
            describe(command),
            String::from_utf8_lossy(&stdout),
            String::from_utf8_lossy(&stderr)
        );
    }
    Ok(String::from_utf8_lossy(&stdout).into_owned())
}

/// The program of this name on PATH.
pub fn find(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .map(|dir| dir.join(format!("{program}{}", env::consts::EXE_SUFFIX)))
        .find(|path| path.is_file())
}

/// PATH with these folders before all others.
pub fn path_with(first: &[&Path]) -> Result<std::ffi::OsString> {
    let rest = env::var_os("PATH").unwrap_or_default();
    let all = first.iter().map(|dir| dir.to_path_buf()).chain(env::split_paths(&rest));
    env::join_paths(all).context("a folder whose name cannot stand in PATH")
}

/// Cargo: the one that started this program, or else the first on PATH.
pub fn cargo() -> Command {
    Command::new(env::var_os("CARGO").map(PathBuf::from).or_else(|| find("cargo")).unwrap_or_else(|| "cargo".into()))
}

fn describe(command: &Command) -> String {
    let arguments = command.get_args().map(OsStr::to_string_lossy);
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    [name.to_string_lossy()].into_iter().chain(arguments).collect::<Vec<_>>().join(" ")
}
