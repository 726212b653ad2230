//! What is given away: the folder of the npm package, and the archive for static hosts.

mod archive;
mod npm;
mod site;

use crate::{
    assets::{self, LOADER},
    project, seal,
};
use anyhow::{Context, Result};
use std::{collections::BTreeMap, fs, path::Path};

/// The version of all that is given away.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The list of hashes beside the files.
const INTEGRITY: &str = "integrity.json";

const LICENSES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// Makes both anew from `dist/`, in `target/package/`; the archive also as a folder.
pub fn write() -> Result<()> {
    let folder = project::package();
    fs::create_dir_all(&folder).with_context(|| format!("creating {}", folder.display()))?;
    npm::write(&project::dist(), &project::npm())?;
    let archive = folder.join(format!("esim-renewal-{VERSION}.zip"));
    let files = site::files(&project::dist())?;
    fs::write(&archive, archive::pack(&files)?).with_context(|| format!("writing {}", archive.display()))?;
    site::write(&files, &project::site())?;
    println!("npm package: {}\nfor static hosts: {}", project::npm().display(), archive.display());
    Ok(())
}

/// The script and the parts of the module, and nothing of the pages. Compressed siblings are left out.
fn is_widgets(name: &str) -> bool {
    name == LOADER || assets::is_one_of(name, &["wasm"])
}

/// The hash of each of these files, as JSON.
fn hashes<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Result<Vec<u8>> {
    let hashes: BTreeMap<&str, String> = files.into_iter().map(|(name, content)| (name, seal::of(content))).collect();
    let mut json = serde_json::to_vec_pretty(&hashes)?;
    json.push(b'\n');
    Ok(json)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("reading {}", path.display()))
}
