//! Decimal numbers as they stand in JSON, without a float in between.

use thiserror::Error;

/// More digits than any price or volume has; what is longer is refused rather than rounded.
const MOST_DIGITS: u32 = 30;

/// `mantissa × 10^-scale`, exactly as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    mantissa: i128,
    scale: u32,
}

/// Why a text is no decimal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DecimalError {
    /// Something other than a JSON number (RFC 8259, section 6).
    #[error("not a decimal number")]
    NotANumber,
    /// The number does not fit, or has more digits than a price or a volume has.
    #[error("number out of range")]
    OutOfRange,
    /// The number is not a multiple of the unit it is asked in.
    #[error("number is finer than its unit")]
    TooFine,
}

impl Decimal {
    /// Reads a JSON number token such as `12`, `-0.5` or `1.2e3`.
    ///
    /// # Errors
    /// When the text is not such a token, or has over 30 digits.
    pub fn parse(text: &str) -> Result<Self, DecimalError> {
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (number, exponent) = match rest.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, parse_exponent(exponent)?),
            None => (rest, 0),
        };
        let (whole, fraction) = match number.split_once('.') {
            Some((_, "")) => return Err(DecimalError::NotANumber),
            Some(parts) => parts,
            None => (number, ""),
        };
        if whole.is_empty() {
            return Err(DecimalError::NotANumber);
        }
        let mut mantissa: i128 = 0;
        let mut digits = 0;
        for byte in whole.bytes().chain(fraction.bytes()) {
            if !byte.is_ascii_digit() {
                return Err(DecimalError::NotANumber);
            }
            if mantissa != 0 || byte != b'0' {
                digits += 1;
            }
            if digits > MOST_DIGITS {
                return Err(DecimalError::OutOfRange);
            }
            mantissa = mantissa * 10 + i128::from(byte - b'0');
        }
        let scale = i64::try_from(fraction.len()).map_err(|_| DecimalError::OutOfRange)? - exponent;
        if negative {
            mantissa = -mantissa;
        }
        Self::scaled(mantissa, scale)
    }

    fn scaled(mantissa: i128, scale: i64) -> Result<Self, DecimalError> {
        if mantissa == 0 {
            return Ok(Self { mantissa, scale: 0 });
        }
        if let Ok(scale) = u32::try_from(scale) {
            if scale > 2 * MOST_DIGITS {
                return Err(DecimalError::OutOfRange);
            }
            return Ok(Self { mantissa, scale });
        }
        let grown = u32::try_from(-scale)
            .ok()
            .and_then(|zeros| 10_i128.checked_pow(zeros))
            .and_then(|factor| mantissa.checked_mul(factor));
        grown.map(|mantissa| Self { mantissa, scale: 0 }).ok_or(DecimalError::OutOfRange)
    }

    /// The number in units of `1/per_one`: `12.10` in hundredths is `1210`.
    ///
    /// What is off by less than 10⁻⁶ of one (a float's noise, `12.100000000000001`) counts as that number of units.
    ///
    /// # Errors
    /// When the number is finer than that unit, or does not fit.
    pub fn in_units(self, per_one: i64) -> Result<i64, DecimalError> {
        let per_one = i128::from(per_one);
        let power = 10_i128.checked_pow(self.scale).ok_or(DecimalError::OutOfRange)?;
        let units = self.mantissa.checked_mul(per_one).ok_or(DecimalError::OutOfRange)?;
        let rounded = divide_half_up(units, power);
        let noise = (units - rounded * power).abs();
        let allowed = power.checked_mul(per_one).ok_or(DecimalError::OutOfRange)?;
        match noise.checked_mul(1_000_000) {
            Some(noise) if noise == 0 || noise < allowed => {
                i64::try_from(rounded).map_err(|_| DecimalError::OutOfRange)
            }
            Some(_) => Err(DecimalError::TooFine),
            None => Err(DecimalError::OutOfRange),
        }
    }

    /// Whether it is below zero.
    pub const fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// The number in units of `1/per_one`, rounded half away from zero: for volumes and rates, never for money.
    ///
    /// # Errors
    /// When the number does not fit.
    pub fn rounded_to_units(self, per_one: i64) -> Result<i64, DecimalError> {
        let power = 10_i128.checked_pow(self.scale).ok_or(DecimalError::OutOfRange)?;
        let units = self.mantissa.checked_mul(i128::from(per_one)).ok_or(DecimalError::OutOfRange)?;
        i64::try_from(divide_half_up(units, power)).map_err(|_| DecimalError::OutOfRange)
    }
}

fn parse_exponent(text: &str) -> Result<i64, DecimalError> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DecimalError::NotANumber);
    }
    match text.strip_prefix('+').unwrap_or(text).parse::<i64>() {
        Ok(exponent) if exponent.abs() <= i64::from(MOST_DIGITS) => Ok(exponent),
        _ => Err(DecimalError::OutOfRange),
    }
}

/// The one rounding of the project: half away from zero. `divisor` is positive.
pub(super) fn divide_half_up(dividend: i128, divisor: i128) -> i128 {
    let quotient = dividend / divisor;
    let rest = dividend % divisor;
    if rest.abs() >= divisor - rest.abs() { quotient + rest.signum() } else { quotient }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hundredths(text: &str) -> Result<i64, DecimalError> {
        Decimal::parse(text)?.in_units(100)
    }

    #[test]
    fn reads_what_json_writes() {
        assert_eq!(hundredths("12.10"), Ok(1210));
        assert_eq!(hundredths("-0.5"), Ok(-50));
        assert_eq!(hundredths("1.2e1"), Ok(1200));
        assert_eq!(hundredths("120E-1"), Ok(1200));
        assert_eq!(hundredths("0"), Ok(0));
        assert_eq!(hundredths("0.000"), Ok(0));
    }

    #[test]
    fn takes_a_floats_noise_for_what_was_meant() {
        assert_eq!(hundredths("12.100000000000001"), Ok(1210));
        assert_eq!(hundredths("12.099999999999999"), Ok(1210));
        assert_eq!(hundredths("12.1000009"), Ok(1210));
    }

    #[test]
    fn refuses_to_round() {
        assert_eq!(hundredths("12.101"), Err(DecimalError::TooFine));
        assert_eq!(hundredths("12.100001"), Err(DecimalError::TooFine));
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in ["", "-", ".", "1.", ".5", "1,5", "1.2.3", "1e", "1e1.5", "٣٠", "NaN", "--1", "+1", "0x10", "1e+-2"]
        {
            assert_eq!(Decimal::parse(text), Err(DecimalError::NotANumber), "{text}");
        }
    }

    #[test]
    fn refuses_what_does_not_fit() {
        for text in ["1e309", "1e-309", "1e30", "92233720368547758.08"] {
            assert_eq!(hundredths(text), Err(DecimalError::OutOfRange), "{text}");
        }
        assert_eq!(hundredths(&"9".repeat(31)), Err(DecimalError::OutOfRange));
        assert_eq!(hundredths("92233720368547758.07"), Ok(i64::MAX));
    }

    #[test]
    fn rounds_half_away_from_zero() {
        assert_eq!(divide_half_up(5, 2), 3);
        assert_eq!(divide_half_up(-5, 2), -3);
        assert_eq!(divide_half_up(4, 3), 1);
        assert_eq!(divide_half_up(5, 3), 2);
    }
}
