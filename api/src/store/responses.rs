//! Responses: packed answers, append-only, in the order of their commits.

use diesel::dsl::{exists, max, not};
use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Result, unreadable};
use super::schema::{comment, invitation, log_position, response};
use crate::domain::{CollectionMode, Id};

/// How many responses a scan holds in memory at a time.
const CHUNK: i64 = 4096;
/// How many rows one statement inserts on PostgreSQL, or asks for by their positions.
const ROWS_A_STATEMENT: usize = 512;

/// One revision of one filled form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// Which response: by the invitation it answers, or by an id of its own.
    pub id: Id,
    /// Its revision, from 1; the newest counts.
    pub revision: i16,
    /// Number of the survey.
    pub survey_id: i32,
    /// Form of the design.
    pub form: i16,
    /// Code of the length.
    pub length: i16,
    /// Language in which the last page was posted; empty where that is not known.
    pub language: String,
    /// Code of the order's channel.
    pub channel: i16,
    /// Code of the contact channel; 0 is none.
    pub contact_channel: i16,
    /// Number of the place; 0 is none.
    pub place_id: i32,
    /// Levels of the survey's declared segments; 0 is none.
    pub segments: [i16; 2],
    /// Day of the service in the organisation's zone, since 1970-01-01.
    pub service_day: i32,
    /// How it was collected.
    pub mode: CollectionMode,
    /// The customer's group 0..=31.
    pub customer_group: i16,
    /// First of its customer in this survey and calendar year.
    pub first_of_year: bool,
    /// The customer reached the end (and the link did not merely run out).
    pub finished: bool,
    /// Came by a test key: never counted.
    pub test: bool,
    /// How the answers look as to care, as bits; 0 is unremarkable.
    pub quality_flag: i16,
    /// One byte an item, in the instrument's order.
    pub answers: Vec<u8>,
    /// When, in microseconds.
    pub answered_at: i64,
    /// How it was asked and filled.
    pub way: Way,
}

/// How a form was asked and filled: nothing of it is an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// Code of how the questions were spread over pages; 0 where that is not known.
    pub paging: i16,
    /// Which stored order the items had, from 0.
    pub item_order: i16,
    /// What of its postings looked like a program, as bits.
    pub marks: i16,
    /// Seconds from page to page, two bytes each, the lower first; 65,535 is not known.
    pub pace: Vec<u8>,
}

impl Way {
    /// Seconds from page to page; none where that is not known.
    pub fn seconds(&self) -> Vec<Option<u16>> {
        let known = |seconds: u16| (seconds != u16::MAX).then_some(seconds);
        let two = |bytes: &[u8]| bytes.try_into().ok().map(u16::from_le_bytes);
        self.pace.chunks(2).map(|bytes| two(bytes).and_then(known)).collect()
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = response)]
pub(super) struct Row {
    org_id: i32,
    survey_id: i32,
    pub(super) log_position: i64,
    response_id: Vec<u8>,
    revision: i16,
    form: i16,
    length: i16,
    language: String,
    channel: i16,
    contact_channel: i16,
    place_id: i32,
    segment_1: i16,
    segment_2: i16,
    service_day: i32,
    collection_mode: i16,
    customer_group: i16,
    first_of_year: bool,
    finished: bool,
    test: bool,
    quality_flag: i16,
    answers: Vec<u8>,
    answered_at: i64,
    paging: i16,
    item_order: i16,
    marks: i16,
    pace: Vec<u8>,
}

impl Row {
    fn write(scope: &OrgScope, position: i64, one: &Response) -> Self {
        let [segment_1, segment_2] = one.segments;
        Self {
            org_id: scope.org(),
            survey_id: one.survey_id,
            log_position: position,
            response_id: one.id.to_vec(),
            revision: one.revision,
            form: one.form,
            length: one.length,
            language: one.language.clone(),
            channel: one.channel,
            contact_channel: one.contact_channel,
            place_id: one.place_id,
            segment_1,
            segment_2,
            service_day: one.service_day,
            collection_mode: one.mode.code(),
            customer_group: one.customer_group,
            first_of_year: one.first_of_year,
            finished: one.finished,
            test: one.test,
            quality_flag: one.quality_flag,
            answers: one.answers.clone(),
            answered_at: one.answered_at,
            paging: one.way.paging,
            item_order: one.way.item_order,
            marks: one.way.marks,
            pace: one.way.pace.clone(),
        }
    }

    pub(super) fn read(self) -> Result<Response> {
        Ok(Response {
            id: Id::from_bytes(&self.response_id).ok_or_else(|| unreadable("id"))?,
            revision: self.revision,
            survey_id: self.survey_id,
            form: self.form,
            length: self.length,
            language: self.language,
            channel: self.channel,
            contact_channel: self.contact_channel,
            place_id: self.place_id,
            segments: [self.segment_1, self.segment_2],
            service_day: self.service_day,
            mode: CollectionMode::from_code(self.collection_mode)
                .ok_or_else(|| unreadable("collection mode"))?,
            customer_group: self.customer_group,
            first_of_year: self.first_of_year,
            finished: self.finished,
            test: self.test,
            quality_flag: self.quality_flag,
            answers: self.answers,
            answered_at: self.answered_at,
            way: Way { paging: self.paging, item_order: self.item_order, marks: self.marks, pace: self.pace },
        })
    }
}

/// Appends a response (or its correction) at the next position of the organisation's log.
pub fn append(connection: &mut AnyConnection, scope: &OrgScope, new: &Response, words: &str) -> Result<()> {
    append_all(connection, scope, &[(new, words)])
}

