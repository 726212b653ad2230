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

/// When a connection that was opened for a request has brought it.
const BRINGS_WITHIN: Duration = Duration::from_millis(50);

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

/// Whether a request came on a connection that the client had kept.
#[derive(Clone, Copy, Debug)]
struct Kept(bool);

/// Notes on each request whether its connection was kept.
pub(crate) async fn note(mut request: Request, next: Next) -> Response {
    if let Some(ConnectInfo(connection)) = request.extensions().get::<ConnectInfo<Connection>>() {
        let was_used = connection.was_used.swap(true, Ordering::SeqCst);
        let kept = Kept(was_used || connection.opened.elapsed() > BRINGS_WITHIN);
        request.extensions_mut().insert(kept);
    }
    next.run(request).await
}

/// Whether the client had kept the connection. Where nothing is known of it: no.
pub(super) fn is_kept(of: &Extensions) -> bool {
    matches!(of.get(), Some(Kept(true)))
}
