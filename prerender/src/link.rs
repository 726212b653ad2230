//! Where a choice leads: the checkout's address, with the offering and the promo code as the widget takes them up.

use anyhow::{Result, bail};
use esim_renewal::app::open::{CODE_PARAMETER, OFFERING_PARAMETER};
use esim_renewal::domain::id::OfferingId;
use url::{ParseError, Url, form_urlencoded};

/// The page on which offers are bought.
pub struct Checkout {
    /// All before the query.
    path: String,
    /// What stands in the query already.
    query: Vec<(String, String)>,
    /// From the `#` on.
    fragment: String,
    /// The code that goes along where a promotion needs one.
    code: Option<String>,
}

impl Checkout {
    /// At an address, which may be relative to the page's own.
    ///
    /// # Errors
    /// When it leads anywhere but to a web page.
    pub fn new(address: &str, code: Option<String>) -> Result<Self> {
        match Url::parse(address) {
            Ok(url) if !matches!(url.scheme(), "http" | "https") => bail!("{address} is no web address"),
            Ok(_) | Err(ParseError::RelativeUrlWithoutBase) => {}
            Err(error) => bail!("{address} is no address: {error}"),
        }
        let at = address.find('#').unwrap_or(address.len());
        let (before, fragment) = address.split_at(at);
        let (path, query) = before.split_once('?').unwrap_or((before, ""));
        let is_other = |(name, _): &(String, String)| ![OFFERING_PARAMETER, CODE_PARAMETER].contains(&name.as_str());
        let query = form_urlencoded::parse(query.as_bytes()).into_owned().filter(is_other).collect();
        Ok(Self { path: path.to_owned(), query, fragment: fragment.to_owned(), code })
    }

    /// The address for one offering.
    pub fn link(&self, offering: &OfferingId, needs_code: bool) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.query).append_pair(OFFERING_PARAMETER, offering.as_str());
        if let Some(code) = self.code.as_ref().filter(|_| needs_code) {
            query.append_pair(CODE_PARAMETER, code);
        }
        [&self.path, "?", &query.finish(), &self.fragment].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(address: &str, needs_code: bool) -> String {
        let checkout = Checkout::new(address, Some("20 & more".to_owned())).unwrap();
        checkout.link(&OfferingId::new("data=20").unwrap(), needs_code)
    }

    #[test]
    fn choice_and_code_are_carried_over() {
        assert_eq!(link("renew.html", false), "renew.html?esim-offering=data%3D20");
        assert_eq!(link("renew.html", true), "renew.html?esim-offering=data%3D20&esim-code=20+%26+more");
        let full = "https://shop.example/renew?a=b%26c&esim-offering=old#top";
        assert_eq!(link(full, false), "https://shop.example/renew?a=b%26c&esim-offering=data%3D20#top");
    }

    #[test]
    fn a_choice_leads_to_a_web_page() {
        for address in ["javascript:alert(1)", "data:text/html,x", "https://"] {
            assert!(Checkout::new(address, None).is_err(), "{address}");
        }
    }
}
