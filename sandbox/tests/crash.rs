//! The real program, killed without warning: what it acknowledged is there when it comes back.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// The longest that anything here may take.
const PATIENCE: Duration = Duration::from_secs(20);

struct Server {
    process: Child,
    carrier: String,
    pages: String,
}

impl Server {
    fn start(db: &Path, more: &[&str]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_sandbox"))
            .args(["--carrier-port", "0", "--pages-port", "0", "--json", "--db"])
            .arg(db)
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        let text = |name: &str| ready[name].as_str().unwrap().to_owned();
        Self { carrier: text("carrier"), pages: text("pages"), process }
    }

    /// SIGKILL: no handler runs, nothing is flushed.
    fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    fn client(&self) -> Client {
        let address = self.carrier.strip_prefix("http://").unwrap().to_owned();
        let stranger = Client { address, token: String::new(), pages: self.pages.clone() };
        let token = stranger.send("POST", "/demo/token", Some(&json!({ "msisdn": "+37761234501" }))).unwrap();
        Client { token: token["access_token"].as_str().unwrap().to_owned(), ..stranger }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended = self.process.kill();
        let _status = self.process.wait();
    }
}

/// A bare HTTP/1.1 client. None when the server is gone.
struct Client {
    address: String,
    token: String,
    pages: String,
}

impl Client {
    fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Option<Value> {
        let body = body.map(ToString::to_string).unwrap_or_default();
        let reply = self.raw(method, path, "application/json", &body)?;
        let (head, body) = reply.split_once("\r\n\r\n")?;
        head.starts_with("HTTP/1.1 2").then(|| serde_json::from_str(body).ok())?
    }

    fn raw(&self, method: &str, path: &str, kind: &str, body: &str) -> Option<String> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\nauthorization: Bearer {}\r\n\
             content-type: {kind}\r\ncontent-length: {}\r\n\r\n{body}",
            self.token,
            body.len()
        );
        stream.write_all(request.as_bytes()).ok()?;
        let mut reply = String::new();
        stream.read_to_string(&mut reply).ok()?;
        Some(reply)
    }

    /// Orders and pays. Answers what was acknowledged: the order's id, and whether its payment's page led back.
    fn buy(&self, key: &str, acknowledged: &mut Acknowledged) -> Option<()> {
        let items = json!([{ "id": "1", "action": "add", "quantity": 1, "productOffering": { "id": "data-1" },
            "product": { "productRelationship": [{ "relationshipType": "reliesOn", "product": { "id": "line-1" } }] } }]);
        let cart = self.send("POST", "/tmf-api/shoppingCart/v4/shoppingCart", Some(&json!({ "cartItem": items })))?;
        let total = &cart["cartTotalPrice"][0]["price"]["taxIncludedAmount"];
        let order = json!({ "externalId": key, "shoppingCart": { "id": cart["id"] }, "productOrderItem": items,
            "orderTotalPrice": [{ "priceType": "oneTime", "price": { "taxIncludedAmount": total } }] });
        let order = self.send("POST", "/tmf-api/productOrderingManagement/v4/productOrder", Some(&order))?;
        acknowledged.orders.push(key.to_owned());
        let payment = json!({ "correlatorId": key, "account": { "id": "account-1" }, "paymentMethod": { "id": "hosted" },
            "totalAmount": total, "paymentItem": [{ "item": { "id": order["id"] } }], "returnUrl": format!("{}/", self.pages) });
        let payment = self.send("POST", "/payment/v4/payment", Some(&payment))?;
        acknowledged.payments.push(key.to_owned());
        let page = payment["redirectUrl"].as_str()?.split_once("/pay/")?.1.to_owned();
        let form = "application/x-www-form-urlencoded";
        let reply = self.raw("POST", &format!("/pay/{page}"), form, "action=pay&card=accepted")?;
        if reply.starts_with("HTTP/1.1 303") {
            acknowledged.captures.push(key.to_owned());
        }
        Some(())
    }

    fn ledger(&self, key: &str) -> Value {
        self.send("GET", &format!("/demo/ledger?externalId={key}"), None).unwrap()
    }
}

#[derive(Default)]
struct Acknowledged {
    orders: Vec<String>,
    payments: Vec<String>,
    captures: Vec<String>,
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("carrier.sqlite");
    let mut all = Acknowledged::default();
    for round in 0..4 {
        let server = Server::start(&db, &[]);
        let (client, stop) = (server.client(), AtomicBool::new(false));
        std::thread::scope(|scope| {
            let (stop, client) = (&stop, &client);
            let buyer = scope.spawn(move || {
                let mut acknowledged = Acknowledged::default();
                for number in 0.. {
                    let bought = client.buy(&format!("key-{round}-{number}"), &mut acknowledged);
                    if number >= 2 {
                        stop.store(true, Ordering::SeqCst);
                    }
                    if bought.is_none() {
                        break;
                    }
                }
                acknowledged
            });
            // Killed while requests are under way, after some have been acknowledged.
            let begun = Instant::now();
            while !stop.load(Ordering::SeqCst) && begun.elapsed() < PATIENCE {
                std::thread::yield_now();
            }
            server.kill();
            let acknowledged = buyer.join().unwrap();
            all.orders.extend(acknowledged.orders);
            all.payments.extend(acknowledged.payments);
            all.captures.extend(acknowledged.captures);
        });
    }
    assert!(all.captures.len() >= 12, "{} captures", all.captures.len());

    let server = Server::start(&db, &[]);
    let client = server.client();
    for key in &all.orders {
        let ledger = client.ledger(key);
        assert_eq!(ledger["orders"].as_array().map(Vec::len), Some(1), "{key}");
        let charges = ledger["charges"].as_array().map(Vec::len);
        assert!(charges <= Some(1), "{key} was charged twice");
        if all.payments.contains(key) {
            assert_eq!(ledger["payments"].as_array().map(Vec::len), Some(1), "{key}");
        }
        if all.captures.contains(key) {
            assert_eq!((charges, &ledger["payments"][0]["status"]), (Some(1), &json!("captured")), "{key}");
        }
    }
}

#[test]
fn fresh_starts_over() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("below").join("carrier.sqlite");
    let server = Server::start(&db, &[]);
    server.client().buy("key", &mut Acknowledged::default()).unwrap();
    server.kill();
    let server = Server::start(&db, &["--fresh"]);
    assert_eq!(server.client().ledger("key")["orders"], json!([]));
}

#[test]
fn a_termination_signal_ends_it_cleanly() {
    let folder = tempfile::tempdir().unwrap();
    for signal in ["-TERM", "-INT"] {
        let mut server = Server::start(&folder.path().join("carrier.sqlite"), &[]);
        let sent = Command::new("kill").args([signal, &server.process.id().to_string()]).status().unwrap();
        assert!(sent.success());
        assert!(server.process.wait().unwrap().success(), "{signal}");
    }
}

#[test]
fn a_taken_port_is_stepped_over() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let server = Server::start(&folder.path().join("carrier.sqlite"), &["--carrier-port", &port]);
    assert_ne!(server.carrier, format!("http://127.0.0.1:{port}"));
    assert_eq!(server.client().ledger("none")["orders"], json!([]));
}
