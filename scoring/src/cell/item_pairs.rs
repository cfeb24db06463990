//! Tier D: exact sums of every pair of items over the people who answered both.
//!
//! Positions on the scale as answered; reversal is applied when a statistic reads them. Correlations of all
//! items, HTMT and eigenvalues come from here. Only `joint` writes these sums.

#![allow(clippy::indexing_slicing, reason = "a triangle sized by the number of items that index it")]

use super::possible::{Own, product_is_possible};
use crate::code::Code;
use crate::layout::Layout;

/// Sums over the people who answered both items of a pair; positions 1..=11 on the scale, before reversal.
///
/// Within `MAX_PEOPLE` each sum fits 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ItemPair {
    /// People who answered both.
    pub n: u64,
    /// Σ x_a.
    pub sum_a: u64,
    /// Σ x_b.
    pub sum_b: u64,
    /// Σ x_a².
    pub square_a: u64,
    /// Σ x_b².
    pub square_b: u64,
    /// Σ x_a x_b.
    pub product: u64,
}

impl ItemPair {
    fn of(a: u64, b: u64) -> ItemPair {
        ItemPair { n: 1, sum_a: a, sum_b: b, square_a: a * a, square_b: b * b, product: a * b }
    }

    fn zip(&mut self, other: &ItemPair, mut step: impl FnMut(&mut u64, u64)) {
        step(&mut self.n, other.n);
        step(&mut self.sum_a, other.sum_a);
        step(&mut self.sum_b, other.sum_b);
        step(&mut self.square_a, other.square_a);
        step(&mut self.square_b, other.square_b);
        step(&mut self.product, other.product);
    }

    /// What is left without others; `None` when a count or sum would fall below zero.
    fn rest(&self, other: &ItemPair) -> Option<ItemPair> {
        let (mut rest, mut enough) = (*self, true);
        rest.zip(other, |a, b| match a.checked_sub(b) {
            Some(left) => *a = left,
            None => enough = false,
        });
        enough.then_some(rest)
    }

    /// Whether n people with positions 1..=11 can have these sums.
    fn is_possible(&self) -> bool {
        let own = |sum: u64, square: u64| Own { sum: sum.into(), square: square.into() };
        let (a, b) = (own(self.sum_a, self.square_a), own(self.sum_b, self.square_b));
        let on_scale = |sum: u64| (self.n..=11 * self.n).contains(&sum);
        on_scale(self.sum_a)
            && on_scale(self.sum_b)
            && a.is_possible(self.n)
            && b.is_possible(self.n)
            && product_is_possible(self.n, a, b, self.product.into())
    }

    /// n Σ x_a x_b - Σ x_a Σ x_b, that is n (n - 1) times the covariance; exact.
    pub fn scatter(&self) -> i128 {
        i128::from(self.n) * i128::from(self.product) - i128::from(self.sum_a) * i128::from(self.sum_b)
    }

    /// The same with the first item itself: n (n - 1) times its variance over this pair's people.
    pub fn scatter_a(&self) -> i128 {
        i128::from(self.n) * i128::from(self.square_a) - i128::from(self.sum_a) * i128::from(self.sum_a)
    }

    /// The same with the second item itself.
    pub fn scatter_b(&self) -> i128 {
        i128::from(self.n) * i128::from(self.square_b) - i128::from(self.sum_b) * i128::from(self.sum_b)
    }

    /// The pair the other way round.
    #[must_use]
    pub fn swapped(self) -> ItemPair {
        ItemPair {
            sum_a: self.sum_b,
            sum_b: self.sum_a,
            square_a: self.square_b,
            square_b: self.square_a,
            ..self
        }
    }
}

/// The pairs of all items, an item with itself included; upper triangle by rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct ItemPairs {
    items: usize,
    pairs: Vec<ItemPair>,
}

impl ItemPairs {
    pub(super) fn empty(layout: &Layout) -> ItemPairs {
        let items = layout.items().len();
        ItemPairs { items, pairs: vec![ItemPair::default(); items * (items + 1) / 2] }
    }

    /// The sums of items `a` and `b`; zeros for an item that is not there.
    pub(crate) fn pair(&self, a: usize, b: usize) -> ItemPair {
        if a.max(b) >= self.items {
            return ItemPair::default();
        }
        let pair = self.pairs[self.place(a.min(b), a.max(b))];
        if a <= b { pair } else { pair.swapped() }
    }

    /// The table from all pairs, upper triangle by rows, as storage has it; `None` for another number of pairs.
    pub(crate) fn from_parts(items: usize, pairs: Vec<ItemPair>) -> Option<ItemPairs> {
        (pairs.len() == items * (items + 1) / 2).then_some(ItemPairs { items, pairs })
    }

    pub(super) fn record(&mut self, codes: &[Code]) {
        let answers = answered(codes);
        for (index, &(row, a)) in answers.iter().enumerate() {
            let before = self.place(row, row) - row;
            for &(column, b) in &answers[index..] {
                self.pairs[before + column].zip(&ItemPair::of(a, b), |sum, one| *sum += one);
            }
        }
    }

    pub(crate) fn add(&mut self, other: &ItemPairs) {
        self.pairs.iter_mut().zip(&other.pairs).for_each(|(mine, theirs)| mine.zip(theirs, |a, b| *a += b));
    }

    /// Whether `other` can have been part of this, so that the sums of `people` people are left.
    pub(super) fn contains(&self, other: &ItemPairs, people: u64) -> bool {
        let rest = self.pairs.iter().zip(&other.pairs).map(|(mine, theirs)| mine.rest(theirs));
        rest.collect::<Option<_>>()
            .and_then(|pairs| ItemPairs::from_parts(self.items, pairs))
            .is_some_and(|rest| rest.is_possible(people))
    }

    /// Takes sums away that [`ItemPairs::contains`] has found.
    pub(super) fn subtract(&mut self, other: &ItemPairs) {
        self.pairs.iter_mut().zip(&other.pairs).for_each(|(mine, theirs)| mine.zip(theirs, |a, b| *a -= b));
    }

    /// Whether `people` people can have these sums: each pair by itself, and beside its two items.
    pub(crate) fn is_possible(&self, people: u64) -> bool {
        (0..self.items).all(|a| {
            let own = self.pair(a, a);
            own.n <= people
                && own.is_possible()
                && (0..a).all(|b| {
                    let (pair, other) = (self.pair(b, a), self.pair(b, b));
                    pair.is_possible()
                        && pair.n <= own.n.min(other.n)
                        && own.n - pair.n <= people - other.n
                        && leaves_people(&own, pair.n, pair.sum_b, pair.square_b)
                        && leaves_people(&other, pair.n, pair.sum_a, pair.square_a)
                })
        })
    }

    fn place(&self, row: usize, column: usize) -> usize {
        row * self.items - row * row.saturating_sub(1) / 2 + column - row
    }
}

/// Whether those who answered an item but not the other of a pair can have the rest of the item's sums.
fn leaves_people(own: &ItemPair, n: u64, sum: u64, square: u64) -> bool {
    let rest = own.rest(&ItemPair {
        n,
        sum_a: sum,
        sum_b: sum,
        square_a: square,
        square_b: square,
        product: square,
    });
    rest.is_some_and(|rest| rest.is_possible())
}

/// Item and position of each answer on a scale.
fn answered(codes: &[Code]) -> Vec<(usize, u64)> {
    let answers = codes.iter().enumerate().filter(|(_, code)| code.is_answer());
    answers.map(|(item, code)| (item, u64::from(code.byte()))).collect()
}
