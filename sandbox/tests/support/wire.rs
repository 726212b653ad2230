//! The carrier on a real connection, and a client that sees what comes over it.

use std::time::Duration;

use axum::http::Method;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::User;

/// The longest that anything may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Serves the user's carrier, as the program does, as long as the test lasts. Answers the address.
pub async fn serve(user: &User) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let service = user.shop.carrier.service();
    tokio::spawn(async move { axum::serve(listener, service).await });
    address
}

/// One connection, which is kept.
pub struct Line(TcpStream);

impl Line {
    pub async fn open(address: &str) -> Self {
        Self(TcpStream::connect(address).await.unwrap())
    }

    /// Sends a request, and answers all bytes that come until the answer is whole or the connection has ended.
    pub async fn ask(&mut self, user: &User, method: Method, path: &str, body: Option<&Value>) -> String {
        let body = body.map(ToString::to_string).unwrap_or_default();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            user.token,
            body.len()
        );
        self.0.write_all(request.as_bytes()).await.unwrap();
        tokio::time::timeout(PATIENCE, self.answer()).await.unwrap()
    }

    async fn answer(&mut self) -> String {
        let (mut bytes, mut chunk) = (Vec::new(), [0; 4096]);
        while !is_whole(&bytes) {
            match self.0.read(&mut chunk).await {
                Ok(0) | Err(_) => break,
                Ok(count) => bytes.extend_from_slice(&chunk[..count]),
            }
        }
        String::from_utf8(bytes).unwrap()
    }
}

fn is_whole(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    length.is_some_and(|length: usize| body.len() >= length)
}

/// The status of an answer; none where not a single byte came.
pub fn status(answer: &str) -> Option<u16> {
    if answer.is_empty() {
        return None;
    }
    Some(answer.strip_prefix("HTTP/1.1 ").unwrap()[..3].parse().unwrap())
}
