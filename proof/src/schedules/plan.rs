//! What a seed picks: who buys what, how it is paid, in how many tabs, and how bad the network is.

use esim_renewal::domain::basket::{Action, Basket, HowMuch, Item, Quantity};
use esim_renewal::domain::id::{MethodId, OfferingId};
use esim_renewal::domain::money::{Currency, Money};
use esim_renewal::domain::offering::OfferingKind;
use esim_renewal::domain::payment::{Method, MethodKind};

use super::rng::Rng;
use super::shop::Account;

const ALICE: &str = "+37761234501";
const BRUNO: &str = "+37761234502";
const DORA: &str = "+37761234504";

/// What is bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// On top of the plan.
    Add(&'static str),
    /// The plan, renewed.
    Renew(&'static str),
    /// Credit, by an order.
    Credit,
    /// Credit, without one (TMF654).
    TopUp,
}

/// Who buys what, and by which method at first.
#[derive(Clone, Copy, Debug)]
pub struct Offer {
    /// What it is called in a trace.
    pub name: &'static str,
    /// Whose.
    pub msisdn: &'static str,
    /// What.
    pub what: What,
    /// The method that is chosen with the consent.
    pub method: Option<(&'static str, MethodKind)>,
}

const fn offer(
    name: &'static str,
    msisdn: &'static str,
    what: What,
    method: Option<(&'static str, MethodKind)>,
) -> Offer {
    Offer { name, msisdn, what, method }
}

const DATA: What = What::Add("data-5");

/// All that is bought.
pub const OFFERS: [Offer; 16] = [
    offer("data by the payment page", ALICE, DATA, None),
    offer("renewal by the payment page", BRUNO, What::Renew("riviera-10"), None),
    offer("another plan by the payment page", ALICE, What::Renew("riviera-10"), HOSTED),
    offer("data by a saved card", DORA, DATA, Some(("card-4", MethodKind::Card))),
    offer("renewal by a saved card", DORA, What::Renew("riviera-20"), Some(("card-4", MethodKind::Card))),
    offer("data by a card whose bank asks", DORA, DATA, Some(("card-4-bank", MethodKind::Card))),
    offer("data by a card that has expired", DORA, DATA, Some(("card-4-old", MethodKind::Card))),
    offer("data by credit", DORA, DATA, Some(("prepaid-credit", MethodKind::Credit))),
    offer("data by too little credit", DORA, What::Add("data-20"), Some(("prepaid-credit", MethodKind::Credit))),
    offer("data on the bill", DORA, DATA, Some(("carrier-billing", MethodKind::Billing))),
    offer("something free", ALICE, What::Add("full-speed-1"), None),
    offer("something free, by a method", ALICE, What::Add("full-speed-1"), HOSTED),
    offer("credit by an order", DORA, What::Credit, None),
    offer("top-up by a saved card", DORA, What::TopUp, Some(("card-4", MethodKind::Card))),
    offer("top-up on the bill", DORA, What::TopUp, Some(("carrier-billing", MethodKind::Billing))),
    offer("top-up by a card that has expired", DORA, What::TopUp, Some(("card-4-old", MethodKind::Card))),
];

const HOSTED: Option<(&str, MethodKind)> = Some(("hosted", MethodKind::Hosted));

impl Offer {
    /// Whether it is a top-up without an order.
    pub fn is_top_up(&self) -> bool {
        self.what == What::TopUp
    }

    /// The offering's id.
    pub const fn offering(&self) -> &'static str {
        match self.what {
            What::Add(offering) | What::Renew(offering) => offering,
            What::Credit | What::TopUp => "credit",
        }
    }

    /// The basket.
    pub fn basket(&self, account: &Account) -> Option<Basket> {
        let currency = Currency::from_code("EUR").ok()?;
        let (kind, action, how_much) = match self.what {
            What::Add(_) => (OfferingKind::Data, Action::Add, HowMuch::Times(Quantity::ONE)),
            What::Renew(_) => {
                (OfferingKind::Plan, Action::Modify(account.plan.clone()?), HowMuch::Times(Quantity::ONE))
            }
            What::Credit | What::TopUp => {
                (OfferingKind::Credit, Action::Add, HowMuch::Amount(Some(Money::from_minor(1_000, currency))))
            }
        };
        let offering = OfferingId::new(self.offering())?;
        let item = Item { offering, name: self.name.to_owned(), kind, how_much, action, start: None };
        Some(Basket { line: account.line.id.clone(), currency, items: vec![item], codes: vec![] })
    }

    /// The method that is chosen with the consent.
    pub fn method(&self) -> Option<Method> {
        let (id, kind) = self.method?;
        Some(Method { id: MethodId::new(id)?, kind })
    }
}

/// How many tabs there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tabs {
    /// One.
    One,
    /// Two, each with an attempt of its own.
    Own,
    /// One, and copies of it.
    Copy,
}

/// What a schedule is about.
#[expect(clippy::struct_excessive_bools, reason = "each is a thing of its own that a schedule has or has not")]
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Who buys what.
    pub offer: Offer,
    /// Whether the widget is told that the carrier takes the same order or payment only once.
    pub repeatable: bool,
    /// The tabs.
    pub tabs: Tabs,
    /// Of a hundred calls so many go wrong.
    pub faults: u32,
    /// How often the subscriber does something in each tab, while things go wrong.
    pub acts: u32,
    /// Whether the price comes by a quote.
    pub by_quote: bool,
    /// Whether the carrier is asked if it sells it for the line.
    pub qualified: bool,
    /// Whether the subscriber wants it in the end, when nothing goes wrong any more.
    pub wants: bool,
}

impl Plan {
    /// The plan of a schedule.
    pub fn drawn(rng: &mut Rng) -> Self {
        Self {
            offer: rng.pick(&OFFERS, OFFERS[0]),
            repeatable: rng.chance(50),
            tabs: rng.weighted(&[(55, Tabs::One), (20, Tabs::Own), (25, Tabs::Copy)], Tabs::One),
            faults: rng.pick(&[10, 25, 40, 60], 25),
            acts: rng.below(6) + 4,
            by_quote: rng.chance(25),
            qualified: rng.chance(20),
            wants: rng.chance(60),
        }
    }
}
