//! A payment as the carrier tells it (TMF676).

use super::id::{MethodId, PaymentId, TryKey};
use super::money::Money;

/// Why a payment ended without money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Denial {
    /// The bank said no.
    CardDeclined,
    /// The payer was not recognised (3-D Secure).
    AuthenticationFailed,
    /// The payer went back.
    CanceledByPayer,
    /// The carrier gives no reason that is known.
    Other,
}

/// Where a payment stands. A word that is not known counts as [`PaymentStatus::Open`]: money may still come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PaymentStatus {
    /// Not over: it may still be captured.
    Open,
    /// The carrier has the money.
    Paid,
    /// Over, without money.
    Ended(Denial),
}

impl PaymentStatus {
    /// The status of a TMF676 word and, where it ended badly, the reason that the profile names.
    pub fn from_words(status: &str, reason: Option<&str>) -> Self {
        match status {
            "captured" | "done" => Self::Paid,
            "denied" | "failed" | "canceled" => Self::Ended(match reason {
                Some("cardDeclined") => Denial::CardDeclined,
                Some("authenticationFailed") => Denial::AuthenticationFailed,
                Some("canceledByPayer") => Denial::CanceledByPayer,
                _ => Denial::Other,
            }),
            _ => Self::Open,
        }
    }
}

/// A payment that the carrier knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// The carrier's id.
    pub id: PaymentId,
    /// The key of the try that it came from.
    pub key: Option<TryKey>,
    /// Where it stands.
    pub status: PaymentStatus,
    /// The amount, tax included.
    pub amount: Option<Money>,
    /// The hosted page on which it is paid, where the carrier has one.
    pub page: Option<String>,
}

/// A way to pay (TMF670): a reference, never a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentMethod {
    /// The carrier's id.
    pub id: MethodId,
    /// Whether it is the carrier's hosted payment page.
    pub hosted: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_captured_money_is_paid() {
        for word in ["", "authorized", "pendingAuthorization", "Captured", "paid", "refunded"] {
            assert_eq!(PaymentStatus::from_words(word, None), PaymentStatus::Open, "{word}");
        }
        assert_eq!(PaymentStatus::from_words("captured", None), PaymentStatus::Paid);
        assert_eq!(PaymentStatus::from_words("done", Some("cardDeclined")), PaymentStatus::Paid);
    }

    #[test]
    fn a_reason_that_is_not_known_is_said_as_none() {
        assert_eq!(
            PaymentStatus::from_words("denied", Some("cardDeclined")),
            PaymentStatus::Ended(Denial::CardDeclined)
        );
        assert_eq!(PaymentStatus::from_words("failed", Some("…")), PaymentStatus::Ended(Denial::Other));
        assert_eq!(PaymentStatus::from_words("canceled", None), PaymentStatus::Ended(Denial::Other));
    }
}
