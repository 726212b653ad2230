//! The carrier's price for a basket (TMF663).

use super::basket::{Basket, Quantity};
use super::id::{CartId, OfferingId};
use super::money::{Money, MoneyError};
use super::time::Timestamp;
use thiserror::Error;

/// One line of the bill to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteLine {
    /// What is bought.
    pub offering: OfferingId,
    /// How many of it.
    pub quantity: Quantity,
    /// What one costs, tax included.
    pub unit: Money,
    /// What all of them cost, tax included.
    pub total: Money,
    /// When the renewed service then ends, where the carrier says so.
    pub ends: Option<Timestamp>,
}

/// The tax within a total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tax {
    /// The amount.
    pub amount: Money,
    /// The rate in percent, as decimal text.
    pub rate: Option<String>,
}

/// What the carrier asks for a basket, until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The carrier's cart.
    pub cart: CartId,
    /// What is in it.
    pub lines: Vec<QuoteLine>,
    /// What is due now, tax included.
    pub total: Money,
    /// The tax within it, where the carrier says so.
    pub tax: Option<Tax>,
    /// Until when the price holds, where the carrier says so.
    pub expires: Option<Timestamp>,
}

/// Why a quote is not one for the basket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum QuoteError {
    /// Another offering, or another number of it, than was asked for.
    #[error("the cart holds something else than the basket")]
    OtherThings,
    /// The total is not the sum of the lines.
    #[error("the cart's total is not the sum of its lines")]
    WrongSum,
    /// The total is below zero.
    #[error("the cart's total is negative")]
    Negative,
    /// Two currencies, or a sum that does not fit.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl Quote {
    /// Whether this is a price for just this basket, and adds up.
    ///
    /// # Errors
    /// Says what does not fit. A quote that does not fit is not shown: nobody consents to it.
    pub fn check(&self, basket: &Basket) -> Result<(), QuoteError> {
        let [line] = self.lines.as_slice() else {
            return Err(QuoteError::OtherThings);
        };
        if line.offering != basket.offering || line.quantity != basket.quantity {
            return Err(QuoteError::OtherThings);
        }
        if self.total.is_negative() || line.total.is_negative() {
            return Err(QuoteError::Negative);
        }
        if line.total.minus(self.total)?.is_zero() { Ok(()) } else { Err(QuoteError::WrongSum) }
    }

    /// When the renewed service then ends, where the carrier says so.
    pub fn ends(&self) -> Option<Timestamp> {
        self.lines.iter().filter_map(|line| line.ends).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::basket::two_data_packs as basket;
    use crate::domain::money::Currency;

    fn money(minor: i64, code: &str) -> Money {
        Money::from_minor(minor, Currency::from_code(code).unwrap())
    }

    fn quote() -> Quote {
        Quote {
            cart: CartId::new("cart-1").unwrap(),
            lines: vec![QuoteLine {
                offering: OfferingId::new("data-20").unwrap(),
                quantity: Quantity::new(2).unwrap(),
                unit: money(2400, "EUR"),
                total: money(4800, "EUR"),
                ends: None,
            }],
            total: money(4800, "EUR"),
            tax: None,
            expires: None,
        }
    }

    #[test]
    fn takes_what_adds_up() {
        assert_eq!(quote().check(&basket()), Ok(()));
    }

    #[test]
    fn refuses_what_does_not() {
        let changed = |change: fn(&mut Quote)| {
            let mut quote = quote();
            change(&mut quote);
            quote.check(&basket())
        };
        assert_eq!(changed(|quote| quote.total = money(4799, "EUR")), Err(QuoteError::WrongSum));
        assert_eq!(changed(|quote| quote.lines.clear()), Err(QuoteError::OtherThings));
        assert_eq!(changed(|quote| quote.lines.push(quote.lines[0].clone())), Err(QuoteError::OtherThings));
        assert_eq!(changed(|quote| quote.lines[0].quantity = Quantity::ONE), Err(QuoteError::OtherThings));
        assert_eq!(
            changed(|quote| quote.total = money(4800, "CHF")),
            Err(QuoteError::Money(MoneyError::MixedCurrencies))
        );
        assert_eq!(
            changed(|quote| {
                quote.total = money(-1, "EUR");
                quote.lines[0].total = money(-1, "EUR");
            }),
            Err(QuoteError::Negative)
        );
    }
}
