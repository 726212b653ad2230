//! What the widget sends: field by field, and by the official definitions.

use crate::schema::Spec;
use esim_renewal::carrier::payment::{CreatePayment, ListPayments};
use esim_renewal::carrier::payment_method::ListPaymentMethods;
use esim_renewal::carrier::product_inventory::ListProducts;
use esim_renewal::carrier::product_ordering::{CreateOrder, GetOrder, ListOrders};
use esim_renewal::carrier::shopping_cart::CreateCart;
use esim_renewal::carrier::topup_balance::CreateTopUp;
use esim_renewal::carrier::usage_consumption::{GetUsageQuery, QueryUsage};
use esim_renewal::carrier::{Method, Operation, Request};
use esim_renewal::domain::basket::{Action, Basket, Item};
use esim_renewal::domain::id::{AccountId, BucketId, CartId, CustomerId, OrderId, ProductId, QueryId};
use esim_renewal::domain::quote::{Quote, Source};
use serde_json::Value;

use crate::shop::{RETURN_URL, attempt_key, euro, euros, hosted, item, try_key};

/// Members of the profile's own types that the official definitions lack.
const OWN: [&str; 2] = ["ProductOrder_Create.shoppingCart", "Payment_Create.returnUrl"];

fn basket(action: Action) -> Basket {
    let items = vec![Item { action, ..item("data-20", 2) }];
    Basket { line: ProductId::new("line-1").unwrap(), currency: euro(), items, codes: vec![] }
}

fn body(operation: &impl Operation) -> Value {
    serde_json::from_str(&operation.request().body.unwrap()).unwrap()
}

/// Asserts that a body is just what is expected, digits of numbers included, and what the official definition allows.
#[track_caller]
fn check(operation: &impl Operation, expected: &str, spec: &str, definition: &str) {
    let (body, expected) = (body(operation), serde_json::from_str::<Value>(expected).unwrap());
    assert_eq!(body, expected, "{body:#}");
    if let Some(spec) = Spec::load(spec) {
        spec.check(definition, &body);
        spec.knows_all(definition, &body, &OWN);
    }
}

/// A usage query names the line and nothing else.
#[test]
fn a_usage_query() {
    let line = ProductId::new("line-1").unwrap();
    let expected = r#"{ "searchCriteria": { "product": [{ "id": "line-1" }] } }"#;
    check(&QueryUsage { line: &line }, expected, "TMF677-v4.0.1", "QueryUsageConsumption_Create");
}

/// A cart of something on top of the plan relies on the line. No price is sent: the carrier makes it.
#[test]
fn a_cart_that_adds() {
    let expected = r#"{
        "@type": "RenewalShoppingCart",
        "cartItem": [{
            "id": "1", "action": "add", "quantity": 2, "productOffering": { "id": "data-20" },
            "product": { "productRelationship": [{ "relationshipType": "reliesOn", "product": { "id": "line-1" } }] }
        }]
    }"#;
    check(&CreateCart { basket: &basket(Action::Add) }, expected, "TMF663-v4.0.0", "ShoppingCart_Create");
}

/// A cart that renews or changes the plan names the plan.
#[test]
fn a_cart_that_modifies() {
    let basket = basket(Action::Modify(ProductId::new("plan-1").unwrap()));
    let expected = r#"{
        "@type": "RenewalShoppingCart",
        "cartItem": [{
            "id": "1", "action": "modify", "quantity": 2, "productOffering": { "id": "data-20" },
            "product": { "id": "plan-1" }
        }]
    }"#;
    check(&CreateCart { basket: &basket }, expected, "TMF663-v4.0.0", "ShoppingCart_Create");
}

