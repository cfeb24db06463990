//! Tier C: exact sums and products of person scores, by which of them a person has.
//!
//! A person's score of a variable is the mean of the answered items after reversal, under the half rule, times
//! L (the least common multiple of 1..=k), hence a whole number. For each present-mask the table keeps n, the
//! sums and the products of all pairs. Means, covariances and everything linear follow without a rescan.

#![allow(clippy::indexing_slicing, reason = "triangular tables sized by the mask that indexes them")]

use std::collections::BTreeMap;

use super::possible::{Own, product_is_possible};
use super::products::Lower;
use super::scores::Scores;

/// n, sums and products over the variables of one mask, in the order of their bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sums {
    pub(crate) n: u64,
    totals: Vec<i128>,
    /// Upper triangle by rows, the diagonal included.
    products: Vec<i128>,
}

impl Sums {
    /// The sums of nobody, with room for some variables.
    fn empty(variables: usize) -> Sums {
        Sums { n: 0, totals: vec![0; variables], products: vec![0; variables * (variables + 1) / 2] }
    }

    /// Counts one person.
    fn increase(&mut self, scores: &Scores) {
        self.n += 1;
        let mut products = self.products.iter_mut();
        for (rank, (total, (_, a))) in self.totals.iter_mut().zip(scores.present()).enumerate() {
            *total += i128::from(a);
            for ((_, b), product) in scores.present().skip(rank).zip(&mut products) {
                *product += i128::from(a) * i128::from(b);
            }
        }
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

    /// Whether `other` can have been part of this: what is left can be the sums of people, and nothing is left
    /// when nobody is.
    fn contains(&self, other: &Sums) -> bool {
        if self.n <= other.n {
            return self == other;
        }
        let mut rest = self.clone();
        rest.subtract(other);
        rest.is_possible()
    }

    /// Whether n people can have these sums; scores are never negative.
    pub(crate) fn is_possible(&self) -> bool {
        let own = |u: usize| Own { sum: self.totals[u], square: self.product(u, u) };
        (0..self.totals.len()).all(|u| {
            own(u).sum >= 0
                && own(u).is_possible(self.n)
                && (0..u).all(|v| product_is_possible(self.n, own(u), own(v), self.product(u, v)))
        })
    }

    /// The sums of n people from all totals and the upper triangle of products by rows, as storage has them.
    pub(crate) fn from_parts(n: u64, totals: Vec<i128>, products: Vec<i128>) -> Sums {
        Sums { n, totals, products }
    }

    /// The sum of each variable.
    pub(crate) fn totals(&self) -> &[i128] {
        &self.totals
    }

    /// The sum of a variable, by its rank among those of the mask.
    pub(crate) fn total(&self, rank: usize) -> i128 {
        self.totals[rank]
    }

    /// The sum of the product of two variables, by their ranks.
    pub(crate) fn product(&self, row: usize, column: usize) -> i128 {
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
    /// The mask and sums of one person.
    pub(super) fn of_person(scores: &Scores) -> (u64, Sums) {
        let mut sums = Sums::empty(scores.count());
        sums.increase(scores);
        (scores.mask(), sums)
    }

    /// Counts one person.
    pub(super) fn record(&mut self, scores: &Scores) {
        self.0.entry(scores.mask()).or_insert_with(|| Sums::empty(scores.count())).increase(scores);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, &Sums)> {
        self.0.iter().map(|(&mask, sums)| (mask, sums))
    }

    /// Sums over everybody who has both variables (the same one twice gives its own sums).
    pub(crate) fn pair(&self, u: usize, v: usize) -> PairSums {
        let mut total = PairSums::default();
        if u.max(v) >= 64 {
            return total;
        }
        let both = (1 << u) | (1 << v);
        for (mask, sums) in self.iter().filter(|(mask, _)| mask & both == both) {
            total.take(sums, rank(mask, u), rank(mask, v));
        }
        total
    }

    /// How many people have two scores and an outcome, and their sums up to the second degree with both scores
    /// centred: p = 2 u - centre, as in `products`.
    pub(crate) fn centred(&self, u: usize, v: usize, y: usize, (of_u, of_v): (i128, i128)) -> (u64, Lower) {
        let all = (1 << u) | (1 << v) | (1 << y);
        let (mut people, mut lower) = (0, Lower::default());
        for (mask, sums) in self.iter().filter(|(mask, _)| mask & all == all) {
            people += sums.n;
            let n = i128::from(sums.n);
            let (u, v, y) = (rank(mask, u), rank(mask, v), rank(mask, y));
            let (p, q) = (2 * sums.total(u) - n * of_u, 2 * sums.total(v) - n * of_v);
            let (total_u, total_v, total_y) = (sums.total(u), sums.total(v), sums.total(y));
            let step = [
                p,
                q,
                4 * (sums.product(u, u) - of_u * total_u) + n * of_u * of_u,
                4 * sums.product(u, v) - 2 * (of_v * total_u + of_u * total_v) + n * of_u * of_v,
                4 * (sums.product(v, v) - of_v * total_v) + n * of_v * of_v,
                total_y,
                2 * sums.product(u, y) - of_u * total_y,
                2 * sums.product(v, y) - of_v * total_y,
                sums.product(y, y),
            ];
            lower.iter_mut().zip(step).for_each(|(sum, part)| *sum += part);
        }
        (people, lower)
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

    /// The table of ascending masks, as storage has it.
    pub(crate) fn from_sorted(masks: Vec<(u64, Sums)>) -> Moments {
        Moments(masks.into_iter().collect())
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
pub(crate) fn rank(mask: u64, bit: usize) -> usize {
    (mask & ((1 << bit) - 1)).count_ones() as usize
}
