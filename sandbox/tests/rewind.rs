//! What is done can be taken back: how a test begins again with the same data, without opening the carrier anew.

mod support;

use serde_json::json;
use support::{ALICE, ORDERS, Shop};

#[tokio::test]
async fn all_that_was_done_is_taken_back() {
    let shop = Shop::new();
    let alice = shop.sign_in(ALICE).await;
    shop.carrier.mark().unwrap();
    for _ in 0..2 {
        let plan = alice.plan().await;
        alice.buy(&[alice.add("data-5", 1)], "key").await;
        assert_eq!(shop.ledger("key").await["charges"].as_array().unwrap().len(), 1);
        // What is refused leaves nothing behind, and keeps what was done before.
        assert_eq!(alice.post(ORDERS, &json!({ "externalId": "key" })).await.status, 400);
        assert_eq!(shop.ledger("key").await["orders"].as_array().unwrap().len(), 1);
        shop.carrier.rewind().unwrap();
        assert_eq!(shop.ledger("key").await["orders"], json!([]));
        assert_eq!(alice.plan().await, plan);
    }
}
