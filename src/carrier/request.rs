//! A request as data: what is sent, decided without sending it.

use super::json::Json;
use super::profile;

/// The APIs of the TM Forum that the widget speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    /// TMF620.
    ProductCatalog,
    /// TMF622.
    ProductOrdering,
    /// TMF637.
    ProductInventory,
    /// TMF648.
    Quote,
    /// TMF654.
    PrepayBalance,
    /// TMF663.
    ShoppingCart,
    /// TMF670.
    PaymentMethod,
    /// TMF676.
    Payment,
    /// TMF677.
    UsageConsumption,
    /// TMF671.
    Promotion,
    /// TMF679.
    Qualification,
}

impl Api {
    /// The names by which a host says where each lies.
    pub const WORDS: &'static [(&'static str, Self)] = &[
        ("product-catalog", Self::ProductCatalog),
        ("product-ordering", Self::ProductOrdering),
        ("product-inventory", Self::ProductInventory),
        ("quote", Self::Quote),
        ("prepay-balance", Self::PrepayBalance),
        ("shopping-cart", Self::ShoppingCart),
        ("payment-method", Self::PaymentMethod),
        ("payment", Self::Payment),
        ("usage-consumption", Self::UsageConsumption),
        ("promotion", Self::Promotion),
        ("qualification", Self::Qualification),
    ];
}

/// The HTTP methods that the widget uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates, or asks a question that is too long for an address.
    Post,
}

/// What is sent to the carrier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// GET or POST.
    pub method: Method,
    /// The path and query below the carrier's base address, percent-encoded.
    pub target: String,
    /// The JSON body of a POST.
    pub body: Option<String>,
    /// Whether it is for anybody: sent without credentials and custom headers, so that no preflight is needed.
    pub public: bool,
    /// Whether sending it twice does no more than sending it once.
    pub repeatable: bool,
    /// Whether its answer must come from the carrier and not from a cache, so that its `Date` is the time of now.
    pub fresh: bool,
}

impl Request {
    /// A GET of a resource, `["productOrder", id]`.
    pub fn get(api: Api, path: &[&str]) -> Self {
        Self {
            method: Method::Get,
            target: target(api, path),
            body: None,
            public: false,
            repeatable: true,
            fresh: false,
        }
    }

    /// A POST that creates something: never sent again on its own.
    pub fn post(api: Api, path: &[&str], body: &Json) -> Self {
        let body = Some(body.to_string());
        Self { method: Method::Post, target: target(api, path), body, public: false, repeatable: false, fresh: false }
    }

    /// The same with a query parameter more.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.target.push(if self.target.contains('?') { '&' } else { '?' });
        self.target.push_str(name);
        self.target.push('=');
        encode(value, &mut self.target);
        self
    }

    /// The same for one page of a list.
    #[must_use]
    pub fn page(self, offset: usize) -> Self {
        self.with("offset", &offset.to_string()).with("limit", &profile::PAGE.to_string())
    }

    /// The same for anybody to ask.
    #[must_use]
    pub fn public(self) -> Self {
        Self { public: true, ..self }
    }

    /// The same, past all caches.
    #[must_use]
    pub fn fresh(self) -> Self {
        Self { fresh: true, ..self }
    }

    /// The same, harmless to send twice.
    #[must_use]
    pub fn repeatable(self) -> Self {
        Self { repeatable: true, ..self }
    }
}

fn target(api: Api, path: &[&str]) -> String {
    let mut target = String::from(profile::path(api));
    for segment in path {
        target.push('/');
        encode(segment, &mut target);
    }
    target
}

/// Percent-encodes all but the unreserved characters (RFC 3986, section 2.3).
fn encode(text: &str, into: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            into.push(char::from(byte));
        } else {
            into.push('%');
            into.push(char::from(HEX[usize::from(byte >> 4)]));
            into.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_leave_its_place_in_the_path() {
        let request = Request::get(Api::ProductOrdering, &["productOrder", "../x?y=1#é"]);
        assert_eq!(request.target, "/tmf-api/productOrderingManagement/v4/productOrder/..%2Fx%3Fy%3D1%23%C3%A9");
    }

    #[test]
    fn parameters_are_encoded_too() {
        let request = Request::get(Api::Payment, &["payment"]).with("correlatorId", "a&b=c").page(100);
        assert_eq!(request.target, "/payment/v4/payment?correlatorId=a%26b%3Dc&offset=100&limit=100");
    }
}
