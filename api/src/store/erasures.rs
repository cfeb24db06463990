//! What remains of erased customers: that somebody's answers stood at a place of the log, and until when.
//!
//! An erasure takes a position of the organisation's log, like an answer. The places of its responses are kept with the
//! groups in which they were counted, without id, answers or day: by these the steps in which readers without the right
//! to rows see figures move stay where they were, and `laatu check` knows that nothing is lost. What is deleted is the
//! business of `holdings`.

use std::collections::btree_map::IntoIter;
use std::collections::{BTreeMap, BTreeSet};
use std::iter::Peekable;

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::Result;
use super::holdings::Holdings;
use super::response_log::{self, Place, Step};
use super::responses::{self, Response};
use super::schema::{erased_entry, erasure};
use crate::domain::{CollectionMode, Id, Micros};

/// How many rows one statement inserts on PostgreSQL.
const ROWS_A_STATEMENT: usize = 512;

/// The place of an erased response in the log of its survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasedEntry {
    /// Where it stood.
    pub position: i64,
    /// Where the revision stood that it corrected; 0 for a first one.
    pub corrects: i64,
    /// The position of the erasure.
    pub erased: i64,
    /// The groups in which it was counted, in the shape of a response: no answers, and of the day only in which week
    /// and month it lay, by the first day of their common part.
    pub groups: Response,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = erased_entry)]
struct Row {
    org_id: i32,
    survey_id: i32,
    log_position: i64,
    corrects_position: i64,
    erased_position: i64,
    language: String,
    channel: i16,
    contact_channel: i16,
    place_id: i32,
    segment_1: i16,
    segment_2: i16,
    starts_on: i32,
    first_of_year: bool,
    test: bool,
}

impl Row {
    fn read(self) -> ErasedEntry {
        let groups = Response {
            id: Id::NONE,
            revision: if self.corrects_position == 0 { 1 } else { 2 },
            survey_id: self.survey_id,
            form: 0,
            length: 0,
            language: self.language,
            channel: self.channel,
            contact_channel: self.contact_channel,
            place_id: self.place_id,
            segments: [self.segment_1, self.segment_2],
            service_day: self.starts_on,
            mode: CollectionMode::Mail,
            customer_group: 0,
            first_of_year: self.first_of_year,
            finished: true,
            test: self.test,
            quality_flag: 0,
            answers: Vec::new(),
            answered_at: 0,
            way: responses::Way::default(),
        };
        ErasedEntry {
            position: self.log_position,
            corrects: self.corrects_position,
            erased: self.erased_position,
            groups,
        }
    }
}

/// Takes a position of the log for an erasure, and keeps the places of what is erased; the position.
///
/// `starts_on` gives the first day of the part of week and month in which a day lies.
pub fn note(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    all: &Holdings,
    starts_on: impl Fn(i32) -> i32,
    now: Micros,
) -> Result<i64> {
    let erased = responses::take_positions(connection, scope, 1)?;
    let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    diesel::insert_into(erasure::table)
        .values((
            erasure::org_id.eq(scope.org()),
            erasure::log_position.eq(erased),
            erasure::erased_at.eq(now.0),
            erasure::customers.eq(count(all.customers.len())),
            erasure::orders.eq(count(all.orders.len())),
            erasure::invitations.eq(count(all.invitations.len())),
            erasure::responses.eq(count(all.responses.len())),
        ))
        .execute(connection)?;
    let mut newest: BTreeMap<Id, i64> = BTreeMap::new();
    let mut rows = Vec::with_capacity(all.responses.len());
    for (position, response) in &all.responses {
        let [segment_1, segment_2] = response.segments;
        rows.push(Row {
            org_id: scope.org(),
            survey_id: response.survey_id,
            log_position: *position,
            corrects_position: newest.insert(response.id, *position).unwrap_or(0),
            erased_position: erased,
            language: response.language.clone(),
            channel: response.channel,
            contact_channel: response.contact_channel,
            place_id: response.place_id,
            segment_1,
            segment_2,
            starts_on: starts_on(response.service_day),
            first_of_year: response.first_of_year,
            test: response.test,
        });
    }
    insert(connection, &rows)?;
    Ok(erased)
}

fn insert(connection: &mut AnyConnection, rows: &[Row]) -> Result<()> {
    match connection {
        AnyConnection::Sqlite(inner) => {
            for row in rows {
                diesel::insert_into(erased_entry::table).values(row).execute(inner)?;
            }
        }
        AnyConnection::Postgres(inner) => {
            for rows in rows.chunks(ROWS_A_STATEMENT) {
                diesel::insert_into(erased_entry::table).values(rows).execute(inner)?;
            }
        }
    }
    Ok(())
}

/// The erased places of a survey's log, by position; trials are among them.
pub fn entries(connection: &mut AnyConnection, scope: &OrgScope, survey_id: i32) -> Result<Vec<ErasedEntry>> {
    let rows: Vec<Row> = erased_entry::table
        .filter(erased_entry::org_id.eq(scope.org()))
        .filter(erased_entry::survey_id.eq(survey_id))
        .select(Row::as_select())
        .order(erased_entry::log_position)
        .load(connection)?;
    Ok(rows.into_iter().map(Row::read).collect())
}

