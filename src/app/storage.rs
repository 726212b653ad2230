//! A place of the tab's own for what must survive a reload. Denied or full, memory takes its part.
//!
//! What all tabs of the browser share lies in local storage; without it each tab knows only what it did itself.

use leptos::prelude::window;
use std::cell::{Cell, RefCell};

thread_local! {
    /// What session storage would not take; it lives as long as the page.
    static MEMORY: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
    /// Whether the page says that nothing may be stored.
    static IS_DENIED: Cell<bool> = const { Cell::new(false) };
}

/// With what all names begin.
const OURS: &str = "esim-renewal:";

fn session() -> Option<web_sys::Storage> {
    if IS_DENIED.get() { None } else { window().session_storage().ok().flatten() }
}

/// Says whether the browser's storage may be used. Where it may not be, what was kept there goes on in memory.
pub fn allow(is_allowed: bool) {
    if is_allowed != IS_DENIED.get() {
        return;
    }
    if !is_allowed && let Some(storage) = session() {
        for name in ours(&storage, OURS) {
            if let Some(text) = read(&name) {
                MEMORY.with_borrow_mut(|memory| memory.push((name.clone(), text)));
            }
            let _ = storage.remove_item(&name);
        }
        forget_shared(OURS);
    }
    IS_DENIED.set(!is_allowed);
}

fn ours(storage: &web_sys::Storage, prefix: &str) -> Vec<String> {
    let names = (0..storage.length().unwrap_or_default()).filter_map(|at| storage.key(at).ok().flatten());
    names.filter(|name| name.starts_with(prefix)).collect()
}

/// What is kept under a name.
pub fn read(name: &str) -> Option<String> {
    let in_memory = MEMORY.with_borrow(|memory| {
        let found = memory.iter().find(|(known, _)| known == name);
        found.map(|(_, text)| text.clone())
    });
    in_memory.or_else(|| session()?.get_item(name).ok().flatten())
}

/// Keeps a text under a name, for this tab alone.
pub fn write(name: &str, text: &str) {
    MEMORY.with_borrow_mut(|memory| {
        memory.retain(|(known, _)| known != name);
        let kept = session().is_some_and(|storage| storage.set_item(name, text).is_ok());
        if !kept {
            memory.push((name.to_owned(), text.to_owned()));
        }
    });
}

/// Forgets what is kept under a name.
pub fn remove(name: &str) {
    MEMORY.with_borrow_mut(|memory| memory.retain(|(known, _)| known != name));
    if let Some(storage) = session() {
        // Where removing is denied, writing was too.
        let _ = storage.remove_item(name);
    }
}

fn shared() -> Option<web_sys::Storage> {
    if IS_DENIED.get() { None } else { window().local_storage().ok().flatten() }
}

/// What any tab shared last under a name.
pub fn read_shared(name: &str) -> Option<String> {
    shared()?.get_item(name).ok().flatten()
}

/// Shares a text with the other tabs under a name.
pub fn share(name: &str, text: &str) {
    if let Some(storage) = shared()
        && storage.set_item(name, text).is_err()
    {
        // Full: what is old is worse than nothing. The other tabs hear of the new on their channel.
        let _ = storage.remove_item(name);
    }
}

/// Takes away what any tab shared under names that begin so.
pub fn forget_shared(prefix: &str) {
    let Some(storage) = shared() else { return };
    for name in ours(&storage, prefix) {
        let _ = storage.remove_item(&name);
    }
}

/// Whether this is the first time in this browser profile that a name is asked for; on this page, where nothing may be kept.
pub fn first_time(name: &str) -> bool {
    if read(name).is_some() || read_shared(name).is_some() {
        return false;
    }
    let is_shared = shared().is_some_and(|storage| storage.set_item(name, "1").is_ok());
    if !is_shared {
        write(name, "1");
    }
    true
}
