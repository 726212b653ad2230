//! What a static host is given: the standalone page with the widget in `www/`, and beside it what is not served.

use super::{INTEGRITY, LICENSES, hashes, is_widgets, read};
use crate::{
    assets::{self, PRERENDERED},
    bindgen, project,
};
use anyhow::{Context, Result};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// What a deployer reads, and all that it links to.
const DOCS: [&str; 10] = [
    "docs/carrier-profile.md",
    "docs/element.md",
    "docs/examples/Caddyfile",
    "docs/examples/nginx.conf",
    "docs/hosting.md",
    "docs/landing.md",
    "docs/recipes.md",
    "docs/sign-in.md",
    "docs/standalone.md",
    "package/custom-elements.json",
];

/// The page that is served.
const PAGE: &str = "index.html";

/// All files by their names in the archive.
pub(super) fn files(dist: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let names = assets::list(dist)?;
    let mut contents = BTreeMap::new();
    for name in &names {
        contents.insert(name.as_str(), read(&dist.join(name))?);
    }
    let served = served(&contents);
    // What the deployer edits has no hash, and no compressed sibling that would be sent in its place.
    let is_edited = |name: &str| assets::is_one_of(name, &["html", "json"]);
    let built = served.iter().filter(|name| !is_edited(name)).map(|name| (*name, contents[name].as_slice()));
    let mut files = BTreeMap::from([(INTEGRITY.to_owned(), hashes(built)?)]);
    for name in served {
        let suffixes: &[&str] = if is_edited(name) { &[""] } else { &["", ".br", ".gz"] };
        for file in suffixes.iter().map(|suffix| format!("{name}{suffix}")) {
            if let Some(content) = contents.get(file.as_str()) {
                files.insert(format!("www/{file}"), content.clone());
            }
        }
    }
    files.insert(PRERENDERED.to_owned(), read(&dist.join(PRERENDERED))?);
    let root = project::root();
    for name in DOCS.into_iter().chain(LICENSES) {
        files.insert(name.to_owned(), read(&root.join(name))?);
    }
    Ok(files)
}

/// Writes the same files into a folder, in place of what was there.
pub(super) fn write(files: &BTreeMap<String, Vec<u8>>, to: &Path) -> Result<()> {
    bindgen::renew(to)?;
    for (name, content) in files {
        let path = to.join(name);
        let folder = path.parent().unwrap_or(to);
        fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
        fs::write(&path, content).with_context(|| format!("writing {name}"))?;
    }
    Ok(())
}

/// The page, the widget, and whatever the page names, or what that names. The demo's other pages are left out.
fn served<'a>(contents: &BTreeMap<&'a str, Vec<u8>>) -> BTreeSet<&'a str> {
    let mut served: BTreeSet<&str> =
        contents.keys().copied().filter(|name| *name == PAGE || is_widgets(name)).collect();
    let mut open: Vec<&str> = served.iter().copied().filter(|name| *name == PAGE).collect();
    while let Some(name) = open.pop() {
        let Ok(text) = std::str::from_utf8(&contents[name]) else { continue };
        for other in contents.keys().filter(|other| is_named(text, other)) {
            if served.insert(other) {
                open.push(other);
            }
        }
    }
    served
}

/// Whether a text names a file: between quotes, with or without `./`.
fn is_named(text: &str, file: &str) -> bool {
    ["\"", "\"./"].iter().any(|start| text.contains(&format!("{start}{file}\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_links_to_nothing_that_is_left_behind() {
        let root = project::root();
        for page in DOCS.into_iter().filter(|name| assets::is_one_of(name, &["md"])) {
            let text = fs::read_to_string(root.join(page)).unwrap();
            for link in text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
                if link.is_empty() || link.contains("://") {
                    continue;
                }
                let target = match link.strip_prefix("../") {
                    Some(above) => above.to_owned(),
                    None => format!("docs/{link}"),
                };
                assert!(DOCS.contains(&target.as_str()), "{page} links to {link}");
            }
        }
    }

    #[test]
    fn the_page_is_served_with_what_it_needs_and_no_other_page() {
        let contents = BTreeMap::from([
            ("a.wasm", b"\0asm".to_vec()),
            ("carrier.json", b"{}".to_vec()),
            ("embed.html", b"<script src=\"embed.js\"></script>".to_vec()),
            ("embed.js", Vec::new()),
            ("esim-renewal.js", Vec::new()),
            ("index.html", b"<link href=\"page.css\"><script src=\"page.js\"></script>".to_vec()),
            ("page.css", Vec::new()),
            ("page.js", b"import \"./words.js\"; fetch(\"carrier.json\")".to_vec()),
            ("words.js", Vec::new()),
        ]);
        let expected = ["a.wasm", "carrier.json", "esim-renewal.js", "index.html", "page.css", "page.js", "words.js"];
        assert_eq!(served(&contents).into_iter().collect::<Vec<_>>(), expected);
    }
}
