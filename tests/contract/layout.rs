//! JSON laid out for people: what fits stands in one line.

use serde_json::{Map, Value};

const WIDTH: usize = 150;
/// These members come first, in this order; the others follow by name.
const FIRST: [&str; 16] = [
    "id",
    "href",
    "@type",
    "externalId",
    "correlatorId",
    "name",
    "state",
    "status",
    "action",
    "quantity",
    "priceType",
    "taxRate",
    "taxIncludedAmount",
    "relationshipType",
    "counterType",
    "startDateTime",
];

/// A value as text of at most 150 characters a line, where a single text is not longer.
pub fn lay_out(value: &Value) -> String {
    let mut text = String::new();
    write(value, 0, 0, &mut text);
    text
}

fn write(value: &Value, indent: usize, before: usize, out: &mut String) {
    let line = one_line(value);
    let fits = indent + before + line.chars().count() < WIDTH;
    match value {
        Value::Object(members) if !fits => {
            let members = sorted(members);
            block(['{', '}'], &members, indent, out, |(name, member), out| {
                let name = format!("{}: ", Value::from(name.as_str()));
                out.push_str(&name);
                write(member, indent + 2, name.chars().count(), out);
            });
        }
        Value::Array(entries) if !fits => {
            block(['[', ']'], entries, indent, out, |entry, out| write(entry, indent + 2, 0, out));
        }
        _ => out.push_str(&line),
    }
}

fn block<T>([open, close]: [char; 2], entries: &[T], indent: usize, out: &mut String, each: impl Fn(&T, &mut String)) {
    out.push(open);
    for (at, entry) in entries.iter().enumerate() {
        out.push_str(if at == 0 { "\n" } else { ",\n" });
        out.push_str(&" ".repeat(indent + 2));
        each(entry, out);
    }
    out.push('\n');
    out.push_str(&" ".repeat(indent));
    out.push(close);
}

fn one_line(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let member =
                |(name, member): &(&String, &Value)| format!("{}: {}", Value::from(name.as_str()), one_line(member));
            let members: Vec<_> = sorted(members).iter().map(member).collect();
            format!("{{ {} }}", members.join(", "))
        }
        Value::Array(entries) => format!("[{}]", entries.iter().map(one_line).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

fn sorted(members: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut members: Vec<_> = members.iter().collect();
    let rank = |name: &str| FIRST.iter().position(|first| *first == name).unwrap_or(FIRST.len());
    members.sort_by_key(|(name, _)| (rank(name), name.as_str()));
    members
}

/// Whatever is laid out is read again as the same value.
#[test]
fn a_layout_changes_nothing() {
    let text = r#"{"b":[1,48.00,{"id":"x","name":"é\""}],"@type":"T","long":["0123456789012345678901234567890123456789",
        "0123456789012345678901234567890123456789","0123456789012345678901234567890123456789","0123456789"],"empty":[]}"#;
    let value: Value = serde_json::from_str(text).unwrap();
    let laid = lay_out(&value);
    assert_eq!(serde_json::from_str::<Value>(&laid).unwrap(), value);
    assert!(
        laid.starts_with("{\n  \"@type\": \"T\",\n  \"b\": [1, 48.00, { \"id\": \"x\", \"name\": \"é\\\"\" }],\n"),
        "{laid}"
    );
}
