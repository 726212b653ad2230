//! The offers written into pages, by the package `prerender`.

use crate::{process, project};
use anyhow::{Context, Result};
use std::{fs, process::Command};

/// The demo's page of deals, in `dist/`.
const DEALS: &str = "deals.html";

/// Runs the program with its own options; names of files are relative to where this was called.
pub fn run(options: &[String]) -> Result<()> {
    let mut prerender = process::cargo();
    prerender.args(["run", "--quiet", "--manifest-path"]).arg(project::root().join("Cargo.toml"));
    process::run(prerender.args(["--package", "prerender", "--"]).args(options))
}

/// Writes what is on offer at a carrier into the demo's page of deals.
pub fn demo(carrier: &str) -> Result<()> {
    let page = project::dist().join(DEALS);
    let mut prerender = Command::new(project::prerender());
    prerender
        .args(["--api-base", carrier, "--config", "carrier.json", "--carrier-name", "Rocher Mobile"])
        .args(["--locale", "en-GB", "--time-zone", "Europe/Monaco"])
        .args(["--checkout-url", "embed.html", "--promo-code", "MONACO20"])
        .arg("--page")
        .arg(&page)
        .arg("--out")
        .arg(&page);
    process::quiet(&mut prerender)?;
    // What was compressed is the page without the deals.
    for suffix in ["br", "gz"] {
        let compressed = project::dist().join(format!("{DEALS}.{suffix}"));
        if compressed.exists() {
            fs::remove_file(&compressed).with_context(|| compressed.display().to_string())?;
        }
    }
    Ok(())
}
