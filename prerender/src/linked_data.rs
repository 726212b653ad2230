//! The offers for machines: JSON-LD of schema.org's `Product` and `Offer`.

use crate::card::Card;
use crate::html::label;
use esim_renewal::domain::money::Money;
use esim_renewal::domain::offering::Recurring;
use esim_renewal::domain::time::Period;
use esim_renewal::ui::text::Texts;
use serde_json::{Value, json};

/// Those offers that have a price, as the content of a script; `None` where there are none.
pub fn linked_data(t: &Texts, cards: &[Card], carrier: Option<&str>) -> Option<String> {
    let products: Vec<_> = cards.iter().filter_map(|card| product(t, card, carrier)).collect();
    let data = json!({ "@context": "https://schema.org", "@graph": products });
    // A name with `</script>` in it must not end the script.
    (!products.is_empty()).then(|| data.to_string().replace('<', "\\u003c"))
}

fn product(t: &Texts, card: &Card, carrier: Option<&str>) -> Option<Value> {
    let offering = card.offering;
    let brand = carrier.map(|name| json!({ "@type": "Brand", "name": name }));
    Some(with_members(
        json!({ "@type": "Product", "sku": offering.id.as_str(), "name": offering.name }),
        [
            ("description", offering.description.clone().map(Value::from)),
            ("category", Some(label(t, offering.kind).into())),
            ("brand", brand),
            ("offers", Some(offer(card)?)),
        ],
    ))
}

/// `None` where the subscriber says how much.
fn offer(card: &Card) -> Option<Value> {
    let price = card.deal.as_ref().map_or_else(|| card.offering.price.fixed(), |deal| Some(deal.price))?;
    // Data on top may end without the price going up.
    let ends = card.deal.as_ref().filter(|deal| !deal.saving.is_zero()).and_then(|deal| deal.ends);
    let was = card.deal.as_ref().and_then(|deal| deal.was);
    let struck =
        was.map(|was| with_members(amount(was), [("priceType", Some("https://schema.org/StrikethroughPrice".into()))]));
    let more: Vec<_> = struck.into_iter().chain(card.offering.recurring.map(again)).collect();
    let now = json!({ "@type": "Offer", "price": price.to_decimal(), "priceCurrency": price.currency().code() });
    Some(with_members(
        now,
        [
            ("priceValidUntil", ends.map(|end| end.to_rfc3339().into())),
            ("priceSpecification", (!more.is_empty()).then(|| more.into())),
            ("availability", Some("https://schema.org/InStock".into())),
            ("url", card.link.clone().map(Value::from)),
        ],
    ))
}

fn amount(price: Money) -> Value {
    let (price, currency) = (price.to_decimal(), price.currency());
    json!({ "@type": "UnitPriceSpecification", "price": price, "priceCurrency": currency.code() })
}

/// What comes again, and how often as a duration (ISO 8601).
fn again(recurring: Recurring) -> Value {
    let every = match recurring.every {
        Period::Hours(hours) => format!("PT{hours}H"),
        Period::Days(days) => format!("P{days}D"),
        Period::Months(months) => format!("P{months}M"),
    };
    with_members(amount(recurring.amount), [("billingDuration", Some(every.into()))])
}

/// An object with those members that there are.
fn with_members<const N: usize>(mut object: Value, members: [(&str, Option<Value>); N]) -> Value {
    for (name, value) in members.into_iter().filter_map(|(name, value)| Some((name, value?))) {
        object[name] = value;
    }
    object
}
