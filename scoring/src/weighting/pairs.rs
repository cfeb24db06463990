//! Weighted sums of pairs of person scores, for figures over several dimensions.
//!
//! The weighted form of the moments that a [`Cell`] keeps, for the experience dimensions only. Scores are counted
//! from the lowest code of their scale, L times as large, hence as whole numbers times weights.

#![allow(clippy::indexing_slicing, reason = "triangular tables sized by the list of dimensions")]

use super::sum::Sum;
use crate::cell::{Cell, PairSums};
use crate::layout::{Layout, Scale};

/// The sums of two scores over the people who have both.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Pair {
    square: Sum,
    square_u: Sum,
    square_v: Sum,
    square_uv: Sum,
}

/// n, Σ w, Σ w u and Σ u of one score.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Single {
    pub(super) n: u64,
    pub(super) weight: Sum,
    pub(super) weighted: Sum,
    plain: Sum,
}

/// The weighted sums of all pairs of the dimensions of one list.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WeightedPairs {
    pub(super) singles: Vec<Single>,
    /// Lower triangle, the diagonal included.
    pairs: Vec<Vec<Pair>>,
}

/// What a score adds to a linear figure: coefficient over Σ w, and the score's weighted mean.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    pub(super) share: f64,
    pub(super) mean: f64,
}

impl WeightedPairs {
    pub(super) fn new(dimensions: usize) -> WeightedPairs {
        WeightedPairs {
            singles: vec![Single::default(); dimensions],
            pairs: (1..=dimensions).map(|width| vec![Pair::default(); width]).collect(),
        }
    }

    /// Counts one person: the score of each dimension, `None` where there is none.
    pub(super) fn record(&mut self, weight: f64, scores: &[Option<f64>]) {
        let square = weight * weight;
        for (row, u) in scores.iter().enumerate() {
            let Some(u) = u else { continue };
            let single = &mut self.singles[row];
            single.n += 1;
            single.weight.add(weight);
            single.weighted.add(weight * u);
            single.plain.add(*u);
            for (column, v) in scores[..=row].iter().enumerate() {
                if let Some(v) = v {
                    self.pairs[row][column].add(square, square * u, square * v, square * u * v);
                }
            }
        }
    }

    /// Counts everybody of a cell with one weight.
    pub(super) fn add_cell(&mut self, layout: &Layout, dimensions: &[usize], weight: f64, cell: &Cell) {
        let square = weight * weight;
        let origin: Vec<i128> = dimensions.iter().map(|&dimension| origin(layout, dimension)).collect();
        for (row, line) in cell.pairs(dimensions).iter().enumerate() {
            for (column, sums) in line.iter().enumerate().filter(|(_, sums)| sums.n > 0) {
                let (u, v, uv) = moved(sums, origin[row], origin[column]);
                let n = sums.n as f64;
                self.pairs[row][column].add(square * n, square * u, square * v, square * uv);
                if row == column {
                    let single = &mut self.singles[row];
                    single.n += sums.n;
                    single.weight.add(weight * n);
                    single.weighted.add(weight * u);
                    single.plain.add(u);
                }
            }
        }
    }

    /// Σ z of the pulls z = Σ_u share_u (u - mean_u).
    pub(super) fn pull_sum(&self, terms: &[Term]) -> f64 {
        let singles = self.singles.iter().zip(terms);
        singles.map(|(single, term)| term.share * (single.plain.value() - single.n as f64 * term.mean)).sum()
    }

    /// Σ w² z² of the same pulls, and the size of the terms that it is the difference of.
    pub(super) fn pull_square(&self, terms: &[Term]) -> (f64, f64) {
        let (mut square, mut size) = (0.0, 0.0);
        for (row, line) in self.pairs.iter().enumerate() {
            for (column, pair) in line.iter().enumerate() {
                let (a, b) = (terms[row], terms[column]);
                let twice = if row == column { 1.0 } else { 2.0 };
                let products = pair.square_uv.value() + a.mean * b.mean * pair.square.value();
                let crossed = b.mean * pair.square_u.value() + a.mean * pair.square_v.value();
                square += twice * a.share * b.share * (products - crossed);
                size += twice * (a.share * b.share).abs() * (products + crossed);
            }
        }
        (square, size)
    }
}

impl Pair {
    fn add(&mut self, square: f64, u: f64, v: f64, uv: f64) {
        self.square.add(square);
        self.square_u.add(u);
        self.square_v.add(v);
        self.square_uv.add(uv);
    }
}

/// L times the lowest raw code: from here scores are counted.
pub(super) fn origin(layout: &Layout, dimension: usize) -> i128 {
    layout.multiple(dimension) * i128::from(layout.dimension_scale(dimension).map_or(0, |scale| scale.min))
}

/// L times the range of a dimension's scale: a score of 100 points.
pub(super) fn span(layout: &Layout, dimension: usize) -> f64 {
    layout.multiple(dimension) as f64 * layout.dimension_scale(dimension).map_or(1.0, Scale::range)
}

/// Σ u, Σ v and Σ u v of scores counted from other origins.
fn moved(sums: &PairSums, origin_u: i128, origin_v: i128) -> (f64, f64, f64) {
    let n = i128::from(sums.n);
    let u = sums.sum_u - n * origin_u;
    let v = sums.sum_v - n * origin_v;
    let uv = sums.product - origin_u * sums.sum_v - origin_v * sums.sum_u + n * origin_u * origin_v;
    (u as f64, v as f64, uv as f64)
}
