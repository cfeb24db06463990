//! The 95 % intervals, each as a pure function of counts or sums.
//!
//! Fixed-sample intervals only. Which figure uses which method is decided in the modules that make reports.

use crate::error::Undefined;
use crate::figure::Interval;
use crate::layout::Scale;
use crate::special::{Z975, beta_quantile, t975};

/// Wilson's score interval of a share (Wilson 1927), `count` of `n`, in 0..=1.
///
/// Centre (p + z²/2n)/(1 + z²/n), half width z/(1 + z²/n) √(p(1-p)/n + z²/4n²), no continuity correction.
/// Undefined for n = 0.
///
/// ```
/// let [lower, upper] = scoring::wilson(8, 10).known().unwrap();
/// assert!((lower - 0.490162).abs() < 1e-6 && (upper - 0.943318).abs() < 1e-6);
/// assert!(scoring::wilson(0, 0).known().is_none());
/// ```
pub fn wilson(count: u64, n: u64) -> Interval {
    if n == 0 {
        return Interval::undefined(Undefined::NoAnswers, 0);
    }
    let people = n as f64;
    let p = count.min(n) as f64 / people;
    let z2 = Z975 * Z975;
    let d = 1.0 + z2 / people;
    let centre = (p + z2 / (2.0 * people)) / d;
    let half = Z975 / d * (p * (1.0 - p) / people + z2 / (4.0 * people * people)).sqrt();
    // At 0 and n of n one bound is the end of the range; rounding must not push it over.
    Interval::Known([(centre - half).max(0.0), (centre + half).min(1.0)])
}

/// The interval of a mean on a scale from a Dirichlet posterior of total prior weight 1 (Perks 1947), matched
/// to a beta distribution by its first two moments, in raw units.
///
/// `counts` are the answers by code from the lowest to the highest, after reversal. With K codes, N = n + 1 and
/// weights g = count + 1/K: M = Σ g x/N, V = (Σ g x²/N - M²)/(N + 1), U = (M - min)/(max - min),
/// W = V/(max - min)², s = U(1-U)/W - 1, shapes Us and (1-U)s. The interval lies inside the scale and may
/// leave out the mean of a unanimous cell: reports widen it by [`Interval::including`].
/// Undefined for n = 0.
///
/// ```
/// use scoring::{Scale, dirichlet_beta};
/// let [lower, upper] = dirichlet_beta(&[0, 1, 3, 10, 6], Scale::new(1, 5)?).known().unwrap();
/// assert!(lower > 3.5 && upper < 4.5);
/// # Ok::<(), scoring::LayoutError>(())
/// ```
pub fn dirichlet_beta(counts: &[u64], scale: Scale) -> Interval {
    let n: u64 = counts.iter().sum();
    if n == 0 {
        return Interval::undefined(Undefined::NoAnswers, 0);
    }
    let range = scale.range();
    let codes = f64::from(scale.points());
    let total = n as f64 + 1.0;
    // Positions 0..=range instead of raw codes: fewer digits are lost in the variance.
    let (mut first, mut second) = (0.0, 0.0);
    for (position, count) in (0_u8..).zip(counts) {
        let weight = *count as f64 + 1.0 / codes;
        let x = f64::from(position);
        first += weight * x;
        second += weight * x * x;
    }
    let mean = first / total;
    let variance = (second / total - mean * mean) / (total + 1.0);
    let u = mean / range;
    let strength = u * (1.0 - u) / (variance / (range * range)) - 1.0;
    let bound = |p| f64::from(scale.min) + range * beta_quantile(p, u * strength, (1.0 - u) * strength);
    Interval::Known([bound(0.025), bound(0.975)])
}

