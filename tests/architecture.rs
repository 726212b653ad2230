//! The layers keep their order, and what must not be in the widget is not there: rules that are read off the source.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a file that cannot be read should stop the test")]

#[path = "architecture/finds.rs"]
mod finds;
#[path = "architecture/rules.rs"]
mod rules;
#[path = "architecture/words.rs"]
mod words;

use rules::{Breaches, LAYERS};
use rules::{arrows, dependencies, foreign, macros, names, sinks, styles, too_long};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// What domain code may name besides the crate itself; `proptest` is there for its tests.
const DOMAIN_USES: [&str; 8] = ["std", "core", "alloc", "thiserror", "proptest", "crate", "super", "self"];

/// The files of `src/` with an extension: path from the root, and text.
fn sources(extension: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    walk(&root.join("src"), &mut files);
    files.sort();
    files.retain(|file| file.extension().is_some_and(|own| own == extension));
    let name = |file: &Path| file.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
    files.into_iter().map(|file| (name(&file), std::fs::read_to_string(&file).unwrap())).collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}

/// The module that a file is: `src/app/checkout/mod.rs` is `app::checkout`.
fn module(file: &str) -> Vec<&str> {
    let path = file.trim_start_matches("src/").trim_end_matches(".rs");
    path.split('/').filter(|part| *part != "mod").collect()
}

fn manifest(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// Asserts that no file of some layers, or of `src/` where none is named, breaks a rule; and that there are such files.
#[track_caller]
fn hold(layers: &[&str], extension: &str, rule: impl Fn(&str, &str) -> Breaches) {
    let layer = |file: &str| module(file)[0].to_owned();
    let mut files = sources(extension);
    files.retain(|(file, _)| layers.is_empty() || layers.contains(&layer(file).as_str()));
    assert!(!files.is_empty(), "no .{extension} file");
    for expected in layers {
        assert!(files.iter().any(|(file, _)| layer(file) == *expected), "no .{extension} file in {expected}");
    }
    let mut report = String::new();
    for (file, source) in &files {
        for (line, what) in rule(file, source) {
            writeln!(report, "{file}:{line}: {what}").unwrap();
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

fn ours() -> Vec<String> {
    dependencies(&manifest("Cargo.toml"), true).iter().map(|name| name.replace('-', "_")).collect()
}

/// `domain ← carrier ← app ← ui ← hosts`, and `ui` knows the carrier's API only through `app`.
#[test]
fn layers_use_only_those_before_them() {
    hold(&LAYERS, "rs", |file, source| arrows(&module(file), source));
}

/// What the words mean depends on nothing but the language.
#[test]
fn the_domain_stands_alone() {
    hold(&["domain"], "rs", |_, source| foreign(source, &DOMAIN_USES, &ours()));
}

/// One file knows the network.
#[test]
fn one_file_sends() {
    let sends = |file: &str| file == "src/carrier/transport.rs";
    hold(&[], "rs", |file, source| if sends(file) { Vec::new() } else { names(source, &["gloo_net"]) });
}

/// Components keep nothing and send nothing.
#[test]
fn views_neither_store_nor_send() {
    let storage = ["storage", "local_storage", "session_storage", "gloo_net", "fetch", "XmlHttpRequest"];
    hold(&["ui"], "rs", |_, source| names(source, &storage));
}

/// Markup is drawn in `ui` and mounted in `hosts`.
#[test]
fn only_views_have_markup() {
    hold(&["domain", "carrier", "app"], "rs", |_, source| macros(source, &["view", "html"]));
}

/// Views are drawn by `html!`: of Leptos' own `view!` parts are made from HTML strings, which a page with Trusted Types refuses.
#[test]
fn no_view_becomes_an_html_string() {
    hold(&["ui"], "rs", |_, source| macros(source, &["view"]));
}

/// A strict content security policy refuses styles in attributes.
#[test]
fn no_view_has_a_style_attribute() {
    hold(&["ui", "hosts"], "rs", |_, source| styles(source));
}

/// No text becomes a document or a program.
#[test]
fn nothing_is_made_of_strings() {
    hold(&[], "rs", |_, source| sinks(source));
    hold(&[], "js", |_, source| sinks(source));
}

/// A file can be read in one go.
#[test]
fn files_are_short() {
    hold(&[], "rs", |_, source| too_long(source));
}

/// Widget and sandbox carrier are two readings of the specification: neither is made of the other.
#[test]
fn widget_and_sandbox_share_nothing() {
    assert!(!dependencies(&manifest("sandbox/Cargo.toml"), true).contains(&"esim-renewal".to_owned()));
    assert!(!dependencies(&manifest("Cargo.toml"), false).contains(&"sandbox".to_owned()));
}
