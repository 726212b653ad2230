//! The tables of docs/element.md, from the manifest of the element: what is written twice drifts apart.

use crate::project;
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::{fmt::Write as _, fs};

/// The document whose tables are written.
const DOCUMENT: &str = "docs/element.md";
/// What they are written from (Custom Elements Manifest 2.1.0).
const MANIFEST: &str = "package/custom-elements.json";

#[derive(Deserialize)]
struct Manifest {
    modules: [Module; 1],
}

#[derive(Deserialize)]
struct Module {
    declarations: [Element; 1],
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Element {
    attributes: Vec<Entry>,
    members: Vec<Entry>,
    events: Vec<Entry>,
    slots: Vec<Entry>,
    css_parts: Vec<Entry>,
    css_properties: Vec<Entry>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Entry {
    kind: String,
    name: String,
    description: String,
    r#type: Type,
    r#return: Return,
    parameters: Vec<Entry>,
    default: Option<String>,
    field_name: Option<String>,
    attribute: Option<String>,
    optional: bool,
}

#[derive(Default, Deserialize)]
struct Type {
    text: String,
}

#[derive(Default, Deserialize)]
struct Return {
    r#type: Type,
}

/// Writes the tables anew.
pub fn write() -> Result<()> {
    let path = project::root().join(DOCUMENT);
    Ok(fs::write(&path, document(&fs::read_to_string(&path)?)?)?)
}

/// The document with the tables that the manifest gives.
fn document(text: &str) -> Result<String> {
    let manifest = fs::read_to_string(project::root().join(MANIFEST))?;
    let Manifest { modules: [Module { declarations: [element] }] } =
        serde_json::from_str(&manifest).context(MANIFEST)?;
    let of_kind = |kind: &str| -> Vec<&Entry> {
        element.members.iter().filter(|one| one.kind == kind && one.attribute.is_none()).collect()
    };
    let all = |entries: &'_ [Entry]| -> String {
        table(["name", "what it is"], entries.iter().map(|one| [code(&one.name), one.description.clone()]))
    };
    let attributes = element.attributes.iter().map(|one| {
        let property = one.field_name.as_deref().map(code).unwrap_or_default();
        [code(&one.name), property, values(one), one.description.clone()]
    });
    let methods = of_kind("method").into_iter().map(|one| [code(&signature(one)), one.description.clone()]);
    let properties =
        of_kind("field").into_iter().map(|one| [code(&one.name), code(&one.r#type.text), one.description.clone()]);
    let events = element.events.iter().map(|one| [code(&one.name), code(detail(one)), one.description.clone()]);
    let looks = element
        .css_properties
        .iter()
        .map(|one| [code(&one.name), one.description.clone(), one.default.as_deref().map(code).unwrap_or_default()]);
    let slots = element.slots.iter().map(|one| {
        let name = if one.name.is_empty() { "the children".to_owned() } else { code(&one.name) };
        [name, one.description.clone()]
    });
    let tables = [
        ("attributes", table(["attribute", "property", "values", "what it says"], attributes)),
        ("properties", table(["property", "type", "what it is"], properties)),
        ("methods", table(["method", "what it does"], methods)),
        ("events", table(["event", "`detail`", "when"], events)),
        ("slots", table(["slot", "what is seen there"], slots)),
        ("parts", all(&element.css_parts)),
        ("tokens", table(["token", "what it sets", "without it"], looks)),
    ];
    let mut text = text.to_owned();
    for (name, table) in tables {
        let (begin, end) = (format!("<!-- begin {name} -->\n"), format!("<!-- end {name} -->"));
        let Some((before, rest)) = text.split_once(&begin) else { bail!("{DOCUMENT} has no place for the {name}") };
        let Some((_, after)) = rest.split_once(&end) else { bail!("the {name} in {DOCUMENT} have no end") };
        text = format!("{before}{begin}{table}{end}{after}");
    }
    Ok(text)
}

fn code(text: &str) -> String {
    format!("`{}`", text.replace('|', "\\|"))
}

/// The words that an attribute may have, or what it is without it where that is worth saying.
fn values(attribute: &Entry) -> String {
    let text = &attribute.r#type.text;
    match (text.as_str(), &attribute.default) {
        ("string", _) => String::new(),
        ("boolean", _) => "switch".to_owned(),
        (_, default) => {
            let words = text.split(" | ").map(|word| {
                let word = word.trim_matches('\'');
                format!("`{word}`{}", if default.as_deref() == Some(word) { " (default)" } else { "" })
            });
            words.collect::<Vec<_>>().join(", ")
        }
    }
}

fn signature(method: &Entry) -> String {
    let parameter = |one: &Entry| format!("{}{}: {}", one.name, if one.optional { "?" } else { "" }, one.r#type.text);
    let parameters: Vec<_> = method.parameters.iter().map(parameter).collect();
    format!("{}({}): {}", method.name, parameters.join(", "), method.r#return.r#type.text)
}

/// `CustomEvent<{ orderId: string }>` is about `{ orderId: string }`.
fn detail(event: &Entry) -> &str {
    let text = event.r#type.text.as_str();
    text.strip_prefix("CustomEvent<").and_then(|rest| rest.strip_suffix('>')).unwrap_or(text)
}

fn table<const N: usize>(head: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut table = format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(N));
    for row in rows {
        // Writing to a text does not fail.
        let _ = writeln!(table, "| {} |", row.join(" | "));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_those_of_the_manifest() {
        let text = fs::read_to_string(project::root().join(DOCUMENT)).unwrap();
        assert_eq!(document(&text).unwrap(), text, "cargo xtask surface writes them anew");
    }
}
