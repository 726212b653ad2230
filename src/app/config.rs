//! What a host configures.

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
    /// The one of a configured word; the default for no word and for one that is not known.
    pub fn from_word(word: Option<&str>) -> Self {
        match word {
            Some("quote") => Self::Quote,
            Some("none") => Self::None,
            _ => Self::Cart,
        }
    }
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
    /// The one of a configured word; the default for no word and for one that is not known.
    pub fn from_word(word: Option<&str>) -> Self {
        if word == Some("topup") { Self::TopUp } else { Self::Order }
    }
}

/// What a host configures, as it is after defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// The carrier's base address without a slash at its end.
    pub api_base: String,
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
