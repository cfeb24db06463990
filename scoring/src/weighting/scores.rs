//! The weighted distribution of one score, and the mean, share and net promoter score read from it.
//!
//! As [`Distribution`], but each value carries the sums of the weights of the people who have it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::error::WeightError;
use super::estimate::{Influence, Points, mean_of_points};
use super::sum::WeightSums;
use crate::distribution::Distribution;
use crate::error::Undefined;
use crate::figure::{Estimate, Figure, Interval};
use crate::interval::t_interval;
use crate::special::Z975;

/// The weights of the people who have each value of a score; the value is `key / denominator`, in raw units.
///
/// ```
/// use scoring::WeightedScores;
/// let mut scores = WeightedScores::new(1);
/// scores.increase(5, 1.5, 2)?;
/// scores.increase(2, 1.0, 1)?;
/// let mean = scores.mean();
/// assert_eq!(mean.known().unwrap().value, 4.25);
/// assert!(scores.increase(3, 0.0, 1).is_err());
/// # Ok::<(), scoring::WeightError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedScores {
    denominator: i64,
    points: BTreeMap<i64, WeightSums>,
}

/// A weighted mean with its linearised standard error.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WeightedMean {
    /// Σ w x/Σ w, in the units of the score.
    pub value: f64,
    /// People it rests on, unweighted.
    pub n: u64,
    /// Linearised standard error.
    pub se: Figure<f64>,
    /// t interval with n - 1 degrees of freedom.
    pub ci95: Interval,
    /// Kish's effective number of people.
    pub n_eff: f64,
    /// Kish's design effect.
    pub design_effect: f64,
    /// Σ w.
    pub sum_of_weights: f64,
}

impl WeightedScores {
    /// Nobody's scores; a denominator below 1 is taken as 1.
    pub fn new(denominator: i64) -> WeightedScores {
        WeightedScores { denominator: denominator.max(1), points: BTreeMap::new() }
    }

    /// Counts people with one more value, all of one weight, which must be positive and finite.
    pub fn increase(&mut self, key: i64, weight: f64, people: u64) -> Result<(), WeightError> {
        positive(weight)?;
        if people > 0 {
            self.points.entry(key).or_default().add(weight, people);
        }
        Ok(())
    }

    /// Counts everybody of a distribution with one weight, such as one cross-class of a raking.
    ///
    /// Keys are brought to a common denominator when the two differ.
    pub fn add(&mut self, scores: &Distribution, weight: f64) -> Result<(), WeightError> {
        positive(weight)?;
        let common = lcm(self.denominator, scores.denominator());
        let (mine, theirs) = (common / self.denominator, common / scores.denominator());
        if mine != 1 {
            self.points = std::mem::take(&mut self.points).into_iter().map(|(k, s)| (k * mine, s)).collect();
            self.denominator = common;
        }
        scores.keys().try_for_each(|(key, people)| self.increase(key * theirs, weight, people))
    }

    /// How many people have a score, and their weights.
    pub fn sums(&self) -> WeightSums {
        let mut all = WeightSums::default();
        self.points.values().for_each(|sums| all.merge(sums));
        all
    }

    /// The weighted mean with Taylor-linearised variance, as for independent draws with given weights.
    ///
    /// m = Σ w x/Σ w; variance n/(n-1) Σ w² (x - m)²/(Σ w)² (Woodruff 1971; Binder 1983). The weights are taken
    /// as fixed numbers: a raked mean is more precise than this says, see [`crate::Raking::mean`]. Undefined
    /// without people; without error and interval for one; without interval when all scores are equal.
    pub fn mean(&self) -> Figure<WeightedMean> {
        self.mean_by(|value| value)
    }

    /// The weighted mean of a function of the value, such as 100 for a promoter and -100 for a detractor.
    pub fn mean_by(&self, of: impl Fn(f64) -> f64) -> Figure<WeightedMean> {
        let points = self.points_by(of);
        let Some((value, sums)) = mean_of_points(&[&points]) else {
            return Figure::undefined(Undefined::NoAnswers, 0);
        };
        let n = sums.people();
        let mut influence = Influence::default();
        for (x, tally) in &points {
            influence.take((x - value) / sums.total(), tally);
        }
        let variance = influence.weighted_square() * n as f64 / (n as f64 - 1.0).max(1.0);
        Figure::Known(weighted_mean(value, variance, &sums))
    }

