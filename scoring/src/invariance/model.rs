//! One factor in several groups at once, with loadings and intercepts that may be held equal.
//!
//! Maximum likelihood by Fisher scoring. `mod` says what the steps mean; nothing here knows cells or levels.

#![allow(clippy::indexing_slicing, reason = "vectors indexed by places below the number of items or groups")]

use nalgebra::DVector;

use crate::error::Undefined;
use crate::factor::{IMPROPER, OneFactor};
use crate::symmetric::Matrix;

/// What is known of one group: people, means, covariances of divisor n, its own one-factor model.
pub(super) struct Group {
    pub(super) n: u64,
    pub(super) means: DVector<f64>,
    pub(super) covariance: Matrix,
    pub(super) own: OneFactor,
}

/// What the groups share.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shared {
    Loadings,
    LoadingsAndIntercepts,
}

/// Where the parameters stand in one vector: loadings, ln ψ of each group, ln φ of each group but the first,
/// then with equal intercepts these and the factor mean of each group but the first.
#[derive(Clone, Copy)]
struct Places {
    k: usize,
    groups: usize,
    means: bool,
}

/// What the model says of one group, with what is free in it.
pub(super) struct Implied {
    pub(super) covariance: Matrix,
    pub(super) means: DVector<f64>,
}

/// The minimum of Σ n_g F_g over the parameters, and what the model implies there.
pub(super) struct Minimum {
    pub(super) chi2: f64,
    pub(super) implied: Vec<Implied>,
}

/// One parameter's derivatives of a group's covariances and means.
struct Slope {
    place: usize,
    covariance: Matrix,
    mean: DVector<f64>,
}

/// The model that shares something, fitted to all groups.
///
/// F_g = ln|Σ_g| - ln|S_g| + tr(S_g Σ_g⁻¹) - k + (x̄_g - μ_g)' Σ_g⁻¹ (x̄_g - μ_g), with Σ_g = φ_g λλ' + Ψ_g and
/// μ_g = ν + λ α_g, or x̄_g where intercepts are free; φ₁ = 1 and α₁ = 0.
pub(super) fn fit(groups: &[Group], shared: Shared) -> Result<Minimum, Undefined> {
    let k = groups.first().map_or(0, |group| group.means.len());
    let places = Places { k, groups: groups.len(), means: shared == Shared::LoadingsAndIntercepts };
    let mut theta = start(groups, places);
    let mut value = objective(groups, places, &theta).ok_or(Undefined::NotConverged)?;
    for _ in 0..500 {
        let (gradient, curvature) = scores(groups, places, &theta).ok_or(Undefined::NotConverged)?;
        let step = curvature.cholesky().ok_or(Undefined::NoCommonFactor)?.solve(&-&gradient);
        let slope = gradient.dot(&step);
        if -slope < 1e-10 {
            return finish(groups, places, &theta, value);
        }
        let lower = (0..40).find_map(|halving| {
            let length = 0.5_f64.powi(halving) * (2.0 / step.amax()).min(1.0);
            let there = &theta + &step * length;
            let found = objective(groups, places, &there)?;
            (found < value + 1e-4 * length * slope).then_some((there, found))
        });
        match lower {
            Some((there, found)) => (theta, value) = (there, found),
            // Rounding hides any further descent.
            None if -slope < 1e-6 => return finish(groups, places, &theta, value),
            None => return Err(Undefined::NotConverged),
        }
    }
    Err(Undefined::NotConverged)
}

fn finish(groups: &[Group], places: Places, theta: &DVector<f64>, chi2: f64) -> Result<Minimum, Undefined> {
    for (g, group) in groups.iter().enumerate() {
        let improper = |i: usize| places.psi(theta, g, i) < IMPROPER * group.covariance[(i, i)];
        if (0..places.k).any(improper) {
            return Err(Undefined::Heywood);
        }
    }
    let implied = groups.iter().enumerate().map(|(g, group)| places.implied(theta, g, group)).collect();
    Ok(Minimum { chi2: chi2.max(0.0), implied })
}

impl Places {
    fn psi_at(self, g: usize, i: usize) -> usize {
        self.k + g * self.k + i
    }

    fn phi_at(self, g: usize) -> usize {
        self.k + self.groups * self.k + g - 1
    }

    fn nu_at(self, i: usize) -> usize {
        self.k + self.groups * self.k + self.groups - 1 + i
    }

    fn alpha_at(self, g: usize) -> usize {
        self.nu_at(self.k) + g - 1
    }

    fn count(self) -> usize {
        if self.means { self.alpha_at(self.groups) } else { self.nu_at(0) }
    }

    fn psi(self, theta: &DVector<f64>, g: usize, i: usize) -> f64 {
        theta[self.psi_at(g, i)].exp()
    }

    fn phi(self, theta: &DVector<f64>, g: usize) -> f64 {
        if g == 0 { 1.0 } else { theta[self.phi_at(g)].exp() }
    }

    fn alpha(self, theta: &DVector<f64>, g: usize) -> f64 {
        if g == 0 { 0.0 } else { theta[self.alpha_at(g)] }
    }

    fn implied(self, theta: &DVector<f64>, g: usize, group: &Group) -> Implied {
        let lambda = theta.rows(0, self.k);
        let mut covariance = lambda * lambda.transpose() * self.phi(theta, g);
        for i in 0..self.k {
            covariance[(i, i)] += self.psi(theta, g, i);
        }
        let means = if self.means {
            theta.rows(self.nu_at(0), self.k) + lambda * self.alpha(theta, g)
        } else {
            group.means.clone()
        };
        Implied { covariance, means }
    }

