//! Lists: equality filters, paging and attribute selection (TMF630).

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::{Map, Value};

use super::{ApiError, answer};

/// The most that one page holds, and what it holds when nothing is said.
const PAGE: usize = 100;

/// The query of a list or of a single resource.
#[derive(Debug)]
pub(crate) struct ListQuery {
    offset: usize,
    limit: usize,
    fields: Option<Vec<String>>,
    filters: Vec<(String, String)>,
}

impl<S: Send + Sync> FromRequestParts<S> for ListQuery {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(parts.uri.query().unwrap_or_default())
            .map_err(|e| ApiError::malformed(format!("The query cannot be read: {e}.")))?;
        let mut query = Self { offset: 0, limit: PAGE, fields: None, filters: Vec::new() };
        for (name, value) in pairs {
            match name.as_str() {
                "offset" => query.offset = number(&name, &value)?,
                "limit" => query.limit = number(&name, &value)?.min(PAGE),
                "fields" => query.fields = Some(value.split(',').map(|f| f.trim().to_owned()).collect()),
                _ => query.filters.push((name, value)),
            }
        }
        Ok(query)
    }
}

fn number(name: &str, value: &str) -> Result<usize, ApiError> {
    value.parse().map_err(|_| ApiError::malformed(format!("`{name}` must be a whole number from 0.")))
}

impl ListQuery {
    /// The page asked for: 200 when it is the whole, else 206; `X-Total-Count` counts all that match.
    pub fn page(&self, resources: Vec<Value>) -> Response {
        let matching: Vec<Value> =
            resources.into_iter().filter(|r| self.filters.iter().all(|(path, want)| matches(r, path, want))).collect();
        let total = matching.len();
        let page: Vec<Value> =
            matching.into_iter().skip(self.offset).take(self.limit).map(|r| self.select(r)).collect();
        let count = page.len();
        let status = if count == total { StatusCode::OK } else { StatusCode::PARTIAL_CONTENT };
        let mut response = answer(status, &Value::Array(page));
        response.headers_mut().insert("x-total-count", HeaderValue::from(total));
        response.headers_mut().insert("x-result-count", HeaderValue::from(count));
        response
    }

    /// One resource, with the attributes asked for.
    pub fn one(&self, resource: Value) -> Response {
        answer(StatusCode::OK, &self.select(resource))
    }

    /// `id` and `href` always; an attribute below the top (`price.unit`) brings the whole top one.
    fn select(&self, resource: Value) -> Value {
        match (&self.fields, resource) {
            (Some(fields), Value::Object(members)) => {
                let wanted = |name: &str| fields.iter().any(|f| f.split('.').next() == Some(name));
                let kept: Map<_, _> =
                    members.into_iter().filter(|(name, _)| name == "id" || name == "href" || wanted(name)).collect();
                Value::Object(kept)
            }
            (_, resource) => resource,
        }
    }
}

/// Whether the attribute at a dotted path is `want`; in a list, whether any of its entries is.
fn matches(value: &Value, path: &str, want: &str) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| matches(item, path, want)),
        Value::Object(members) => {
            let (head, rest) = path.split_once('.').unwrap_or((path, ""));
            !path.is_empty() && members.get(head).is_some_and(|member| matches(member, rest, want))
        }
        _ if !path.is_empty() => false,
        Value::String(text) => text == want,
        Value::Bool(truth) => want.parse() == Ok(*truth),
        Value::Number(number) => number.to_string() == want,
        Value::Null => false,
    }
}
