//! One step of EM from the sums of each present-mask.
//!
//! With o the variables of a mask, M the inverse of its block of Σ, d = Σ (x - μ) and C = Σ (x - μ)(x - μ)ᵀ over
//! its n people, the conditional expectations of the missing scores add up to
//! μ' = μ + Σ g/N and Σ' = Σ + Σ H Σ/N - (μ' - μ)(μ' - μ)ᵀ with g = Σ_masks M d and H = Σ_masks (M C M - n M),
//! both filled up with zeros: a mask costs the cube of what it has, not of what there is.

#![allow(clippy::indexing_slicing, reason = "places of variables, all below their number")]

use crate::matrix::{dot, invert, times};

/// The people of one present-mask, in standardised units.
pub(super) struct Pattern {
    pub(super) n: f64,
    pub(super) places: Vec<usize>,
    pub(super) mean: Vec<f64>,
    /// Squares and products about the mean, flat by rows.
    pub(super) scatter: Vec<f64>,
}

/// Means, then covariances flat by rows.
pub(super) struct Parameters {
    pub(super) width: usize,
    pub(super) numbers: Vec<f64>,
}

/// What a step gives: the next parameters, and the log-likelihood (but for a constant) of those it came from.
pub(super) struct Stepped {
    pub(super) next: Parameters,
    pub(super) likelihood: f64,
}

impl Parameters {
    /// Means 0, variances 1, no correlation: always a possible start in standardised units.
    pub(super) fn identity(width: usize) -> Parameters {
        let mut numbers = vec![0.0; width + width * width];
        (0..width).for_each(|place| numbers[width + place * width + place] = 1.0);
        Parameters { width, numbers }
    }

    pub(super) fn mean(&self) -> &[f64] {
        &self.numbers[..self.width]
    }

    pub(super) fn covariance(&self) -> &[f64] {
        &self.numbers[self.width..]
    }

    /// The largest difference of any parameter.
    pub(super) fn distance(&self, other: &Parameters) -> f64 {
        self.numbers.iter().zip(&other.numbers).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    }
}

/// One step; `None` when the covariances of a mask are not positive definite.
pub(super) fn step(patterns: &[Pattern], at: &Parameters) -> Option<Stepped> {
    let width = at.width;
    let mut slope = vec![0.0; width];
    let mut curve = vec![0.0; width * width];
    let (mut people, mut likelihood) = (0.0, 0.0);
    for pattern in patterns {
        people += pattern.n;
        likelihood -= add_pattern(pattern, at, &mut slope, &mut curve)? / 2.0;
    }
    let covariance = at.covariance();
    let moves: Vec<f64> = times(covariance, &slope).iter().map(|x| x / people).collect();
    let images: Vec<Vec<f64>> = covariance.chunks(width).map(|row| times(&curve, row)).collect();
    let mut numbers: Vec<f64> = at.mean().iter().zip(&moves).map(|(mean, change)| mean + change).collect();
    for (row, image) in images.iter().enumerate() {
        for column in 0..width {
            let back = dot(image, &covariance[column * width..(column + 1) * width]);
            let now = covariance[row * width + column];
            numbers.push(now + back / people - moves[row] * moves[column]);
        }
    }
    // Rounding must not make the two halves drift apart.
    for row in 0..width {
        for column in 0..row {
            numbers[width + column * width + row] = numbers[width + row * width + column];
        }
    }
    Some(Stepped { next: Parameters { width, numbers }, likelihood })
}

/// Adds the share of one mask to g and H and returns n ln det + tr(M C).
fn add_pattern(pattern: &Pattern, at: &Parameters, slope: &mut [f64], curve: &mut [f64]) -> Option<f64> {
    let (places, width, own) = (&pattern.places, at.width, pattern.places.len());
    let mut inverse = Vec::with_capacity(own * own);
    for &row in places {
        inverse.extend(places.iter().map(|&column| at.covariance()[row * width + column]));
    }
    let ln_det = invert(&mut inverse, own, 1e-12)?;
    let away: Vec<f64> = places.iter().zip(&pattern.mean).map(|(&place, x)| x - at.mean()[place]).collect();
    for (&place, pull) in places.iter().zip(times(&inverse, &away)) {
        slope[place] += pattern.n * pull;
    }
    let square = |row: usize, column: usize| {
        pattern.scatter[row * own + column] + pattern.n * away[row] * away[column]
    };
    // M C; both are symmetric.
    let mut product = vec![0.0; own * own];
    for row in 0..own {
        for column in 0..own {
            product[row * own + column] = (0..own).map(|k| inverse[row * own + k] * square(k, column)).sum();
        }
    }
    for row in 0..own {
        for column in 0..own {
            let both = dot(&product[row * own..(row + 1) * own], &inverse[column * own..(column + 1) * own]);
            let share = both - pattern.n * inverse[row * own + column];
            curve[places[row] * width + places[column]] += share;
        }
    }
    let trace: f64 = (0..own).map(|place| product[place * own + place]).sum();
    Some(pattern.n * ln_det + trace)
}
