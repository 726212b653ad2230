//! The element with the offers as its children: what is read before the widget stands, and where it never does.

use crate::args::{Args, View};
use crate::card::{Card, Fact, Until};
use esim_renewal::domain::offering::OfferingKind;
use esim_renewal::ui::text::Texts;
use maud::{Markup, PreEscaped, html};

/// The fragment: the element, and what machines read of it. `count` says how many offers there are.
pub fn fragment(
    args: &Args,
    locale: &str,
    t: &Texts,
    count: &str,
    cards: &[Card],
    linked_data: Option<&str>,
) -> Markup {
    // What the file says is not said twice.
    let own = |value: &Option<String>| value.clone().filter(|_| args.config.is_none());
    html! {
        esim-renewal
            view=(args.view.word()) loading="lazy" lang=(locale) config=[&args.config]
            api-base=[own(&args.api_base)] carrier-name=[own(&args.carrier_name)]
            time-zone=[own(&args.time_zone)] checkout-url=[&args.checkout_url] promo-code=[&args.promo_code] {
            div.esim-prerendered {
                div.esim-head {
                    h2 { (if args.view == View::Deals { t.deals } else { t.ways_to_renew }) }
                    p { (count) }
                }
                @if cards.is_empty() {
                    div.esim-empty { h3 { (t.no_deals) } p { (t.nothing_text) } }
                } @else if args.view == View::Deals {
                    (list(t, cards.iter(), &html! {}))
                } @else {
                    @for kind in OfferingKind::ALL {
                        @if cards.iter().any(|card| card.offering.kind == kind) {
                            (list(t, cards.iter().filter(|card| card.offering.kind == kind), &html! { h3 { (label(t, kind)) } }))
                        }
                    }
                }
            }
        }
        "\n"
        @if let Some(data) = linked_data {
            script type="application/ld+json" { (PreEscaped(data)) }
            "\n"
        }
    }
}

/// What a kind of offering is called.
pub const fn label(t: &Texts, kind: OfferingKind) -> &'static str {
    match kind {
        OfferingKind::Plan => t.plans,
        OfferingKind::Data => t.data,
        OfferingKind::Extra => t.extras,
        OfferingKind::Roaming => t.roaming,
        OfferingKind::Bundle => t.bundles,
        OfferingKind::Credit => t.credit,
    }
}

fn list<'a>(t: &Texts, cards: impl Iterator<Item = &'a Card<'a>>, heading: &Markup) -> Markup {
    let is_below = !heading.0.is_empty();
    html! {
        (heading)
        ul.esim-offers role="list" {
            @for one in cards { "\n" li { (card(t, one, is_below)) } }
        }
    }
}

fn card(t: &Texts, card: &Card, is_below: bool) -> Markup {
    html! {
        article.esim-offer {
            div.esim-head {
                @if is_below { h4 { (card.offering.name) } } @else { h3 { (card.offering.name) } }
                @if card.deal.is_some() {
                    p.esim-deal { (card.deal_name) @if let Some(end) = &card.ends { " · " (until(end)) } }
                }
            }
            p {
                @if !card.hero.is_empty() {
                    b.esim-hero { @for (is_number, text) in &card.hero { @if *is_number { (text) } @else { small { (text) } } } }
                    " "
                }
                span { (card.beside) }
            }
            div.esim-body {
                @if card.is_best { p.esim-best { (t.best_deal) } }
                dl { @for one in &card.facts { (fact(one)) } }
            }
            p.esim-price {
                b { (card.price) }
                @if let Some((was, lowest)) = &card.was { " " s aria-hidden="true" { (was) } " " small { (lowest) } }
                @if let Some(then) = &card.then { " " span { (then) } }
            }
            @if let Some(link) = &card.link { a.esim-choose href=(link) { (card.choose) } }
        }
    }
}

fn fact(fact: &Fact) -> Markup {
    let name = fact.is_plain.then_some("esim-unseen");
    let value = if fact.is_plain { Some("esim-about") } else { fact.is_gain.then_some("esim-gain") };
    html! {
        div {
            dt class=[name] { (fact.name) }
            dd class=[value] {
                @if let [one] = fact.values.as_slice() { (one) } @else {
                    ul role="list" { @for one in &fact.values { li { (one) } } }
                }
                @if let Some(end) = &fact.ends { " · " (until(end)) }
            }
        }
    }
}

fn until(end: &Until) -> Markup {
    html! { time datetime=(end.time.to_rfc3339()) { (end.text) } }
}
