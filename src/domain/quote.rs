//! The carrier's price for a basket (TMF663, TMF648).

use super::allowance::Volume;
use super::basket::{Basket, HowMuch, Item, Quantity};
use super::id::{CartId, OfferingId, OrderId, QuoteId};
use super::money::{Money, MoneyError};
use super::offering::Recurring;
use super::time::Timestamp;
use thiserror::Error;

/// What a promotion takes off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reduction {
    /// The promotion's name, in the carrier's words.
    pub name: String,
    /// By how much the price is lowered: below zero.
    pub amount: Money,
}

/// What becomes of what is left of a plan that is renewed or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Remaining {
    /// It stays.
    Kept,
    /// It is lost.
    Lost,
}

/// One line of the bill to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteLine {
    /// What is bought.
    pub offering: OfferingId,
    /// How many of it.
    pub quantity: Quantity,
    /// What one costs before promotions, tax included.
    pub unit: Money,
    /// What promotions take off all of them.
    pub reductions: Vec<Reduction>,
    /// What all of them cost, tax included.
    pub total: Money,
    /// What they cost again and again after that.
    pub recurring: Option<Recurring>,
    /// When the service starts, where that is not at once.
    pub starts: Option<Timestamp>,
    /// When the service then ends, where the carrier says so.
    pub ends: Option<Timestamp>,
    /// What becomes of what is left, where the carrier says so.
    pub remaining: Option<Remaining>,
    /// The data that a promotion adds.
    pub bonus: Option<Volume>,
}

/// The tax within a total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tax {
    /// The amount.
    pub amount: Money,
    /// The rate in percent, as decimal text.
    pub rate: Option<String>,
}

/// What the carrier made of a promo code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CodeResult {
    /// It lowers the price.
    Applied,
    /// There is no such code.
    Unknown,
    /// Its time is over.
    Expired,
    /// Nothing in the basket is what it is for.
    NotApplicable,
    /// It was used before.
    Used,
}

/// Where the price stands at the carrier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A shopping cart (TMF663).
    Cart(CartId),
    /// A quote (TMF648).
    Quote(QuoteId),
    /// Nowhere: credit that is topped up without an order (TMF654), with the top-ups of the same amount that there were
    /// before. They are not this one.
    TopUp(Vec<OrderId>),
}

/// What the carrier asks for a basket, until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Where it stands.
    pub source: Source,
    /// What is bought.
    pub lines: Vec<QuoteLine>,
    /// What is due now, tax included.
    pub total: Money,
    /// The tax within it, where the carrier says so.
    pub tax: Option<Tax>,
    /// What comes again and again after that.
    pub recurring: Option<Recurring>,
    /// What became of the promo codes.
    pub codes: Vec<(String, CodeResult)>,
    /// Until when the price holds, where the carrier says so.
    pub expires: Option<Timestamp>,
}

/// Why a quote is not one for the basket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum QuoteError {
    /// Another offering, or another number of it, than was asked for.
    #[error("the price is for something else than the basket")]
    OtherThings,
    /// Another currency than that of the offers.
    #[error("the price is in another currency than the offers")]
    OtherCurrency,
    /// A total is not the sum of its lines.
    #[error("the total is not the sum of its lines")]
    WrongSum,
    /// A total is below zero.
    #[error("the total is negative")]
    Negative,
}

impl From<MoneyError> for QuoteError {
    fn from(error: MoneyError) -> Self {
        if error == MoneyError::MixedCurrencies { Self::OtherCurrency } else { Self::WrongSum }
    }
}

impl Quote {
    /// The price of credit where the carrier names none: what the subscriber said. `None` for any other basket.
    pub fn of_credit(basket: &Basket, before: Vec<OrderId>) -> Option<Self> {
        let [Item { how_much: HowMuch::Amount(Some(amount)), offering, .. }] = basket.items.as_slice() else {
            return None;
        };
        Some(Self::plain(Source::TopUp(before), vec![QuoteLine::one(offering.clone(), *amount)], *amount))
    }

    /// A price of which nothing else is known.
    pub const fn plain(source: Source, lines: Vec<QuoteLine>, total: Money) -> Self {
        Self { source, lines, total, tax: None, recurring: None, codes: vec![], expires: None }
    }

    /// Whether it is bought without an order, and so without a payment of its own.
    pub const fn is_top_up(&self) -> bool {
        matches!(self.source, Source::TopUp(_))
    }

