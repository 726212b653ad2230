//! The files of a build: naming them by their content and compressing them.

use crate::{
    compress,
    rename::{self, Names},
};
use anyhow::{Context, Result};
use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

/// The loader: the one script whose address carriers write into their pages.
pub const LOADER: &str = "esim-renewal.js";
/// The style of prerendered offers: the one sheet whose address carriers write into their pages.
pub const PRERENDERED: &str = "prerendered.css";

/// Files whose references to others are followed.
const TEXTS: [&str; 7] = ["html", "js", "css", "json", "svg", "webmanifest", "txt"];

/// Names each file by its content, but for those that are asked for by a fixed name, and rewrites the references.
pub fn fingerprint(dir: &Path) -> Result<()> {
    let mut names = Names::new();
    let mut texts = BTreeMap::new();
    for name in list(dir)? {
        let content = fs::read(dir.join(&name))?;
        match String::from_utf8(content) {
            Ok(text) if is_one_of(&name, &TEXTS) => drop(texts.insert(name, text)),
            Ok(text) => name_it(&name, text.as_bytes(), &mut names),
            Err(binary) => name_it(&name, binary.as_bytes(), &mut names),
        }
    }
    for name in rename::order(&hashed_only(&texts))? {
        let text = rename::rewrite(&texts[&name], &names);
        name_it(&name, text.as_bytes(), &mut names);
        texts.insert(name, text);
    }
    for (name, text) in &texts {
        let text = if is_fixed(name) { rename::rewrite(text, &names) } else { text.clone() };
        fs::write(dir.join(name), text)?;
    }
    for (old, new) in &names {
        fs::rename(dir.join(old), dir.join(new))?;
    }
    Ok(())
}

fn name_it(name: &str, content: &[u8], names: &mut Names) {
    if !is_fixed(name) {
        names.insert(name.to_owned(), rename::hashed(name, content));
    }
}

fn hashed_only(texts: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    texts.iter().filter(|(name, _)| !is_fixed(name)).map(|(name, text)| (name.clone(), text.clone())).collect()
}

/// Pages and what pages load are asked for by name, and a `.json` is the deployer's to edit.
fn is_fixed(name: &str) -> bool {
    [LOADER, PRERENDERED].contains(&name) || is_one_of(name, &["html", "json", "txt", "ico"])
}

/// Lays a `.br` and a `.gz` beside each file that gains by it.
pub fn compress(dir: &Path) -> Result<()> {
    for name in list(dir)? {
        if is_one_of(&name, &TEXTS) || is_one_of(&name, &["wasm"]) {
            let content = fs::read(dir.join(&name))?;
            fs::write(dir.join(format!("{name}.br")), compress::brotli(&content)?)?;
            fs::write(dir.join(format!("{name}.gz")), compress::gzip(&content)?)?;
        }
    }
    Ok(())
}

/// The files in a folder and those below it, as sorted relative names with `/`.
pub fn list(dir: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = vec![dir.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                let parts = path.strip_prefix(dir)?.iter().map(OsStr::to_string_lossy);
                found.push(parts.collect::<Vec<_>>().join("/"));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Whether the name ends in one of these extensions.
pub fn is_one_of(name: &str, extensions: &[&str]) -> bool {
    Path::new(name).extension().is_some_and(|extension| extensions.iter().any(|known| extension == *known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_keep_their_names_and_follow_the_new_ones() {
        let dir = std::env::temp_dir().join(format!("xtask-assets-{}", std::process::id()));
        fs::create_dir_all(&dir).unwrap();
        let write = |name: &str, text: &str| fs::write(dir.join(name), text).unwrap();
        write("index.html", "<script src=\"esim-renewal.js\"></script><x config=\"carrier.json\">");
        write("carrier.json", "{}");
        write(LOADER, "import('./widget.js')");
        write("widget.js", "fetch('./late.wasm')");
        write("late.wasm", "\0asm");
        write(PRERENDERED, "ul { padding: 0 }");
        fingerprint(&dir).unwrap();
        let names = list(&dir).unwrap();
        let read = |name: &str| fs::read_to_string(dir.join(name)).unwrap();
        let (page, loader, glue) = (read("index.html"), read(LOADER), read(&names[5]));
        fs::remove_dir_all(&dir).unwrap();

        assert_eq!(names[..3], ["carrier.json", LOADER, "index.html"]);
        assert!(page.contains("\"esim-renewal.js\"") && page.contains("\"carrier.json\""));
        assert_eq!(loader, format!("import('./{}')", names[5]));
        assert_eq!(glue, format!("fetch('./{}')", names[3]));
        let plain: Vec<_> = names.iter().map(|name| rename::plain(name)).collect();
        assert_eq!(plain[3..], ["late.wasm", PRERENDERED, "widget.js"]);
        assert_eq!(names[4], PRERENDERED);
    }
}