/// The adjusted Wald interval of a net promoter score (Rocks 2016), in points of 100.
///
/// Adds 3/4 promoter, 3/2 passive, 3/4 detractor; variance p₊ + p₋ - (p₊ - p₋)² over n + 3. Near ±100 a bound
/// can pass the end of the range. Undefined for n = 0.
///
/// ```
/// let [lower, upper] = scoring::adjusted_wald_nps(1436, 342, 2746).known().unwrap();
/// assert!((lower - 37.182361).abs() < 1e-6 && (upper - 42.410218).abs() < 1e-6);
/// ```
pub fn adjusted_wald_nps(promoters: u64, detractors: u64, n: u64) -> Interval {
    if n == 0 {
        return Interval::undefined(Undefined::NoAnswers, 0);
    }
    let people = n as f64 + 3.0;
    let up = (promoters as f64 + 0.75) / people;
    let down = (detractors as f64 + 0.75) / people;
    let difference = up - down;
    let half = Z975 * ((up + down - difference * difference) / people).sqrt();
    Interval::Known([100.0 * (difference - half), 100.0 * (difference + half)])
}

/// Student's t interval of a mean: mean ± t₀.₉₇₅(n - 1) sd/√n, with `sd` from divisor n - 1.
///
/// In the units of the mean; a bound can pass the end of the scale. Undefined for n < 2 and for sd = 0.
///
/// ```
/// let [lower, upper] = scoring::t_interval(10.0, 2.0, 4).known().unwrap();
/// assert!((upper - 13.182446).abs() < 1e-6 && (lower - 6.817554).abs() < 1e-6);
/// assert!(scoring::t_interval(10.0, 0.0, 4).known().is_none());
/// ```
pub fn t_interval(mean: f64, sd: f64, n: u64) -> Interval {
    match n {
        0 => Interval::undefined(Undefined::NoAnswers, 0),
        1 => Interval::undefined(Undefined::OneAnswer, 1),
        _ if sd > 0.0 => {
            let half = t975(n - 1) * sd / (n as f64).sqrt();
            Interval::Known([mean - half, mean + half])
        }
        _ => Interval::undefined(Undefined::NoVariance, n),
    }
}

/// The normal interval of a value with a known variance: value ± z₀.₉₇₅ √variance.
///
/// In the units of the value; a bound can pass the end of the scale. Undefined for n < 2, for variance ≤ 0, and where
/// the variance is no more than rounding left of nothing: √variance below 10⁻¹² of the value.
///
/// ```
/// let [lower, upper] = scoring::normal_interval(50.0, 4.0, 30).known().unwrap();
/// assert!((upper - 53.919928).abs() < 1e-6 && (lower - 46.080072).abs() < 1e-6);
/// ```
pub fn normal_interval(value: f64, variance: f64, n: u64) -> Interval {
    match n {
        0 => Interval::undefined(Undefined::NoAnswers, 0),
        1 => Interval::undefined(Undefined::OneAnswer, 1),
        _ if variance > 0.0 && variance.sqrt() > 1e-12 * value.abs() => {
            let half = Z975 * variance.sqrt();
            Interval::Known([value - half, value + half])
        }
        _ => Interval::undefined(Undefined::NoVariance, n),
    }
}

/// The distribution-free interval of alpha on log(1 - alpha) (Maydeu-Olivares, Coffman & Hartmann 2007).
///
/// `complement` is 1 - alpha, `se` the asymptotically distribution-free standard error of alpha: the bounds
/// are 1 - exp(log(1 - alpha) ± z₀.₉₇₅ se/(1 - alpha)). Undefined for n < 2 and for alpha = 1.
///
/// ```
/// let [lower, upper] = scoring::alpha_adf(0.2, 0.02, 250).known().unwrap();
/// assert!((lower - 0.756696).abs() < 1e-6 && (upper - 0.835597).abs() < 1e-6);
/// ```
pub fn alpha_adf(complement: f64, se: f64, n: u64) -> Interval {
    match n {
        0 => Interval::undefined(Undefined::NoAnswers, 0),
        1 => Interval::undefined(Undefined::OneAnswer, 1),
        _ if complement > 0.0 => {
            let half = Z975 * se / complement;
            Interval::Known([1.0 - complement * half.exp(), 1.0 - complement * (-half).exp()])
        }
        _ => Interval::undefined(Undefined::AllItemsAgree, n),
    }
}
