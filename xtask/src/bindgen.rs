//! What Trunk finds under the name `wasm-bindgen`: it splits the module at its lazy functions, then calls the real one.

use crate::{
    process, project,
    tools::{WASM_BINDGEN, WASM_SPLIT},
};
use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The name of the module, and of its glue and its sheet where they are pieces: `widget.wasm`, `widget.js`, `widget.css`.
pub const NAME: &str = "widget";

/// The script of the splitting, which loads the parts.
pub const SPLIT_SCRIPT: &str = "__wasm_split.js";

/// The folder with the pieces: the glue and all parts of the module.
pub fn pieces() -> PathBuf {
    project::scratch().join("pieces")
}

/// Takes the arguments that Trunk gives to wasm-bindgen and leaves [`pieces`].
pub fn wrap(words: &[String]) -> Result<()> {
    let Some(call) = Call::parse(words) else {
        return process::run(WASM_BINDGEN.command()?.args(words));
    };
    let (split, pieces) = (project::scratch().join("split"), pieces());
    for dir in [&split, &pieces] {
        renew(dir)?;
    }
    let mut splitting = WASM_SPLIT.command()?;
    splitting.arg(call.module).arg(&split).args(["--target", "web", "--out-name", NAME]);
    process::quiet(&mut splitting)?;

    let mut binding = WASM_BINDGEN.command()?;
    binding
        .args(["--target", "web", "--no-typescript", "--omit-default-module-path"])
        // The parts share the table, the memory and the stack pointer by these exports.
        .arg("--keep-lld-exports")
        .args(["--out-name", NAME, "--out-dir"])
        .arg(&pieces)
        .arg(split.join(format!("{NAME}.wasm")));
    process::quiet(&mut binding)?;

    let main = pieces.join(format!("{NAME}.wasm"));
    fs::rename(pieces.join(format!("{NAME}_bg.wasm")), &main)?;
    for entry in fs::read_dir(&split)? {
        let path = entry?.path();
        if let Some(name) = path.file_name().filter(|name| *name != main.file_name().unwrap_or_default()) {
            fs::copy(&path, pieces.join(name))?;
        }
    }
    // Trunk wants to see its two files; the hook at the end of its build replaces them by the pieces.
    fs::copy(pieces.join(format!("{NAME}.js")), call.out_dir.join(format!("{}.js", call.out_name)))?;
    fs::copy(&main, call.out_dir.join(format!("{}_bg.wasm", call.out_name)))?;
    Ok(())
}

/// Makes an empty folder.
pub fn renew(dir: &Path) -> Result<()> {
    if dir.exists() {
        fs::remove_dir_all(dir).with_context(|| format!("clearing {}", dir.display()))?;
    }
    fs::create_dir_all(dir).with_context(|| format!("creating {}", dir.display()))
}

/// The part of wasm-bindgen's command line that matters here.
#[derive(Debug, PartialEq)]
struct Call<'a> {
    module: &'a Path,
    out_dir: &'a Path,
    out_name: &'a str,
}

impl<'a> Call<'a> {
    /// `None` when nothing is to be bound, as in `wasm-bindgen --version`.
    fn parse(words: &'a [String]) -> Option<Self> {
        let option = |name| words.iter().find_map(|word| word.strip_prefix(name));
        let module = words.iter().find(|word| !word.starts_with('-'))?;
        Some(Self {
            module: Path::new(module),
            out_dir: Path::new(option("--out-dir=")?),
            out_name: option("--out-name=")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_call_is_read_as_trunk_writes_it() {
        let words = ["--target=web", "--out-dir=/out", "--out-name=esim", "/in/a.wasm", "--no-typescript"];
        let words = words.map(String::from);
        let expected = Call { module: Path::new("/in/a.wasm"), out_dir: Path::new("/out"), out_name: "esim" };
        assert_eq!(Call::parse(&words), Some(expected));
        assert_eq!(Call::parse(&["--version".to_owned()]), None);
    }
}
