//! Tier C, continued: squares and products of two scores beside the overall outcome.
//!
//! What a response surface (experience, expectation and their squares and product against the outcome) and the
//! test of image as a filter need: fourth moments, as sums of products of the second-order terms. Only `joint`
//! writes these sums.

#![allow(clippy::indexing_slicing, reason = "six terms and their triangle, indexed by constants below six")]

use super::possible::Own;
use super::scores::Scores;
use crate::layout::{Layout, Variable};

/// How many terms there are: p, q, p², pq, q², y.
pub(crate) const TERMS: usize = 6;
const TRIANGLE: usize = TERMS * (TERMS + 1) / 2;
/// Σp, Σq, Σp², Σpq, Σq², Σy, Σpy, Σqy, Σy²: what follows from the moments of the three scores.
pub(crate) type Lower = [i128; 9];
/// Σp³, Σp²q, Σpq², Σq³, Σp⁴, Σp³q, Σp²q², Σpq³, Σq⁴, Σp²y, Σpqy, Σq²y: what does not.
pub(crate) type Higher = [i128; 12];
/// The place of each product of two terms in the lower sums, or behind them in the higher ones.
const DEGREES: [usize; TRIANGLE] =
    [2, 3, 9, 10, 11, 6, 4, 10, 11, 12, 7, 13, 14, 15, 18, 15, 16, 19, 17, 20, 8];

/// Sums of the terms p, q, p², pq, q², y and of their products over people who have p, q and the outcome y.
///
/// p and q are 2 L (score - middle of the scale), whole numbers; y is L times the outcome's score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ProductSums {
    pub(crate) n: u64,
    sums: [i128; TERMS],
    products: [i128; TRIANGLE],
}

impl ProductSums {
    pub(crate) const EMPTY: ProductSums = ProductSums { n: 0, sums: [0; TERMS], products: [0; TRIANGLE] };

    /// The sums of one person for the pairing at a place, if that person has all three scores.
    pub(super) fn of_person(layout: &Layout, scores: &Scores, (u, v): (usize, usize)) -> Option<ProductSums> {
        let outcome = layout.variable(Variable::Overall)?;
        let centred = |variable: usize| {
            let score = scores.get(variable)?;
            Some(2 * i128::from(score) - layout.doubled_middle(variable))
        };
        let (p, q) = (centred(u)?, centred(v)?);
        let y = i128::from(scores.get(outcome)?);
        ProductSums::of_scores(p, q, y)
    }

    /// The sums of one person from p, q and y; `None` when they do not fit, which scores always do.
    pub(crate) fn of_scores(p: i128, q: i128, y: i128) -> Option<ProductSums> {
        let sums = [p, q, p.checked_mul(p)?, p.checked_mul(q)?, q.checked_mul(q)?, y];
        let mut products = [0; TRIANGLE];
        let mut place = 0;
        for (row, a) in sums.iter().enumerate() {
            for b in &sums[row..] {
                products[place] = a.checked_mul(*b)?;
                place += 1;
            }
        }
        Some(ProductSums { n: 1, sums, products })
    }

    /// The sums of several people from those that follow from the moments and those that do not.
    pub(crate) fn from_parts(n: u64, lower: &Lower, higher: &Higher) -> ProductSums {
        let all: Vec<i128> = lower.iter().chain(higher).copied().collect();
        let mut sums = [0; TERMS];
        sums.copy_from_slice(&lower[..TERMS]);
        ProductSums { n, sums, products: DEGREES.map(|degree| all[degree]) }
    }

    /// The sums that do not follow from the moments.
    pub(crate) fn higher(&self) -> Higher {
        let first = |degree| DEGREES.iter().position(|d| *d == degree).unwrap_or_default();
        std::array::from_fn(|place| self.products[first(Lower::default().len() + place)])
    }

    /// Σ of a term.
    pub(crate) fn sum(&self, term: usize) -> i128 {
        self.sums[term]
    }

    /// Σ of the product of two terms.
    pub(crate) fn product(&self, a: usize, b: usize) -> i128 {
        let (row, column) = (a.min(b), a.max(b));
        self.products[row * TERMS - row * row.saturating_sub(1) / 2 + column - row]
    }

    pub(super) fn add(&mut self, other: &ProductSums) {
        self.n += other.n;
        self.sums.iter_mut().zip(other.sums).for_each(|(a, b)| *a += b);
        self.products.iter_mut().zip(other.products).for_each(|(a, b)| *a += b);
    }

    /// Takes sums away that [`ProductSums::contains`] has found.
    pub(super) fn subtract(&mut self, other: &ProductSums) {
        self.n -= other.n;
        self.sums.iter_mut().zip(other.sums).for_each(|(a, b)| *a -= b);
        self.products.iter_mut().zip(other.products).for_each(|(a, b)| *a -= b);
    }

    /// Whether `other` can have been part of this: what is left can be the sums of people, and nothing is left
    /// when nobody is.
    pub(super) fn contains(&self, other: &ProductSums) -> bool {
        if self.n <= other.n {
            return self == other;
        }
        let mut rest = self.clone();
        rest.subtract(other);
        rest.is_possible()
    }

    /// Whether n people can have these sums: no term has a negative variance, one person's are all that
    /// person's.
    pub(crate) fn is_possible(&self) -> bool {
        let own = |term: usize| Own { sum: self.sum(term), square: self.product(term, term) };
        match self.n {
            0 => *self == ProductSums::EMPTY,
            1 => Some(self) == ProductSums::of_scores(self.sum(0), self.sum(1), self.sum(5)).as_ref(),
            n => (0..TERMS).all(|term| own(term).is_possible(n)),
        }
    }
}
