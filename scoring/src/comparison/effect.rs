//! How large differences are, apart from how many people there are.

use serde::Serialize;

use super::means::classic_anova;
use super::moment::{Moment, answered, total};
use super::ranks::kruskal_wallis;
use crate::distribution::Distribution;
use crate::error::Undefined;
use crate::figure::{Estimate, Figure};

/// The share of all variation that lies between the levels, on values and on ranks.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Effect {
    /// Of the values; see [`omega_squared`].
    pub omega_squared: Figure,
    /// Of the ranks; see [`epsilon_squared`].
    pub epsilon_squared: Figure,
}

/// The share of variance between the levels, ω² (Hays 1963).
///
/// (F - 1)(k - 1)/[(F - 1)(k - 1) + N] with F of [`classic_anova`]; little biased, and below 0 when F is below
/// 1, which reads as 0. Undefined as [`classic_anova`]. n counts all people.
///
/// ```
/// use scoring::{Moment, omega_squared};
/// let level = |n, mean, variance: f64| Moment { n, mean, variance_of_mean: variance / n as f64 };
/// let omega = omega_squared(&[level(4, 2.0, 1.0), level(4, 4.0, 1.0)]);
/// assert_eq!(omega.known().map(|e| e.value), Some(7.0 / 15.0));
/// ```
pub fn omega_squared(levels: &[Moment]) -> Figure {
    let levels = answered(levels);
    let n = total(&levels);
    classic_anova(&levels).map(|test| {
        let excess = (test.f - 1.0) * test.df1;
        Estimate::plain(excess / (excess + n as f64), n)
    })
}

/// The share of rank variation between the levels, ε² = H/(N - 1) (Kelley 1935; Tomczak & Tomczak 2014).
///
/// H of [`kruskal_wallis`]; from 0 to 1, undefined as that test. n counts all people.
///
/// ```
/// use scoring::{Distribution, epsilon_squared};
/// let (mut low, mut high) = (Distribution::new(1), Distribution::new(1));
/// low.increase(1, 3);
/// high.increase(5, 3);
/// assert_eq!(epsilon_squared(&[&low, &high]).known().map(|e| e.value), Some(1.0));
/// ```
pub fn epsilon_squared(levels: &[&Distribution]) -> Figure {
    let n = levels.iter().fold(0_u64, |sum, level| sum.saturating_add(level.n()));
    kruskal_wallis(levels).map(|test| Estimate::plain(test.h / (n as f64 - 1.0), n))
}

/// Cohen's d of two levels, (mean(b) - mean(a))/s_p (Cohen 1988).
///
/// s_p² = [(n_a - 1) s_a² + (n_b - 1) s_b²]/(n_a + n_b - 2). Undefined when a level has fewer than two answers,
/// and without variance in both.
///
/// ```
/// use scoring::{Moment, cohen_d};
/// let level = |n, mean, variance: f64| Moment { n, mean, variance_of_mean: variance / n as f64 };
/// let d = cohen_d(&level(4, 2.0, 1.0), &level(4, 4.0, 1.0));
/// assert_eq!(d.known(), Some(&2.0));
/// ```
pub fn cohen_d(a: &Moment, b: &Moment) -> Figure<f64> {
    let (a, b) = (a.checked(), b.checked());
    let n = a.n.saturating_add(b.n);
    match a.n.min(b.n) {
        0 => return Figure::undefined(Undefined::NoAnswers, n),
        1 => return Figure::undefined(Undefined::SmallGroup, n),
        _ => {}
    }
    let (fa, fb) = (a.people() - 1.0, b.people() - 1.0);
    let pooled = (fa * a.variance() + fb * b.variance()) / (fa + fb);
    if pooled > 0.0 {
        Figure::Known((b.mean - a.mean) / pooled.sqrt())
    } else {
        Figure::undefined(Undefined::NoVariance, n)
    }
}

/// Hedges' g, Cohen's d with the correction for few people (Hedges 1981): d (1 - 3/(4 (n_a + n_b) - 9)).
///
/// Undefined as [`cohen_d`].
///
/// ```
/// use scoring::{Moment, hedges_g};
/// let level = |n, mean, variance: f64| Moment { n, mean, variance_of_mean: variance / n as f64 };
/// let g = hedges_g(&level(4, 2.0, 1.0), &level(4, 4.0, 1.0));
/// assert!((g.known().unwrap() - 2.0 * 20.0 / 23.0).abs() < 1e-15);
/// ```
pub fn hedges_g(a: &Moment, b: &Moment) -> Figure<f64> {
    let people = a.people() + b.people();
    cohen_d(a, b).map(|d| d * (1.0 - 3.0 / (4.0 * people - 9.0)))
}
