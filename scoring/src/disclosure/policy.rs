//! The minimum numbers of people, as an organisation sets them.

use thiserror::Error;

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader {
    /// Whether the reader may see single responses; then nothing is held back.
    pub rows: bool,
}

/// Why a policy was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// The minimum lies outside 5..=50.
    #[error("a minimum of {0} people is not possible: 5 to 50 are")]
    Minimum(u64),
}

/// The fewest people behind what a reader without the right to rows may see.
///
/// ```
/// use scoring::{Policy, PolicyError, Reader};
/// let (guest, owner) = (Reader { rows: false }, Reader { rows: true });
/// let policy = Policy::default();
/// assert!(policy.may_show_score(guest, 10) && !policy.may_show_score(guest, 9));
/// assert!(policy.may_show_score(owner, 1));
/// assert!(policy.may_compare(guest, &[30, 412]) && !policy.may_compare(guest, &[29, 412]));
/// assert_eq!(Policy::with_minimum(4), Err(PolicyError::Minimum(4)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    minimum: u64,
}

impl Default for Policy {
    /// A minimum of 10.
    fn default() -> Policy {
        Policy { minimum: 10 }
    }
}

impl Policy {
    /// People in each group of a comparison.
    const COMPARISON: u64 = 30;
    /// People in the group of a comment, and new people between two states of a figure.
    const STEP: u64 = 10;

    /// An organisation's own minimum for a score, 5 to 50; never below 5.
    pub fn with_minimum(minimum: u64) -> Result<Policy, PolicyError> {
        if (5..=50).contains(&minimum) { Ok(Policy { minimum }) } else { Err(PolicyError::Minimum(minimum)) }
    }

    /// The fewest people behind a score.
    pub fn minimum(self) -> u64 {
        self.minimum
    }

    /// The fewest people in each group of a comparison: 30, or the minimum if that is larger.
    pub fn comparison_minimum(self) -> u64 {
        self.minimum.max(Self::COMPARISON)
    }

    /// The fewest new people between two states of a figure: 10, or the minimum if that is larger.
    pub fn step(self) -> u64 {
        self.minimum.max(Self::STEP)
    }

    /// Whether a score of `people` people may be shown.
    pub fn may_show_score(self, reader: Reader, people: u64) -> bool {
        reader.rows || people >= self.minimum
    }

    /// Whether a comment from a group of `people` people may be shown: from 10 on, or the minimum if larger.
    pub fn may_show_comment(self, reader: Reader, people: u64) -> bool {
        reader.rows || people >= self.minimum.max(Self::STEP)
    }

    /// Whether groups of these many people may be compared; one group or none is no comparison.
    pub fn may_compare(self, reader: Reader, groups: &[u64]) -> bool {
        reader.rows || (groups.len() >= 2 && groups.iter().all(|people| *people >= self.comparison_minimum()))
    }
}
