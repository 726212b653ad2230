//! TMF670 and TMF676: paying on the carrier's hosted page.

use crate::shop::{
    ALICE, BRUNO, CARRIER, MINUTE, RETURN_URL, SECOND, Shop, Subscriber, euros, hosted, refused, try_key,
};
use esim_renewal::carrier::payment::ListPayments;
use esim_renewal::carrier::payment_method::ListPaymentMethods;
use esim_renewal::domain::order::{Order, OrderState};
use esim_renewal::domain::payment::{Denial, Payment, PaymentMethod, PaymentStatus};
use serde_json::json;

/// A subscriber with an order of 24 € that awaits its payment.
async fn with_order() -> (Subscriber, Order) {
    let alice = Subscriber::new(ALICE).await;
    let order = alice.ordered(&alice.add("data-20", 1), "order").await;
    (alice, order)
}

async fn listed(subscriber: &Subscriber, key: &str) -> Vec<Payment> {
    let page = subscriber.call(&ListPayments { key: &try_key(key), offset: 0 }).await.unwrap();
    assert_eq!(page.dropped, []);
    page.items
}

async fn status(subscriber: &Subscriber, key: &str) -> PaymentStatus {
    let payments = listed(subscriber, key).await;
    let [payment] = payments.as_slice() else { panic!("{payments:?}") };
    payment.status
}

/// Goes to the bank's page by the card that asks for it, and answers there.
async fn at_the_bank(shop: &Shop, payment: &Payment, form: &'static str) -> String {
    let bank = shop.press(payment.page.as_deref().unwrap(), "action=pay&card=bank").await;
    shop.press(&bank, form).await
}

/// The carrier's hosted page is among the ways to pay.
#[tokio::test]
async fn the_hosted_page_is_found() {
    let alice = Subscriber::new(ALICE).await;
    let page = alice.call(&ListPaymentMethods { offset: 0 }).await.unwrap();
    assert_eq!(page.items, [PaymentMethod { method: hosted(), brand: None, last_four: None }]);
    assert_eq!((page.received, page.dropped.len()), (1, 0));
}

/// A payment opens with a page of the carrier's, under the try's key and for the order's total.
#[tokio::test]
async fn a_payment_opens_with_its_page() {
    let (alice, order) = with_order().await;
    let payment = alice.pay(&order, "try").await.unwrap();
    assert_eq!(payment.key, Some(try_key("try")));
    assert_eq!((payment.status, payment.amount), (PaymentStatus::Open, Some(euros("24.00"))));
    assert!(payment.page.as_deref().unwrap().starts_with(&format!("{CARRIER}/pay/")));
    assert_eq!(listed(&alice, "try").await, std::slice::from_ref(&payment));
    // The same try once more is the same payment; another way back under its key is refused.
    assert_eq!(alice.pay(&order, "try").await, Ok(payment));
    let elsewhere = alice.pay_and_return(&order, "try", "https://shop.example/elsewhere").await;
    assert_eq!(elsewhere, Err(refused(409, "correlatorIdConflict")));
    assert_eq!(listed(&alice, "try").await.len(), 1);
}

/// While a payment of an order is open or paid, there is no second one.
#[tokio::test]
async fn one_payment_is_open_at_a_time() {
    let (alice, order) = with_order().await;
    let payment = alice.pay(&order, "first").await.unwrap();
    assert_eq!(alice.pay(&order, "second").await, Err(refused(409, "paymentOpen")));
    alice.shop.press(&payment.page.unwrap(), "action=pay&card=accepted").await;
    assert_eq!(alice.pay(&order, "second").await, Err(refused(409, "paymentOpen")));
    assert_eq!(listed(&alice, "second").await, []);
}

/// The page leads back only where the carrier trusts, and there by the address as it was sent.
#[tokio::test]
async fn the_way_back_is_on_the_carriers_list() {
    let (alice, order) = with_order().await;
    for address in ["https://evil.example/", "https://shop.example.evil.example/", "javascript:alert(1)", "/renew"] {
        let payment = alice.pay_and_return(&order, "try", address).await;
        assert_eq!(payment, Err(refused(422, "returnUrlNotAllowed")), "{address}");
    }
    assert_eq!(listed(&alice, "try").await, []);
    let payment = alice.pay(&order, "try").await.unwrap();
    assert_eq!(alice.shop.press(&payment.page.unwrap(), "action=pay&card=accepted").await, RETURN_URL);
}

