//! Means and covariances of several person scores at once, in raw units.
//!
//! Complete people are read here, from the exact sums of each present-mask; planned missing answers are the
//! matter of `em`. Regressions, drivers and fitted weights take these moments and know nothing of counts.

#![allow(clippy::indexing_slicing, reason = "tables of width × width indexed below width")]

use std::collections::BTreeMap;

use serde::Serialize;

use crate::cell::{JointCounts, Sums, rank};
use crate::error::Undefined;
use crate::figure::Undef;
use crate::layout::Layout;

/// Means and covariances of some person scores, with the number of people they rest on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScoreMoments {
    /// People.
    pub n: u64,
    /// Mean of each score, raw units.
    pub mean: Vec<f64>,
    /// Covariance of each two scores; divisor n - 1 from complete people, n from EM.
    pub covariance: Vec<Vec<f64>>,
}

impl ScoreMoments {
    /// The moments of linear combinations of the scores: combination i is Σ_j `rows[i][j]` score_j.
    ///
    /// A row that is shorter than the scores leaves the rest out.
    ///
    /// ```
    /// use scoring::ScoreMoments;
    /// let both = ScoreMoments { n: 9, mean: vec![3.0, 1.0], covariance: vec![vec![4.0, 1.0], vec![1.0, 2.0]] };
    /// let gap = both.combined(&[vec![1.0, -1.0]]);
    /// assert_eq!((gap.mean[0], gap.covariance[0][0]), (2.0, 4.0));
    /// ```
    #[must_use]
    pub fn combined(&self, rows: &[Vec<f64>]) -> ScoreMoments {
        let dot = |a: &[f64], b: &[f64]| crate::matrix::dot(a, b);
        let images: Vec<Vec<f64>> =
            rows.iter().map(|row| self.covariance.iter().map(|c| dot(c, row)).collect()).collect();
        let covariance = rows.iter().map(|a| images.iter().map(|image| dot(a, image)).collect()).collect();
        ScoreMoments { n: self.n, mean: rows.iter().map(|row| dot(row, &self.mean)).collect(), covariance }
    }

    /// The moments of some of the scores, in the order given; a place that is not there is left out.
    #[must_use]
    pub fn picked(&self, places: &[usize]) -> ScoreMoments {
        let places: Vec<usize> = places.iter().copied().filter(|&place| place < self.mean.len()).collect();
        let row = |&place: &usize| places.iter().map(|&other| self.covariance[place][other]).collect();
        ScoreMoments {
            n: self.n,
            mean: places.iter().map(|&place| self.mean[place]).collect(),
            covariance: places.iter().map(row).collect(),
        }
    }

    /// The correlations, flat by rows; undefined when a score has no variance, and when the covariances are such
    /// that one is none: no number, or beyond ±1.
    pub(crate) fn correlations(&self) -> Result<Vec<f64>, Undefined> {
        let sd: Vec<f64> = self.covariance.iter().enumerate().map(|(place, row)| row[place].sqrt()).collect();
        if !sd.iter().all(|&sd| sd > 0.0) {
            return Err(Undefined::NoVariance);
        }
        let rows = self.covariance.iter().zip(&sd);
        let all: Vec<f64> =
            rows.flat_map(|(row, a)| row.iter().zip(&sd).map(move |(c, b)| c / (a * b))).collect();
        // Beyond ±1 by more than rounding: covariances of no people at all.
        let are_correlations = all.iter().all(|r| r.abs() <= 1.0 + 1e-6);
        are_correlations.then_some(all).ok_or(Undefined::NotPositiveDefinite)
    }
}

/// Means and covariances (divisor n - 1) over the people who have every one of the scores.
///
/// `variables` are places in [`Layout::variables`]; a score of several items follows the half rule. Exact sums,
/// one division at the end. Undefined when fewer than two people have all scores; an unknown place
/// gives a report on nobody.
///
/// ```
/// use scoring::*;
/// let scale = Scale::new(1, 5)?;
/// let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
/// let dimension = |key: &str, item| DimensionSpec {
///     key: key.into(), facet: Facet::Experience, of: None, items: vec![item],
/// };
/// let dimensions = vec![dimension("speed", 0), dimension("care", 1)];
/// let layout = Layout::new(vec![item("a"), item("b")], dimensions, Outcomes::default())?;
/// let mut cell = GroupedCell::empty(&layout);
/// for (group, row) in [[1, 2], [3, 3], [5, 4]].iter().enumerate() {
///     let codes: Vec<Code> = row.iter().filter_map(|&raw| Code::answer(raw, scale)).collect();
///     cell.record(&layout, &codes, group as u8)?;
/// }
/// let moments = listwise_moments(&layout, &cell.total(&layout), &[0, 1]).unwrap();
/// assert_eq!((moments.n, moments.mean[1], moments.covariance[0][1]), (3, 3.0, 2.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn listwise_moments(
    layout: &Layout,
    joint: &JointCounts,
    variables: &[usize],
) -> Result<ScoreMoments, Undef> {
    let by_mask = project(layout, joint, variables);
    let all = by_mask.get(&(u64::MAX >> (64 - variables.len().clamp(1, 64))));
    let Some(sums) = all.filter(|sums| sums.places.len() == variables.len()) else {
        let reason = if by_mask.is_empty() { Undefined::NoAnswers } else { Undefined::NoneComplete };
        return Err(Undef::new(reason, 0));
    };
    if sums.n < 2 {
        return Err(Undef::new(Undefined::OneAnswer, sums.n));
    }
    let units = units(layout, variables);
    let mean = sums.mean(&units);
    let mut covariance = sums.scatter(&units);
    covariance.iter_mut().flatten().for_each(|x| *x /= sums.n as f64 - 1.0);
    Ok(ScoreMoments { n: sums.n, mean, covariance })
}