/// Appends responses, each with its comment (empty for none), at the next positions of the organisation's log.
pub fn append_all(connection: &mut AnyConnection, scope: &OrgScope, new: &[(&Response, &str)]) -> Result<()> {
    if new.is_empty() {
        return Ok(());
    }
    let first = take_positions(connection, scope, new.len())?;
    append_at(connection, scope, first, new)
}

/// Takes so many positions of the organisation's log, one after another; the first of them.
///
/// It is an update of one row, so a second writer waits or is retried: positions are given in the order of
/// commits, also with several nodes.
pub(super) fn take_positions(connection: &mut AnyConnection, scope: &OrgScope, count: usize) -> Result<i64> {
    let count = i64::try_from(count).map_err(|_| unreadable("number of responses"))?;
    let here = log_position::table.filter(log_position::org_id.eq(scope.org()));
    diesel::update(here)
        .set(log_position::last_position.eq(log_position::last_position + count))
        .execute(connection)?;
    let last: i64 = here.select(log_position::last_position).get_result(connection)?;
    Ok(last - count + 1)
}

/// Appends responses at positions that were taken for them, from `first` on.
pub(super) fn append_at(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    first: i64,
    new: &[(&Response, &str)],
) -> Result<()> {
    let rows: Vec<Row> =
        (first..).zip(new).map(|(position, (one, _))| Row::write(scope, position, one)).collect();
    insert_rows(connection, &rows)?;
    for (one, words) in new.iter().filter(|(_, words)| !words.is_empty()) {
        diesel::insert_into(comment::table)
            .values((
                comment::org_id.eq(scope.org()),
                comment::response_id.eq(one.id.to_vec()),
                comment::revision.eq(one.revision),
                comment::language.eq(&one.language),
                comment::words.eq(words),
            ))
            .execute(connection)?;
    }
    Ok(())
}

fn insert_rows(connection: &mut AnyConnection, rows: &[Row]) -> Result<()> {
    match connection {
        // One prepared statement, run row by row: nothing is gained by more of them at once.
        AnyConnection::Sqlite(inner) => {
            for row in rows {
                diesel::insert_into(response::table).values(row).execute(inner)?;
            }
        }
        // A statement is a round trip, and takes at most 65,535 values.
        AnyConnection::Postgres(inner) => {
            for rows in rows.chunks(ROWS_A_STATEMENT) {
                diesel::insert_into(response::table).values(rows).execute(inner)?;
            }
        }
    }
    Ok(())
}

/// The newest revision of a response, with its comment.
pub fn newest(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    id: Id,
) -> Result<Option<(Response, String)>> {
    let row: Option<Row> = response::table
        .filter(response::org_id.eq(scope.org()))
        .filter(response::response_id.eq(id.to_vec()))
        .select(Row::as_select())
        .order(response::revision.desc())
        .limit(1)
        .get_result(connection)
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    let words: Option<String> = comment::table
        .filter(comment::org_id.eq(scope.org()))
        .filter(comment::response_id.eq(id.to_vec()))
        .filter(comment::revision.eq(row.revision))
        .select(comment::words)
        .get_result(connection)
        .optional()?;
    Ok(Some((row.read()?, words.unwrap_or_default())))
}

/// The newest revision of a response; none when there is no such response.
pub fn newest_revision(connection: &mut AnyConnection, scope: &OrgScope, id: Id) -> Result<Option<i16>> {
    let newest = response::table
        .filter(response::org_id.eq(scope.org()))
        .filter(response::response_id.eq(id.to_vec()))
        .select(max(response::revision))
        .get_result(connection)?;
    Ok(newest)
}

/// The newest revision of a response among the entries of the log up to a position.
pub fn newest_up_to(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    id: Id,
    position: i64,
) -> Result<Option<Response>> {
    let row: Option<Row> = response::table
        .filter(response::org_id.eq(scope.org()))
        .filter(response::response_id.eq(id.to_vec()))
        .filter(response::log_position.le(position))
        .select(Row::as_select())
        .order(response::revision.desc())
        .limit(1)
        .get_result(connection)
        .optional()?;
    row.map(Row::read).transpose()
}

/// Whether the customer has a response in this survey between two instants (in microseconds).
pub fn answered_before(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    customer_id: Id,
    survey_id: i32,
    between: (i64, i64),
) -> Result<bool> {
    // In two steps: a customer has few invitations, an organisation many responses, and a join may begin with these.
    let invitations: Vec<Vec<u8>> = invitation::table
        .filter(invitation::org_id.eq(scope.org()))
        .filter(invitation::customer_id.eq(customer_id.to_vec()))
        .filter(invitation::survey_id.eq(survey_id))
        .select(invitation::invitation_id)
        .load(connection)?;
    for id in invitations {
        let found: i64 = response::table
            .filter(response::org_id.eq(scope.org()))
            .filter(response::response_id.eq(id))
            // Says nothing; with it SQLite finds the response by its key rather than looking through all of them.
            .filter(response::revision.ge(1))
            .filter(response::answered_at.ge(between.0))
            .filter(response::answered_at.lt(between.1))
            .count()
            .get_result(connection)?;
        if found > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

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

/// All revisions of some responses with their positions, by position.
pub(super) fn all_revisions(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    ids: &[Vec<u8>],
) -> Result<Vec<(i64, Response)>> {
    let rows: Vec<Row> = response::table
        .filter(response::org_id.eq(scope.org()))
        .filter(response::response_id.eq_any(ids))
        .select(Row::as_select())
        .order(response::log_position)
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
