//! Where things are.

use std::{
    env,
    path::{Path, PathBuf},
};

/// The folder of the workspace.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// The deployable folder.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// What is given away.
pub fn package() -> PathBuf {
    target().join("package")
}

/// The folder of the npm package.
pub fn npm() -> PathBuf {
    package().join("npm")
}

/// What the archive for static hosts has in it.
pub fn site() -> PathBuf {
    package().join("site")
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// What the build of the widget leaves between its steps.
pub fn scratch() -> PathBuf {
    target().join("widget")
}

/// The sandbox's program.
pub fn sandbox() -> PathBuf {
    program("sandbox")
}

/// The program that writes offers into pages.
pub fn prerender() -> PathBuf {
    program("prerender")
}

fn program(name: &str) -> PathBuf {
    target().join("debug").join(format!("{name}{}", env::consts::EXE_SUFFIX))
}
