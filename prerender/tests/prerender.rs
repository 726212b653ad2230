//! What is written of a catalogue: true, whole, and nothing that the carrier's words could break.

#![expect(clippy::unwrap_used, reason = "what is not there should stop the test")]

mod support;

use serde_json::{Value, json};
use std::fs;
use support::{Shop, offering, run, run_on, tenth_off};
use tempfile::TempDir;

const LATER: &str = "2026-12-01T22:59:59Z";

fn named(products: &[Value], name: &str) -> Value {
    products.iter().find(|one| one["name"] == name).unwrap()["offers"].clone()
}

#[test]
fn the_carriers_deals_are_written_with_what_they_are() {
    let said = Shop::open().prerender(&["--checkout-url", "https://shop.example/renew", "--promo-code", "MONACO20"]);
    assert!(said.ok && said.errors.is_empty(), "{}", said.errors);
    let data = said.card("Data 50").unwrap();
    for text in ["50<small> GB</small>", "for 30 days", "5 euros off Data 50", "<b>€40.00</b>", "Thu, Jan 21, 02:05 PM"]
    {
        assert!(data.contains(text), "{text} is not in {data}");
    }
    assert!(!data.contains("<s "), "without its lowest price of 30 days nothing says how much is really taken off");
    assert!(data.contains("href=\"https://shop.example/renew?esim-offering=data-50\""));
    let coded = said.card("Riviera 100 GB").unwrap();
    assert!(coded.contains("href=\"https://shop.example/renew?esim-offering=riviera-100&amp;esim-code=MONACO20\""));
    assert!(coded.contains("<b>€34.90</b>"), "the price without the code");
    assert!(said.card("Data 20").is_none(), "it has its usual price");
}

#[test]
fn a_deal_that_ended_by_the_carriers_clock_is_not_written() {
    let shop = Shop::open();
    let flash = |said: &support::Said| said.card("Data 100").is_some();
    assert!(flash(&shop.prerender(&[])));
    // The list still has it; its `Date` is past the end.
    shop.clock.tell_ahead(2 * 60 * 60 * 1000);
    assert!(!flash(&shop.prerender(&[])));
}

#[test]
fn only_an_honest_price_is_struck_through() {
    let offerings = json!([
        offering("lower", "18.00", Some("20.00")),
        offering("same", "18.00", Some("18.00")),
        offering("dearer", "18.00", Some("17.00")),
        offering("unsaid", "18.00", None),
    ]);
    let promotions: Vec<_> = ["dearer", "unsaid"].map(|id| tenth_off(id, LATER, false)).into();
    let said = run_on(&offerings, &promotions.into(), &[]);
    let products = said.products();
    let struck = |name: &str| {
        let seen = said
            .card(name)
            .unwrap()
            .split_once("<s aria-hidden=\"true\">")
            .and_then(|(_, rest)| rest.split_once("</s>"));
        (seen.map(|(seen, _)| seen), named(&products, name)["priceSpecification"].clone())
    };
    let read = json!([{ "@type": "UnitPriceSpecification", "price": "20.00", "priceCurrency": "EUR",
        "priceType": "https://schema.org/StrikethroughPrice" }]);
    assert_eq!(struck("LOWER"), (Some("€20.00"), read));
    assert_eq!(struck("UNSAID"), (None, Value::Null));
    assert!(said.card("SAME").is_none(), "it is as cheap as it was");
    // 16.20 is below the 17.00 of the last 30 days.
    assert_eq!(struck("DEARER").1[0]["price"], "17.00");
}

#[test]
fn machines_read_the_same_as_people() {
    let offerings = json!([offering("data", "20.00", None)]);
    let said = run_on(
        &offerings,
        &json!([tenth_off("data", LATER, false)]),
        &["--carrier-name", "Carrier", "--checkout-url", "/renew"],
    );
    assert!(
        said.card("DATA").unwrap().contains("<time datetime=\"2026-12-01T22:59:59Z\">ends Tue, Dec 1, 11:59 PM</time>")
    );
    assert_eq!(
        said.products(),
        [json!({
            "@type": "Product", "sku": "data", "name": "DATA", "category": "Data",
            "brand": { "@type": "Brand", "name": "Carrier" },
            "offers": {
                "@type": "Offer", "price": "18.00", "priceCurrency": "EUR", "priceValidUntil": "2026-12-01T22:59:59Z",
                "availability": "https://schema.org/InStock", "url": "/renew?esim-offering=data",
            },
        })]
    );
}

#[test]
fn a_price_for_which_a_code_must_be_typed_is_not_the_price() {
    let offerings = json!([offering("data", "20.00", None)]);
    let said = run_on(&offerings, &json!([tenth_off("data", LATER, true)]), &[]);
    let offer = named(&said.products(), "DATA");
    assert_eq!((&offer["price"], &offer["priceValidUntil"]), (&json!("20.00"), &Value::Null));
    assert!(said.card("DATA").unwrap().contains("with a promo code"));
}

