//! What a host configures.

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
    /// Where the payment page leads back to; the page's own address without one.
    pub return_url: Option<String>,
}
