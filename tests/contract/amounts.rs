//! One amount from the card to the ledger.

use crate::catalogue::offerings;
use crate::shop::{ALICE, Shop, Subscriber, attempt_key, euros, try_key};
use esim_renewal::carrier::payment::ListPayments;
use esim_renewal::carrier::product_ordering::ListOrders;
use esim_renewal::domain::money::Money;
use esim_renewal::domain::order::OrderState;
use serde_json::Value;

fn amount(money: &Value) -> Money {
    assert_eq!(money["unit"], "EUR");
    euros(&money["value"].to_string())
}

fn total(prices: &Value) -> Money {
    amount(&prices[0]["price"]["taxIncludedAmount"])
}

async fn card(shop: &Shop, offering: &str) -> Money {
    let offerings = offerings(shop).await;
    offerings.iter().find(|one| one.id.as_str() == offering).unwrap().price.fixed().unwrap()
}

/// For each kind of offering, in odd quantities and at a price that is no round one: what the card says times the
/// quantity is what is quoted, ordered, paid, found again and booked, to the cent.
#[tokio::test]
async fn what_is_shown_is_what_is_booked() {
    for (offering, quantity, expected) in [
        ("data-20", 2, "48.00"),
        ("data-5", 7, "63.07"),
        ("riviera-20", 3, "59.70"),
        ("full-speed-24", 1, "2.90"),
        ("roaming-world-1", 99, "1475.10"),
        ("bundle-globetrotter", 3, "179.70"),
    ] {
        let alice = Subscriber::new(ALICE).await;
        alice.shop.change_price("data-5", 901).await;
        let is_plan = offering.starts_with("riviera");
        let basket = if is_plan { alice.renew(offering, quantity) } else { alice.add(offering, quantity) };
        let expected = euros(expected);
        assert_eq!(card(&alice.shop, offering).await.times(quantity), Ok(expected), "{offering}");

        let quote = alice.quote(&basket).await;
        assert_eq!(quote.total, expected);
        let order = alice.order(&basket, &quote, "order").await.unwrap();
        assert_eq!(order.total, Some(expected));
        let payment = alice.pay(&order, "try").await.unwrap();
        assert_eq!(payment.amount, Some(expected));
        alice.shop.press(&payment.page.unwrap(), "action=pay&card=accepted").await;

        let orders = alice.call(&ListOrders { key: &attempt_key("order"), offset: 0 }).await.unwrap().items;
        let payments = alice.call(&ListPayments { key: &try_key("try"), offset: 0 }).await.unwrap().items;
        assert_eq!((orders[0].total, payments[0].amount), (Some(expected), Some(expected)));
        let ledger = alice.shop.ledger("order").await;
        assert_eq!(ledger["charges"].as_array().unwrap().len(), 1);
        assert_eq!(amount(&ledger["charges"][0]["amount"]), expected);
        assert_eq!(amount(&ledger["payments"][0]["totalAmount"]), expected);
        assert_eq!(total(&ledger["orders"][0]["orderTotalPrice"]), expected);
    }
}

/// A price that changes once the order stands changes nothing of it.
#[tokio::test]
async fn an_order_keeps_its_price() {
    let alice = Subscriber::new(ALICE).await;
    let order = alice.ordered(&alice.add("data-20", 2), "order").await;
    alice.shop.change_price("data-20", 9_999).await;
    let completed = alice.pay_and_wait(&order, "try").await;
    assert_eq!((completed.state, completed.total), (OrderState::Completed, Some(euros("48.00"))));
    assert_eq!(amount(&alice.shop.ledger("order").await["charges"][0]["amount"]), euros("48.00"));
}
