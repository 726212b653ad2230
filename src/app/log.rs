//! A log for integrators, in the console: what was called and where the checkout stands. Nothing that names a person, a
//! thing of theirs or a token is in it.

use super::now;
use crate::carrier::{CarrierError, Method, Request};
use crate::domain::time::Timestamp;

/// Writes a line.
pub fn line(parts: &[&str]) {
    let mut text = String::from("<esim-renewal> ");
    text.extend(parts.iter().copied());
    web_sys::console::debug_1(&text.into());
}

/// Writes what came of a call, and how long it took.
pub fn call(request: &Request, error: Option<&CarrierError>, asked: Timestamp) {
    let method = match request.method {
        Method::Get => "GET ",
        Method::Post => "POST ",
    };
    let took = now().millis().saturating_sub(asked.millis()).to_string();
    let outcome = error.map_or_else(|| "ok".to_owned(), ToString::to_string);
    line(&[method, &resource(&request.target), ": ", &outcome, ", ", &took, " ms"]);
}

/// The resource of a request, without the ids and the query that may follow it: `/payment/v4/payment`.
fn resource(target: &str) -> String {
    let path = target.split('?').next().unwrap_or_default();
    let mut segments = path.split_inclusive('/');
    let mut resource: String = segments.by_ref().take_while(|segment| !is_version(segment)).collect();
    resource.push_str("…/");
    resource.extend(segments.next().map(|segment| segment.trim_end_matches('/')));
    resource
}

fn is_version(segment: &str) -> bool {
    let digits = segment.trim_end_matches('/').strip_prefix('v');
    digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::resource;

    #[test]
    fn a_resource_is_named_without_what_it_is_of() {
        for (target, named) in [
            ("/payment/v4/payment?correlatorId=K", "/payment/…/payment"),
            (
                "/tmf-api/productOrderingManagement/v4/productOrder/4711",
                "/tmf-api/productOrderingManagement/…/productOrder",
            ),
            ("/tmf-api/quoteManagement/v4/quote", "/tmf-api/quoteManagement/…/quote"),
            ("", "…/"),
        ] {
            assert_eq!(resource(target), named, "{target}");
        }
    }
}
