//! Raking: one weight for each cross-class, so that the answers have the margins of the frame.

use super::calibrate::Projection;
use super::error::WeightError;
use super::estimate::Influence;
use super::frame::{Margin, RakeClass, check_levels, check_margin, columns_of, scaled_targets};
use super::scores::{WeightedMean, WeightedScores, weighted_mean};
use super::sum::WeightSums;
use super::trim::trim;
use crate::distribution::Distribution;
use crate::error::Undefined;
use crate::figure::Figure;

/// Rounds after which raking is given up.
const MAX_ROUNDS: u32 = 5_000;

/// How close every margin is met before raking ends, as a part of it.
const CLOSE: f64 = 1e-12;

/// What a raking must keep to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RakeRules {
    /// The fewest answers in a level of a margin; by default 20.
    pub least: u64,
    /// The largest weight as a multiple of the mean weight; by default 5, `None` leaves all as they come.
    pub bound: Option<f64>,
}

impl Default for RakeRules {
    fn default() -> RakeRules {
        RakeRules { least: 20, bound: Some(5.0) }
    }
}

/// The weights of the cross-classes, mean 1 over all people.
#[derive(Debug, Clone, PartialEq)]
pub struct Raking {
    weights: Vec<f64>,
    answers: Vec<u64>,
    margins: usize,
    rounds: u32,
    trimmed: u64,
    off_margin: f64,
    /// Absent after trimming: the weights then no longer meet the margins.
    projection: Option<Projection>,
}

/// Rakes cross-class counts to the margins of a frame (Deming & Stephan 1940).
///
/// Starting from 1, the weights of the levels of one margin after another are multiplied by target/reached, until
/// all margins are met within 1e-12 of themselves. The margins are scaled to the number of answers, so the mean
/// weight is 1. One margin gives post-stratification. Weights depend on the cross-class alone, hence they are
/// applied when whole-number cells are combined. Afterwards weights above the bound are cut to it and the others
/// raised in proportion; the margins are then met only nearly, see [`Raking::off_margin`].
///
/// Refused, with the level to join: a level with fewer answers than the rules ask, a level of the frame without
/// answers, answers in a level that the frame lacks. Also refused: margins of different totals, and margins that
/// no weights can meet together.
///
/// ```
/// use scoring::{Margin, RakeClass, RakeRules, rake};
/// let margins = [Margin { name: "channel".into(), targets: vec![600.0, 400.0] }];
/// let class = |level, answers| RakeClass { levels: vec![level], answers };
/// let raking = rake(&[class(0, 50), class(1, 150)], &margins, &RakeRules::default())?;
/// assert!((raking.weights()[0] - 2.4).abs() < 1e-12);
/// assert!((raking.sums().design_effect() - 1.653333).abs() < 1e-6);
/// # Ok::<(), scoring::WeightError>(())
/// ```
pub fn rake(classes: &[RakeClass], margins: &[Margin], rules: &RakeRules) -> Result<Raking, WeightError> {
    let people: Vec<f64> = classes.iter().map(|class| class.answers as f64).collect();
    let total: f64 = people.iter().sum();
    if margins.is_empty() || total == 0.0 {
        return Err(WeightError::Nothing);
    }
    if let Some(bound) = rules.bound.filter(|bound| bound.is_nan() || *bound <= 1.0) {
        return Err(WeightError::Bound(bound));
    }
    check_levels(classes, margins)?;
    let targets = scaled_targets(margins, total)?;
    for (place, margin) in margins.iter().enumerate() {
        check_margin(classes, place, margin, rules.least)?;
    }
    let mut weights = vec![1.0; classes.len()];
    let rounds = fit(&mut weights, &people, classes, &targets)?;
    let cut = rules.bound.map_or_else(Vec::new, |bound| trim(&mut weights, &people, bound));
    let trimmed = cut.iter().zip(classes).filter(|(cut, _)| **cut).map(|(_, class)| class.answers).sum();
    let projection = (trimmed == 0)
        .then(|| Projection::new(columns_of(classes, margins), people.clone(), weights.clone()));
    Ok(Raking {
        off_margin: distance(&weights, &people, classes, &targets),
        answers: classes.iter().map(|class| class.answers).collect(),
        margins: margins.len(),
        rounds,
        trimmed,
        weights,
        projection,
    })
}

impl Raking {
    /// The weight of each class, in the order given.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// The answers of each class, in the order given.
    pub fn answers(&self) -> &[u64] {
        &self.answers
    }

    /// How many variables the frame was matched on; one is post-stratification.
    pub fn margins(&self) -> usize {
        self.margins
    }

    /// How many rounds it took.
    pub fn rounds(&self) -> u32 {
        self.rounds
    }

    /// How many people's weight was cut to the bound.
    pub fn trimmed(&self) -> u64 {
        self.trimmed
    }

    /// The largest distance of a weighted margin from the frame, as a part of its target; 0 without trimming but
    /// for rounding.
    pub fn off_margin(&self) -> f64 {
        self.off_margin
    }

    /// People and sums of weights, with Kish's effective number and design effect.
    pub fn sums(&self) -> WeightSums {
        let mut sums = WeightSums::default();
        self.weights.iter().zip(&self.answers).for_each(|(&weight, &people)| sums.add(weight, people));
        sums
    }

