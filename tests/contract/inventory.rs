//! TMF637: what the subscriber has.

use crate::shop::{ALICE, BRUNO, CHIARA, START, Shop, Subscriber, time};
use esim_renewal::carrier::product_inventory::{ListProducts, inventory};
use esim_renewal::carrier::product_ordering::ListOrders;
use esim_renewal::carrier::{CarrierError, Operation as _};
use esim_renewal::domain::id::{AccountId, AttemptKey, CustomerId, OfferingId, ProductId};
use esim_renewal::domain::product::{Line, Plan, ProductStatus, Roaming};
use esim_renewal::domain::time::Timestamp;

fn line(number: u32, iccid: &str) -> Line {
    Line {
        id: ProductId::new(&format!("line-{number}")).unwrap(),
        msisdn: Some(format!("+3776123450{number}")),
        iccid: Some(iccid.to_owned()),
        is_esim: Some(true),
        roaming: Roaming::Allowed,
        status: ProductStatus::Active,
        customer: CustomerId::new(&format!("customer-{number}")),
        account: AccountId::new(&format!("account-{number}")),
    }
}

fn plan(number: u32, offering: &str, name: &str, status: ProductStatus, ends: &str) -> Plan {
    Plan {
        id: ProductId::new(&format!("plan-{number}")).unwrap(),
        line: ProductId::new(&format!("line-{number}")).unwrap(),
        offering: OfferingId::new(offering),
        name: name.to_owned(),
        status,
        ends: Some(time(ends)),
    }
}

/// Each of the demo's subscribers has one line and one plan, read with all that is known of them.
#[tokio::test]
async fn lines_and_plans_are_read() {
    let shop = Shop::new();
    let (active, ended) = (ProductStatus::Active, ProductStatus::Ended);
    for (msisdn, line, plan) in [
        (ALICE, line(1, "8937710000000000014"), plan(1, "riviera-20", "Riviera 20 GB", active, "2026-12-13T22:59:59Z")),
        (BRUNO, line(2, "8937710000000000022"), plan(2, "riviera-10", "Riviera 10 GB", active, "2026-11-25T22:59:59Z")),
        (
            CHIARA,
            line(3, "8937710000000000030"),
            plan(3, "riviera-week", "Riviera Week", ended, "2026-11-20T22:59:59Z"),
        ),
    ] {
        let subscriber = shop.sign_in(msisdn).await;
        let page = subscriber.call(&ListProducts { offset: 0 }).await.unwrap();
        assert_eq!((page.received, page.dropped.len()), (3, 0));
        let has = inventory(page.items);
        assert_eq!((has.lines, has.plans), (vec![line], vec![plan]));
    }
}

/// By state and by end alike, one plan is over and the others are not.
#[tokio::test]
async fn an_ended_plan_is_known_as_ended() {
    let shop = Shop::new();
    let now = Timestamp::from_millis(START);
    let mut ended = Vec::new();
    for msisdn in [ALICE, BRUNO, CHIARA] {
        ended.push(shop.sign_in(msisdn).await.plan.has_ended(now));
    }
    assert_eq!(ended, [false, false, true]);
}

/// An add-on is neither line nor plan: it stands beside them, with when it ends.
#[tokio::test]
async fn an_add_on_is_no_plan() {
    let alice = Subscriber::new(ALICE).await;
    let order = alice.ordered(&alice.add("roaming-eu-5", 1), "order").await;
    alice.pay_and_wait(&order, "try").await;
    let page = alice.call(&ListProducts { offset: 0 }).await.unwrap();
    assert_eq!(page.dropped, []);
    let add_ons = inventory(page.items).add_ons;
    let shown: Vec<_> = add_ons.iter().map(|one| (one.name.as_str(), one.ends.is_some())).collect();
    assert_eq!(shown, [("Roaming access", false), ("European Union 5 GB", true)]);
    assert_eq!(alice.again().await.plan, alice.plan);
}

/// What is the subscriber's is answered only with a token that holds.
#[tokio::test]
async fn nothing_of_a_subscriber_is_public() {
    let shop = Shop::new();
    let (products, key) = (ListProducts { offset: 0 }, AttemptKey::new("key").unwrap());
    assert_eq!(shop.call(&products).await, Err(CarrierError::SignedOut));
    assert_eq!(shop.call(&ListOrders { key: &key, offset: 0 }).await, Err(CarrierError::SignedOut));
    assert_eq!(shop.send(&products.request(), Some("made-up")).await.status, 401);
    let alice = shop.sign_in(ALICE).await;
    shop.clock.advance(16 * crate::shop::MINUTE);
    assert_eq!(alice.call(&products).await, Err(CarrierError::SignedOut));
}
