//! The counts of figures as they were at their cuts, brought up to the log together with the other rows.
//!
//! A figure that moved while entries were folded is what its row was before them, and those of them before its cut.
//! Where no steps are stored, after an erasure or an update of the program, all are made anew from the first answer.

use std::collections::{BTreeMap, BTreeSet};

use scoring::{Cell, GroupedCell, Layout};

use super::add_up::Difference;
use super::classes::Classes;
use super::counts::{Counted, Counting, Counts, Entry};
use super::figure::{Figure, KINDS, Standing};
use super::fold::entry;
use super::key::{Class, Part, Period, Split};
use super::last::{part_of, states_before};
use super::lost::Lost;
use super::rows::{Changed, InMemory, Rows, Stored};
use super::steps::Steps;
use super::walk::{Past, Walk};
use super::{Outcome, broken};
use crate::service::Result;
use crate::store::cells::{self, Change, Series};
use crate::store::erasures::{self, Beside};
use crate::store::response_log::{self, Place};
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

/// The changes of standing rows by the entries of a stretch, where `live` are those of the other rows. `go_on` is asked
/// now and then; `None` when it says no.
pub fn bring_up(
    connection: &mut AnyConnection,
    stretch: Stretch<'_>,
    counting: &Counting<'_>,
    (entries, live): (&[Entry], &[Change]),
    go_on: &dyn Fn() -> bool,
) -> Result<Option<Vec<Change>>> {
    let Stretch { scope, survey_id, positions: (after, up_to) } = stretch;
    let before = match Walk::load(connection, scope, survey_id, after, Past::End)? {
        Some(walk) => walk,
        None if after == 0 => Walk::begin(),
        None => return anew(connection, stretch, counting, live, go_on),
    };
    let gone = erasures::entries(connection, scope, survey_id)?;
    let mut walk = before.clone();
    let mut beside = Beside::of(&gone, (after, up_to));
    let mut step = |walk: &mut Walk, position: i64| {
        beside.before(position, &mut |step, place| {
            walk.step(&step, place);
            Ok(())
        })
    };
    for entry in entries {
        step(&mut walk, entry.place.position())?;
        walk.take(&entry.response, entry.add, entry.place);
    }
    step(&mut walk, i64::MAX)?;
    let first = Place::behind(after)?;
    let lost = Lost::of(&gone)?;
    let figures = whole_figures(&walk.steps, &lost);
    let before_them = whole_figures(&before.steps, &lost);
    let hidden = before_them.into_keys().filter(|figure| !figures.contains_key(figure));
    let mut changes: Vec<Change> = hidden.flat_map(|figure| without(&figure)).collect();
    let moved: BTreeMap<Figure, usize> = figures.into_iter().filter(|(_, at)| *at > first).collect();
    let mut base = Live { connection, scope, survey_id, classes: None };
    let Some(more) = count(counting.layout, &mut base, entries, &moved, go_on).map_err(broken)? else {
        return Ok(None);
    };
    changes.extend(more);
    let cuts = (before.steps.total(), walk.steps.total());
    let Some(more) = last_states(connection, stretch, counting, (entries, live), cuts, go_on)? else {
        return Ok(None);
    };
    changes.extend(more);
    changes.extend(walk.written(up_to));
    Ok(Some(changes))
}

/// The changes of the rows as they were when the total last moved, which stood at the first cut and stands at the second.
fn last_states(
    connection: &mut AnyConnection,
    stretch: Stretch<'_>,
    counting: &Counting<'_>,
    (entries, live): (&[Entry], &[Change]),
    (before, now): (usize, usize),
    go_on: &dyn Fn() -> bool,
) -> Result<Option<Vec<Change>>> {
    let Stretch { scope, survey_id, .. } = stretch;
    if now == 0 {
        return Ok(Some(Vec::new()));
    }
    let parts = Part::ALL.map(|part| part_of(part).code());
    let kept: BTreeSet<(Series, i32)> =
        cells::names_of(connection, scope, survey_id, &parts)?.into_iter().collect();
    let behind = entries.partition_point(|entry| entry.place.at < now);
    let behind = entries.get(behind..).unwrap_or_default();
    let mut rows = Changed::by(Stored { connection, scope, survey_id }, live);
    let Some(mut states) = states_before(counting.layout, &mut rows, behind, go_on).map_err(broken)? else {
        return Ok(None);
    };
    if now == before {
        // What was kept at an earlier fold is the state at the move; a later one is not.
        states.retain(|one| !kept.contains(&(one.series.clone(), one.starts_on)));
    } else {
        let gone = |(series, starts_on)| Change { series, starts_on, counts: None };
        let new: BTreeSet<(&Series, i32)> = states.iter().map(|one| (&one.series, one.starts_on)).collect();
        let old: Vec<Change> =
            kept.into_iter().filter(|(series, start)| !new.contains(&(series, *start))).map(gone).collect();
        states.extend(old);
    }
    Ok(Some(states))
}