/// L of each variable: what its whole-number scores are divided by.
pub(crate) fn units(layout: &Layout, variables: &[usize]) -> Vec<f64> {
    variables.iter().map(|&variable| layout.multiple(variable) as f64).collect()
}

/// Exact sums of the people who have the same ones of the chosen variables.
#[derive(Default)]
pub(crate) struct MaskSums {
    pub(crate) n: u64,
    /// Which of the chosen variables they have, ascending.
    pub(crate) places: Vec<usize>,
    totals: Vec<i128>,
    /// Rows of the lower triangle.
    products: Vec<Vec<i128>>,
}

impl MaskSums {
    fn take(&mut self, sums: &Sums, ranks: &[(usize, usize)]) {
        if self.places.is_empty() {
            self.places = ranks.iter().map(|(place, _)| *place).collect();
            self.totals = vec![0; ranks.len()];
            self.products = (1..=ranks.len()).map(|width| vec![0; width]).collect();
        }
        self.n += sums.n;
        for (row, &(_, u)) in ranks.iter().enumerate() {
            self.totals[row] += sums.total(u);
            for (column, &(_, v)) in ranks[..=row].iter().enumerate() {
                self.products[row][column] += sums.product(u, v);
            }
        }
    }

    /// Mean of each variable in raw units; `units` of all chosen variables.
    pub(crate) fn mean(&self, units: &[f64]) -> Vec<f64> {
        let n = self.n as f64;
        self.totals.iter().zip(&self.places).map(|(&sum, &place)| sum as f64 / (n * units[place])).collect()
    }

    /// Sums of squares and products about the means, in raw units.
    pub(crate) fn scatter(&self, units: &[f64]) -> Vec<Vec<f64>> {
        let width = self.places.len();
        let mut table = vec![vec![0.0; width]; width];
        for row in 0..width {
            for column in 0..=row {
                let exact =
                    central(self.n, self.totals[row], self.totals[column], self.products[row][column]);
                let scatter = exact / (units[self.places[row]] * units[self.places[column]]);
                table[row][column] = scatter;
                table[column][row] = scatter;
            }
        }
        table
    }
}

/// The sums by which of the chosen variables people have; who has none is left out.
///
/// The key has a bit for each place in `variables`. Empty when a variable is not in the layout.
pub(crate) fn project(layout: &Layout, joint: &JointCounts, variables: &[usize]) -> BTreeMap<u64, MaskSums> {
    let mut by_mask: BTreeMap<u64, MaskSums> = BTreeMap::new();
    if variables.len() > 64 || variables.iter().any(|&variable| variable >= layout.variables().len()) {
        return by_mask;
    }
    for (mask, sums) in joint.moments().iter() {
        let present = variables.iter().enumerate().filter(|(_, bit)| mask & (1 << **bit) != 0);
        let ranks: Vec<(usize, usize)> = present.map(|(place, &bit)| (place, rank(mask, bit))).collect();
        let key = ranks.iter().fold(0, |key, (place, _)| key | (1_u64 << place));
        if key != 0 {
            by_mask.entry(key).or_default().take(sums, &ranks);
        }
    }
    by_mask
}

/// Σ (a - mean a)(b - mean b) = Σ ab - Σa Σb/n, exact up to one division; n ≥ 1.
///
/// Where n Σ ab leaves 128 bits, both are first moved by their mean rounded down to a whole number.
pub(crate) fn central(n: u64, sum_a: i128, sum_b: i128, product: i128) -> f64 {
    let people = i128::from(n);
    let exact = people
        .checked_mul(product)
        .zip(sum_a.checked_mul(sum_b))
        .and_then(|(first, second)| first.checked_sub(second));
    if let Some(exact) = exact {
        return exact as f64 / n as f64;
    }
    let (a, b) = (sum_a.div_euclid(people), sum_b.div_euclid(people));
    let (rest_a, rest_b) = (sum_a.rem_euclid(people), sum_b.rem_euclid(people));
    // Σ (x - a)(y - b) with Σ x = n a + rest_a and Σ y = n b + rest_b.
    let moved = product - a * rest_b - b * rest_a - people * a * b;
    moved as f64 - rest_a as f64 * rest_b as f64 / n as f64
}

#[cfg(test)]
mod tests {
    use super::central;

    #[test]
    fn sums_beyond_the_exact_range_are_moved_first() {
        // Half of the people at 10¹⁰ + 1, half at 10¹⁰ - 1: the squares about the mean are 1 each.
        let n = 100_000_000_000_u64;
        let people = i128::from(n);
        let middle = 10_i128.pow(10);
        let (sum, square) = (people * middle, people * (middle * middle + 1));
        assert!(people.checked_mul(square).is_none());
        assert!((central(n, sum, sum, square) - n as f64).abs() < 1e-4);
        assert!((central(n, sum + 1, sum + 1, square + 2 * middle + 1) - (n + 1) as f64).abs() < 1e-4);
        assert!((central(4, 10, 10, 30) - 5.0).abs() < 1e-15);
    }
}
