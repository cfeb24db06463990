//! The measures of fit of one step, over all groups together.

#![allow(
    clippy::indexing_slicing,
    reason = "vectors and matrices indexed by places below the number of items"
)]

use nalgebra::DVector;

use super::InvarianceStep;
use super::model::{self, Group, Implied, Shared};
use crate::error::Undefined;
use crate::factor::{comparative_fit, correlation_matrix, upper_tail};
use crate::symmetric::eigenvalues;

/// One step with its measures of fit; nothing shared is the sum of the groups' own models.
pub(super) fn fitted(groups: &[Group], shared: Option<Shared>) -> Result<InvarianceStep, Undefined> {
    let k = groups.first().map_or(0, |group| group.means.len());
    let count = groups.len();
    let equal = match shared {
        None => 0,
        Some(Shared::Loadings) => (count - 1) * (k - 1),
        Some(Shared::LoadingsAndIntercepts) => 2 * (count - 1) * (k - 1),
    };
    let df = count * k * (k - 3) / 2 + equal;
    let (chi2, implied) = match shared {
        None => (groups.iter().map(|group| group.own.fit.chi2).sum(), groups.iter().map(own).collect()),
        Some(shared) => {
            let minimum = model::fit(groups, shared)?;
            (minimum.chi2, minimum.implied)
        }
    };
    let people: u64 = groups.iter().map(|group| group.n).sum();
    let (n, free) = (people as f64, df as f64);
    let baseline = baseline(groups).ok_or(Undefined::NotConverged)?;
    let of_baseline = (count * k * (k - 1) / 2) as f64;
    let parameters = (count * (k + k * (k + 1) / 2) - df) as f64;
    let rmsea = ((chi2 - free).max(0.0) / (n * free) * count as f64).sqrt();
    Ok(InvarianceStep {
        chi2,
        df: df as u64,
        p: upper_tail(chi2, df as u64, people),
        cfi: comparative_fit(chi2 - free, baseline - of_baseline),
        rmsea: if df == 0 { 0.0 } else { rmsea },
        srmr: residual(groups, &implied),
        bic: chi2 + saturated(groups).ok_or(Undefined::NotPositiveDefinite)? + parameters * n.ln(),
    })
}

/// What a group's own model implies; its means are free.
fn own(group: &Group) -> Implied {
    let loadings = DVector::from_vec(group.own.loadings.clone());
    let mut covariance = &loadings * loadings.transpose();
    for (place, psi) in group.own.uniquenesses.iter().enumerate() {
        covariance[(place, place)] += psi;
    }
    Implied { covariance, means: group.means.clone() }
}

/// χ² of no correlation in any group, Σ -n_g ln|R_g|.
fn baseline(groups: &[Group]) -> Option<f64> {
    let of = |group: &Group| {
        let values = eigenvalues(&correlation_matrix(&group.covariance)?)?;
        Some(-(group.n as f64) * values.iter().map(|value| value.ln()).sum::<f64>())
    };
    groups.iter().map(of).sum()
}

/// -2 ln L of the model that restricts nothing, Σ n_g (k ln 2π + ln|S_g| + k).
fn saturated(groups: &[Group]) -> Option<f64> {
    let of = |group: &Group| {
        let k = group.means.len() as f64;
        let determinant = group.covariance.clone().cholesky()?.ln_determinant();
        Some(group.n as f64 * (k * std::f64::consts::TAU.ln() + determinant + k))
    };
    groups.iter().map(of).sum()
}

/// Root of the mean square, over the k means and the k(k + 1)/2 covariances of a group, of what the model misses
/// in units of the items' standard deviations; then averaged over groups by size.
fn residual(groups: &[Group], implied: &[Implied]) -> f64 {
    let people: f64 = groups.iter().map(|group| group.n as f64).sum();
    let of = |(group, implied): (&Group, &Implied)| {
        let k = group.means.len();
        let sd = group.covariance.diagonal().map(f64::sqrt);
        let mut squares = 0.0;
        for i in 0..k {
            squares += ((group.means[i] - implied.means[i]) / sd[i]).powi(2);
            for j in 0..=i {
                let missed = group.covariance[(i, j)] - implied.covariance[(i, j)];
                squares += (missed / (sd[i] * sd[j])).powi(2);
            }
        }
        group.n as f64 / people * (squares / (k + k * (k + 1) / 2) as f64).sqrt()
    };
    groups.iter().zip(implied).map(of).sum()
}
