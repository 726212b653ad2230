//! The scripts: joined and minified.

use crate::{
    bindgen::{NAME, SPLIT_SCRIPT},
    process,
    tools::ESBUILD,
};
use anyhow::{Context, Result};
use std::{collections::BTreeMap, fs, path::Path};

/// What the minified scripts may use.
const BROWSERS: &str = "--target=chrome123,firefox128,safari17.5";

/// What the loader takes from the glue. All else is dropped, and with it what only it needs of the module.
const ENTRY: &str = "export { default, mount } from ";

/// One minified file of the glue of wasm-bindgen and that of the splitting: one request less, and one script that a second
/// attempt to load can ask for under another address.
pub fn glue(pieces: &Path, parts: &BTreeMap<String, String>) -> Result<String> {
    let rewrite = |name: &str, change: &dyn Fn(String) -> String| -> Result<()> {
        let path = pieces.join(name);
        let text = fs::read_to_string(&path).with_context(|| format!("the module has no {name}"))?;
        fs::write(&path, change(text)).with_context(|| format!("writing {name}"))
    };
    rewrite(SPLIT_SCRIPT, &|text| {
        parts.iter().fold(text, |text, (old, new)| text.replace(&format!("\"./{old}\""), &format!("\"./{new}\"")))
    })?;
    rewrite(&format!("{NAME}.js"), &|text| droppable(&text))?;
    let entry = pieces.join("entry.js");
    fs::write(&entry, format!("{ENTRY}\"./{NAME}.js\";\n"))?;
    esbuild(&entry, &["--bundle"])
}

/// One script, minified.
pub fn minify(script: &Path) -> Result<String> {
    esbuild(script, &[])
}

/// The names and keywords in a script.
pub fn words(script: &str) -> impl Iterator<Item = &str> {
    script.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))
}

/// Classes that crates export to JavaScript are kept alive by two statements each, which look like effects and are none here.
fn droppable(glue: &str) -> String {
    let lines = glue.lines().filter(|line| !line.starts_with("if (Symbol.dispose)"));
    let kept: Vec<&str> = lines.collect();
    kept.join("\n").replace("new FinalizationRegistry(", "/* @__PURE__ */ new FinalizationRegistry(")
}

fn esbuild(script: &Path, more: &[&str]) -> Result<String> {
    let mut esbuild = ESBUILD.command()?;
    esbuild
        .arg(script)
        .args(["--minify", "--format=esm", "--charset=utf8", "--legal-comments=none"])
        // One function of each part is imported under the same module name: a repeated key, with the same value.
        .args(["--log-level=warning", "--log-override:duplicate-object-key=silent"])
        .arg(BROWSERS)
        .args(more);
    process::quiet(&mut esbuild)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unused_classes_can_be_dropped() {
        let glue = "class A {}\nif (Symbol.dispose) A.prototype[Symbol.dispose] = A.prototype.free;\nconst F = new FinalizationRegistry(a);";
        let expected = "class A {}\nconst F = /* @__PURE__ */ new FinalizationRegistry(a);";
        assert_eq!(droppable(glue), expected);
    }

    #[test]
    fn names_are_found_wherever_they_stand() {
        let found: Vec<&str> = words("let{memory:t}=L(void 0);i.__wbg_a_free($x)").filter(|w| !w.is_empty()).collect();
        assert_eq!(found, ["let", "memory", "t", "L", "void", "0", "i", "__wbg_a_free", "$x"]);
    }
}
