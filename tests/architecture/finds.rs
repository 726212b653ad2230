//! Each rule finds what it is there for, so that none holds for want of looking.

use super::rules::{Breaches, arrows, dependencies, foreign, macros, names, sinks, styles, too_long};
use super::{DOMAIN_USES, module};

fn lines(breaches: &Breaches) -> Vec<usize> {
    breaches.iter().map(|(line, _)| *line).collect()
}

/// Whichever way a later layer is named: in a `use`, a group, an expression, a macro, by `super` or from within `mod tests`.
#[test]
fn a_later_layer() {
    for source in [
        "use crate::app::Trouble;",
        "pub use crate::{domain::id, app::{self, key}};",
        "fn f() -> crate::app::Trouble { todo!() }",
        "fn f() { g(&[crate::app::now()]) }",
        "macro_rules! m { () => { $crate::app::now() } }",
        "use super::super::app::Trouble;",
        "use super::{super::{app}};",
        "use super::{payment, super::app::key};",
        "mod tests { use super::super::super::app; }",
        "mod a { fn f() {} } mod b { use super::super::super::app; }",
        "use crate::*;",
        "use super::super::*;",
        "impl X { fn f() { super::super::app::now() } }",
    ] {
        assert!(!arrows(&["carrier", "wire"], source).is_empty(), "{source}");
    }
    assert_eq!(lines(&arrows(&["domain", "id"], "//!\n\nuse crate::carrier::Api;\n")), [3]);
    assert_eq!(arrows(&["ui", "parts"], "use crate::carrier::Api;").len(), 1);
    assert_eq!(arrows(&["ui", "checkout", "due"], "use super::super::super::hosts;").len(), 1);
}

/// An earlier layer, the same layer, and a mere mention are no breach.
#[test]
fn no_later_layer_where_there_is_none() {
    for source in [
        "use crate::domain::id::OrderId;",
        "use super::wire::Wire;",
        "use super::super::domain::id;",
        "mod tests { use super::*; use super::super::Api; }",
        "// crate::app\n/// [`crate::app::Trouble`]\nstruct X;",
        r#"const X: &str = "crate::app::Trouble";"#,
        "use other::crate_app; use leptos::hosts;",
        "use crate::domain::{ui, hosts::{app}};",
    ] {
        assert_eq!(arrows(&["carrier", "wire"], source), [], "{source}");
    }
    assert_eq!(arrows(&["ui", "checkout", "due"], "use super::super::text; use crate::app::App;"), []);
    assert_eq!(arrows(&["hosts", "element"], "use crate::{app, carrier, ui};"), []);
    assert_eq!(arrows(&["lib"], "pub use crate::hosts;"), []);
}

#[test]
fn a_foreign_crate() {
    let ours = ["serde_json".to_owned(), "web_sys".to_owned(), "thiserror".to_owned()];
    let found = |source| foreign(source, &DOMAIN_USES, &ours).len();
    for source in [
        "use leptos::prelude::*;",
        "use ::gloo_timers::x;",
        "fn f() -> web_sys::Window {}",
        "fn f() { let _ = serde_json::json!({}); }",
        "mod tests { use js_sys::Date; }",
    ] {
        assert_eq!(found(source), 1, "{source}");
    }
    let allowed = "use std::fmt; use thiserror::Error; use super::id::X; use crate::domain::money; // web_sys";
    assert_eq!(found(allowed), 0);
}

#[test]
fn a_name_that_is_forbidden() {
    let source = "/// storage\nuse crate::app::storage;\nfn f() { w.local_storage() }\nconst A: &str = \"storage\";";
    assert_eq!(lines(&names(source, &["storage", "local_storage"])), [2, 3]);
    assert_eq!(lines(&names("fn f() {\n let x = gloo_net::http::X; }", &["gloo_net"])), [2]);
}

#[test]
fn markup() {
    let source = "fn f() {\n leptos::view! { <p></p> };\n html! { <p></p> } }\nuse leptos::html; // view!";
    assert_eq!(lines(&macros(source, &["view", "html"])), [2, 3]);
}

#[test]
fn a_style_attribute() {
    for source in [r#"style="color:red""#, "style=x", r#"style:color="red""#, "style:width=move || w()", "prop:style=x"]
    {
        let source = format!("fn f() {{ html! {{\n <p class=\"a\" {source}></p> }} }}");
        assert_eq!(lines(&styles(&source)), [2], "{source}");
    }
    assert_eq!(
        styles("use a::style::B; fn f(x: A, style: B) { let style = 1; let style: A = B { style: x }; } // style=x"),
        []
    );
}

#[test]
fn a_text_that_becomes_a_document() {
    for source in [
        "element.set_inner_html(text);",
        "<p inner_html=text />",
        "node.innerHTML = text;",
        "x(\"innerHTML\")",
        "document.write(text)",
        "eval(text)",
        "js_sys::eval(text)",
        "window.eval(text)",
        "new Function(text)",
    ] {
        assert_eq!(lines(&sinks(&format!("\n{source}"))), [2], "{source}");
    }
    assert_eq!(sinks("retrieval(text); inner_text; document.writable; evaluate()"), []);
}

#[test]
fn a_long_file() {
    assert_eq!(too_long(&"\n".repeat(400)), []);
    assert_eq!(lines(&too_long(&"\n".repeat(401))), [401]);
}

#[test]
fn a_dependency() {
    let manifest = "
        [dependencies]\na = \"1\"\n[dependencies.b]\nversion = \"1\"\n[dev-dependencies]\nd = \"1\"\n
        [target.'cfg(unix)'.dependencies]\nc = { package = \"esim-renewal\", path = \"..\" }\n";
    let mut found = dependencies(manifest, false);
    found.sort();
    assert_eq!(found, ["a", "b", "esim-renewal"]);
    assert!(dependencies(manifest, true).contains(&"d".to_owned()));
    assert!(dependencies("[build-dependencies]\nx = \"1\"", true).contains(&"x".to_owned()));
}

#[test]
fn which_module_a_file_is() {
    assert_eq!(module("src/app/checkout/mod.rs"), ["app", "checkout"]);
    assert_eq!(module("src/app/checkout/step.rs"), ["app", "checkout", "step"]);
    assert_eq!(module("src/lib.rs"), ["lib"]);
}
