//! The little linear algebra that the statistics share: inverse and eigenvalues of symmetric matrices.
//!
//! Square matrices lie flat, row after row. Everything says no rather than dividing by nearly nothing. Called by
//! the regressions, EM and the drivers.

#![allow(clippy::indexing_slicing, reason = "width × width tables indexed below width")]

use nalgebra::{DMatrix, SymmetricEigen};

/// A pivot of a correlation matrix at or below this means that a variable follows from the others.
pub(crate) const SMALLEST: f64 = 1e-10;

/// Replaces a symmetric positive definite matrix by its inverse and returns ln det, by Cholesky's factors.
///
/// `None`, and the matrix is spoilt, when a pivot is at or below `smallest`.
pub(crate) fn invert(matrix: &mut [f64], width: usize, smallest: f64) -> Option<f64> {
    let mut ln_det = 0.0;
    for column in 0..width {
        for row in column..width {
            let known: f64 = (0..column).map(|k| matrix[row * width + k] * matrix[column * width + k]).sum();
            let rest = matrix[row * width + column] - known;
            if row > column {
                matrix[row * width + column] = rest / matrix[column * width + column];
            } else if rest > smallest && rest.is_finite() {
                ln_det += rest.ln();
                matrix[column * width + column] = rest.sqrt();
            } else {
                return None;
            }
        }
    }
    invert_factor(matrix, width);
    multiply_factor(matrix, width);
    Some(ln_det)
}

/// Replaces a lower triangle by its inverse.
fn invert_factor(matrix: &mut [f64], width: usize) {
    for column in 0..width {
        matrix[column * width + column] = 1.0 / matrix[column * width + column];
        for row in column + 1..width {
            let sum: f64 = (column..row).map(|k| matrix[row * width + k] * matrix[k * width + column]).sum();
            matrix[row * width + column] = -sum / matrix[row * width + row];
        }
    }
}

/// Replaces a lower triangle K by the whole of KᵀK.
fn multiply_factor(matrix: &mut [f64], width: usize) {
    for row in 0..width {
        for column in 0..=row {
            let sum = (row..width).map(|k| matrix[k * width + row] * matrix[k * width + column]).sum();
            matrix[row * width + column] = sum;
            matrix[column * width + row] = sum;
        }
    }
}

/// Eigenvalues and eigenvectors (columns, flat by rows) of a symmetric matrix; `None` if it is not finite.
pub(crate) fn eigen(matrix: &[f64], width: usize) -> Option<(Vec<f64>, Vec<f64>)> {
    if !matrix.iter().all(|x| x.is_finite()) {
        return None;
    }
    let square = DMatrix::from_row_slice(width, width, matrix);
    let found = SymmetricEigen::try_new(square, f64::EPSILON, 10_000)?;
    let vectors = found.eigenvectors.transpose().as_slice().to_vec();
    Some((found.eigenvalues.as_slice().to_vec(), vectors))
}

/// Σ_j row_j x_j for each row of a flat matrix.
pub(crate) fn times(matrix: &[f64], vector: &[f64]) -> Vec<f64> {
    matrix.chunks(vector.len().max(1)).map(|row| dot(row, vector)).collect()
}

/// Σ a_j b_j.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inverse_of_a_small_matrix_is_exact() {
        let mut matrix = vec![4.0, 2.0, 2.0, 3.0];
        let ln_det = invert(&mut matrix, 2, SMALLEST).unwrap();
        assert!((ln_det - 8.0_f64.ln()).abs() < 1e-15);
        for (found, expected) in matrix.iter().zip([0.375, -0.25, -0.25, 0.5]) {
            assert!((found - expected).abs() < 1e-15, "{matrix:?}");
        }
    }

    #[test]
    fn an_indefinite_or_endless_matrix_has_no_inverse() {
        assert_eq!(invert(&mut [1.0, 2.0, 2.0, 1.0], 2, SMALLEST), None);
        assert_eq!(invert(&mut [1.0, 1.0, 1.0, 1.0], 2, SMALLEST), None);
        assert_eq!(invert(&mut [f64::NAN], 1, SMALLEST), None);
        assert_eq!(eigen(&[f64::INFINITY], 1), None);
    }

    #[test]
    fn eigenvectors_stand_in_columns() {
        let (values, vectors) = eigen(&[2.0, 1.0, 1.0, 2.0], 2).unwrap();
        for (place, value) in values.iter().enumerate() {
            let column = [vectors[place], vectors[2 + place]];
            let image = times(&[2.0, 1.0, 1.0, 2.0], &column);
            assert!((image[0] - value * column[0]).abs() + (image[1] - value * column[1]).abs() < 1e-14);
        }
    }
}
