//! The official Swagger files, as JSON Schema.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

/// One API's definitions.
pub struct Spec {
    definitions: Value,
}

impl Spec {
    /// The file by its name (`TMF620-v4.1.0`), from `TMF_SPECS` or `../shared/tmf`. None, and a line that says so, when
    /// there is no such file.
    pub fn load(name: &str) -> Option<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let folders = std::env::var_os("TMF_SPECS")
            .map(PathBuf::from)
            .into_iter()
            .chain([root.join("shared/tmf"), root.join("../shared/tmf")]);
        let file = folders.map(|f| f.join(format!("{name}.swagger.json"))).find(|f| f.is_file());
        let Some(file) = file else {
            println!("skipped: there is no {name}.swagger.json; set TMF_SPECS to the folder of the official files");
            return None;
        };
        let mut swagger: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        Some(Self { definitions: swagger["definitions"].take() })
    }

    /// Asserts that a value is a `definition`, by the official schema.
    #[track_caller]
    pub fn check(&self, definition: &str, value: &Value) {
        let schema = json!({ "$ref": format!("#/definitions/{definition}"), "definitions": self.definitions });
        let validator = jsonschema::draft4::new(&schema).unwrap();
        let errors: Vec<String> = validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{definition}: {errors:#?}\n{value:#}");
    }

    /// Asserts that every member of a value is one of the definition's, or named in `more` (`ProductOrder.shoppingCart`).
    #[track_caller]
    pub fn knows_all(&self, definition: &str, value: &Value, more: &[&str]) {
        if definition == "Any" {
            return;
        }
        let shape = &self.definitions[definition];
        let mut properties = shape["properties"].as_object().cloned().unwrap_or_default();
        for parent in shape["allOf"].as_array().into_iter().flatten() {
            let parent = parent["$ref"].as_str().unwrap_or_default().trim_start_matches("#/definitions/");
            self.add_inherited(parent, &mut properties);
        }
        let Some(members) = value.as_object() else {
            return;
        };
        for (name, member) in members {
            let path = format!("{definition}.{name}");
            if more.contains(&path.as_str()) {
                continue;
            }
            let Some(property) = properties.get(name) else { panic!("unknown member {path} in {value:#}") };
            let reference = property["$ref"].as_str().or_else(|| property["items"]["$ref"].as_str());
            let Some(reference) = reference.map(|r| r.trim_start_matches("#/definitions/")) else { continue };
            match member {
                Value::Array(items) => items.iter().for_each(|item| self.knows_all(reference, item, more)),
                other => self.knows_all(reference, other, more),
            }
        }
    }

    fn add_inherited(&self, definition: &str, properties: &mut serde_json::Map<String, Value>) {
        let shape = &self.definitions[definition];
        properties.extend(shape["properties"].as_object().cloned().unwrap_or_default());
        for parent in shape["allOf"].as_array().into_iter().flatten() {
            let parent = parent["$ref"].as_str().unwrap_or_default().trim_start_matches("#/definitions/");
            self.add_inherited(parent, properties);
        }
    }
}
