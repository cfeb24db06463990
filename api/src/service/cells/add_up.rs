//! Entries of the log added to rows: for each level the days are counted once and added up to their periods.

use std::collections::BTreeMap;

use scoring::{Cell, GroupedCell, Layout};

use super::Outcome;
use super::counts::{Counted, Counts, Entry};
use super::key::{Part, Period, Split, series};
use super::rows::{ByStart, Rows};
use crate::store::cells::{Change, Series};

/// Adds entries to the rows they belong to: all changed rows with their new bytes, in runs of one series.
///
/// `go_on` is asked between levels; `None` when it says no.
pub fn add_up(
    layout: &Layout,
    rows: &mut impl Rows,
    entries: &[Entry],
    go_on: &dyn Fn() -> bool,
) -> Outcome<Option<Vec<Change>>> {
    add_up_in(Part::periods_of, layout, rows, entries, go_on)
}

/// The periods that are counted of a part in a split, the longest first.
pub(super) type Periods = fn(Part, Split) -> &'static [Period];

/// As [`add_up`], for some of the rows only.
pub(super) fn add_up_in(
    periods: Periods,
    layout: &Layout,
    rows: &mut impl Rows,
    entries: &[Entry],
    go_on: &dyn Fn() -> bool,
) -> Outcome<Option<Vec<Change>>> {
    let mut changes = Vec::new();
    for split in Split::ALL {
        let of = |part: Part| periods(part, split);
        if of(Part::Answers).is_empty() {
            continue;
        }
        for (level, entries) in by_level(split, entries) {
            if !go_on() {
                return Ok(None);
            }
            let mut level = Level { layout, rows, split, name: &level, entries: &entries };
            if split.is_of_classes() {
                level.add::<Cell>(Part::Answers, of(Part::Answers), &mut changes)?;
            } else {
                level.add::<Counts>(Part::Answers, of(Part::Answers), &mut changes)?;
                level.add::<GroupedCell>(Part::Joint, of(Part::Joint), &mut changes)?;
            }
        }
    }
    Ok(Some(changes))
}

/// Entries by their level of a split, each in the order of their days.
pub(super) fn by_level(split: Split, entries: &[Entry]) -> BTreeMap<String, Vec<&Entry>> {
    let mut levels: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        if let Some(level) = split.level(&entry.response) {
            levels.entry(level).or_default().push(entry);
        }
    }
    for entries in levels.values_mut() {
        entries.sort_by_key(|entry| entry.response.service_day);
    }
    levels
}

/// What comes to a row and what goes from it. Whatever goes came before it, here or in the row.
#[derive(Clone)]
pub(super) struct Difference<C> {
    comes: C,
    goes: Option<C>,
}

impl<C: Counted> Difference<C> {
    pub(super) fn none(layout: &Layout) -> Self {
        Self { comes: C::nobody(layout), goes: None }
    }

    pub(super) fn count(&mut self, layout: &Layout, entry: &Entry) -> Outcome<()> {
        let side =
            if entry.add { &mut self.comes } else { self.goes.get_or_insert_with(|| C::nobody(layout)) };
        side.count(layout, entry)
    }

    fn add(&mut self, other: &Self) -> Outcome<()> {
        self.comes.add(&other.comes)?;
        match (&mut self.goes, &other.goes) {
            (Some(mine), Some(theirs)) => mine.add(theirs),
            (None, Some(theirs)) => {
                self.goes = Some(theirs.clone());
                Ok(())
            }
            (_, None) => Ok(()),
        }
    }

    /// Counts with what comes, and without what goes.
    pub(super) fn onto(&self, counts: &mut C) -> Outcome<()> {
        counts.add(&self.comes)?;
        self.goes.iter().try_for_each(|goes| counts.subtract(goes))
    }

    /// The row's new bytes; none when nobody is left in it.
    pub(super) fn on(self, layout: &Layout, before: Option<&[u8]>) -> Outcome<Option<Vec<u8>>> {
        let mut after = self.comes;
        if let Some(bytes) = before {
            after.add(&C::decode(layout, bytes)?)?;
        }
        if let Some(goes) = &self.goes {
            after.subtract(goes)?;
        }
        if after.is_empty() { Ok(None) } else { after.encode(layout).map(Some) }
    }
}

