//! Tier C: exact sums and products of person scores, by which of them a person has.
//!
//! A person's score of a variable is the mean of the answered items after reversal, under the half rule, times
//! L (the least common multiple of 1..=k), hence a whole number. For each present-mask the table keeps n, the
//! sums and the products of all pairs. Means, covariances and everything linear follow without a rescan.

#![allow(clippy::indexing_slicing, reason = "triangular tables sized by the mask that indexes them")]

use std::collections::BTreeMap;

use crate::code::Code;
use crate::layout::{ItemSpec, Layout};

/// n, sums and products over the variables of one mask, in the order of their bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sums {
    pub(crate) n: u64,
    totals: Vec<i128>,
    /// Upper triangle by rows, the diagonal included.
    products: Vec<i128>,
}

impl Sums {
    /// The sums of one person.
    fn of_person(scores: &[i64]) -> Sums {
        let totals: Vec<i128> = scores.iter().map(|&score| i128::from(score)).collect();
        let mut products = Vec::with_capacity(totals.len() * (totals.len() + 1) / 2);
        for (row, a) in totals.iter().enumerate() {
            products.extend(totals[row..].iter().map(|b| a * b));
        }
        Sums { n: 1, totals, products }
    }

    fn add(&mut self, other: &Sums) {
        self.n += other.n;
        self.totals.iter_mut().zip(&other.totals).for_each(|(a, b)| *a += b);
        self.products.iter_mut().zip(&other.products).for_each(|(a, b)| *a += b);
    }

    fn subtract(&mut self, other: &Sums) {
        self.n -= other.n;
        self.totals.iter_mut().zip(&other.totals).for_each(|(a, b)| *a -= b);
        self.products.iter_mut().zip(&other.products).for_each(|(a, b)| *a -= b);
    }

    /// Whether `other` can have been part of this: no count or sum would fall below zero, and none would be
    /// left over when nobody is left.
    fn contains(&self, other: &Sums) -> bool {
        if self.n == other.n {
            return self == other;
        }
        let pairs = self.totals.iter().zip(&other.totals).chain(self.products.iter().zip(&other.products));
        self.n > other.n && pairs.into_iter().all(|(a, b)| a >= b)
    }

    fn product(&self, row: usize, column: usize) -> i128 {
        let (row, column) = (row.min(column), row.max(column));
        let before = row * self.totals.len() - row * row.saturating_sub(1) / 2;
        self.products[before + column - row]
    }
}

/// The sums of two variables over the people who have both; scaled by the variables' L.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct PairSums {
    pub(crate) n: u64,
    pub(crate) sum_u: i128,
    pub(crate) sum_v: i128,
    pub(crate) square_u: i128,
    pub(crate) square_v: i128,
    pub(crate) product: i128,
}

impl PairSums {
    /// The covariance, divisor n - 1, as one division of exact integers; n ≥ 2; scaled by both L.
    pub(crate) fn covariance(&self) -> f64 {
        let scatter = i128::from(self.n) * self.product - self.sum_u * self.sum_v;
        scatter as f64 / (self.n as f64 * (self.n as f64 - 1.0))
    }

    fn take(&mut self, sums: &Sums, u: usize, v: usize) {
        self.n += sums.n;
        self.sum_u += sums.totals[u];
        self.sum_v += sums.totals[v];
        self.square_u += sums.product(u, u);
        self.square_v += sums.product(v, v);
        self.product += sums.product(u, v);
    }
}

/// Present-mask to sums; a mask that nobody has is never kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Moments(BTreeMap<u64, Sums>);

impl Moments {
    /// The mask and sums of one person's codes.
    pub(super) fn of_person(layout: &Layout, codes: &[Code]) -> (u64, Sums) {
        let mut mask = 0;
        let mut scores = Vec::with_capacity(layout.columns().len());
        for (bit, (items, multiple)) in layout.columns().iter().enumerate() {
            if let Some(score) = person_score(layout.items(), codes, items, *multiple) {
                mask |= 1 << bit;
                scores.push(score);
            }
        }
        (mask, Sums::of_person(&scores))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, &Sums)> {
        self.0.iter().map(|(&mask, sums)| (mask, sums))
    }

    /// Sums over everybody who has both variables (the same one twice gives its own sums).
    pub(crate) fn pair(&self, u: usize, v: usize) -> PairSums {
        let both = (1 << u) | (1 << v);
        let mut total = PairSums::default();
        for (mask, sums) in self.iter().filter(|(mask, _)| mask & both == both) {
            total.take(sums, rank(mask, u), rank(mask, v));
        }
        total
    }

    /// The lower triangle, diagonal included, of the sums of all pairs of some variables, in one pass.
    pub(crate) fn pairs(&self, variables: &[usize]) -> Vec<Vec<PairSums>> {
        let mut triangle: Vec<_> =
            (1..=variables.len()).map(|width| vec![PairSums::default(); width]).collect();
        for (mask, sums) in self.iter() {
            let present = variables.iter().enumerate().filter(|(_, bit)| mask & (1 << **bit) != 0);
            let present: Vec<_> = present.map(|(place, &bit)| (place, rank(mask, bit))).collect();
            for (until, &(row, u)) in present.iter().enumerate() {
                for &(column, v) in &present[..=until] {
                    triangle[row][column].take(sums, u, v);
                }
            }
        }
        triangle
    }

    pub(super) fn add(&mut self, mask: u64, sums: &Sums) {
        match self.0.get_mut(&mask) {
            Some(kept) => kept.add(sums),
            None => {
                self.0.insert(mask, sums.clone());
            }
        }
    }

    pub(super) fn contains(&self, mask: u64, sums: &Sums) -> bool {
        self.0.get(&mask).is_some_and(|kept| kept.contains(sums))
    }

    /// Takes away what [`Moments::contains`] has found.
    pub(super) fn subtract(&mut self, mask: u64, sums: &Sums) {
        if let Some(kept) = self.0.get_mut(&mask) {
            kept.subtract(sums);
            if kept.n == 0 {
                self.0.remove(&mask);
            }
        }
    }
}

/// The place of a variable among those present.
fn rank(mask: u64, bit: usize) -> usize {
    (mask & ((1 << bit) - 1)).count_ones() as usize
}

/// L times the mean of the answered items after reversal, or `None` when fewer than half (rounded up) of the
/// items that this person was asked are answered.
fn person_score(items: &[ItemSpec], codes: &[Code], column: &[usize], multiple: i64) -> Option<i64> {
    let asked = column.iter().filter(|&&item| codes[item].is_asked()).count();
    let answers = column.iter().filter_map(|&item| {
        let spec = &items[item];
        codes[item].raw(spec.scale).map(|raw| i64::from(spec.polarised(raw)))
    });
    let (answered, sum) = answers.fold((0_i64, 0_i64), |(n, sum), raw| (n + 1, sum + raw));
    let needed = i64::try_from(asked.div_ceil(2)).unwrap_or(i64::MAX);
    (answered >= 1 && answered >= needed).then(|| multiple / answered * sum)
}
