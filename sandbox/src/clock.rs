//! The carrier's time, which a test may set.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Tells the carrier's time, in milliseconds since 1970.
#[derive(Clone)]
pub struct Clock {
    source: Source,
    /// By how many milliseconds the `Date` header is ahead of it.
    told_ahead: Arc<AtomicI64>,
}

#[derive(Clone)]
enum Source {
    /// The machine's own time, so many milliseconds ahead.
    System(Arc<AtomicI64>),
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's own time, until [`Clock::advance`] moves it.
    pub fn system() -> Self {
        Self::over(Source::System(Arc::default()))
    }

    /// A clock that stands still until [`Clock::advance`] moves it.
    pub fn manual(start_ms: i64) -> Self {
        Self::over(Source::Manual(Arc::new(AtomicI64::new(start_ms))))
    }

    fn over(source: Source) -> Self {
        Self { source, told_ahead: Arc::default() }
    }

    /// Moves the clock, and all its clones, forward.
    pub fn advance(&self, ms: i64) {
        let (Source::System(moved) | Source::Manual(moved)) = &self.source;
        moved.fetch_add(ms, Ordering::SeqCst);
    }

    /// Lets headers tell a time that is so much ahead of the clock, or behind it. Nothing else goes by it.
    pub fn tell_ahead(&self, ms: i64) {
        self.told_ahead.store(ms, Ordering::SeqCst);
    }

    /// The time that headers tell.
    pub fn told(&self) -> i64 {
        self.now().saturating_add(self.told_ahead.load(Ordering::SeqCst))
    }

    /// Milliseconds since 1970.
    pub fn now(&self) -> i64 {
        match &self.source {
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
