//! The distribution of the studentised range, which simultaneous comparisons of all pairs of means refer to.
//!
//! Written out here: no kept Rust crate has it to more than four decimals of the quantile. Both integrals are
//! sums over equally spaced points, which for integrands that are analytic and fade at both ends are exact to
//! rounding (Trefethen & Weideman 2014). The inner one, over the normal range, depends on the number of groups
//! alone and is kept as polynomials, so that many pairs of one comparison cost little.

#![allow(clippy::indexing_slicing, reason = "panels and coefficients are tables of fixed length")]

use std::collections::BTreeMap;
use std::f64::consts::PI;

use super::invert::invert;
use super::normal::{density, normal_cdf, normal_sf};
use super::probability;

/// Coefficients of one panel, for ranges from j to j + 1.
const DEGREE: usize = 16;
/// Beyond this range the tail of the normal range is below 1e-240, for any number of groups, and taken as 0.
const WIDEST: f64 = 48.0;
/// Step of the inner sum; half of it changes nothing up to 200 groups.
const STEP: f64 = 0.125;
/// How far it goes on each side of its centre.
const REACH: f64 = 9.0;
/// Its points, `2 REACH / STEP + 1`.
const POINTS: usize = 145;
/// Fewer degrees of freedom than this do not come up, and the outer sum would grow without end.
const FEWEST_DEGREES: f64 = 0.5;
/// Terms of the outer sum below e^-45 of the largest are left out.
const FADED: f64 = 45.0;

/// The studentised range of a number of groups.
///
/// Q = (max - min of k independent standard normals)/√(χ²_ν/ν). With W the range of the normals,
/// P(W > w) = k ∫ φ(z) (Φ(z)^(k-1) - (Φ(z) - Φ(z-w))^(k-1)) dz and P(Q > q) = ∫ g(u) P(W > q e^u) du, where g is
/// the density of u = ln √(χ²_ν/ν), proportional to exp(ν (u - e^(2u)/2)).
///
/// Absolute error below 1e-13 for 2 to 200 groups and 1 to 1e7 (or infinitely many) degrees of freedom; small
/// tails keep about 12 digits. One value is worth keeping for all pairs of a comparison: it remembers the inner
/// integrals.
///
/// ```
/// use scoring::probability::StudentisedRange;
/// let mut range = StudentisedRange::new(3).unwrap();
/// // The tabulated 5 % point for 3 groups and 10 degrees of freedom is 3.877.
/// assert!((range.quantile(0.95, 10.0).unwrap() - 3.876777).abs() < 1e-6);
/// assert!((range.sf(3.876777, 10.0).unwrap() - 0.05).abs() < 1e-7);
/// ```
#[derive(Debug, Clone)]
pub struct StudentisedRange {
    groups: f64,
    /// ln P(W > w) on j..=j+1, by j; filled when first asked for.
    panels: BTreeMap<u8, [f64; DEGREE]>,
}

/// P(Q > q) of the studentised range of `groups` means with `df` degrees of freedom.
///
/// ```
/// use scoring::probability::{studentised_range_sf, t_two_sided};
/// // Two groups: |t| = q/√2.
/// let (q, t) = (studentised_range_sf(4.0, 2, 7.3).unwrap(), t_two_sided(8.0_f64.sqrt(), 7.3).unwrap());
/// assert!((q - t).abs() < 1e-14);
/// ```
pub fn studentised_range_sf(q: f64, groups: usize, df: f64) -> Option<f64> {
    StudentisedRange::new(groups)?.sf(q, df)
}

/// The q with P(Q ≤ q) = p, for 0 < p < 1.
///
/// ```
/// let q = scoring::probability::studentised_range_quantile(0.95, 4, f64::INFINITY).unwrap();
/// assert!((q - 3.633160).abs() < 1e-6);
/// ```
pub fn studentised_range_quantile(p: f64, groups: usize, df: f64) -> Option<f64> {
    StudentisedRange::new(groups)?.quantile(p, df)
}

impl StudentisedRange {
    /// The studentised range of at least two groups.
    pub fn new(groups: usize) -> Option<StudentisedRange> {
        (groups >= 2).then(|| StudentisedRange { groups: groups as f64, panels: BTreeMap::new() })
    }

    /// P(Q > q) with `df` degrees of freedom, at least 1/2, whole or not or infinite.
    pub fn sf(&mut self, q: f64, df: f64) -> Option<f64> {
        if q.is_nan() || df.is_nan() || df < FEWEST_DEGREES {
            return None;
        }
        Some(if q <= 0.0 { 1.0 } else { self.tail(q.min(1e100), df)[0].clamp(0.0, 1.0) })
    }

