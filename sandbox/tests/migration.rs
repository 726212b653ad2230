//! A database that an earlier version made is brought up to date, with what was in it.

mod support;

use rusqlite::Connection;
use sandbox::Store;
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
    // The subscribers who came with this version are there too.
    assert_eq!(shop.sign_in(DORA).await.products().await.len(), 4);

    let db = Connection::open(&file).unwrap();
    let broken: i64 = db.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
    assert_eq!(broken, 0);
}
