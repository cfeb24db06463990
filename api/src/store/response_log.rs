//! The log of responses: gone through step by step, from a position on or on some days.

use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Result, unreadable};
use super::responses::{ROWS_A_STATEMENT, Response, Row};
use super::schema::{log_position, response};

/// How many responses a scan holds in memory at a time.
const CHUNK: i64 = 4096;

/// The last position of the organisation's log: a report that read up to here stands until it moves.
pub fn last_position(connection: &mut AnyConnection, scope: &OrgScope) -> Result<i64> {
    let position = log_position::table
        .filter(log_position::org_id.eq(scope.org()))
        .select(log_position::last_position)
        .get_result(connection)?;
    Ok(position)
}

/// What one step of a scan brings.
pub enum Step<'a> {
    /// A response counts.
    Record(&'a Response),
    /// A response counted before and was corrected: it no longer counts.
    Forget(&'a Response),
}

/// Where a step stands in the log: numbers that grow from step to step. A position has two, since a correction takes
/// back before it brings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Of the step itself.
    pub at: usize,
    /// Of the step that brought what is taken back; of one that brings, its own.
    pub of: usize,
}

impl Place {
    /// The position.
    pub fn position(self) -> i64 {
        i64::try_from(self.at / 2).unwrap_or(i64::MAX)
    }

    /// Of what a position brings.
    fn brought(position: i64) -> Result<usize> {
        usize::try_from(position)
            .ok()
            .and_then(|at| at.checked_mul(2)?.checked_add(1))
            .ok_or(unreadable("position"))
    }

    /// The first number behind all steps up to a position and with it.
    pub fn behind(position: i64) -> Result<usize> {
        Ok(Self::brought(position)? + 1)
    }

    /// The last position of which everything lies before a number; 0 before the first.
    pub fn before(at: usize) -> i64 {
        i64::try_from(at / 2).unwrap_or(i64::MAX).saturating_sub(1).max(0)
    }

    /// Of what came at a position.
    pub(super) fn record(position: i64) -> Result<Self> {
        let at = Self::brought(position)?;
        Ok(Self { at, of: at })
    }

    /// Of what is taken back at a position, since it corrects another.
    pub(super) fn forget(position: i64, before: i64) -> Result<Self> {
        Ok(Self { at: Self::brought(position)? - 1, of: Self::brought(before)? })
    }
}

