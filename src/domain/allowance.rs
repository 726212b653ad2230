//! What a plan contains and what is left of it.

use super::decimal::{Decimal, DecimalError};
use thiserror::Error;

/// What an allowance counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Usage {
    /// Bytes sent and received.
    Data,
    /// Seconds of calls.
    Voice,
    /// Messages sent.
    Messages,
}

/// So much of something, in its base unit: bytes, seconds or messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Volume {
    /// A counted volume.
    Of(u64),
    /// Without a limit.
    Unlimited,
}

/// A volume of one kind of usage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Allowance {
    /// What is counted.
    pub usage: Usage,
    /// How much of it.
    pub volume: Volume,
}

/// Why a volume is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum VolumeError {
    /// The unit is not one of this kind of usage.
    #[error("unknown unit")]
    UnknownUnit,
    /// The number is malformed, negative or out of range.
    #[error(transparent)]
    Number(#[from] DecimalError),
}

impl Usage {
    /// How many base units one of `unit` is: GB is 10⁹ bytes, GiB is 2³⁰.
    fn base_units(self, unit: &str) -> Option<i64> {
        let units: &[(&str, i64)] = match self {
            Self::Data => &[
                ("B", 1),
                ("KB", 1_000),
                ("MB", 1_000_000),
                ("GB", 1_000_000_000),
                ("TB", 1_000_000_000_000),
                ("MIB", 1 << 20),
                ("GIB", 1 << 30),
            ],
            Self::Voice => &[("S", 1), ("SECOND", 1), ("MIN", 60), ("MINUTE", 60), ("H", 3_600), ("HOUR", 3_600)],
            Self::Messages => &[("MESSAGE", 1), ("SMS", 1), ("UNIT", 1)],
        };
        let unit = unit.to_ascii_uppercase();
        let singular = unit.strip_suffix('S').unwrap_or(&unit);
        units.iter().find(|(name, _)| *name == unit || *name == singular).map(|(_, worth)| *worth)
    }
}

impl Volume {
    /// Reads `2.8` of `GB`: rounded to the base unit, since a carrier's counters are floats.
    ///
    /// # Errors
    /// For another usage's unit, and for a number that is malformed, negative or too large.
    pub fn parse(usage: Usage, number: &str, unit: &str) -> Result<Self, VolumeError> {
        let worth = usage.base_units(unit).ok_or(VolumeError::UnknownUnit)?;
        let units = Decimal::parse(number)?.rounded_to_units(worth)?;
        u64::try_from(units).map(Self::Of).map_err(|_| VolumeError::Number(DecimalError::OutOfRange))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_volumes_in_the_units_that_carriers_use() {
        assert_eq!(Volume::parse(Usage::Data, "2.8", "GB"), Ok(Volume::Of(2_800_000_000)));
        assert_eq!(Volume::parse(Usage::Data, "2.8000000000000003", "gb"), Ok(Volume::Of(2_800_000_000)));
        assert_eq!(Volume::parse(Usage::Data, "1", "GiB"), Ok(Volume::Of(1_073_741_824)));
        assert_eq!(Volume::parse(Usage::Voice, "84", "minutes"), Ok(Volume::Of(5_040)));
        assert_eq!(Volume::parse(Usage::Voice, "30", "s"), Ok(Volume::Of(30)));
        assert_eq!(Volume::parse(Usage::Messages, "100", "SMS"), Ok(Volume::Of(100)));
    }

    #[test]
    fn refuses_what_is_no_volume() {
        assert_eq!(Volume::parse(Usage::Voice, "1", "GB"), Err(VolumeError::UnknownUnit));
        assert_eq!(Volume::parse(Usage::Data, "1", ""), Err(VolumeError::UnknownUnit));
        assert!(Volume::parse(Usage::Data, "-1", "GB").is_err());
        assert!(Volume::parse(Usage::Data, "1e20", "GB").is_err());
        assert!(Volume::parse(Usage::Data, "lots", "GB").is_err());
    }
}
