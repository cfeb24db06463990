//! The counts of figures as they were at their cuts, brought up to the log together with the other rows.
//!
//! A figure that moved while entries were folded is what its row was before them, and those of them before its cut.
//! Where no steps are stored, after an erasure or an update of the program, all are made anew from the first answer.

use std::collections::BTreeMap;

use scoring::{Cell, GroupedCell, Layout};

use super::add_up::Difference;
use super::classes::Classes;
use super::counts::{Counted, Counting, Counts, Entry};
use super::figure::{Figure, KINDS, Standing};
use super::fold::entry;
use super::key::{Class, Part, Period, Split};
use super::rows::{InMemory, Rows};
use super::steps::{Steps, load};
use super::{Outcome, broken};
use crate::service::Result;
use crate::store::cells::{self, Change};
use crate::store::responses::{self, Place, Step};
use crate::store::{AnyConnection, OrgScope};

/// How many entries are counted at a time when everything is made anew.
const CHUNK: u32 = 50_000;

/// Whose rows are brought up to the log, and how far.
#[derive(Clone, Copy)]
pub struct Stretch<'a> {
    /// Whose they are.
    pub scope: &'a OrgScope,
    /// Of which survey.
    pub survey_id: i32,
    /// Where the rows stand, and up to where they are to stand.
    pub positions: (i64, i64),
}

/// The changes of standing rows by the entries of a stretch. `go_on` is asked now and then; `None` when it says no.
pub fn bring_up(
    connection: &mut AnyConnection,
    stretch: Stretch<'_>,
    counting: &Counting<'_>,
    entries: &[Entry],
    go_on: &dyn Fn() -> bool,
) -> Result<Option<Vec<Change>>> {
    let Stretch { scope, survey_id, positions: (after, up_to) } = stretch;
    let before = match load(connection, scope, survey_id, after)? {
        Some(steps) => steps,
        None if after == 0 => Steps::none(),
        None => return anew(connection, stretch, counting, go_on),
    };
    let mut steps = before.clone();
    for entry in entries {
        steps.take(&entry.response, entry.add, entry.place);
    }
    let first = Place::behind(after)?;
    let figures = steps.figures();
    let hidden = before.figures().into_keys().filter(|figure| !figures.contains_key(figure));
    let mut changes: Vec<Change> = hidden.flat_map(|figure| gone(&figure)).collect();
    let moved: BTreeMap<Figure, usize> = figures.into_iter().filter(|(_, at)| *at > first).collect();
    let mut live = Live { connection, scope, survey_id, classes: None };
    let Some(more) = count(counting.layout, &mut live, entries, &moved, go_on).map_err(broken)? else {
        return Ok(None);
    };
    changes.extend(more);
    changes.push(written(&steps, up_to));
    Ok(Some(changes))
}

/// All standing rows that the answers up to a position give; `None` when it was told to stop.
pub fn made_anew(
    connection: &mut AnyConnection,
    stretch: Stretch<'_>,
    counting: &Counting<'_>,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<InMemory>> {
    let Stretch { scope, survey_id, positions: (_, up_to) } = stretch;
    let mut steps = Steps::none();
    responses::scan_after(connection, scope, survey_id, (0, up_to), |step, place| {
        match step {
            Step::Record(response) => steps.take(response, true, place),
            Step::Forget(response) => steps.take(response, false, place),
        }
        Ok(())
    })?;
    let mut rows = InMemory::default();
    let (mut after, mut figures) = (0, steps.figures());
    while after < up_to && !figures.is_empty() {
        let next = cells::nth_after(connection, scope, survey_id, after, CHUNK)?.unwrap_or(up_to).min(up_to);
        let mut entries: Vec<Entry> = Vec::new();
        responses::scan_after(connection, scope, survey_id, (after, next), |step, place| {
            entries.push(entry(counting, &step, place).map_err(crate::store::Error::Broken)?);
            Ok(())
        })?;
        let changes = count(counting.layout, &mut rows, &entries, &figures, go_on).map_err(broken)?;
        let Some(changes) = changes else { return Ok(None) };
        rows.apply(changes);
        after = next;
        let first = Place::behind(after)?;
        figures.retain(|_, at| *at > first);
    }
    rows.apply(vec![written(&steps, up_to)]);
    Ok(Some(rows))
}

/// The changes that replace all standing rows by those of the answers.
fn anew(
    connection: &mut AnyConnection,
    stretch: Stretch<'_>,
    counting: &Counting<'_>,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<Vec<Change>>> {
    let Some(rows) = made_anew(connection, stretch, counting, go_on)? else { return Ok(None) };
    tracing::info!(survey = stretch.survey_id, "a fold made the steps anew");
    let mut changes = all_gone(connection, stretch.scope, stretch.survey_id)?;
    changes.retain(|one| !rows.0.get(&one.series).is_some_and(|rows| rows.contains_key(&one.starts_on)));
    for (series, rows) in rows.0 {
        let change = |(starts_on, counts)| Change { series: series.clone(), starts_on, counts: Some(counts) };
        changes.extend(rows.into_iter().map(change));
    }
    Ok(Some(changes))
}

