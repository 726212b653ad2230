//! The last step of Trunk's build: the pieces are optimised, minified, named by their content and compressed.

use crate::{
    assets::{self, LOADER},
    bindgen::{self, NAME},
    css, module, names, process, project, script, seal,
    tools::BINARYEN,
};
use anyhow::{Context, Result, bail};
use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::Path,
};

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

/// The style sheets of the pages, each with the name that it has in the build.
const SHEETS: [(&str, &str); 3] = [
    ("style/page.css", "page.css"),
    ("style/playground.css", "playground.css"),
    ("style/prerendered.css", assets::PRERENDERED),
];

/// What an editor and the playground read of the element.
const MANIFEST: &str = "custom-elements.json";

/// Works on the folder that Trunk names in the environment.
pub fn from_trunk() -> Result<()> {
    let stage = env::var_os("TRUNK_STAGING_DIR").context("`finish` is called by Trunk only")?;
    finish(Path::new(&stage))
}

fn finish(stage: &Path) -> Result<()> {
    for name in [LOADER, "esim-renewal_bg.wasm"] {
        fs::remove_file(stage.join(name)).context("Trunk left no module")?;
    }
    let root = project::root();
    let pieces = bindgen::pieces();
    let parts = parts(&pieces)?;
    shorten_names(&pieces)?;
    let script = script::join(&pieces, &parts, &css::bundle(&root.join("style/index.css"))?)?;

    let main = pieces.join(format!("{NAME}.wasm"));
    let asked_for: BTreeSet<&str> = script::words(&script).collect();
    let trimmed = module::keep(&fs::read(&main).context("the module is not there")?, |name| asked_for.contains(name))?;
    fs::write(&main, trimmed)?;
    let mut seals = BTreeMap::new();
    for (old, new) in &parts {
        let part = stage.join(new);
        optimise(&pieces.join(old), &part)?;
        seals.insert(new.clone(), seal::short(&fs::read(&part)?));
    }
    fs::write(stage.join(LOADER), script::seal(&script, &seals)?)?;
    for (source, name) in SHEETS {
        fs::write(stage.join(name), css::bundle(&root.join(source))?)?;
    }
    let manifest = root.join("package").join(MANIFEST);
    fs::copy(manifest, stage.join(MANIFEST)).context("copying the manifest for the playground")?;
    assets::fingerprint(stage)?;
    assets::compress(stage)
}

/// The parts of the module: their names as the splitting gave them, and the readable ones.
fn parts(pieces: &Path) -> Result<BTreeMap<String, String>> {
    let mut parts = BTreeMap::new();
    for old in assets::list(pieces)? {
        if assets::is_one_of(&old, &["wasm"]) {
            let new = readable(&old);
            if parts.values().any(|taken| *taken == new) {
                bail!("two parts of the module would be named {new}");
            }
            parts.insert(old, new);
        }
    }
    Ok(parts)
}

/// Shortens the names of what script and module give each other. The other parts get what they need from the module.
fn shorten_names(pieces: &Path) -> Result<()> {
    let [glue, module] = ["js", "wasm"].map(|kind| pieces.join(NAME).with_extension(kind));
    let script = fs::read_to_string(&glue).context("the module has no script")?;
    let shortened = names::shorten(&script);
    fs::write(&glue, names::replace(&script, &shortened))?;
    let renamed = module::rename(&fs::read(&module)?, |name| shortened.get(name).map(String::as_str))?;
    fs::write(&module, renamed)?;
    Ok(())
}

fn optimise(module: &Path, to: &Path) -> Result<()> {
    let mut optimiser = BINARYEN.command()?;
    optimiser.arg(module).args(FEATURES);
    optimiser.args(["-Oz", "--strip-debug", "--strip-producers", "-o"]).arg(to);
    process::quiet(&mut optimiser).map(drop)
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
