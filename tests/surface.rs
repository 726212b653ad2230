//! What the manifest and the types say of the element is what the code has, and nothing is left unsaid.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a file that cannot be read should stop the test")]

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

type Names = BTreeSet<String>;

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// All files of a folder with an extension, as one text.
fn all(folder: &str, extension: &str) -> String {
    let mut found = String::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
        let path = entry.unwrap().path();
        let inner = format!("{folder}/{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            found.push_str(&all(&inner, extension));
        } else if path.extension().is_some_and(|own| own == extension) {
            found.push_str(&text(&inner));
        }
    }
    found
}

/// What stands between each `begin` and the next `end`.
fn between<'a>(text: &'a str, begin: &str, end: &str) -> Vec<&'a str> {
    text.split(begin).skip(1).filter_map(|rest| Some(rest.split_once(end)?.0)).collect()
}

fn quoted(text: &str) -> Names {
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

fn element() -> Value {
    let manifest: Value = serde_json::from_str(&text("package/custom-elements.json")).unwrap();
    manifest["modules"][0]["declarations"][0].clone()
}

fn entries(element: &Value, of: &str) -> Vec<Value> {
    element[of].as_array().unwrap().clone()
}

fn names(element: &Value, of: &str) -> Names {
    entries(element, of).iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

fn members(element: &Value, is_one: impl Fn(&Value) -> bool) -> Names {
    let members = entries(element, "members");
    members.iter().filter(|one| is_one(one)).map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

const LOADER: &str = "src/hosts/esim-renewal.js";
const TYPES: &str = "package/esim-renewal.d.ts";

#[test]
fn attributes() {
    let loader = text(LOADER);
    let listed = |list: &str| quoted(between(&loader, &format!("const {list} = ["), "];")[0]);
    let element = element();
    let mut of_loader: Names = listed("TEXTS").into_iter().chain(listed("SWITCHES")).collect();
    of_loader.insert("lang".to_owned());
    assert_eq!(names(&element, "attributes"), of_loader);
    let switches = entries(&element, "attributes");
    let switches = switches.iter().filter(|one| one["type"]["text"] == "boolean");
    assert_eq!(switches.map(|one| one["name"].as_str().unwrap().to_owned()).collect::<Names>(), listed("SWITCHES"));

    let settings = all("src/hosts/settings", "rs") + &text("src/hosts/settings.rs");
    let apis = text("src/carrier/request.rs");
    for attribute in of_loader {
        let api = attribute.strip_suffix("-base").filter(|_| attribute != "api-base");
        let is_read = match api {
            Some(api) => apis.contains(&format!("(\"{api}\", Self::")),
            None if attribute == "lang" => settings.contains("[lang]"),
            None => settings.contains(&format!("\"{attribute}\"")) || loader.contains(&format!("this.{attribute} ")),
        };
        assert!(is_read, "nothing reads {attribute}");
    }
}

#[test]
fn words_of_an_attribute() {
    let (config, loader) = (text("src/app/config.rs"), text(LOADER));
    for attribute in entries(&element(), "attributes") {
        let kind = attribute["type"]["text"].as_str().unwrap();
        let name = attribute["name"].as_str().unwrap();
        for word in kind.split(" | ").filter_map(|word| word.strip_prefix('\'')).map(|word| word.trim_end_matches('\''))
        {
            let is_known = config.contains(&format!("(\"{word}\", Self::"))
                || name == "theme"
                || loader.contains(&format!("\"{word}\""));
            assert!(is_known, "{name} has no word {word}");
        }
    }
}

#[test]
fn properties_and_methods() {
    let (element, loader, types) = (element(), text(LOADER), text(TYPES));
    let methods = members(&element, |one| one["kind"] == "method");
    let of_loader = loader.lines().filter_map(|line| {
        let (name, _) = line.strip_prefix("  ")?.trim_start_matches("async ").split_once('(')?;
        let is_method = line.ends_with('{') && name.chars().all(|letter| letter.is_ascii_lowercase());
        is_method.then(|| name.to_owned())
    });
    let of_loader: Names =
        of_loader.filter(|name| !["constructor", "static", "if", "for"].contains(&name.as_str())).collect();
    assert_eq!(methods, of_loader);
    let rich = members(&element, |one| one["kind"] == "field" && one["attribute"].is_null());
    let mut of_loader = quoted(between(&loader, "const RICH = [", "];")[0]);
    of_loader.insert("paymentHandler".to_owned());
    assert_eq!(rich, of_loader);
    for name in members(&element, |_| true) {
        assert!(types.contains(&format!("  {name}: ")) || types.contains(&format!("  {name}(")), "no type of {name}");
    }
}

#[test]
fn events_and_their_details() {
    let (element, types) = (element(), text(TYPES));
    let hosts = text("src/hosts/events.rs") + &text(LOADER);
    let is_event = |name: &String| name.starts_with("esim-") && !name.starts_with("esim-renewal");
    let told: Names = quoted(&hosts.replace('\'', "")).into_iter().filter(is_event).collect();
    assert_eq!(names(&element, "events"), told);
    let in_types: Names =
        between(&types, "  \"esim-", "\": CustomEvent").iter().map(|name| format!("esim-{name}")).collect();
    assert_eq!(in_types, told);
    // The arm of each report names its event and what it tells of it; what is bought has keys of its own.
    let events = text("src/hosts/events.rs");
    let keys =
        |code: &str| between(code, "(\"", "\"").into_iter().map(str::to_owned).filter(|key| !is_event(key)).collect();
    let bought: Names = keys(between(&events, "fn of(", "\n}\n")[0]);
    let arms = between(&events, "match report {", "\n}\n")[0].replace("        Report::", "\0");
    for arm in arms.split('\0').skip(1) {
        let name = quoted(arm).into_iter().find(is_event).unwrap();
        let event = entries(&element, "events").into_iter().find(|event| event["name"] == name).unwrap();
        let detail = event["type"]["text"].as_str().unwrap().replace("{ ", "; ");
        let told = if arm.contains("of(") { &keys(arm) | &bought } else { keys(arm) };
        let said: Names = between(&detail, "; ", ":").iter().map(|key| key.trim_end_matches('?').to_owned()).collect();
        assert_eq!(said, told, "the detail of {name}");
        let is_cancelable = event["description"].as_str().unwrap().contains("Cancelable");
        assert_eq!(is_cancelable, arm.contains("ask("), "whether {name} can be prevented");
    }
}

/// What other types are written of: the words that a page gives in markup and in style.
#[test]
fn typed_words() {
    let (element, types) = (element(), text(TYPES));
    let union = |name: &str| quoted(between(&types, &format!("export type {name} ="), ";")[0]);
    let mut slots = names(&element, "slots");
    slots.remove("");
    assert_eq!(union("Slot"), slots);
    assert_eq!(union("Part"), names(&element, "cssParts"));
    assert_eq!(union("Token"), names(&element, "cssProperties"));
    let settings = between(&types, "export interface EsimRenewalSettings {", "\n}\n")[0];
    let in_types: Names = between(settings, "  ", ":").into_iter().map(str::to_owned).collect();
    let mirrored = members(&element, |one| !one["attribute"].is_null());
    assert_eq!(in_types, mirrored);
    let camel = |name: &str| {
        let mut words = name.split('-').map(str::to_owned);
        let first = words.next().unwrap();
        words.fold(first, |all, word| all + &word[..1].to_uppercase() + &word[1..])
    };
    for attribute in names(&element, "attributes") {
        assert!(attribute == "lang" || mirrored.contains(&camel(&attribute)), "no property for {attribute}");
    }
}

#[test]
fn error_codes_and_steps() {
    let (types, page) = (text(TYPES), text("docs/element.md"));
    let union = |name: &str| quoted(between(&types, &format!("export type {name} ="), ";")[0]);
    let code = all("src", "rs") + &text(LOADER);
    let rows = page.lines().filter(|line| line.starts_with("| `") && line.matches(" | ").count() == 2);
    let documented: Names = rows
        .flat_map(|row| {
            let (codes, _) = row[1..].split_once(" | ").unwrap();
            codes.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    for name in union("ErrorCode") {
        assert!(code.contains(&format!("\"{name}\"")), "nothing tells {name}");
        assert!(documented.contains(&name), "docs/element.md does not say what {name} is");
    }
    let told = between(&code, "{ code: \"", "\"")
        .into_iter()
        .map(str::to_owned)
        .chain(quoted(between(&code, "pub const fn code(self) -> &'static str {", "\n    }\n")[0]));
    let unnamed: Vec<_> = told.filter(|name| !union("ErrorCode").contains(name) && name != "not-ready").collect();
    assert!(unnamed.is_empty(), "the types have no {unnamed:?}");
    let steps = quoted(between(&text("src/ui/checkout/mod.rs"), "const fn name(self)", "\n    }\n")[0]);
    assert_eq!(union("Step"), steps);
    for step in steps {
        assert!(page.contains(&format!("`{step}`")), "docs/element.md does not name the step {step}");
    }
}

#[test]
fn slots_parts_and_tokens() {
    let element = element();
    let views = all("src/ui", "rs");
    let owned = |found: Vec<&str>| found.into_iter().map(str::to_owned).collect::<Names>();
    assert_eq!(names(&element, "cssParts"), owned(between(&views, " part=\"", "\"")));
    let mut slots = owned(between(&views, "<slot name=\"", "\""));
    slots.insert(String::new());
    assert_eq!(names(&element, "slots"), slots);
    let tokens: Names =
        between(&all("style", "css"), "var(--esim-", ",").iter().map(|name| format!("--esim-{name}")).collect();
    assert_eq!(names(&element, "cssProperties"), tokens);
}
