//! Where rows come from while the log is folded: the database, or a map in memory for a recount.

use std::collections::BTreeMap;

use super::Outcome;
use crate::store::cells::{self, Change, Series};
use crate::store::{AnyConnection, OrgScope};

/// Rows as bytes by their first day.
pub type ByStart = BTreeMap<i32, Vec<u8>>;

/// A source of rows.
pub trait Rows {
    /// Those of the series' rows that begin on these days.
    fn of(&mut self, series: &Series, starts: &[i32]) -> Outcome<ByStart>;
}

/// The rows of a survey in the database.
pub struct Stored<'a> {
    /// Where to ask.
    pub connection: &'a mut AnyConnection,
    /// Whose they are.
    pub scope: &'a OrgScope,
    /// Of which survey.
    pub survey_id: i32,
}

impl Rows for Stored<'_> {
    fn of(&mut self, series: &Series, starts: &[i32]) -> Outcome<ByStart> {
        let rows = cells::of_series(self.connection, self.scope, self.survey_id, series, starts);
        let rows = rows.map_err(|error| error.to_string())?;
        Ok(rows.into_iter().map(|row| (row.starts_on, row.counts)).collect())
    }
}

/// Rows of the database as changes leave them.
pub struct Changed<'a> {
    stored: Stored<'a>,
    changes: BTreeMap<&'a Series, BTreeMap<i32, Option<&'a [u8]>>>,
}

impl<'a> Changed<'a> {
    /// The rows of a survey with changes.
    pub fn by(stored: Stored<'a>, changes: &'a [Change]) -> Self {
        let mut by_series: BTreeMap<&Series, BTreeMap<i32, Option<&[u8]>>> = BTreeMap::new();
        for change in changes {
            by_series.entry(&change.series).or_default().insert(change.starts_on, change.counts.as_deref());
        }
        Self { stored, changes: by_series }
    }
}

impl Rows for Changed<'_> {
    fn of(&mut self, series: &Series, starts: &[i32]) -> Outcome<ByStart> {
        let none = BTreeMap::new();
        let changed = self.changes.get(series).unwrap_or(&none);
        let left: Vec<i32> = starts.iter().copied().filter(|start| !changed.contains_key(start)).collect();
        let mut rows = if left.is_empty() { ByStart::new() } else { self.stored.of(series, &left)? };
        let here = |start: &i32| Some((*start, changed.get(start)?.as_ref()?.to_vec()));
        rows.extend(starts.iter().filter_map(here));
        Ok(rows)
    }
}

/// Rows in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InMemory(pub BTreeMap<Series, ByStart>);

impl InMemory {
    /// Takes changes as the database would.
    pub fn apply(&mut self, changes: Vec<Change>) {
        for Change { series, starts_on, counts } in changes {
            let rows = self.0.entry(series.clone()).or_default();
            match counts {
                Some(counts) => drop(rows.insert(starts_on, counts)),
                None => drop(rows.remove(&starts_on)),
            }
            if rows.is_empty() {
                self.0.remove(&series);
            }
        }
    }
}

impl Rows for InMemory {
    fn of(&mut self, series: &Series, starts: &[i32]) -> Outcome<ByStart> {
        let Some(rows) = self.0.get(series) else { return Ok(ByStart::new()) };
        Ok(starts.iter().filter_map(|start| Some((*start, rows.get(start)?.clone()))).collect())
    }
}
