//! Stored counts of a survey, and the mark up to which the log is in them: derived rows, never the truth.
//!
//! What the bytes mean is the business of `service::cells`. Every change of a survey's rows moves its mark's
//! revision in the same transaction, so whoever prepared rows from an older state is refused.

use diesel::prelude::*;

use super::authority::{self, OrgScope};
use super::connection::AnyConnection;
use super::error::{Error, Result};
use super::packed::{pack, unpack};
use super::schema::{cell, fold_mark, log_position, response};

/// How many first days one statement asks for or deletes.
const STARTS_A_STATEMENT: usize = 256;
/// How many rows one statement inserts on PostgreSQL.
const ROWS_A_STATEMENT: usize = 256;
/// How many bytes of counts one statement inserts on PostgreSQL, save that one row always fits.
const BYTES_A_STATEMENT: usize = 1 << 22;

/// Up to where the log of a survey is in its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The last position of the organisation's log that is folded; 0 before the first.
    pub folded_to: i64,
    /// How often the cells were written.
    pub revision: i64,
}

/// The rows of one level of one split, period and part: they differ in their first day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Series {
    /// Which counts: 1 of answers, 2 joint ones, 3 to 9 those in steps.
    pub part: i16,
    /// Code of the split.
    pub split: i16,
    /// Code of the period.
    pub period: i16,
    /// The level, empty for the total.
    pub level: String,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellRow {
    /// What it belongs to.
    pub series: Series,
    /// First day of its period since 1970-01-01; 0 for all time.
    pub starts_on: i32,
    /// The counts as bytes.
    pub counts: Vec<u8>,
}

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it belongs to.
    pub series: Series,
    /// First day of its period.
    pub starts_on: i32,
    /// Its new bytes; `None` deletes it.
    pub counts: Option<Vec<u8>>,
}

/// Changes with their bytes as they are stored: made before the transaction that writes them, which then only moves
/// bytes.
#[derive(Clone, Debug)]
pub struct Packed(Vec<Change>);

impl Packed {
    /// Packs what changes come to.
    pub fn of(mut changes: Vec<Change>) -> Self {
        for change in &mut changes {
            change.counts = change.counts.take().map(pack);
        }
        Self(changes)
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = cell)]
struct Row {
    org_id: i32,
    survey_id: i32,
    part: i16,
    split: i16,
    level: String,
    period: i16,
    starts_on: i32,
    counts: Vec<u8>,
}

impl Row {
    fn read(self) -> CellRow {
        let series = Series { part: self.part, split: self.split, period: self.period, level: self.level };
        CellRow { series, starts_on: self.starts_on, counts: unpack(self.counts) }
    }
}

/// The mark of a survey; none before anything of it was folded.
pub fn mark(connection: &mut AnyConnection, scope: &OrgScope, survey_id: i32) -> Result<Option<Mark>> {
    let found: Option<(i64, i64)> = fold_mark::table
        .filter(fold_mark::org_id.eq(scope.org()))
        .filter(fold_mark::survey_id.eq(survey_id))
        .select((fold_mark::folded_to, fold_mark::revision))
        .get_result(connection)
        .optional()?;
    Ok(found.map(|(folded_to, revision)| Mark { folded_to, revision }))
}

/// The first and the last of the first days of a series of any level; none when it has no row.
pub fn ends(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    (part, split, period): Kind,
) -> Result<Option<(i32, i32)>> {
    let here = cell::table
        .filter(cell::org_id.eq(scope.org()))
        .filter(cell::survey_id.eq(survey_id))
        .filter(cell::part.eq(part))
        .filter(cell::split.eq(split))
        .filter(cell::period.eq(period));
    let first: Option<i32> = here.select(diesel::dsl::min(cell::starts_on)).get_result(connection)?;
    let last: Option<i32> = here.select(diesel::dsl::max(cell::starts_on)).get_result(connection)?;
    Ok(first.zip(last))
}

