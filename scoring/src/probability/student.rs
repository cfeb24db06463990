//! Student's t distribution.

use super::beta::{beta_power, beta_tails, shares};
use super::invert::invert;
use super::{degrees, normal_quantile, normal_sf, probability};

/// P(T > t) of Student's t with `df` degrees of freedom, whole or not; infinite ones give the normal.
///
/// P(|T| > t) = 1 - I_x(1/2, df/2) with x = t²/(df + t²).
///
/// ```
/// let p = scoring::probability::t_sf(2.0, 7.5).unwrap();
/// assert!((p - 0.041448497649).abs() < 1e-11);
/// ```
pub fn t_sf(t: f64, df: f64) -> Option<f64> {
    let both = t_two_sided(t, df)?;
    Some(if t > 0.0 { both / 2.0 } else { 1.0 - both / 2.0 })
}

/// P(T ≤ t) of Student's t.
///
/// ```
/// use scoring::probability::{t_cdf, t_sf};
/// assert_eq!(t_cdf(-1.3, 4.0), t_sf(1.3, 4.0));
/// ```
pub fn t_cdf(t: f64, df: f64) -> Option<f64> {
    t_sf(-t, df)
}

/// P(|T| > |t|), the two-sided p-value of a t statistic.
///
/// ```
/// use scoring::probability::t_two_sided;
/// // One degree of freedom is Cauchy's distribution: half of it lies beyond ±1.
/// assert!((t_two_sided(1.0, 1.0).unwrap() - 0.5).abs() < 1e-15);
/// ```
pub fn t_two_sided(t: f64, df: f64) -> Option<f64> {
    if t.is_nan() {
        return None;
    }
    if df == f64::INFINITY {
        return Some(2.0 * normal_sf(t.abs()));
    }
    let df = degrees(df)?;
    let ratio = t / df.sqrt();
    let [x, y] = shares(ratio * ratio);
    Some(beta_tails(0.5, df / 2.0, x, y)[1])
}

/// The t with P(T ≤ t) = p, for 0 < p < 1 and `df` degrees of freedom, whole or not.
///
/// ```
/// let t = scoring::probability::t_quantile(0.95, 12.3).unwrap();
/// assert!((t - 1.778672546).abs() < 1e-8);
/// ```
pub fn t_quantile(p: f64, df: f64) -> Option<f64> {
    let p = probability(p)?;
    if df == f64::INFINITY {
        return normal_quantile(p);
    }
    let df = degrees(df)?;
    let both = 2.0 * p.min(1.0 - p);
    if both >= 1.0 {
        return Some(0.0);
    }
    // On the logarithm of t, where the tail is close to straight for every number of degrees of freedom.
    let ln_t = invert(both, 0.5, [-80.0, 340.0], |ln_t| {
        let ratio = ln_t.exp() / df.sqrt();
        let [x, y] = shares(ratio * ratio);
        (beta_tails(0.5, df / 2.0, x, y)[1], -2.0 * beta_power(0.5, df / 2.0, x, y))
    });
    Some(if p < 0.5 { -ln_t.exp() } else { ln_t.exp() })
}
