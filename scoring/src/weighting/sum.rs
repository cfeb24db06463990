//! Compensated sums, and the three sums of weights that every weighted figure rests on.
//!
//! A plain sum of a million weights loses digits, and which ones depends on the order. The lost part of each
//! addition is kept apart here (Kahan 1965 in the form of Neumaier 1974).

/// A sum of numbers that keeps what rounding takes from it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Sum {
    total: f64,
    lost: f64,
}

impl Sum {
    pub(super) fn add(&mut self, x: f64) {
        let next = self.total + x;
        self.lost +=
            if self.total.abs() >= x.abs() { (self.total - next) + x } else { (x - next) + self.total };
        self.total = next;
    }

    pub(super) fn merge(&mut self, other: Sum) {
        self.add(other.total);
        self.add(other.lost);
    }

    pub(super) fn value(self) -> f64 {
        self.total + self.lost
    }
}

/// How many people, and the sums of their weights and squared weights.
///
/// ```
/// use scoring::WeightSums;
/// let mut sums = WeightSums::default();
/// sums.add(1.0, 2);
/// sums.add(2.0, 1);
/// assert_eq!((sums.people(), sums.total(), sums.squares()), (3, 4.0, 6.0));
/// assert!((sums.effective() - 16.0 / 6.0).abs() < 1e-12);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct WeightSums {
    n: u64,
    weight: Sum,
    square: Sum,
}

impl WeightSums {
    /// Counts people who share one weight; the caller has seen to it that the weight is positive.
    pub fn add(&mut self, weight: f64, people: u64) {
        if people > 0 {
            self.n += people;
            self.weight.add(weight * people as f64);
            self.square.add(weight * weight * people as f64);
        }
    }

    /// Adds other people.
    pub fn merge(&mut self, other: &WeightSums) {
        self.n += other.n;
        self.weight.merge(other.weight);
        self.square.merge(other.square);
    }

    /// How many people.
    pub fn people(&self) -> u64 {
        self.n
    }

    /// Σ w.
    pub fn total(&self) -> f64 {
        self.weight.value()
    }

    /// Σ w².
    pub fn squares(&self) -> f64 {
        self.square.value()
    }

    /// Kish's effective number (1965), (Σ w)²/Σ w², between 1 and n; 0 for nobody.
    pub fn effective(&self) -> f64 {
        if self.n == 0 { 0.0 } else { self.total() / self.squares() * self.total() }
    }

    /// Kish's design effect (1965, 1992), n Σ w²/(Σ w)², at least 1; 1 for nobody.
    ///
    /// The factor by which unequal weights alone widen the variance of a mean that the weights do not predict.
    pub fn design_effect(&self) -> f64 {
        if self.n == 0 { 1.0 } else { self.n as f64 / self.effective() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_terms_survive_beside_large_ones_in_any_order() {
        let terms = [1e16, 1.0, -1e16, 1.0, 3.5, 1e-3];
        let (mut there, mut back) = (Sum::default(), Sum::default());
        for x in &terms {
            there.add(*x);
        }
        for x in terms.iter().rev() {
            back.add(*x);
        }
        assert!((there.value() - 5.501).abs() < 1e-15 && (back.value() - 5.501).abs() < 1e-15);
    }

    #[test]
    fn the_order_of_many_weights_does_not_show() {
        let weights: Vec<f64> = (1..50_000).map(|i| 1.0 / f64::from(i) + 0.1).collect();
        let (mut there, mut back) = (Sum::default(), Sum::default());
        for x in &weights {
            there.add(*x);
        }
        for x in weights.iter().rev() {
            back.add(*x);
        }
        assert!((there.value() - back.value()).abs() < 1e-12 * there.value());
    }
}