/// The rows of one series that begin on these days, in no particular order.
pub fn of_series(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    series: &Series,
    starts: &[i32],
) -> Result<Vec<CellRow>> {
    let mut found = Vec::new();
    for starts in starts.chunks(STARTS_A_STATEMENT) {
        let rows: Vec<Row> = cell::table
            .filter(cell::org_id.eq(scope.org()))
            .filter(cell::survey_id.eq(survey_id))
            .filter(cell::part.eq(series.part))
            .filter(cell::split.eq(series.split))
            .filter(cell::period.eq(series.period))
            .filter(cell::starts_on.eq_any(starts))
            .filter(cell::level.eq(&series.level))
            .select(Row::as_select())
            .load(connection)?;
        found.extend(rows.into_iter().map(Row::read));
    }
    Ok(found)
}

/// The rows of all levels of a part, split and period that begin on these days, in no particular order.
pub fn of_split(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    (part, split, period): Kind,
    starts: &[i32],
) -> Result<Vec<CellRow>> {
    let mut found = Vec::new();
    for starts in starts.chunks(STARTS_A_STATEMENT) {
        let rows: Vec<Row> = cell::table
            .filter(cell::org_id.eq(scope.org()))
            .filter(cell::survey_id.eq(survey_id))
            .filter(cell::part.eq(part))
            .filter(cell::split.eq(split))
            .filter(cell::period.eq(period))
            .filter(cell::starts_on.eq_any(starts))
            .select(Row::as_select())
            .load(connection)?;
        found.extend(rows.into_iter().map(Row::read));
    }
    Ok(found)
}

/// Codes of part, split and period.
pub type Kind = (i16, i16, i16);

/// All combinations of part, split and period that have rows, with each first day of these rows, ascending.
pub fn outline(connection: &mut AnyConnection, scope: &OrgScope, survey_id: i32) -> Result<Vec<(Kind, i32)>> {
    let rows: Vec<(i16, i16, i16, i32)> = cell::table
        .filter(cell::org_id.eq(scope.org()))
        .filter(cell::survey_id.eq(survey_id))
        .select((cell::part, cell::split, cell::period, cell::starts_on))
        .distinct()
        .order((cell::part, cell::split, cell::period, cell::starts_on))
        .load(connection)?;
    Ok(rows.into_iter().map(|(part, split, period, start)| ((part, split, period), start)).collect())
}

/// The rows of some parts by their series and first day.
pub fn names_of(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    parts: &[i16],
) -> Result<Vec<(Series, i32)>> {
    let rows: Vec<(i16, i16, i16, String, i32)> = cell::table
        .filter(cell::org_id.eq(scope.org()))
        .filter(cell::survey_id.eq(survey_id))
        .filter(cell::part.eq_any(parts))
        .select((cell::part, cell::split, cell::period, cell::level, cell::starts_on))
        .order((cell::part, cell::split, cell::period, cell::level, cell::starts_on))
        .load(connection)?;
    let name = |(part, split, period, level, start)| (Series { part, split, period, level }, start);
    Ok(rows.into_iter().map(name).collect())
}

/// Moves the mark of a survey from where it was read to a position, and changes rows with it.
///
/// False, and nothing changes, when the mark no longer stands where it was read: somebody else has written.
pub fn advance(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    (before, folded_to): (Option<Mark>, i64),
    Packed(changes): &Packed,
) -> Result<bool> {
    if mark(connection, scope, survey_id)? != before {
        return Ok(false);
    }
    put_mark(connection, scope, survey_id, before, folded_to)?;
    delete_changed(connection, scope, survey_id, changes)?;
    let rows: Vec<Row> = changes.iter().filter_map(|change| new_row(scope, survey_id, change)).collect();
    insert_rows(connection, &rows)?;
    Ok(true)
}

/// Forgets the cells of a survey: everything is to be folded anew.
pub fn reset(connection: &mut AnyConnection, scope: &OrgScope, survey_id: i32) -> Result<()> {
    let here = cell::table.filter(cell::org_id.eq(scope.org())).filter(cell::survey_id.eq(survey_id));
    diesel::delete(here).execute(connection)?;
    let before = mark(connection, scope, survey_id)?;
    put_mark(connection, scope, survey_id, before, 0)
}