    /// Whether this is a price for just this basket, in its currency, and adds up.
    ///
    /// # Errors
    /// Says what does not fit. A quote that does not fit is not shown: nobody consents to it.
    pub fn check(&self, basket: &Basket) -> Result<(), QuoteError> {
        let mut sum = Money::from_minor(0, basket.currency);
        let mut recurring: Option<Recurring> = None;
        for line in &self.lines {
            line.check()?;
            sum = sum.plus(line.total)?;
            if let Some(next) = line.recurring {
                let so_far = recurring.map_or(Ok(Money::from_minor(0, basket.currency)), |sum| {
                    if sum.every == next.every { Ok(sum.amount) } else { Err(QuoteError::WrongSum) }
                })?;
                recurring = Some(Recurring { amount: so_far.plus(next.amount)?, ..next });
            }
        }
        let is_for = |line: &QuoteLine| {
            let mut items = basket.items.iter().filter(|item| item.offering == line.offering);
            let amount = |how_much| match how_much {
                HowMuch::Amount(amount) => amount == Some(line.unit),
                HowMuch::Times(_) => true,
            };
            items.any(|item| item.quantity() == line.quantity && amount(item.how_much))
        };
        if self.lines.len() != basket.items.len() || !self.lines.iter().all(is_for) || self.has_twice() {
            return Err(QuoteError::OtherThings);
        }
        if self.total.is_negative() {
            return Err(QuoteError::Negative);
        }
        if !sum.minus(self.total)?.is_zero() || recurring != self.recurring {
            return Err(QuoteError::WrongSum);
        }
        Ok(())
    }

    fn has_twice(&self) -> bool {
        let twice = |(at, line): (usize, &QuoteLine)| self.lines[..at].iter().any(|one| one.offering == line.offering);
        self.lines.iter().enumerate().any(twice)
    }

    /// What all of it costs before promotions.
    pub fn before_reductions(&self) -> Option<Money> {
        let zero = Money::from_minor(0, self.total.currency());
        self.lines.iter().try_fold(zero, |sum, line| sum.plus(line.unit.times(line.quantity.get()).ok()?).ok())
    }

    /// When the last of the services then ends, where the carrier says so.
    pub fn ends(&self) -> Option<Timestamp> {
        self.lines.iter().filter_map(|line| line.ends).max()
    }

    /// When the plan then ends: what renews it and data on top of it say so, an hour of full speed does not.
    pub fn plan_ends(&self, basket: &Basket) -> Option<Timestamp> {
        let of_plan = |line: &&QuoteLine| {
            let mut items = basket.items.iter().filter(|item| item.offering == line.offering);
            items.any(|item| item.kind.extends_plan())
        };
        self.lines.iter().filter(of_plan).filter_map(|line| line.ends).max()
    }
}

impl QuoteLine {
    /// One of an offering at a price, of which nothing else is known.
    pub const fn one(offering: OfferingId, price: Money) -> Self {
        Self {
            offering,
            quantity: Quantity::ONE,
            unit: price,
            reductions: vec![],
            total: price,
            recurring: None,
            starts: None,
            ends: None,
            remaining: None,
            bonus: None,
        }
    }

