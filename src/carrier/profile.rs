//! The carrier profile: what the TM Forum leaves open, settled in one place (`docs/carrier-profile.md`).

use super::Api;
use crate::domain::offering::OfferingKind;

/// How many entries of a list are asked for at once.
pub const PAGE: usize = 100;

/// The characteristic of a line that is its phone number.
pub const MSISDN: &str = "msisdn";
/// The characteristic of a line that is its SIM's number.
pub const ICCID: &str = "iccid";
/// The name of a line's product specification.
pub const LINE: &str = "line";
/// The name of a plan's product specification.
pub const PLAN: &str = "plan";
/// The relationship of a plan to its line.
pub const RELIES_ON: &str = "reliesOn";
/// The role of whoever orders.
pub const CUSTOMER: &str = "customer";

/// The price type of what is due once.
pub const ONE_TIME: &str = "oneTime";
/// The word for a volume without a limit.
pub const UNLIMITED: &str = "unlimited";
/// The counter that says what a bucket held at first.
pub const INITIAL: &str = "initial";

/// The type of the cart.
pub const CART: &str = "RenewalShoppingCart";
/// The type of the order.
pub const ORDER: &str = "RenewalOrder";
/// The note on an order by which the subscriber asks for the service to start at once.
pub const START_AT_ONCE: &str = "startAtOnce";
/// The type of a payment on the carrier's hosted page.
pub const HOSTED_PAYMENT: &str = "HostedPayment";
/// The type and the name of the payment method that stands for that page.
pub const HOSTED_METHOD: (&str, &str) = ("digitalWallet", "hosted");

/// The code of an order that was refused because its total is not the cart's.
pub const PRICE_CHANGED: &str = "priceChanged";
/// The code of an order that was refused because its cart is over.
pub const CART_EXPIRED: &str = "cartExpired";

/// The code of a payment that was refused because another one of the same order is open or done.
pub const PAYMENT_OPEN: &str = "paymentOpen";

/// The standard path of an API below the carrier's base address.
pub const fn path(api: Api) -> &'static str {
    match api {
        Api::ProductCatalog => "/tmf-api/productCatalogManagement/v4",
        Api::ProductOrdering => "/tmf-api/productOrderingManagement/v4",
        Api::ProductInventory => "/tmf-api/productInventory/v4",
        Api::ShoppingCart => "/tmf-api/shoppingCart/v4",
        Api::PaymentMethod => "/tmf-api/paymentMethod/v4",
        // TMF676's own base path lacks `/tmf-api`.
        Api::Payment => "/payment/v4",
        Api::UsageConsumption => "/tmf-api/usageConsumption/v4",
    }
}

/// The kind of renewal that a root category stands for.
pub fn kind(category: &str) -> Option<OfferingKind> {
    Some(match category {
        "plans" => OfferingKind::Plan,
        "data" => OfferingKind::Data,
        "extras" => OfferingKind::Extra,
        "roaming" => OfferingKind::Roaming,
        "bundles" => OfferingKind::Bundle,
        _ => return None,
    })
}