/// Writes the mark; its revision always grows, so that no two states of the cells look alike.
fn put_mark(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    before: Option<Mark>,
    folded_to: i64,
) -> Result<()> {
    let Some(before) = before else {
        diesel::insert_into(fold_mark::table)
            .values((
                fold_mark::org_id.eq(scope.org()),
                fold_mark::survey_id.eq(survey_id),
                fold_mark::folded_to.eq(folded_to),
                fold_mark::revision.eq(1i64),
            ))
            .execute(connection)?;
        return Ok(());
    };
    let here = fold_mark::table
        .filter(fold_mark::org_id.eq(scope.org()))
        .filter(fold_mark::survey_id.eq(survey_id))
        .filter(fold_mark::revision.eq(before.revision));
    let moved = diesel::update(here)
        .set((fold_mark::folded_to.eq(folded_to), fold_mark::revision.eq(before.revision + 1)))
        .execute(connection)?;
    // It was read in this transaction; another writer came between only where the database lets two in at once.
    if moved == 1 { Ok(()) } else { Err(Error::Busy("the mark of the cells was moved".to_owned())) }
}

/// Deletes the rows that are deleted or written anew.
fn delete_changed(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    changes: &[Change],
) -> Result<()> {
    for run in changes.chunk_by(|one, next| one.series == next.series) {
        let Some(first) = run.first() else { continue };
        let series = &first.series;
        let starts: Vec<i32> = run.iter().map(|change| change.starts_on).collect();
        for starts in starts.chunks(STARTS_A_STATEMENT) {
            let here = cell::table
                .filter(cell::org_id.eq(scope.org()))
                .filter(cell::survey_id.eq(survey_id))
                .filter(cell::part.eq(series.part))
                .filter(cell::split.eq(series.split))
                .filter(cell::period.eq(series.period))
                .filter(cell::starts_on.eq_any(starts))
                .filter(cell::level.eq(&series.level));
            diesel::delete(here).execute(connection)?;
        }
    }
    Ok(())
}

fn new_row(scope: &OrgScope, survey_id: i32, change: &Change) -> Option<Row> {
    Some(Row {
        org_id: scope.org(),
        survey_id,
        part: change.series.part,
        split: change.series.split,
        level: change.series.level.clone(),
        period: change.series.period,
        starts_on: change.starts_on,
        counts: change.counts.clone()?,
    })
}

fn insert_rows(connection: &mut AnyConnection, rows: &[Row]) -> Result<()> {
    match connection {
        AnyConnection::Sqlite(inner) => {
            for row in rows {
                diesel::insert_into(cell::table).values(row).execute(inner)?;
            }
        }
        // A statement is a round trip; many small rows go in one, large ones nearly alone.
        AnyConnection::Postgres(inner) => {
            let mut rest = rows;
            while !rest.is_empty() {
                let mut bytes = 0;
                let fits = |row: &&Row| {
                    bytes += row.counts.len();
                    bytes <= BYTES_A_STATEMENT
                };
                let count = rest.iter().take(ROWS_A_STATEMENT).take_while(fits).count().max(1);
                let (now, later) = rest.split_at(count);
                diesel::insert_into(cell::table).values(now).execute(inner)?;
                rest = later;
            }
        }
    }
    Ok(())
}

/// Every organisation with the last position of its log: where a fold looks for long tails.
pub fn logs(connection: &mut AnyConnection) -> Result<Vec<(OrgScope, i64)>> {
    let rows: Vec<(i32, i64)> = log_position::table
        .select((log_position::org_id, log_position::last_position))
        .order(log_position::org_id)
        .load(connection)?;
    Ok(rows.into_iter().map(|(org, last)| (authority::of_job(org), last)).collect())
}

/// The position of the `count`th entry of a survey's log after a position; none when there are fewer.
pub fn nth_after(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    after: i64,
    count: u32,
) -> Result<Option<i64>> {
    let position = response::table
        .filter(response::org_id.eq(scope.org()))
        .filter(response::survey_id.eq(survey_id))
        .filter(response::log_position.gt(after))
        .select(response::log_position)
        .order(response::log_position)
        .offset(i64::from(count.max(1)) - 1)
        .limit(1)
        .get_result(connection)
        .optional()?;
    Ok(position)
}

/// How many entries a survey's log has after a position.
pub fn tail(connection: &mut AnyConnection, scope: &OrgScope, survey_id: i32, after: i64) -> Result<u64> {
    let count: i64 = response::table
        .filter(response::org_id.eq(scope.org()))
        .filter(response::survey_id.eq(survey_id))
        .filter(response::log_position.gt(after))
        .count()
        .get_result(connection)?;
    Ok(u64::try_from(count).unwrap_or(0))
}
