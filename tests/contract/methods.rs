//! TMF670, TMF676, TMF648, TMF679: the other ways to pay and to be told a price.

use crate::shop::{ALICE, BRUNO, DORA, MINUTE, RETURN_URL, SECOND, Subscriber, attempt_key, euros};
use esim_renewal::carrier::payment::ListPayments;
use esim_renewal::carrier::payment_method::ListPaymentMethods;
use esim_renewal::carrier::prepay_balance::ListBalances;
use esim_renewal::carrier::product_ordering::CreateOrder;
use esim_renewal::carrier::qualification::CheckQualification;
use esim_renewal::carrier::quote::CreateQuote;
use esim_renewal::carrier::refund::ListRefunds;
use esim_renewal::carrier::topup_balance::{CreateTopUp, ListTopUps};
use esim_renewal::domain::order::OrderState;
use esim_renewal::domain::payment::{Denial, Method, MethodKind, PaymentStatus};
use esim_renewal::domain::quote::Source;

/// Dora's ways to pay, by what tells them apart.
async fn method(dora: &Subscriber, kind: MethodKind, last_four: Option<&str>) -> Method {
    let page = dora.call(&ListPaymentMethods { offset: 0 }).await.unwrap();
    assert_eq!((page.items.len(), page.dropped.len()), (6, 0));
    let mut methods = page.items.into_iter();
    methods.find(|one| one.method.kind == kind && one.last_four.as_deref() == last_four).unwrap().method
}

/// Each way brings the money, or says why it did not.
#[tokio::test]
async fn each_method_ends_as_it_should() {
    for (kind, card, status, has_page) in [
        (MethodKind::Card, Some("4242"), PaymentStatus::Paid, false),
        (MethodKind::Card, Some("5100"), PaymentStatus::Open, true),
        (MethodKind::Card, Some("0069"), PaymentStatus::Ended(Denial::ExpiredCard), false),
        (MethodKind::Credit, None, PaymentStatus::Paid, false),
        (MethodKind::Billing, None, PaymentStatus::Paid, false),
    ] {
        let dora = Subscriber::new(DORA).await;
        let method = method(&dora, kind, card).await;
        let order = dora.ordered(&dora.add("data-5", 1), "order").await;
        let payment = dora.pay_by(&order, "try", &method, RETURN_URL).await.unwrap();
        assert_eq!((payment.status, payment.page.is_some()), (status, has_page), "{method:?}");
        dora.shop.clock.advance(2 * SECOND);
        let expected = if status == PaymentStatus::Paid { OrderState::Completed } else { OrderState::Pending };
        assert_eq!(dora.look(&order.id).await.state, expected, "{method:?}");
    }
}

/// What is paid with credit is taken off it, and too little of it is said to be.
#[tokio::test]
async fn credit_pays_what_there_is() {
    let dora = Subscriber::new(DORA).await;
    let credit = method(&dora, MethodKind::Credit, None).await;
    let order = dora.ordered(&dora.add("data-5", 1), "order").await;
    dora.pay_by(&order, "try", &credit, RETURN_URL).await.unwrap();
    let left = dora.call(&ListBalances { offset: 0 }).await.unwrap().items[0].left;
    assert_eq!(left, euros("11.00"));
    let order = dora.ordered(&dora.add("data-20", 1), "second").await;
    let payment = dora.pay_by(&order, "second try", &credit, RETURN_URL).await.unwrap();
    assert_eq!(payment.status, PaymentStatus::Ended(Denial::InsufficientFunds));
}

