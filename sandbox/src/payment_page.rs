//! The hosted payment page: test cards, a 3-D Secure step, and the way back. Its address is unguessable, which is what
//! lets whoever has it pay.

use axum::Router;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

use crate::Carrier;
use crate::api::capture::{self, Paid, Verdict};
use crate::http::ApiError;
use crate::http::html::{self, Escaped, euros};

/// The page's routes.
pub(crate) fn routes() -> Router<Carrier> {
    Router::new()
        .route("/pay/{token}", get(show).post(submit))
        .route("/pay/{token}/confirm", get(show_confirm).post(confirm))
}

/// The test cards: what is sent for each, its number, what it does, and what becomes of the payment.
const CARDS: [(&str, &str, &str, Verdict); 9] = [
    ("accepted", "4000 0000 0000 0077", "is accepted", Verdict::Accepted),
    ("declined", "4000 0000 0000 0002", "is declined", Verdict::Declined),
    ("bank", "4000 0000 0000 3220", "asks to confirm with the bank (3-D Secure)", Verdict::AsksBank),
    ("insufficient", "4000 0000 0000 9995", "has too little money", Verdict::InsufficientFunds),
    ("expired", "4000 0000 0000 0069", "has expired", Verdict::ExpiredCard),
    ("slow", "4000 0000 0000 0127", "is charged five seconds later", Verdict::AcceptedForLater),
    ("unconfirmed", "4000 0000 0000 3063", "asks the bank, which cannot confirm it", Verdict::Refused),
    (
        "abandoned",
        "4000 0000 0000 3097",
        "asks the bank, and is charged five seconds later even if you leave",
        Verdict::AsksBankInVain,
    ),
    ("late", "4000 0000 0000 0135", "is charged just when the order expires, and paid back", Verdict::AcceptedTooLate),
];

#[derive(Deserialize)]
struct CardForm {
    action: String,
    card: Option<String>,
}

#[derive(Deserialize)]
struct ConfirmForm {
    action: String,
}

async fn find(carrier: &Carrier, token: &str) -> Result<Option<Paid>, ApiError> {
    let token = token.to_owned();
    carrier.transact(move |work| capture::by_token(work, &token)).await
}

async fn show(State(carrier): State<Carrier>, Path(token): Path<String>) -> Result<Response, ApiError> {
    Ok(match find(&carrier, &token).await? {
        None => unknown(&carrier),
        // A saved card was chosen already: its bank asks.
        Some(payment) if payment.is_open && !payment.is_hosted => html::see_other(&format!("/pay/{token}/confirm")),
        Some(payment) if payment.is_open => cards(&carrier, StatusCode::OK, &token, &payment, None),
        Some(payment) => html::see_other(&payment.return_url),
    })
}

async fn submit(
    State(carrier): State<Carrier>,
    Path(token): Path<String>,
    form: Result<Form<CardForm>, FormRejection>,
) -> Result<Response, ApiError> {
    let chosen = |form: &CardForm| match form.action.as_str() {
        "cancel" => Some(Verdict::Cancelled),
        "pay" => CARDS.iter().find(|card| form.card.as_deref() == Some(card.0)).map(|card| card.3),
        _ => None,
    };
    match (find(&carrier, &token).await?, form.ok().and_then(|Form(form)| chosen(&form))) {
        (Some(payment), None) if payment.is_open && payment.is_hosted => {
            let text = "Choose a card to pay with.";
            Ok(cards(&carrier, StatusCode::UNPROCESSABLE_ENTITY, &token, &payment, Some(text)))
        }
        (Some(payment), Some(verdict)) if payment.is_hosted => settle(&carrier, token, verdict).await,
        _ => show(State(carrier), Path(token)).await,
    }
}

async fn show_confirm(State(carrier): State<Carrier>, Path(token): Path<String>) -> Result<Response, ApiError> {
    Ok(match find(&carrier, &token).await? {
        None => unknown(&carrier),
        Some(payment) if !payment.is_open => html::see_other(&payment.return_url),
        Some(payment) if !payment.asks_bank => html::see_other(&format!("/pay/{token}")),
        Some(payment) => bank(&carrier, &token, &payment),
    })
}

