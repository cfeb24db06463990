//! One person's scores, from the codes of the response.
//!
//! What tier C counts of a person: for each variable L times the mean of the answered items, or nothing. Nothing
//! is allocated, since every recorded response passes here.

#![allow(clippy::indexing_slicing, reason = "variables and items of a checked layout, at most 64 variables")]

use super::moments::rank;
use crate::code::Code;
use crate::layout::{ItemSpec, Layout};

/// The scores of one person: each L times as large, those present in the order of the variables.
pub(super) struct Scores {
    mask: u64,
    count: usize,
    /// Variable and score.
    values: [(usize, i64); 64],
}

impl Scores {
    pub(super) fn of(layout: &Layout, codes: &[Code]) -> Scores {
        let mut scores = Scores { mask: 0, count: 0, values: [(0, 0); 64] };
        for (bit, (items, multiple)) in layout.columns().iter().enumerate() {
            if let Some(score) = person_score(layout.items(), codes, items, *multiple) {
                scores.mask |= 1 << bit;
                scores.values[scores.count] = (bit, score);
                scores.count += 1;
            }
        }
        scores
    }

    /// Which variables the person has, a bit each.
    pub(super) fn mask(&self) -> u64 {
        self.mask
    }

    /// How many the person has.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Variables with their scores.
    pub(super) fn present(&self) -> impl Iterator<Item = (usize, i64)> + '_ {
        self.values[..self.count].iter().copied()
    }

    /// The score of one variable.
    pub(super) fn get(&self, variable: usize) -> Option<i64> {
        (self.mask >> variable & 1 == 1).then(|| self.values[rank(self.mask, variable)].1)
    }
}

/// The score of one variable of a person, times its L.
pub(crate) fn variable_score(layout: &Layout, codes: &[Code], variable: usize) -> Option<i64> {
    let (items, multiple) = layout.columns().get(variable)?;
    person_score(layout.items(), codes, items, *multiple)
}

/// L times the mean of the answered items after reversal, or `None` when fewer than half (rounded up) of the
/// items that this person was asked are answered.
fn person_score(items: &[ItemSpec], codes: &[Code], column: &[usize], multiple: i64) -> Option<i64> {
    let (mut asked, mut answered, mut sum) = (0, 0, 0);
    for &item in column {
        let (spec, code) = (&items[item], codes[item]);
        asked += i64::from(code.is_asked());
        if let Some(raw) = code.raw(spec.scale) {
            answered += 1;
            sum += i64::from(spec.polarised(raw));
        }
    }
    (answered >= 1 && 2 * answered >= asked).then(|| multiple / answered * sum)
}
