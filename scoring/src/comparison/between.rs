//! How far levels differ beyond chance: the between-level variance and its interval.
//!
//! The model is y_j ~ N(m_j, v_j), m_j ~ N(mu, tau²) with known v_j. Comparisons report tau, `places` shrinks by
//! it. Pairs of (mean, sampling variance) go in; a pair whose mean is not finite or whose variance is not a
//! finite number above 0 is left out.

use super::moment::{Moment, answered, pooled_variance, total};
use crate::error::Undefined;
use crate::figure::{Estimate, Figure, Interval};
use crate::probability::chi_square_quantile;

/// Steps of Newton's method, which doubles tau² while it is far below its root.
const MAX_STEPS: usize = 300;

/// The pairs that can be used.
pub(crate) fn usable(levels: &[(f64, f64)]) -> Vec<(f64, f64)> {
    levels.iter().copied().filter(|(y, v)| y.is_finite() && *v > 0.0 && v.is_finite()).collect()
}

/// The weighted mean Σ w y/Σ w and the sum of weights at one tau², w = 1/(v + tau²).
pub(crate) fn weighted_mean(levels: &[(f64, f64)], tau2: f64) -> (f64, f64) {
    // About the first mean: fewer digits are lost when means are large and close.
    let origin = levels.first().map_or(0.0, |(y, _)| *y);
    let sum: f64 = levels.iter().map(|(_, v)| 1.0 / (v + tau2)).sum();
    let above: f64 = levels.iter().map(|(y, v)| (y - origin) / (v + tau2)).sum();
    (origin + above / sum, sum)
}

/// Cochran's Q of the levels at a given tau² (Cochran 1954): Σ w (y - mu)² with w = 1/(v + tau²) and
/// mu = Σ w y/Σ w.
///
/// With tau² = 0 it is chi-square with k - 1 degrees of freedom when all levels are equal; it falls as tau²
/// grows. 0 for fewer than two levels.
///
/// ```
/// assert_eq!(scoring::cochran_q(&[(1.0, 0.5), (3.0, 0.5)], 0.0), 4.0);
/// ```
pub fn cochran_q(levels: &[(f64, f64)], tau2: f64) -> f64 {
    statistic(&usable(levels), tau2.max(0.0)).0
}

/// Q and its negative derivative Σ w² (y - mu)².
fn statistic(levels: &[(f64, f64)], tau2: f64) -> (f64, f64) {
    let (mu, _) = weighted_mean(levels, tau2);
    levels.iter().fold((0.0, 0.0), |(q, slope), (y, v)| {
        let term = (y - mu).powi(2) / (v + tau2);
        (q + term, slope + term / (v + tau2))
    })
}

/// The tau² at which Q has a value, 0 when Q(0) is not above it; Newton's method from 0, as Q is convex.
fn solve(levels: &[(f64, f64)], target: f64) -> f64 {
    let mut tau2 = 0.0;
    for _ in 0..MAX_STEPS {
        let (q, slope) = statistic(levels, tau2);
        let step = (q - target) / slope;
        if !(step.is_finite() && step > 1e-16 * tau2) {
            break;
        }
        tau2 += step;
    }
    tau2
}

/// The between-level variance tau² by Paule & Mandel 1982: the tau² at which Q(tau²) = k - 1, or 0.
///
/// In squared units of the means. `None` for fewer than two levels.
///
/// ```
/// let tau2 = scoring::paule_mandel(&[(1.0, 0.5), (3.0, 0.5)]).unwrap();
/// assert!((tau2 - 1.5).abs() < 1e-12);
/// ```
pub fn paule_mandel(levels: &[(f64, f64)]) -> Option<f64> {
    let levels = usable(levels);
    (levels.len() >= 2).then(|| solve(&levels, levels.len() as f64 - 1.0))
}

