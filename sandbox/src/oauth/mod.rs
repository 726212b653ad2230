//! The sign-in server: OAuth 2 authorization code with PKCE (RFC 6749, 7636, 9207) for one public client.

mod authorize;
mod session;
mod sign_in;
pub(crate) mod token;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::json;

use crate::Carrier;
use crate::http::{answer, html};

/// The widget's client id.
const CLIENT: &str = "rocher-web";

/// All sign-in routes.
pub(crate) fn routes() -> Router<Carrier> {
    Router::new()
        .merge(html::routes())
        .route("/.well-known/openid-configuration", get(discovery))
        .route("/.well-known/oauth-authorization-server", get(discovery))
        .route("/oauth/authorize", get(authorize::authorize))
        .route("/oauth/sign-in", post(sign_in::phone_number))
        .route("/oauth/sign-in/code", post(sign_in::code))
        .route("/oauth/token", post(token::token))
        .route("/oauth/logout", get(session::logout))
}

/// RFC 8414.
async fn discovery(State(carrier): State<Carrier>) -> Response {
    let origin = &carrier.settings().carrier_origin;
    answer(
        StatusCode::OK,
        &json!({
            "issuer": origin,
            "authorization_endpoint": format!("{origin}/oauth/authorize"),
            "token_endpoint": format!("{origin}/oauth/token"),
            "end_session_endpoint": format!("{origin}/oauth/logout"),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["none"],
            "prompt_values_supported": ["none", "login"],
            "authorization_response_iss_parameter_supported": true,
        }),
    )
}