    /// The q with P(Q ≤ q) = p, for 0 < p < 1 and `df` degrees of freedom as in [`StudentisedRange::sf`].
    pub fn quantile(&mut self, p: f64, df: f64) -> Option<f64> {
        let upper = 1.0 - probability(p)?;
        self.sf(1.0, df)?;
        let ln_q = invert(upper, 1.3, [-30.0, 230.0], |ln_q| self.tail(ln_q.exp(), df).into());
        Some(ln_q.exp())
    }

    /// P(Q > q) and its derivative by ln q, for 0 < q ≤ 1e100.
    fn tail(&mut self, q: f64, df: f64) -> [f64; 2] {
        if df.is_infinite() {
            return self.range_tail(q);
        }
        // Large ranges come with small scales: the weight of the tail moves left by this much.
        let shift = 0.5 * (q * q / (2.0 * df)).ln_1p();
        if df * shift > 750.0 {
            return [0.0, 0.0];
        }
        let faded = FADED / df;
        let (left, right) = (shift + faded.sqrt() + faded, faded.sqrt());
        let step = (0.5 / (2.0 * df).sqrt()).min(0.05);
        let (mut weights, mut value, mut slope) = (0.0, 0.0, 0.0);
        let mut u = -left;
        while u <= right {
            let weight = (df * log_shape(u)).exp();
            let [tail, change] = self.range_tail(q * u.exp());
            weights += weight;
            value += weight * tail;
            slope += weight * change;
            u += step;
        }
        [value / weights, slope / weights]
    }

    /// P(W > w) of the range of the normals and its derivative by ln w, from the panel that holds w.
    fn range_tail(&mut self, w: f64) -> [f64; 2] {
        if w >= WIDEST {
            return [0.0, 0.0];
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ w < 48")]
        let panel = w as u8;
        let groups = self.groups;
        let coefficients = self.panels.entry(panel).or_insert_with(|| fit(f64::from(panel), groups));
        let x = 2.0 * (w - f64::from(panel)) - 1.0;
        let [ln_tail, change] = chebyshev(coefficients, x);
        let tail = ln_tail.exp();
        [tail, 2.0 * change * w * tail]
    }
}

/// u - (e^(2u) - 1)/2, the logarithm of the density of u over ν, without cancellation near 0.
fn log_shape(u: f64) -> f64 {
    if u.abs() < 1e-3 {
        -u * u * (1.0 + u * (2.0 / 3.0 + u * (1.0 / 3.0 + u * (2.0 / 15.0 + u * 2.0 / 45.0))))
    } else {
        u - 0.5 * (2.0 * u).exp_m1()
    }
}

/// ln P(W > w) by an equally spaced sum; the integrand is centred at w/2 and fades within 9 on each side.
fn ln_range_tail(w: f64, groups: f64) -> f64 {
    let others = groups - 1.0;
    let points: [(f64, [f64; 2]); POINTS] = std::array::from_fn(|i| {
        let z = w / 2.0 - REACH + i as f64 * STEP;
        (density(z), [normal_cdf(z), normal_sf(z)])
    });
    // The points lie evenly about w/2, so that P(Z ≤ z - w) is P(Z > z) at the opposite point.
    let pairs = points.iter().zip(points.iter().rev());
    let terms = pairs.map(|((density, [all, _]), (_, [_, below]))| {
        let share = if below < all { -(others * (-below / all).ln_1p()).exp_m1() } else { 1.0 };
        density * (others * all.ln()).exp() * share
    });
    (groups * STEP * terms.sum::<f64>()).ln().min(0.0)
}

/// Chebyshev coefficients of ln P(W > w) on start..=start+1.
fn fit(start: f64, groups: f64) -> [f64; DEGREE] {
    let angle = |i: usize| PI * (i as f64 + 0.5) / DEGREE as f64;
    let values: [f64; DEGREE] =
        std::array::from_fn(|i| ln_range_tail(start + f64::midpoint(1.0, angle(i).cos()), groups));
    std::array::from_fn(|n| {
        let sum: f64 = values.iter().enumerate().map(|(i, v)| v * (n as f64 * angle(i)).cos()).sum();
        sum * if n == 0 { 1.0 } else { 2.0 } / DEGREE as f64
    })
}

/// Σ c_n T_n(x) and its derivative Σ n c_n U_(n-1)(x).
fn chebyshev(coefficients: &[f64; DEGREE], x: f64) -> [f64; 2] {
    let (mut first, mut before) = (x, 1.0);
    let (mut second, mut second_before) = (1.0, 0.0);
    let (mut value, mut slope) = (coefficients[0], 0.0);
    for (n, c) in coefficients.iter().enumerate().skip(1) {
        value += c * first;
        slope += c * n as f64 * second;
        (first, before) = (2.0 * x * first - before, first);
        (second, second_before) = (2.0 * x * second - second_before, second);
    }
    [value, slope]
}