/// The changes that delete all standing rows of a survey: what they say of the log no longer holds.
pub fn all_gone(connection: &mut AnyConnection, scope: &OrgScope, survey_id: i32) -> Result<Vec<Change>> {
    let parts = Standing::ALL.map(Standing::code);
    let rows = cells::names_of(connection, scope, survey_id, &parts)?;
    Ok(rows.into_iter().map(|(series, starts_on)| Change { series, starts_on, counts: None }).collect())
}

fn gone(figure: &Figure) -> Vec<Change> {
    let change = |part: &Standing| change(figure, *part, None);
    figure.parts().iter().map(change).collect()
}

fn change(figure: &Figure, part: Standing, counts: Option<Vec<u8>>) -> Change {
    Change { series: figure.series(part.code()), starts_on: figure.starts_on, counts }
}

fn written(steps: &Steps, position: i64) -> Change {
    Change { series: Standing::steps(), starts_on: 0, counts: Some(steps.encode(position)) }
}

/// Where the counts of figures come from to which entries are added.
trait Base {
    /// The counts of a figure before the entries.
    fn before(&mut self, layout: &Layout, figure: &Figure, part: Standing) -> Outcome<Option<Vec<u8>>>;
}

/// What was made anew so far.
impl Base for InMemory {
    fn before(&mut self, _: &Layout, figure: &Figure, part: Standing) -> Outcome<Option<Vec<u8>>> {
        let rows = self.of(&figure.series(part.code()), &[figure.starts_on])?;
        Ok(rows.into_values().next())
    }
}

/// The stored rows that count everybody up to the entries.
struct Live<'a> {
    connection: &'a mut AnyConnection,
    scope: &'a OrgScope,
    survey_id: i32,
    classes: Option<Vec<(Class, Cell)>>,
}

impl Live<'_> {
    /// The cells by class, of which those of every figure are made.
    fn classes(&mut self, layout: &Layout) -> Outcome<&[(Class, Cell)]> {
        if self.classes.is_none() {
            let kind = (Part::Answers.code(), Split::Class.code(), Period::All.code());
            let rows = cells::of_split(self.connection, self.scope, self.survey_id, kind, &[0]);
            let mut classes = Vec::new();
            for row in rows.map_err(|error| error.to_string())? {
                let class = Class::parse(&row.series.level).ok_or("a stored class has no name")?;
                classes.push((class, <Cell as Counted>::decode(layout, &row.counts)?));
            }
            self.classes = Some(classes);
        }
        Ok(self.classes.as_deref().unwrap_or_default())
    }
}

impl Base for Live<'_> {
    fn before(&mut self, layout: &Layout, figure: &Figure, part: Standing) -> Outcome<Option<Vec<u8>>> {
        let part = match part {
            Standing::Answers | Standing::Steps => Part::Answers,
            Standing::Joint => Part::Joint,
            Standing::Classes => {
                let mut classes = Classes::default();
                for (class, cell) in self.classes(layout)?.iter().filter(|(class, _)| figure.holds(*class)) {
                    classes.add_to((class.channel, class.place_id), cell)?;
                }
                return if classes.is_empty() { Ok(None) } else { classes.encode(layout).map(Some) };
            }
        };
        let series = figure.series(part.code());
        let rows =
            cells::of_series(self.connection, self.scope, self.survey_id, &series, &[figure.starts_on]);
        Ok(rows.map_err(|error| error.to_string())?.into_iter().next().map(|row| row.counts))
    }
}

/// Entries before the places of figures added to what stood before them.
fn count(
    layout: &Layout,
    base: &mut impl Base,
    entries: &[Entry],
    figures: &BTreeMap<Figure, usize>,
    go_on: &dyn Fn() -> bool,
) -> Outcome<Option<Vec<Change>>> {
    let mut changes = Vec::new();
    for (split, period) in KINDS {
        let mut of_kind: BTreeMap<(String, i32), Vec<&Entry>> = BTreeMap::new();
        for entry in entries {
            let Some(level) = split.level(&entry.response) else { continue };
            of_kind.entry((level, entry.start_of(period))).or_default().push(entry);
        }
        for (figure, at) in figures.iter().filter(|(one, _)| (one.split, one.period) == (split, period)) {
            if !go_on() {
                return Ok(None);
            }
            let entries =
                of_kind.get(&(figure.level.clone(), figure.starts_on)).map_or(&[][..], Vec::as_slice);
            let end = entries.partition_point(|entry| entry.place.at < *at);
            let entries = entries.get(..end).unwrap_or_default();
            for part in figure.parts() {
                let before = base.before(layout, figure, *part)?;
                let after = match part {
                    Standing::Answers | Standing::Steps => added::<Counts>(layout, before, entries)?,
                    Standing::Joint => added::<GroupedCell>(layout, before, entries)?,
                    Standing::Classes => added::<Classes>(layout, before, entries)?,
                };
                changes.push(change(figure, *part, after));
            }
        }
    }
    Ok(Some(changes))
}

fn added<C: Counted>(
    layout: &Layout,
    before: Option<Vec<u8>>,
    entries: &[&Entry],
) -> Outcome<Option<Vec<u8>>> {
    if entries.is_empty() {
        return Ok(before);
    }
    let mut difference = Difference::<C>::none(layout);
    entries.iter().try_for_each(|entry| difference.count(layout, entry))?;
    difference.on(layout, before.as_deref())
}
