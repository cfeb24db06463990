//! Whether those who were hard to reach answer otherwise: early against late, and by the number of reminders.
//!
//! Who answers only late, or after reminders, is taken to be nearer to those who never do. A difference is a sign
//! of non-response bias; none is no proof of its absence.

use serde::Serialize;

use crate::distribution::Distribution;
use crate::error::Undefined;
use crate::figure::{Estimate, Figure, Interval};
use crate::interval::{t_interval, wilson};
use crate::special::beta_quantile;

/// The difference between late and early answers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct EarlyLate {
    /// Mean of the late minus mean of the early, raw units.
    pub value: f64,
    /// People in both groups.
    pub n: u64,
    /// Standard error.
    pub se: f64,
    /// Welch's degrees of freedom.
    pub df: f64,
    /// Welch interval.
    pub ci95: Interval,
    /// Mean of the early with its t interval.
    pub early: Figure,
    /// Mean of the late with its t interval.
    pub late: Figure,
}

/// Compares late with early answers to estimate what the silent would say (Armstrong & Overton 1977).
///
/// Difference of means in raw units, late minus early, with Welch's interval (1947): variance s_e²/n_e + s_l²/n_l
/// with divisor n - 1 and degrees of freedom by Satterthwaite 1946. Undefined when either group has fewer than two
/// people or neither varies.
///
/// ```
/// use scoring::{Distribution, Scale, early_late};
/// let scale = Scale::new(1, 5)?;
/// let early = Distribution::of_histogram(&[1, 2, 5, 20, 12], scale);
/// let late = Distribution::of_histogram(&[2, 4, 6, 9, 3], scale);
/// let difference = early_late(&early, &late);
/// assert!((difference.known().unwrap().value + 0.708333).abs() < 1e-6);
/// # Ok::<(), scoring::LayoutError>(())
/// ```
pub fn early_late(early: &Distribution, late: &Distribution) -> Figure<EarlyLate> {
    let n = early.n() + late.n();
    let (Some(first), Some(last), Some(var_first), Some(var_last)) =
        (early.mean(), late.mean(), early.variance(), late.variance())
    else {
        let reason = if n == 0 { Undefined::NoAnswers } else { Undefined::SmallGroup };
        return Figure::undefined(reason, n);
    };
    let (of_first, of_last) = (var_first / early.n() as f64, var_last / late.n() as f64);
    let variance = of_first + of_last;
    if variance <= 0.0 {
        return Figure::undefined(Undefined::NoVariance, n);
    }
    let below = |part: f64, n: u64| (part / variance).powi(2) / (n as f64 - 1.0);
    let df = 1.0 / (below(of_first, early.n()) + below(of_last, late.n()));
    let (value, se) = (last - first, variance.sqrt());
    let half = t975_of(df) * se;
    Figure::Known(EarlyLate {
        value,
        n,
        se,
        df,
        ci95: Interval::Known([value - half, value + half]),
        early: mean_of(early),
        late: mean_of(late),
    })
}

/// Answers by how many reminders came before them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EffortReport {
    /// People in all levels.
    pub n: u64,
    /// Each number of reminders.
    pub levels: Vec<EffortLevel>,
    /// Change of the score for one more reminder.
    pub trend: Figure<EffortTrend>,
}

/// Those who answered after one number of reminders.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct EffortLevel {
    /// Reminders before the answer.
    pub reminders: u32,
    /// People.
    pub n: u64,
    /// Their part of all answers, 0..=1, Wilson's interval.
    pub share: Figure,
    /// Their mean in raw units, t interval.
    pub mean: Figure,
}

/// The slope of a score on the number of reminders.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct EffortTrend {
    /// Raw units for one more reminder.
    pub value: f64,
    /// People.
    pub n: u64,
    /// Standard error that allows for unequal spread.
    pub se: f64,
    /// t interval, n - 2 degrees of freedom.
    pub ci95: Interval,
}

