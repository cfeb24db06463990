//! Counting the rows of a file into everything that its report needs.
//!
//! One pass; the jackknife group of a row is its number, from 0, modulo 32.

use std::collections::BTreeMap;

use jiff::civil::Date;
use scoring::{
    Cell, CellError, GroupedCell, Layout, PersonQuality, Reference, ReferenceCounts, Thresholds, Weighted,
    careless_indices,
};

use super::map::Map;
use super::table::Row;
use crate::report::{CarelessCounts, LevelCounts, rated_items};

/// How long a period of the charts is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodLength {
    /// ISO weeks.
    Week,
    /// Calendar months.
    Month,
}

impl PeriodLength {
    /// Its word in the report.
    pub fn word(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    fn name(self, day: Date) -> String {
        match self {
            Self::Week => day.strftime("%G-W%V").to_string(),
            Self::Month => day.strftime("%Y-%m").to_string(),
        }
    }
}

/// The rows of a file, counted.
pub struct Gathered {
    /// Everybody.
    pub cell: Cell,
    /// Everybody, jointly and in jackknife groups.
    pub joint: GroupedCell,
    /// By comparison and level.
    pub levels: Vec<(String, BTreeMap<String, LevelCounts>)>,
    /// Rows with their weights; `None` when the map names no column for them.
    pub weighted: Option<Weighted>,
    /// By period of service.
    pub periods: BTreeMap<String, LevelCounts>,
    /// Which rows look careless.
    pub careless: CarelessCounts,
    quality: PersonQuality,
    thresholds: Thresholds,
    /// Items that stand in a dimension, in the order of the map: what careless answering is looked for in.
    rated: Vec<usize>,
    reference: Option<Reference>,
    period: PeriodLength,
}

impl Gathered {
    /// Nobody yet. `reference` are mean and covariance of the answers, against which single rows are held.
    pub fn new(map: &Map, reference: Option<Reference>, period: PeriodLength) -> Self {
        let layout = &map.layout;
        Self {
            cell: Cell::empty(layout),
            joint: GroupedCell::empty(layout),
            levels: map.groups.iter().map(|(name, _)| (name.clone(), BTreeMap::new())).collect(),
            weighted: map.weight.as_ref().map(|_| Weighted::of_rows(layout)),
            periods: BTreeMap::new(),
            careless: CarelessCounts::empty(layout),
            quality: PersonQuality::new(layout),
            thresholds: Thresholds::default(),
            rated: rated_items(layout),
            reference,
            period,
        }
    }

    /// Counts one row.
    pub fn take(&mut self, layout: &Layout, row: &Row<'_>) -> Result<(), CellError> {
        self.cell.record(layout, row.codes)?;
        let group = u8::try_from((row.number.saturating_sub(1)) % 32).unwrap_or(0);
        self.joint.record(layout, row.codes, group)?;
        if let (Some(weighted), Some(weight)) = (&mut self.weighted, row.weight) {
            // The table refuses weights that the crate would refuse, and the codes fit: they are in the cell.
            weighted.record(layout, weight, row.codes).map_err(|_| CellError::NotCounted)?;
        }
        let indices = careless_indices(layout, &self.rated, row.codes, None, self.reference.as_ref());
        let flags = self.thresholds.flags(&indices);
        self.careless.record(layout, row.codes, indices.longstring, flags)?;
        let quality = self.quality.key(layout, row.codes);
        for ((_, levels), level) in self.levels.iter_mut().zip(row.levels) {
            if !level.is_empty() {
                count(levels, level, layout, row, &self.quality, quality)?;
            }
        }
        if let Some(day) = row.date {
            count(&mut self.periods, &self.period.name(day), layout, row, &self.quality, quality)?;
        }
        Ok(())
    }

    /// The length of the charts' periods.
    pub fn period(&self) -> PeriodLength {
        self.period
    }
}

fn count(
    levels: &mut BTreeMap<String, LevelCounts>,
    level: &str,
    layout: &Layout,
    row: &Row<'_>,
    quality: &PersonQuality,
    key: Option<i64>,
) -> Result<(), CellError> {
    let counts = match levels.get_mut(level) {
        Some(counts) => counts,
        None => levels
            .entry(level.to_owned())
            .or_insert(LevelCounts { cell: Cell::empty(layout), quality: Some(quality.nobody()) }),
    };
    counts.cell.record(layout, row.codes)?;
    if let (Some(people), Some(key)) = (&mut counts.quality, key) {
        people.increase(key, 1);
    }
    Ok(())
}

/// What a first pass over the file finds out: mean and covariance of the complete rows, and its span of days.
pub struct FirstLook {
    counts: ReferenceCounts,
    rows: u64,
    first: Option<Date>,
    last: Option<Date>,
}

impl FirstLook {
    /// Nothing seen yet.
    pub fn new(layout: &Layout) -> Self {
        Self { counts: ReferenceCounts::new(rated_items(layout)), rows: 0, first: None, last: None }
    }

    /// Looks at one row.
    pub fn take(&mut self, layout: &Layout, row: &Row<'_>) {
        self.counts.record(layout, row.codes);
        self.rows += 1;
        if let Some(day) = row.date {
            self.first = Some(self.first.map_or(day, |first| first.min(day)));
            self.last = Some(self.last.map_or(day, |last| last.max(day)));
        }
    }

    /// The frozen reference; `None` when fewer than half of the rows are complete, who are then hardly a measure
    /// for the others, or when they lie in a plane.
    pub fn reference(&self) -> Option<Reference> {
        if 2 * self.counts.people() < self.rows { None } else { self.counts.freeze().ok() }
    }

    /// Weeks up to two years, months beyond.
    pub fn period(&self) -> PeriodLength {
        let days = self.first.zip(self.last).and_then(|(first, last)| (last - first).get_days().into());
        if days.is_some_and(|days: i32| days > 731) { PeriodLength::Month } else { PeriodLength::Week }
    }
}
