//! What `dist/` weighs.

use crate::{
    assets::{self, LOADER},
    budgets::{Budgets, Weights},
    project, rename,
};
use anyhow::{Result, bail};
use std::{fs, path::Path};

/// Beside the loader, what a page needs before the first plan is on screen.
const FIRST_VIEW: [&str; 2] = [LOADER, "widget.wasm"];

/// What can be had on the way, and is no part of it: finding and comparing, in two languages, and a page's own words.
const BESIDE_THE_WAY: [&str; 3] = ["find.wasm", "fr_find.wasm", "own_texts.wasm"];

/// One file of `dist/` in bytes: as it is, and as servers send it.
struct Row {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Prints the table and checks it against the budgets, or makes it the new record.
pub fn report(record: bool) -> Result<()> {
    let rows = rows(&project::dist())?;
    let weights = weigh(&rows);
    print(&rows, &weights);
    let budgets = Budgets::read()?;
    if record {
        budgets.record(&weights)?;
        println!("recorded in xtask/budgets.toml");
        return Ok(());
    }
    let complaints = budgets.complaints(&weights);
    if complaints.is_empty() {
        println!("within the budgets of xtask/budgets.toml");
        return Ok(());
    }
    bail!(
        "over budget:\n  {}\nWhere the growth is worth it: `cargo xtask size --record`, and commit xtask/budgets.toml",
        complaints.join("\n  ")
    )
}

fn rows(dist: &Path) -> Result<Vec<Row>> {
    let names = assets::list(dist)?;
    let weight = |name: &str| -> Result<u64> { Ok(fs::metadata(dist.join(name))?.len()) };
    let mut rows = Vec::new();
    for name in names.iter().filter(|name| !assets::is_one_of(name, &["br", "gz"])) {
        let raw = weight(name)?;
        // What has no compressed sibling is sent as it is.
        let sibling = |suffix: &str| weight(&format!("{name}{suffix}")).unwrap_or(raw);
        rows.push(Row { raw, gzip: sibling(".gz"), brotli: sibling(".br"), name: name.clone() });
    }
    Ok(rows)
}

/// The widget's own files; pages and their parts are examples and weigh nothing.
fn weigh(rows: &[Row]) -> Weights {
    let named = rows.iter().map(|row| (rename::plain(&row.name), row.brotli));
    let files = named.filter(|(name, _)| FIRST_VIEW.contains(&name.as_str()) || assets::is_one_of(name, &["wasm"]));
    let mut weights = Weights { files: files.collect(), first_view: 0, whole_journey: 0 };
    for (name, weight) in &weights.files {
        if !BESIDE_THE_WAY.contains(&name.as_str()) {
            weights.whole_journey += weight;
        }
        if FIRST_VIEW.contains(&name.as_str()) {
            weights.first_view += weight;
        }
    }
    weights
}

fn print(rows: &[Row], weights: &Weights) {
    println!("{:<36}{:>10}{:>10}{:>10}   bytes", "file", "raw", "gzip -9", "brotli 11");
    for row in rows {
        println!("{:<36}{:>10}{:>10}{:>10}", row.name, row.raw, row.gzip, row.brotli);
    }
    println!(
        "first view {}, whole journey {} (brotli; 1 KB = 1000 bytes)",
        kilobytes(weights.first_view),
        kilobytes(weights.whole_journey)
    );
}

fn kilobytes(bytes: u64) -> String {
    format!("{}.{} KB", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sums_count_the_widget_and_not_the_pages() {
        let row = |name: &str, brotli| Row { name: name.to_owned(), raw: 0, gzip: 0, brotli };
        let weights = weigh(&[
            row("index.html", 1_000),
            row(LOADER, 1),
            row("widget.0123456789abcdef.wasm", 100),
            row("checkout.0123456789abcdef.wasm", 500),
            row("find.0123456789abcdef.wasm", 7_000),
        ]);
        assert_eq!((weights.first_view, weights.whole_journey), (101, 601));
        assert_eq!(weights.files["checkout.wasm"], 500);
        assert_eq!(kilobytes(89_960), "89.9 KB");
    }
}
