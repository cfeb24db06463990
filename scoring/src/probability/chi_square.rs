//! The chi-square distribution, by the incomplete gamma function.

use std::f64::consts::TAU;

use statrs::function::gamma::ln_gamma;

use super::invert::invert;
use super::{degrees, probability};
use crate::special::{LARGE, MAX_TERMS, stirling};

/// P(X > x) of a chi-square variable with `df` degrees of freedom, whole or not.
///
/// ```
/// // Two degrees of freedom: e^(-x/2).
/// let p = scoring::probability::chi_square_sf(3.0, 2.0).unwrap();
/// assert!((p - (-1.5_f64).exp()).abs() < 1e-15);
/// ```
pub fn chi_square_sf(x: f64, df: f64) -> Option<f64> {
    let df = degrees(df)?;
    (!x.is_nan()).then(|| gamma_tails(df / 2.0, x / 2.0)[1])
}

/// The x with P(X ≤ x) = p, for 0 < p < 1.
///
/// ```
/// let x = scoring::probability::chi_square_quantile(0.95, 1.0).unwrap();
/// assert!((x - 3.841458820694124).abs() < 1e-12);
/// ```
pub fn chi_square_quantile(p: f64, df: f64) -> Option<f64> {
    let (p, shape) = (probability(p)?, degrees(df)? / 2.0);
    // For a small shape quantiles near 0 fall below any double; they are taken as the least one.
    let ln_x = if p > 0.5 {
        invert(1.0 - p, shape.ln(), [-740.0, 709.0], |ln_x| {
            let x = ln_x.exp();
            (gamma_tails(shape, x)[1], -gamma_power(shape, x))
        })
    } else {
        // The lower tail falls as -ln x rises.
        -invert(p, -shape.ln(), [-709.0, 740.0], |minus| {
            let x = (-minus).exp();
            (gamma_tails(shape, x)[0], -gamma_power(shape, x))
        })
    };
    Some(2.0 * ln_x.exp())
}

/// The regularised incomplete gamma functions P(a, x) and Q(a, x).
///
/// Series DLMF 8.11.4 below the mean, continued fraction DLMF 8.9.2 (modified Lentz) above it; about √a terms
/// are needed near the mean.
fn gamma_tails(a: f64, x: f64) -> [f64; 2] {
    if x <= 0.0 {
        return [0.0, 1.0];
    }
    if x.is_infinite() {
        return [1.0, 0.0];
    }
    let front = gamma_power(a, x);
    if x < a + 1.0 {
        let lower = (front * series(a, x)).min(1.0);
        [lower, 1.0 - lower]
    } else {
        let upper = (front * fraction(a, x)).min(1.0);
        [1.0 - upper, upper]
    }
}

/// x^a e^(-x) / Γ(a); for a large shape by Stirling's series about the peak (Loader 2000).
fn gamma_power(a: f64, x: f64) -> f64 {
    if a < LARGE {
        return (a * x.ln() - x - ln_gamma(a)).exp();
    }
    let delta = (x - a) / a;
    (a * (delta.ln_1p() - delta) - stirling(a)).exp() * (a / TAU).sqrt()
}

fn series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum) = (1.0 / a, 1.0 / a);
    for i in 1..MAX_TERMS {
        term *= x / (a + f64::from(i));
        sum += term;
        if term < sum * 1e-17 {
            break;
        }
    }
    sum
}

fn fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let mut c = 1e300;
    let mut d = 1.0 / b;
    let mut value = d;
    for i in 1..MAX_TERMS {
        let i = f64::from(i);
        let numerator = i * (a - i);
        b += 2.0;
        d = 1.0 / (numerator * d + b);
        c = b + numerator / c;
        value *= c * d;
        if (c * d - 1.0).abs() < 3e-16 {
            break;
        }
    }
    value
}
