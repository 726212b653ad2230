//! Credit that is topped up without an order (TMF654). It has no key, so it is sent once and looked for in the list.

use super::Calls;
use crate::app::checkout::{Answer, Attempt, Found, Refusal};
use crate::carrier::CarrierError;
use crate::carrier::topup_balance::{CreateTopUp, ListTopUps, TopUp};
use crate::domain::basket::Basket;
use crate::domain::id::{AccountId, BucketId, OrderId};
use crate::domain::money::Money;
use crate::domain::order::{Order, OrderState};
use crate::domain::payment::Method;
use crate::domain::quote::{Quote, Source};
use futures::future::LocalBoxFuture;

/// What was said is the price. The top-ups of that amount that there are already are not this one.
pub(super) async fn price<C: Calls>(calls: &C, basket: &Basket) -> Result<Quote, CarrierError> {
    let not_alone = CarrierError::Refused { status: 422, code: None };
    let mut quote = Quote::of_credit(basket, Vec::new()).ok_or(not_alone)?;
    let known = of_amount(calls, quote.total).await?;
    quote.source = Source::TopUp(known.into_iter().map(|order| order.id).collect());
    Ok(quote)
}

/// Sends it: once.
pub(super) async fn send<C: Calls>(
    calls: &C,
    attempt: &Attempt,
    bucket: Option<&BucketId>,
    account: &AccountId,
    method: &Method,
) -> Answer<Order> {
    let (key, amount) = (&attempt.key, attempt.total());
    let Some(bucket) = bucket else {
        return Answer::No(Refusal::NotSent);
    };
    match Answer::of(calls.call(&CreateTopUp { key, amount, bucket, account, method }).await) {
        Answer::Yes(TopUp { denial: Some(denial), .. }) => Answer::No(Refusal::NotPaid(denial)),
        // Whatever stands in its description: it answers this very request.
        Answer::Yes(TopUp { order, .. }) => Answer::Yes(Order { key: None, ..order }),
        Answer::No(why) => Answer::No(why),
        Answer::Unknown => Answer::Unknown,
    }
}

/// What became of it: by its id, by the words that were sent with it, or as one of its amount that was not there before.
pub(super) async fn find<C: Calls>(
    calls: &C,
    attempt: &Attempt,
    before: &[OrderId],
) -> Result<Found<Order>, CarrierError> {
    let known = of_amount(calls, attempt.total()).await?;
    let is_it = |order: &&Order| match &attempt.order {
        Some(id) => order.id == *id,
        None => order.key.as_ref() == Some(&attempt.key),
    };
    if let Some(order) = known.iter().find(is_it) {
        return Ok(Found::Yes(Order { key: None, ..order.clone() }));
    }
    // A carrier that does not repeat the words: one of those that were not there before, and not another's by its words.
    let is_ours = |order: &Order| attempt.order.is_none() && order.key.is_none() && !before.contains(&order.id);
    Ok(likeliest(known.into_iter().filter(is_ours)).map_or(Found::No, Found::Yes))
}

/// All top-ups of an amount.
fn of_amount<C: Calls>(calls: &C, amount: Money) -> LocalBoxFuture<'_, Result<Vec<Order>, CarrierError>> {
    // One future for both who ask: in the module each would be a copy.
    Box::pin(async move {
        let top_ups = calls.all(|offset| ListTopUps { offset }).await?.items;
        Ok(top_ups.into_iter().map(|top_up| top_up.order).filter(|order| order.total == Some(amount)).collect())
    })
}

/// Of several that may be it, one that was carried out: to be told of a failure that was not is what makes people pay
/// again.
fn likeliest(found: impl Iterator<Item = Order>) -> Option<Order> {
    found.min_by_key(|order| match order.state {
        OrderState::Completed => 0,
        OrderState::Held => 1,
        _ => 2,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_the_one_that_was_carried_out_is_told_of() {
        let order = |id: &str, state| Order { id: OrderId::new(id).unwrap(), key: None, state, total: None };
        let found = |orders: Vec<Order>| likeliest(orders.into_iter()).map(|order| order.id);
        let failed = order("failed", OrderState::Rejected);
        let held = order("held", OrderState::Held);
        let done = order("done", OrderState::Completed);
        assert_eq!(found(vec![failed.clone(), held.clone(), done.clone()]), Some(done.id));
        assert_eq!(found(vec![failed.clone(), held.clone()]), Some(held.id));
        assert_eq!(found(vec![failed.clone()]), Some(failed.id));
        assert_eq!(found(vec![]), None);
    }
}
