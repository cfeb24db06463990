//! Which cuts can still be shown when answers of people who were in them are gone.

/// An answer that is gone: the entries of the log between which it counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// The entry with which it came.
    pub arrival: usize,
    /// The entry that took it back: an erasure, or the correction of an answer that is gone with it.
    pub end: usize,
}

impl Missing {
    /// Whether a figure that folds so many entries holds it.
    fn is_in(self, entries: usize) -> bool {
        self.arrival < entries && entries <= self.end
    }
}

/// The moves of a figure up to its newest one that holds nobody of these.
///
/// A figure that held somebody who is gone cannot be shown as it was, since the answers are gone, and must not be shown
/// without them, since the difference would be that person's answers. It goes back to the newest of its earlier states
/// that is whole, which was shown before and so tells nothing new; where there is none it is not shown. With the next
/// step of new people it moves on.
///
/// ```
/// use scoring::{Missing, whole_moves};
/// let moves = [10, 25, 40];
/// // Whoever came with entry 12 and is gone since entry 45 was in the states at 25 and 40.
/// assert_eq!(whole_moves(&moves, &[Missing { arrival: 12, end: 45 }]), [10]);
/// assert_eq!(whole_moves(&moves, &[Missing { arrival: 12, end: 30 }]), [10, 25, 40]);
/// assert_eq!(whole_moves(&moves, &[Missing { arrival: 3, end: 45 }]), []);
/// ```
pub fn whole_moves<'m>(moves: &'m [usize], missing: &[Missing]) -> &'m [usize] {
    let held = together(missing);
    let is_whole = |entries: usize| {
        let next = held.partition_point(|one| one.end < entries);
        !held.get(next).is_some_and(|one| one.is_in(entries))
    };
    let kept = moves.iter().rposition(|entries| is_whole(*entries)).map_or(0, |place| place + 1);
    moves.get(..kept).unwrap_or_default()
}

/// The stretches of the log in which somebody is missing, in order and apart from each other.
fn together(missing: &[Missing]) -> Vec<Missing> {
    let mut sorted = missing.to_vec();
    sorted.sort_unstable();
    let mut apart: Vec<Missing> = Vec::new();
    for one in sorted {
        match apart.last_mut() {
            Some(last) if one.arrival <= last.end => last.end = last.end.max(one.end),
            _ => apart.push(one),
        }
    }
    apart
}