    /// The derivatives of a group's covariances and means by each parameter that they depend on.
    fn slopes(self, theta: &DVector<f64>, g: usize) -> Vec<Slope> {
        let k = self.k;
        let lambda: DVector<f64> = theta.rows(0, k).into_owned();
        let phi = self.phi(theta, g);
        let flat = || DVector::zeros(k);
        let unit = |i: usize| DVector::from_fn(k, |row, _| f64::from(u8::from(row == i)));
        let mut slopes = Vec::new();
        for i in 0..k {
            let outer = unit(i) * lambda.transpose();
            let mean = if self.means { unit(i) * self.alpha(theta, g) } else { flat() };
            slopes.push(Slope { place: i, covariance: (&outer + outer.transpose()) * phi, mean });
            let mut covariance = Matrix::zeros(k, k);
            covariance[(i, i)] = self.psi(theta, g, i);
            slopes.push(Slope { place: self.psi_at(g, i), covariance, mean: flat() });
            if self.means {
                slopes.push(Slope { place: self.nu_at(i), covariance: Matrix::zeros(k, k), mean: unit(i) });
            }
        }
        if g > 0 {
            let covariance = &lambda * lambda.transpose() * phi;
            slopes.push(Slope { place: self.phi_at(g), covariance, mean: flat() });
            if self.means {
                slopes.push(Slope { place: self.alpha_at(g), covariance: Matrix::zeros(k, k), mean: lambda });
            }
        }
        slopes
    }
}

/// Loadings averaged over the groups, the rest to match each group's own model.
fn start(groups: &[Group], places: Places) -> DVector<f64> {
    let mut theta = DVector::zeros(places.count());
    let people: f64 = groups.iter().map(|group| group.n as f64).sum();
    let own: Vec<DVector<f64>> =
        groups.iter().map(|group| DVector::from_vec(group.own.loadings.clone())).collect();
    let mut lambda = DVector::zeros(places.k);
    for (group, own) in groups.iter().zip(&own) {
        lambda += own * (group.n as f64 / people);
    }
    let along = |values: &DVector<f64>| lambda.dot(values) / lambda.norm_squared().max(1e-12);
    let first_phi = along(&own[0]).abs().max(1e-3);
    for (g, group) in groups.iter().enumerate() {
        for (i, psi) in group.own.uniquenesses.iter().enumerate() {
            theta[places.psi_at(g, i)] = psi.max(1e-4 * group.covariance[(i, i)]).ln();
        }
        if g > 0 {
            theta[places.phi_at(g)] = 2.0 * (along(&own[g]).abs().max(1e-3) / first_phi).ln();
        }
        if g > 0 && places.means {
            theta[places.alpha_at(g)] = along(&(&group.means - &groups[0].means)) / first_phi;
        }
    }
    for i in 0..places.k {
        theta[i] = lambda[i] * first_phi;
        if places.means {
            theta[places.nu_at(i)] = groups[0].means[i];
        }
    }
    theta
}

/// Σ n_g F_g; `None` where a covariance matrix is not positive definite.
fn objective(groups: &[Group], places: Places, theta: &DVector<f64>) -> Option<f64> {
    let mut sum = 0.0;
    for (g, group) in groups.iter().enumerate() {
        sum += group.n as f64 * discrepancy(group, &places.implied(theta, g, group))?;
    }
    sum.is_finite().then_some(sum)
}

fn discrepancy(group: &Group, implied: &Implied) -> Option<f64> {
    let factor = implied.covariance.clone().cholesky()?;
    let own = group.covariance.clone().cholesky()?;
    let away = &group.means - &implied.means;
    let fit =
        factor.solve(&group.covariance).trace() - group.means.len() as f64 + away.dot(&factor.solve(&away));
    Some(factor.ln_determinant() - own.ln_determinant() + fit)
}

/// Gradient and expected curvature of Σ n_g F_g.
///
/// With Σ = L L', W_a = L⁻¹ ∂_aΣ L⁻ᵀ, m_a = L⁻¹ ∂_aμ, d = L⁻¹ (x̄ - μ) and A = L⁻¹ S L⁻ᵀ + d d':
/// gradient Σ n_g (⟨W_a, I - A⟩ - 2 d·m_a), curvature Σ n_g (⟨W_a, W_b⟩ + 2 m_a·m_b).
fn scores(groups: &[Group], places: Places, theta: &DVector<f64>) -> Option<(DVector<f64>, Matrix)> {
    let mut gradient = DVector::zeros(places.count());
    let mut curvature = Matrix::zeros(places.count(), places.count());
    for (g, group) in groups.iter().enumerate() {
        let implied = places.implied(theta, g, group);
        let lower = implied.covariance.cholesky()?.l();
        let whiten = |matrix: &Matrix| -> Option<Matrix> {
            lower.solve_lower_triangular(&lower.solve_lower_triangular(matrix)?.transpose())
        };
        let away = lower.solve_lower_triangular(&(&group.means - implied.means))?;
        let excess =
            Matrix::identity(places.k, places.k) - whiten(&group.covariance)? - &away * away.transpose();
        let n = group.n as f64;
        let mut white = Vec::new();
        for slope in places.slopes(theta, g) {
            let covariance = whiten(&slope.covariance)?;
            let mean = lower.solve_lower_triangular(&slope.mean)?;
            gradient[slope.place] += n * (covariance.dot(&excess) - 2.0 * away.dot(&mean));
            white.push(Slope { place: slope.place, covariance, mean });
        }
        for a in &white {
            for b in &white {
                let both = a.covariance.dot(&b.covariance) + 2.0 * a.mean.dot(&b.mean);
                curvature[(a.place, b.place)] += n * both;
            }
        }
    }
    Some((gradient, curvature))
}
