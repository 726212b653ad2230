//! An answer that never comes.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::response::Response;
use http_body::Frame;

/// A body that fails before its first byte. The server puts an answer's head and the first of its body into one buffer
/// before it writes to the connection. It meets the failure while the head still lies there, and ends the connection:
/// the client has not received a single byte.
struct Severed;

impl HttpBody for Severed {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        Poll::Ready(Some(Err(io::ErrorKind::ConnectionAborted.into())))
    }
}

/// Ends the connection instead of an answer.
pub(super) fn severed() -> Response {
    Response::new(Body::new(Severed))
}
