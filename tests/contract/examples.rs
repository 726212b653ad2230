//! The examples of `docs/carrier-profile.md` are what widget and carrier really say to each other.
//!
//! A block below `<!-- example: NAME -->` is written by `UPDATE_DOCS=1 cargo test --test contract examples`.

use crate::layout::lay_out;
use crate::shop::{ALICE, Subscriber, attempt_key, cart_of, hosted, try_key};
use esim_renewal::carrier::Operation;
use esim_renewal::carrier::json::Json;
use esim_renewal::carrier::payment::CreatePayment;
use esim_renewal::carrier::payment_method::ListPaymentMethods;
use esim_renewal::carrier::product_catalog::ListOfferings;
use esim_renewal::carrier::product_inventory::ListProducts;
use esim_renewal::carrier::product_ordering::CreateOrder;
use esim_renewal::carrier::shopping_cart::CreateCart;
use esim_renewal::carrier::usage_consumption::{GetUsageQuery, QueryUsage};
use esim_renewal::domain::id::QueryId;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/carrier-profile.md");
/// The one example that is no block.
const IN_PROSE: &str = "usage-request";
const MARK: &str = "<!-- example: ";
const KEY: &str = "7f9c2d4e-81b3-4c0a-9e57-3a6d1f08b2c5";
const TRY: &str = "0b51e7a8-6c2f-4d93-b1e0-94f7c35a2d68";

/// The examples by name, with each id that is made anew replaced by a plain one.
#[derive(Default)]
struct Examples {
    texts: BTreeMap<&'static str, String>,
    ids: Vec<(String, &'static str)>,
}

impl Examples {
    fn add(&mut self, name: &'static str, value: &Value) {
        if !name.is_empty() {
            self.texts.insert(name, lay_out(value));
        }
    }

    /// Carries out a call and keeps what was sent and answered under these names; what has no name is not kept.
    async fn call<O: Operation>(&mut self, who: &Subscriber, names: [&'static str; 2], call: &O) -> (Value, O::Output) {
        if let Some(body) = call.request().body {
            self.add(names[0], &serde_json::from_str(&body).unwrap());
        }
        let reply = who.reply(call).await;
        assert!((200..300).contains(&reply.status), "{}", reply.text);
        let value = reply.json();
        self.add(names[1], &value);
        let output = call.parse(&Json::parse(&value.to_string()).unwrap()).unwrap();
        (value, output)
    }

    fn plain(&mut self, id: &str, instead: &'static str) {
        self.ids.push((id.to_owned(), instead));
    }

    fn finish(mut self) -> BTreeMap<&'static str, String> {
        for (id, instead) in &self.ids {
            for text in self.texts.values_mut() {
                *text = text.replace(id, instead);
            }
        }
        // A plain id is shorter: what it makes fit is laid out anew.
        for text in self.texts.values_mut() {
            *text = lay_out(&serde_json::from_str(text).unwrap());
        }
        self.texts
    }
}

/// One renewal from the catalogue to the opened payment page.
async fn examples() -> BTreeMap<&'static str, String> {
    let alice = Subscriber::new(ALICE).await;
    let mut examples = Examples::default();

    let (catalogue, _) =
        examples.call(&alice, ["", "catalogue-answer"], &ListOfferings { offset: 0, anew: false }).await;
    let one = catalogue.as_array().unwrap().iter().find(|entry| entry["id"] == "data-20");
    examples.add("catalogue-answer", &json!([one]));
    examples.call(&alice, ["", "inventory-answer"], &ListProducts { offset: 0 }).await;

    let (query, _) = examples.call(&alice, ["usage-request", ""], &QueryUsage { line: &alice.line.id }).await;
    alice.shop.clock.advance(crate::shop::SECOND);
    let id = query["id"].as_str().unwrap();
    examples.plain(id, "query-1");
    examples.call(&alice, ["", "usage-answer"], &GetUsageQuery { id: QueryId::new(id).unwrap() }).await;

    let basket = alice.add("data-20", 2);
    let (_, quote) = examples.call(&alice, ["cart-request", "cart-answer"], &CreateCart { basket: &basket }).await;
    examples.plain(cart_of(&quote), "cart-1");

    let order = CreateOrder {
        key: &attempt_key(KEY),
        basket: &basket,
        quote: &quote,
        customer: alice.line.customer.as_ref(),
        account: alice.line.account.as_ref(),
    };
    let (_, order) = examples.call(&alice, ["order-request", "order-answer"], &order).await;
    examples.plain(order.id.as_str(), "order-1");

    examples.call(&alice, ["", "payment-methods-answer"], &ListPaymentMethods { offset: 0 }).await;
    let payment = CreatePayment {
        key: &try_key(TRY),
        order: &order.id,
        total: quote.total,
        account: alice.line.account.as_ref().unwrap(),
        method: &hosted(),
        token: None,
        return_url: &format!("https://shop.example/renew?esim-return={KEY}"),
    };
    let (answer, payment) = examples.call(&alice, ["payment-request", "payment-answer"], &payment).await;
    examples.plain(payment.id.as_str(), "payment-1");
    let page = answer["redirectUrl"].as_str().unwrap();
    examples.plain(page.rsplit('/').next().unwrap(), "…");
    examples.finish()
}

/// The file with each marked block replaced, and the names that were met.
fn with_examples<'a>(file: &'a str, examples: &BTreeMap<&str, String>) -> (String, Vec<&'a str>) {
    let (mut new, mut met) = (String::new(), Vec::new());
    let mut lines = file.lines();
    while let Some(line) = lines.next() {
        new.push_str(line);
        new.push('\n');
        let Some(name) = line.strip_prefix(MARK).and_then(|rest| rest.strip_suffix(" -->")) else { continue };
        let example = examples.get(name).unwrap_or_else(|| panic!("there is no example {name}"));
        assert_eq!(lines.next(), Some("```json"), "no block follows the mark of {name}");
        lines.by_ref().find(|line| *line == "```").unwrap_or_else(|| panic!("the block of {name} has no end"));
        new.extend(["```json\n", example, "\n```\n"]);
        met.push(name);
    }
    (new, met)
}

/// Each example of the file is what was said just now, and each has its place there.
#[tokio::test]
async fn the_profile_shows_what_is_said() {
    let examples = examples().await;
    let file = std::fs::read_to_string(FILE).unwrap();
    let (new, mut met) = with_examples(&file, &examples);
    met.sort_unstable();
    let in_blocks = examples.keys().copied().filter(|name| !["usage-request", ""].contains(name));
    let shown: Vec<_> = in_blocks.filter(|name| *name != "order-completed").collect();
    assert_eq!(met, shown);
    assert_eq!(file.matches("```json").count(), shown.len(), "an example without a mark");
    assert!(file.contains(&format!("Sent: `{}`.", examples[IN_PROSE])), "{}", examples[IN_PROSE]);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(FILE, new).unwrap();
        return;
    }
    assert!(new == file, "docs/carrier-profile.md is not what is said: run with UPDATE_DOCS=1\n{new}");
}

/// A mark's block is replaced, what stands around it is kept, and an example that is unknown is found.
#[test]
fn only_marked_blocks_are_replaced() {
    let examples = BTreeMap::from([("a", "[1]".to_owned())]);
    let file = "x\n<!-- example: a -->\n```json\n{\n}\n```\ny\n```json\n2\n```\n";
    let (new, met) = with_examples(file, &examples);
    assert_eq!(new, "x\n<!-- example: a -->\n```json\n[1]\n```\ny\n```json\n2\n```\n");
    assert_eq!(met, ["a"]);
}
