//! Chance of the torture ring: seeded, so that a run can be told by its seed.

use laatu::clock::{Chance, SeededChance};

/// A source of numbers.
pub struct Dice(SeededChance);

impl Dice {
    /// The same seed, the same numbers.
    pub fn new(seed: u64) -> Self {
        Self(SeededChance::new(seed))
    }

    /// A number from 0 to `below` - 1.
    pub fn below(&self, below: u64) -> u64 {
        let mut bytes = [0u8; 8];
        self.0.fill(&mut bytes);
        u64::from_le_bytes(bytes) % below.max(1)
    }

    /// A number between two, both included.
    pub fn between(&self, low: u64, high: u64) -> u64 {
        low + self.below(high - low + 1)
    }

    /// A seed for dice of somebody's own.
    pub fn seed(&self) -> u64 {
        self.below(u64::MAX)
    }
}
