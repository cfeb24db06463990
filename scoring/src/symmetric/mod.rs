//! Small helpers round the linear algebra library: spectra of symmetric matrices, in a fixed order and without
//! panics.
//!
//! Nothing statistical lives here. `factor`, `structure` and `invariance` call it.

mod values;

use nalgebra::{DMatrix, SymmetricEigen};

/// A matrix of any size.
pub(crate) type Matrix = DMatrix<f64>;

/// An eigenvalue of a correlation matrix up to this counts as zero: rounding leaves about 1e-15 an item.
pub(crate) const SINGULAR: f64 = 1e-10;

/// Eigenvalues from the largest to the smallest, with their eigenvectors as columns in the same order.
pub(crate) struct Spectrum {
    pub(crate) values: Vec<f64>,
    pub(crate) vectors: Matrix,
}

/// The spectrum of a symmetric matrix; `None` for an empty matrix, one that is not finite, and where the
/// iteration does not settle.
pub(crate) fn spectrum(symmetric: Matrix) -> Option<Spectrum> {
    if symmetric.is_empty() || !symmetric.iter().all(|entry| entry.is_finite()) {
        return None;
    }
    let eigen = SymmetricEigen::try_new(symmetric, f64::EPSILON, 10_000)?;
    let mut order: Vec<usize> = (0..eigen.eigenvalues.len()).collect();
    let values = eigen.eigenvalues.as_slice();
    order.sort_by(|&a, &b| values.get(b).partial_cmp(&values.get(a)).unwrap_or(std::cmp::Ordering::Equal));
    Some(Spectrum {
        values: order.iter().filter_map(|&place| values.get(place).copied()).collect(),
        vectors: eigen.eigenvectors.select_columns(&order),
    })
}

/// The eigenvalues of a symmetric matrix, the largest first; `None` as for [`spectrum`].
pub(crate) fn eigenvalues(symmetric: &Matrix) -> Option<Vec<f64>> {
    eigenvalues_of_rows(symmetric.row_iter().map(|row| row.iter().copied().collect()).collect())
}

/// The same for a symmetric matrix given by its rows.
pub(crate) fn eigenvalues_of_rows(rows: Vec<Vec<f64>>) -> Option<Vec<f64>> {
    if rows.is_empty() || !rows.iter().flatten().all(|entry| entry.is_finite()) {
        return None;
    }
    let mut values = values::values(rows)?;
    values.sort_by(|a, b| b.total_cmp(a));
    Some(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spectrum_is_in_descending_order_and_gives_the_matrix_back() {
        let matrix = Matrix::from_row_slice(3, 3, &[2.0, -1.0, 0.5, -1.0, 3.0, 0.0, 0.5, 0.0, 1.0]);
        let found = spectrum(matrix.clone()).unwrap();
        assert!(found.values.is_sorted_by(|a, b| a >= b));
        let diagonal = Matrix::from_diagonal(&found.values.clone().into());
        let again = &found.vectors * diagonal * found.vectors.transpose();
        assert!((again - matrix).amax() < 1e-14);
    }

    #[test]
    fn what_has_no_spectrum_gives_none() {
        assert!(spectrum(Matrix::zeros(0, 0)).is_none());
        assert!(spectrum(Matrix::from_element(2, 2, f64::NAN)).is_none());
        assert!(eigenvalues(&Matrix::zeros(0, 0)).is_none());
        assert!(eigenvalues(&Matrix::from_element(2, 2, f64::INFINITY)).is_none());
    }

    #[test]
    fn eigenvalues_alone_are_those_of_the_spectrum() {
        // Simple and repeated eigenvalues, diagonal and singular matrices, and sizes from 1 on.
        let wave = |i: usize, j: usize| ((i * i + j * j + 3 * i * j) as f64 * 0.7).sin();
        let mut matrices = vec![
            Matrix::from_element(1, 1, 3.0),
            Matrix::identity(4, 4),
            Matrix::zeros(3, 3),
            Matrix::from_element(5, 5, 1.0),
            Matrix::from_fn(6, 6, |i, j| if i == j { 1.0 } else { 0.4 }),
            Matrix::from_row_slice(2, 2, &[0.0, 1.0, 1.0, 0.0]),
        ];
        matrices.extend([2, 3, 7, 24, 40].map(|n| Matrix::from_fn(n, n, wave)));
        for matrix in matrices {
            let (alone, full) = (eigenvalues(&matrix).unwrap(), spectrum(matrix.clone()).unwrap().values);
            let size = matrix.norm().max(1.0);
            for (a, b) in alone.iter().zip(&full) {
                assert!((a - b).abs() < 1e-14 * size, "{matrix}: {alone:?} and not {full:?}");
            }
            assert_eq!(alone.len(), full.len());
        }
    }
}
