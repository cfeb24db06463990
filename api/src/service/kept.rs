//! Parts of reports that take long to compute, kept as long as the data behind them stands.
//!
//! Drivers with their intervals and the structure of the items take up to seconds; a report asked for again
//! before an answer came in takes them from here. Nothing depends on it: an entry lost is computed anew.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

/// How many entries are kept; the one not asked for longest goes first.
const MOST: usize = 64;

/// What an entry stands for: organisation, survey, filters and the state of the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Number of the organisation.
    pub org: i32,
    /// Number of the survey.
    pub survey: i32,
    /// The filters, as asked.
    pub filters: String,
    /// The last position of the organisation's log: it moves with every answer, correction and erasure.
    pub position: i64,
}

/// The kept parts, by name.
pub type Parts = serde_json::Map<String, Value>;

/// Kept parts of reports.
#[derive(Debug, Default)]
pub struct Kept(Mutex<VecDeque<(Key, Parts)>>);

impl Kept {
    /// The parts of a key, if they are still there.
    pub fn find(&self, key: &Key) -> Option<Parts> {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = entries.iter().position(|(kept, _)| kept == key)?;
        let entry = entries.remove(place)?;
        let parts = entry.1.clone();
        entries.push_front(entry);
        Some(parts)
    }

    /// Keeps one more part of a key, as long as the others are there.
    pub fn add(&self, key: &Key, name: &str, part: Value) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, parts)) = entries.iter_mut().find(|(kept, _)| kept == key) {
            parts.insert(name.to_owned(), part);
        }
    }

    /// Forgets the parts of an organisation's reports.
    pub fn forget(&self, org: i32) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|(kept, _)| kept.org != org);
    }

    /// Keeps the parts of a key, in the place of what was kept for an older state of the same report.
    pub fn keep(&self, key: Key, parts: Parts) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.retain(|(kept, _)| {
            (kept.org, kept.survey, &kept.filters) != (key.org, key.survey, &key.filters)
        });
        entries.push_front((key, parts));
        entries.truncate(MOST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(survey: i32, position: i64) -> Key {
        Key { org: 1, survey, filters: String::new(), position }
    }

    fn parts(word: &str) -> Parts {
        [("drivers".to_owned(), Value::from(word))].into_iter().collect()
    }

    #[test]
    fn a_moved_state_finds_nothing_and_replaces_the_old_one() {
        let kept = Kept::default();
        kept.keep(key(1, 10), parts("old"));
        assert_eq!(kept.find(&key(1, 10)), Some(parts("old")));
        assert_eq!(kept.find(&key(1, 11)), None);
        kept.keep(key(1, 11), parts("new"));
        assert_eq!((kept.find(&key(1, 10)), kept.find(&key(1, 11))), (None, Some(parts("new"))));
    }

    #[test]
    fn a_part_is_added_only_to_those_of_its_state() {
        let kept = Kept::default();
        kept.add(&key(1, 10), "weights", Value::from(1));
        assert_eq!(kept.find(&key(1, 10)), None);
        kept.keep(key(1, 10), parts("x"));
        kept.add(&key(1, 10), "weights", Value::from(1));
        kept.add(&key(1, 11), "weights", Value::from(2));
        assert_eq!(kept.find(&key(1, 10)).unwrap()["weights"], Value::from(1));
    }

    #[test]
    fn the_entry_not_asked_for_longest_goes() {
        let kept = Kept::default();
        for survey in 0..i32::try_from(MOST).unwrap() {
            kept.keep(key(survey, 1), parts("x"));
        }
        assert!(kept.find(&key(0, 1)).is_some());
        kept.keep(key(1000, 1), parts("x"));
        assert!(kept.find(&key(0, 1)).is_some());
        assert!(kept.find(&key(1, 1)).is_none());
    }
}
