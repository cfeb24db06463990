//! Eigenvalues alone, without vectors.
//!
//! A parallel analysis needs the eigenvalues of hundreds of matrices; on plain slices this takes a fraction of
//! the time that the library's general routine does, above all in builds that are not optimised.

#![allow(clippy::indexing_slicing, reason = "square tables and their diagonals, indexed by places below n")]

/// The eigenvalues of a symmetric matrix given by rows, in no order; `None` where the iteration does not settle.
///
/// Householder's reduction to three diagonals, then QR steps with Wilkinson's shift (Golub & Van Loan 2013,
/// algorithms 8.3.1 and 8.3.2). Errors about 1e-15 times the largest eigenvalue.
pub(super) fn values(mut rows: Vec<Vec<f64>>) -> Option<Vec<f64>> {
    let (mut diagonal, mut beside) = reduce(&mut rows);
    let mut steps = 60 * diagonal.len();
    let mut high = diagonal.len().saturating_sub(1);
    while high > 0 {
        for place in 0..high {
            let near = diagonal[place].abs() + diagonal[place + 1].abs();
            if beside[place].abs() <= f64::EPSILON * near {
                beside[place] = 0.0;
            }
        }
        if beside[high - 1] == 0.0 {
            high -= 1;
            continue;
        }
        steps = steps.checked_sub(1)?;
        let low = (0..high).rev().find(|&place| beside[place] == 0.0).map_or(0, |place| place + 1);
        step(&mut diagonal, &mut beside, low, high);
    }
    diagonal.iter().all(|value| value.is_finite()).then_some(diagonal)
}

/// The diagonal and the one beside it after reflections that leave the eigenvalues alone; spends the rows.
fn reduce(rows: &mut [Vec<f64>]) -> (Vec<f64>, Vec<f64>) {
    let n = rows.len();
    let mut beside = Vec::with_capacity(n.saturating_sub(1));
    for column in 0..n.saturating_sub(1) {
        let below: Vec<f64> = (column + 1..n).map(|row| rows[row][column]).collect();
        let rest: f64 = below[1..].iter().map(|entry| entry * entry).sum();
        if rest == 0.0 {
            beside.push(below[0]);
            continue;
        }
        let length = (below[0] * below[0] + rest).sqrt().copysign(below[0]);
        beside.push(-length);
        let mut mirror = below;
        mirror[0] += length;
        reflect(rows, column + 1, &mirror);
    }
    ((0..n).map(|place| rows[place][place]).collect(), beside)
}

/// Reflects the lower right part from `start` on both sides: A - v w' - w v', w = p - (b/2) (p·v) v,
/// p = b A v, b = 2/(v·v).
fn reflect(rows: &mut [Vec<f64>], start: usize, v: &[f64]) {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let b = 2.0 / dot(v, v);
    let mut w: Vec<f64> = rows[start..].iter().map(|row| b * dot(&row[start..], v)).collect();
    let part = b / 2.0 * dot(&w, v);
    w.iter_mut().zip(v).for_each(|(w, v)| *w -= part * v);
    for ((row, v_i), w_i) in rows[start..].iter_mut().zip(v).zip(&w) {
        for ((entry, v_j), w_j) in row[start..].iter_mut().zip(v).zip(&w) {
            *entry -= v_i * w_j + w_i * v_j;
        }
    }
}

/// One QR step on the block from `low` to `high`, by rotations that chase the entry out of place down.
fn step(diagonal: &mut [f64], beside: &mut [f64], low: usize, high: usize) {
    let half = (diagonal[high - 1] - diagonal[high]) / 2.0;
    let last = beside[high - 1];
    let shift = diagonal[high] - last * last / (half + half.hypot(last).copysign(half));
    let (mut x, mut out) = (diagonal[low] - shift, beside[low]);
    for k in low..high {
        let length = x.hypot(out);
        let (c, s) = if length == 0.0 { (1.0, 0.0) } else { (x / length, out / length) };
        if k > low {
            beside[k - 1] = length;
        }
        let (a, b, e) = (diagonal[k], diagonal[k + 1], beside[k]);
        diagonal[k] = c * c * a + 2.0 * c * s * e + s * s * b;
        diagonal[k + 1] = s * s * a - 2.0 * c * s * e + c * c * b;
        beside[k] = c * s * (b - a) + (c * c - s * s) * e;
        if k + 1 < high {
            x = beside[k];
            out = s * beside[k + 1];
            beside[k + 1] *= c;
        }
    }
}