/// The between-level variance tau² by DerSimonian & Laird 1986.
///
/// max(0, (Q - (k - 1))/(Σ w - Σ w²/Σ w)) with w = 1/v; smaller than [`paule_mandel`] when the v_j differ much.
/// `None` for fewer than two levels.
///
/// ```
/// let tau2 = scoring::dersimonian_laird(&[(1.0, 0.5), (3.0, 0.5)]).unwrap();
/// assert!((tau2 - 1.5).abs() < 1e-12);
/// ```
pub fn dersimonian_laird(levels: &[(f64, f64)]) -> Option<f64> {
    let levels = usable(levels);
    if levels.len() < 2 {
        return None;
    }
    let sum: f64 = levels.iter().map(|(_, v)| 1.0 / v).sum();
    let others: f64 = levels.iter().map(|(_, v)| 1.0 / v * (1.0 - 1.0 / v / sum)).sum();
    let excess = statistic(&levels, 0.0).0 - (levels.len() as f64 - 1.0);
    Some((excess / others).max(0.0))
}

/// The 95 % interval of tau² by Q-profile (Viechtbauer 2007): where Q(tau²) lies between the 2.5 % and the
/// 97.5 % point of chi-square with k - 1 degrees of freedom.
///
/// The lower bound is 0 when Q(0) is below the upper point. When Q(0) is below the lower point there is no
/// such tau²: the levels are more alike than chance allows, and the answer is `None`, as for fewer than two.
///
/// ```
/// let [lower, upper] = scoring::q_profile(&[(1.0, 0.5), (3.0, 0.5)]).unwrap();
/// assert!(lower == 0.0 && upper > 2000.0);
/// ```
pub fn q_profile(levels: &[(f64, f64)]) -> Option<[f64; 2]> {
    let levels = usable(levels);
    let degrees = levels.len() as f64 - 1.0;
    let (low, high) = (chi_square_quantile(0.025, degrees)?, chi_square_quantile(0.975, degrees)?);
    if statistic(&levels, 0.0).0 < low {
        return None;
    }
    Some([solve(&levels, high), solve(&levels, low)])
}

/// The between-level standard deviation tau with its Q-profile interval, in units of the means.
///
/// Square roots of [`paule_mandel`] and [`q_profile`] with v_j = s_j²/n_j; a level without spread of its own
/// (one answer, or all agree) takes the pooled within variance over n_j instead, since a variance of 0 would
/// give it all the weight. n counts all people. Undefined for fewer than two levels with answers, when every
/// level has a single answer, without any variance; only the interval is undefined when the levels are more
/// alike than chance allows.
///
/// ```
/// use scoring::{Moment, between_levels_sd};
/// let level = |n, mean, variance: f64| Moment { n, mean, variance_of_mean: variance / n as f64 };
/// let tau = between_levels_sd(&[level(40, 3.0, 1.0), level(40, 4.0, 1.0), level(40, 3.4, 1.0)]);
/// assert!((tau.known().unwrap().value - 0.477842).abs() < 1e-6);
/// ```
pub fn between_levels_sd(levels: &[Moment]) -> Figure {
    let levels = answered(levels);
    let n = total(&levels);
    if levels.len() < 2 {
        return Figure::undefined(Undefined::OneGroup, n);
    }
    let pooled = match pooled_variance(&levels) {
        None => return Figure::undefined(Undefined::SmallGroup, n),
        Some((pooled, _)) if pooled <= 0.0 => return Figure::undefined(Undefined::NoVariance, n),
        Some((pooled, _)) => pooled,
    };
    let spread = levels.iter().map(|level| level.with_spread(pooled));
    let pairs: Vec<_> = spread.map(|level| (level.mean, level.variance_of_mean)).collect();
    let interval = match q_profile(&pairs) {
        Some([lower, upper]) => Interval::Known([lower.sqrt(), upper.sqrt()]),
        None => Interval::undefined(Undefined::TooAlike, n),
    };
    match paule_mandel(&pairs) {
        Some(tau2) => Figure::Known(Estimate::with_interval(tau2.sqrt(), n, interval)),
        None => Figure::undefined(Undefined::OneGroup, n),
    }
}
