//! The variance of an estimate whose weights were fitted to margins.
//!
//! A calibrated total cannot err in what the margins fix: only the residual of each person's pull from a
//! regression on the indicators of the margins' levels varies (Deville & Särndal 1992; Deville, Särndal & Sautory
//! 1993). The base weights are 1, so the regression counts everybody once; the residual is then weighted.

#![allow(clippy::indexing_slicing, reason = "matrices sized by the last column that a class names")]

use nalgebra::{DMatrix, DVector, SymmetricEigen};

use super::estimate::Influence;

/// The regression on the indicators of all margins, ready for any variable.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Projection {
    /// Of each class the columns of its levels.
    columns: Vec<Vec<usize>>,
    /// Of each class how many answered.
    people: Vec<f64>,
    /// Of each class its weight.
    weights: Vec<f64>,
    /// The generalised inverse of the indicators' cross-products.
    inverse: DMatrix<f64>,
}

impl Projection {
    /// Prepares the regression for classes with the columns of their levels, their people and weights.
    pub(super) fn new(columns: Vec<Vec<usize>>, people: Vec<f64>, weights: Vec<f64>) -> Projection {
        let width = columns.iter().flatten().max().map_or(0, |last| last + 1);
        let mut gram = DMatrix::zeros(width, width);
        for (class, n) in columns.iter().zip(&people) {
            for &a in class {
                for &b in class {
                    gram[(a, b)] += n;
                }
            }
        }
        Projection { columns, people, weights, inverse: generalised_inverse(gram) }
    }

    /// Σ w² (z - fit)² over all people, from the sums of z in each class.
    pub(super) fn residual_square(&self, classes: &[Influence]) -> f64 {
        let mut moments = DVector::zeros(self.inverse.nrows());
        for (columns, influence) in self.columns.iter().zip(classes) {
            for &column in columns {
                moments[column] += influence.sum.value();
            }
        }
        let slopes = &self.inverse * moments;
        let mut total = 0.0;
        for (class, influence) in classes.iter().enumerate() {
            let (Some(columns), Some(n), Some(w)) =
                (self.columns.get(class), self.people.get(class), self.weights.get(class))
            else {
                continue;
            };
            let fit: f64 = columns.iter().map(|&column| slopes[column]).sum();
            total += influence.weighted_square() + w * w * fit * (n * fit - 2.0 * influence.sum.value());
        }
        total.max(0.0)
    }
}

/// The Moore-Penrose inverse of a symmetric matrix: indicators of several margins always share their sum, and
/// empty combinations may tie them further.
fn generalised_inverse(gram: DMatrix<f64>) -> DMatrix<f64> {
    let size = gram.nrows();
    let eigen = SymmetricEigen::new(gram);
    let largest = eigen.eigenvalues.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    let mut inverse = DMatrix::zeros(size, size);
    for (place, value) in eigen.eigenvalues.iter().enumerate() {
        if *value > 1e-10 * largest {
            let axis = eigen.eigenvectors.column(place);
            inverse += axis * axis.transpose() / *value;
        }
    }
    inverse
}
