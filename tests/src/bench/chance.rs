//! A small seeded generator for made-up data: the same seed gives the same data on every machine.
//!
//! Not for secrets. Called by everything here that makes something up.

/// SplitMix64 (Steele, Lea, Flood 2014): one addition and a mix for each number.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// A generator from a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub const fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mix = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mix = (mix ^ (mix >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mix ^ (mix >> 31)
    }

    /// A whole number from 0 to below `end`, which must not be 0.
    pub const fn below(&mut self, end: u64) -> u64 {
        // The product's upper half: its bias is below one in 2^32 for the small ends used here.
        ((self.bits() >> 32) * end) >> 32
    }

    /// A number from 0 to below 1.
    pub fn share(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// About normal, with mean 0 and deviation 1: the sum of four draws, moved and stretched.
    pub fn normal(&mut self) -> f64 {
        let sum: f64 = (0..4).map(|_| self.share()).sum();
        (sum - 2.0) * 3f64.sqrt()
    }

    /// Whether something happens that happens so often in a thousand times.
    pub const fn in_thousand(&mut self, times: u64) -> bool {
        self.below(1000) < times
    }

    /// One of several by weight; the weights must not all be 0.
    pub fn pick<T: Copy>(&mut self, choices: &[(T, u64)]) -> T {
        let mut at = self.below(choices.iter().map(|(_, weight)| weight).sum());
        for (choice, weight) in choices {
            if at < *weight {
                return *choice;
            }
            at -= weight;
        }
        choices[0].0
    }
}
