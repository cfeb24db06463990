//! Weighted means as linearised statistics: how much each person pulls, and the variance of all pulls together.
//!
//! Every figure here is, to first order, a sum of pulls z of single people: m - μ ≈ Σ w z. With weights taken as
//! given the variance is Σ w² z²; when the weights were calibrated to margins, the part of z that the margins
//! predict does not vary, and the residual takes the place of z ([`super::calibrate`]).

use super::sum::{Sum, WeightSums};

/// Values of a variable with the weights of the people who have them.
pub(super) type Points = Vec<(f64, WeightSums)>;

/// The weighted mean over several parts, with the weights behind it; `None` for nobody.
///
/// Deviations from the first value are summed, so that the mean of equal values is that value exactly.
pub(super) fn mean_of_points(parts: &[&Points]) -> Option<(f64, WeightSums)> {
    let all = || parts.iter().copied().flatten();
    let origin = all().find(|(_, sums)| sums.people() > 0)?.0;
    let (mut weights, mut moved) = (WeightSums::default(), Sum::default());
    for (x, sums) in all() {
        weights.merge(sums);
        moved.add((x - origin) * sums.total());
    }
    Some((origin + moved.value() / weights.total(), weights))
}

/// The sums of the pulls of one part of the people.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Influence {
    /// Σ z, unweighted.
    pub(super) sum: Sum,
    /// Σ w² z².
    pub(super) square: Sum,
}

impl Influence {
    /// Counts people who all pull alike.
    pub(super) fn take(&mut self, pull: f64, people: &WeightSums) {
        self.sum.add(pull * people.people() as f64);
        self.square.add(pull * pull * people.squares());
    }

    /// Σ w² z².
    pub(super) fn weighted_square(&self) -> f64 {
        self.square.value()
    }
}
