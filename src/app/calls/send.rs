//! What is sent for an attempt, and asked before there is one.

use super::{Calls, top_up};
use crate::app::Trouble;
use crate::app::checkout::{Answer, Attempt, NoPrice, PaymentTry, Refusal};
use crate::app::config::Pricing;
use crate::carrier::CarrierError;
use crate::carrier::payment::CreatePayment;
use crate::carrier::product_ordering::{CancelOrder, CreateOrder};
use crate::carrier::qualification::CheckQualification;
use crate::carrier::quote::CreateQuote;
use crate::carrier::shopping_cart::CreateCart;
use crate::domain::basket::Basket;
use crate::domain::id::{BucketId, OrderId};
use crate::domain::order::Order;
use crate::domain::payment::{Method, Payment};
use crate::domain::product::Line;
use crate::domain::quote::Quote;

/// Where a price is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// Where the carrier says it.
    pub pricing: Pricing,
    /// Whether the carrier is asked first if it sells it for the line.
    pub qualification: bool,
    /// Whether it is credit that is topped up without an order: then it costs what was said.
    pub at_once: bool,
}

/// The carrier's price.
///
/// # Errors
/// Why there is none that can be shown.
pub async fn price<C: Calls>(calls: &C, basket: &Basket, asked: Asked) -> Result<Quote, NoPrice> {
    let price = async {
        match asked.pricing {
            _ if asked.at_once => top_up::price(calls, basket).await,
            Pricing::Cart => calls.call(&CreateCart { basket }).await,
            Pricing::Quote => calls.call(&CreateQuote { basket }).await,
            // Where nothing is sold, nothing leads here.
            Pricing::None => Err(CarrierError::Refused { status: 404, code: None }),
        }
    };
    let qualify =
        async { if asked.qualification { calls.call(&CheckQualification { basket }).await } else { Ok(vec![]) } };
    match futures::join!(price, qualify) {
        (_, Ok(reasons)) if !reasons.is_empty() => Err(NoPrice::Unqualified(reasons)),
        (quote, _) => quote.map_err(|error| NoPrice::Trouble(Trouble::from(&error))),
    }
}

/// Sends an attempt's order, once; a top-up where it is one, for the credit of a bucket.
pub async fn order<C: Calls>(
    calls: &C,
    attempt: &Attempt,
    line: Result<Option<Line>, CarrierError>,
    bucket: Option<&BucketId>,
) -> Answer<Order> {
    let Ok(line) = line else {
        return Answer::No(Refusal::NotSent);
    };
    let account = line.as_ref().and_then(|line| line.account.as_ref());
    if attempt.quote.is_top_up() {
        return match account.zip(attempt.method.as_ref()) {
            Some((account, method)) => top_up::send(calls, attempt, bucket, account, method).await,
            None => Answer::No(Refusal::NoAccount),
        };
    }
    if account.is_none() && !attempt.total().is_zero() {
        return Answer::No(Refusal::NoAccount);
    }
    let order = CreateOrder {
        key: &attempt.key,
        basket: &attempt.basket,
        quote: &attempt.quote,
        customer: line.as_ref().and_then(|line| line.customer.as_ref()),
        account,
    };
    Answer::of(calls.call(&order).await)
}

/// Sends one try at paying, once; by `hosted`, the carrier's page, where the try names no method.
pub async fn payment<C: Calls>(
    calls: &C,
    attempt: &Attempt,
    order: &OrderId,
    this: &PaymentTry,
    by: (Option<Method>, Option<&str>),
    line: Option<Line>,
) -> Answer<Payment> {
    let (hosted, token) = by;
    let account = line.and_then(|line| line.account);
    let PaymentTry { key, method, return_url } = this;
    match (&account, &method.clone().or(hosted)) {
        (Some(account), Some(method)) => {
            let total = attempt.total();
            Answer::of(calls.call(&CreatePayment { key, order, total, account, method, token, return_url }).await)
        }
        _ => Answer::No(Refusal::NotSent),
    }
}

/// Calls an order off. Where that fails, the carrier cancels it by itself, since it is not paid.
pub async fn cancel<C: Calls>(calls: &C, order: &OrderId) {
    let _ = calls.call(&CancelOrder { id: order }).await;
}
