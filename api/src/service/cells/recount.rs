//! The cells of a survey counted once more from its answers, and held against the stored rows byte by byte.

use std::collections::{BTreeMap, BTreeSet};

use super::add_up::add_up;
use super::broken;
use super::counts::{Counting, Entry};
use super::fold::{counted_by, entry};
use super::key::Named;
use super::last::states_before;
use super::rows::{ByStart, InMemory};
use super::standing::{Anew, Stretch, made_anew};
use super::steps::is_there;
use crate::service::{Result, Services};
use crate::store::cells::{self, Kind, Mark, Series};
use crate::store::surveys::Survey;
use crate::store::{AnyConnection, OrgScope, response_log};

/// How many entries are counted at a time.
const CHUNK: u32 = 50_000;
/// For how many first days stored rows are read at a time.
const STARTS: usize = 16;

/// What holding the stored rows against the answers came to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// Stored rows.
    pub rows: u64,
    /// Each row that is not what the answers give, in words.
    pub differences: Vec<String>,
}

/// Counts a survey's answers up to its mark and compares each row.
pub fn compare(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
) -> Result<Compared> {
    let mark = cells::mark(connection, scope, survey.id)?;
    let mut expected = recount(services, connection, scope, survey, mark)?;
    if let Some(mark) = mark.filter(|mark| mark.folded_to > 0)
        && is_there(connection, scope, survey.id)?
    {
        let rows = standing(services, connection, scope, survey, mark, &mut expected)?;
        expected.0.extend(rows.0);
    }
    against(connection, scope, survey.id, &expected)
}

/// The rows that the answers up to a mark give.
pub fn recount(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
    mark: Option<Mark>,
) -> Result<InMemory> {
    let (layout, organisation) = counted_by(services, connection, scope, survey)?;
    let zone = organisation.zone();
    let counting = Counting::by(&layout, &zone);
    let mut rows = InMemory::default();
    let (mut after, end) = (0, mark.map_or(0, |mark| mark.folded_to));
    while after < end {
        let next = cells::nth_after(connection, scope, survey.id, after, CHUNK)?;
        let up_to = next.unwrap_or(end).min(end);
        let mut entries: Vec<Entry> = Vec::new();
        response_log::scan_after(connection, scope, survey.id, (after, up_to), |step, place| {
            entries.push(entry(&counting, &step, place).map_err(crate::store::Error::Broken)?);
            Ok(())
        })?;
        let changes = add_up(&layout, &mut rows, &entries, &|| true).map_err(broken)?;
        rows.apply(changes.unwrap_or_default());
        after = up_to;
    }
    Ok(rows)
}

/// The rows for readers without the right to rows that the answers up to a mark give, where `live` are the others.
fn standing(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
    mark: Mark,
    live: &mut InMemory,
) -> Result<InMemory> {
    let (layout, organisation) = counted_by(services, connection, scope, survey)?;
    let zone = organisation.zone();
    let stretch = Stretch { scope, survey_id: survey.id, positions: (0, mark.folded_to) };
    let anew = made_anew(connection, stretch, &Counting::by(&layout, &zone), &|| true)?;
    let Some(Anew { mut rows, behind }) = anew else { return Ok(InMemory::default()) };
    let states = states_before(&layout, live, &behind, &|| true).map_err(broken)?;
    rows.apply(states.unwrap_or_default());
    Ok(rows)
}

/// Rows by kind, first day and level.
type ByKind<'a> = BTreeMap<Kind, BTreeMap<i32, BTreeMap<&'a str, &'a [u8]>>>;

fn against(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    expected: &InMemory,
) -> Result<Compared> {
    let expected = by_kind(expected.0.iter());
    let mut starts: BTreeMap<Kind, BTreeSet<i32>> = BTreeMap::new();
    for (kind, start) in cells::outline(connection, scope, survey_id)? {
        starts.entry(kind).or_default().insert(start);
    }
    for (kind, rows) in &expected {
        starts.entry(*kind).or_default().extend(rows.keys());
    }
    let mut compared = Compared::default();
    for (kind, starts) in starts {
        let starts: Vec<i32> = starts.into_iter().collect();
        for starts in starts.chunks(STARTS) {
            let mut stored: BTreeMap<i32, BTreeMap<String, Vec<u8>>> = BTreeMap::new();
            for row in cells::of_split(connection, scope, survey_id, kind, starts)? {
                compared.rows += 1;
                stored.entry(row.starts_on).or_default().insert(row.series.level, row.counts);
            }
            for start in starts {
                let expected = expected.get(&kind).and_then(|rows| rows.get(start));
                differences(kind, *start, stored.get(start), expected, &mut compared.differences);
            }
        }
    }
    Ok(compared)
}

fn by_kind<'a>(rows: impl Iterator<Item = (&'a Series, &'a ByStart)>) -> ByKind<'a> {
    let mut kinds = ByKind::new();
    for (series, rows) in rows {
        let kind = kinds.entry((series.part, series.split, series.period)).or_default();
        for (start, counts) in rows {
            kind.entry(*start).or_default().insert(&series.level, counts);
        }
    }
    kinds
}

fn differences(
    (part, split, period): Kind,
    start: i32,
    stored: Option<&BTreeMap<String, Vec<u8>>>,
    expected: Option<&BTreeMap<&str, &[u8]>>,
    found: &mut Vec<String>,
) {
    let mut tell = |level: &str, what: &str| {
        let series = Series { part, split, period, level: level.to_owned() };
        found.push(format!("{}: {what}", Named(&series, start)));
    };
    for (level, counts) in stored.into_iter().flatten() {
        match expected.and_then(|rows| rows.get(level.as_str())) {
            None => tell(level, "stored, though no answer gives it"),
            Some(right) if right != counts => tell(level, "other counts than the answers give"),
            Some(_) => {}
        }
    }
    for level in expected.into_iter().flat_map(|rows| rows.keys()) {
        if stored.is_none_or(|rows| !rows.contains_key(*level)) {
            tell(level, "not stored");
        }
    }
}