    /// The weighted net promoter score, points of 100, of scores on 0..=10.
    ///
    /// The mean of 100 for 9 and 10, -100 for 0 to 6 and 0 for 7 and 8, with the error of [`WeightedScores::mean`].
    ///
    /// ```
    /// use scoring::WeightedScores;
    /// let mut scores = WeightedScores::new(1);
    /// for (answer, weight) in [(10, 2.0), (9, 1.0), (3, 1.0)] {
    ///     scores.increase(answer, weight, 1)?;
    /// }
    /// assert_eq!(scores.nps().known().unwrap().value, 50.0);
    /// # Ok::<(), scoring::WeightError>(())
    /// ```
    pub fn nps(&self) -> Figure<WeightedMean> {
        self.mean_by(promoter_points)
    }

    /// The weighted share of people at or above a threshold in raw units, 0..=1.
    ///
    /// Σ w over the chosen/Σ w. Interval: Wilson's with n replaced by Kish's effective number, which, unlike the
    /// linearised one, stays inside 0..=1 and does not collapse when all agree. Undefined without people.
    ///
    /// ```
    /// use scoring::WeightedScores;
    /// let mut scores = WeightedScores::new(1);
    /// scores.increase(5, 3.0, 1)?;
    /// scores.increase(1, 1.0, 1)?;
    /// assert_eq!(scores.share_from(4.0).known().unwrap().value, 0.75);
    /// # Ok::<(), scoring::WeightError>(())
    /// ```
    pub fn share_from(&self, threshold: f64) -> Figure {
        share_of_points(&[&self.points_by(|x| x)], |x| x >= threshold)
    }

    fn points_by(&self, of: impl Fn(f64) -> f64) -> Points {
        let denominator = self.denominator as f64;
        self.points.iter().map(|(&key, &sums)| (of(key as f64 / denominator), sums)).collect()
    }
}

/// 100 for a promoter, -100 for a detractor, 0 between (Reichheld 2003).
pub(super) fn promoter_points(answer: f64) -> f64 {
    if answer >= 9.0 {
        100.0
    } else if answer <= 6.0 {
        -100.0
    } else {
        0.0
    }
}

/// Refuses a weight that is zero, negative or not finite.
pub(super) fn positive(weight: f64) -> Result<(), WeightError> {
    if weight > 0.0 && weight.is_finite() { Ok(()) } else { Err(WeightError::NotPositive(weight)) }
}

/// Puts a mean, its variance and the weights behind it together.
pub(super) fn weighted_mean(value: f64, variance: f64, sums: &WeightSums) -> WeightedMean {
    let n = sums.people();
    let se = variance.max(0.0).sqrt();
    WeightedMean {
        value,
        n,
        se: if n < 2 { Figure::undefined(Undefined::OneAnswer, n) } else { Figure::Known(se) },
        // The t interval divides its sd by √n.
        ci95: t_interval(value, se * (n as f64).sqrt(), n),
        n_eff: sums.effective(),
        design_effect: sums.design_effect(),
        sum_of_weights: sums.total(),
    }
}

/// The weighted share of those points that are chosen, with Wilson's interval at the effective number.
pub(super) fn share_of_points(parts: &[&Points], chosen: impl Fn(f64) -> bool) -> Figure {
    let (mut all, mut some) = (WeightSums::default(), WeightSums::default());
    for (x, sums) in parts.iter().copied().flatten() {
        all.merge(sums);
        if chosen(*x) {
            some.merge(sums);
        }
    }
    let n = all.people();
    if n == 0 {
        return Figure::undefined(Undefined::NoAnswers, 0);
    }
    let share = if some.people() == n { 1.0 } else { some.total() / all.total() };
    Figure::Known(Estimate::with_interval(share, n, wilson_effective(share, all.effective())))
}

/// Wilson's interval (1927) of a share that rests on an effective number of people, which need not be whole.
fn wilson_effective(share: f64, people: f64) -> Interval {
    let z2 = Z975 * Z975;
    let d = 1.0 + z2 / people;
    let centre = (share + z2 / (2.0 * people)) / d;
    let half = Z975 / d * (share * (1.0 - share) / people + z2 / (4.0 * people * people)).sqrt();
    Interval::Known([(centre - half).max(0.0), (centre + half).min(1.0)])
}

fn lcm(a: i64, b: i64) -> i64 {
    fn gcd(a: i64, b: i64) -> i64 {
        if b == 0 { a } else { gcd(b, a % b) }
    }
    a / gcd(a, b) * b
}
