//! A small seeded generator: whole numbers, shares, normal values, draws from a discrete distribution.

/// SplitMix64 (Steele, Lea & Flood 2014): one 64-bit counter, a new stream for each seed.
pub struct Random {
    state: u64,
    spare: Option<f64>,
}

impl Random {
    pub fn new(seed: u64) -> Random {
        Random { state: seed, spare: None }
    }

    /// The stream of one part of a simulation, far from the streams of all others.
    pub fn stream(seed: u64, part: u64) -> Random {
        let mut mixer = Random::new(seed);
        let start = mixer.next() ^ part.wrapping_mul(0xd134_2543_de82_ef95);
        let mut mixer = Random::new(start);
        Random::new(mixer.next())
    }

    pub fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Uniform in 0..1, 53 bits.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform in 0..limit; the bias is below limit / 2^64.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from((u128::from(self.next()) * limit as u128) >> 64).unwrap()
    }

    /// Standard normal, by the polar method (Marsaglia & Bray 1964).
    pub fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let (u, v) = (2.0 * self.share() - 1.0, 2.0 * self.share() - 1.0);
            let square = u * u + v * v;
            if square > 0.0 && square < 1.0 {
                let factor = (-2.0 * square.ln() / square).sqrt();
                self.spare = Some(v * factor);
                return u * factor;
            }
        }
    }
}

/// Draws from a discrete distribution in constant time (the alias method, Walker 1977; Vose 1991).
pub struct Alias(Vec<(f64, usize)>);

impl Alias {
    pub fn new(shares: &[f64]) -> Alias {
        let k = shares.len();
        let total: f64 = shares.iter().sum();
        let mut rest: Vec<f64> = shares.iter().map(|share| share * k as f64 / total).collect();
        let (mut poor, mut rich): (Vec<usize>, Vec<usize>) = (0..k).partition(|&place| rest[place] < 1.0);
        let mut table: Vec<(f64, usize)> = (0..k).map(|place| (1.0, place)).collect();
        while let (Some(taker), Some(&giver)) = (poor.pop(), rich.last()) {
            table[taker] = (rest[taker], giver);
            rest[giver] -= 1.0 - rest[taker];
            if rest[giver] < 1.0 {
                rich.pop();
                poor.push(giver);
            }
        }
        Alias(table)
    }

    /// The place of the category drawn, from 0.
    pub fn draw(&self, random: &mut Random) -> usize {
        let place = random.below(self.0.len());
        let (keep, other) = self.0[place];
        if random.share() < keep { place } else { other }
    }
}

#[test]
fn the_generator_gives_the_published_sequence() {
    let mut random = Random::new(1_234_567);
    let drawn: Vec<u64> = (0..3).map(|_| random.next()).collect();
    assert_eq!(drawn, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
}

#[test]
fn draws_have_the_shares_that_were_asked_for() {
    let shares = [0.005, 0.005, 0.01, 0.08, 0.9];
    let (alias, mut random, runs) = (Alias::new(&shares), Random::new(7), 400_000);
    let mut counts = [0.0; 5];
    (0..runs).for_each(|_| counts[alias.draw(&mut random)] += 1.0);
    let chi2: f64 = shares
        .iter()
        .zip(counts)
        .map(|(share, count)| {
            let expected = share * f64::from(runs);
            (count - expected) * (count - expected) / expected
        })
        .sum();
    assert!(chi2 < 23.5, "chi2 {chi2} on 4 degrees of freedom, 99.99 % point 23.5");
}

#[test]
fn normal_values_have_the_moments_of_the_normal_distribution() {
    let (mut random, runs) = (Random::new(11), 400_000);
    let draws: Vec<f64> = (0..runs).map(|_| random.normal()).collect();
    let moment = |power| draws.iter().map(|x| x.powi(power)).sum::<f64>() / f64::from(runs);
    let error = f64::from(runs).sqrt().recip();
    // Standard errors of the first four moments: 1, √2, √15 and √96 over √n.
    for (power, expected, spread) in [(1, 0.0, 1.0), (2, 1.0, 1.4143), (3, 0.0, 3.873), (4, 3.0, 9.798)] {
        let found = moment(power);
        assert!((found - expected).abs() < 4.0 * spread * error, "moment {power}: {found}");
    }
}