async fn confirm(
    State(carrier): State<Carrier>,
    Path(token): Path<String>,
    form: Result<Form<ConfirmForm>, FormRejection>,
) -> Result<Response, ApiError> {
    let verdict = match form.as_ref().map(|Form(form)| form.action.as_str()) {
        Ok("approve") => Verdict::Accepted,
        Ok("refuse") => Verdict::Refused,
        _ => return show_confirm(State(carrier), Path(token)).await,
    };
    match find(&carrier, &token).await? {
        // The bank answers only what it was asked.
        Some(payment) if payment.is_open && !payment.asks_bank => Ok(html::see_other(&format!("/pay/{token}"))),
        _ => settle(&carrier, token, verdict).await,
    }
}

/// Carries out the verdict, and goes on: to the bank, or back to the page that the payer came from.
async fn settle(carrier: &Carrier, token: String, verdict: Verdict) -> Result<Response, ApiError> {
    let address = token.clone();
    let payment = carrier
        .transact(move |work| {
            let payment = capture::by_token(work, &token)?;
            if let Some(payment) = &payment {
                capture::settle(work, payment, verdict)?;
            }
            Ok(payment)
        })
        .await?;
    Ok(match payment {
        None => unknown(carrier),
        Some(payment) if payment.is_open && matches!(verdict, Verdict::AsksBank | Verdict::AsksBankInVain) => {
            html::see_other(&format!("/pay/{address}/confirm"))
        }
        Some(payment) => html::see_other(&payment.return_url),
    })
}

fn unknown(carrier: &Carrier) -> Response {
    let text = "There is no payment at this address. Go back to the page you came from.";
    html::notice(carrier.settings(), StatusCode::NOT_FOUND, "No such payment", text)
}

fn summary(payment: &Paid) -> String {
    format!(
        "<dl>\n<dt>Merchant</dt><dd>Rocher Mobile (demo)</dd>\n<dt>Order</dt><dd>{}</dd>\n\
         <dt>Amount</dt><dd class=\"amount\">{}</dd>\n</dl>",
        Escaped(&payment.order),
        euros(payment.amount_cents)
    )
}

fn cards(carrier: &Carrier, status: StatusCode, token: &str, payment: &Paid, wrong: Option<&str>) -> Response {
    let choice = |(value, number, does, _): (&str, &str, &str, Verdict)| {
        format!(
            "<label class=\"choice\"><input type=\"radio\" name=\"card\" value=\"{value}\" required>\
             <span><span class=\"number\">{number}</span> <small>{does}</small></span></label>\n"
        )
    };
    let choices = CARDS.map(choice).concat();
    let wrong = wrong.map(|text| format!("<p class=\"wrong\" role=\"alert\">{text}</p>\n")).unwrap_or_default();
    let (summary, amount, token) = (summary(payment), euros(payment.amount_cents), Escaped(token));
    let main = format!(
        r#"<h1>Pay by card</h1>
{summary}
{wrong}<form method="post" action="/pay/{token}">
<fieldset>
<legend>Card number <span class="hint">(test cards of the demo)</span></legend>
{choices}</fieldset>
<button name="action" value="pay">Pay {amount}</button>
<button class="second" name="action" value="cancel" formnovalidate>Cancel and go back</button>
</form>"#
    );
    html::page(carrier.settings(), status, "Pay by card", &main)
}

fn bank(carrier: &Carrier, token: &str, payment: &Paid) -> Response {
    let (summary, token, back) = (summary(payment), Escaped(token), Escaped(&payment.return_url));
    let main = format!(
        r#"<h1>Confirm in your bank's app</h1>
<p>Your bank wants to know that it is you. Demo: there is no app, so answer here.</p>
{summary}
<form method="post" action="/pay/{token}/confirm">
<button name="action" value="approve">Approve</button>
<button class="second" name="action" value="refuse">Refuse</button>
</form>
<p class="leave"><a href="{back}">Leave without answering</a></p>"#
    );
    html::page(carrier.settings(), StatusCode::OK, "Confirm in your bank's app", &main)
}
