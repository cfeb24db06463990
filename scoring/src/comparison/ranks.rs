//! The test on ranks: whether one level tends to higher values than another.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::distribution::Distribution;
use crate::error::Undefined;
use crate::figure::{Figure, Undef};
use crate::probability::chi_square_sf;

/// The Kruskal-Wallis test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct KruskalWallis {
    /// The statistic, corrected for ties.
    pub h: f64,
    /// Degrees of freedom, levels - 1.
    pub df: u64,
    /// Probability of a larger chi-square variable.
    pub p: f64,
}

/// The distributions with answers on one denominator, at least two of them, and all their people.
pub(super) fn on_one_scale<'a>(levels: &[&'a Distribution]) -> Result<(Vec<&'a Distribution>, u64), Undef> {
    let answered: Vec<_> = levels.iter().copied().filter(|level| level.n() > 0).collect();
    let n = answered.iter().fold(0_u64, |sum, level| sum.saturating_add(level.n()));
    match answered.first() {
        Some(first) if answered.len() > 1 => {
            let same = answered.iter().all(|level| level.denominator() == first.denominator());
            if same { Ok((answered, n)) } else { Err(Undef::new(Undefined::DifferentScales, n)) }
        }
        _ => Err(Undef::new(Undefined::OneGroup, n)),
    }
}

/// The rank test of Kruskal & Wallis 1952 with the correction for ties, by the chi-square approximation.
///
/// With mid-ranks r over all N people and the mean r̄_j of level j,
/// H = (N - 1) Σ n_j (r̄_j - (N+1)/2)² / Σ (r - (N+1)/2)², which is the usual H divided by 1 - Σ(t³ - t)/(N³ - N)
/// and loses no digits; rank sums are exact integers. On five codes the correction is large. Levels without
/// answers take no part. Undefined for fewer than two levels, when all people have one value, and on different
/// denominators.
///
/// ```
/// use scoring::{Distribution, kruskal_wallis};
/// let scores = |counts: &[(i64, u64)]| {
///     let mut scores = Distribution::new(1);
///     counts.iter().for_each(|&(key, people)| scores.increase(key, people));
///     scores
/// };
/// let (low, high) = (scores(&[(1, 3), (2, 2)]), scores(&[(2, 1), (3, 4)]));
/// let test = kruskal_wallis(&[&low, &high]);
/// assert!((test.known().unwrap().h - 6.477551).abs() < 1e-6);
/// ```
pub fn kruskal_wallis(levels: &[&Distribution]) -> Figure<KruskalWallis> {
    let (levels, n) = match on_one_scale(levels) {
        Ok(both) => both,
        Err(undef) => return Figure::Undefined(undef),
    };
    let Some((between, all)) = rank_squares(&levels, n) else {
        return Figure::undefined(Undefined::TooLarge, n);
    };
    if all <= 0.0 {
        return Figure::undefined(Undefined::NoVariance, n);
    }
    let h = (n as f64 - 1.0) * between / all;
    let df = levels.len() as u64 - 1;
    match chi_square_sf(h, df as f64) {
        Some(p) => Figure::Known(KruskalWallis { h, df, p }),
        None => Figure::undefined(Undefined::TooLarge, n),
    }
}

/// Σ n_j (2r̄_j - (N+1))² and Σ (2r - (N+1))² with doubled ranks, which are whole; `None` beyond the counters.
fn rank_squares(levels: &[&Distribution], n: u64) -> Option<(f64, f64)> {
    let mut all: BTreeMap<i64, u64> = BTreeMap::new();
    for (key, people) in levels.iter().flat_map(|level| level.keys()) {
        let count = all.entry(key).or_default();
        *count = count.checked_add(people)?;
    }
    let centre = i128::from(n) + 1;
    let (mut below, mut squares) = (0_i128, 0_i128);
    let mut ranks: BTreeMap<i64, i128> = BTreeMap::new();
    for (&key, &people) in &all {
        let people = i128::from(people);
        let excess = 2 * below + people + 1 - centre;
        squares = squares.checked_add(people.checked_mul(excess.checked_mul(excess)?)?)?;
        ranks.insert(key, excess);
        below += people;
    }
    let mut between = 0.0;
    for level in levels {
        let mut sum = 0_i128;
        for (key, people) in level.keys() {
            sum = sum.checked_add(i128::from(people).checked_mul(*ranks.get(&key)?)?)?;
        }
        between += (sum as f64).powi(2) / level.n() as f64;
    }
    Some((between, squares as f64))
}
