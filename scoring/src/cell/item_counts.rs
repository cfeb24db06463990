//! Tier A: sixteen counters for each item, as answered.
//!
//! The histogram of one item with its empty states. Reversal is not applied here but when a statistic reads
//! the counts (a permutation of the codes), so that a corrected polarity needs no recount.

#![allow(clippy::indexing_slicing, reason = "sixteen counters, indexed by a four-bit code")]

use crate::code::Code;
use crate::layout::{ItemSpec, Scale};

/// Sixteen counters of one item, indexed by [`Code::byte`]; the first stays 0.
///
/// ```
/// use scoring::{Code, ItemCounts};
/// let mut counts = ItemCounts::default();
/// counts.increase(Code::SKIPPED);
/// assert_eq!((counts.of(Code::SKIPPED), counts.answered()), (1, 0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ItemCounts([u64; 16]);

impl ItemCounts {
    /// Counts one answer or empty state.
    pub fn increase(&mut self, code: Code) {
        self.0[usize::from(code.byte())] += 1;
    }

    /// Counts the same answer or empty state of several people.
    pub(crate) fn increase_by(&mut self, code: Code, people: u64) {
        self.0[usize::from(code.byte())] += people;
    }

    /// How often a code was given.
    pub fn of(&self, code: Code) -> u64 {
        self.0[usize::from(code.byte())]
    }

    /// How many answered with a position on the scale.
    pub fn answered(&self) -> u64 {
        self.0[1..=11].iter().sum()
    }

    /// Counts by raw code as answered, from the lowest code of the scale to the highest.
    pub fn as_answered(&self, scale: Scale) -> &[u64] {
        self.0.get(1..=usize::from(scale.points())).unwrap_or(&[])
    }

    /// Counts by raw code after reversal, from the lowest code of the scale to the highest.
    pub fn polarised(&self, item: &ItemSpec) -> Vec<u64> {
        let mut counts = self.as_answered(item.scale).to_vec();
        if item.reversed {
            counts.reverse();
        }
        counts
    }

    pub(super) fn decrease(&mut self, code: Code) {
        self.0[usize::from(code.byte())] -= 1;
    }

    pub(crate) fn add(&mut self, other: &ItemCounts) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine += theirs;
        }
    }

    pub(super) fn contains(&self, other: &ItemCounts) -> bool {
        self.0.iter().zip(other.0).all(|(mine, theirs)| *mine >= theirs)
    }

    /// Takes counts away that [`ItemCounts::contains`] has found.
    pub(super) fn subtract(&mut self, other: &ItemCounts) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine -= theirs;
        }
    }
}
