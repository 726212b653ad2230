//! Looks up at the carrier what belongs to an attempt.

use super::{Calls, top_up};
use crate::app::checkout::{Attempt, Found};
use crate::carrier::CarrierError;
use crate::carrier::payment::ListPayments;
use crate::carrier::placed_order::ListPaymentsOf;
use crate::carrier::product_inventory::{ListProducts, Product};
use crate::carrier::product_ordering::{GetOrder, ListOrders};
use crate::carrier::refund::ListRefunds;
use crate::domain::basket::Basket;
use crate::domain::money::Money;
use crate::domain::order::Order;
use crate::domain::payment::Payment;
use crate::domain::product::Line;
use crate::domain::quote::Source;

/// The line that a basket is for: known, or asked for after a reload that came before it was loaded.
///
/// # Errors
/// When the carrier could not be asked.
pub async fn find_line<C: Calls>(
    calls: &C,
    known: Option<Line>,
    basket: &Basket,
) -> Result<Option<Line>, CarrierError> {
    if known.is_some() {
        return Ok(known);
    }
    let products = calls.all(|offset| ListProducts { offset }).await?;
    Ok(products.items.into_iter().find_map(|product| match product {
        Product::Line(line) if line.id == basket.line => Some(line),
        _ => None,
    }))
}

/// What went back of a payment, once the carrier says that all of it did.
pub async fn find_refund<C: Calls>(calls: &C, payment: &Payment) -> Option<Money> {
    let refunds = calls.all(|offset| ListRefunds { offset }).await.ok()?;
    let amounts = refunds.items.into_iter().filter(|refund| refund.payment == payment.id).map(|refund| refund.amount);
    let back = amounts.map(Some).reduce(|sum, more| sum?.plus(more?).ok())??;
    let is_all = payment.amount.is_none_or(|paid| back.compare(paid).is_some_and(std::cmp::Ordering::is_ge));
    is_all.then_some(back)
}

/// An attempt's order: by its id, or by the attempt's key.
///
/// # Errors
/// When the carrier could not be asked.
pub async fn find_order<C: Calls>(calls: &C, attempt: &Attempt) -> Result<Found<Order>, CarrierError> {
    if let Source::TopUp(before) = &attempt.quote.source {
        return top_up::find(calls, attempt, before).await;
    }
    if let Some(id) = &attempt.order {
        return calls.call(&GetOrder { id }).await.map(Found::Yes);
    }
    let orders = calls.all(|offset| ListOrders { key: &attempt.key, offset }).await?;
    let mut orders = orders.items.into_iter();
    Ok(orders.find(|order| order.key.as_ref() == Some(&attempt.key)).map_or(Found::No, Found::Yes))
}

/// The payment of an attempt's last try; of any of its order's where there is none.
///
/// # Errors
/// When the carrier could not be asked.
pub async fn find_payment<C: Calls>(calls: &C, attempt: &Attempt) -> Result<Found<Payment>, CarrierError> {
    let Some(key) = attempt.try_key() else {
        // Whoever else pays this order: another device, or the hotline.
        let Some(order) = attempt.order.as_ref().filter(|_| attempt.needs_payment()) else {
            return Ok(Found::Unanswered);
        };
        let payments = calls.all(|offset| ListPaymentsOf { order, offset }).await?;
        let payments = payments.items.into_iter().map(|(payment, _)| payment);
        return Ok(payments.max_by_key(Payment::rank).map_or(Found::No, Found::Yes));
    };
    let payments = calls.all(|offset| ListPayments { key, offset }).await?;
    let mut payments = payments.items.into_iter();
    Ok(payments.find(|payment| payment.key.as_ref() == Some(key)).map_or(Found::No, Found::Yes))
}
