//! States by 64 bits each: the states themselves would not fit into memory.

use std::hash::{Hash, Hasher};

use crate::world::World;

/// 64 bits that stand for a state. Two of some ten million states share them with a probability below one in 100 000.
pub fn fingerprint(world: &World) -> u64 {
    let mut hasher = Folded(0x9E37_79B9_7F4A_7C15);
    world.hash(&mut hasher);
    hasher.finish()
}

/// Multiplies to 128 bits and folds them: quick, and every bit counts.
struct Folded(u64);

impl Folded {
    fn fold(&mut self, value: u64) {
        let wide = u128::from(self.0 ^ value) * u128::from(0xD6E8_FEB8_6659_FD93_u64);
        let [low, high] = [wide & u128::from(u64::MAX), wide >> 64];
        let folded = u64::try_from(low ^ high).unwrap_or_default();
        self.0 = folded.rotate_left(23).wrapping_add(0xA076_1D64_78BD_642F);
    }
}

impl Hasher for Folded {
    fn finish(&self) -> u64 {
        let mut last = Self(self.0);
        last.fold(0xE703_7ED1_A0B4_28DB);
        last.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut eight = [0; 8];
            eight[..chunk.len()].copy_from_slice(chunk);
            self.fold(u64::from_le_bytes(eight));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.fold(value.into());
    }

    fn write_u32(&mut self, value: u32) {
        self.fold(value.into());
    }

    fn write_u64(&mut self, value: u64) {
        self.fold(value);
    }
}

/// A fingerprint needs no more hashing.
#[derive(Default)]
pub struct Itself(u64);

impl Hasher for Itself {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}
