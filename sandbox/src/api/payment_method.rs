//! TMF670 payment method: there is one, the hosted payment page.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

use crate::Carrier;
use crate::http::{ApiError, ListQuery, Subscriber};

const BASE: &str = "/tmf-api/paymentMethod/v4/paymentMethod";

/// The id of the hosted payment page.
pub(super) const HOSTED: &str = "hosted";

pub(super) fn routes() -> Router<Carrier> {
    Router::new().route(BASE, get(list)).route(&format!("{BASE}/{{id}}"), get(by_id))
}

fn hosted(carrier: &Carrier) -> Value {
    json!({
        "id": HOSTED, "href": format!("{}{BASE}/{HOSTED}", carrier.settings().carrier_origin),
        "@type": "digitalWallet", "name": HOSTED, "description": "Card, on the carrier's payment page",
        "isPreferred": true, "status": "active",
    })
}

async fn list(State(carrier): State<Carrier>, _: Subscriber, query: ListQuery) -> Response {
    query.page(vec![hosted(&carrier)])
}

async fn by_id(
    State(carrier): State<Carrier>,
    _: Subscriber,
    Path(id): Path<String>,
    query: ListQuery,
) -> Result<Response, ApiError> {
    if id != HOSTED {
        return Err(ApiError::not_found("payment method"));
    }
    Ok(query.one(hosted(&carrier)))
}
