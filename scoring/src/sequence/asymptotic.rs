//! The asymptotic sequence of a mean: narrower, and only approximately valid.

use super::ALPHA;
use super::bounded::Bounded;
use super::mean::interval;
use crate::distribution::Distribution;
use crate::error::Undefined;
use crate::figure::{Interval, Undef};
use crate::layout::Scale;

/// The n at which the asymptotic sequence is made narrowest.
const TUNED_AT: f64 = 500.0;

/// The asymptotic confidence sequence of a mean, in raw units; for comparison, not for reports.
///
/// mean ± s √( (nρ² + 1)/(n²ρ²) ln((nρ² + 1)/α²) ), with s² the variance with divisor n and ρ² of
/// [`mixture_variance`] (Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas 2024). Its promise holds in the
/// limit only: on an item whose answers crowd at the end of the scale it misses far more often than it
/// says, so use it from n = 200 on and on unskewed items alone. The bounds can leave the scale. Undefined
/// without answers, for values beyond the scale and without variance.
///
/// ```
/// use scoring::{Distribution, Scale, asymptotic_sequence};
/// let scale = Scale::new(1, 5)?;
/// let answers = Distribution::of_histogram(&[6, 32, 444, 1507, 699], scale);
/// let [lower, upper] = asymptotic_sequence(&answers, scale).known().unwrap();
/// assert!((lower - 4.021667).abs() < 1e-6 && (upper - 4.107053).abs() < 1e-6);
/// # Ok::<(), scoring::LayoutError>(())
/// ```
pub fn asymptotic_sequence(distribution: &Distribution, scale: Scale) -> Interval {
    interval(bounds(distribution, scale))
}

fn bounds(distribution: &Distribution, scale: Scale) -> Result<[f64; 2], Undef> {
    let people = Bounded::from_below(distribution, scale)?;
    let (mean, variance) = people.moments();
    let n = people.n();
    if distribution.keys().count() == 1 {
        return Err(Undef::new(Undefined::NoVariance, n));
    }
    let rho = mixture_variance();
    let spent = n as f64 * rho + 1.0;
    let half = (variance * spent / (n as f64 * n as f64 * rho) * (spent / (ALPHA * ALPHA)).ln()).sqrt();
    let raw = |unit: f64| f64::from(scale.min) + scale.range() * unit;
    Ok([raw(mean - half), raw(mean + half)])
}

/// ρ², the variance of the normal mixture that makes [`asymptotic_sequence`] narrowest at n = 500.
///
/// The width at n is smallest where (t + 1)/t ln((t + 1)/α²) is, t = nρ²; setting the derivative to zero
/// leaves t = ln((t + 1)/α²), which repeated substitution solves, since the right side changes 1/(t + 1)
/// times as much as t does.
///
/// ```
/// assert!((scoring::mixture_variance() - 0.016424).abs() < 1e-6);
/// ```
pub fn mixture_variance() -> f64 {
    let root = (0..40).fold(8.0_f64, |t, _| ((t + 1.0) / (ALPHA * ALPHA)).ln());
    root / TUNED_AT
}