/// Describes a score by level of effort, the number of reminders before the answer.
///
/// For each level n, share of all (Wilson) and mean (t). Trend: least-squares slope of the score on the number of
/// reminders over people, b = Σ (r - r̄)(x - x̄)/Σ (r - r̄)², with the heteroscedasticity-consistent variance
/// n/(n-2) Σ (r - r̄)² e²/(Σ (r - r̄)²)² (White 1980; HC1 of MacKinnon & White 1985), all from the exact sums of
/// each level. Undefined for fewer than two levels with people, for fewer than three people, and when every
/// person lies on the line.
///
/// ```
/// use scoring::{Distribution, Scale, level_of_effort};
/// let scale = Scale::new(1, 5)?;
/// let level = |counts: [u64; 5]| Distribution::of_histogram(&counts, scale);
/// let report = level_of_effort(&[(0, level([0, 1, 4, 20, 15])), (1, level([1, 2, 4, 6, 2]))]);
/// assert!((report.trend.known().unwrap().value + 0.825).abs() < 1e-12);
/// # Ok::<(), scoring::LayoutError>(())
/// ```
pub fn level_of_effort(levels: &[(u32, Distribution)]) -> EffortReport {
    let n = levels.iter().map(|(_, scores)| scores.n()).sum();
    let described = levels.iter().map(|(reminders, scores)| EffortLevel {
        reminders: *reminders,
        n: scores.n(),
        share: match n {
            0 => Figure::undefined(Undefined::NoAnswers, 0),
            _ => {
                Figure::Known(Estimate::with_interval(scores.n() as f64 / n as f64, n, wilson(scores.n(), n)))
            }
        },
        mean: mean_of(scores),
    });
    EffortReport { n, levels: described.collect(), trend: trend(levels, n) }
}

fn trend(levels: &[(u32, Distribution)], n: u64) -> Figure<EffortTrend> {
    let peopled: Vec<_> = levels
        .iter()
        .filter_map(|(reminders, scores)| {
            Some((f64::from(*reminders), scores.n() as f64, scores, scores.mean()?))
        })
        .collect();
    let mut numbers: Vec<u32> = levels.iter().filter(|(_, scores)| scores.n() > 0).map(|(r, _)| *r).collect();
    numbers.sort_unstable();
    numbers.dedup();
    match n {
        0 => return Figure::undefined(Undefined::NoAnswers, 0),
        _ if numbers.len() < 2 => return Figure::undefined(Undefined::OneGroup, n),
        1 | 2 => return Figure::undefined(Undefined::FewPoints(3), n),
        _ => {}
    }
    let people = n as f64;
    let centre = peopled.iter().map(|(r, m, ..)| r * m).sum::<f64>() / people;
    let mean = peopled.iter().map(|(_, m, _, x)| m * x).sum::<f64>() / people;
    let spread: f64 = peopled.iter().map(|(r, m, ..)| m * (r - centre).powi(2)).sum();
    let slope = peopled.iter().map(|(r, m, _, x)| m * (r - centre) * (x - mean)).sum::<f64>() / spread;
    let mut squares = 0.0;
    for (r, m, scores, x) in &peopled {
        let within = scores.variance().unwrap_or(0.0) * (m - 1.0);
        let off = x - mean - slope * (r - centre);
        squares += (r - centre).powi(2) * (within + m * off * off);
    }
    let se = (people / (people - 2.0) * squares).sqrt() / spread;
    if se <= 1e-13 * (slope.abs() + mean.abs()) {
        return Figure::undefined(Undefined::NoVariance, n);
    }
    let half = t975_of(people - 2.0) * se;
    Figure::Known(EffortTrend { value: slope, n, se, ci95: Interval::Known([slope - half, slope + half]) })
}

/// The mean of a distribution in raw units with its t interval.
fn mean_of(scores: &Distribution) -> Figure {
    let n = scores.n();
    match scores.mean() {
        None => Figure::undefined(Undefined::NoAnswers, 0),
        Some(mean) => {
            let sd = scores.variance().unwrap_or(0.0).sqrt();
            Figure::Known(Estimate::with_interval(mean, n, t_interval(mean, sd, n)))
        }
    }
}

/// The 97.5 % point of Student's t with any degrees of freedom from 1 on, as [`crate::special::t975`] has it for
/// whole ones: P(|T| ≤ t) = I_y(1/2, ν/2) with y = t²/(ν + t²).
fn t975_of(degrees: f64) -> f64 {
    let rest = beta_quantile(0.05, degrees / 2.0, 0.5);
    let one = if rest > 0.5 { beta_quantile(0.95, 0.5, degrees / 2.0) } else { 1.0 - rest };
    let rest = if rest > 0.5 { 1.0 - one } else { rest };
    (degrees * one / rest).sqrt()
}
