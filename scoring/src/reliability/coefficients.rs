//! What a statistician may ask of a scale beyond the report of its dimension.
//!
//! All listwise. For comparison with other programs and for the documentation; no report calls it.

#![allow(clippy::indexing_slicing, reason = "k-by-k tables indexed by places below k")]

use serde::Serialize;

use super::{Listwise, bonett_interval, feldt_interval};
use crate::cell::Cell;
use crate::error::Undefined;
use crate::factor::{self, OneFactor};
use crate::figure::{Estimate, Figure, Interval, Undef};
use crate::interval::normal_interval;
use crate::layout::{Block, Layout};
use crate::symmetric::{Matrix, eigenvalues};

/// A scale described from the people who were asked and answered all of its items.
///
/// All in raw units after reversal; variances and covariances of divisor n - 1, save in the one-factor model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScaleStatistics {
    /// People.
    pub n: u64,
    /// Items.
    pub k: usize,
    /// Mean of the person means.
    pub mean: f64,
    /// Their standard deviation.
    pub sd: f64,
    /// Sum of all variances and covariances, the variance of the sum of the items.
    pub cov_sum: f64,
    /// Sum of the variances.
    pub cov_trace: f64,
    /// Cronbach's alpha on the correlation matrix (standardised), k r̄/(1 + (k - 1) r̄); differs from
    /// [`crate::alpha`] when the items differ in spread.
    pub alpha_standardised: Figure<f64>,
    /// Guttman's λ₂ (1945), never below alpha: (Σ off-diagonal c + √(k/(k-1) Σ off-diagonal c²))/Σ c.
    pub guttman_lambda2: Figure<f64>,
    /// Mean Pearson correlation of two different items, r̄.
    pub mean_inter_item_r: Figure<f64>,
    /// Distribution-free standard error of alpha.
    pub alpha_se: Figure<f64>,
    /// alpha ± z₀.₉₇₅ times that; [`crate::alpha_adf`] is the better choice near 1.
    pub alpha_wald: Interval,
    /// [`crate::feldt_interval`].
    pub alpha_feldt: Interval,
    /// [`crate::bonett_interval`].
    pub alpha_bonett: Interval,
    /// Eigenvalues of the correlation matrix of the items, the largest first; they sum to k.
    pub eigenvalues: Figure<Vec<f64>>,
    /// The one-factor model.
    pub one_factor: Figure<OneFactor>,
}

/// Describes the items of a block as one scale; undefined exactly where [`crate::alpha`] has no answers to use.
///
/// ```
/// # use scoring::*;
/// # let scale = Scale::new(1, 5)?;
/// # let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
/// # let care = DimensionSpec { key: "care".into(), facet: Facet::Experience, of: None, items: vec![0, 1] };
/// # let layout = Layout::new(["a", "b"].map(item).to_vec(), vec![care], Outcomes::default())?;
/// # let mut cell = Cell::empty(&layout);
/// # for row in [[1, 2], [3, 3], [4, 5], [5, 4]] {
/// #     let codes: Vec<Code> = row.iter().filter_map(|&raw| Code::answer(raw, scale)).collect();
/// #     cell.record(&layout, &codes)?;
/// # }
/// // Four people answered 1 2, 3 3, 4 5 and 5 4; r is 22/√700.
/// let described = scale_statistics(&layout, &cell, Block::Dimension(0));
/// let described = described.known().unwrap();
/// assert!((described.mean_inter_item_r.known().unwrap() - 22.0 / 700.0_f64.sqrt()).abs() < 1e-12);
/// assert!((described.eigenvalues.known().unwrap()[0] - (1.0 + 22.0 / 700.0_f64.sqrt())).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn scale_statistics(layout: &Layout, cell: &Cell, block: Block) -> Figure<ScaleStatistics> {
    Listwise::new(layout, cell, block).map(|answers| describe(layout, block, &answers)).into()
}

