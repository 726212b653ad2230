//! The tools of the build: their versions stand here and nowhere else.

use crate::process;
use anyhow::{Context, Result};
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// The compilation target of the widget.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Builds the HTML target.
pub const TRUNK: Tool = Tool {
    name: "trunk",
    version: "0.21.14",
    origin: Origin::Crate { options: &["--locked", "--no-default-features"], binary: "trunk" },
    takes: "about 3 minutes",
};

/// Writes the JavaScript side of the module. The same version as the crate `wasm-bindgen` in Cargo.toml.
pub const WASM_BINDGEN: Tool = Tool {
    name: "wasm-bindgen-cli",
    version: "0.2.130",
    // Not `--locked`: its lock file names a crate version that was withdrawn.
    origin: Origin::Crate { options: &["--no-default-features"], binary: "wasm-bindgen" },
    takes: "about a minute",
};

/// Cuts the module at its lazy functions. Must understand the `wasm_split_helpers` that Leptos brings.
pub const WASM_SPLIT: Tool = Tool {
    name: "wasm_split_cli_support",
    version: "0.2.4",
    origin: Origin::Crate { options: &["--features", "build-binary"], binary: "wasm-split-cli" },
    takes: "about a minute",
};

/// Has `wasm-opt`. Older ones (Debian 12's 108) write modules that fail at run time.
pub const BINARYEN: Tool =
    Tool { name: "binaryen", version: "132.0.0", origin: Origin::Npm { script: "wasm-opt" }, takes: "a few seconds" };

/// Joins and minifies the JavaScript.
pub const ESBUILD: Tool =
    Tool { name: "esbuild", version: "0.28.2", origin: Origin::Npm { script: "esbuild" }, takes: "a few seconds" };

/// Changes the code in one place at a time, to see whether a test notices. Installed when it is first asked for.
pub const MUTANTS: Tool = Tool {
    name: "cargo-mutants",
    version: "27.1.0",
    origin: Origin::Crate { options: &["--locked"], binary: "cargo-mutants" },
    takes: "about 3 minutes",
};

/// All that the build needs, the quick ones first.
pub const ALL: [Tool; 5] = [BINARYEN, ESBUILD, WASM_SPLIT, WASM_BINDGEN, TRUNK];

/// A program at one version.
#[derive(Clone, Copy)]
pub struct Tool {
    /// Its name where it comes from.
    pub name: &'static str,
    /// The one version that is used.
    pub version: &'static str,
    /// Where it comes from.
    pub origin: Origin,
    /// How long the installation takes on a small machine.
    pub takes: &'static str,
}

/// Where a tool comes from.
#[derive(Clone, Copy)]
pub enum Origin {
    /// Built by `cargo install`.
    Crate {
        /// Options for `cargo install`.
        options: &'static [&'static str],
        /// The program.
        binary: &'static str,
    },
    /// A package of npm, run by node.
    Npm {
        /// The script in its `bin`.
        script: &'static str,
    },
}

impl Tool {
    /// The folder of this tool at this version. It is there only when the installation is complete.
    pub fn home(&self) -> Result<PathBuf> {
        Ok(cache()?.join(format!("{}-{}", self.name, self.version)))
    }

    /// The program itself.
    pub fn program(&self) -> Result<PathBuf> {
        let home = self.home()?;
        Ok(match self.origin {
            Origin::Crate { binary, .. } => home.join("bin").join(format!("{binary}{}", env::consts::EXE_SUFFIX)),
            Origin::Npm { script } => home.join("node_modules").join(self.name).join("bin").join(script),
        })
    }

    /// A call of the program, to be given its arguments.
    pub fn command(&self) -> Result<Command> {
        let program = self.program()?;
        Ok(match self.origin {
            Origin::Crate { .. } => Command::new(program),
            Origin::Npm { .. } => {
                let node = process::find("node").context("node is not on PATH")?;
                let mut command = Command::new(node);
                command.arg(program);
                command
            }
        })
    }
}

/// The folder that keeps the tools between builds: `$ESIM_TOOLS`, or `esim-renewal` in the user's cache.
pub fn cache() -> Result<PathBuf> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty());
    place(
        set("ESIM_TOOLS").as_deref().map(Path::new),
        set("XDG_CACHE_HOME").as_deref().map(Path::new),
        env::home_dir().as_deref(),
    )
    .context("no place for the tools: set ESIM_TOOLS to a folder")
}

fn place(tools: Option<&Path>, caches: Option<&Path>, home: Option<&Path>) -> Option<PathBuf> {
    tools.map(Path::to_path_buf).or_else(|| {
        let caches = caches.map_or_else(|| home.map(|home| home.join(".cache")), |dir| Some(dir.into()));
        caches.map(|dir| dir.join("esim-renewal"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tools_go_where_they_are_told_and_else_into_the_cache() {
        let [a, b, c] = ["/a", "/b", "/c"].map(|path| Some(Path::new(path)));
        assert_eq!(place(a, b, c), Some("/a".into()));
        assert_eq!(place(None, b, c), Some("/b/esim-renewal".into()));
        assert_eq!(place(None, None, c), Some("/c/.cache/esim-renewal".into()));
        assert_eq!(place(None, None, None), None);
    }

    #[test]
    fn the_glue_is_written_by_the_version_that_the_widget_links() {
        let manifest = include_str!("../../Cargo.toml");
        let pinned = format!("wasm-bindgen = \"={}\"", WASM_BINDGEN.version);
        assert!(manifest.contains(&pinned), "Cargo.toml lacks {pinned}");
    }
}
