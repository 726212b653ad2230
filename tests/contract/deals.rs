//! TMF671: the price that is shown with a promotion is the one that the carrier's cart charges.

use crate::catalogue::offerings;
use crate::shop::{ALICE, DORA, EMIL, MINUTE, Shop, Subscriber, euros};
use esim_renewal::carrier::promotion::ListPromotions;
use esim_renewal::carrier::shopping_cart::CreateCart;
use esim_renewal::domain::allowance::Volume;
use esim_renewal::domain::basket::{Basket, Item, shown_total};
use esim_renewal::domain::deal::{Promotion, conditionals, deal, price_now};
use esim_renewal::domain::offering::{Offering, OfferingKind};

async fn promotions(shop: &Shop) -> Vec<Promotion> {
    let page = shop.call(&ListPromotions { offset: 0 }).await.unwrap();
    assert_eq!(page.dropped, []);
    page.items
}

fn find<'a>(all: &'a [Offering], id: &str) -> &'a Offering {
    all.iter().find(|one| one.id.as_str() == id).unwrap()
}

fn basket_of(who: &Subscriber, offering: &Offering, quantity: u32) -> Basket {
    let id = offering.id.as_str();
    if offering.kind == OfferingKind::Plan { who.renew(id, quantity) } else { who.add(id, quantity) }
}

/// Six are on; the one that is over is not told of as one.
#[tokio::test]
async fn what_is_on_is_read() {
    let alice = Subscriber::new(ALICE).await;
    let on = promotions(&alice.shop).await;
    let with_code = on.iter().filter(|one| one.needs_code).map(|one| one.name.as_str()).collect::<Vec<_>>();
    assert_eq!((on.len(), with_code), (6, vec!["20 % off Riviera 100"]));
    alice.shop.clock.advance(121 * MINUTE);
    assert_eq!(promotions(&alice.shop).await.len(), 5, "the flash is over");
}

/// Each offering, one and three of it: what its card shows is what a cart of it costs, and what comes on top is told alike.
#[tokio::test]
async fn a_card_shows_what_the_cart_charges() {
    let (mut compared, mut reduced) = (0, 0);
    for who in [ALICE, DORA, EMIL] {
        let who = Subscriber::new(who).await;
        let (all, on) = (offerings(&who.shop).await, promotions(&who.shop).await);
        for offering in all.iter().filter(|one| one.kind != OfferingKind::Credit) {
            for quantity in [1, 3] {
                let basket = basket_of(&who, offering, quantity);
                // What the line cannot have has no price.
                let Ok(quote) = who.call(&CreateCart { basket: &basket }).await else { continue };
                let shown = price_now(offering, &on, None).unwrap();
                assert_eq!(quote.total, shown.times(quantity).unwrap(), "{:?}", offering.id);
                assert_eq!(shown_total(&basket, &all, &on), Some(quote.total), "{:?}", offering.id);
                let bonus = deal(offering, &on, None).map_or(0, |deal| deal.bonus);
                let told =
                    quote.lines[0].bonus.map_or(0, |bonus| if let Volume::Of(bytes) = bonus { bytes } else { 0 });
                assert_eq!(told, bonus * u64::from(quantity), "{:?}", offering.id);
                compared += 1;
                reduced += usize::from(shown != offering.price.fixed().unwrap());
            }
        }
    }
    assert!(compared > 100 && reduced > 10, "{compared} compared, {reduced} of them reduced");
}

/// What is free together with something else is free in the cart that holds both, and told of on its card before.
#[tokio::test]
async fn what_goes_together_is_counted_together() {
    let bruno = Subscriber::new(crate::shop::BRUNO).await;
    let (all, on) = (offerings(&bruno.shop).await, promotions(&bruno.shop).await);
    let blocking = find(&all, "spam-call-blocking");
    let told = conditionals(blocking, &on, None);
    assert_eq!(told.iter().map(|one| one.with.as_slice()).collect::<Vec<_>>(), [["Riviera 20 GB".to_owned()]]);
    let mut basket = bruno.renew("riviera-20", 1);
    basket.items.push(Item { kind: OfferingKind::Extra, ..crate::shop::item("spam-call-blocking", 1) });
    let quote = bruno.quote(&basket).await;
    assert_eq!(shown_total(&basket, &all, &on), Some(quote.total));
    assert_eq!(quote.total, euros("19.90"));
}

/// Only where the carrier says the lowest price of the last 30 days may a price be struck through.
#[tokio::test]
async fn what_was_lower_is_the_carriers_word() {
    let shop = Shop::new();
    let all = offerings(&shop).await;
    let on = promotions(&shop).await;
    let struck: Vec<_> = all.iter().filter(|one| deal(one, &on, None).is_some_and(|deal| deal.was.is_some())).collect();
    assert!(!struck.is_empty());
    for offering in struck {
        let deal = deal(offering, &on, None).unwrap();
        assert_eq!(deal.was, offering.lowest_30_days);
        assert!(deal.percent().is_some());
    }
    let plan = deal(find(&all, "riviera-20"), &[], None).unwrap();
    assert_eq!((plan.was, plan.percent(), plan.price), (Some(euros("21.90")), Some(9), euros("19.90")));
}