#[test]
fn words_of_the_carrier_stay_words() {
    const EVIL: &str = "</script><script>alert(1)</script>\" onload='x' <!-- & \\";
    let mut data = offering("a\"><script>", "20.00", Some("30.00"));
    data["name"] = EVIL.into();
    data["description"] = EVIL.into();
    let mut promotion = tenth_off("a\"><script>", LATER, false);
    promotion["name"] = EVIL.into();
    let words = ["--checkout-url", "renew?\"><script>=1", "--carrier-name", EVIL, "--promo-code", EVIL];
    let said = run_on(&json!([data]), &json!([promotion]), &words);
    assert_eq!(said.html.matches("<script").count(), 1);
    assert_eq!(said.html.matches("</script").count(), 1);
    assert!(!said.html.contains("<!--"));
    let product = &said.products()[0];
    assert_eq!((&product["name"], &product["description"]), (&json!(EVIL), &json!(EVIL)));
    assert!(said.html.contains("&lt;/script&gt;&lt;script&gt;alert(1)"));
}

#[test]
fn what_makes_no_sense_is_left_out_and_named() {
    let mut swiss = offering("swiss", "20.00", None);
    swiss["productOfferingPrice"][0]["price"]["taxIncludedAmount"]["unit"] = "CHF".into();
    let mut odd = offering("odd", "-1", None);
    odd["name"] = "Odd".into();
    let offerings = json!([offering("data", "20.00", Some("30.00")), odd, swiss, offering("more", "5", None)]);
    let mut promotion = tenth_off("data", LATER, false);
    promotion["validFor"]["endDateTime"] = "soon".into();
    let said = run_on(&offerings, &json!([promotion]), &["--view", "plans"]);
    assert!(said.ok);
    assert_eq!(said.products().len(), 2);
    let lines: Vec<_> = said.errors.lines().collect();
    assert_eq!(
        lines,
        [
            "prerender: offering `odd` is left out: taxIncludedAmount is missing or malformed",
            "prerender: offering `swiss` is left out: unit is missing or malformed",
            "prerender: promotion `tenth-data` is left out: validFor is missing or malformed",
        ]
    );
}

#[test]
fn money_and_dates_are_written_in_the_language() {
    let offerings = json!([offering("data", "1234.50", Some("2000.00"))]);
    let said = run_on(&offerings, &json!([tenth_off("data", LATER, false)]), &["--locale", "fr-MC"]);
    assert!(said.html.contains("lang=\"fr-MC\""));
    let card = said.card("DATA").unwrap();
    for text in
        ["<b>1\u{202f}111,05\u{a0}€</b>", "20<small>\u{202f}Go</small>", "44\u{a0}% de moins", "mar. 1 déc., 23:59"]
    {
        assert!(card.contains(text), "{text} is not in {card}");
    }
    let unknown = run_on(&offerings, &json!([]), &["--locale", "xx"]);
    assert!(unknown.html.contains("lang=\"en\""), "as the widget, which has no words of it");
}

#[test]
fn where_no_deal_is_on_that_is_said() {
    let said = run_on(&json!([offering("data", "20.00", None)]), &json!([]), &[]);
    assert!(said.ok && said.html.contains("No deal is on at the moment"));
    assert!(!said.html.contains("<script"));
}

#[test]
fn a_carrier_that_cannot_be_reached_leaves_the_page_as_it_is() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("deals.html");
    fs::write(&out, "yesterday's").unwrap();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let said = run(&["--api-base", &format!("http://{closed}"), "--out", out.to_str().unwrap()]);
    assert!(!said.ok && said.html.is_empty());
    assert!(
        said.errors.contains(&closed.to_string()) && said.errors.contains("the carrier does not answer"),
        "{}",
        said.errors
    );
    assert_eq!(fs::read_to_string(&out).unwrap(), "yesterday's");
}

#[test]
fn a_place_in_a_page_is_filled() {
    let folder = TempDir::new().unwrap();
    let page = folder.path().join("deals.html");
    let page = page.to_str().unwrap();
    fs::write(page, "<main><!-- esim-renewal: prerendered -->old<!-- /esim-renewal: prerendered --></main>").unwrap();
    let said = run_on(&json!([offering("data", "2", Some("3"))]), &json!([]), &["--page", page, "--out", page]);
    assert!(said.ok && said.html.is_empty(), "{}", said.errors);
    let filled = fs::read_to_string(page).unwrap();
    assert!(filled.starts_with("<main><!--") && filled.ends_with("--></main>") && filled.contains("DATA"));
    assert!(!filled.contains("old"));
}

#[test]
fn mistakes_of_who_calls_it_are_named() {
    let offerings = json!([offering("data", "2", Some("3"))]);
    for (words, part) in [
        (&["--checkout-url", "javascript:alert(1)"][..], "javascript:alert(1) is no web address"),
        (&["--time-zone", "Moon/Sea"], "Moon/Sea"),
        (&["--view", "journey"], "journey is no view"),
    ] {
        let said = run_on(&offerings, &json!([tenth_off("data", LATER, false)]), words);
        assert!(!said.ok && said.errors.contains(part), "{}", said.errors);
    }
}