/// An accepted card: the money is there, once, and the order goes on to be carried out.
#[tokio::test]
async fn an_accepted_card_pays() {
    let (alice, order) = with_order().await;
    let payment = alice.pay(&order, "try").await.unwrap();
    let page = payment.page.as_deref().unwrap();
    for _ in 0..2 {
        assert_eq!(alice.shop.press(page, "action=pay&card=accepted").await, RETURN_URL);
    }
    assert_eq!(status(&alice, "try").await, PaymentStatus::Paid);
    assert_eq!(alice.look(&order.id).await.state, OrderState::InProgress);
    alice.shop.clock.advance(2 * SECOND);
    assert_eq!(alice.look(&order.id).await.state, OrderState::Completed);
    assert_eq!(alice.shop.ledger("order").await["charges"].as_array().unwrap().len(), 1);
}

/// Each way in which a payment ends without money is understood by its reason, takes none, and lets another try follow.
#[tokio::test]
async fn a_payment_that_failed_says_why() {
    let (alice, order) = with_order().await;
    for (key, form, denial) in [
        ("declined", "action=pay&card=declined", Denial::CardDeclined),
        ("cancelled", "action=cancel", Denial::CanceledByPayer),
    ] {
        let payment = alice.pay(&order, key).await.unwrap();
        assert_eq!(alice.shop.press(&payment.page.unwrap(), form).await, RETURN_URL);
        assert_eq!(status(&alice, key).await, PaymentStatus::Ended(denial));
    }
    let payment = alice.pay(&order, "refused").await.unwrap();
    assert_eq!(at_the_bank(&alice.shop, &payment, "action=refuse").await, RETURN_URL);
    assert_eq!(status(&alice, "refused").await, PaymentStatus::Ended(Denial::AuthenticationFailed));

    assert_eq!(alice.look(&order.id).await.state, OrderState::Pending);
    assert_eq!(alice.shop.ledger("order").await["charges"], json!([]));
    assert_eq!(alice.pay_and_wait(&order, "accepted").await.state, OrderState::Completed);
    assert_eq!(status(&alice, "declined").await, PaymentStatus::Ended(Denial::CardDeclined));
}

/// A payment that the bank asks about is open until the bank has its answer.
#[tokio::test]
async fn the_bank_is_asked() {
    let (alice, order) = with_order().await;
    let payment = alice.pay(&order, "try").await.unwrap();
    let bank = alice.shop.press(payment.page.as_deref().unwrap(), "action=pay&card=bank").await;
    assert_eq!(status(&alice, "try").await, PaymentStatus::Open);
    assert_eq!(alice.shop.press(&bank, "action=approve").await, RETURN_URL);
    assert_eq!(status(&alice, "try").await, PaymentStatus::Paid);
}

/// Money that comes for an order that was cancelled meanwhile goes back, and the order stays cancelled.
#[tokio::test]
async fn money_for_a_cancelled_order_goes_back() {
    let (alice, order) = with_order().await;
    let payment = alice.pay(&order, "try").await.unwrap();
    alice.shop.clock.advance(30 * MINUTE);
    alice.shop.press(&payment.page.unwrap(), "action=pay&card=accepted").await;
    let alice = alice.again().await;
    assert_eq!(status(&alice, "try").await, PaymentStatus::Paid);
    assert_eq!(alice.look(&order.id).await.state, OrderState::Cancelled);
    let ledger = alice.shop.ledger("order").await;
    assert_eq!(ledger["charges"][0]["refunded"], true);
    assert_eq!(ledger["refunds"][0]["totalAmount"]["value"].to_string(), "24.00");
}

/// A payment is for one's own order and its whole total.
#[tokio::test]
async fn a_payment_is_for_ones_own_order_and_all_of_it() {
    let (alice, order) = with_order().await;
    let bruno = alice.shop.sign_in(BRUNO).await;
    assert_eq!(bruno.pay(&order, "try").await, Err(refused(422, "unknownOrder")));
    let less = Order { total: Some(euros("23.99")), ..order.clone() };
    assert_eq!(alice.pay(&less, "try").await, Err(refused(422, "amountDiffers")));
    alice.pay(&order, "try").await.unwrap();
    assert_eq!(listed(&bruno, "try").await, []);
}
