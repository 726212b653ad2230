//! The last step of Trunk's build: the pieces are optimised, minified, named by their content and compressed.

use crate::{
    assets::{self, LOADER},
    bindgen::{self, NAME},
    css, process, project,
    tools::{BINARYEN, ESBUILD},
};
use anyhow::{Context, Result, bail};
use std::{env, fs, path::Path};

/// What Rust's compiler uses beyond the first WebAssembly. Asking for all features would write modules that fail.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What the minified scripts may use.
const BROWSERS: &str = "--target=chrome123,firefox120,safari17.5";

/// Works on the folder that Trunk names in the environment.
pub fn from_trunk() -> Result<()> {
    let stage = env::var_os("TRUNK_STAGING_DIR").context("`finish` is called by Trunk only")?;
    finish(Path::new(&stage))
}

fn finish(stage: &Path) -> Result<()> {
    for name in [LOADER, "esim-renewal_bg.wasm"] {
        fs::remove_file(stage.join(name)).context("Trunk left no module")?;
    }
    let pieces = bindgen::pieces();
    let renamed = parts(&pieces, stage)?;
    glue(&pieces, &renamed, stage)?;

    let root = project::root();
    minify(&root.join("src/hosts").join(LOADER), &stage.join(LOADER), &[])?;
    for (source, name) in [("style/index.css", "widget.css"), ("style/page.css", "page.css")] {
        let source = root.join(source);
        if source.exists() {
            fs::write(stage.join(name), css::bundle(&source)?)?;
        }
    }
    assets::fingerprint(stage)?;
    assets::compress(stage)
}

/// Optimises each part of the module into the stage. Returns the parts' old and new names.
fn parts(pieces: &Path, stage: &Path) -> Result<Vec<(String, String)>> {
    let mut names = Vec::new();
    for old in assets::list(pieces)?.into_iter().filter(|name| assets::is_one_of(name, &["wasm"])) {
        let new = readable(&old);
        if names.iter().any(|(_, taken)| *taken == new) {
            bail!("two parts of the module would be named {new}");
        }
        let mut optimiser = BINARYEN.command()?;
        optimiser
            .arg(pieces.join(&old))
            .args(FEATURES)
            .args(["-Oz", "--strip-debug", "--strip-producers", "-o"])
            .arg(stage.join(&new));
        process::quiet(&mut optimiser)?;
        names.push((old, new));
    }
    Ok(names)
}

/// `split_checkout.wasm` → `checkout.wasm`, and without the digits that `#[lazy]` adds to a function's name.
fn readable(name: &str) -> String {
    let stem = name.strip_suffix(".wasm").unwrap_or(name);
    let stem = stem.strip_prefix("split_").unwrap_or(stem);
    let stem = match stem.rsplit_once('_') {
        Some((front, digits)) if digits.len() > 9 && digits.bytes().all(|b| b.is_ascii_digit()) => front,
        _ => stem,
    };
    format!("{stem}.wasm")
}

/// Joins the glue of wasm-bindgen and that of the splitting into one file: one request less, and one module that a
/// second attempt to load can ask for under another address.
fn glue(pieces: &Path, renamed: &[(String, String)], stage: &Path) -> Result<()> {
    let splitting = pieces.join("__wasm_split.js");
    let mut text = fs::read_to_string(&splitting).context("the module was not split")?;
    for (old, new) in renamed {
        text = text.replace(&format!("\"./{old}\""), &format!("\"./{new}\""));
    }
    fs::write(&splitting, text)?;
    let script = format!("{NAME}.js");
    minify(&pieces.join(&script), &stage.join(&script), &["--bundle"])
}

fn minify(source: &Path, target: &Path, more: &[&str]) -> Result<()> {
    let mut esbuild = ESBUILD.command()?;
    esbuild
        .arg(source)
        .args(["--minify", "--format=esm", "--charset=utf8", "--legal-comments=none", "--log-level=warning"])
        .arg(BROWSERS)
        .args(more)
        .arg(format!("--outfile={}", target.display()));
    process::quiet(&mut esbuild).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_names_that_people_can_read() {
        assert_eq!(readable("split_checkout.wasm"), "checkout.wasm");
        assert_eq!(readable("split_check_out_11873045228713344444.wasm"), "check_out.wasm");
        assert_eq!(readable("chunk_3.wasm"), "chunk_3.wasm");
        assert_eq!(readable("widget.wasm"), "widget.wasm");
    }
}
