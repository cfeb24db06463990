//! One common factor behind the items of a block, and the reliability figures that rest on it.
//!
//! Omega, composite reliability, average variance extracted and the fit of the model, from the people who were
//! asked and answered all items. `dimension` reports the first three. Several factors at once are not here:
//! `structure` looks across blocks, `invariance` across groups.

#![allow(clippy::indexing_slicing, reason = "k-by-k tables indexed by places below k")]

mod closed;
mod fit;
mod maximum;

use serde::Serialize;

pub use fit::FactorFit;
pub(crate) use fit::{comparative_fit, upper_tail};
pub(crate) use maximum::IMPROPER;

use crate::cell::Cell;
use crate::error::Undefined;
use crate::figure::{Figure, Undef};
use crate::layout::{Block, Layout};
use crate::reliability::Listwise;
use crate::symmetric::{Matrix, SINGULAR, eigenvalues};

/// The one-factor model x_i = mean + l_i f + e_i of a block, f with variance 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OneFactor {
    /// People who were asked and answered all items.
    pub n: u64,
    /// l_i in raw units, in the order of the block; their sum is not negative.
    pub loadings: Vec<f64>,
    /// Variance of each e_i, in squared raw units, divisor n.
    pub uniquenesses: Vec<f64>,
    /// λ_i = l_i over the item's standard deviation, -1 to 1.
    pub std_loadings: Vec<f64>,
    /// Omega total: (Σ l)²/((Σ l)² + Σ ψ), the share of the factor in the variance of the sum as the model
    /// implies it (McDonald 1999).
    pub omega: f64,
    /// The same numerator over the *observed* variance of the sum (divisor n).
    pub omega_observed: f64,
    /// (Σ λ)²/((Σ λ)² + Σ (1 - λ²)): omega of the standardised items (Fornell & Larcker 1981).
    pub composite_reliability: f64,
    /// Average variance extracted, the mean of λ² (Fornell & Larcker 1981).
    pub ave: f64,
    /// Σ l²/(Σ l² + Σ ψ), the same without standardising: items with more spread count more.
    pub ave_unstandardised: f64,
    /// How well the model fits.
    pub fit: FactorFit,
}

/// What a solver finds on a correlation matrix.
pub(crate) struct Solution {
    loadings: Vec<f64>,
    uniquenesses: Vec<f64>,
    discrepancy: f64,
}

/// The one-factor model of a block by maximum likelihood, listwise.
///
/// Minimises Jöreskog's F(ψ) = Σ (m - ln m - 1) over all but the largest eigenvalue m of Ψ^-1/2 S Ψ^-1/2, with S
/// of divisor n (Jöreskog 1967), by Newton steps on ln ψ until the gradient is below 1e-11; then
/// l = Ψ^1/2 v √(m₁ - 1). Three items have a solution in closed form, l₁² = s₁₂ s₁₃/s₂₃ and cyclic.
///
/// Undefined for one or two items, for an item without variance, for no more people than items, for a singular
/// S, for an improper solution (a uniqueness below a millionth of its item's variance: Heywood 1931), and where
/// no single factor is marked out, as when the items do not correlate.
///
/// ```
/// # use scoring::*;
/// # let scale = Scale::new(1, 5)?;
/// # let item = |key: &str| ItemSpec { key: key.into(), scale, reversed: false, top_box: None };
/// # let care = DimensionSpec { key: "care".into(), facet: Facet::Experience, of: None, items: vec![0, 1, 2] };
/// # let layout = Layout::new(["a", "b", "c"].map(item).to_vec(), vec![care], Outcomes::default())?;
/// # let mut cell = Cell::empty(&layout);
/// # for row in [[4, 4, 5], [3, 3, 2], [2, 1, 2], [5, 4, 4], [1, 2, 1], [3, 5, 5]] {
/// #     let codes: Vec<Code> = row.iter().filter_map(|&raw| Code::answer(raw, scale)).collect();
/// #     cell.record(&layout, &codes)?;
/// # }
/// // Six people answered 4 4 5, 3 3 2, 2 1 2, 5 4 4, 1 2 1 and 3 5 5.
/// let model = one_factor(&layout, &cell, Block::Dimension(0));
/// let model = model.known().unwrap();
/// // Three covariances, three loadings: each covariance is a product of two.
/// assert!((model.loadings[0] * model.loadings[1] - 7.0 / 6.0).abs() < 1e-12);
/// assert_eq!(model.fit.df, 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn one_factor(layout: &Layout, cell: &Cell, block: Block) -> Figure<OneFactor> {
    Listwise::new(layout, cell, block).and_then(|answers| of_scatter(answers.scatter(), answers.n())).into()
}

