//! The maximum-likelihood solution for four or more items, by Newton's method.
//!
//! Works on a correlation matrix, since the solution of a covariance matrix is the same up to units. Whoever
//! calls it has seen to it that the matrix is positive definite.

#![allow(clippy::indexing_slicing, reason = "vectors indexed by places below the number of items")]

use nalgebra::DVector;

use super::Solution;
use crate::error::Undefined;
use crate::symmetric::{Matrix, Spectrum, spectrum};

/// A uniqueness below this share of its item's variance is taken for zero.
pub(crate) const IMPROPER: f64 = 1e-6;

/// Newton steps; about ten are needed, some thirty to the edge of an improper solution.
const STEPS: usize = 500;

/// The better of the solutions from two starting points, or why there is none.
///
/// Starts: (1 - 1/2k)/(R⁻¹)_ii (Jöreskog 1967), which is near the solution for most items, and one half for
/// each item, which guards against ending in an improper corner although a proper solution fits better.
pub(super) fn maximum_likelihood(r: &Matrix) -> Result<Solution, Undefined> {
    let k = r.nrows();
    let inverse = r.clone().cholesky().ok_or(Undefined::NotPositiveDefinite)?.inverse();
    let share = 1.0 - 0.5 / k as f64;
    let near = inverse.diagonal().map(|precision| (share / precision).max(2.0 * IMPROPER).ln());
    let half = DVector::from_element(k, 0.5_f64.ln());
    let (first, second) = (descend(r, near)?, descend(r, half)?);
    let best = if second.discrepancy < first.discrepancy - 1e-9 { second } else { first };
    best.solution()
}

/// Jöreskog's function and all that a Newton step needs, at one point.
struct Point {
    /// Logarithms of the uniquenesses.
    theta: DVector<f64>,
    discrepancy: f64,
    spectrum: Spectrum,
}

/// Goes downhill until the gradient is below 1e-11 or a uniqueness vanishes.
fn descend(r: &Matrix, start: DVector<f64>) -> Result<Point, Undefined> {
    let mut point = Point::at(r, start).ok_or(Undefined::NotConverged)?;
    for _ in 0..STEPS {
        let gradient = point.gradient();
        if gradient.amax() < 1e-11 || point.is_improper() {
            return Ok(point);
        }
        let step = newton_step(point.hessian(), &gradient).ok_or(Undefined::NotConverged)?;
        match search(r, &point, &step, gradient.dot(&step)) {
            Some(better) => point = better,
            // Rounding hides any further descent.
            None if gradient.amax() < 1e-8 => return Ok(point),
            None => return Err(Undefined::NotConverged),
        }
    }
    Err(Undefined::NotConverged)
}

/// -|H|⁻¹ g, where |H| has the absolute eigenvalues of the Hessian, none below a millionth of the largest; no
/// uniqueness changes by more than a factor e².
fn newton_step(hessian: Matrix, gradient: &DVector<f64>) -> Option<DVector<f64>> {
    let Spectrum { values, vectors } = spectrum(hessian)?;
    let floor = 1e-6 * values.iter().fold(0.0_f64, |largest, value| largest.max(value.abs())) + 1e-300;
    let mut turned = vectors.transpose() * gradient;
    for (entry, value) in turned.iter_mut().zip(&values) {
        *entry /= -value.abs().max(floor);
    }
    let step = vectors * turned;
    let largest = step.amax();
    Some(if largest > 2.0 { step * (2.0 / largest) } else { step })
}

/// Halves the step until it lowers the function enough (Armijo 1966).
fn search(r: &Matrix, from: &Point, step: &DVector<f64>, slope: f64) -> Option<Point> {
    let mut length = 1.0;
    for _ in 0..40 {
        let there = Point::at(r, &from.theta + step * length);
        if let Some(point) = there.filter(|p| p.discrepancy < from.discrepancy + 1e-4 * length * slope) {
            return Some(point);
        }
        length /= 2.0;
    }
    None
}

impl Point {
    /// F(θ) = Σ over all eigenvalues m but the largest of m - ln m - 1, those of Ψ^-1/2 R Ψ^-1/2.
    fn at(r: &Matrix, theta: DVector<f64>) -> Option<Point> {
        let scale = theta.map(|t| (-t / 2.0).exp());
        let scaled = Matrix::from_fn(r.nrows(), r.ncols(), |i, j| scale[i] * scale[j] * r[(i, j)]);
        let spectrum = spectrum(scaled)?;
        if spectrum.values.last().is_none_or(|smallest| *smallest <= 0.0) {
            return None;
        }
        let discrepancy = spectrum.values.iter().skip(1).map(|m| m - m.ln() - 1.0).sum::<f64>();
        Some(Point { theta, discrepancy: discrepancy.max(0.0), spectrum })
    }

    fn is_improper(&self) -> bool {
        self.theta.min() < IMPROPER.ln()
    }

    /// ∂F/∂θ_i = Σ (1 - m_j) v_ij² over all but the largest.
    fn gradient(&self) -> DVector<f64> {
        let mut gradient = DVector::zeros(self.theta.len());
        for (m, v) in self.spectrum.values.iter().zip(self.spectrum.vectors.column_iter()).skip(1) {
            gradient += v.component_mul(&v) * (1.0 - m);
        }
        gradient
    }

    /// The second derivatives: with A = Σ m_j v_j v_j', C = Σ v_j v_j' and
    /// D = Σ (1 - m_j)(m_1 + m_j)/(m_1 - m_j) v_j v_j' over all but the largest, H = A ∘ C + (v_1 v_1') ∘ D.
    fn hessian(&self) -> Matrix {
        let k = self.theta.len();
        let (mut a, mut c, mut d) = (Matrix::zeros(k, k), Matrix::zeros(k, k), Matrix::zeros(k, k));
        let first = self.spectrum.vectors.column(0);
        let largest = self.spectrum.values.first().copied().unwrap_or(0.0);
        for (m, v) in self.spectrum.values.iter().zip(self.spectrum.vectors.column_iter()).skip(1) {
            let outer = v * v.transpose();
            let apart = (largest - m).max(1e-12 * largest);
            d += &outer * ((1.0 - m) * (largest + m) / apart);
            a += &outer * *m;
            c += outer;
        }
        a.component_mul(&c) + (first * first.transpose()).component_mul(&d)
    }

    /// λ = Ψ^1/2 v_1 √(m_1 - 1), up to the sign of all.
    fn solution(&self) -> Result<Solution, Undefined> {
        if self.is_improper() {
            return Err(Undefined::Heywood);
        }
        let curvature = spectrum(self.hessian()).ok_or(Undefined::NotConverged)?.values;
        // A flat direction: many solutions fit equally well.
        if curvature.last().is_none_or(|least| *least < 1e-9) {
            return Err(Undefined::NoCommonFactor);
        }
        let excess = self.spectrum.values.first().map_or(0.0, |m| (m - 1.0).max(0.0).sqrt());
        let first = self.spectrum.vectors.column(0);
        let uniquenesses: Vec<f64> = self.theta.iter().map(|t| t.exp()).collect();
        let loadings =
            uniquenesses.iter().zip(first.iter()).map(|(psi, v)| psi.sqrt() * v * excess).collect();
        Ok(Solution { loadings, uniquenesses, discrepancy: self.discrepancy })
    }
}