    /// The raked mean of a score from its distribution in each class, with the calibrated error.
    ///
    /// m = Σ w x/Σ w. Variance N/(N-1) Σ w² e², where e is the residual of (x - m)/Σ w, 0 for who has no score,
    /// from its regression on the indicators of all margin levels over the N people raked (Deville & Särndal 1992).
    /// After trimming, when the margins no longer hold, the pulls themselves take the place of residuals.
    /// Refused when a class has more scores than were raked.
    ///
    /// ```
    /// use scoring::{Distribution, Margin, RakeClass, RakeRules, Scale, rake};
    /// let margins = [Margin { name: "channel".into(), targets: vec![600.0, 400.0] }];
    /// let class = |level, answers| RakeClass { levels: vec![level], answers };
    /// let raking = rake(&[class(0, 50), class(1, 150)], &margins, &RakeRules::default())?;
    /// let scale = Scale::new(1, 5)?;
    /// let (web, phone) = ([0, 0, 10, 20, 20], [10, 20, 60, 40, 20]);
    /// let scores = [web, phone].map(|counts| Distribution::of_histogram(&counts, scale));
    /// let mean = raking.mean(&scores)?;
    /// // Web has mean 4.2, phone 49/15.
    /// assert!((mean.known().unwrap().value - (0.6 * 4.2 + 0.4 * 49.0 / 15.0)).abs() < 1e-12);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn mean(&self, scores: &[Distribution]) -> Result<Figure<WeightedMean>, WeightError> {
        let fits = |place: usize| {
            scores.get(place).zip(self.answers.get(place)).is_some_and(|(scores, n)| scores.n() <= *n)
        };
        if let Some(place) = (0..scores.len().max(self.answers.len())).find(|&place| !fits(place)) {
            return Err(WeightError::OtherCounts(place));
        }
        let mut all = WeightedScores::new(1);
        for (scores, &weight) in scores.iter().zip(&self.weights) {
            all.add(scores, weight)?;
        }
        let Figure::Known(plain) = all.mean() else {
            return Ok(Figure::undefined(Undefined::NoAnswers, 0));
        };
        let sums = all.sums();
        let pulls: Vec<Influence> = scores
            .iter()
            .zip(&self.weights)
            .map(|(scores, &weight)| {
                let mut influence = Influence::default();
                for (x, people) in scores.values() {
                    let mut tally = WeightSums::default();
                    tally.add(weight, people);
                    influence.take((x - plain.value) / sums.total(), &tally);
                }
                influence
            })
            .collect();
        Ok(Figure::Known(weighted_mean(plain.value, self.variance(&pulls), &sums)))
    }

    /// N/(N-1) Σ w² e² from the sums of the pulls in each class.
    pub(super) fn variance(&self, pulls: &[Influence]) -> f64 {
        let people: u64 = self.answers.iter().sum();
        let square = match &self.projection {
            Some(projection) if pulls.iter().any(|pull| pull.weighted_square() > 0.0) => {
                projection.residual_square(pulls)
            }
            _ => pulls.iter().map(Influence::weighted_square).sum(),
        };
        square * people as f64 / (people as f64 - 1.0).max(1.0)
    }
}

/// Multiplies the weights level by level until every margin is met; returns the rounds.
fn fit(
    weights: &mut [f64],
    people: &[f64],
    classes: &[RakeClass],
    targets: &[Vec<f64>],
) -> Result<u32, WeightError> {
    for round in 1..=MAX_ROUNDS {
        for (place, targets) in targets.iter().enumerate() {
            let reached = reached(weights, people, classes, place, targets.len());
            let factors: Vec<f64> = targets
                .iter()
                .zip(&reached)
                .map(|(target, reached)| if *reached > 0.0 { target / reached } else { 1.0 })
                .collect();
            for (weight, class) in weights.iter_mut().zip(classes) {
                *weight *= class.levels.get(place).and_then(|&level| factors.get(level)).unwrap_or(&1.0);
            }
        }
        let sound = weights.iter().all(|weight| weight.is_normal() && *weight > 0.0);
        if !sound {
            break;
        }
        if distance(weights, people, classes, targets) < CLOSE {
            return Ok(round);
        }
    }
    Err(WeightError::NotConverged(MAX_ROUNDS))
}

/// The weighted counts of the levels of one margin.
fn reached(weights: &[f64], people: &[f64], classes: &[RakeClass], place: usize, levels: usize) -> Vec<f64> {
    let mut reached = vec![0.0; levels];
    for ((weight, n), class) in weights.iter().zip(people).zip(classes) {
        if let Some(sum) = class.levels.get(place).and_then(|&level| reached.get_mut(level)) {
            *sum += weight * n;
        }
    }
    reached
}

/// The largest distance of a margin from its target, as a part of it.
fn distance(weights: &[f64], people: &[f64], classes: &[RakeClass], targets: &[Vec<f64>]) -> f64 {
    let mut largest = 0.0_f64;
    for (place, targets) in targets.iter().enumerate() {
        let reached = reached(weights, people, classes, place, targets.len());
        for (target, reached) in targets.iter().zip(reached).filter(|(target, _)| **target > 0.0) {
            largest = largest.max((reached / target - 1.0).abs());
        }
    }
    largest
}
