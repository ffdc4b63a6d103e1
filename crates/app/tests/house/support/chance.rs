//! Randomness that can be repeated: SplitMix64 (Steele, Lea, Flood 2014) from a printed seed.

use core::{
    hash::{BuildHasher, Hasher},
    time::Duration,
};
use std::collections::hash_map::RandomState;

use uuid::{Builder, Uuid};

use super::variable;

#[derive(Debug, Clone)]
pub(crate) struct Chance(u64);

impl Chance {
    /// From `PARLOUR_TEST_SEED`, or from the system; prints the seed.
    pub(crate) fn seeded() -> Self {
        let seed = variable("PARLOUR_TEST_SEED").map_or_else(
            || Self::unseeded().draw(),
            |seed| seed.parse().expect("`PARLOUR_TEST_SEED` is a number"),
        );
        println!("PARLOUR_TEST_SEED={seed}");
        Self(seed)
    }

    /// For what no run needs to repeat, such as a free port.
    pub(crate) fn unseeded() -> Self {
        Self(RandomState::new().build_hasher().finish())
    }

    /// The same draws every time.
    pub(crate) const fn of(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// One of 0 to `end` - 1.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap();
        usize::try_from(self.draw() % end).unwrap()
    }

    pub(crate) fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    pub(crate) fn millis(&mut self, least: u64, most: u64) -> Duration {
        Duration::from_millis(least + self.draw() % (most - least + 1))
    }

    /// A random id, as a client chooses one.
    pub(crate) fn id(&mut self) -> Uuid {
        let (high, low) = (self.draw(), self.draw());
        let bytes = (u128::from(high) << 64 | u128::from(low)).to_be_bytes();
        Builder::from_random_bytes(bytes).into_uuid()
    }

    /// A generator of its own, for another thread.
    pub(crate) fn branch(&mut self) -> Self {
        Self(self.draw())
    }
}