/// The figures that are shown and hold nobody who is gone, with the first place behind all that they count.
fn whole_figures(steps: &Steps, lost: &Lost) -> BTreeMap<Figure, usize> {
    let mut figures = steps.figures();
    figures.retain(|figure, at| lost.is_whole(*at, |groups| figure.counts(groups)));
    figures
}

/// Rows made anew from the first answer.
pub struct Anew {
    /// The rows but for the last states of periods.
    pub rows: InMemory,
    /// The entries behind the last move of the total, without which `states_before` makes these.
    pub behind: Vec<Entry>,
}

/// All standing rows that the answers up to a position give; `None` when it was told to stop.
pub fn made_anew(
    connection: &mut AnyConnection,
    stretch: Stretch<'_>,
    counting: &Counting<'_>,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<Anew>> {
    let Stretch { scope, survey_id, positions: (_, up_to) } = stretch;
    let mut walk = Walk::begin();
    erasures::scan(connection, scope, survey_id, (0, up_to), |step, place| {
        walk.step(&step, place);
        Ok(())
    })?;
    let lost = Lost::of(&erasures::entries(connection, scope, survey_id)?)?;
    let mut rows = InMemory::default();
    let (mut after, mut figures) = (0, whole_figures(&walk.steps, &lost));
    while after < up_to && !figures.is_empty() {
        let next = cells::nth_after(connection, scope, survey_id, after, CHUNK)?.unwrap_or(up_to).min(up_to);
        let entries = entries_of(connection, Stretch { positions: (after, next), ..stretch }, counting)?;
        let changes = count(counting.layout, &mut rows, &entries, &figures, go_on).map_err(broken)?;
        let Some(changes) = changes else { return Ok(None) };
        rows.apply(changes);
        after = next;
        let first = Place::behind(after)?;
        figures.retain(|_, at| *at > first);
    }
    rows.apply(walk.written(up_to));
    let cut = walk.steps.total();
    let mut behind = Vec::new();
    if cut > 0 {
        let positions = (Place::before(cut), up_to);
        behind = entries_of(connection, Stretch { positions, ..stretch }, counting)?;
        behind.retain(|entry| entry.place.at >= cut);
    }
    Ok(Some(Anew { rows, behind }))
}

fn entries_of(
    connection: &mut AnyConnection,
    stretch: Stretch<'_>,
    counting: &Counting<'_>,
) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    response_log::scan_after(
        connection,
        stretch.scope,
        stretch.survey_id,
        stretch.positions,
        |step, place| {
            entries.push(entry(counting, &step, place).map_err(crate::store::Error::Broken)?);
            Ok(())
        },
    )?;
    Ok(entries)
}

/// The changes that replace all standing rows by those of the answers.
fn anew(
    connection: &mut AnyConnection,
    stretch: Stretch<'_>,
    counting: &Counting<'_>,
    live: &[Change],
    go_on: &dyn Fn() -> bool,
) -> Result<Option<Vec<Change>>> {
    let Stretch { scope, survey_id, .. } = stretch;
    let Some(Anew { mut rows, behind }) = made_anew(connection, stretch, counting, go_on)? else {
        return Ok(None);
    };
    let mut as_they_are = Changed::by(Stored { connection, scope, survey_id }, live);
    let states = states_before(counting.layout, &mut as_they_are, &behind, go_on).map_err(broken)?;
    let Some(states) = states else { return Ok(None) };
    rows.apply(states);
    tracing::info!(survey = survey_id, "a fold made the steps anew");
    let mut changes = all_gone(connection, scope, survey_id)?;
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

fn without(figure: &Figure) -> Vec<Change> {
    let change = |part: &Standing| change(figure, *part, None);
    figure.parts().iter().map(change).collect()
}

fn change(figure: &Figure, part: Standing, counts: Option<Vec<u8>>) -> Change {
    Change { series: figure.series(part.code()), starts_on: figure.starts_on, counts }
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
            Standing::Joint => Part::Joint,
            Standing::Classes => {
                let mut classes = Classes::default();
                for (class, cell) in self.classes(layout)?.iter().filter(|(class, _)| figure.holds(*class)) {
                    classes.add_to((class.channel, class.place_id), cell)?;
                }
                return if classes.is_empty() { Ok(None) } else { classes.encode(layout).map(Some) };
            }
            _ => Part::Answers,
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
                    Standing::Joint => added::<GroupedCell>(layout, before, entries)?,
                    Standing::Classes => added::<Classes>(layout, before, entries)?,
                    _ => added::<Counts>(layout, before, entries)?,
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
