//! What the widget may weigh, in bytes after brotli 11: `xtask/budgets.toml`.

use crate::project;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::{collections::BTreeMap, fmt::Write, fs, path::PathBuf};

/// A file may be this much heavier than its record: 2 %, and never less than this many bytes.
const LEEWAY_PERCENT: u64 = 2;
const LEEWAY_BYTES: u64 = 64;

/// The limits, and each file's weight when it was last recorded.
#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Budgets {
    limits: Limits,
    #[serde(default)]
    recorded: BTreeMap<String, u64>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Limits {
    first_view: u64,
    whole_journey: u64,
}

/// What the widget weighs: its files by their names without hash.
pub struct Weights {
    /// Each file that a page with the widget loads.
    pub files: BTreeMap<String, u64>,
    /// The sum of those that are there before the first plan is.
    pub first_view: u64,
    /// The sum of all that a renewal needs.
    pub whole_journey: u64,
}

impl Budgets {
    /// Reads the file of the project.
    pub fn read() -> Result<Self> {
        let text = fs::read_to_string(path()).context("reading xtask/budgets.toml")?;
        Self::parse(&text)
    }

    fn parse(text: &str) -> Result<Self> {
        toml::from_str(text).context("xtask/budgets.toml")
    }

    /// The same limits with new records, written to the file of the project.
    pub fn record(self, weights: &Weights) -> Result<()> {
        let recorded = weights.files.clone();
        let next = Self { recorded, ..self };
        fs::write(path(), next.to_text()).context("writing xtask/budgets.toml")
    }

    /// One sentence for each budget that is overdrawn.
    pub fn complaints(&self, weights: &Weights) -> Vec<String> {
        let sums = [
            ("first view", weights.first_view, self.limits.first_view),
            ("whole journey", weights.whole_journey, self.limits.whole_journey),
        ];
        let sums = sums
            .into_iter()
            .filter(|(_, weight, limit)| weight > limit)
            .map(|(name, weight, limit)| format!("{name}: {weight} bytes, and the limit is {limit}"));
        let files = weights.files.iter().filter_map(|(name, weight)| match self.recorded.get(name) {
            None => Some(format!("{name} is new and has no record")),
            Some(record) if *weight > ceiling(*record) => {
                Some(format!("{name}: {weight} bytes, more than {LEEWAY_PERCENT} % above its record of {record}"))
            }
            Some(_) => None,
        });
        let gone = self.recorded.keys().filter(|name| !weights.files.contains_key(*name));
        let gone = gone.map(|name| format!("{name} has a record and is not there any more"));
        sums.chain(files).chain(gone).collect()
    }

    fn to_text(&self) -> String {
        let mut text = format!(
            "# Bytes after brotli 11. `cargo xtask size --record` writes the records; a change here is a decision to review.\n\
             \n[limits]\nfirst-view = {}\nwhole-journey = {}\n\n[recorded]\n",
            self.limits.first_view, self.limits.whole_journey
        );
        for (name, weight) in &self.recorded {
            // Writing to a string does not fail.
            let _ = writeln!(text, "\"{name}\" = {weight}");
        }
        text
    }
}

fn path() -> PathBuf {
    project::root().join("xtask").join("budgets.toml")
}

fn ceiling(record: u64) -> u64 {
    record + (record * LEEWAY_PERCENT / 100).max(LEEWAY_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budgets() -> Budgets {
        let text =
            "[limits]\nfirst-view = 100\nwhole-journey = 20_000\n[recorded]\n\"a.js\" = 50\n\"b.wasm\" = 10000\n";
        Budgets::parse(text).unwrap()
    }

    fn weights(first_view: u64, files: &[(&str, u64)]) -> Weights {
        Weights {
            files: files.iter().map(|(name, weight)| ((*name).to_owned(), *weight)).collect(),
            first_view,
            whole_journey: files.iter().map(|(_, weight)| weight).sum(),
        }
    }

    #[test]
    fn what_is_within_its_budget_passes() {
        let weights = weights(100, &[("a.js", 114), ("b.wasm", 10_200)]);
        assert_eq!(budgets().complaints(&weights), Vec::<String>::new());
    }

    #[test]
    fn each_overdraft_is_named() {
        let weights = weights(101, &[("a.js", 115), ("b.wasm", 10_201), ("c.wasm", 9_999)]);
        let complaints = budgets().complaints(&weights);
        for (complaint, name) in complaints.iter().zip(["first view", "whole journey", "a.js", "b.wasm", "c.wasm"]) {
            assert!(complaint.starts_with(name), "{complaint}");
        }
        assert_eq!(complaints.len(), 5);
    }

    #[test]
    fn a_record_without_a_file_is_named() {
        let complaints = budgets().complaints(&weights(1, &[("a.js", 50)]));
        assert_eq!(complaints, ["b.wasm has a record and is not there any more"]);
    }

    #[test]
    fn the_file_is_read_as_it_is_written() {
        assert_eq!(Budgets::parse(&budgets().to_text()).unwrap(), budgets());
        assert!(Budgets::read().is_ok());
    }
}
