use super::*;
use crate::domain::basket::tests::two_data_packs as basket;
use serde_json::{Value, json};

fn price(gross: &str, net: &str) -> Value {
    serde_json::from_str(&format!(
        r#"[{{"priceType":"oneTime","price":{{"taxRate":20,"taxIncludedAmount":{{"unit":"EUR","value":{gross}}},"dutyFreeAmount":{{"unit":"EUR","value":{net}}}}}}}]"#
    ))
    .unwrap()
}

fn cart() -> Value {
    json!({ "id": "cart-1", "validFor": { "endDateTime": "2026-11-22T13:25:00Z" },
            "cartItem": [{ "quantity": 2, "productOffering": { "id": "data-20" },
                           "product": { "terminationDate": "2027-01-28T22:59:59Z", "startDate": "2026-12-01T00:00:00Z" },
                           "itemPrice": price("24.00", "20.00"), "ItemTotalPrice": price("48.00", "40.00") }],
            "cartTotalPrice": price("48.00", "40.00") })
}

fn read(body: &Value) -> Result<Quote, ParseError> {
    CreateCart { basket: &basket() }.parse(&body.clone().into())
}

#[test]
fn reads_the_price_with_its_tax() {
    let quote = read(&cart()).unwrap();
    assert_eq!(quote.check(&basket()), Ok(()));
    assert_eq!(quote.tax.as_ref().map(|tax| tax.amount.to_decimal()).as_deref(), Some("8.00"));
    assert!(quote.ends().is_some() && quote.expires.is_some() && quote.lines[0].starts.is_some());
}

#[test]
fn a_price_that_is_not_all_there_is_none() {
    for (pointer, field) in [
        ("/id", "id"),
        ("/cartTotalPrice", "cartTotalPrice"),
        ("/cartItem/0/ItemTotalPrice", "ItemTotalPrice"),
        ("/cartItem/0/itemPrice", "itemPrice"),
        ("/cartItem/0/quantity", "quantity"),
        ("/cartItem/0/productOffering", "productOffering"),
    ] {
        let mut body = cart();
        *body.pointer_mut(pointer).unwrap() = Value::Null;
        assert_eq!(read(&body), Err(ParseError { field }), "{pointer}");
    }
}

#[test]
fn without_a_net_price_no_tax_is_made_up() {
    let mut body = cart();
    body["cartTotalPrice"][0]["price"]["dutyFreeAmount"] = Value::Null;
    assert_eq!(read(&body).unwrap().tax, None);
}

#[test]
fn reads_what_promotions_take_off_and_add() {
    let mut body = cart();
    body["cartItem"][0]["ItemTotalPrice"] = price("43.20", "36.00");
    body["cartItem"][0]["ItemTotalPrice"][0]["priceAlteration"] =
        json!([{ "name": "Autumn", "priceType": "discount", "price": price("-4.80", "-4.00")[0]["price"] }]);
    body["cartTotalPrice"] = price("43.20", "36.00");
    body["cartItem"][0]["product"]["productCharacteristic"] = json!([
        { "name": "bonusData", "value": { "amount": 2, "units": "GB" } }, { "name": "remaining", "value": "lost" }]);
    body["promotionCodeResult"] = json!([{ "code": "A", "result": "applied" }, { "code": "B", "result": "odd" }, 7]);
    let quote = read(&body).unwrap();
    assert_eq!(quote.check(&basket()), Ok(()));
    let line = &quote.lines[0];
    assert_eq!(line.reductions[0].amount.to_decimal(), "-4.80");
    assert_eq!((line.bonus, line.remaining), (Some(Volume::Of(2_000_000_000)), Some(Remaining::Lost)));
    assert_eq!(quote.codes, [("A".into(), CodeResult::Applied), ("B".into(), CodeResult::Unknown)]);

    body["cartItem"][0]["ItemTotalPrice"][0]["priceAlteration"][0]["price"] = Value::Null;
    assert_eq!(read(&body), Err(ParseError { field: "taxIncludedAmount" }), "half a reduction is none");
}

#[test]
fn what_comes_again_stands_apart() {
    let mut body = cart();
    let mut again = price("1.20", "1.00")[0].clone();
    again["priceType"] = json!("recurring");
    again["recurringChargePeriod"] = json!("month");
    for list in ["/cartTotalPrice", "/cartItem/0/ItemTotalPrice"] {
        body.pointer_mut(list).unwrap().as_array_mut().unwrap().push(again.clone());
    }
    let quote = read(&body).unwrap();
    assert_eq!(quote.check(&basket()), Ok(()));
    assert_eq!(quote.recurring.map(|one| one.amount.to_decimal()).as_deref(), Some("1.20"));
    body["cartTotalPrice"][1]["recurringChargePeriod"] = json!("moon");
    assert_eq!(read(&body), Err(ParseError { field: "recurringChargePeriod" }));
}

#[test]
fn codes_are_sent_where_there_are_any() {
    let sent = |basket: &Basket| CreateCart { basket }.request().body.unwrap();
    assert!(!sent(&basket()).contains("promotionCode"));
    let coded = Basket { codes: vec!["MONACO20".into()], ..basket() };
    assert!(sent(&coded).contains(r#""promotionCode":["MONACO20"]"#));
}
