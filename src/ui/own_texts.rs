//! Texts of the host's in place of ours: behind a door of its own, since few hosts have any.

#![expect(clippy::unnecessary_wraps, reason = "the loading that the attribute adds may fail")]

use super::text::Texts;
use super::{checkout, find};
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::any::Any;
use std::cell::RefCell;

/// The host's texts by their names: those of the checkout begin with `checkout.`, those of the finder with `find.`.
pub type Own = Vec<(String, String)>;

/// A table of words.
pub trait Table: Copy + 'static {
    /// The names of its words.
    const NAMES: &'static [&'static str];

    /// The places of its words, in the same order.
    fn slots(&mut self) -> Vec<&mut &'static str>;
}

const CHECKOUT: &str = "checkout.";
const FIND: &str = "find.";

/// What is behind the door.
#[derive(Clone, Copy)]
struct Hands {
    texts: fn(&'static Texts, &Own) -> &'static Texts,
    checkout: fn(&'static checkout::words::Words, &Own) -> &'static checkout::words::Words,
    find: fn(&'static find::words::Words, &Own) -> &'static find::words::Words,
    is_known: fn(&str) -> bool,
}

#[wasm_split(own_texts, wasm_split_path = leptos::wasm_split, fallible)]
fn load() -> Result<Hands, SplitLoaderError> {
    Ok(Hands {
        texts: |words, own| with(words, own, ""),
        checkout: |words, own| with(words, own, CHECKOUT),
        find: |words, own| with(words, own, FIND),
        is_known,
    })
}

/// The words of the first view with the host's among them, and the names of those that there are no words of.
pub async fn texts(words: &'static Texts, own: &Own) -> (&'static Texts, Vec<String>) {
    match hands(own).await {
        Some(hands) => {
            let unknown = own.iter().filter(|(name, _)| !(hands.is_known)(name)).map(|(name, _)| name.clone());
            ((hands.texts)(words, own), unknown.collect())
        }
        None => (words, Vec::new()),
    }
}

/// The checkout's words with the host's among them.
pub async fn of_checkout(words: &'static checkout::words::Words, own: &Own) -> &'static checkout::words::Words {
    hands(own).await.map_or(words, |hands| (hands.checkout)(words, own))
}

/// The finder's words with the host's among them.
pub async fn of_finder(words: &'static find::words::Words, own: &Own) -> &'static find::words::Words {
    hands(own).await.map_or(words, |hands| (hands.find)(words, own))
}

/// Where the door cannot be opened our own words stand.
async fn hands(own: &Own) -> Option<Hands> {
    if own.is_empty() { None } else { load().await.ok() }
}

fn is_known(name: &str) -> bool {
    if let Some(name) = name.strip_prefix(CHECKOUT) {
        return checkout::words::Words::NAMES.contains(&name);
    }
    match name.strip_prefix(FIND) {
        Some(name) => find::words::Words::NAMES.contains(&name),
        None => Texts::NAMES.contains(&name),
    }
}

thread_local! {
    /// The tables that were made, by what they were made of: the same one is made once, and lives as long as the page.
    static MADE: RefCell<Vec<(usize, Own, &'static dyn Any)>> = const { RefCell::new(Vec::new()) };
}

fn with<T: Table>(words: &'static T, own: &Own, prefix: &str) -> &'static T {
    let table = std::ptr::from_ref(words).addr();
    MADE.with_borrow_mut(|made| {
        let known = made.iter().find(|(of, with, _)| *of == table && with == own);
        if let Some(known) = known.and_then(|(_, _, made)| made.downcast_ref()) {
            return known;
        }
        let new: &'static T = Box::leak(Box::new(replaced(*words, own, prefix)));
        made.push((table, own.clone(), new));
        new
    })
}

fn replaced<T: Table>(mut words: T, own: &Own, prefix: &str) -> T {
    for (name, slot) in T::NAMES.iter().zip(words.slots()) {
        let given = own.iter().find(|(given, _)| given.strip_prefix(prefix) == Some(name));
        // `lang` names the language that all the other words are in.
        if let Some((_, text)) = given.filter(|_| *name != "lang") {
            *slot = Box::leak(text.clone().into_boxed_str());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::executor::block_on;

    #[test]
    fn a_host_has_words_of_its_own() {
        let english = block_on(super::super::text::texts("en"));
        let own = |name: &str| vec![(name.to_owned(), "Mine".to_owned())];
        let (words, unknown) = block_on(texts(english, &own("renew")));
        assert_eq!((words.renew, words.choose, unknown), ("Mine", english.choose, vec![]));
        let (again, _) = block_on(texts(english, &own("renew")));
        assert!(std::ptr::eq(words, again), "the same table is made once");
        for name in ["no_such", "checkout.no_such", "find.no_such", "checkout.renew", ""] {
            let (words, unknown) = block_on(texts(english, &own(name)));
            assert_eq!((words.renew, unknown), (english.renew, vec![name.to_owned()]));
        }
        assert_eq!(block_on(texts(english, &own("checkout.edit"))).1, Vec::<String>::new());
        assert_eq!(block_on(of_checkout(&checkout::words::EN, &own("checkout.edit"))).edit, "Mine");
        assert_eq!(block_on(of_checkout(&checkout::words::EN, &own("edit"))).edit, checkout::words::EN.edit);
        assert_eq!(block_on(of_finder(&find::words::EN, &own("find.find"))).find, "Mine");
        assert_eq!(block_on(texts(english, &own("lang"))).0.lang, "en");
    }
}
