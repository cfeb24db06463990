//! Responses: packed answers, append-only, in the order of their commits.

use diesel::dsl::max;
use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Result, unreadable};
use super::schema::{comment, invitation, log_position, response};
use crate::domain::{CollectionMode, Id};

/// How many rows one statement inserts on PostgreSQL, or asks for by their positions.
pub(super) const ROWS_A_STATEMENT: usize = 512;

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
    pub(super) response_id: Vec<u8>,
    pub(super) revision: i16,
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
