//! Least squares from means and covariances: coefficients, their errors, share explained, nested tests.
//!
//! Ordinary regression of one score on others over complete people, without touching a person. Response
//! surfaces, the tests of image and expectation and the driver figures call this.

#![allow(clippy::indexing_slicing, reason = "coefficients are sized by the predictors that index them")]

use serde::Serialize;

use crate::error::Undefined;
use crate::figure::{Figure, Interval, Undef};
use crate::matrix::{SMALLEST, dot, invert, times};
use crate::score_moments::ScoreMoments;
use crate::special::{beta_distribution, t975};

/// A linear regression; raw units.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Regression {
    /// People.
    pub n: u64,
    /// The outcome expected where all predictors are 0.
    pub intercept: f64,
    /// Change of the outcome with one unit of each predictor, the others fixed.
    pub coefficients: Vec<f64>,
    /// Covariance of the coefficients, without the intercept.
    pub covariance: Vec<Vec<f64>>,
    /// The coefficients after all scores are brought to standard deviation 1.
    pub standardised: Vec<f64>,
    /// Variance inflation of each predictor: 1/(1 - R²) of its regression on the others.
    pub vif: Vec<f64>,
    /// R², the share of the outcome's variance that is explained, 0..=1.
    pub r2: f64,
    /// 1 - (1 - R²)(n - 1)/(n - p - 1) for p predictors.
    pub adjusted_r2: f64,
    /// n - p - 1.
    pub df: u64,
}

/// A coefficient, or a sum of some, with its error.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Effect {
    /// The value.
    pub value: f64,
    /// Standard error.
    pub se: f64,
    /// value/se; undefined for an error of 0.
    pub t: Figure<f64>,
    /// Two-sided p of the hypothesis that it is 0, Student's t with n - p - 1 degrees of freedom.
    pub p: Figure<f64>,
    /// value ± t₀.₉₇₅ se.
    pub ci95: Interval,
}

/// An F test of two nested regressions.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct NestedTest {
    /// The statistic.
    pub f: f64,
    /// Predictors that the smaller one lacks.
    pub df1: u64,
    /// Residual degrees of freedom of the larger one.
    pub df2: u64,
    /// The probability of a larger F when the smaller one holds.
    pub p: f64,
}

/// Regresses the last score on all others by least squares.
///
/// b = S_xx⁻¹ s_xy, R² = b' s_xy/s_yy, residual variance (n-1)(s_yy - b' s_xy)/(n-p-1), covariance of b that
/// variance times S_xx⁻¹/(n-1): the moments must have divisor n - 1. The errors take people as independent and
/// their spread as equal. Undefined for n ≤ p + 1, when a score has no variance, and when a predictor follows
/// from the others, or the moments are too far apart for numbers.
///
/// ```
/// use scoring::{ScoreMoments, regression};
/// let moments = ScoreMoments { n: 5, mean: vec![3.0, 5.0], covariance: vec![vec![2.5, 2.0], vec![2.0, 2.0]] };
/// let fit = regression(&moments).unwrap();
/// assert!((fit.coefficients[0] - 0.8).abs() < 1e-15 && (fit.intercept - 2.6).abs() < 1e-14);
/// assert!((fit.r2 - 0.8).abs() < 1e-15 && fit.df == 3);
/// ```
pub fn regression(moments: &ScoreMoments) -> Result<Regression, Undef> {
    let undefined = |reason| Undef::new(reason, moments.n);
    let width = moments.mean.len().saturating_sub(1);
    if width == 0 {
        return Err(undefined(Undefined::FewPredictors));
    }
    let df = moments.n.saturating_sub(width as u64 + 1);
    if df == 0 {
        return Err(undefined(Undefined::FewForVariables));
    }
    let (inverse, standardised, r2) = standardised_fit(moments).map_err(undefined)?;
    let sd: Vec<f64> = (0..=width).map(|place| moments.covariance[place][place].sqrt()).collect();
    let coefficients: Vec<f64> =
        standardised.iter().enumerate().map(|(j, beta)| beta * sd[width] / sd[j]).collect();
    let noise = sd[width] * sd[width] * unexplained(r2) / df as f64;
    let row = |i: usize| (0..width).map(|j| noise * inverse[i * width + j] / (sd[i] * sd[j])).collect();
    let fit = Regression {
        n: moments.n,
        intercept: moments.mean[width] - dot(&coefficients, &moments.mean),
        covariance: (0..width).map(row).collect(),
        vif: (0..width).map(|j| inverse[j * width + j]).collect(),
        adjusted_r2: 1.0 - (1.0 - r2) * (moments.n as f64 - 1.0) / df as f64,
        coefficients,
        standardised,
        r2,
        df,
    };
    // Variances beyond what a float holds: no survey, but a caller's matrix may say so.
    Some(fit).filter(Regression::is_finite).ok_or_else(|| undefined(Undefined::NotPositiveDefinite))
}

