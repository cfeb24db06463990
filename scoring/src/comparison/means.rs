//! Tests that all means are equal: Welch's, the classic one, and Brown and Forsythe's F*.

use serde::Serialize;

use super::moment::{Moment, answered, pooled_variance, total};
use crate::error::Undefined;
use crate::figure::{Figure, Undef};
use crate::probability::f_sf;

/// An F statistic with its degrees of freedom and p-value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct FTest {
    /// The statistic.
    pub f: f64,
    /// Degrees of freedom above the line.
    pub df1: f64,
    /// Degrees of freedom below the line, not whole in general.
    pub df2: f64,
    /// Probability of a larger statistic when the hypothesis holds.
    pub p: f64,
}

impl FTest {
    /// The test with its p-value, or words when the statistic is out of any range.
    pub(super) fn new(f: f64, df1: f64, df2: f64, n: u64) -> Figure<FTest> {
        match f_sf(f, df1, df2).filter(|p| f.is_finite() && p.is_finite()) {
            Some(p) => Figure::Known(FTest { f, df1, df2, p }),
            None => Figure::undefined(Undefined::TooLarge, n),
        }
    }
}

/// The levels with answers, at least two of them, and all their people.
fn at_least_two(levels: &[Moment]) -> Result<(Vec<Moment>, u64), Undef> {
    let levels = answered(levels);
    let n = total(&levels);
    if levels.len() < 2 { Err(Undef::new(Undefined::OneGroup, n)) } else { Ok((levels, n)) }
}

/// Welch's test that all means are equal while variances may differ (Welch 1951).
///
/// With weights w_j = n_j/s_j², W = Σ w_j, m̃ = Σ w_j m_j/W and Λ = Σ (1 - w_j/W)²/(n_j - 1) over k levels:
/// F = [Σ w_j (m_j - m̃)²/(k - 1)] / [1 + 2 (k - 2) Λ/(k² - 1)], df1 = k - 1, df2 = (k² - 1)/(3Λ).
/// Levels without answers take no part. Undefined for fewer than two levels with answers, one with a single
/// answer, one without variance.
///
/// ```
/// use scoring::{Moment, welch};
/// let level = |n, mean, variance: f64| Moment { n, mean, variance_of_mean: variance / n as f64 };
/// let test = welch(&[level(10, 4.0, 1.0), level(20, 4.5, 0.5), level(15, 3.9, 2.0)]);
/// let test = test.known().unwrap();
/// assert!((test.f - 1.756077).abs() < 1e-6 && (test.df2 - 19.795639).abs() < 1e-6);
/// assert!((test.p - 0.198578).abs() < 1e-6);
/// ```
pub fn welch(levels: &[Moment]) -> Figure<FTest> {
    let (levels, n) = match at_least_two(levels) {
        Ok(both) => both,
        Err(undef) => return Figure::Undefined(undef),
    };
    if levels.iter().any(|level| level.n == 1) {
        return Figure::undefined(Undefined::SmallGroup, n);
    }
    if levels.iter().any(Moment::flat) {
        return Figure::undefined(Undefined::FlatGroup, n);
    }
    let k = levels.len() as f64;
    let weight = |level: &Moment| 1.0 / level.variance_of_mean;
    let sum: f64 = levels.iter().map(weight).sum();
    let centre = levels.iter().map(|level| weight(level) * level.mean).sum::<f64>() / sum;
    let between: f64 = levels.iter().map(|level| weight(level) * (level.mean - centre).powi(2)).sum();
    let lambda: f64 =
        levels.iter().map(|level| (1.0 - weight(level) / sum).powi(2) / (level.people() - 1.0)).sum();
    let f = between / (k - 1.0) / (1.0 + 2.0 * (k - 2.0) * lambda / (k * k - 1.0));
    FTest::new(f, k - 1.0, (k * k - 1.0) / (3.0 * lambda), n)
}

/// Σ n_j (m_j - m)² about the mean m of all people.
fn between_squares(levels: &[Moment]) -> f64 {
    let people: f64 = levels.iter().map(Moment::people).sum();
    let mean = levels.iter().map(|level| level.people() * level.mean).sum::<f64>() / people;
    levels.iter().map(|level| level.people() * (level.mean - mean).powi(2)).sum()
}

/// The classic analysis of variance (Fisher 1925), which takes equal variances for granted.
///
/// F = [Σ n_j (m_j - m)²/(k - 1)] / s_p² with the pooled variance s_p² = Σ (n_j - 1) s_j²/(N - k), df1 = k - 1,
/// df2 = N - k. Reports show [`welch`]; effect sizes are built on this one. Levels without answers take no
/// part. Undefined for fewer than two levels, when every level has a single answer, and without any variance
/// inside the levels.
///
/// ```
/// use scoring::{Moment, classic_anova};
/// let level = |n, mean, variance: f64| Moment { n, mean, variance_of_mean: variance / n as f64 };
/// let test = classic_anova(&[level(4, 2.0, 1.0), level(4, 4.0, 1.0)]);
/// assert_eq!(test.known().map(|t| (t.f, t.df1, t.df2)), Some((8.0, 1.0, 6.0)));
/// ```
pub fn classic_anova(levels: &[Moment]) -> Figure<FTest> {
    let (levels, n) = match at_least_two(levels) {
        Ok(both) => both,
        Err(undef) => return Figure::Undefined(undef),
    };
    match pooled_variance(&levels) {
        None => Figure::undefined(Undefined::SmallGroup, n),
        Some((pooled, _)) if pooled <= 0.0 => Figure::undefined(Undefined::NoVariance, n),
        Some((pooled, degrees)) => {
            let df1 = levels.len() as f64 - 1.0;
            FTest::new(between_squares(&levels) / df1 / pooled, df1, degrees, n)
        }
    }
}

/// Brown and Forsythe's F* for means (Brown & Forsythe 1974, Technometrics), robust to unequal variances.
///
/// F* = Σ n_j (m_j - m)² / D with D = Σ (1 - n_j/N) s_j², df1 = k - 1 and, with c_j = (1 - n_j/N) s_j²/D,
/// df2 = 1/Σ c_j²/(n_j - 1). Not [`crate::brown_forsythe`], which is their test of *spread*. Levels without
/// answers take no part. Undefined for fewer than two levels, one with a single answer, no variance at all.
///
/// ```
/// use scoring::{Moment, brown_forsythe_means};
/// let level = |n, mean, variance: f64| Moment { n, mean, variance_of_mean: variance / n as f64 };
/// let test = brown_forsythe_means(&[level(4, 2.0, 1.0), level(4, 4.0, 1.0)]);
/// assert_eq!(test.known().map(|t| (t.f, t.df1, t.df2)), Some((8.0, 1.0, 6.0)));
/// ```
pub fn brown_forsythe_means(levels: &[Moment]) -> Figure<FTest> {
    let (levels, n) = match at_least_two(levels) {
        Ok(both) => both,
        Err(undef) => return Figure::Undefined(undef),
    };
    if levels.iter().any(|level| level.n == 1) {
        return Figure::undefined(Undefined::SmallGroup, n);
    }
    let people: f64 = levels.iter().map(Moment::people).sum();
    let part = |level: &Moment| (1.0 - level.people() / people) * level.variance();
    let below: f64 = levels.iter().map(part).sum();
    if below <= 0.0 {
        return Figure::undefined(Undefined::NoVariance, n);
    }
    let terms = levels.iter().map(|level| (part(level) / below).powi(2) / (level.people() - 1.0));
    FTest::new(between_squares(&levels) / below, levels.len() as f64 - 1.0, 1.0 / terms.sum::<f64>(), n)
}
