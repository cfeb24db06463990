//! The standard normal distribution.

use std::f64::consts::PI;
use std::sync::LazyLock;

use super::invert::invert;
use super::probability;

/// Points of the sum for the tail, half a step of 1/2 from 0 on, as squares with their e^-square.
static POINTS: LazyLock<[(f64, f64); 13]> = LazyLock::new(|| {
    std::array::from_fn(|n| {
        let square = (0.5 * (n as f64 + 0.5)).powi(2);
        (square, (-square).exp())
    })
});

/// P(Z ≤ z) of a standard normal Z.
///
/// ```
/// assert!((scoring::probability::normal_cdf(1.959963984540054) - 0.975).abs() < 1e-15);
/// ```
pub fn normal_cdf(z: f64) -> f64 {
    normal_sf(-z)
}

/// P(Z > z) of a standard normal Z; 1/2 for a z that is not a number.
///
/// ```
/// assert!((scoring::probability::normal_sf(10.0) / 7.619853024160527e-24 - 1.0).abs() < 1e-12);
/// ```
pub fn normal_sf(z: f64) -> f64 {
    if z.is_nan() {
        0.5
    } else if z < 0.0 {
        1.0 - upper_tail(-z)
    } else {
        upper_tail(z)
    }
}

/// P(Z > z) for z ≥ 0, to a few units in the last place.
///
/// With x = z/√2 it is (x/π) e^(-x²) ∫ e^(-s²)/(s² + x²) ds over s > 0, by the midpoint sum of step 1/2, whose
/// only error of note is the pole at s = ix: 1/(1 + e^(4πx)) (Chiarella & Reichel 1968). The library's function
/// has twelve digits only.
fn upper_tail(z: f64) -> f64 {
    let square = 0.5 * z * z;
    if square > 745.0 {
        return 0.0;
    }
    let x = square.sqrt();
    let sum: f64 = POINTS.iter().map(|(point, weight)| weight / (point + square)).sum();
    // Beyond x = 2π the pole is outside the strip that the sum covers.
    let pole = if x < 2.0 * PI { 1.0 / (1.0 + (4.0 * PI * x).exp()) } else { 0.0 };
    0.5 * x / PI * (-square).exp() * sum + pole
}

/// The z with P(Z ≤ z) = p, for 0 < p < 1.
///
/// ```
/// let z = scoring::probability::normal_quantile(0.975).unwrap();
/// assert!((z - 1.959963984540054).abs() < 1e-14);
/// assert_eq!(scoring::probability::normal_quantile(1.0), None);
/// ```
pub fn normal_quantile(p: f64) -> Option<f64> {
    let p = probability(p)?;
    let tail = p.min(1.0 - p);
    let z = invert(tail, (-2.0 * tail.ln()).sqrt(), [-0.1, 40.0], |z| (normal_sf(z), -density(z)));
    Some(if p < 0.5 { -z } else { z })
}

/// The density of the standard normal distribution.
pub(super) fn density(z: f64) -> f64 {
    (-0.5 * z * z).exp() / (2.0 * PI).sqrt()
}
