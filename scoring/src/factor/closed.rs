//! Three items: as many unknowns as covariances, hence a solution in closed form.

#![allow(clippy::indexing_slicing, reason = "a matrix of three by three")]

use super::Solution;
use super::maximum::IMPROPER;
use crate::error::Undefined;
use crate::symmetric::Matrix;

/// λ₁² = r₁₂ r₁₃/r₂₃ and cyclic; improper where the product of the three is not positive or a λ² reaches 1.
pub(super) fn three_items(r: &Matrix) -> Result<Solution, Undefined> {
    let (a, b, c) = (r[(1, 2)], r[(0, 2)], r[(0, 1)]);
    if a * b * c <= 0.0 {
        return Err(Undefined::Heywood);
    }
    let squares = [b * c / a, a * c / b, a * b / c];
    if squares.iter().any(|square| 1.0 - square < IMPROPER) {
        return Err(Undefined::Heywood);
    }
    // With a positive product, a loading has the sign of the covariance of the other two.
    let loadings =
        squares.iter().zip([a, b, c]).map(|(square, other)| square.sqrt().copysign(other)).collect();
    let uniquenesses = squares.iter().map(|square| 1.0 - square).collect();
    Ok(Solution { loadings, uniquenesses, discrepancy: 0.0 })
}