    /// Whether what one costs, so many times and lowered by the reductions, is what all of them cost.
    fn check(&self) -> Result<(), QuoteError> {
        let mut sum = self.unit.times(self.quantity.get())?;
        for reduction in &self.reductions {
            sum = sum.plus(reduction.amount)?;
        }
        if self.total.is_negative() || self.unit.is_negative() {
            return Err(QuoteError::Negative);
        }
        if sum.minus(self.total)?.is_zero() { Ok(()) } else { Err(QuoteError::WrongSum) }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::domain::basket::tests::{basket, euro, item, two_data_packs};
    use crate::domain::money::Currency;
    use crate::domain::offering::OfferingKind;
    use crate::domain::time::Period;

    fn euros(minor: i64) -> Money {
        Money::from_minor(minor, euro())
    }

    /// So many of an offering at a price for one.
    pub(crate) fn line(offering: &str, quantity: u32, unit: Money) -> QuoteLine {
        let one = QuoteLine::one(OfferingId::new(offering).unwrap(), unit);
        QuoteLine { quantity: Quantity::new(quantity).unwrap(), total: unit.times(quantity).unwrap(), ..one }
    }

    /// A price that adds up, of these lines.
    pub(crate) fn quote(lines: Vec<QuoteLine>) -> Quote {
        let total = lines.iter().skip(1).fold(lines[0].total, |sum, line| sum.plus(line.total).unwrap());
        Quote::plain(Source::Cart(CartId::new("cart-1").unwrap()), lines, total)
    }

    fn two() -> Quote {
        quote(vec![line("data-20", 2, euros(2_400))])
    }

    fn changed(change: impl FnOnce(&mut Quote)) -> Result<(), QuoteError> {
        let mut quote = two();
        change(&mut quote);
        quote.check(&two_data_packs())
    }

    #[test]
    fn takes_what_adds_up() {
        assert_eq!(two().check(&two_data_packs()), Ok(()));
        let reduced = |quote: &mut Quote| {
            quote.lines[0].reductions = vec![Reduction { name: "Autumn".into(), amount: euros(-480) }];
            quote.lines[0].total = euros(4_320);
            quote.total = euros(4_320);
        };
        assert_eq!(changed(reduced), Ok(()));
    }

    #[test]
    fn refuses_what_does_not() {
        assert_eq!(changed(|quote| quote.total = euros(4_799)), Err(QuoteError::WrongSum));
        assert_eq!(changed(|quote| quote.lines.clear()), Err(QuoteError::OtherThings));
        assert_eq!(changed(|quote| quote.lines.push(quote.lines[0].clone())), Err(QuoteError::OtherThings));
        assert_eq!(changed(|quote| quote.lines[0] = line("data-20", 1, euros(4_800))), Err(QuoteError::OtherThings));
        assert_eq!(changed(|quote| quote.lines[0] = line("data-50", 2, euros(2_400))), Err(QuoteError::OtherThings));
        let discount = Reduction { name: "Hidden".into(), amount: euros(-1) };
        assert_eq!(changed(|quote| quote.lines[0].reductions.push(discount)), Err(QuoteError::WrongSum));
        assert_eq!(
            changed(|quote| {
                quote.total = euros(-1);
                quote.lines[0].total = euros(-1);
            }),
            Err(QuoteError::Negative)
        );
    }

    #[test]
    fn another_currency_is_no_price() {
        let francs = |minor| Money::from_minor(minor, Currency::from_code("CHF").unwrap());
        assert_eq!(changed(|quote| quote.total = francs(4_800)), Err(QuoteError::OtherCurrency));
        let all = quote(vec![line("data-20", 2, francs(2_400))]);
        assert_eq!(all.check(&two_data_packs()), Err(QuoteError::OtherCurrency));
    }

    #[test]
    fn each_item_stands_on_the_bill_once() {
        let two = basket(vec![item("data-20", OfferingKind::Data, 2), item("filter", OfferingKind::Extra, 1)]);
        let bill = |first: &str, second: &str| quote(vec![line(first, 2, euros(2_400)), line(second, 1, euros(150))]);
        assert_eq!(bill("data-20", "filter").check(&two), Ok(()));
        assert_eq!(bill("data-20", "data-20").check(&two), Err(QuoteError::OtherThings));
        assert_eq!(quote(vec![line("data-20", 2, euros(2_400))]).check(&two), Err(QuoteError::OtherThings));
    }

    #[test]
    fn credit_costs_what_was_said() {
        let amount = Some(euros(2_500));
        let credit = Item { how_much: HowMuch::Amount(amount), ..item("credit", OfferingKind::Credit, 1) };
        let basket = basket(vec![credit]);
        assert_eq!(quote(vec![line("credit", 1, euros(2_500))]).check(&basket), Ok(()));
        assert_eq!(quote(vec![line("credit", 1, euros(5_000))]).check(&basket), Err(QuoteError::OtherThings));
    }

    #[test]
    fn only_the_plan_says_when_the_plan_ends() {
        let two = basket(vec![item("data-20", OfferingKind::Data, 1), item("europe", OfferingKind::Roaming, 1)]);
        let ending =
            |offering, ends| QuoteLine { ends: Some(Timestamp::from_millis(ends)), ..line(offering, 1, euros(100)) };
        let quote = quote(vec![ending("data-20", 5), ending("europe", 9)]);
        assert_eq!(
            (quote.plan_ends(&two), quote.ends()),
            (Some(Timestamp::from_millis(5)), Some(Timestamp::from_millis(9)))
        );
    }

    #[test]
    fn what_comes_again_adds_up_too() {
        let monthly = |minor| Some(Recurring { amount: euros(minor), every: Period::Months(1) });
        let with = |of_line, of_quote| {
            changed(|quote| {
                quote.lines[0].recurring = of_line;
                quote.recurring = of_quote;
            })
        };
        assert_eq!(with(monthly(120), monthly(120)), Ok(()));
        assert_eq!(with(monthly(120), monthly(100)), Err(QuoteError::WrongSum));
        assert_eq!(with(monthly(120), None), Err(QuoteError::WrongSum));
        assert_eq!(with(None, monthly(120)), Err(QuoteError::WrongSum));
    }
}
