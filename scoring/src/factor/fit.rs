//! How well one factor reproduces the correlations of the items.
//!
//! The usual measures of fit, from Jöreskog's function at its minimum. Cut-offs are orientation, not law.

use serde::Serialize;
use statrs::function::gamma::checked_gamma_ur;

use super::Solution;
use crate::error::Undefined;
use crate::figure::Figure;
use crate::symmetric::Matrix;

/// Fit of the one-factor model to the complete answers of a block.
///
/// With items k, people n and the minimum F: χ² = n F (n, not n - 1), df = k(k - 3)/2. The baseline model has
/// no correlation at all, χ₀² = -n ln|R|, df₀ = k(k - 1)/2. ML takes normal items for granted: with skewed
/// answers on few codes χ² comes out too large, and all but `srmr` with it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct FactorFit {
    /// χ² = n F; 0 for three items, which any proper one-factor model fits exactly.
    pub chi2: f64,
    /// Degrees of freedom, k(k - 3)/2.
    pub df: u64,
    /// Upper tail of the χ² distribution; undefined without degrees of freedom.
    pub p: Figure<f64>,
    /// Comparative fit index (Bentler 1990), 0..=1: 1 - max(χ² - df, 0)/max(χ² - df, χ₀² - df₀, 0).
    pub cfi: f64,
    /// Tucker-Lewis index (1973), (χ₀²/df₀ - χ²/df)/(χ₀²/df₀ - 1): can pass 1; 1 without degrees of freedom;
    /// undefined where the items correlate no more than chance explains on average (χ₀² = df₀).
    pub tli: Figure<f64>,
    /// Root mean square error of approximation (Steiger & Lind 1980), √(max(χ² - df, 0)/(n df)); 0 without
    /// degrees of freedom, and unstable with few (Kenny, Kaniskan & McCoach 2015).
    pub rmsea: f64,
    /// Standardised root mean square residual (Bentler 1995): root of the mean square of r_ij - λ_i λ_j over the
    /// k(k + 1)/2 places on and below the diagonal.
    pub srmr: f64,
}

impl FactorFit {
    pub(super) fn new(r: &Matrix, eigenvalues: &[f64], solution: &Solution, n: u64) -> FactorFit {
        let k = r.nrows();
        let (df, df0) = (k * k.saturating_sub(3) / 2, k * k.saturating_sub(1) / 2);
        let people = n as f64;
        let chi2 = people * solution.discrepancy;
        let baseline = -people * eigenvalues.iter().map(|value| value.ln()).sum::<f64>();
        let (free, free0) = (df as f64, df0 as f64);
        let excess = (chi2 - free).max(0.0);
        FactorFit {
            chi2,
            df: df as u64,
            p: upper_tail(chi2, df as u64, n),
            cfi: comparative_fit(chi2 - free, baseline - free0),
            tli: tucker_lewis(chi2, free, baseline, free0, n),
            rmsea: if df == 0 { 0.0 } else { (excess / (people * free)).sqrt() },
            srmr: root_mean_square_residual(r, solution),
        }
    }
}

/// 1 - max(a, 0)/max(a, b, 0) of the excess of χ² over its degrees of freedom in the model and in the baseline.
pub(crate) fn comparative_fit(model: f64, baseline: f64) -> f64 {
    let worst = model.max(baseline);
    if worst > 0.0 { 1.0 - model.max(0.0) / worst } else { 1.0 }
}

fn tucker_lewis(chi2: f64, df: f64, baseline: f64, df0: f64, n: u64) -> Figure<f64> {
    if df <= 0.0 {
        return Figure::Known(1.0);
    }
    let lack = baseline / df0 - 1.0;
    if lack.abs() < 1e-12 {
        return Figure::undefined(Undefined::NoCommonFactor, n);
    }
    Figure::Known((baseline / df0 - chi2 / df) / lack)
}

fn root_mean_square_residual(r: &Matrix, solution: &Solution) -> f64 {
    let k = r.nrows();
    let mut squares = 0.0;
    for (i, a) in solution.loadings.iter().enumerate() {
        for (j, b) in solution.loadings.iter().enumerate().take(i) {
            squares += (r[(i, j)] - a * b).powi(2);
        }
    }
    (squares / (k * (k + 1)) as f64 * 2.0).sqrt()
}

/// P(χ²_df > chi2), the regularised upper incomplete gamma function Q(df/2, chi2/2).
pub(crate) fn upper_tail(chi2: f64, df: u64, n: u64) -> Figure<f64> {
    if df == 0 {
        return Figure::undefined(Undefined::NoFreedom, n);
    }
    if chi2 <= 0.0 {
        return Figure::Known(1.0);
    }
    match checked_gamma_ur(df as f64 / 2.0, chi2 / 2.0) {
        Ok(p) if p.is_finite() => Figure::Known(p.clamp(0.0, 1.0)),
        _ => Figure::undefined(Undefined::NotConverged, n),
    }
}
