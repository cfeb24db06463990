//! Tiers C and D together: what is known of several dimensions or items of the same people at once.
//!
//! Too large for every leaf of a store, so kept for coarse cells only, and there once for each jackknife group
//! ([`super::GroupedCell`]). Drivers, structure and everything fitted read these counts.

use super::item_pairs::{ItemPair, ItemPairs};
use super::moments::{Moments, PairSums};
use super::products::ProductSums;
use super::scores::Scores;
use crate::code::Code;
use crate::layout::Layout;

/// Joint counts of any number of people: score moments by present-mask, item pairs, second-order products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JointCounts {
    fingerprint: u64,
    people: u64,
    pub(super) moments: Moments,
    pub(super) pairs: ItemPairs,
    /// One for each of [`Layout::pairings`].
    pub(super) products: Vec<ProductSums>,
}

impl JointCounts {
    /// Counts of nobody.
    pub fn empty(layout: &Layout) -> JointCounts {
        JointCounts {
            fingerprint: layout.fingerprint(),
            people: 0,
            moments: Moments::default(),
            pairs: ItemPairs::empty(layout),
            products: vec![ProductSums::EMPTY; layout.pairings().len()],
        }
    }

    /// How many responses were recorded, empty ones included.
    pub fn people(&self) -> u64 {
        self.people
    }

    /// The sums of two items over the people who answered both, positions as answered.
    pub fn item_pair(&self, a: usize, b: usize) -> ItemPair {
        self.pairs.pair(a, b)
    }

    /// The person scores by present-mask.
    pub(crate) fn moments(&self) -> &Moments {
        &self.moments
    }

    /// The sums of two variables over the people who have both.
    pub(crate) fn pair(&self, u: usize, v: usize) -> PairSums {
        self.moments.pair(u, v)
    }

    /// The second-order sums of a pairing, by its place in [`Layout::pairings`].
    pub(crate) fn products(&self, pairing: usize) -> Option<&ProductSums> {
        self.products.get(pairing)
    }

    pub(crate) fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// Counts that were read from storage and found to fit the layout.
    pub(crate) fn from_parts(
        layout: &Layout,
        people: u64,
        moments: Moments,
        pairs: ItemPairs,
        products: Vec<ProductSums>,
    ) -> JointCounts {
        JointCounts { fingerprint: layout.fingerprint(), people, moments, pairs, products }
    }

    /// Codes must have been checked against the layout.
    pub(super) fn record(&mut self, layout: &Layout, codes: &[Code]) {
        self.people += 1;
        let scores = Scores::of(layout, codes);
        self.moments.record(&scores);
        self.pairs.record(codes);
        for (sums, &pairing) in self.products.iter_mut().zip(layout.pairings()) {
            if let Some(one) = ProductSums::of_person(layout, &scores, pairing) {
                sums.add(&one);
            }
        }
    }

    /// Takes one person back; false, and nothing changes, when these counts cannot hold the codes.
    pub(super) fn forget(&mut self, layout: &Layout, codes: &[Code]) -> bool {
        let mut one = JointCounts::empty(layout);
        one.record(layout, codes);
        let counted = self.contains(&one);
        if counted {
            self.subtract(&one);
        }
        counted
    }

    /// Adds counts of the same layout.
    pub(super) fn add(&mut self, other: &JointCounts) {
        self.people += other.people;
        other.moments.iter().for_each(|(mask, sums)| self.moments.add(mask, sums));
        self.pairs.add(&other.pairs);
        self.products.iter_mut().zip(&other.products).for_each(|(mine, theirs)| mine.add(theirs));
    }

    /// Whether `other` can have been part of this: what is left can be the counts of people, and nothing is left
    /// when nobody is.
    pub(super) fn contains(&self, other: &JointCounts) -> bool {
        if self.people <= other.people {
            return self == other;
        }
        other.moments.iter().all(|(mask, sums)| self.moments.contains(mask, sums))
            && self.pairs.contains(&other.pairs, self.people - other.people)
            && self.products.iter().zip(&other.products).all(|(mine, theirs)| mine.contains(theirs))
    }

    /// Takes counts away that [`JointCounts::contains`] has found.
    pub(super) fn subtract(&mut self, other: &JointCounts) {
        self.people -= other.people;
        other.moments.iter().for_each(|(mask, sums)| self.moments.subtract(mask, sums));
        self.pairs.subtract(&other.pairs);
        self.products.iter_mut().zip(&other.products).for_each(|(mine, theirs)| mine.subtract(theirs));
    }
}
