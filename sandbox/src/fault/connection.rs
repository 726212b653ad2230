//! The connection on which a request comes. A browser that loses one which it had kept for later takes it for worn out,
//! and sends the same request again on another, even a POST. A page would never see the fault.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::extract::connect_info::Connected;
use axum::extract::{ConnectInfo, Request};
use axum::http::Extensions;
use axum::middleware::Next;
use axum::response::Response;
use axum::serve::IncomingStream;
use tokio::net::TcpListener;

/// When a connection that was opened for a request has brought it. One that comes later has lain ready.
const BRINGS_WITHIN: Duration = Duration::from_millis(250);
/// How soon a browser has sent again what was lost on a connection that had brought a request before.
const SURELY_RESENT: Duration = Duration::from_secs(5);
/// The same on one that may only have been slow: shorter than a page waits before it tries again of its own accord.
const MAYBE_RESENT: Duration = Duration::from_millis(500);

/// A client's connection.
#[derive(Clone, Debug)]
pub struct Connection {
    opened: Instant,
    was_used: Arc<AtomicBool>,
}

impl Connected<IncomingStream<'_, TcpListener>> for Connection {
    fn connect_info(_: IncomingStream<'_, TcpListener>) -> Self {
        Self { opened: Instant::now(), was_used: Arc::default() }
    }
}

/// How soon a request is sent again that is lost on its connection.
#[derive(Clone, Copy, Debug)]
struct Resent(Duration);

/// Notes on each request whether its connection was kept.
pub(crate) async fn note(mut request: Request, next: Next) -> Response {
    if let Some(ConnectInfo(connection)) = request.extensions().get::<ConnectInfo<Connection>>() {
        let was_used = connection.was_used.swap(true, Ordering::SeqCst);
        let was_idle = connection.opened.elapsed() > BRINGS_WITHIN;
        let within = if was_used { Some(SURELY_RESENT) } else { was_idle.then_some(MAYBE_RESENT) };
        if let Some(within) = within {
            request.extensions_mut().insert(Resent(within));
        }
    }
    next.run(request).await
}

/// How soon the client sends a request again by itself, if it gets no answer. None when it does not.
pub(super) fn resent_within(of: &Extensions) -> Option<Duration> {
    of.get().map(|Resent(within)| *within)
}
