//! The rules, each as a function from source to its breaches.

use super::words::{Word, are, paths, words};

/// The layers of `src/`, each of which may use those before it.
pub const LAYERS: [&str; 5] = ["domain", "carrier", "app", "ui", "hosts"];
/// What makes a document or a program of a text.
const SINKS: [&str; 15] = [
    "inner_html",
    "innerHTML",
    "outer_html",
    "outerHTML",
    "set_inner_html",
    "insert_adjacent_html",
    "insertAdjacentHTML",
    "setHTMLUnsafe",
    "createContextualFragment",
    "DOMParser",
    "dangerously",
    "srcdoc",
    "document.write",
    "eval(",
    "new Function",
];
/// The most lines of a file.
pub const MOST_LINES: usize = 400;

/// Where a rule is broken, and how: `line: what`.
pub type Breaches = Vec<(usize, String)>;

/// Paths of `file` that lead to a layer after its own. `ui` takes what it shows from `app`, so `carrier` is closed to it.
pub fn arrows(file: &[&str], source: &str) -> Breaches {
    let rank = |layer: &str| LAYERS.iter().position(|one| *one == layer);
    let Some(own) = rank(file[0]) else { return Vec::new() };
    // `use crate::*` brings the later layers' names too.
    let broken = |target: &str| {
        let later = target == "*" || rank(target).is_some_and(|target| target > own);
        later || (file[0] == "ui" && target == "carrier")
    };
    let all = paths(file, &words(source)).into_iter();
    all.filter_map(|(line, path)| {
        let target = path.first()?;
        broken(target).then(|| (line, format!("{} must not use {}", file[0], path.join("::"))))
    })
    .collect()
}

/// Names of what is outside the crate: every `use` from elsewhere than `allowed`, and every mention of a dependency.
pub fn foreign(source: &str, allowed: &[&str], dependencies: &[String]) -> Breaches {
    let words = words(source);
    let used = |at: usize| {
        let root = if are(&words, at, &["use", ":", ":"]) { at + 3 } else { at + 1 };
        let word = words.get(root).filter(|_| words[at].text == "use")?;
        (!allowed.contains(&word.text.as_str())).then(|| (word.line, format!("uses {}", word.text)))
    };
    let named = |word: &Word| {
        let is_foreign = dependencies.contains(&word.text) && !allowed.contains(&word.text.as_str());
        is_foreign.then(|| (word.line, format!("names {}", word.text)))
    };
    (0..words.len()).filter_map(used).chain(words.iter().filter_map(named)).collect()
}

/// Mentions of names in code.
pub fn names(source: &str, forbidden: &[&str]) -> Breaches {
    let words = words(source);
    let met = words.iter().filter(|word| forbidden.contains(&word.text.as_str()));
    met.map(|word| (word.line, format!("names {}", word.text))).collect()
}

/// Uses of macros, wherever they stand.
pub fn macros(source: &str, forbidden: &[&str]) -> Breaches {
    let words = words(source);
    let calls = (0..words.len()).filter(|at| forbidden.iter().any(|name| are(&words, *at, &[name, "!"])));
    calls.map(|at| (words[at].line, format!("uses {}!", words[at].text))).collect()
}

/// Style attributes: `style="…"`, `style:color="…"`, `prop:style`, `attr:style`.
pub fn styles(source: &str) -> Breaches {
    let words = words(source);
    let is_style = |at: &usize| {
        let directive = are(&words, at + 1, &[":"]) && (are(&words, at + 3, &["="]) || are(&words, at + 3, &["-"]));
        let variable = *at > 0 && matches!(words[at - 1].text.as_str(), "let" | "mut");
        words[*at].text == "style" && !variable && (directive || are(&words, at + 1, &["="]))
    };
    (0..words.len()).filter(is_style).map(|at| (words[at].line, "a style attribute".to_owned())).collect()
}

/// Any mention, in code, text or comment, of what makes a document or a program of a text.
pub fn sinks(source: &str) -> Breaches {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mentions = |line: &str, sink: &str| line.match_indices(sink).any(|(at, _)| !line[..at].ends_with(is_word));
    let lines = source.lines().enumerate();
    lines
        .flat_map(|(at, line)| SINKS.iter().filter(move |s| mentions(line, s)).map(move |s| (at + 1, s.to_string())))
        .collect()
}

/// A file that is too long to be read in one go.
pub fn too_long(source: &str) -> Breaches {
    let lines = source.lines().count();
    if lines > MOST_LINES { vec![(lines, format!("more than {MOST_LINES} lines"))] } else { Vec::new() }
}

/// What a manifest depends on, by the packages' names: `dependencies` of every target, and the others if `all`.
pub fn dependencies(manifest: &str, all: bool) -> Vec<String> {
    let manifest: toml::Table = manifest.parse().unwrap();
    let targets = manifest.get("target").and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::values);
    let tables = targets.filter_map(toml::Value::as_table).chain([&manifest]);
    let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
    let kinds = &kinds[..if all { 3 } else { 1 }];
    let sections = tables.flat_map(|table| kinds.iter().filter_map(|kind| table.get(*kind)?.as_table()));
    let package = |(name, value): (&String, &toml::Value)| {
        value.get("package").and_then(toml::Value::as_str).unwrap_or(name).to_owned()
    };
    sections.flatten().map(package).collect()
}
