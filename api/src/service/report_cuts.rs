//! Up to which place in the log each figure of a report is counted.

use std::collections::BTreeMap;

/// Where the figures of one report stand: each counts the entries before a place in the survey's log.
#[derive(Debug, Default)]
pub struct Cuts {
    /// The whole survey.
    pub(super) survey: usize,
    /// What passes the filter but for its days.
    pub(super) but_for_days: usize,
    /// The total under the filter.
    pub(super) total: usize,
    /// Each level by its name; `None` where every level stands where the total does.
    pub(super) levels: Option<BTreeMap<String, usize>>,
}

impl Cuts {
    /// Everything counts: for readers with the right to rows.
    pub fn open() -> Self {
        Self { survey: usize::MAX, but_for_days: usize::MAX, total: usize::MAX, levels: None }
    }

    /// Whether an entry counts in the whole survey.
    pub fn takes(&self, entry: usize) -> bool {
        entry < self.survey
    }

    /// Whether it counts under a filter without days.
    pub fn takes_but_for_days(&self, entry: usize) -> bool {
        entry < self.but_for_days
    }

    /// Whether it counts in the total.
    pub fn takes_in_total(&self, entry: usize) -> bool {
        entry < self.total
    }

    /// Whether it counts in a level.
    pub fn takes_in_level(&self, entry: usize, level: &str) -> bool {
        let cut = match &self.levels {
            None => self.total,
            Some(levels) => levels.get(level).copied().unwrap_or(0),
        };
        entry < cut
    }
}
