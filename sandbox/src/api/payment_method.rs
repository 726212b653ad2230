//! TMF670 payment method: the hosted payment page for everybody, and what a customer has besides.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use rusqlite::{OptionalExtension as _, params};
use serde_json::{Value, json};

use super::capture::Verdict;
use crate::Carrier;
use crate::calendar::rfc3339;
use crate::carrier::Work;
use crate::http::{ApiError, ListQuery, Subscriber};

const BASE: &str = "/tmf-api/paymentMethod/v4/paymentMethod";

/// The id of the hosted payment page.
pub(super) const HOSTED: &str = "hosted";
/// What stands for a card that came as a token.
pub(super) const TOKEN: &str = "token";
const CREDIT: &str = "prepaid-credit";
const BILLING: &str = "carrier-billing";

pub(super) fn routes() -> Router<Carrier> {
    Router::new().route(BASE, get(list)).route(&format!("{BASE}/{{id}}"), get(by_id))
}

/// How money is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Hosted,
    SavedCard {
        expires_ms: i64,
        asks_bank: bool,
    },
    PrepaidCredit,
    CarrierBilling,
    /// A card by the token that stands for it, with what the bank says of it.
    Token(Verdict),
}

/// The card that a token stands for. The demo's tokens say what the bank does: `…accepted`, `…declined`, `…3ds`, `…late`.
pub(super) fn by_token(token: &str) -> Option<Method> {
    let says = |word: &str| token.contains(word);
    let verdict = match () {
        () if says("accepted") => Verdict::Accepted,
        () if says("declined") => Verdict::Declined,
        () if says("3ds") => Verdict::AsksBank,
        () if says("late") => Verdict::AcceptedForLater,
        () => return None,
    };
    Some(Method::Token(verdict))
}

/// One of a customer's payment methods.
pub(super) fn find(work: &Work, customer: &str, id: &str) -> Result<Option<Method>, ApiError> {
    let has = |sql: &str| -> Result<bool, ApiError> {
        Ok(work.tx.prepare_cached(sql)?.query_row([customer], |row| row.get(0)).optional()?.unwrap_or_default())
    };
    match id {
        HOSTED => Ok(Some(Method::Hosted)),
        CREDIT => Ok(has("SELECT was_filled FROM credit WHERE customer_id = ?1")?.then_some(Method::PrepaidCredit)),
        BILLING => Ok(has("SELECT carrier_billing FROM customer WHERE id = ?1")?.then_some(Method::CarrierBilling)),
        _ => {
            let mut query = work
                .tx
                .prepare_cached("SELECT expires_ms, asks_bank FROM saved_card WHERE id = ?1 AND customer_id = ?2")?;
            let card = query.query_row(params![id, customer], |row| {
                Ok(Method::SavedCard { expires_ms: row.get(0)?, asks_bank: row.get(1)? })
            });
            Ok(card.optional()?)
        }
    }
}

/// The `@type` of a method by its id.
fn type_of(id: &str) -> &'static str {
    match id {
        HOSTED => "digitalWallet",
        CREDIT => "bucketPaymentMethod",
        BILLING => "accountPaymentMethod",
        _ => "tokenizedCard",
    }
}

/// `PaymentMethodRef`.
pub(super) fn reference(id: &str) -> Value {
    json!({ "id": id, "@type": type_of(id), "@referredType": "PaymentMethod" })
}

fn method(work: &Work, id: &str, name: &str, description: &str) -> Value {
    json!({
        "id": id, "href": work.href(&format!("{BASE}/{id}")), "@type": type_of(id), "name": name,
        "description": description, "isPreferred": id == HOSTED, "status": "active",
    })
}

fn methods(work: &Work, who: &Subscriber) -> Result<Vec<Value>, ApiError> {
    let mut all = vec![method(work, HOSTED, HOSTED, "Card, on the carrier's payment page")];
    let mut cards = work.tx.prepare_cached(
        "SELECT id, brand, last_four, expires_ms, token FROM saved_card WHERE customer_id = ?1 ORDER BY id",
    )?;
    let cards = cards.query_map([&who.customer], |row| {
        let (brand, last_four): (String, String) = (row.get(1)?, row.get(2)?);
        let mut card = method(work, &row.get::<_, String>(0)?, &format!("{brand} {last_four}"), "Saved card");
        card["brand"] = json!(brand);
        card["lastFourDigits"] = json!(last_four);
        card["expirationDate"] = json!(rfc3339(row.get(3)?));
        card["token"] = json!(row.get::<_, String>(4)?);
        Ok(card)
    })?;
    for card in cards {
        all.push(card?);
    }
    for (id, description) in [(CREDIT, "Your prepaid credit"), (BILLING, "On your carrier's bill")] {
        if find(work, &who.customer, id)?.is_some() {
            let mut of_account = method(work, id, id, description);
            of_account["account"] = json!([{ "id": who.account, "@referredType": "BillingAccount" }]);
            all.push(of_account);
        }
    }
    Ok(all)
}

async fn list(State(carrier): State<Carrier>, who: Subscriber, query: ListQuery) -> Result<Response, ApiError> {
    Ok(query.page(carrier.transact(move |work| methods(work, &who)).await?))
}

async fn by_id(
    State(carrier): State<Carrier>,
    who: Subscriber,
    Path(id): Path<String>,
    query: ListQuery,
) -> Result<Response, ApiError> {
    let own = carrier.transact(move |work| methods(work, &who)).await?;
    let method = own.into_iter().find(|method| method["id"] == id.as_str());
    method.map(|method| query.one(method)).ok_or_else(|| ApiError::not_found("payment method"))
}
