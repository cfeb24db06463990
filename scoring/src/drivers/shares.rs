//! How R² is shared out among correlated predictors: LMG over all subsets, and Johnson's relative weights.
//!
//! Pure functions of a correlation matrix, flat by rows; which correlations is decided in `drivers`.

#![allow(clippy::indexing_slicing, reason = "subsets are numbered below 2^p, tables are sized by p")]

use crate::error::Undefined;
use crate::matrix::{SMALLEST, dot, eigen, times};
use crate::score_moments::ScoreMoments;

/// The most predictors whose subsets are all looked at.
const MOST_PREDICTORS: usize = 18;

/// The LMG share of each predictor in R² (Lindeman, Merenda & Gold 1980; Grömping 2006): its Shapley value.
///
/// The last score is the outcome. Share i = Σ over the subsets S without i of s!(p-1-s)!/p! (R²(S + i) - R²(S)),
/// the gain in R² averaged over all orders of entry. In units of R², never negative; the shares sum to R². All
/// 2^p subsets are looked at, each by one elimination step from another. Undefined without a predictor, above 18
/// predictors, when a score has no variance, and when a predictor follows from the others.
///
/// ```
/// use scoring::{ScoreMoments, lmg};
/// let covariance = vec![vec![1.0, 0.5, 0.6], vec![0.5, 1.0, 0.5], vec![0.6, 0.5, 1.0]];
/// let shares = lmg(&ScoreMoments { n: 100, mean: vec![0.0; 3], covariance }).unwrap();
/// // R² is 0.36 alone, 0.25 alone, 0.413333 together.
/// assert!((shares[0] - 0.261667).abs() < 1e-6 && (shares[1] - 0.151667).abs() < 1e-6);
/// ```
pub fn lmg(moments: &ScoreMoments) -> Result<Vec<f64>, Undefined> {
    let all = checked(moments)?;
    let predictors = moments.mean.len() - 1;
    if predictors > MOST_PREDICTORS {
        return Err(Undefined::ManyPredictors);
    }
    let mut r2 = vec![0.0; 1 << predictors];
    let levels = (1..=predictors).map(|width| width * width).sum();
    descend(&all, &mut vec![0.0; levels], (0, 0), &mut r2);
    Ok((0..predictors).map(|place| average_gain(&r2, predictors, place)).collect())
}

/// Fills in R² of every subset: first without, then with the next predictor, whose elimination leaves the
/// residual covariances of the later ones and of the outcome.
fn descend(matrix: &[f64], work: &mut [f64], (next, subset): (usize, usize), r2: &mut [f64]) {
    let width = matrix.len().isqrt();
    if width == 1 {
        r2[subset] = 1.0 - matrix[0];
        return;
    }
    let (rest, deeper) = work.split_at_mut((width - 1) * (width - 1));
    for included in [false, true] {
        for row in 1..width {
            let factor = if included { matrix[row * width] / matrix[0] } else { 0.0 };
            for column in 1..width {
                rest[(row - 1) * (width - 1) + column - 1] =
                    matrix[row * width + column] - factor * matrix[column];
            }
        }
        descend(rest, deeper, (next + 1, subset | usize::from(included) << next), r2);
    }
}

/// The weighted gain of one predictor over all subsets without it; sizes add up apart, the rarest first.
fn average_gain(r2: &[f64], predictors: usize, place: usize) -> f64 {
    let mut gains = vec![0.0; predictors];
    for subset in (0..r2.len()).filter(|subset| subset & (1 << place) == 0) {
        gains[subset.count_ones() as usize] += r2[subset | 1 << place] - r2[subset];
    }
    // s!(p-1-s)!/p! is 1/p over the number of subsets of that size.
    let mut subsets = 1.0;
    let mut sum = 0.0;
    for (size, gain) in gains.iter().enumerate() {
        sum += gain / subsets;
        subsets *= (predictors - 1 - size) as f64 / (size as f64 + 1.0);
    }
    sum / predictors as f64
}

/// Relative weights of the predictors (Johnson 2000), in units of R²; they sum to R².
///
/// The last score is the outcome. With Λ the symmetric square root of the predictors' correlations R_xx and
/// β = Λ⁻¹ r_xy: weight i = Σ_j Λ_ij² β_j². Close to the LMG shares, no identity (Thomas, Zumbo, Kwan & Schweitzer
/// 2014), at the cost of one set of eigenvalues. Undefined without a predictor, when a score has no variance, and
/// when a predictor follows from the others.
///
/// ```
/// use scoring::{ScoreMoments, relative_weights};
/// let covariance = vec![vec![1.0, 0.0, 0.6], vec![0.0, 1.0, 0.5], vec![0.6, 0.5, 1.0]];
/// let weights = relative_weights(&ScoreMoments { n: 100, mean: vec![0.0; 3], covariance }).unwrap();
/// // Uncorrelated predictors: the squares of their correlations with the outcome.
/// assert!((weights[0] - 0.36).abs() < 1e-12 && (weights[1] - 0.25).abs() < 1e-12);
/// ```
pub fn relative_weights(moments: &ScoreMoments) -> Result<Vec<f64>, Undefined> {
    let all = checked(moments)?;
    let predictors = moments.mean.len() - 1;
    let rows = || all.chunks(predictors + 1).take(predictors);
    let between: Vec<f64> = rows().flat_map(|row| row[..predictors].to_vec()).collect();
    let (values, vectors) = eigen(&between, predictors).ok_or(Undefined::NotPositiveDefinite)?;
    let with_outcome: Vec<f64> = rows().map(|row| row[predictors]).collect();
    // Through the eigenvectors V: β = V (Vᵀ r/√λ), Λ = V √λ Vᵀ.
    let in_axes: Vec<f64> = (0..predictors)
        .map(|axis| {
            let along: f64 = (0..predictors).map(|j| vectors[j * predictors + axis] * with_outcome[j]).sum();
            along / values[axis].sqrt()
        })
        .collect();
    let squares: Vec<f64> = times(&vectors, &in_axes).iter().map(|beta| beta * beta).collect();
    let root = |i: usize, j: usize| -> f64 {
        let pair = |axis: usize| vectors[i * predictors + axis] * vectors[j * predictors + axis];
        (0..predictors).map(|axis| pair(axis) * values[axis].sqrt()).sum()
    };
    let weight = |i: usize| {
        let row: Vec<f64> = (0..predictors).map(|j| root(i, j).powi(2)).collect();
        dot(&row, &squares)
    };
    Ok((0..predictors).map(weight).collect())
}

