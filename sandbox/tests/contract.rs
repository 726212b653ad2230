//! Every answer is checked against the official Swagger files, and against a list that is stricter: each member that
//! docs/carrier-profile.md names is there, and none is there that neither of the two knows.

mod support;

use axum::http::Method;
use serde_json::json;
use support::contract::{check, check_priced};
use support::schema::Spec;
use support::{ALICE, CANCELS, CARTS, CATALOGUE, DORA, METHODS, MINUTE, ORDERS, PAYMENTS, REFUNDS, Shop, User};

async fn alice() -> User {
    Shop::new().sign_in(ALICE).await
}

#[tokio::test]
async fn tmf620_product_catalogue() {
    let spec = Spec::load("TMF620-v4.1.0");
    let shop = Shop::new();
    let offerings = shop.get(&format!("{CATALOGUE}/productOffering")).await.ok(200);
    let named = [
        "/id text",
        "/href text",
        "/@type text",
        "/name text",
        "/description text",
        "/lifecycleStatus text",
        "/isSellable bool",
        "/isBundle bool",
        "/category/0/id text",
        "/category/0/name text",
    ];
    let ends = [
        "/productOfferingTerm/0/name text",
        "/productOfferingTerm/0/duration/amount number",
        "/productOfferingTerm/0/duration/units text",
    ];
    let price = ["/productOfferingPrice/0/id text", "/productOfferingPrice/0/name text"];
    let related = [
        "/productOfferingRelationship/0/id text",
        "/productOfferingRelationship/0/name text",
        "/productOfferingRelationship/0/relationshipType text",
    ];
    let roots = ["plans", "data", "extras", "roaming", "bundles", "credit"];
    let endless = ["voicemail-text", "roaming-access", "credit"];
    let mut sold = 0;
    for offering in offerings.as_array().unwrap() {
        check(spec.as_ref(), "ProductOffering", offering, &named);
        let id = offering["id"].as_str().unwrap();
        if id == "credit" {
            assert_eq!(offering.get("productOfferingPrice"), None);
        } else {
            check_priced(spec.as_ref(), "ProductOffering", offering, &price, &["/productOfferingPrice/0"]);
        }
        if endless.contains(&id) {
            assert_eq!(offering.get("productOfferingTerm"), None);
        } else {
            check(spec.as_ref(), "ProductOffering", offering, &ends);
        }
        if id.starts_with("roaming-eu") || id.starts_with("full-speed") || id == "bundle-weekend-eu" {
            check(spec.as_ref(), "ProductOffering", offering, &related);
        }
        let categories = offering["category"].as_array().unwrap();
        assert_eq!(categories.iter().filter(|c| roots.contains(&c["id"].as_str().unwrap())).count(), 1);
        if ["riviera-5", "riviera-10", "riviera-20", "riviera-week"].contains(&id) {
            let beyond = offering["productOfferingPrice"].as_array().unwrap().len() - 1;
            let place = format!("/productOfferingPrice/{beyond}");
            let named = ["id text", "name text", "unitOfMeasure/amount number", "unitOfMeasure/units text"];
            let named = named.map(|member| format!("{place}/{member}"));
            check_priced(spec.as_ref(), "ProductOffering", offering, &named.each_ref().map(String::as_str), &[&place]);
        }
        if offering["isBundle"] == true {
            check(spec.as_ref(), "ProductOffering", offering, &["/bundledProductOffering/0/id text"]);
        } else {
            check(spec.as_ref(), "ProductOffering", offering, &["/productSpecification/name text"]);
            let countries = offering["place"].as_array();
            assert_eq!(countries.is_none(), ["roaming-access", "credit"].contains(&id));
            assert!(countries.into_iter().flatten().all(|c| c["id"].as_str().unwrap().len() == 2));
        }
        sold += usize::from(offering["isSellable"] == true && offering["lifecycleStatus"] == "Active");
    }
    assert!(sold >= 30);
    let pack = shop.get(&format!("{CATALOGUE}/productOffering/data-20")).await.ok(200);
    let volume = &pack["prodSpecCharValueUse"][0];
    assert_eq!(volume["name"], "dataVolume");
    assert_eq!(
        volume["productSpecCharacteristicValue"][0],
        json!({ "isDefault": true, "value": 20, "unitOfMeasure": "GB" })
    );
    let reduced = shop.get(&format!("{CATALOGUE}/productOffering/data-10")).await.ok(200);
    assert_eq!(reduced["productOfferingPrice"][1]["priceType"], "lowest30Days");

    let credit = shop.get(&format!("{CATALOGUE}/productOffering/credit")).await.ok(200);
    let range = json!({ "valueFrom": 5, "valueTo": 150, "rangeInterval": "closed", "unitOfMeasure": "EUR" });
    let amount = json!({ "name": "amount", "valueType": "number", "productSpecCharacteristicValue": [range] });
    assert_eq!(credit["prodSpecCharValueUse"], json!([amount]));
    let monthly = shop.get(&format!("{CATALOGUE}/productOffering/voicemail-text")).await.ok(200);
    check_priced(spec.as_ref(), "ProductOffering", &monthly, &[], &["/productOfferingPrice/1"]);
    let monthly = &monthly["productOfferingPrice"][1];
    assert_eq!(
        (&monthly["priceType"], &monthly["recurringChargePeriodType"], &monthly["recurringChargePeriodLength"]),
        (&json!("recurring"), &json!("month"), &json!(1))
    );

    for category in shop.get(&format!("{CATALOGUE}/category")).await.ok(200).as_array().unwrap() {
        check(spec.as_ref(), "Category", category, &["/id text", "/href text", "/name text", "/isRoot bool"]);
    }
    let prices = shop.get(&format!("{CATALOGUE}/productOfferingPrice")).await.ok(200);
    for price in prices.as_array().unwrap() {
        let named = ["/id text", "/href text", "/priceType text", "/price/unit EUR", "/price/value amount"];
        check(spec.as_ref(), "ProductOfferingPrice", price, &named);
        assert_eq!(&shop.get(price["href"].as_str().unwrap()).await.ok(200), price);
    }
}

