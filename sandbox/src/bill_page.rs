//! The document of a bill. Its address is as unguessable as the payment page's.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

use crate::Carrier;
use crate::api::bill;
use crate::calendar::rfc3339;
use crate::http::ApiError;
use crate::http::html::{self, Escaped, euros};
use crate::money;

/// The page's route.
pub(crate) fn routes() -> Router<Carrier> {
    Router::new().route("/pay/{token}/bill", get(show))
}

async fn show(State(carrier): State<Carrier>, Path(token): Path<String>) -> Result<Response, ApiError> {
    let main = carrier
        .transact(move |work| {
            let Some(bill) = bill::by_token(work, &token)? else { return Ok(None) };
            let lines = bill
                .lines(work)?
                .iter()
                .map(|line| format!("<li>{}</li>\n", Escaped(line)))
                .collect::<Vec<_>>()
                .concat();
            let date = rfc3339(bill.charged_ms);
            let day = date.split('T').next().unwrap_or_default();
            let tax = bill.cents - money::net_of(bill.cents);
            Ok(Some(format!(
                "<h1>Bill</h1>\n<dl>\n<dt>Number</dt><dd>{}</dd>\n<dt>Date</dt><dd>{day}</dd>\n\
                 <dt>For</dt><dd>{}</dd>\n<dt>Paid</dt><dd class=\"amount\">{}</dd>\n\
                 <dt>Of that VAT</dt><dd>{}</dd>\n</dl>\n<ul>\n{lines}</ul>",
                Escaped(&bill.number()),
                Escaped(&bill.customer_name),
                euros(bill.cents),
                euros(tax),
            )))
        })
        .await?;
    let settings = carrier.settings();
    Ok(match main {
        Some(main) => html::page(settings, StatusCode::OK, "Bill", &main),
        None => html::notice(settings, StatusCode::NOT_FOUND, "No such bill", "There is no bill at this address."),
    })
}
