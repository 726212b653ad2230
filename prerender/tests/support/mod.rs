//! Runs the program on files, and on a carrier of the test's own.

use sandbox::{Carrier, Clock, Settings, Store};
use serde_json::{Value, json};
use std::fs;
use std::net::Ipv4Addr;
use std::process::{Command, Output};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// When the files were written.
pub const NOW: &str = "2026-11-22T13:05:00Z";
/// The same in milliseconds since 1970.
pub const START: i64 = 1_795_352_700_000;

/// What the program said.
pub struct Said {
    pub ok: bool,
    pub html: String,
    pub errors: String,
}

impl Said {
    /// The linked data, as machines read it: what stands in the one script.
    pub fn products(&self) -> Vec<Value> {
        let (_, data) = self.html.split_once("<script type=\"application/ld+json\">").unwrap();
        let (data, rest) = data.split_once("</script>").unwrap();
        assert!(!rest.contains("<script"), "{rest}");
        let data: Value = serde_json::from_str(data).unwrap();
        assert_eq!(data["@context"], "https://schema.org");
        data["@graph"].as_array().unwrap().clone()
    }

    /// What stands on the card of this name.
    pub fn card(&self, name: &str) -> Option<&str> {
        let heading = format!("<h3>{name}</h3>");
        self.html.split("<article").find(|card| card.contains(&heading))
    }
}

pub fn run(words: &[&str]) -> Said {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_prerender")).args(words).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said { ok: status.success(), html: text(stdout), errors: text(stderr) }
}

/// Runs it on files, at `NOW`.
pub fn run_on(offerings: &Value, promotions: &Value, words: &[&str]) -> Said {
    let folder = TempDir::new().unwrap();
    let file = |name: &str, content: &Value| {
        let path = folder.path().join(name);
        fs::write(&path, content.to_string()).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (offerings, promotions) = (file("offerings.json", offerings), file("promotions.json", promotions));
    let source = ["--offerings", &offerings, "--promotions", &promotions, "--now", NOW, "--time-zone", "Europe/Monaco"];
    run(&[&source[..], words].concat())
}

/// An offering at a price, and the lowest of the last 30 days if it is said.
pub fn offering(id: &str, price: &str, lowest: Option<&str>) -> Value {
    let amount = |kind: &str, value: &str| json!({ "priceType": kind, "price": { "taxIncludedAmount": { "unit": "EUR", "value": value } } });
    let prices: Vec<_> = [Some(amount("oneTime", price)), lowest.map(|lowest| amount("lowest30Days", lowest))]
        .into_iter()
        .flatten()
        .collect();
    json!({
        "id": id, "name": id.to_uppercase(), "category": [{ "id": "data", "name": "Data" }],
        "productOfferingTerm": [{ "duration": { "amount": 30, "units": "day" } }],
        "prodSpecCharValueUse": [{ "name": "dataVolume", "productSpecCharacteristicValue": [{ "value": 20, "unitOfMeasure": "GB" }] }],
        "productOfferingPrice": prices,
    })
}

/// A tenth off an offering until a time, with a code or without.
pub fn tenth_off(id: &str, ends: &str, code: bool) -> Value {
    let criterion = |parameter: &str, value: &str| json!({ "criteriaParameter": parameter, "criteriaValue": value });
    let mut groups = vec![json!({ "groupName": id, "criteria": [criterion("productOffering", id)] })];
    if code {
        groups.push(json!({ "groupName": "Code", "criteria": [criterion("promotionCode", "*")] }));
    }
    json!({
        "id": format!("tenth-{id}"), "name": format!("A tenth off {id}"), "lifecycleStatus": "active",
        "validFor": { "endDateTime": ends },
        "pattern": [{ "criteriaGroup": groups, "action": [{ "actionType": "percent", "actionValue": "10" }] }],
    })
}

/// A carrier with the seed's data, on a port of its own and by a clock that the test moves.
pub struct Shop {
    pub clock: Clock,
    pub base: String,
    _runtime: Runtime,
}

impl Shop {
    pub fn open() -> Self {
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))).unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let clock = Clock::manual(START);
        let settings = Settings { carrier_origin: base.clone(), page_origins: vec![], clock: clock.clone() };
        let carrier = Carrier::open(&Store::Memory, settings).unwrap();
        runtime.spawn(async move { axum::serve(listener, carrier.service()).await });
        Self { clock, base, _runtime: runtime }
    }

    pub fn prerender(&self, words: &[&str]) -> Said {
        run(&[&["--api-base", &self.base, "--time-zone", "Europe/Monaco"][..], words].concat())
    }
}
