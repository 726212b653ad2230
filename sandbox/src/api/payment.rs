//! TMF676 payment: by the hosted payment page, which is in `payment_page`, or by a method that the customer has.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use rusqlite::{OptionalExtension as _, Row, params};
use serde::Deserialize;
use serde_json::{Value, json};

use super::basket::Item;
use super::capture::{self, Verdict};
use super::credit;
use super::payment_method::{self, HOSTED, Method, TOKEN};
use super::wire::{MoneyIn, Ref, check_key, set};
use crate::Carrier;
use crate::calendar::rfc3339;
use crate::carrier::Work;
use crate::http::{ApiError, Json, ListQuery, Subscriber, created};
use crate::{money, random};

const BASE: &str = "/payment/v4/payment";

pub(super) fn routes() -> Router<Carrier> {
    Router::new().route(BASE, get(list).post(create)).route(&format!("{BASE}/{{id}}"), get(by_id))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PaymentIn {
    correlator_id: String,
    account: Ref,
    payment_method: MethodIn,
    total_amount: MoneyIn,
    payment_item: Vec<PaymentItemIn>,
    return_url: String,
}

/// `PaymentMethodRefOrValue`: one of the customer's by its id, or a card by the token that stands for it.
#[derive(Deserialize)]
struct MethodIn {
    id: Option<String>,
    token: Option<String>,
}

impl MethodIn {
    /// By what the payment names its method: a token is used once and not kept.
    fn id(&self) -> &str {
        self.id.as_deref().unwrap_or(TOKEN)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PaymentItemIn {
    item: Ref,
    total_amount: Option<MoneyIn>,
}

async fn create(State(carrier): State<Carrier>, who: Subscriber, body: Json<PaymentIn>) -> Result<Response, ApiError> {
    let (is_new, payment) = carrier.transact(move |work| open(work, &who, &body)).await?;
    Ok(created(is_new, &payment))
}

fn open(work: &Work, who: &Subscriber, body: &Json<PaymentIn>) -> Result<(bool, Value), ApiError> {
    let Json { read: payment, whole } = body;
    check_key("correlatorId", &payment.correlator_id)?;
    let fingerprint = random::fingerprint(whole);
    let mut query =
        work.tx.prepare_cached("SELECT id, fingerprint FROM payment WHERE customer_id = ?1 AND correlator_id = ?2")?;
    let earlier: Option<(String, String)> =
        query.query_row([&who.customer, &payment.correlator_id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    match earlier {
        Some((id, same)) if same == fingerprint => return Ok((false, find(work, who, &id)?)),
        Some(_) => {
            let reason = "A payment with this correlatorId has another content.";
            return Err(ApiError::conflict("correlatorIdConflict", reason));
        }
        None => (),
    }

    let order = check(work, who, payment)?;
    let (id, token) = (random::id("payment")?, random::secret()?);
    work.execute(
        "INSERT INTO payment (id, customer_id, order_id, correlator_id, fingerprint, method, amount_cents, return_url,
                              token, status, created_ms, status_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'pendingAuthorization', ?10, ?10)",
        params![
            id,
            who.customer,
            order.id,
            payment.correlator_id,
            fingerprint,
            payment.payment_method.id(),
            order.total_cents,
            payment.return_url,
            token,
            work.now
        ],
    )?;
    let verdict = charge(work, &who.customer, &order)?;
    if let Some((paid, verdict)) = capture::by_token(work, &token)?.zip(verdict) {
        capture::settle(work, &paid, verdict)?;
    }
    Ok((true, find(work, who, &id)?))
}

struct Payable {
    id: String,
    total_cents: i64,
    method: Method,
}

/// Tries a method, which takes credit at once. Answers what came of it: None when the payer is asked first.
fn charge(work: &Work, customer: &str, order: &Payable) -> Result<Option<Verdict>, ApiError> {
    Ok(match order.method {
        Method::Hosted => None,
        Method::SavedCard { expires_ms, .. } if expires_ms < work.now => Some(Verdict::ExpiredCard),
        Method::SavedCard { asks_bank: true, .. } => Some(Verdict::AsksBank),
        Method::SavedCard { .. } | Method::CarrierBilling => Some(Verdict::Accepted),
        Method::Token(verdict) => Some(verdict),
        Method::PrepaidCredit if credit::take(work, customer, order.total_cents)? => Some(Verdict::Accepted),
        Method::PrepaidCredit => Some(Verdict::InsufficientFunds),
    })
}

/// The order that a payment is for, when it may be paid just so.
fn check(work: &Work, who: &Subscriber, payment: &PaymentIn) -> Result<Payable, ApiError> {
    if !work.settings.may_return_to(&payment.return_url) {
        let reason = "The returnUrl is not on the carrier's list.";
        return Err(ApiError::unprocessable("returnUrlNotAllowed", reason));
    }
    let method = match &payment.payment_method {
        MethodIn { token: Some(token), .. } => payment_method::by_token(token),
        MethodIn { id, .. } => payment_method::find(work, &who.customer, id.as_deref().unwrap_or_default())?,
    };
    let method = method
        .ok_or_else(|| ApiError::unprocessable("unknownPaymentMethod", "The subscriber has no such payment method."))?;
    if payment.account.id != who.account {
        return Err(ApiError::unprocessable("unknownAccount", "The account is not the subscriber's."));
    }
    let [item] = payment.payment_item.as_slice() else {
        return Err(ApiError::unprocessable("oneOrderNeeded", "A payment is for exactly one order."));
    };
    let mut query = work
        .tx
        .prepare_cached("SELECT state, total_cents, items FROM product_order WHERE id = ?1 AND customer_id = ?2")?;
    let found: Option<(String, i64, String)> = query
        .query_row([&item.item.id, &who.customer], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((state, total_cents, items)) = found else {
        return Err(ApiError::unprocessable("unknownOrder", "The subscriber has no such order."));
    };
    let items: Vec<Item> = serde_json::from_str(&items)?;
    if method == Method::PrepaidCredit && items.iter().any(|item| item.amount_cents.is_some()) {
        return Err(ApiError::unprocessable("paymentMethodNotAllowed", "Credit cannot be paid with credit."));
    }
    let mut query = work.tx.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM payment WHERE order_id = ?1 AND status IN ('pendingAuthorization', 'authorized', 'captured'))",
    )?;
    if query.query_row([&item.item.id], |row| row.get(0))? {
        return Err(ApiError::conflict("paymentOpen", "A payment of this order is open or paid."));
    }
    if state != "pending" {
        return Err(ApiError::conflict("orderNotPending", "The order does not await a payment."));
    }
    let part = item.total_amount.as_ref().map_or(Ok(total_cents), MoneyIn::cents)?;
    if payment.total_amount.cents()? != total_cents || part != total_cents {
        return Err(ApiError::unprocessable("amountDiffers", "The amount is not the order's total."));
    }
    Ok(Payable { id: item.item.id.clone(), total_cents, method })
}

async fn list(State(carrier): State<Carrier>, who: Subscriber, query: ListQuery) -> Result<Response, ApiError> {
    Ok(query.page(carrier.transact(move |work| payments(work, Some(&who.customer), None)).await?))
}

async fn by_id(
    State(carrier): State<Carrier>,
    who: Subscriber,
    Path(id): Path<String>,
    query: ListQuery,
) -> Result<Response, ApiError> {
    Ok(query.one(carrier.transact(move |work| find(work, &who, &id)).await?))
}

fn find(work: &Work, who: &Subscriber, id: &str) -> Result<Value, ApiError> {
    payments(work, Some(&who.customer), Some(id))?.pop().ok_or_else(|| ApiError::not_found("payment"))
}

/// Payments, by customer or by id.
pub(super) fn payments(work: &Work, customer: Option<&str>, id: Option<&str>) -> Result<Vec<Value>, ApiError> {
    let mut query = work.tx.prepare_cached(
        "SELECT p.id, p.correlator_id, p.order_id, p.amount_cents, p.return_url, p.token, p.status, p.status_reason,
                p.authorization_code, p.created_ms, p.status_ms, c.account_id, p.method, p.asks_bank
         FROM payment p JOIN customer c ON c.id = p.customer_id
         WHERE (?1 IS NULL OR p.customer_id = ?1) AND (?2 IS NULL OR p.id = ?2) ORDER BY p.created_ms, p.id",
    )?;
    let rows = query.query_map(params![customer, id], |row| payment(work, row))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn payment(work: &Work, row: &Row) -> Result<Value, rusqlite::Error> {
    let id: String = row.get(0)?;
    let amount = money::money(row.get(3)?);
    let order: String = row.get(2)?;
    let status: String = row.get(6)?;
    let token: String = row.get(5)?;
    let method: String = row.get(12)?;
    let is_hosted = method == HOSTED;
    let page = match row.get(13)? {
        _ if is_hosted => Some(format!("/pay/{token}")),
        true => Some(format!("/pay/{token}/confirm")),
        false => None,
    };
    let mut payment = json!({
        "id": id, "href": work.href(&format!("{BASE}/{id}")), "@type": if is_hosted { "HostedPayment" } else { "MethodPayment" },
        "correlatorId": row.get::<_, String>(1)?,
        "account": { "id": row.get::<_, String>(11)?, "@referredType": "BillingAccount" },
        "paymentMethod": payment_method::reference(&method),
        "totalAmount": amount,
        "paymentItem": [{
            "id": "1", "item": { "id": order, "@referredType": "ProductOrder" }, "totalAmount": amount
        }],
        "returnUrl": row.get::<_, String>(4)?,
        "status": status, "paymentDate": rfc3339(row.get(9)?), "statusDate": rfc3339(row.get(10)?),
    });
    set(&mut payment, "redirectUrl", page.map(|page| work.href(&page)));
    set(&mut payment, "statusReason", row.get::<_, Option<String>>(7)?);
    set(&mut payment, "authorizationCode", row.get::<_, Option<String>>(8)?);
    Ok(payment)
}
