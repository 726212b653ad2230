//! OAuth 2 with PKCE, from the first redirect to the logout.
#![expect(clippy::unwrap_used, reason = "tests")]

mod support;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};
use support::{ALICE, CARRIER, PAGE, PRODUCTS, Reply, Shop, User};

/// The pair of RFC 7636's appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const BACK: &str = "http://page.test/renew?tab=1";

fn authorize(change: &[(&str, Option<&str>)]) -> String {
    let mut pairs = vec![
        ("client_id", "rocher-web"),
        ("redirect_uri", BACK),
        ("response_type", "code"),
        ("state", "a b&c"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    for (name, value) in change {
        pairs.retain(|(known, _)| known != name);
        pairs.extend(value.map(|value| (*name, value)));
    }
    format!("/oauth/authorize?{}", serde_urlencoded::to_string(pairs).unwrap())
}

async fn visit(shop: &Shop, path: &str, cookie: &str) -> Reply {
    shop.send(Request::get(path).header("cookie", cookie).body(Body::empty()).unwrap()).await
}

fn cookies(reply: &Reply) -> String {
    let all = reply.headers.get_all("set-cookie").iter().map(|v| v.to_str().unwrap().split(';').next().unwrap());
    all.collect::<Vec<_>>().join("; ")
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).unwrap().1.split_once(after).unwrap().0
}

fn parameter(address: &str, name: &str) -> String {
    let query = address.split_once('?').unwrap().1;
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap();
    pairs.into_iter().find(|(n, _)| n == name).unwrap_or_default().1
}

/// Signs in by the pages. Answers the address that was gone to, and the session's cookie.
async fn by_pages(shop: &Shop, authorize: &str) -> (String, String) {
    by_number(shop, authorize, "61 23 45 01").await
}

async fn by_number(shop: &Shop, authorize: &str, number: &str) -> (String, String) {
    let first = visit(shop, authorize, "").await;
    let browser = cookies(&first);
    let id = between(&first.text, "name=\"sign_in\" value=\"", "\"");
    let second = shop.form("/oauth/sign-in", &browser, &[("sign_in", id), ("msisdn", number)]).await;
    let code = between(&second.text, "id=\"code\">", "<");
    let third = shop.form("/oauth/sign-in/code", &browser, &[("sign_in", id), ("code", code)]).await;
    assert_eq!(third.status, StatusCode::SEE_OTHER, "{}", third.text);
    (third.header("location").to_owned(), cookies(&third))
}

async fn exchange(shop: &Shop, code: &str, verifier: &str) -> Reply {
    let fields = [
        ("grant_type", "authorization_code"),
        ("client_id", "rocher-web"),
        ("code", code),
        ("redirect_uri", BACK),
        ("code_verifier", verifier),
    ];
    shop.form("/oauth/token", "", &fields).await
}

async fn refresh(shop: &Shop, token: &Value) -> Reply {
    let token = token["refresh_token"].as_str().unwrap();
    let fields = [("grant_type", "refresh_token"), ("client_id", "rocher-web"), ("refresh_token", token)];
    shop.form("/oauth/token", "", &fields).await
}

async fn tokens(shop: &Shop) -> Value {
    let (back, _) = by_pages(shop, &authorize(&[])).await;
    exchange(shop, &parameter(&back, "code"), VERIFIER).await.ok(200)
}

fn user(shop: &Shop, tokens: &Value) -> User {
    User { shop: shop.clone(), token: tokens["access_token"].as_str().unwrap().into(), msisdn: ALICE.into() }
}

#[track_caller]
fn is_refused(reply: &Reply, error: &str) {
    assert_eq!((reply.status, &reply.json()["error"]), (StatusCode::BAD_REQUEST, &json!(error)), "{}", reply.text);
    assert_eq!(reply.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_subscriber_signs_in_and_is_returned() {
    let shop = Shop::new();
    let (back, session) = by_pages(&shop, &authorize(&[])).await;
    assert!(back.starts_with("http://page.test/renew?tab=1&code="), "{back}");
    assert_eq!((parameter(&back, "state").as_str(), parameter(&back, "iss").as_str()), ("a b&c", CARRIER));
    let reply = exchange(&shop, &parameter(&back, "code"), VERIFIER).await;
    assert_eq!(reply.header("cache-control"), "no-store");
    let tokens = reply.ok(200);
    assert_eq!((&tokens["token_type"], &tokens["expires_in"]), (&json!("Bearer"), &json!(900)));
    assert_eq!(user(&shop, &tokens).products().await[0]["id"], "line-1");

    // The session lets a later request pass without a question.
    let again = visit(&shop, &authorize(&[("prompt", Some("none"))]), &session).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    assert_eq!(exchange(&shop, &parameter(again.header("location"), "code"), VERIFIER).await.status, StatusCode::OK);
    // Unless it wants the question.
    assert_eq!(visit(&shop, &authorize(&[("prompt", Some("login"))]), &session).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_number_of_any_line_signs_in_its_customer() {
    let shop = Shop::new();
    for number in ["61 23 45 04", "61 23 45 14"] {
        let (back, _) = by_number(&shop, &authorize(&[]), number).await;
        let tokens = exchange(&shop, &parameter(&back, "code"), VERIFIER).await.ok(200);
        assert_eq!(user(&shop, &tokens).products().await[0]["id"], "line-4");
    }
}

#[tokio::test]
async fn discovery_says_where_things_are() {
    let shop = Shop::new();
    let found = shop.get("/.well-known/openid-configuration").await.ok(200);
    assert_eq!(found, shop.get("/.well-known/oauth-authorization-server").await.ok(200));
    assert_eq!(found["issuer"], CARRIER);
    assert_eq!(found["authorization_endpoint"], "http://carrier.test/oauth/authorize");
    assert_eq!(found["token_endpoint"], "http://carrier.test/oauth/token");
    assert_eq!(found["end_session_endpoint"], "http://carrier.test/oauth/logout");
    assert_eq!(found["code_challenge_methods_supported"], json!(["S256"]));
    assert_eq!(found["authorization_response_iss_parameter_supported"], true);
}

#[tokio::test]
async fn without_a_session_silence_is_answered_by_an_error() {
    let reply = visit(&Shop::new(), &authorize(&[("prompt", Some("none"))]), "").await;
    let back = reply.header("location");
    assert!(back.starts_with(BACK));
    assert_eq!(parameter(back, "error"), "login_required");
    assert_eq!((parameter(back, "state").as_str(), parameter(back, "iss").as_str()), ("a b&c", CARRIER));
}

#[tokio::test]
async fn a_stranger_is_not_redirected() {
    let shop = Shop::new();
    for change in [
        ("client_id", Some("other")),
        ("client_id", None),
        ("redirect_uri", Some("http://evil.test/")),
        ("redirect_uri", Some("http://page.test@evil.test/")),
        ("redirect_uri", Some("http://page.test/#x")),
        ("redirect_uri", None),
    ] {
        let reply = visit(&shop, &authorize(&[change]), "").await;
        assert_eq!((reply.status, reply.header("location")), (StatusCode::BAD_REQUEST, ""), "{change:?}");
    }
    for (change, error) in [
        (("response_type", Some("token")), "unsupported_response_type"),
        (("code_challenge", None), "invalid_request"),
        (("code_challenge_method", Some("plain")), "invalid_request"),
        (("code_challenge_method", None), "invalid_request"),
    ] {
        let reply = visit(&shop, &authorize(&[change]), "").await;
        assert_eq!(parameter(reply.header("location"), "error"), error, "{change:?}");
    }
}

#[tokio::test]
async fn the_verifier_and_the_redirect_uri_must_fit() {
    let shop = Shop::new();
    let (back, _) = by_pages(&shop, &authorize(&[])).await;
    let code = parameter(&back, "code");
    is_refused(&exchange(&shop, &code, &"x".repeat(43)).await, "invalid_grant");
    // One wrong try uses the code up.
    is_refused(&exchange(&shop, &code, VERIFIER).await, "invalid_grant");

    let (back, _) = by_pages(&shop, &authorize(&[("redirect_uri", Some("http://page.test/other"))])).await;
    is_refused(&exchange(&shop, &parameter(&back, "code"), VERIFIER).await, "invalid_grant");
}

#[tokio::test]
async fn a_code_holds_for_a_minute_and_once() {
    let shop = Shop::new();
    let (back, _) = by_pages(&shop, &authorize(&[])).await;
    shop.clock.advance(60_000);
    is_refused(&exchange(&shop, &parameter(&back, "code"), VERIFIER).await, "invalid_grant");

    let (back, _) = by_pages(&shop, &authorize(&[])).await;
    let code = parameter(&back, "code");
    let tokens = exchange(&shop, &code, VERIFIER).await.ok(200);
    is_refused(&exchange(&shop, &code, VERIFIER).await, "invalid_grant");
    // What the code had given is taken back.
    user(&shop, &tokens).get(PRODUCTS).await.refused(401, "invalidToken");
    is_refused(&refresh(&shop, &tokens).await, "invalid_grant");
}

#[tokio::test]
async fn refresh_tokens_rotate_and_reuse_revokes_the_family() {
    let shop = Shop::new();
    let first = tokens(&shop).await;
    shop.clock.advance(15 * support::MINUTE);
    let expired = user(&shop, &first).get(PRODUCTS).await;
    assert!(expired.header("www-authenticate").contains("error=\"invalid_token\""));
    expired.refused(401, "invalidToken");
    let second = refresh(&shop, &first).await.ok(200);
    assert_eq!(user(&shop, &second).get(PRODUCTS).await.status, StatusCode::OK);
    is_refused(&refresh(&shop, &first).await, "invalid_grant");
    is_refused(&refresh(&shop, &second).await, "invalid_grant");
    user(&shop, &second).get(PRODUCTS).await.refused(401, "invalidToken");
}

#[tokio::test]
async fn the_token_endpoint_says_what_is_wrong() {
    let shop = Shop::new();
    is_refused(&shop.form("/oauth/token", "", &[("grant_type", "password")]).await, "invalid_client");
    let client = ("client_id", "rocher-web");
    is_refused(&shop.form("/oauth/token", "", &[client]).await, "invalid_request");
    is_refused(&shop.form("/oauth/token", "", &[client, ("grant_type", "password")]).await, "unsupported_grant_type");
    is_refused(
        &shop.form("/oauth/token", "", &[client, ("grant_type", "authorization_code")]).await,
        "invalid_request",
    );
    is_refused(&shop.form("/oauth/token", "", &[client, client]).await, "invalid_request");
    is_refused(&shop.post("/oauth/token", &json!({ "client_id": "rocher-web" })).await, "invalid_request");
}

#[tokio::test]
async fn the_form_belongs_to_the_browser_that_asked_for_it() {
    let shop = Shop::new();
    let first = visit(&shop, &authorize(&[]), "").await;
    let id = between(&first.text, "name=\"sign_in\" value=\"", "\"");
    for cookie in ["", "rocher_sign_in=other"] {
        let reply = shop.form("/oauth/sign-in", cookie, &[("sign_in", id), ("msisdn", ALICE)]).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    }
    let set = first.header("set-cookie");
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Path=/"), "{set}");
    assert!(first.header("content-security-policy").contains("form-action 'self' http://page.test;"));
}

#[tokio::test]
async fn an_unknown_number_and_a_wrong_code_are_said_plainly() {
    let shop = Shop::new();
    let first = visit(&shop, &authorize(&[]), "").await;
    let browser = cookies(&first);
    let id = between(&first.text, "name=\"sign_in\" value=\"", "\"").to_owned();
    let number = "<b>+33 6 00 00 00 00";
    let reply = shop.form("/oauth/sign-in", &browser, &[("sign_in", &id), ("msisdn", number)]).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.text.contains("No line of Rocher Mobile has this number"));
    assert!(reply.text.contains("&lt;b&gt;") && !reply.text.contains("<b>"));

    let second = shop.form("/oauth/sign-in", &browser, &[("sign_in", &id), ("msisdn", ALICE)]).await;
    let code = between(&second.text, "id=\"code\">", "<").to_owned();
    for _ in 0..5 {
        let wrong = shop.form("/oauth/sign-in/code", &browser, &[("sign_in", &id), ("code", "no")]).await;
        assert!(wrong.text.contains("This is not the code"));
    }
    // Too many tries end it.
    let reply = shop.form("/oauth/sign-in/code", &browser, &[("sign_in", &id), ("code", &code)]).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn logout_ends_the_session_and_its_tokens() {
    let shop = Shop::new();
    let (back, session) = by_pages(&shop, &authorize(&[])).await;
    let tokens = exchange(&shop, &parameter(&back, "code"), VERIFIER).await.ok(200);
    let reply = visit(&shop, &format!("/oauth/logout?post_logout_redirect_uri={PAGE}/bye&state=s"), &session).await;
    assert_eq!(reply.header("location"), "http://page.test/bye?state=s");
    user(&shop, &tokens).get(PRODUCTS).await.refused(401, "invalidToken");
    let silent = visit(&shop, &authorize(&[("prompt", Some("none"))]), &session).await;
    assert_eq!(parameter(silent.header("location"), "error"), "login_required");
    let strange = visit(&shop, "/oauth/logout?post_logout_redirect_uri=http://evil.test/", "").await;
    assert_eq!((strange.status, strange.header("location")), (StatusCode::OK, ""));
}
