//! The kinds of call, by the names of the sandbox's switches.

use esim_renewal::carrier::{Method, Request};

/// A kind of call: its place among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call(usize);

/// What each is: its name, its method, its path.
const ALL: [(&str, Method, &str); 14] = [
    ("inventory", Method::Get, "/tmf-api/productInventory/v4/product"),
    ("cart", Method::Post, "/tmf-api/shoppingCart/v4/shoppingCart"),
    ("quote", Method::Post, "/tmf-api/quoteManagement/v4/quote"),
    ("qualification", Method::Post, "/tmf-api/productOfferingQualification/v4/productOfferingQualification"),
    ("order", Method::Post, "/tmf-api/productOrderingManagement/v4/productOrder"),
    ("orders", Method::Get, "/tmf-api/productOrderingManagement/v4/productOrder"),
    ("payment", Method::Post, "/payment/v4/payment"),
    ("payments", Method::Get, "/payment/v4/payment"),
    ("refunds", Method::Get, "/payment/v4/refund"),
    ("methods", Method::Get, "/tmf-api/paymentMethod/v4/paymentMethod"),
    ("topup", Method::Post, "/tmf-api/prepayBalanceManagement/v4/topupBalance"),
    ("topups", Method::Get, "/tmf-api/prepayBalanceManagement/v4/topupBalance"),
    ("buckets", Method::Get, "/tmf-api/prepayBalanceManagement/v4/bucket"),
    // Not a call of the widget's operations: how the page around gets a token.
    ("token", Method::Post, "/demo/token"),
];

impl Call {
    /// How many kinds there are.
    pub const COUNT: usize = ALL.len();
    /// How a token is got.
    pub const TOKEN: Self = Self(Self::COUNT - 1);

    /// What a request is.
    pub fn of(request: &Request) -> Self {
        let below = |path: &str| {
            let rest = request.target.strip_prefix(path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
        };
        let at = ALL.iter().position(|(_, method, path)| *method == request.method && below(path));
        at.map_or(Self::TOKEN, Self)
    }

    /// Its place among all.
    pub const fn index(self) -> usize {
        self.0
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        ALL[self.0].0
    }

    /// The name of the one at a place.
    pub fn name_at(at: usize) -> &'static str {
        ALL.get(at).map_or("", |call| call.0)
    }

    /// Whether it can make an order or move money.
    pub fn is_binding(self) -> bool {
        matches!(self.name(), "order" | "payment" | "topup")
    }
}
