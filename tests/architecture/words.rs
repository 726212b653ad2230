//! Rust source as words: what is done, without what is only said of it.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// A word of a source file with its line. A group's brackets are words too, and its content stands between them.
#[derive(Clone, Debug)]
pub struct Word {
    pub text: String,
    pub line: usize,
}

/// The words of Rust source, without its comments.
pub fn words(source: &str) -> Vec<Word> {
    let tokens: TokenStream = source.parse().unwrap_or_else(|error| panic!("{error}"));
    let mut words = Vec::new();
    collect(tokens, &mut words);
    words
}

fn collect(tokens: TokenStream, words: &mut Vec<Word>) {
    let mut after_hash = false;
    for token in tokens {
        let line = token.span().start().line;
        let word = |text: String| Word { text, line };
        match &token {
            TokenTree::Group(group) if after_hash && is_doc(group) => {}
            TokenTree::Group(group) => {
                let (open, close) = brackets(group.delimiter());
                words.push(word(open.to_owned()));
                collect(group.stream(), words);
                words.push(Word { text: close.to_owned(), line: group.span().end().line });
            }
            TokenTree::Literal(literal) => words.push(word(literal.to_string())),
            other => words.push(word(other.to_string())),
        }
        // `#[doc]` and `#![doc]`, which is what comments for rustdoc are read as.
        after_hash = match &token {
            TokenTree::Punct(punct) => punct.as_char() == '#' || (after_hash && punct.as_char() == '!'),
            _ => false,
        };
    }
}

fn is_doc(group: &Group) -> bool {
    group.stream().into_iter().next().is_some_and(|first| first.to_string() == "doc")
}

const fn brackets(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    }
}

/// Whether the words from `at` on are these.
pub fn are(words: &[Word], at: usize, expected: &[&str]) -> bool {
    expected.iter().enumerate().all(|(i, text)| words.get(at + i).is_some_and(|word| word.text == *text))
}

/// Whether the word at `at` begins a path, rather than going on with one.
fn begins(words: &[Word], at: usize) -> bool {
    !(at >= 3 && are(words, at - 2, &[":", ":"]) && is_name(&words[at - 3].text))
}

fn is_name(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// The modules of the crate that a file's paths lead to: `crate::a::b`, `super::a`, `self::a`, and groups of them.
pub fn paths(file: &[&str], words: &[Word]) -> Vec<(usize, Vec<String>)> {
    let mut found = Vec::new();
    let mut modules: Vec<String> = file.iter().map(ToString::to_string).collect();
    let (mut depth, mut inline) = (0_usize, Vec::new());
    for (at, word) in words.iter().enumerate() {
        match word.text.as_str() {
            "{" => {
                depth += 1;
                if at >= 2 && words[at - 2].text == "mod" {
                    modules.push(words[at - 1].text.clone());
                    inline.push(depth);
                }
            }
            "}" => {
                if inline.last() == Some(&depth) {
                    inline.pop();
                    modules.pop();
                }
                depth -= 1;
            }
            "crate" | "super" | "self" if are(words, at + 1, &[":", ":"]) && begins(words, at) => {
                follow(words, at, &modules, &mut found);
            }
            _ => {}
        }
    }
    found
}

/// Follows one path, and each path of a group in it, from the module `from`.
fn follow(words: &[Word], mut at: usize, from: &[String], found: &mut Vec<(usize, Vec<String>)>) {
    let mut module = from.to_vec();
    loop {
        let Some(word) = words.get(at) else { return };
        match word.text.as_str() {
            "crate" => module.clear(),
            "self" => {}
            "super" => drop(module.pop()),
            "{" => {
                at += 1;
                let mut depth = 1;
                let mut fresh = true;
                while depth > 0 {
                    match words[at].text.as_str() {
                        "{" => depth += 1,
                        "}" => depth -= 1,
                        "," => fresh = depth == 1,
                        _ if fresh => {
                            follow(words, at, &module, found);
                            fresh = false;
                        }
                        _ => {}
                    }
                    at += 1;
                }
                return;
            }
            name => module.push(name.to_owned()),
        }
        if !are(words, at + 1, &[":", ":"]) {
            return found.push((word.line, module));
        }
        at += 3;
    }
}