#[tokio::test]
async fn tmf637_product_inventory() {
    let spec = Spec::load("TMF637-v4.0.0");
    let alice = alice().await;
    alice.buy(&[alice.add("roaming-eu-1", 1)], "order").await;
    let products = alice.products().await;
    assert_eq!(products.len(), 4);
    for product in &products {
        let named = ["/id text", "/href text", "/@type text", "/name text", "/status text", "/startDate time"];
        check(spec.as_ref(), "Product", product, &named);
    }
    let line = [
        "/productCharacteristic list",
        "/billingAccount/id text",
        "/relatedParty/0/id text",
        "/relatedParty/0/name text",
        "/relatedParty/0/role customer",
        "/relatedParty/0/@referredType text",
    ];
    check(spec.as_ref(), "Product", &products[0], &line);
    let named: Vec<_> = products[0]["productCharacteristic"].as_array().unwrap().iter().map(|c| &c["name"]).collect();
    assert_eq!(named, ["msisdn", "iccid", "simType", "roaming"]);
    let service = [
        "/productOffering/id text",
        "/productOffering/name text",
        "/productRelationship/0/relationshipType reliesOn",
        "/productRelationship/0/product/id text",
    ];
    let ends = ["/terminationDate time", "/productTerm/0/duration/amount number", "/productTerm/0/duration/units text"];
    for product in &products[1..] {
        check_priced(spec.as_ref(), "Product", product, &service, &["/productPrice/0"]);
        if product["productOffering"]["id"] == "roaming-access" {
            assert_eq!((product.get("terminationDate"), product.get("productTerm")), (None, None));
        } else {
            check(spec.as_ref(), "Product", product, &ends);
        }
    }
    let kinds: Vec<_> = products.iter().map(|p| p["productSpecification"]["name"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["line", "plan", "addOn", "addOn"]);
}

#[tokio::test]
async fn tmf663_shopping_cart() {
    let spec = Spec::load("TMF663-v4.0.0");
    let alice = alice().await;
    let mut second = alice.renew("riviera-50", 1);
    second["id"] = json!("2");
    let cart = alice.cart(&[alice.add("data-20", 2), second]).await;
    let named = [
        "/id text",
        "/href text",
        "/@type text",
        "/validFor/startDateTime time",
        "/validFor/endDateTime time",
        "/cartItem/0/id text",
        "/cartItem/0/action text",
        "/cartItem/0/quantity number",
        "/cartItem/0/status text",
        "/cartItem/0/productOffering/id text",
        "/cartItem/0/productOffering/name text",
        "/cartItem/0/product/terminationDate time",
        "/cartItem/0/product/productRelationship/0/relationshipType reliesOn",
        "/cartItem/0/product/productRelationship/0/product/id text",
        "/cartItem/1/product/id text",
        "/cartItem/1/product/terminationDate time",
    ];
    let prices = ["/cartItem/0/itemPrice/0", "/cartItem/0/ItemTotalPrice/0", "/cartTotalPrice/0"];
    check_priced(spec.as_ref(), "ShoppingCart", &cart, &named, &prices);
    let listed = alice.get(CARTS).await.ok(200);
    assert_eq!(listed, json!([cart]));

    let cart = alice.cart(&[alice.add("voicemail-text", 2)]).await;
    let monthly = ["/cartItem/0/itemPrice/1", "/cartItem/0/ItemTotalPrice/1", "/cartTotalPrice/1"];
    let period: Vec<_> = monthly.iter().map(|place| format!("{place}/recurringChargePeriod month")).collect();
    let period: Vec<_> = period.iter().map(String::as_str).collect();
    check_priced(spec.as_ref(), "ShoppingCart", &cart, &period, &monthly);
    let mut abroad = alice.add("roaming-eu-1", 1);
    abroad["id"] = json!("2");
    abroad["product"]["startDate"] = json!("2026-12-01T00:00:00+01:00");
    let cart = alice.cart(&[alice.credit("25.00"), abroad]).await;
    let named = ["/cartItem/0/product/productCharacteristic/0/value amount", "/cartItem/1/product/startDate text"];
    check(spec.as_ref(), "ShoppingCart", &cart, &named);

    let body = json!({ "cartItem": [alice.renew("riviera-100", 1)], "promotionCode": ["MONACO20"] });
    let cart = alice.post(CARTS, &body).await.ok(201);
    let named = [
        "/promotionCodeResult/0/code text",
        "/promotionCodeResult/0/result text",
        "/promotionCodeResult/0/name text",
        "/cartItem/0/ItemTotalPrice/0/priceAlteration/0/name text",
    ];
    let lowered = ["/cartItem/0/ItemTotalPrice/0/priceAlteration/0"];
    check_priced(spec.as_ref(), "ShoppingCart", &cart, &named, &lowered);
    let cart = alice.cart(&[alice.renew("riviera-50", 1)]).await;
    let bonus = "/cartItem/0/product/productCharacteristic/1/value";
    let named = [format!("{bonus}/amount number"), format!("{bonus}/units text")];
    check(spec.as_ref(), "ShoppingCart", &cart, &named.each_ref().map(String::as_str));
}

#[tokio::test]
async fn tmf622_product_order() {
    let spec = Spec::load("TMF622-v4.0.0");
    let alice = alice().await;
    let named = [
        "/id text",
        "/href text",
        "/@type text",
        "/externalId text",
        "/shoppingCart/id text",
        "/state text",
        "/orderDate time",
        "/relatedParty/0/role customer",
        "/billingAccount/id text",
        "/note/0/id text",
        "/note/0/text text",
        "/productOrderItem/0/id text",
        "/productOrderItem/0/action text",
        "/productOrderItem/0/quantity number",
        "/productOrderItem/0/state text",
        "/productOrderItem/0/productOffering/id text",
        "/productOrderItem/0/product/productRelationship/0/product/id text",
    ];
    let completed = alice.buy(&[alice.add("data-20", 2)], "order").await;
    check_priced(spec.as_ref(), "ProductOrder", &completed, &named, &["/orderTotalPrice/0"]);
    check(spec.as_ref(), "ProductOrder", &completed, &["/completionDate time"]);

    let pending = alice.order(&[alice.add("data-20", 2)], "other").await;
    check_priced(spec.as_ref(), "ProductOrder", &pending, &named, &["/orderTotalPrice/0"]);
    let ask = json!({ "productOrder": { "id": pending["id"] }, "cancellationReason": "No." });
    let task = alice.post(CANCELS, &ask).await.ok(201);
    let named = ["/id text", "/href text", "/state text", "/productOrder/id text", "/effectiveCancellationDate time"];
    check(spec.as_ref(), "CancelProductOrder", &task, &named);
    let cancelled = alice.get(&format!("{ORDERS}?state=cancelled")).await.ok(200);
    check(spec.as_ref(), "ProductOrder", &cancelled[0], &["/cancellationDate time", "/cancellationReason text"]);
}

#[tokio::test]
async fn tmf670_payment_method() {
    let spec = Spec::load("TMF670-v4.0.0");
    let methods = alice().await.get(METHODS).await.ok(200);
    let named = ["/id text", "/href text", "/description text", "/isPreferred bool", "/status text"];
    check(spec.as_ref(), "PaymentMethod", &methods[0], &named);
    assert_eq!((&methods[0]["@type"], &methods[0]["name"]), (&json!("digitalWallet"), &json!("hosted")));

    let methods = Shop::new().sign_in(DORA).await.get(METHODS).await.ok(200);
    let card = ["/name text", "/brand text", "/lastFourDigits text", "/expirationDate time", "/token text"];
    for at in 1..4 {
        assert_eq!(methods[at]["@type"], "tokenizedCard");
        check(spec.as_ref(), "TokenizedCard", &methods[at], &named);
        check(spec.as_ref(), "TokenizedCard", &methods[at], &card);
    }
    for (at, kind, name) in
        [(4, "bucketPaymentMethod", "prepaid-credit"), (5, "accountPaymentMethod", "carrier-billing")]
    {
        assert_eq!((&methods[at]["@type"], &methods[at]["name"]), (&json!(kind), &json!(name)));
        check(spec.as_ref(), "PaymentMethod", &methods[at], &named);
        check(spec.as_ref(), "PaymentMethod", &methods[at], &["/account/0/id text"]);
    }
}

#[tokio::test]
async fn tmf676_payment_and_refund() {
    let spec = Spec::load("TMF676-v4.0.0");
    let alice = alice().await;
    let order = alice.order(&[alice.add("data-20", 2)], "order").await;
    let open = alice.payment(&order, "try").await;
    let named = [
        "/id text",
        "/href text",
        "/@type text",
        "/correlatorId text",
        "/account/id text",
        "/paymentMethod/id text",
        "/paymentMethod/@type text",
        "/totalAmount/unit EUR",
        "/totalAmount/value amount",
        "/paymentItem/0/item/id text",
        "/paymentItem/0/totalAmount/value amount",
        "/returnUrl text",
        "/redirectUrl text",
        "/status text",
        "/statusDate time",
        "/paymentDate time",
    ];
    check(spec.as_ref(), "Payment", &open, &named);
    let dora = alice.shop.sign_in(DORA).await;
    for (method, ends) in [("card-4", "captured"), ("card-4-old", "denied"), ("card-4-bank", "pendingAuthorization")] {
        let order = dora.order(&[dora.add("data-5", 1)], method).await;
        let payment = dora.post(PAYMENTS, &dora.payment_by(&order, method, method)).await.ok(201);
        let named: Vec<_> = named.into_iter().filter(|name| *name != "/redirectUrl text").collect();
        check(spec.as_ref(), "Payment", &payment, &named);
        assert_eq!((&payment["status"], payment["redirectUrl"].is_string()), (&json!(ends), method == "card-4-bank"));
    }
    alice.shop.clock.advance(31 * MINUTE);
    alice.shop.pay(&open, &[("action", "pay"), ("card", "accepted")]).await;
    let alice = alice.shop.sign_in(ALICE).await;
    let captured = alice.get(&format!("{PAYMENTS}?status=captured")).await.ok(200);
    check(spec.as_ref(), "Payment", &captured[0], &["/authorizationCode text"]);
    let refund = &alice.get(REFUNDS).await.ok(200)[0];
    let named = ["/id text", "/href text", "/payment/id text", "/totalAmount/value amount", "/status text"];
    check(spec.as_ref(), "Refund", refund, &named);
}

#[tokio::test]
async fn errors_have_the_official_body() {
    let alice = alice().await;
    let replies = [
        alice.get("/nowhere").await,
        alice.get(&format!("{ORDERS}/none")).await,
        alice.call(Method::DELETE, ORDERS, None).await,
        alice.post(CARTS, &json!({ "cartItem": [] })).await,
        alice.post(CARTS, &json!({ "cartItem": [alice.add("roaming-access", 1)] })).await,
        alice.post(CARTS, &json!([])).await,
        alice.shop.get(ORDERS).await,
    ];
    for name in [
        "TMF620-v4.1.0",
        "TMF622-v4.0.0",
        "TMF637-v4.0.0",
        "TMF648-v4.0.0",
        "TMF654-v4.0.0",
        "TMF663-v4.0.0",
        "TMF670-v4.0.0",
        "TMF671-v4.1.0",
        "TMF676-v4.0.0",
        "TMF678-v4.0.0",
        "TMF679-v4.0.0",
    ] {
        let spec = Spec::load(name);
        for reply in &replies {
            let named = ["/code text", "/reason text", "/status text"];
            check(spec.as_ref(), "Error", &reply.json(), &named);
        }
    }
}