/// One level of a split, with its entries in the order of their days.
struct Level<'a, R> {
    layout: &'a Layout,
    rows: &'a mut R,
    split: Split,
    name: &'a str,
    entries: &'a [&'a Entry],
}

impl<R: Rows> Level<'_, R> {
    /// Adds the entries to the rows of a part in some periods.
    fn add<C: Counted>(
        &mut self,
        part: Part,
        periods: &'static [Period],
        changes: &mut Vec<Change>,
    ) -> Outcome<()> {
        if periods.is_empty() {
            return Ok(());
        }
        let mut before = Vec::new();
        for period in periods {
            let mut starts: Vec<i32> = self.entries.iter().map(|entry| entry.start_of(*period)).collect();
            starts.dedup();
            before.push(self.rows.of(&series(part, self.split, *period, self.name), &starts)?);
        }
        let series = |period: Period| series(part, self.split, period, self.name);
        let mut open = Open::<C, _>::new(self.layout, periods, before, series);
        for run in self.entries.chunk_by(|one, next| piece(part, periods, one) == piece(part, periods, next))
        {
            let mut difference = Difference::none(self.layout);
            for entry in run {
                difference.count(self.layout, entry)?;
            }
            if let Some(first) = run.first() {
                open.put(first, difference)?;
            }
        }
        changes.extend(open.end()?);
        Ok(())
    }
}

/// The periods of a level that are open, and its rows as they were.
struct Open<'a, C, S> {
    layout: &'a Layout,
    periods: &'static [Period],
    /// For each period the stretch at hand.
    stretches: Vec<Option<(i32, Difference<C>)>>,
    before: Vec<ByStart>,
    changes: Vec<Vec<Change>>,
    series: S,
}

impl<'a, C: Counted, S: Fn(Period) -> Series> Open<'a, C, S> {
    fn new(layout: &'a Layout, periods: &'static [Period], before: Vec<ByStart>, series: S) -> Self {
        let count = periods.len();
        Self {
            layout,
            periods,
            stretches: vec![None; count],
            before,
            changes: vec![Vec::new(); count],
            series,
        }
    }

    /// Adds a piece to every period in which it lies; `one` is an entry of it.
    fn put(&mut self, one: &Entry, piece: Difference<C>) -> Outcome<()> {
        for (index, period) in self.periods.iter().enumerate() {
            let start = one.start_of(*period);
            let stays =
                self.stretches.get(index).and_then(Option::as_ref).is_some_and(|(at, _)| *at == start);
            if !stays {
                self.close(index)?;
            }
            match self.stretches.get_mut(index) {
                Some(Some((_, open))) => open.add(&piece)?,
                // The shortest period comes last and is mostly new: it takes the piece itself.
                Some(slot) if index + 1 == self.periods.len() => {
                    *slot = Some((start, piece));
                    return Ok(());
                }
                Some(slot) => *slot = Some((start, piece.clone())),
                None => {}
            }
        }
        Ok(())
    }

    /// Writes the stretch of a period that is at hand.
    fn close(&mut self, index: usize) -> Outcome<()> {
        let open = self.stretches.get_mut(index).and_then(Option::take);
        let (Some((starts_on, difference)), Some(period)) = (open, self.periods.get(index)) else {
            return Ok(());
        };
        let before = self.before.get(index).and_then(|rows| rows.get(&starts_on));
        let counts = difference.on(self.layout, before.map(Vec::as_slice))?;
        if counts.is_some() || before.is_some() {
            let change = Change { series: (self.series)(*period), starts_on, counts };
            if let Some(changes) = self.changes.get_mut(index) {
                changes.push(change);
            }
        }
        Ok(())
    }

    /// All changes, in runs of one series.
    fn end(mut self) -> Outcome<Vec<Change>> {
        for index in 0..self.stretches.len() {
            self.close(index)?;
        }
        Ok(self.changes.into_iter().flatten().collect())
    }
}

/// What is counted together before it is added up: days, weeks cut where months begin, or everything.
fn piece(part: Part, periods: &[Period], entry: &Entry) -> (i32, i32) {
    match part {
        _ if periods == [Period::All] => (0, 0),
        Part::Answers => (entry.start_of(Period::Day), 0),
        Part::Joint => (entry.start_of(Period::Month), entry.start_of(Period::Week)),
    }
}
