//! Careless answers: how many responses are flagged, and what changes without them.
//!
//! `laatu score` counts row by row, the report end-point while it scans; flags are given at arrival and never
//! delete anything.

use scoring::{Cell, Code, FlagCounts, Flags, Layout};
use serde_json::{Value, json};

use super::assemble::tree;
use super::guard::Guard;

/// What is known of carelessness: counts of flags, and the answers of those who have one.
#[derive(Debug, Clone)]
pub struct CarelessCounts {
    counts: FlagCounts,
    flagged: Cell,
}

impl CarelessCounts {
    /// Counts of nobody.
    pub fn empty(layout: &Layout) -> Self {
        Self { counts: FlagCounts::default(), flagged: Cell::empty(layout) }
    }

    /// Counts that were kept: flags and runs of all, and the answers of those who have a flag.
    pub fn of(counts: FlagCounts, flagged: Cell) -> Self {
        Self { counts, flagged }
    }

    /// Counts a response with the flags it was given.
    pub fn record(
        &mut self,
        layout: &Layout,
        codes: &[Code],
        longstring: u32,
        flags: Flags,
    ) -> Result<(), scoring::CellError> {
        if flags.any() {
            self.flagged.record(layout, codes)?;
        }
        self.counts.increase(longstring, flags);
        Ok(())
    }

    /// Takes a response back that was counted with these flags.
    pub fn forget(
        &mut self,
        layout: &Layout,
        codes: &[Code],
        longstring: u32,
        flags: Flags,
    ) -> Result<(), scoring::CellError> {
        if flags.any() {
            self.flagged.forget(layout, codes)?;
        }
        if self.counts.decrease(longstring, flags) { Ok(()) } else { Err(scoring::CellError::NotCounted) }
    }

    /// The part `careless` of a report on `all`.
    ///
    /// Under a guard nothing is said as long as the flagged, those with one flag, or those without are a few: the
    /// results with and without them would tell what they answered.
    pub fn part(&self, layout: &Layout, all: &Cell, guard: Guard) -> Value {
        let people = self.counts.people();
        let few = |n: u64| n > 0 && guard.hides(n);
        let by_flag = scoring::Flag::ALL.iter().any(|flag| few(self.counts.of(*flag)));
        let flagged = self.counts.flagged();
        if guard.hides(people) || few(flagged) || few(people.saturating_sub(flagged)) || by_flag {
            return guard.withheld();
        }
        match scoring::careless_report(layout, all, &self.flagged, &self.counts) {
            Ok(report) => {
                let mut part = tree(&report);
                // A run that only a few people have is theirs.
                let few_runs = self.counts.runs().any(|(_, people)| few(people));
                if let Some(fields) = part.as_object_mut().filter(|_| few_runs) {
                    fields.insert("longstring".to_owned(), guard.withheld());
                }
                part
            }
            Err(error) => json!({"undefined": error.to_string(), "n": people}),
        }
    }
}

/// The items that stand in a dimension, in the order of the layout.
pub fn rated_items(layout: &Layout) -> Vec<usize> {
    (0..layout.items().len()).filter(|&item| layout.home_of(item).is_some()).collect()
}