/// The positions of all erasures of an organisation.
pub fn positions(connection: &mut AnyConnection, scope: &OrgScope) -> Result<Vec<i64>> {
    Ok(erasure::table
        .filter(erasure::org_id.eq(scope.org()))
        .select(erasure::log_position)
        .order(erasure::log_position)
        .load(connection)?)
}

/// What one step of a log brings that remembers who is gone.
pub enum LogStep<'a> {
    /// What is there.
    There(Step<'a>),
    /// A response stood here and is gone.
    Gone(&'a ErasedEntry),
    /// This one was corrected by the next, and both are gone.
    Replaced(&'a ErasedEntry),
    /// This one was erased here; whether more of the same erasure follows.
    Erased(&'a ErasedEntry, bool),
}

/// Goes through a survey's log as `response_log::scan_after` does, with the places of erased responses and of their
/// erasures. All that one erasure took has the erasure's place.
pub fn scan(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    positions: (i64, i64),
    mut visit: impl FnMut(LogStep<'_>, Place) -> Result<()>,
) -> Result<()> {
    let gone = entries(connection, scope, survey_id)?;
    let mut beside = Beside::of(&gone, positions);
    response_log::scan_after(connection, scope, survey_id, positions, |step, place| {
        beside.before(place.position(), &mut visit)?;
        visit(LogStep::There(step), place)
    })?;
    beside.before(i64::MAX, &mut visit)
}

/// What happened to erased responses in a stretch of the log, to be told between its other steps.
pub struct Beside<'a> {
    happened: Peekable<IntoIter<(i64, i64), Happening<'a>>>,
    after: i64,
    up_to: i64,
}

impl<'a> Beside<'a> {
    /// The stretch after a position, up to another and with it; trials count nowhere.
    pub fn of(gone: &'a [ErasedEntry], (after, up_to): (i64, i64)) -> Self {
        Self { happened: in_order(gone).into_iter().peekable(), after, up_to }
    }

    /// Tells what happened before a position.
    pub fn before(
        &mut self,
        position: i64,
        visit: &mut impl FnMut(LogStep<'_>, Place) -> Result<()>,
    ) -> Result<()> {
        while let Some(((at, _), happening)) = self.happened.next_if(|((at, _), _)| *at < position) {
            if self.after < at && at <= self.up_to {
                let (step, place) = happening.at(at)?;
                visit(step, place)?;
            }
        }
        Ok(())
    }
}

impl ErasedEntry {
    /// The place at which it came.
    pub fn came(&self) -> Result<usize> {
        Ok(Place::record(self.position)?.at)
    }
}

/// For each erased response that was counted the places at which it came, and at which it was corrected or erased.
pub fn stretches(gone: &[ErasedEntry]) -> Result<Vec<(&ErasedEntry, (usize, usize))>> {
    let mut ends = BTreeMap::new();
    for ((at, _), happening) in in_order(gone) {
        match happening {
            Happening::Came(_) => {}
            Happening::Replaced(entry, _) | Happening::Went(entry, _) => {
                ends.insert(entry.position, happening.at(at)?.1.at);
            }
        }
    }
    let counted = gone.iter().filter(|entry| !entry.groups.test);
    counted
        .map(|entry| {
            let end = ends.get(&entry.position).copied().unwrap_or(usize::MAX);
            Ok((entry, (entry.came()?, end)))
        })
        .collect()
}

/// What happened to erased responses.
enum Happening<'a> {
    Came(&'a ErasedEntry),
    /// By the one at this position.
    Replaced(&'a ErasedEntry, i64),
    /// And whether more of the same erasure follows.
    Went(&'a ErasedEntry, bool),
}

impl<'a> Happening<'a> {
    /// As a step of the log at a position.
    fn at(&self, at: i64) -> Result<(LogStep<'a>, Place)> {
        Ok(match *self {
            Self::Came(entry) => (LogStep::Gone(entry), Place::record(at)?),
            Self::Replaced(entry, by) => (LogStep::Replaced(entry), Place::forget(by, entry.position)?),
            Self::Went(entry, more) => {
                (LogStep::Erased(entry, more), Place { of: entry.came()?, ..Place::record(at)? })
            }
        })
    }
}

/// Arrivals, corrections and erasures by position; what one erasure took, by where it stood. Trials count nowhere.
fn in_order(gone: &[ErasedEntry]) -> BTreeMap<(i64, i64), Happening<'_>> {
    let counted = || gone.iter().filter(|entry| !entry.groups.test);
    let by_position: BTreeMap<i64, &ErasedEntry> = counted().map(|entry| (entry.position, entry)).collect();
    let corrected: BTreeSet<i64> = counted().map(|entry| entry.corrects).collect();
    let mut happened = BTreeMap::new();
    let mut erased: BTreeMap<i64, Vec<&ErasedEntry>> = BTreeMap::new();
    for entry in counted() {
        if let Some(before) = by_position.get(&entry.corrects) {
            happened.insert((entry.position, 0), Happening::Replaced(before, entry.position));
        }
        happened.insert((entry.position, 1), Happening::Came(entry));
        if !corrected.contains(&entry.position) {
            erased.entry(entry.erased).or_default().push(entry);
        }
    }
    for (at, together) in erased {
        let last = together.len().saturating_sub(1);
        for (number, entry) in together.into_iter().enumerate() {
            happened.insert((at, entry.position), Happening::Went(entry, number < last));
        }
    }
    happened
}
