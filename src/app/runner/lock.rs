//! Web Locks (W3C): of all pages of one origin in a browser profile, one has the lock of a name.

use futures::channel::oneshot;
use futures::future::{Either, select};
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["navigator", "locks"], js_name = request)]
    fn request(name: &str, options: &Object, granted: &JsValue) -> Result<Promise, JsValue>;
}

/// What came of asking for a lock.
pub(super) enum Lock {
    /// This page has it, until it is dropped.
    Held(Held),
    /// Another one has it.
    Busy,
    /// The browser has no locks, or none for this page.
    Absent,
}

/// A lock that this page has. Dropped, it is free.
pub(super) struct Held(Option<Function>);

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(release) = &self.0 {
            // What settles a promise does not throw.
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Asks for the lock of a name, and waits for it if another page has it and `waits`.
pub(super) async fn lock(name: &str, waits: bool) -> Lock {
    let options = Object::new();
    // A new object takes any property.
    let _ = Reflect::set(&options, &"ifAvailable".into(), &(!waits).into());
    let (tell, told) = oneshot::channel();
    let granted = Closure::once_into_js(move |lock: JsValue| {
        let mut release = None;
        // The page has the lock until this promise is settled.
        let until = Promise::new(&mut |resolve, _| release = Some(resolve));
        let held = Held(release);
        // Where nobody waits for it any more, it is dropped with the answer.
        let _ = tell.send(if lock.is_null() { Lock::Busy } else { Lock::Held(held) });
        until
    });
    let Ok(promise) = request(name, &options, &granted) else {
        return Lock::Absent;
    };
    match select(told, JsFuture::from(promise)).await {
        Either::Left((Ok(lock), _)) => lock,
        Either::Left((Err(_), _)) | Either::Right(_) => Lock::Absent,
    }
}