/// The model from n (n - 1) times the covariances.
pub(crate) fn of_scatter(scatter: &[Vec<i128>], n: u64) -> Result<OneFactor, Undef> {
    let undefined = |reason| Undef::new(reason, n);
    let k = scatter.len();
    if k < 3 {
        return Err(undefined(if k == 2 { Undefined::TwoItems } else { Undefined::OneItem }));
    }
    let covariance = covariance_matrix(scatter, n);
    let r = correlation_matrix(&covariance).ok_or(undefined(Undefined::NoVariance))?;
    if n <= k as u64 {
        return Err(undefined(Undefined::FewForVariables));
    }
    let values = eigenvalues(&r).ok_or(undefined(Undefined::NotConverged))?;
    if values.last().is_none_or(|smallest| *smallest <= SINGULAR) {
        return Err(undefined(Undefined::NotPositiveDefinite));
    }
    let solve = if k == 3 { closed::three_items } else { maximum::maximum_likelihood };
    let solution = solve(&r).map_err(undefined)?;
    let fit = FactorFit::new(&r, &values, &solution, n);
    Ok(describe(&covariance, solution, fit, n))
}

/// Covariances of divisor n.
pub(crate) fn covariance_matrix(scatter: &[Vec<i128>], n: u64) -> Matrix {
    let people = n as f64;
    let entries = scatter.iter().flatten().map(|&entry| entry as f64 / (people * people));
    Matrix::from_row_iterator(scatter.len(), scatter.len(), entries)
}

/// `None` where a variable has no variance.
pub(crate) fn correlation_matrix(covariance: &Matrix) -> Option<Matrix> {
    let sd = covariance.diagonal().map(f64::sqrt);
    let entry = |i: usize, j: usize| if i == j { 1.0 } else { covariance[(i, j)] / (sd[i] * sd[j]) };
    sd.iter().all(|sd| *sd > 0.0).then(|| Matrix::from_fn(sd.len(), sd.len(), entry))
}

fn describe(covariance: &Matrix, solution: Solution, fit: FactorFit, n: u64) -> OneFactor {
    let Solution { loadings: mut std_loadings, uniquenesses: psi, .. } = solution;
    let variances = covariance.diagonal();
    let mut loadings: Vec<f64> =
        std_loadings.iter().zip(variances.iter()).map(|(l, v)| l * v.sqrt()).collect();
    // A factor may be turned round.
    if loadings.iter().sum::<f64>() < 0.0 {
        for loading in loadings.iter_mut().chain(&mut std_loadings) {
            *loading = -*loading;
        }
    }
    let uniquenesses: Vec<f64> = psi.iter().zip(variances.iter()).map(|(psi, v)| psi * v).collect();
    let square = |values: &[f64]| values.iter().sum::<f64>().powi(2);
    let squares = |values: &[f64]| values.iter().map(|value| value * value).sum::<f64>();
    let (common, errors) = (square(&loadings), uniquenesses.iter().sum::<f64>());
    let std_errors = std_loadings.iter().map(|l| 1.0 - l * l).sum::<f64>();
    OneFactor {
        n,
        omega: common / (common + errors),
        omega_observed: common / covariance.sum(),
        composite_reliability: square(&std_loadings) / (square(&std_loadings) + std_errors),
        ave: squares(&std_loadings) / std_loadings.len() as f64,
        ave_unstandardised: squares(&loadings) / (squares(&loadings) + errors),
        loadings,
        uniquenesses,
        std_loadings,
        fit,
    }
}
