//! Numbers that follow from a seed.

/// `SplitMix64`.
pub struct Rng(u64);

impl Rng {
    /// Neighbouring seeds have nothing in common.
    pub fn new(seed: u64) -> Self {
        let mut rng = Self(seed ^ 0x5851_F42D_4C95_7F2D);
        rng.next();
        Self(rng.next())
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to one less than `end`.
    pub fn below(&mut self, end: u32) -> u32 {
        let wide = u128::from(self.next()) * u128::from(end);
        u32::try_from(wide >> 64).unwrap_or_default()
    }

    /// From one to the other, both included.
    pub fn between(&mut self, from: u32, to: u32) -> i64 {
        i64::from(from + self.below(to - from + 1))
    }

    /// So often in a hundred.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// One of several, each as likely as it says.
    pub fn weighted<T: Copy>(&mut self, all: &[(u32, T)], otherwise: T) -> T {
        let mut at = self.below(all.iter().map(|(weight, _)| weight).sum::<u32>().max(1));
        for (weight, one) in all {
            if at < *weight {
                return *one;
            }
            at -= weight;
        }
        otherwise
    }

    /// One of several.
    pub fn pick<T: Copy>(&mut self, all: &[T], otherwise: T) -> T {
        let at = self.below(u32::try_from(all.len()).unwrap_or(1).max(1));
        all.get(at as usize).copied().unwrap_or(otherwise)
    }
}
