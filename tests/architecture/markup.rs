//! Views, as far as it takes to see what Leptos makes an HTML string of.

use super::rules::Breaches;
use super::words::{Word, are, words};

/// Attributes that are never part of a string.
const LIVE: [&str; 6] = ["on", "prop", "style", "use", "bind", "attr"];
/// Elements that have no end tag.
const VOID: [&str; 6] = ["br", "hr", "img", "input", "link", "meta"];

/// An element whose end is still to come.
struct Open {
    line: usize,
    name: String,
    /// Whether anything in it can change.
    live: bool,
    /// Whether it has an attribute or a child.
    has_content: bool,
    /// Whether it stands at the top of a view or of a component's children, where no strings are made.
    top: bool,
}

impl Open {
    fn is_component(&self) -> bool {
        self.name.starts_with(char::is_uppercase)
    }
}

/// The elements that Leptos would make from an HTML string: within another, with content, and nothing in them can change.
/// A view with a class of its own has none.
pub fn inert(source: &str) -> Breaches {
    let words = words(source);
    let mut breaches = Vec::new();
    for at in 0..words.len() {
        let is_view = are(&words, at, &["view", "!"]) && words.get(at + 2).is_some_and(|word| is_open(&word.text));
        if is_view && !are(&words, at + 3, &["class", "="]) {
            view(&words[at + 3..], &mut breaches);
        }
    }
    breaches
}

fn is_open(text: &str) -> bool {
    matches!(text, "{" | "(" | "[")
}

fn is_close(text: &str) -> bool {
    matches!(text, "}" | ")" | "]")
}

/// How many words a bracket and what is in it are.
fn bracket(words: &[Word]) -> usize {
    let mut depth = 0_usize;
    for (at, word) in words.iter().enumerate() {
        depth += usize::from(is_open(&word.text));
        depth -= usize::from(is_close(&word.text));
        if depth == 0 {
            return at + 1;
        }
    }
    words.len()
}

/// Reads one view up to its closing bracket.
fn view(words: &[Word], breaches: &mut Breaches) {
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while at < words.len() && !is_close(&words[at].text) {
        if are(words, at, &["<", "/"]) {
            close(&mut open, breaches);
            at += words[at..].iter().position(|word| word.text == ">").unwrap_or(words.len()) + 1;
        } else if words[at].text == "<" {
            let (element, self_closed, length) = start_tag(&words[at..], open.last());
            if let Some(parent) = open.last_mut() {
                parent.has_content = true;
            }
            open.push(element);
            if self_closed {
                close(&mut open, breaches);
            }
            at += length;
        } else {
            if let Some(parent) = open.last_mut() {
                parent.has_content = true;
                parent.live |= is_open(&words[at].text);
            }
            at += if is_open(&words[at].text) { bracket(&words[at..]) } else { 1 };
        }
    }
}

/// Ends the innermost element.
fn close(open: &mut Vec<Open>, breaches: &mut Breaches) {
    let Some(element) = open.pop() else { return };
    if let Some(parent) = open.last_mut() {
        parent.live |= element.live;
    }
    if !element.live && !element.top && element.has_content {
        breaches.push((element.line, format!("<{}> is inert: Leptos makes it from an HTML string", element.name)));
    }
}

/// Reads `<name …>` or `<name … />`: the element, whether it is closed, and of how many words the tag is.
fn start_tag(words: &[Word], parent: Option<&Open>) -> (Open, bool, usize) {
    let name = words.get(1).map(|word| word.text.clone()).unwrap_or_default();
    let top = parent.is_none_or(Open::is_component);
    let mut element = Open { line: words[0].line, name, live: false, has_content: false, top };
    element.live = element.is_component();
    let (mut at, mut angles, mut key) = (2, 0_usize, String::new());
    while at < words.len() {
        let (text, before) = (words[at].text.as_str(), words[at - 1].text.as_str());
        match text {
            "<" => angles += 1,
            ">" if matches!(before, "-" | "=") => {}
            ">" if angles > 0 => angles -= 1,
            ">" => break,
            "=" => {
                let value = words.get(at + 1);
                let is_text = value.is_some_and(|value| value.is_literal && value.text.starts_with(['"', 'r']));
                let prefix = key.split(':').next().filter(|_| key.contains(':'));
                element.live |= !is_text || prefix.is_some_and(|prefix| LIVE.contains(&prefix));
                key.clear();
            }
            _ if is_open(text) => {
                element.live = true;
                at += bracket(&words[at..]) - 1;
            }
            _ if words[at].is_literal => key.clear(),
            _ => key.push_str(text),
        }
        element.has_content |= text != "/";
        at += 1;
    }
    let self_closed = words[at - 1].text == "/" || VOID.contains(&element.name.as_str());
    (element, self_closed, at + 1)
}