/// Goes through a survey's counted responses in log order, those after a position, up to another and with it; a
/// correction first takes back what it corrects.
pub fn scan_after(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    (mut after, up_to): (i64, i64),
    mut visit: impl FnMut(Step<'_>, Place) -> Result<()>,
) -> Result<()> {
    loop {
        let rows: Vec<Row> = response::table
            .filter(response::org_id.eq(scope.org()))
            .filter(response::survey_id.eq(survey_id))
            .filter(response::log_position.gt(after))
            .filter(response::log_position.le(up_to))
            .filter(response::test.eq(false))
            .select(Row::as_select())
            .order(response::log_position)
            .limit(CHUNK)
            .load(connection)?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.log_position;
        for row in rows {
            visit_steps(connection, scope, row, &mut visit)?;
        }
    }
}

/// How many positions are gone through as a whole rather than day by day.
const NEAR: i64 = 20_000;

/// Goes through the steps of a survey's log that are of responses of some days, from one to before another, and lie
/// between two places, from one to before another; in no particular order. A correction keeps the day.
pub fn steps_on(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    (from, to): (i32, i32),
    (first, end): (usize, usize),
    mut visit: impl FnMut(Step<'_>, Place) -> Result<()>,
) -> Result<()> {
    let last = end.checked_sub(1).map_or(Ok(0), |at| i64::try_from(at / 2));
    let (after, up_to) = (Place::before(first), last.map_err(|_| unreadable("position"))?);
    let mut visit_inside = |step: Step<'_>, place: Place| {
        let (Step::Record(response) | Step::Forget(response)) = &step;
        let is_inside = (first..end).contains(&place.at) && (from..to).contains(&response.service_day);
        if is_inside { visit(step, place) } else { Ok(()) }
    };
    if up_to.saturating_sub(after) <= NEAR {
        return scan_after(connection, scope, survey_id, (after, up_to), visit_inside);
    }
    for day in from..to {
        let mut positions = positions_on(connection, scope, survey_id, day)?;
        positions.retain(|position| (after + 1..=up_to).contains(position));
        for positions in positions.chunks(ROWS_A_STATEMENT) {
            let rows: Vec<Row> = response::table
                .filter(response::org_id.eq(scope.org()))
                .filter(response::survey_id.eq(survey_id))
                .filter(response::log_position.eq_any(positions))
                .filter(response::test.eq(false))
                .select(Row::as_select())
                .load(connection)?;
            for row in rows {
                visit_steps(connection, scope, row, &mut visit_inside)?;
            }
        }
    }
    Ok(())
}

/// The positions of the responses of a day; asked for together with a range of them, SQLite walks the whole log.
fn positions_on(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    day: i32,
) -> Result<Vec<i64>> {
    let positions = response::table
        .filter(response::org_id.eq(scope.org()))
        .filter(response::survey_id.eq(survey_id))
        .filter(response::service_day.eq(day))
        .select(response::log_position)
        .load(connection)?;
    Ok(positions)
}

/// What a row brings; a correction first takes back what it corrects.
fn visit_steps(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    row: Row,
    visit: &mut impl FnMut(Step<'_>, Place) -> Result<()>,
) -> Result<()> {
    let position = row.log_position;
    if row.revision > 1 {
        let (at, before) = revision(connection, scope, &row.response_id, row.revision - 1)?;
        visit(Step::Forget(&before), Place::forget(position, at)?)?;
    }
    visit(Step::Record(&row.read()?), Place::record(position)?)
}

/// Goes through the responses of some days, from one to before another, that count up to a position of the log: of
/// each the newest revision up to there.
pub fn counted_on(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    (from, to): (i32, i32),
    up_to: i64,
    mut visit: impl FnMut(&Response) -> Result<()>,
) -> Result<()> {
    let newer = diesel::alias!(response as newer);
    for day in from..to {
        let mut positions = positions_on(connection, scope, survey_id, day)?;
        positions.retain(|position| *position <= up_to);
        for positions in positions.chunks(ROWS_A_STATEMENT) {
            let is_replaced = newer
                .filter(newer.field(response::org_id).eq(scope.org()))
                .filter(newer.field(response::response_id).eq(response::response_id))
                .filter(newer.field(response::revision).gt(response::revision))
                .filter(newer.field(response::log_position).le(up_to));
            let rows: Vec<Row> = response::table
                .filter(response::org_id.eq(scope.org()))
                .filter(response::survey_id.eq(survey_id))
                .filter(response::log_position.eq_any(positions))
                .filter(response::test.eq(false))
                .filter(not(exists(is_replaced)))
                .select(Row::as_select())
                .load(connection)?;
            rows.into_iter().try_for_each(|row| visit(&row.read()?))?;
        }
    }
    Ok(())
}

/// The next entries of a survey's log after a position, with their positions; trials and all revisions are among
/// them.
pub fn entries_after(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    after: i64,
) -> Result<Vec<(i64, Response)>> {
    let rows: Vec<Row> = response::table
        .filter(response::org_id.eq(scope.org()))
        .filter(response::survey_id.eq(survey_id))
        .filter(response::log_position.gt(after))
        .select(Row::as_select())
        .order(response::log_position)
        .limit(CHUNK)
        .load(connection)?;
    rows.into_iter().map(|row| Ok((row.log_position, row.read()?))).collect()
}

/// A revision of a response, with its position.
fn revision(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    id: &[u8],
    revision: i16,
) -> Result<(i64, Response)> {
    let row: Row = response::table
        .filter(response::org_id.eq(scope.org()))
        .filter(response::response_id.eq(id))
        .filter(response::revision.eq(revision))
        .select(Row::as_select())
        .get_result(connection)?;
    Ok((row.log_position, row.read()?))
}
