//! The test of equal spread.

use super::means::FTest;
use super::ranks::on_one_scale;
use crate::distribution::Distribution;
use crate::error::Undefined;
use crate::figure::Figure;

/// n, Σ z and Σ z² of one level, z twice the distance from the level's median in units of the denominator.
struct Distances {
    n: u64,
    sum: i128,
    square: i128,
}

/// The test of equal spread by Brown & Forsythe 1974 (JASA): Levene's test on distances from the *median*.
///
/// z = |x - median of the level|; the classic F of z over the levels, df1 = k - 1, df2 = N - k. Sums of z are
/// exact integers. Not [`crate::brown_forsythe_means`], their test of means. Levels without answers take no
/// part. Undefined for fewer than two levels, when every level has a single answer, when the distances do not
/// vary inside any level, and on different denominators.
///
/// ```
/// use scoring::{Distribution, brown_forsythe};
/// let scores = |keys: &[i64]| {
///     let mut scores = Distribution::new(1);
///     keys.iter().for_each(|&key| scores.increase(key, 1));
///     scores
/// };
/// // Distances 1 0 1 and 4 0 4.
/// let test = brown_forsythe(&[&scores(&[3, 4, 5]), &scores(&[0, 4, 8])]);
/// assert!((test.known().unwrap().f - 36.0 / 17.0).abs() < 1e-12);
/// ```
pub fn brown_forsythe(levels: &[&Distribution]) -> Figure<FTest> {
    let (levels, n) = match on_one_scale(levels) {
        Ok(both) => both,
        Err(undef) => return Figure::Undefined(undef),
    };
    if n <= levels.len() as u64 {
        return Figure::undefined(Undefined::SmallGroup, n);
    }
    let Some(distances) = levels.iter().map(|level| distances(level)).collect::<Option<Vec<_>>>() else {
        return Figure::undefined(Undefined::TooLarge, n);
    };
    let people = n as f64;
    let all: i128 = distances.iter().map(|level| level.sum).sum();
    let (mut between, mut within) = (0.0, 0.0);
    for level in &distances {
        let (Some(above), Some(squares)) = (level.above(all, n), level.within()) else {
            return Figure::undefined(Undefined::TooLarge, n);
        };
        between += above * above / (people * people * level.n as f64);
        within += squares / level.n as f64;
    }
    if within <= 0.0 {
        return Figure::undefined(Undefined::NoVariance, n);
    }
    let (df1, df2) = (levels.len() as f64 - 1.0, people - levels.len() as f64);
    FTest::new(between / df1 / (within / df2), df1, df2, n)
}

impl Distances {
    /// N Σ z - n Σ z of all, that is n N times how far the level's mean distance lies above that of all.
    fn above(&self, all: i128, n: u64) -> Option<f64> {
        let own = self.sum.checked_mul(i128::from(n))?;
        Some(own.checked_sub(all.checked_mul(i128::from(self.n))?)? as f64)
    }

    /// n Σ z² - (Σ z)², that is n times the squares about the level's mean.
    fn within(&self) -> Option<f64> {
        let squares = self.square.checked_mul(i128::from(self.n))?;
        Some(squares.checked_sub(self.sum.checked_mul(self.sum)?)? as f64)
    }
}

fn distances(level: &Distribution) -> Option<Distances> {
    let median = twice_the_median(level)?;
    let mut sums = Distances { n: level.n(), sum: 0, square: 0 };
    for (key, people) in level.keys() {
        let distance = (2 * i128::from(key) - median).abs();
        let weighted = distance.checked_mul(i128::from(people))?;
        sums.sum = sums.sum.checked_add(weighted)?;
        sums.square = sums.square.checked_add(weighted.checked_mul(distance)?)?;
    }
    Some(sums)
}

/// The sum of the middle two keys, which for an odd n are the same one.
fn twice_the_median(level: &Distribution) -> Option<i128> {
    let n = level.n();
    let at_rank = |rank: u64| {
        let mut below = 0;
        level.keys().find(|(_, people)| {
            below += people;
            below >= rank
        })
    };
    let (lower, upper) = (at_rank(n.div_ceil(2))?, at_rank(n / 2 + 1)?);
    Some(i128::from(lower.0) + i128::from(upper.0))
}
