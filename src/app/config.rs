//! What a host configures.

use crate::carrier::Api;
use crate::domain::offering::Country;

/// What the element shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// My plan, all ways to renew it, and the checkout.
    #[default]
    Journey,
    /// All offers, for anybody.
    Plans,
    /// The offers with a deal that is on, for anybody.
    Deals,
}

impl View {
    /// The words by which it is configured.
    pub const WORDS: &'static [(&'static str, Self)] =
        &[("journey", Self::Journey), ("plans", Self::Plans), ("deals", Self::Deals)];
}

/// Whose law the key terms are under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Jurisdiction {
    /// Monaco: a right of withdrawal of 7 days (law no. 1.383).
    Monaco,
    /// The European Union: of 14 days (directive 2011/83/EU, article 9).
    EuropeanUnion,
}

impl Jurisdiction {
    /// The words by which it is configured.
    pub const WORDS: &'static [(&'static str, Self)] = &[("mc", Self::Monaco), ("eu", Self::EuropeanUnion)];

    /// For how many days an order may be withdrawn from.
    pub const fn withdrawal_days(self) -> u32 {
        match self {
            Self::Monaco => 7,
            Self::EuropeanUnion => 14,
        }
    }
}

/// Where the carrier says what a basket costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pricing {
    /// In a shopping cart (TMF663).
    #[default]
    Cart,
    /// In a quote (TMF648).
    Quote,
    /// Nowhere: offers can be compared and not bought.
    None,
}

impl Pricing {
    /// The words by which it is configured.
    pub const WORDS: &'static [(&'static str, Self)] =
        &[("cart", Self::Cart), ("quote", Self::Quote), ("none", Self::None)];
}

/// How credit is bought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CreditBy {
    /// As all else: by an order (TMF622).
    #[default]
    Order,
    /// By a top-up (TMF654), which has no key and is never sent again.
    TopUp,
}

impl CreditBy {
    /// The words by which it is configured.
    pub const WORDS: &'static [(&'static str, Self)] = &[("order", Self::Order), ("topup", Self::TopUp)];
}

/// What a host configures, as it is after defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The carrier's base address without a slash at its end.
    pub api_base: String,
    /// The base addresses of single APIs that do not lie below it, without a slash at the end: each in place of
    /// `api_base` and the API's own path.
    pub apis: Vec<(Api, String)>,
    /// What the element shows.
    pub shows: View,
    /// Where a choice leads in a view for anybody; without it the checkout opens in the element.
    pub checkout_url: Option<String>,
    /// The offering that is chosen at the start.
    pub offering: Option<String>,
    /// The promo code that goes with what is chosen.
    pub code: Option<String>,
    /// Where it is to be used: offers for other countries alone are left out.
    pub country: Option<Country>,
    /// Whose law the key terms name the withdrawal by.
    pub jurisdiction: Option<Jurisdiction>,
    /// The carrier's name, for sentences about it.
    pub carrier: Option<String>,
    /// The hotline in international form.
    pub hotline: Option<String>,
    /// The carrier's time zone (IANA); the browser's without one.
    pub time_zone: Option<String>,
    /// Whether the carrier takes the same order or payment, by its key, only once: then a lost one is sent again.
    pub idempotent: bool,
    /// Where the carrier says what a basket costs.
    pub pricing: Pricing,
    /// How credit is bought.
    pub credit: CreditBy,
    /// Whether the carrier is asked if a basket can be bought (TMF679) before its price is shown.
    pub qualification: bool,
    /// Whether what is looked for may stand in the page's address, so that it can be sent and kept as a bookmark.
    pub search_in_address: bool,
    /// The methods of the browser's wallets (Payment Request API) as JSON, where the carrier takes their tokens.
    pub wallet: Option<String>,
    /// Where the payment page leads back to; the page's own address without one.
    pub return_url: Option<String>,
}

impl Config {
    /// Whether nothing is bought here, and choices lead to another page.
    pub const fn leads_elsewhere(&self) -> bool {
        !matches!(self.shows, View::Journey) && self.checkout_url.is_some()
    }
}
