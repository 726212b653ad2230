//! The same as `app/runner/top_up.rs`: credit without an order, sent once and looked for in the list.

use esim_renewal::app::checkout::{Answer, Attempt, Found, Refusal};
use esim_renewal::carrier::CarrierError;
use esim_renewal::carrier::prepay_balance::ListBalances;
use esim_renewal::carrier::topup_balance::{CreateTopUp, ListTopUps, TopUp};
use esim_renewal::domain::basket::Basket;
use esim_renewal::domain::id::{AccountId, OrderId};
use esim_renewal::domain::money::Money;
use esim_renewal::domain::order::{Order, OrderState};
use esim_renewal::domain::payment::Method;
use esim_renewal::domain::quote::{Quote, Source};

use super::page::Page;

/// What was said is the price.
pub async fn price(page: &Page, basket: &Basket) -> Result<Quote, CarrierError> {
    let not_alone = CarrierError::Refused { status: 422, code: None };
    let mut quote = Quote::of_credit(basket, Vec::new()).ok_or(not_alone)?;
    let known = of_amount(page, quote.total).await?;
    quote.source = Source::TopUp(known.into_iter().map(|order| order.id).collect());
    page.learn_methods().await;
    if page.tab(|tab| tab.bucket.is_none()) {
        load_balance(page).await;
    }
    Ok(quote)
}

async fn load_balance(page: &Page) {
    if let Ok(balances) = page.all(|offset| ListBalances { offset }).await {
        page.change(|tab| tab.bucket = balances.into_iter().find_map(|one| one.bucket));
    }
}

/// Sends it: once.
pub async fn send(page: &Page, attempt: &Attempt, account: &AccountId, method: &Method) -> Answer<Order> {
    let (key, amount) = (&attempt.key, attempt.total());
    let Some(bucket) = page.tab(|tab| tab.bucket.clone()) else {
        return Answer::No(Refusal::NotSent);
    };
    match Answer::of(page.call(&CreateTopUp { key, amount, bucket: &bucket, account, method }).await) {
        Answer::Yes(TopUp { denial: Some(denial), .. }) => Answer::No(Refusal::NotPaid(denial)),
        Answer::Yes(TopUp { order, .. }) => Answer::Yes(Order { key: None, ..order }),
        Answer::No(why) => Answer::No(why),
        Answer::Unknown => Answer::Unknown,
    }
}

/// What became of it.
pub async fn find(page: &Page, attempt: &Attempt, before: &[OrderId]) -> Result<Found<Order>, CarrierError> {
    let known = of_amount(page, attempt.total()).await?;
    let is_it = |order: &&Order| match &attempt.order {
        Some(id) => order.id == *id,
        None => order.key.as_ref() == Some(&attempt.key),
    };
    if let Some(order) = known.iter().find(is_it) {
        return Ok(Found::Yes(Order { key: None, ..order.clone() }));
    }
    let is_ours = |order: &Order| attempt.order.is_none() && order.key.is_none() && !before.contains(&order.id);
    let likeliest = known.into_iter().filter(is_ours).min_by_key(|order| match order.state {
        OrderState::Completed => 0,
        OrderState::Held => 1,
        _ => 2,
    });
    Ok(likeliest.map_or(Found::No, Found::Yes))
}

async fn of_amount(page: &Page, amount: Money) -> Result<Vec<Order>, CarrierError> {
    let top_ups = page.all(|offset| ListTopUps { offset }).await?;
    Ok(top_ups.into_iter().map(|top_up| top_up.order).filter(|order| order.total == Some(amount)).collect())
}