fn describe(layout: &Layout, block: Block, answers: &Listwise) -> ScaleStatistics {
    let (n, k) = (answers.n(), answers.scatter().len());
    let (people, items) = (n as f64, k as f64);
    let pairs = people * (people - 1.0);
    let first = layout.block_items(block).first().and_then(|&item| layout.items().get(item));
    // Positions start at 1, raw codes at the scale's minimum.
    let shift = first.map_or(0.0, |item| f64::from(item.scale.min) - 1.0);
    let cov_sum = answers.total() as f64 / pairs;
    let correlations = correlations(answers);
    let alpha = answers.alpha();
    let interval = |method: fn(f64, u64, usize) -> Interval| match alpha {
        Ok(alpha) => method(alpha.value, n, k),
        Err(undef) => Interval::Undefined(undef),
    };
    let se = alpha.map(|_| answers.alpha_standard_error());
    ScaleStatistics {
        n,
        k,
        mean: answers.sum() as f64 / (people * items) + shift,
        sd: cov_sum.max(0.0).sqrt() / items,
        cov_sum,
        cov_trace: answers.trace() as f64 / pairs,
        alpha_standardised: correlations
            .as_ref()
            .map_err(|undef| *undef)
            .and_then(standardised_alpha(n))
            .into(),
        guttman_lambda2: lambda2(answers).into(),
        mean_inter_item_r: correlations.as_ref().map(mean_r).map_err(|undef| *undef).into(),
        alpha_se: se.into(),
        alpha_wald: alpha.and_then(|alpha| Ok((alpha, se?))).map_or_else(Interval::Undefined, wald),
        alpha_feldt: interval(feldt_interval),
        alpha_bonett: interval(bonett_interval),
        eigenvalues: correlations
            .and_then(|r| eigenvalues(&r).ok_or(Undef::new(Undefined::NotConverged, n)))
            .into(),
        one_factor: factor::of_scatter(answers.scatter(), n).into(),
    }
}

/// Undefined for alpha = 1, as its other intervals are, and where nobody's answers move alpha.
fn wald((alpha, se): (Estimate, f64)) -> Interval {
    if let Some(nothing @ Interval::Undefined(_)) = alpha.ci95 {
        return nothing;
    }
    // Two people always pull alpha alike; what rounding leaves of that is no spread.
    let variance = if se > 1e-12 { se * se } else { 0.0 };
    normal_interval(alpha.value, variance, alpha.n)
}

fn correlations(answers: &Listwise) -> Result<Matrix, Undef> {
    let scatter = answers.scatter();
    let covariance = Matrix::from_fn(scatter.len(), scatter.len(), |i, j| scatter[i][j] as f64);
    factor::correlation_matrix(&covariance).ok_or(Undef::new(Undefined::NoVariance, answers.n()))
}

fn mean_r(r: &Matrix) -> f64 {
    let k = r.nrows() as f64;
    (r.sum() - k) / (k * (k - 1.0))
}

fn standardised_alpha(n: u64) -> impl Fn(&Matrix) -> Result<f64, Undef> {
    move |r| {
        let (k, sum) = (r.nrows() as f64, r.sum());
        if sum < 1e-12 {
            return Err(Undef::new(Undefined::NoVariance, n));
        }
        Ok(k / (k - 1.0) * (1.0 - k / sum))
    }
}

fn lambda2(answers: &Listwise) -> Result<f64, Undef> {
    let (total, k) = (answers.total(), answers.scatter().len() as f64);
    if total <= 0 {
        return Err(Undef::new(Undefined::NoVariance, answers.n()));
    }
    let entries = answers.scatter().iter().enumerate();
    let off = entries.flat_map(|(row, line)| {
        line.iter().enumerate().filter(move |(column, _)| row != *column).map(|(_, entry)| *entry)
    });
    let squares: f64 = off.map(|entry| (entry as f64 / total as f64).powi(2)).sum();
    Ok((total - answers.trace()) as f64 / total as f64 + (k / (k - 1.0) * squares).sqrt())
}
