//! The calls for which faults can be set.

use crate::http::ApiError;

/// A kind of call: what is asked for, and how.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Call {
    pub name: &'static str,
    method: &'static str,
    /// The path, under which there may be more.
    path: &'static str,
    /// Asked for without a token: nobody's in particular.
    pub is_public: bool,
}

const fn own(name: &'static str, method: &'static str, path: &'static str) -> Call {
    Call { name, method, path, is_public: false }
}

const fn public(name: &'static str, method: &'static str, path: &'static str) -> Call {
    Call { name, method, path, is_public: true }
}

static CALLS: [Call; 24] = [
    public("catalogue", "GET", "/tmf-api/productCatalogManagement/v4"),
    public("promotions", "GET", "/tmf-api/promotionManagement/v4/promotion"),
    public("token", "POST", "/oauth/token"),
    own("inventory", "GET", "/tmf-api/productInventory/v4/product"),
    own("usage", "POST", "/tmf-api/usageConsumption/v4/queryUsageConsumption"),
    own("usageResult", "GET", "/tmf-api/usageConsumption/v4/queryUsageConsumption"),
    own("qualification", "POST", "/tmf-api/productOfferingQualification/v4/productOfferingQualification"),
    own("cart", "POST", "/tmf-api/shoppingCart/v4/shoppingCart"),
    own("cartChange", "PATCH", "/tmf-api/shoppingCart/v4/shoppingCart"),
    own("carts", "GET", "/tmf-api/shoppingCart/v4/shoppingCart"),
    own("quote", "POST", "/tmf-api/quoteManagement/v4/quote"),
    own("quotes", "GET", "/tmf-api/quoteManagement/v4/quote"),
    own("order", "POST", "/tmf-api/productOrderingManagement/v4/productOrder"),
    own("orders", "GET", "/tmf-api/productOrderingManagement/v4/productOrder"),
    own("cancel", "POST", "/tmf-api/productOrderingManagement/v4/cancelProductOrder"),
    own("cancels", "GET", "/tmf-api/productOrderingManagement/v4/cancelProductOrder"),
    own("payment", "POST", "/payment/v4/payment"),
    own("payments", "GET", "/payment/v4/payment"),
    own("refunds", "GET", "/payment/v4/refund"),
    own("methods", "GET", "/tmf-api/paymentMethod/v4/paymentMethod"),
    own("topup", "POST", "/tmf-api/prepayBalanceManagement/v4/topupBalance"),
    own("topups", "GET", "/tmf-api/prepayBalanceManagement/v4/topupBalance"),
    own("buckets", "GET", "/tmf-api/prepayBalanceManagement/v4/bucket"),
    own("bills", "GET", "/tmf-api/customerBillManagement/v4/customerBill"),
];

impl Call {
    /// The call that a request is.
    pub fn of(method: &str, path: &str) -> Option<&'static Self> {
        let below =
            |call: &Self| path.strip_prefix(call.path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        CALLS.iter().find(|call| call.method == method && below(call))
    }

    /// The call of a name.
    pub fn named(name: &str) -> Result<&'static Self, ApiError> {
        CALLS.iter().find(|call| call.name == name).ok_or_else(|| {
            let names: Vec<_> = CALLS.iter().map(|call| call.name).collect();
            ApiError::unprocessable("unknownCall", format!("A call is one of {}.", names.join(", ")))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(method: &str, path: &str) -> Option<&'static str> {
        Call::of(method, path).map(|call| call.name)
    }

    #[test]
    fn a_request_is_told_by_its_method_and_path() {
        let orders = "/tmf-api/productOrderingManagement/v4/productOrder";
        assert_eq!(name("POST", orders), Some("order"));
        assert_eq!(name("GET", &format!("{orders}/order-1")), Some("orders"));
        assert_eq!(name("GET", &format!("{orders}s")), None);
        assert_eq!(name("OPTIONS", orders), None);
        assert_eq!(name("POST", "/demo/fault"), None);
    }

    #[test]
    fn names_are_of_one_call_each() {
        for call in &CALLS {
            assert_eq!(Call::named(call.name).ok(), Some(call));
            assert_eq!(name(call.method, call.path), Some(call.name));
        }
    }
}
