//! The one script: the loader, the glue and the style sheet, joined and minified.

use crate::{
    assets::LOADER,
    bindgen::{NAME, SPLIT_SCRIPT},
    process, project,
    tools::ESBUILD,
};
use anyhow::{Context, Result, bail};
use std::{collections::BTreeMap, fs, path::Path};

/// What the minified scripts may use.
const BROWSERS: &str = "--target=chrome123,firefox128,safari17.5";

/// The loader with all that it imports: the glue of wasm-bindgen, that of the splitting, and the style sheet as text. What
/// the loader does not use is dropped, and with it what only that needs of the module.
pub fn join(pieces: &Path, parts: &BTreeMap<String, String>, sheet: &str) -> Result<String> {
    let rewrite = |name: &str, change: &dyn Fn(String) -> String| -> Result<()> {
        let path = pieces.join(name);
        let text = fs::read_to_string(&path).with_context(|| format!("the module has no {name}"))?;
        fs::write(&path, change(text)).with_context(|| format!("writing {name}"))
    };
    rewrite(SPLIT_SCRIPT, &|text| {
        parts.iter().fold(text, |text, (old, new)| text.replace(&format!("\"./{old}\""), &format!("\"./{new}\"")))
    })?;
    rewrite(&format!("{NAME}.js"), &|text| droppable(&text))?;
    fs::write(pieces.join(format!("{NAME}.css")), sheet)?;
    let loader = pieces.join(LOADER);
    fs::copy(project::root().join("src/hosts").join(LOADER), &loader).context("copying the loader to the pieces")?;
    minify(&loader)
}

/// Adds to each request for a part of the module the hash that its content must have ([Subresource Integrity]): a browser
/// gives no other content to the module.
///
/// [Subresource Integrity]: https://www.w3.org/TR/sri-2/
pub fn seal(script: &str, seals: &BTreeMap<String, String>) -> Result<String> {
    let mut sealed = script.to_owned();
    for (part, seal) in seals {
        let request = format!("fetch(new URL(\"./{part}\",import.meta.url)");
        if sealed.matches(&request).count() != 1 {
            bail!("the script does not ask for {part} once, as `{request}`");
        }
        sealed = sealed.replace(&request, &format!("{request},{{integrity:\"{seal}\"}}"));
    }
    match sealed.matches("fetch(new URL(").count() {
        asked if asked == seals.len() => Ok(sealed),
        asked => bail!("the script asks for {asked} files, and {} are known", seals.len()),
    }
}

/// The names and keywords in a script.
pub fn words(script: &str) -> impl Iterator<Item = &str> {
    script.split(|c| !is_in_word(c))
}

/// Whether a character stands in names and keywords.
pub fn is_in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

/// Classes that crates export to JavaScript are kept alive by two statements each, which look like effects and are none here.
fn droppable(glue: &str) -> String {
    let lines = glue.lines().filter(|line| !line.starts_with("if (Symbol.dispose)"));
    let kept: Vec<&str> = lines.collect();
    kept.join("\n").replace("new FinalizationRegistry(", "/* @__PURE__ */ new FinalizationRegistry(")
}

fn minify(script: &Path) -> Result<String> {
    let mut esbuild = ESBUILD.command()?;
    esbuild
        .arg(script)
        .args(["--bundle", "--minify", "--format=esm", "--loader:.css=text", "--charset=utf8", "--legal-comments=none"])
        // One function of each part is imported under the same module name: a repeated key, with the same value.
        .args(["--log-level=warning", "--log-override:duplicate-object-key=silent"])
        .arg(BROWSERS);
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
    fn each_part_is_asked_for_with_its_hash() {
        let seals = |names: &[&str]| names.iter().map(|name| ((*name).into(), format!("sha256-{name}"))).collect();
        let script = "fetch(new URL(\"./a.wasm\",import.meta.url));fetch(new URL(\"./b.wasm\",import.meta.url))";
        let sealed = "fetch(new URL(\"./a.wasm\",import.meta.url),{integrity:\"sha256-a.wasm\"});\
                      fetch(new URL(\"./b.wasm\",import.meta.url),{integrity:\"sha256-b.wasm\"})";
        assert_eq!(seal(script, &seals(&["a.wasm", "b.wasm"])).unwrap(), sealed);
        assert!(seal(script, &seals(&["a.wasm"])).is_err(), "a request without a hash");
        assert!(seal(script, &seals(&["a.wasm", "b.wasm", "c.wasm"])).is_err(), "a part that nothing asks for");
    }

    #[test]
    fn names_are_found_wherever_they_stand() {
        let found: Vec<&str> = words("let{memory:t}=L(void 0);i.__wbg_a_free($x)").filter(|w| !w.is_empty()).collect();
        assert_eq!(found, ["let", "memory", "t", "L", "void", "0", "i", "__wbg_a_free", "$x"]);
    }
}
