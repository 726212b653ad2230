//! The folder that `npm pack` and `npm publish` take.

use super::{INTEGRITY, LICENSES, VERSION, hashes, is_widgets, read};
use crate::{
    assets::{self, LOADER, PRERENDERED},
    bindgen, project,
};
use anyhow::{Context, Result, bail};
use std::{collections::BTreeMap, fs, path::Path};

/// The description of the package, in `package/`. What else lies there is given away as it is.
const MANIFEST: &str = "package.json";

/// Stands in the description, for the version that Cargo.toml has.
const NO_VERSION: &str = "\"version\": \"0.0.0\"";

pub(super) fn write(dist: &Path, to: &Path) -> Result<()> {
    bindgen::renew(to)?;
    let mut files = BTreeMap::new();
    for name in assets::list(dist)?.into_iter().filter(|name| is_widgets(name)) {
        let content = read(&dist.join(&name))?;
        let content = if name == LOADER { for_bundlers(&String::from_utf8(content)?)?.into_bytes() } else { content };
        files.insert(name, content);
    }
    let hashes = hashes(files.iter().map(|(name, content)| (name.as_str(), content.as_slice())))?;
    files.insert(INTEGRITY.to_owned(), hashes);

    let (root, package) = (project::root(), project::root().join("package"));
    for name in assets::list(&package)? {
        let content = read(&package.join(&name))?;
        let content = if name == MANIFEST { with_version(&String::from_utf8(content)?)?.into_bytes() } else { content };
        files.insert(name, content);
    }
    for name in LICENSES {
        files.insert(name.to_owned(), read(&root.join(name))?);
    }
    files.insert(PRERENDERED.to_owned(), read(&dist.join(PRERENDERED))?);
    for (name, content) in files {
        fs::write(to.join(&name), content).with_context(|| format!("writing {name}"))?;
    }
    Ok(())
}

/// Bundlers take `new URL("./…", import.meta.url)` for a file of the app's. Vite would put small ones into the script, as
/// `data:` addresses that a strict policy forbids to fetch: this word of its own keeps them files. Elsewhere it is a query
/// that means nothing.
fn for_bundlers(script: &str) -> Result<String> {
    const FILE: &str = ".wasm\",import.meta.url)";
    if !script.contains(FILE) {
        bail!("the loader asks for no part of the module in the form that bundlers understand");
    }
    Ok(script.replace(FILE, ".wasm?no-inline\",import.meta.url)"))
}

fn with_version(manifest: &str) -> Result<String> {
    if !manifest.contains(NO_VERSION) {
        bail!("package/{MANIFEST} has no {NO_VERSION}");
    }
    Ok(manifest.replace(NO_VERSION, &format!("\"version\": \"{VERSION}\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stay_files_in_a_bundle() {
        let script = r#"fetch(new URL("./a.0.wasm",import.meta.url),{});fetch(new URL("./b.wasm",import.meta.url))"#;
        let kept = r#"fetch(new URL("./a.0.wasm?no-inline",import.meta.url),{});fetch(new URL("./b.wasm?no-inline",import.meta.url))"#;
        assert_eq!(for_bundlers(script).unwrap(), kept);
        assert!(for_bundlers("fetch(at('./a.wasm'))").is_err());
    }

    #[test]
    fn the_package_has_the_version_of_the_project() {
        let manifest = fs::read_to_string(project::root().join("package").join(MANIFEST)).unwrap();
        assert!(with_version(&manifest).unwrap().contains(&format!("\"version\": \"{VERSION}\"")));
        assert!(with_version("{}").is_err());
    }
}
