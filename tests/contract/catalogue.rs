//! TMF620: what there is to buy.

use crate::shop::{Shop, euros, http_request};
use esim_renewal::carrier::json::Json;
use esim_renewal::carrier::product_catalog::ListOfferings;
use esim_renewal::carrier::{Operation as _, Page, Request, profile};
use esim_renewal::domain::allowance::{Usage, Volume};
use esim_renewal::domain::filter::Entry;
use esim_renewal::domain::money::{Currency, Money};
use esim_renewal::domain::offering::{Offering, OfferingKind, Price};
use esim_renewal::domain::time::Period;
use serde_json::Value;

/// All that the sandbox carrier sells, in one page.
pub async fn offerings(shop: &Shop) -> Vec<Offering> {
    shop.call(&ListOfferings { offset: 0, anew: false }).await.unwrap().items
}

fn find<'a>(offerings: &'a [Offering], id: &str) -> &'a Offering {
    offerings.iter().find(|offering| offering.id.as_str() == id).unwrap()
}

/// Of the 42 active offerings each is read; the one that is not for sale is left out in silence.
#[tokio::test]
async fn every_offering_is_read() {
    let page = Shop::new().call(&ListOfferings { offset: 0, anew: false }).await.unwrap();
    assert_eq!((page.received, page.items.len()), (42, 41));
    assert_eq!(page.dropped, []);
    let count = |kind| page.items.iter().filter(|offering| offering.kind == kind).count();
    assert_eq!(
        OfferingKind::ALL.map(|kind| (kind, count(kind))),
        [
            (OfferingKind::Data, 7),
            (OfferingKind::Plan, 8),
            (OfferingKind::Extra, 8),
            (OfferingKind::Roaming, 13),
            (OfferingKind::Bundle, 4),
            (OfferingKind::Credit, 1),
        ]
    );
    for gone in ["riviera-classic", "riviera-staff"] {
        assert!(page.items.iter().all(|offering| offering.id.as_str() != gone), "{gone}");
    }
}

/// Name, price, contents, validity and countries are those that the carrier's data say.
#[tokio::test]
async fn every_offering_is_what_the_carrier_sells() {
    let seed: Value = serde_json::from_str(include_str!("../../sandbox/src/seed/catalogue.json")).unwrap();
    let offerings = offerings(&Shop::new()).await;
    for offering in &offerings {
        let entries = seed["offerings"].as_array().unwrap();
        let entry = entries.iter().find(|entry| entry["id"] == offering.id.as_str()).unwrap();
        let number = |name: &str| entry[name].as_u64();
        let cents = |name: &str| Some(Money::from_minor(entry[name].as_i64()?, Currency::from_code("EUR").unwrap()));
        if offering.kind != OfferingKind::Credit {
            assert_eq!(offering.price.fixed(), cents("cents"), "{:?}", offering.id);
        }
        assert_eq!(offering.name, entry["name"]);
        assert_eq!(offering.description.as_deref(), entry["description"].as_str());
        let period = |name: &str, period: fn(u32) -> Period| Some(period(u32::try_from(number(name)?).unwrap()));
        assert_eq!(offering.validity, period("days", Period::Days).or(period("months", Period::Months)));
        for (usage, name, unlimited, worth) in [
            (Usage::Data, "mb", "data", 1_000_000),
            (Usage::Voice, "minutes", "voice", 60),
            (Usage::Messages, "messages", "messages", 1),
        ] {
            let is_unlimited = entry["unlimited"].as_array().is_some_and(|list| list.contains(&unlimited.into()));
            let counted = number(name).map(|amount| Volume::Of(amount * worth));
            let expected = if is_unlimited { Some(Volume::Unlimited) } else { counted };
            assert_eq!(offering.volume(usage), expected, "{usage:?} of {:?}", offering.id);
        }
        let area = entry["area"].as_str().map_or(0, |area| seed["areas"][area].as_array().unwrap().len());
        assert_eq!(offering.countries.len(), area, "countries of {:?}", offering.id);
    }
}

/// The price that is due, not the lowest one of the last 30 days that stands beside it.
#[tokio::test]
async fn an_advertised_price_is_not_the_price() {
    let offerings = offerings(&Shop::new()).await;
    assert_eq!(find(&offerings, "data-10").price, Price::Fixed(euros("15.00")));
    assert_eq!(find(&offerings, "riviera-20").price, Price::Fixed(euros("19.90")));
}

/// A gigabyte's price has a meaning only where gigabytes are counted and cost something.
#[tokio::test]
async fn gigabytes_have_a_price_where_they_are_counted() {
    let offerings = offerings(&Shop::new()).await;
    let per_gigabyte = |id| Entry::of(find(&offerings, id)).price_per_gigabyte().map(Money::to_decimal);
    assert_eq!(per_gigabyte("data-20").as_deref(), Some("1.20"));
    assert_eq!(per_gigabyte("roaming-world-500mb").as_deref(), Some("19.80"));
    for id in ["riviera-unlimited", "full-speed-1", "spam-call-blocking", "bundle-safe"] {
        assert_eq!(per_gigabyte(id), None, "{id}");
    }
}

/// With a carrier whose pages hold less than was asked for, going on by what was received meets each offering once.
#[tokio::test]
async fn paging_by_offset_meets_each_offering_once() {
    let shop = Shop::new();
    let whole = offerings(&shop).await;
    let (mut met, mut received, mut pages): (Vec<Offering>, _, _) = (Vec::new(), 0, 0);
    loop {
        let list = ListOfferings { offset: received, anew: false };
        let Request { target, .. } = list.request();
        let request = Request { target: target.replace("limit=100", "limit=7"), ..list.request() };
        let reply = shop.send(&request, None).await;
        assert_eq!(reply.status, 206);
        assert_eq!(reply.headers["x-total-count"], "42");
        let Page { items, dropped, received: more, .. } = list.parse(&Json::parse(&reply.text).unwrap()).unwrap();
        assert_eq!(dropped, []);
        if more == 0 {
            break;
        }
        met.extend(items);
        received += more;
        pages += 1;
    }
    assert_eq!((pages, received), (6, 42));
    assert_eq!(met, whole);
}

/// One page is the whole of this catalogue, and says so: no second request is needed.
#[tokio::test]
async fn one_request_brings_the_whole_catalogue() {
    let reply = Shop::new().send(&ListOfferings { offset: 0, anew: false }.request(), None).await;
    assert_eq!(reply.status, 200);
    assert!(reply.json().as_array().unwrap().len() < profile::PAGE);
}

/// The catalogue is asked for without credentials and without a header of ours, so that no preflight is needed.
#[tokio::test]
async fn the_catalogue_is_public() {
    let request = ListOfferings { offset: 0, anew: false }.request();
    assert!(request.public && request.repeatable && request.body.is_none());
    let bare = http_request(&request, Some("token"));
    assert!(bare.headers().is_empty(), "{:?}", bare.headers());
    assert_eq!(bare.method(), "GET");
    assert_eq!(
        bare.uri(),
        "/tmf-api/productCatalogManagement/v4/productOffering?lifecycleStatus=Active&offset=0&limit=100"
    );
    assert_eq!(Shop::new().send(&request, Some("token")).await.status, 200);
}

/// A price that the carrier changes is what the next visitor sees.
#[tokio::test]
async fn a_new_price_is_the_next_answer() {
    let shop = Shop::new();
    shop.change_price("data-20", 2_599).await;
    assert_eq!(find(&offerings(&shop).await, "data-20").price, Price::Fixed(euros("25.99")));
}
