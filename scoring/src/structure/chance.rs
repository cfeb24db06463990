//! Random numbers for simulations that come out the same every time.
//!
//! Not for secrets. Only `parallel` draws from it.

/// SplitMix64 (Steele, Lea & Flood 2014): a counter and a mixing function, 2⁶⁴ numbers.
pub(super) struct Chance {
    state: u64,
    spare: Option<f64>,
}

impl Chance {
    pub(super) fn new(seed: u64) -> Chance {
        Chance { state: seed, spare: None }
    }

    fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Uniform on 0..1, a multiple of 2⁻⁵³.
    pub(super) fn uniform(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Standard normal, by the polar method (Marsaglia & Bray 1964).
    pub(super) fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let (u, v) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let s = u * u + v * v;
            if s > 0.0 && s < 1.0 {
                let factor = (-2.0 * s.ln() / s).sqrt();
                self.spare = Some(v * factor);
                return u * factor;
            }
        }
    }

    /// χ² with a whole number of degrees of freedom: squares for few, else Marsaglia & Tsang's (2000) gamma.
    pub(super) fn chi_squared(&mut self, degrees: u64) -> f64 {
        if degrees < 3 {
            return (0..degrees).map(|_| self.normal().powi(2)).sum();
        }
        let d = degrees as f64 / 2.0 - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            let u = self.uniform();
            if v > 0.0 && u > 0.0 && u.ln() < 0.5 * x * x + d * (1.0 - v + v.ln()) {
                return 2.0 * d * v;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(mut draw: impl FnMut() -> f64) -> (f64, f64) {
        let n = 20_000;
        let (sum, square) = (0..n).map(|_| draw()).fold((0.0, 0.0), |(s, q), x| (s + x, q + x * x));
        let mean = sum / f64::from(n);
        (mean, square / f64::from(n) - mean * mean)
    }

    #[test]
    fn the_first_numbers_of_a_seed_are_those_of_the_published_generator() {
        let mut chance = Chance::new(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| chance.bits()).collect();
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn means_and_variances_are_those_of_the_distributions() {
        let mut chance = Chance::new(1);
        let (mean, variance) = moments(|| chance.normal());
        assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.04, "{mean} {variance}");
        for degrees in [1, 2, 3, 40, 100_000_u64] {
            let v = degrees as f64;
            let (mean, variance) = moments(|| chance.chi_squared(degrees));
            let error = (2.0 * v / 20_000.0).sqrt();
            assert!((mean - v).abs() < 4.0 * error, "{degrees}: mean {mean}");
            assert!((variance / (2.0 * v) - 1.0).abs() < 0.15, "{degrees}: variance {variance}");
        }
    }
}