/// The inverse correlations of all scores but the last, the standardised coefficients of the last, and R².
pub(crate) fn standardised_fit(moments: &ScoreMoments) -> Result<(Vec<f64>, Vec<f64>, f64), Undefined> {
    let all = moments.correlations()?;
    let width = moments.mean.len().saturating_sub(1);
    let rows = || all.chunks(width + 1).take(width);
    let mut inverse: Vec<f64> = rows().flat_map(|row| row[..width].to_vec()).collect();
    let with_outcome: Vec<f64> = rows().map(|row| row[width]).collect();
    invert(&mut inverse, width, SMALLEST).ok_or(Undefined::NotPositiveDefinite)?;
    let betas = times(&inverse, &with_outcome);
    let r2 = dot(&betas, &with_outcome);
    Ok((inverse, betas, r2))
}

/// 1 - R², where what is left of a perfect fit after rounding is nothing.
fn unexplained(r2: f64) -> f64 {
    Some(1.0 - r2).filter(|rest| *rest > 1e-13).unwrap_or(0.0)
}

impl Regression {
    fn is_finite(&self) -> bool {
        let lists = [&self.coefficients, &self.standardised, &self.vif];
        let mut all = lists.into_iter().chain(&self.covariance).flatten().chain([&self.intercept, &self.r2]);
        all.all(|number| number.is_finite())
    }

    /// The sum of the coefficients after multiplication by `weights`, with its error from their covariance.
    ///
    /// ```
    /// use scoring::{ScoreMoments, regression};
    /// let moments =
    ///     ScoreMoments { n: 5, mean: vec![3.0, 5.0], covariance: vec![vec![2.5, 2.0], vec![2.0, 2.0]] };
    /// let slope = regression(&moments).unwrap().effect(&[1.0]);
    /// assert!((slope.t.known().unwrap() - 3.464102).abs() < 1e-6 && (slope.se - 0.230940).abs() < 1e-6);
    /// ```
    pub fn effect(&self, weights: &[f64]) -> Effect {
        let value = dot(weights, &self.coefficients);
        let images: Vec<f64> = self.covariance.iter().map(|row| dot(row, weights)).collect();
        let se = dot(weights, &images).max(0.0).sqrt();
        if se <= 0.0 {
            let none = Figure::undefined(Undefined::NoVariance, self.n);
            let ci95 = Interval::undefined(Undefined::NoVariance, self.n);
            return Effect { value, se, t: none, p: none, ci95 };
        }
        let (t, df, half) = (value / se, self.df as f64, t975(self.df) * se);
        Effect {
            value,
            se,
            t: Figure::Known(t),
            p: Figure::Known(beta_distribution(df / 2.0, 0.5, df / (df + t * t))),
            ci95: Interval::Known([value - half, value + half]),
        }
    }
}

/// Tests whether a smaller regression explains as much as a larger one of the same people.
///
/// F = ((R²_l - R²_s)/df1)/((1 - R²_l)/df2). Undefined when the people differ, when the second is not larger, and
/// when the larger one leaves nothing unexplained.
pub fn nested_test(small: &Regression, large: &Regression) -> Result<NestedTest, Undef> {
    let more = large.coefficients.len().saturating_sub(small.coefficients.len()) as u64;
    if more == 0 || small.n != large.n {
        return Err(Undef::new(Undefined::FewForVariables, large.n));
    }
    let (d1, d2, rest) = (more as f64, large.df as f64, unexplained(large.r2));
    if rest <= 0.0 {
        return Err(Undef::new(Undefined::NoVariance, large.n));
    }
    let f = ((large.r2 - small.r2) / d1 / (rest / d2)).max(0.0);
    Ok(NestedTest {
        f,
        df1: more,
        df2: large.df,
        p: beta_distribution(d2 / 2.0, d1 / 2.0, d2 / (d2 + d1 * f)),
    })
}
