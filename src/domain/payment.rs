//! A payment as the carrier tells it (TMF676).

use super::id::{MethodId, PaymentId, TryKey};
use super::money::Money;

/// Why a payment ended without money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Denial {
    /// The bank said no.
    CardDeclined,
    /// There is too little money on the card or the account.
    InsufficientFunds,
    /// The card is no longer valid.
    ExpiredCard,
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
    /// Not over: the payer may still pay it.
    Open,
    /// The bank agreed, and the carrier has not taken the money yet: there is nothing left to do for the payer.
    Authorized,
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
            "authorized" => Self::Authorized,
            "denied" | "failed" | "canceled" => Self::Ended(match reason {
                Some("cardDeclined") => Denial::CardDeclined,
                Some("insufficientFunds") => Denial::InsufficientFunds,
                Some("expiredCard") => Denial::ExpiredCard,
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
    /// The page on which it is paid or confirmed, where there is one.
    pub page: Option<String>,
    /// What was given back of it, as far as was asked.
    pub refunded: Option<Money>,
}

impl Payment {
    /// Which of an order's payments counts: the more certain its money is, the more.
    pub const fn rank(&self) -> u8 {
        match self.status {
            PaymentStatus::Ended(_) => 0,
            PaymentStatus::Open => 1,
            PaymentStatus::Authorized => 2,
            PaymentStatus::Paid => 3,
        }
    }

    /// Whether it brought money, or may still do so.
    pub const fn may_bring_money(&self) -> bool {
        !matches!(self.status, PaymentStatus::Ended(_))
    }
}

/// How a payment method brings the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MethodKind {
    /// The carrier's hosted payment page.
    Hosted,
    /// A card that the carrier's payment provider keeps.
    Card,
    /// The credit on the account.
    Credit,
    /// The carrier's next bill.
    Billing,
    /// Fields of the page around, which give a token of a card that they ask for.
    Page,
    /// A wallet of the browser (Payment Request API), which gives such a token.
    Wallet,
}

impl MethodKind {
    /// Whether a token is asked for before anything is sent. It is never kept, so what was sent with it is not sent again.
    pub const fn asks_for_token(self) -> bool {
        matches!(self, Self::Page | Self::Wallet)
    }
}

/// A way to pay, by reference: what is sent and kept of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Method {
    /// The carrier's id.
    pub id: MethodId,
    /// How it brings the money.
    pub kind: MethodKind,
}

/// A way to pay (TMF670) with what tells it from others: never a card's number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentMethod {
    /// The reference.
    pub method: Method,
    /// The card's brand, where it is a card.
    pub brand: Option<String>,
    /// The card's last four digits, where it is a card.
    pub last_four: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_captured_money_is_paid() {
        for word in ["", "pendingAuthorization", "Captured", "paid", "refunded"] {
            assert_eq!(PaymentStatus::from_words(word, None), PaymentStatus::Open, "{word}");
        }
        assert_eq!(PaymentStatus::from_words("authorized", None), PaymentStatus::Authorized);
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
