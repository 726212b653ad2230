//! Money in minor units of an ISO 4217 currency.

use super::decimal::{Decimal, DecimalError, divide_half_up};
use std::cmp::Ordering;
use std::fmt;
use thiserror::Error;

/// The ISO 4217 currencies in use, by the digits of their minor unit.
const NO_DIGITS: &str = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
const TWO_DIGITS: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK \
DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL \
MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP \
SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XCG YER ZAR ZMW ZWG";
const THREE_DIGITS: &str = "BHD IQD JOD KWD LYD OMR TND";

/// An ISO 4217 currency and the number of digits of its minor unit.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency {
    code: [u8; 3],
    digits: u8,
}

impl Currency {
    /// The currency of an ISO 4217 code such as `EUR`.
    ///
    /// # Errors
    /// When the code is not one of a currency in use.
    pub fn from_code(code: &str) -> Result<Self, MoneyError> {
        let known = |list: &str| code.len() == 3 && list.split(' ').any(|one| one == code);
        let digits = if known(TWO_DIGITS) {
            2
        } else if known(NO_DIGITS) {
            0
        } else if known(THREE_DIGITS) {
            3
        } else {
            return Err(MoneyError::UnknownCurrency);
        };
        let code = code.as_bytes().try_into().map_err(|_| MoneyError::UnknownCurrency)?;
        Ok(Self { code, digits })
    }

