//! A database that an earlier version made is brought up to date, with what was in it.

mod support;

use rusqlite::Connection;
use sandbox::Store;
use serde_json::json;
use support::{ALICE, DORA, ORDERS, PAYMENTS, Shop};

const OLD: &str = "
INSERT INTO customer VALUES ('customer-1', 'account-1', 'Alice Demo', '+37761234501', 'Plenty left.');
INSERT INTO product (id, customer_id, kind, line_id, name, iccid, start_ms)
    VALUES ('line-1', 'customer-1', 'line', 'line-1', 'Mobile line', '8937710000000000014', 1763816700000);
INSERT INTO product (id, customer_id, kind, line_id, name, offering_id, start_ms, end_ms)
    VALUES ('plan-1', 'customer-1', 'plan', 'line-1', 'Riviera 20 GB', 'riviera-20', 1794579899000, 1797201899000);
INSERT INTO cart VALUES ('cart-1', 'customer-1', 0, 1200000,
    '[{\"id\":\"1\",\"action\":\"add\",\"quantity\":1,\"offering\":\"data-5\",\"line\":\"line-1\",\"plan\":null}]');
INSERT INTO product_order (id, customer_id, external_id, fingerprint, cart_id, items, notes, total_cents, state, created_ms)
    VALUES ('order-1', 'customer-1', 'key', '', 'cart-1', (SELECT items FROM cart), '[]', 900, 'completed', 0);
INSERT INTO payment (id, customer_id, order_id, correlator_id, fingerprint, amount_cents, return_url, token, status,
                     created_ms, status_ms)
    VALUES ('payment-1', 'customer-1', 'order-1', 'try', '', 900, 'http://page.test/', 'secret', 'captured', 0, 0);
INSERT INTO charge VALUES ('charge-1', 'payment-1', 'order-1', 900, 0, 0);
";

#[tokio::test]
async fn what_an_earlier_version_kept_is_still_there() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("carrier.sqlite");
    let db = Connection::open(&file).unwrap();
    db.execute_batch(include_str!("../migrations/0001_carrier.sql")).unwrap();
    db.execute_batch(include_str!("../migrations/0002_oauth.sql")).unwrap();
    db.execute_batch(OLD).unwrap();
    db.pragma_update(None, "user_version", 2).unwrap();
    drop(db);

    let shop = Shop::over(&Store::File(file.clone()));
    let alice = shop.sign_in(ALICE).await;
    let line = &alice.products().await[0];
    assert_eq!(line["productCharacteristic"].as_array().unwrap().len(), 4);
    assert_eq!(alice.product("roaming-access").await["status"], "active");
    assert_eq!(alice.get(ORDERS).await.ok(200)[0]["state"], "completed");
    assert_eq!(alice.get(PAYMENTS).await.ok(200)[0]["paymentMethod"]["id"], "hosted");
    assert_eq!(alice.balance().await, "0.00");
    alice.buy(&[alice.add("data-5", 1)], "new").await;
    // What was used before is not known of her; from now on it is kept.
    assert_eq!(alice.now_and_past("line-1").await.1.len(), 0);
    // The subscribers who came with this version are there too, with what they used.
    let dora = shop.sign_in(DORA).await;
    assert_eq!(dora.products().await.len(), 4);
    assert_eq!(dora.now_and_past("line-4").await.1.len(), 9);

    let db = Connection::open(&file).unwrap();
    let broken: i64 = db.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
    assert_eq!(broken, 0);
}

#[tokio::test]
async fn what_an_earlier_version_kept_gets_a_past_from_now_on() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("carrier.sqlite");
    Shop::over(&Store::File(file.clone()));
    // As an earlier version left it: the same subscribers, with nowhere to keep what they used and wrote.
    let db = Connection::open(&file).unwrap();
    db.execute_batch("DROP TABLE past_bucket; ALTER TABLE topup DROP COLUMN description").unwrap();
    db.pragma_update(None, "user_version", 3).unwrap();
    drop(db);

    for _ in 0..2 {
        let shop = Shop::over(&Store::File(file.clone()));
        assert_eq!(shop.sign_in(DORA).await.now_and_past("line-4").await.1.len(), 0);
    }
    let alice = Shop::over(&Store::File(file.clone())).sign_in(ALICE).await;
    alice.buy(&[alice.renew("riviera-10", 1)], "order").await;
    // Opened again, the carrier adds nothing to it.
    let alice = Shop::over(&Store::File(file)).sign_in(ALICE).await;
    let (_, past) = alice.now_and_past("line-1").await;
    let told: Vec<_> =
        past.iter().map(|bucket| (&bucket["usageType"], &bucket["bucketCounter"][1]["value"]["amount"])).collect();
    assert_eq!(told, [(&json!("data"), &json!(5.2)), (&json!("voice"), &json!(47))]);
}
