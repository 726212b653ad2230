//! The carrier profile: what the TM Forum leaves open, settled in one place (`docs/carrier-profile.md`).

use super::Api;
use crate::domain::offering::OfferingKind;
use crate::domain::payment::MethodKind;
use crate::domain::quote::CodeResult;

/// How many entries of a list are asked for at once.
pub const PAGE: usize = 100;

/// The characteristic of a line that is its phone number.
pub const MSISDN: &str = "msisdn";
/// The characteristic of a line that is its SIM's number.
pub const ICCID: &str = "iccid";
/// The characteristic of a line that says whether it is an eSIM, and the word for it.
pub const SIM_TYPE: (&str, &str) = ("simType", "eSIM");
/// The characteristic of a line that says whether it can be used in other countries, and the word for never.
pub const ROAMING: (&str, &str) = ("roaming", "barred");
/// The name of a line's product specification.
pub const LINE: &str = "line";
/// The name of a plan's product specification.
pub const PLAN: &str = "plan";
/// The name of the product specification of a service on top of the plan.
pub const ADD_ON: &str = "addOn";
/// The relationship of a plan or a service to its line.
pub const RELIES_ON: &str = "reliesOn";
/// The relationship of an offering to one that it needs.
pub const REQUIRES: &str = "requires";
/// The relationship of an offering to one that it cannot stand beside.
pub const EXCLUDES: &str = "excludes";
/// The role of whoever orders.
pub const CUSTOMER: &str = "customer";

/// The price type of what is due once.
pub const ONE_TIME: &str = "oneTime";
/// The price type of what comes again and again.
pub const RECURRING: &str = "recurring";
/// The price type of use beyond the allowance.
pub const USAGE: &str = "usage";
/// The price type of the lowest price of the last 30 days.
pub const LOWEST_30_DAYS: &str = "lowest30Days";
/// The characteristic that says how much is had at full speed.
pub const FAIR_USE: &str = "fairUse";
/// The characteristic that says how fast it is.
pub const SPEED: &str = "speed";
/// The characteristic that is an amount of money: of an offering its bounds, of an item what the subscriber says.
pub const AMOUNT: &str = "amount";
/// The characteristic of a priced item that says what becomes of what is left, with the words for it.
pub const REMAINING: (&str, &str, &str) = ("remaining", "kept", "lost");
/// The characteristic of a priced item that is the data which a promotion adds.
pub const BONUS: &str = "bonusData";
/// The word for a volume without a limit.
pub const UNLIMITED: &str = "unlimited";
/// The counter that says what a bucket held at first.
pub const INITIAL: &str = "initial";
/// The counter that says what was used of a bucket.
pub const USED: &str = "used";
/// The state of a bucket of a period that is over.
pub const PAST: &str = "past";

/// The type of the cart.
pub const CART: &str = "RenewalShoppingCart";
/// The type of the quote.
pub const QUOTE: &str = "RenewalQuote";
/// The member of a cart or a quote in which promo codes are sent.
pub const CODES: &str = "promotionCode";
/// The member of a cart or a quote in which is answered what became of them.
pub const CODE_RESULTS: &str = "promotionCodeResult";
/// The type of the order.
pub const ORDER: &str = "RenewalOrder";
/// The note on an order by which the subscriber asks for the service to start at once.
pub const START_AT_ONCE: &str = "startAtOnce";
/// The type of a payment on the carrier's hosted page.
pub const HOSTED_PAYMENT: &str = "HostedPayment";
/// The type of a payment by another method.
pub const METHOD_PAYMENT: &str = "MethodPayment";
/// The type and the name of the payment method that stands for that page.
pub const HOSTED_METHOD: (&str, &str) = ("digitalWallet", "hosted");

/// The type of a payment method that is sent as a token.
pub const TOKEN_METHOD: &str = "tokenizedCard";

/// The parameter of a promotion's criterion that is an offering.
pub const OF_OFFERING: &str = "productOffering";
/// The parameter of a promotion's criterion that is a category.
pub const OF_CATEGORY: &str = "category";
/// The parameter of a promotion's criterion that is a code.
pub const BY_CODE: &str = "promotionCode";

/// The word for an offering that can be bought (TMF679).
pub const QUALIFIED: &str = "qualified";
/// The kind of a bucket that holds money (TMF654).
pub const MONETARY: &str = "monetary";

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
        Api::Quote => "/tmf-api/quoteManagement/v4",
        Api::PrepayBalance => "/tmf-api/prepayBalanceManagement/v4",
        Api::ShoppingCart => "/tmf-api/shoppingCart/v4",
        Api::PaymentMethod => "/tmf-api/paymentMethod/v4",
        // TMF676's own base path lacks `/tmf-api`.
        Api::Payment => "/payment/v4",
        Api::UsageConsumption => "/tmf-api/usageConsumption/v4",
        Api::Promotion => "/tmf-api/promotionManagement/v4",
        Api::Qualification => "/tmf-api/productOfferingQualification/v4",
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
        "credit" => OfferingKind::Credit,
        _ => return None,
    })
}

/// Whether a category is a zone of roaming: those below the root category `roaming` are called after it.
pub fn is_zone(category: &str) -> bool {
    category.strip_prefix("roaming-").is_some_and(|zone| !zone.is_empty())
}

/// The type of a payment method.
pub const fn method_type(kind: MethodKind) -> &'static str {
    match kind {
        MethodKind::Hosted => HOSTED_METHOD.0,
        MethodKind::Card => TOKEN_METHOD,
        MethodKind::Credit => "bucketPaymentMethod",
        MethodKind::Billing => "accountPaymentMethod",
        // These two are no methods of the carrier's: only their token is sent.
        MethodKind::Page => "page",
        MethodKind::Wallet => "wallet",
    }
}

/// How a payment method of a type and a name brings the money; `None` for one that the widget does not know.
pub fn method_kind(kind: &str, name: &str) -> Option<MethodKind> {
    if (kind, name) == HOSTED_METHOD {
        return Some(MethodKind::Hosted);
    }
    [MethodKind::Card, MethodKind::Credit, MethodKind::Billing].into_iter().find(|known| method_type(*known) == kind)
}

/// What became of a promo code.
pub fn code_result(word: &str) -> CodeResult {
    match word {
        "applied" => CodeResult::Applied,
        "expired" => CodeResult::Expired,
        "used" => CodeResult::Used,
        "notApplicable" => CodeResult::NotApplicable,
        _ => CodeResult::Unknown,
    }
}