/// Money that comes after the order was cancelled goes back, and both can be read.
#[tokio::test]
async fn late_money_goes_back() {
    let bruno = Subscriber::new(BRUNO).await;
    let order = bruno.ordered(&bruno.add("data-20", 1), "order").await;
    let payment = bruno.pay(&order, "try").await.unwrap();
    bruno.shop.clock.advance(29 * MINUTE + 58 * SECOND);
    let bruno = bruno.again().await;
    bruno.shop.press(&payment.page.unwrap(), "action=pay&card=slow").await;
    bruno.shop.clock.advance(10 * SECOND);
    assert_eq!(bruno.look(&order.id).await.state, OrderState::Cancelled);
    let key = crate::shop::try_key("try");
    let payments = bruno.call(&ListPayments { key: &key, offset: 0 }).await.unwrap().items;
    let paid = payments.iter().find(|one| one.key.as_ref() == Some(&key)).unwrap();
    assert_eq!(paid.status, PaymentStatus::Paid);
    let refunds = bruno.call(&ListRefunds { offset: 0 }).await.unwrap().items;
    assert_eq!(refunds.iter().map(|one| (&one.payment, one.amount)).collect::<Vec<_>>(), [(&paid.id, euros("24.00"))]);
}

/// Where there are no carts, a quote says the same price, and is ordered by its id.
#[tokio::test]
async fn a_quote_is_ordered_like_a_cart() {
    let alice = Subscriber::new(ALICE).await;
    let basket = alice.add("data-50", 2);
    let quote = alice.call(&CreateQuote { basket: &basket }).await.unwrap();
    assert_eq!(quote.check(&basket), Ok(()));
    assert!(matches!(quote.source, Source::Quote(_)));
    let cart = alice.quote(&basket).await;
    assert_eq!((quote.total, &quote.lines, &quote.tax), (cart.total, &cart.lines, &cart.tax));
    let key = attempt_key("order");
    let order = CreateOrder { key: &key, basket: &basket, quote: &quote, customer: None, account: None };
    let order = alice.call(&order).await.unwrap();
    assert_eq!((order.state, order.total), (OrderState::Pending, Some(euros("80.00"))));
}

/// The carrier says why something cannot be bought, by the name of what is in its way.
#[tokio::test]
async fn a_qualification_names_the_obstacle() {
    let alice = Subscriber::new(ALICE).await;
    let reasons = async |offering| alice.call(&CheckQualification { basket: &alice.add(offering, 1) }).await.unwrap();
    assert_eq!(reasons("data-20").await, Vec::<String>::new());
    let missing = reasons("link-report").await;
    assert!(missing.len() == 1 && missing[0].contains("Malicious link filter"), "{missing:?}");
}

/// Credit can be topped up without an order, by what brings the money at once; the list tells of each try.
#[tokio::test]
async fn credit_is_topped_up_without_an_order() {
    let dora = Subscriber::new(DORA).await;
    let balance = async || dora.call(&ListBalances { offset: 0 }).await.unwrap().items.remove(0);
    let before = balance().await;
    let bucket = before.bucket.unwrap();
    let account = dora.line.account.as_ref().unwrap();
    let amount = euros("12.50");
    let mut sent = Vec::new();
    for (kind, card, state, denial) in [
        (MethodKind::Card, Some("4242"), OrderState::Completed, None),
        (MethodKind::Billing, None, OrderState::Completed, None),
        (MethodKind::Card, Some("0069"), OrderState::Rejected, Some(Denial::ExpiredCard)),
        (MethodKind::Card, Some("5100"), OrderState::Rejected, Some(Denial::AuthenticationFailed)),
    ] {
        let method = method(&dora, kind, card).await;
        let top_up = dora
            .call(&CreateTopUp { key: &attempt_key("key"), amount, bucket: &bucket, account, method: &method })
            .await
            .unwrap();
        assert_eq!(
            (top_up.order.state, top_up.order.total, top_up.denial),
            (state, Some(amount), denial),
            "{method:?}"
        );
        assert_eq!(top_up.order.key, Some(attempt_key("key")), "the carrier repeats it");
        sent.push(top_up);
    }
    assert_eq!(balance().await.left.to_decimal(), "45.00");
    let listed = dora.call(&ListTopUps { offset: 0 }).await.unwrap();
    let mut listed = listed.items;
    listed.sort_unstable_by(|one, other| one.order.id.cmp(&other.order.id));
    sent.sort_unstable_by(|one, other| one.order.id.cmp(&other.order.id));
    assert_eq!(listed, sent);
}