/// The condition number of the predictors' correlations: the largest eigenvalue over the smallest.
///
/// 1 for uncorrelated predictors; above some 30 the shares of single predictors are hardly determined
/// (Belsley, Kuh & Welsch 1980, whose number is its square root for scores brought to one length).
/// The last score, the outcome, does not enter. Undefined where [`relative_weights`] is.
pub fn condition_number(moments: &ScoreMoments) -> Result<f64, Undefined> {
    checked(moments)?;
    let predictors: Vec<usize> = (0..moments.mean.len() - 1).collect();
    let (smallest, largest) = extremes(&moments.picked(&predictors).correlations()?, predictors.len())?;
    Ok(largest / smallest)
}

/// The correlations of predictors and outcome, once the predictors' own are positive definite.
fn checked(moments: &ScoreMoments) -> Result<Vec<f64>, Undefined> {
    let predictors = moments.mean.len().saturating_sub(1);
    if predictors == 0 {
        return Err(Undefined::FewPredictors);
    }
    let all = moments.correlations()?;
    let own: Vec<f64> =
        all.chunks(predictors + 1).take(predictors).flat_map(|row| row[..predictors].to_vec()).collect();
    let (smallest, _) = extremes(&own, predictors)?;
    if smallest > SMALLEST { Ok(all) } else { Err(Undefined::NotPositiveDefinite) }
}

fn extremes(matrix: &[f64], width: usize) -> Result<(f64, f64), Undefined> {
    let (values, _) = eigen(matrix, width).ok_or(Undefined::NotPositiveDefinite)?;
    let smallest = values.iter().copied().fold(f64::INFINITY, f64::min);
    Ok((smallest, values.iter().copied().fold(0.0, f64::max)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(rows: &[&[f64]]) -> ScoreMoments {
        let covariance = rows.iter().map(|row| row.to_vec()).collect();
        ScoreMoments { n: 500, mean: vec![0.0; rows.len()], covariance }
    }

    #[test]
    fn equal_predictors_share_equally_and_a_useless_one_gets_nothing() {
        let equal = moments(&[&[1.0, 0.3, 0.4], &[0.3, 1.0, 0.4], &[0.4, 0.4, 1.0]]);
        let shares = lmg(&equal).unwrap();
        assert!((shares[0] - shares[1]).abs() < 1e-15);
        let useless = moments(&[&[4.0, 0.0, 1.0], &[0.0, 9.0, 0.0], &[1.0, 0.0, 1.0]]);
        assert!((lmg(&useless).unwrap()[0] - 0.25).abs() < 1e-15);
        assert!(
            lmg(&useless).unwrap()[1].abs() < 1e-15 && relative_weights(&useless).unwrap()[1].abs() < 1e-15
        );
        assert!((condition_number(&useless).unwrap() - 1.0).abs() < 1e-15);
    }

    #[test]
    fn an_indefinite_matrix_and_a_copy_are_refused() {
        let indefinite =
            moments(&[&[1.0, 0.9, -0.9, 0.2], &[0.9, 1.0, 0.9, 0.2], &[-0.9, 0.9, 1.0, 0.2], &[0.2; 4]]);
        let mut indefinite = indefinite;
        indefinite.covariance[3][3] = 1.0;
        assert_eq!(lmg(&indefinite), Err(Undefined::NotPositiveDefinite));
        assert_eq!(relative_weights(&indefinite), Err(Undefined::NotPositiveDefinite));
        let copy = moments(&[&[1.0, 1.0, 0.2], &[1.0, 1.0, 0.2], &[0.2, 0.2, 1.0]]);
        assert_eq!(relative_weights(&copy), Err(Undefined::NotPositiveDefinite));
        assert_eq!(condition_number(&copy), Err(Undefined::NotPositiveDefinite));
    }

    #[test]
    fn nineteen_predictors_have_relative_weights_but_no_lmg() {
        let mut many = ScoreMoments { n: 999, mean: vec![0.0; 20], covariance: vec![vec![0.1; 20]; 20] };
        (0..20).for_each(|place| many.covariance[place][place] = 1.0);
        assert_eq!(lmg(&many), Err(Undefined::ManyPredictors));
        let weights = relative_weights(&many).unwrap();
        let r2 = crate::regression(&many).unwrap().r2;
        assert!((weights.iter().sum::<f64>() - r2).abs() < 1e-12);
        let eighteen = many.picked(&(0..19).collect::<Vec<_>>());
        let shares = lmg(&eighteen).unwrap();
        assert!((shares.iter().sum::<f64>() - crate::regression(&eighteen).unwrap().r2).abs() < 1e-12);
    }
}
