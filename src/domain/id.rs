//! Names of things, each of its own type, so that one cannot stand where another belongs.

use std::fmt;
use std::sync::Arc;

macro_rules! ids {
    ($($(#[doc = $doc:literal])+ $name:ident)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id of a text as the carrier sent it; `None` for an empty one.
            pub fn new(text: &str) -> Option<Self> {
                (!text.is_empty()).then(|| Self(text.into()))
            }

            /// The text as the carrier sent it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

ids! {
    /// A TMF620 product offering.
    OfferingId
    /// A TMF637 product: a line, a plan or an add-on that the subscriber has.
    ProductId
    /// Whoever orders: the party of the TMF622 order.
    CustomerId
    /// The TMF666 billing account that pays.
    AccountId
    /// A TMF677 usage query.
    QueryId
    /// A TMF654 bucket.
    BucketId
    /// A TMF663 shopping cart.
    CartId
    /// A TMF648 quote.
    QuoteId
    /// A TMF622 product order, or the TMF654 top-up that stands in its place.
    OrderId
    /// A TMF676 payment.
    PaymentId
    /// A TMF670 payment method.
    MethodId
    /// One consent to one total for one basket: the order's `externalId`.
    AttemptKey
    /// One try at paying an order: the payment's `correlatorId`.
    TryKey
}
