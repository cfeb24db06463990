//! One level of a comparison in three numbers.

use crate::distribution::Distribution;

/// The largest mean that a level can have, in its units.
const LARGEST_MEAN: f64 = 1e12;
/// The variances that can be worked with, apart from 0.
const VARIANCES: std::ops::RangeInclusive<f64> = 1e-24..=1e24;

/// The people of one level: how many, their mean, and how sure that mean is.
///
/// `variance_of_mean` is s²/n with the divisor n - 1 in s² for a plain mean, or the variance of a composite such
/// as the quality score; 0 when there are fewer than two people or all agree. A mean beyond ±1e12, a variance
/// outside 1e-24..=1e24 that is not 0 and anything that is not a number counts as nobody's.
///
/// ```
/// use scoring::{Distribution, Moment};
/// let mut scores = Distribution::new(1);
/// scores.increase(4, 3);
/// scores.increase(5, 1);
/// assert_eq!(Moment::of(&scores), Moment { n: 4, mean: 4.25, variance_of_mean: 0.0625 });
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// People.
    pub n: u64,
    /// Their mean.
    pub mean: f64,
    /// Variance of that mean.
    pub variance_of_mean: f64,
}

impl Moment {
    /// The moment of an exact distribution.
    pub fn of(distribution: &Distribution) -> Moment {
        let n = distribution.n();
        let variance = distribution.variance().unwrap_or(0.0);
        let variance_of_mean = if n < 2 { 0.0 } else { variance / n as f64 };
        Moment { n, mean: distribution.mean().unwrap_or(0.0), variance_of_mean }
    }

    /// The same level, or nobody where its numbers cannot be worked with.
    pub(crate) fn checked(self) -> Moment {
        let variance = self.variance_of_mean;
        let usable = self.mean.abs() <= LARGEST_MEAN && (variance == 0.0 || VARIANCES.contains(&variance));
        if self.n == 0 || !usable { Moment { n: 0, mean: 0.0, variance_of_mean: 0.0 } } else { self }
    }

    /// n as a number to calculate with.
    pub(crate) fn people(&self) -> f64 {
        self.n as f64
    }

    /// s², the variance of one person (divisor n - 1), or what takes its place for a composite.
    pub(crate) fn variance(&self) -> f64 {
        self.people() * self.variance_of_mean
    }

    /// Whether two or more people give no spread at all.
    pub(super) fn flat(&self) -> bool {
        self.n >= 2 && self.variance_of_mean == 0.0
    }

    /// The level with the pooled variance where it has none of its own.
    pub(super) fn with_spread(self, pooled: f64) -> Moment {
        if self.n > 0 && (self.n == 1 || self.variance_of_mean == 0.0) {
            Moment { variance_of_mean: pooled / self.people(), ..self }
        } else {
            self
        }
    }
}

/// The levels with answers.
pub(crate) fn answered(levels: &[Moment]) -> Vec<Moment> {
    levels.iter().map(|level| level.checked()).filter(|level| level.n > 0).collect()
}

/// All people of the levels; they stay far below the range of the counter.
pub(crate) fn total(levels: &[Moment]) -> u64 {
    levels.iter().fold(0, |sum, level| sum.saturating_add(level.n))
}

/// The pooled within variance Σ (n_j - 1) s_j² / Σ (n_j - 1), with its degrees of freedom.
pub(crate) fn pooled_variance(levels: &[Moment]) -> Option<(f64, f64)> {
    let free = |level: &Moment| level.people() - 1.0;
    let degrees: f64 = levels.iter().map(free).sum();
    let squares: f64 = levels.iter().map(|level| free(level) * level.variance()).sum();
    (degrees >= 1.0).then(|| (squares / degrees, degrees))
}
