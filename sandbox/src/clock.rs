//! The carrier's time, which a test may set.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Tells the carrier's time, in milliseconds since 1970.
#[derive(Clone)]
pub struct Clock(Source);

#[derive(Clone)]
enum Source {
    /// The machine's own time, so many milliseconds ahead.
    System(Arc<AtomicI64>),
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's own time, until [`Clock::advance`] moves it.
    pub fn system() -> Self {
        Self(Source::System(Arc::default()))
    }

    /// A clock that stands still until [`Clock::advance`] moves it.
    pub fn manual(start_ms: i64) -> Self {
        Self(Source::Manual(Arc::new(AtomicI64::new(start_ms))))
    }

    /// Moves the clock, and all its clones, forward.
    pub fn advance(&self, ms: i64) {
        let (Source::System(moved) | Source::Manual(moved)) = &self.0;
        moved.fetch_add(ms, Ordering::SeqCst);
    }

    /// Milliseconds since 1970.
    pub fn now(&self) -> i64 {
        match &self.0 {
            Source::Manual(now) => now.load(Ordering::SeqCst),
            Source::System(ahead) => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).ok();
                let now = since.and_then(|since| i64::try_from(since.as_millis()).ok()).unwrap_or_default();
                now.saturating_add(ahead.load(Ordering::SeqCst))
            }
        }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({})", self.now())
    }
}