    /// The ISO 4217 code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or_default()
    }

    fn minor_per_unit(self) -> i64 {
        10_i64.pow(u32::from(self.digits))
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Why an amount is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// The code is not one of ISO 4217's currencies in use.
    #[error("unknown currency")]
    UnknownCurrency,
    /// The number is malformed or finer than the currency's minor unit.
    #[error(transparent)]
    Amount(#[from] DecimalError),
    /// Two amounts of different currencies cannot be added or compared.
    #[error("two currencies in one sum")]
    MixedCurrencies,
    /// The sum does not fit.
    #[error("amount out of range")]
    OutOfRange,
}

/// An amount in minor units: `1999` of EUR is €19.99.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// An amount of minor units.
    pub const fn from_minor(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Reads a decimal number of whole units, `19.99`, refusing to round.
    ///
    /// # Errors
    /// When the text is no number or does not fit the currency's minor unit.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        Self::from_decimal(Decimal::parse(text)?, currency)
    }

    /// A decimal number of whole units, refusing to round.
    ///
    /// # Errors
    /// When it does not fit the currency's minor unit.
    pub fn from_decimal(number: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        Ok(Self { minor: number.in_units(currency.minor_per_unit())?, currency })
    }

    /// Reads what a person typed, `25`, `25.50` or `25,50`. `None` for anything that could mean two amounts, such as
    /// `1,000`, and for what is no amount at all.
    pub fn parse_typed(text: &str, currency: Currency) -> Option<Self> {
        let text = text.trim();
        let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
        let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        // Three digits behind a separator are thousands in one language and a fraction in another.
        if !is_number(whole) || !is_number(fraction) || fraction.len() > 2 {
            return None;
        }
        Self::parse(&[whole, ".", fraction].concat(), currency).ok()
    }

    /// The currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Whether there is nothing to pay.
    pub const fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// Whether it is below zero.
    pub const fn is_negative(self) -> bool {
        self.minor < 0
    }

    /// The sum.
    ///
    /// # Errors
    /// With another currency, or when the sum does not fit.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        let minor = self.same_currency(other)?.minor.checked_add(other.minor);
        Ok(Self { minor: minor.ok_or(MoneyError::OutOfRange)?, ..self })
    }

    /// The difference.
    ///
    /// # Errors
    /// With another currency, or when the difference does not fit.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        let minor = self.same_currency(other)?.minor.checked_sub(other.minor);
        Ok(Self { minor: minor.ok_or(MoneyError::OutOfRange)?, ..self })
    }

    /// So many times the amount.
    ///
    /// # Errors
    /// When the product does not fit.
    pub fn times(self, quantity: u32) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_mul(i64::from(quantity)).ok_or(MoneyError::OutOfRange)?;
        Ok(Self { minor, ..self })
    }

    /// What one unit costs when `parts` of them per `whole` cost this: the price per GB of 1,500 MB is
    /// `price.per(1_500, 1_000)`. Rounded half up, for display only. `None` when nothing is bought.
    pub fn per(self, parts: u64, whole: u64) -> Option<Self> {
        if parts == 0 {
            return None;
        }
        let minor = divide_half_up(i128::from(self.minor) * i128::from(whole), i128::from(parts));
        i64::try_from(minor).ok().map(|minor| Self { minor, ..self })
    }

    /// How many ten-thousandths of `whole` this is, rounded down. `None` for two currencies, and of nothing.
    pub fn share_of(self, whole: Self) -> Option<i64> {
        self.same_currency(whole).ok()?;
        let share = (i128::from(self.minor) * 10_000).checked_div(i128::from(whole.minor))?;
        i64::try_from(share).ok()
    }

    /// Which is more; `None` for two currencies.
    pub fn compare(self, other: Self) -> Option<Ordering> {
        self.same_currency(other).ok().map(|_| self.minor.cmp(&other.minor))
    }

    /// The number of whole units as decimal text, `19.99`: what `Intl.NumberFormat` and the carrier read without loss.
    pub fn to_decimal(self) -> String {
        let digits = usize::from(self.currency.digits);
        let sign = if self.minor < 0 { "-" } else { "" };
        let mut text = self.minor.unsigned_abs().to_string();
        if digits > 0 {
            while text.len() <= digits {
                text.insert(0, '0');
            }
            text.insert(text.len() - digits, '.');
        }
        text.insert_str(0, sign);
        text
    }

    fn same_currency(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency == other.currency { Ok(self) } else { Err(MoneyError::MixedCurrencies) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn money(text: &str, code: &str) -> Result<Money, MoneyError> {
        Money::parse(text, Currency::from_code(code)?)
    }

    #[test]
    fn knows_the_digits_of_each_currency() {
        assert_eq!(money("12.34", "EUR").map(Money::to_decimal).as_deref(), Ok("12.34"));
        assert_eq!(money("1234", "JPY").map(Money::to_decimal).as_deref(), Ok("1234"));
        assert_eq!(money("1.234", "TND").map(Money::to_decimal).as_deref(), Ok("1.234"));
        assert_eq!(money("0.05", "EUR").map(Money::to_decimal).as_deref(), Ok("0.05"));
        assert_eq!(money("-0.05", "EUR").map(Money::to_decimal).as_deref(), Ok("-0.05"));
    }

    #[test]
    fn takes_from_a_person_only_what_means_one_amount() {
        let typed = |text: &str, code: &str| {
            Money::parse_typed(text, Currency::from_code(code).unwrap()).map(Money::to_decimal)
        };
        for (text, amount) in
            [("25", "25.00"), (" 25.5 ", "25.50"), ("25,50", "25.50"), ("0,05", "0.05"), ("007", "7.00")]
        {
            assert_eq!(typed(text, "EUR").as_deref(), Some(amount), "{text}");
        }
        for text in
            ["", "-1", "+5", "1.213,49", "1,000", "1.000", "1e5", "٣٠", "25.", ",5", "1 000", "25€", "1.2.3", "NaN"]
        {
            assert_eq!(typed(text, "EUR"), None, "{text}");
        }
        assert_eq!(typed("30", "JPY").as_deref(), Some("30"));
        assert_eq!(typed("30.5", "JPY"), None);
        assert_eq!(typed("99999999999999999999", "EUR"), None);
    }

    #[test]
    fn refuses_what_the_currency_cannot_say() {
        assert_eq!(money("0.5", "JPY"), Err(MoneyError::Amount(DecimalError::TooFine)));
        assert_eq!(money("1.005", "EUR"), Err(MoneyError::Amount(DecimalError::TooFine)));
        for code in ["", "EU", "eur", "XXX", "BIF CLP", " EU", "€€€"] {
            assert_eq!(money("1", code), Err(MoneyError::UnknownCurrency), "{code}");
        }
    }

    #[test]
    fn never_mixes_currencies() {
        let (euro, franc) = (money("1", "EUR").unwrap(), money("1", "CHF").unwrap());
        assert_eq!(euro.plus(franc), Err(MoneyError::MixedCurrencies));
        assert_eq!(euro.minus(franc), Err(MoneyError::MixedCurrencies));
        assert_eq!(euro.compare(franc), None);
    }

    #[test]
    fn says_what_one_gigabyte_costs() {
        let price = money("24.00", "EUR").unwrap();
        assert_eq!(price.per(20, 1).map(Money::to_decimal).as_deref(), Some("1.20"));
        assert_eq!(price.per(7, 1).map(Money::to_decimal).as_deref(), Some("3.43"));
        assert_eq!(price.per(0, 1), None);
    }

    proptest! {
        /// What is written is what was read, in every currency's digits.
        #[test]
        fn reads_back_what_it_writes(minor: i64, code in prop::sample::select(vec!["EUR", "JPY", "KWD"])) {
            let money = Money::from_minor(minor, Currency::from_code(code).unwrap());
            prop_assert_eq!(Money::parse(&money.to_decimal(), money.currency()), Ok(money));
        }

        #[test]
        fn adding_and_taking_away_is_nothing(a in -(1_i64 << 60)..1 << 60, b in -(1_i64 << 60)..1 << 60) {
            let euro = Currency::from_code("EUR").unwrap();
            let (a, b) = (Money::from_minor(a, euro), Money::from_minor(b, euro));
            prop_assert_eq!(a.plus(b).and_then(|sum| sum.minus(b)), Ok(a));
        }

        #[test]
        fn so_many_times_is_so_many_sums(minor in -1_000_000_i64..1_000_000, quantity in 0_u32..50) {
            let euro = Currency::from_code("EUR").unwrap();
            let one = Money::from_minor(minor, euro);
            let sum = (0..quantity).try_fold(Money::from_minor(0, euro), |sum, _| sum.plus(one));
            prop_assert_eq!(one.times(quantity), sum);
        }

        #[test]
        fn no_text_panics(text in "\\PC{0,40}") {
            let _ = money(&text, "EUR");
        }
    }
}