/// An order repeats the cart's items with the total that was consented to, to the digit.
#[test]
fn an_order() {
    let basket = basket(Action::Add);
    let (customer, account) = (CustomerId::new("customer-1"), AccountId::new("account-1"));
    let quote = Quote {
        source: Source::Cart(CartId::new("cart-1").unwrap()),
        lines: vec![],
        total: euros("48.00"),
        tax: None,
        recurring: None,
        codes: vec![],
        expires: None,
    };
    let mut order = CreateOrder {
        key: &attempt_key("7f9c"),
        basket: &basket,
        quote: &quote,
        customer: customer.as_ref(),
        account: account.as_ref(),
    };
    let expected = r#"{
        "@type": "RenewalOrder", "externalId": "7f9c", "shoppingCart": { "id": "cart-1" },
        "relatedParty": [{ "id": "customer-1", "role": "customer", "@referredType": "Individual" }],
        "billingAccount": { "id": "account-1" },
        "note": [{ "id": "startAtOnce", "text": "The subscriber asked for the service to start at once." }],
        "productOrderItem": [{
            "id": "1", "action": "add", "quantity": 2, "productOffering": { "id": "data-20" },
            "product": { "productRelationship": [{ "relationshipType": "reliesOn", "product": { "id": "line-1" } }] }
        }],
        "orderTotalPrice": [{ "priceType": "oneTime", "price": { "taxIncludedAmount": { "unit": "EUR", "value": 48.00 } } }]
    }"#;
    check(&order, expected, "TMF622-v4.0.0", "ProductOrder_Create");
    assert!(order.request().body.unwrap().contains(r#""value":48.00"#));

    // Where nobody told customer and account, none is made up.
    (order.customer, order.account) = (None, None);
    let mut expected: Value = serde_json::from_str(expected).unwrap();
    expected.as_object_mut().unwrap().retain(|name, _| name != "relatedParty" && name != "billingAccount");
    check(&order, &expected.to_string(), "TMF622-v4.0.0", "ProductOrder_Create");
}

/// A payment names order, account, method, amount and the way back. No card is in it.
#[test]
fn a_payment() {
    let payment = CreatePayment {
        key: &try_key("0b51"),
        order: &OrderId::new("order-1").unwrap(),
        total: euros("48.00"),
        account: &AccountId::new("account-1").unwrap(),
        method: &hosted(),
        token: None,
        return_url: RETURN_URL,
    };
    let expected = r#"{
        "@type": "HostedPayment", "correlatorId": "0b51",
        "account": { "id": "account-1", "@referredType": "BillingAccount" },
        "paymentMethod": { "id": "hosted", "@type": "digitalWallet", "@referredType": "PaymentMethod" },
        "totalAmount": { "unit": "EUR", "value": 48.00 },
        "paymentItem": [{
            "id": "1", "item": { "id": "order-1", "@referredType": "ProductOrder" },
            "totalAmount": { "unit": "EUR", "value": 48.00 }
        }],
        "returnUrl": "https://shop.example/renew?esim-return=7f9c"
    }"#;
    check(&payment, expected, "TMF676-v4.0.0", "Payment_Create");
}

/// Every address that is read from, and that reading sends no body and may be repeated.
#[test]
fn what_reads_is_a_get_of_a_standard_path() {
    let (key, tried, order) = (attempt_key("k/1"), try_key("t 1"), OrderId::new("o/1").unwrap());
    let query = QueryId::new("q#1").unwrap();
    for (request, target) in [
        (ListProducts { offset: 0 }.request(), "/tmf-api/productInventory/v4/product?offset=0&limit=100"),
        (ListProducts { offset: 100 }.request(), "/tmf-api/productInventory/v4/product?offset=100&limit=100"),
        (GetUsageQuery { id: query }.request(), "/tmf-api/usageConsumption/v4/queryUsageConsumption/q%231"),
        (GetOrder { id: &order }.request(), "/tmf-api/productOrderingManagement/v4/productOrder/o%2F1"),
        (
            ListOrders { key: &key, offset: 0 }.request(),
            "/tmf-api/productOrderingManagement/v4/productOrder?externalId=k%2F1&offset=0&limit=100",
        ),
        (ListPaymentMethods { offset: 0 }.request(), "/tmf-api/paymentMethod/v4/paymentMethod?offset=0&limit=100"),
        (
            ListPayments { key: &tried, offset: 0 }.request(),
            "/payment/v4/payment?correlatorId=t%201&offset=0&limit=100",
        ),
    ] {
        let target = target.to_owned();
        assert_eq!(
            request,
            Request { method: Method::Get, target, body: None, public: false, repeatable: true, fresh: false }
        );
    }
}

/// The widget's reading of the official files is not vacuous: a wrong body is found.
#[test]
#[should_panic(expected = "ProductOrder_Create")]
fn a_wrong_body_is_found() {
    match Spec::load("TMF622-v4.0.0") {
        Some(spec) => spec.check("ProductOrder_Create", &serde_json::json!({ "productOrderItem": 7 })),
        None => panic!("ProductOrder_Create: the official files are not there"),
    }
}

/// A top-up names what it buys and how it is paid, by reference. It is not sent again by itself.
#[test]
fn a_top_up() {
    let (bucket, account) = (BucketId::new("bucket-1").unwrap(), AccountId::new("account-1").unwrap());
    let key = attempt_key("key");
    let top_up =
        CreateTopUp { key: &key, amount: euros("12.50"), bucket: &bucket, account: &account, method: &hosted() };
    let expected = r#"{
        "usageType": "monetary", "description": "key", "amount": { "amount": 12.50, "units": "EUR" },
        "bucket": { "id": "bucket-1" }, "partyAccount": { "id": "account-1" },
        "paymentMethod": { "id": "hosted", "@type": "digitalWallet" }
    }"#;
    check(&top_up, expected, "TMF654-v4.0.0", "TopupBalance_Create");
    assert!(!top_up.request().repeatable);
}
