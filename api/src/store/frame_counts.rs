//! Stored counts of a survey's invitations, and the changes that are not in them yet: derived rows, never the truth.
//!
//! The changes are written by triggers of the database beside whatever they follow from. What the bytes of a row mean
//! is the business of `service::frames`; the counts from the invitations themselves stand in `frames`.

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::authority::{self, OrgScope};
use super::connection::AnyConnection;
use super::error::{Error, Result, unreadable};
use super::schema::{frame, frame_change, frame_mark, organisation, survey};
use crate::domain::{Micros, Standing};

/// How many values one statement asks for or deletes.
const A_STATEMENT: usize = 500;
/// How many changes are read at a time.
const CHUNK: i64 = 4096;

/// In whose days a survey's invitations are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Name of the time zone; empty when they are to be counted anew.
    pub zone: String,
    /// How often the counts were written.
    pub revision: i64,
}

/// What reports filter orders by, beside their day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Class {
    /// Code of the order's channel.
    pub channel: i16,
    /// Number of the place; 0 is none.
    pub place_id: i32,
    /// Code of the contact channel; 0 is none.
    pub contact_channel: i16,
}

/// One invitation took another standing, or its order another class or day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its number within the survey; numbers of deleted changes may come again.
    pub id: i64,
    /// The instant of the service.
    pub service_at: Micros,
    /// The order's class.
    pub class: Class,
    /// The standing that one invitation less has.
    pub was: Standing,
    /// The standing that one more has.
    pub became: Standing,
}

/// Counts of one period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameRow {
    /// Code of the period.
    pub period: i16,
    /// Its first day since 1970-01-01; 0 for all time.
    pub starts_on: i32,
    /// The counts as bytes.
    pub counts: Vec<u8>,
}

/// What becomes of a row: its period, its first day, and its new bytes; `None` deletes it.
pub type Becomes = (i16, i32, Option<Vec<u8>>);

/// The mark of a survey; none before its invitations were counted.
pub fn mark(connection: &mut AnyConnection, scope: &OrgScope, survey_id: i32) -> Result<Option<Mark>> {
    let found: Option<(String, i64)> = frame_mark::table
        .filter(frame_mark::org_id.eq(scope.org()))
        .filter(frame_mark::survey_id.eq(survey_id))
        .select((frame_mark::zone, frame_mark::revision))
        .get_result(connection)
        .optional()?;
    Ok(found.map(|(zone, revision)| Mark { zone, revision }))
}

/// Writes the mark over the one that was read. Its revision always grows, so that no two states look alike; `Busy`
/// when somebody else has written meanwhile.
pub fn put_mark(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    before: Option<&Mark>,
    zone: &str,
) -> Result<()> {
    let Some(before) = before else {
        diesel::insert_into(frame_mark::table)
            .values((
                frame_mark::org_id.eq(scope.org()),
                frame_mark::survey_id.eq(survey_id),
                frame_mark::zone.eq(zone),
                frame_mark::revision.eq(1i64),
            ))
            .execute(connection)?;
        return Ok(());
    };
    let here = frame_mark::table
        .filter(frame_mark::org_id.eq(scope.org()))
        .filter(frame_mark::survey_id.eq(survey_id))
        .filter(frame_mark::revision.eq(before.revision));
    let moved = diesel::update(here)
        .set((frame_mark::zone.eq(zone), frame_mark::revision.eq(before.revision + 1)))
        .execute(connection)?;
    if moved == 1 { Ok(()) } else { Err(Error::Busy("the mark of the frame was moved".to_owned())) }
}

/// Forgets the counts of a survey: its invitations are to be counted anew. Changes stay; they are in no count then.
pub fn reset(connection: &mut AnyConnection, scope: &OrgScope, survey_id: i32) -> Result<()> {
    delete_all(connection, scope, survey_id)?;
    match mark(connection, scope, survey_id)? {
        Some(before) => put_mark(connection, scope, survey_id, Some(&before), ""),
        None => Ok(()),
    }
}

/// Deletes all rows of a survey.
pub fn delete_all(connection: &mut AnyConnection, scope: &OrgScope, survey_id: i32) -> Result<()> {
    let here = frame::table.filter(frame::org_id.eq(scope.org())).filter(frame::survey_id.eq(survey_id));
    diesel::delete(here).execute(connection)?;
    Ok(())
}

type ChangeColumns = (i64, i64, (i16, i32, i16), i16, i16);

/// Changes of a survey after one of them, in the order of their numbers, at most `limit`.
pub fn changes_after(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    after: i64,
    limit: i64,
) -> Result<Vec<Change>> {
    let rows: Vec<ChangeColumns> = frame_change::table
        .filter(frame_change::org_id.eq(scope.org()))
        .filter(frame_change::survey_id.eq(survey_id))
        .filter(frame_change::change_id.gt(after))
        .select((
            frame_change::change_id,
            frame_change::service_at,
            (frame_change::channel, frame_change::place_id, frame_change::contact_channel),
            frame_change::was,
            frame_change::became,
        ))
        .order(frame_change::change_id)
        .limit(limit)
        .load(connection)?;
    let standing = |code| Standing::from_code(code).ok_or_else(|| unreadable("standing"));
    let read = |(id, at, class, was, became): ChangeColumns| {
        let (was, became) = (standing(was)?, standing(became)?);
        Ok(Change { id, service_at: Micros(at), class: class_of(class), was, became })
    };
    rows.into_iter().map(read).collect()
}

const fn class_of((channel, place_id, contact_channel): (i16, i32, i16)) -> Class {
    Class { channel, place_id, contact_channel }
}

/// Goes through all changes of a survey that are not in its counts.
pub fn each_change(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    mut visit: impl FnMut(&Change),
) -> Result<()> {
    let mut after = i64::MIN;
    loop {
        let changes = changes_after(connection, scope, survey_id, after, CHUNK)?;
        let Some(last) = changes.last() else { return Ok(()) };
        after = last.id;
        changes.iter().for_each(&mut visit);
    }
}

/// Deletes these changes and no other.
pub fn delete_changes(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    ids: &[i64],
) -> Result<()> {
    for ids in ids.chunks(A_STATEMENT) {
        let here = frame_change::table
            .filter(frame_change::org_id.eq(scope.org()))
            .filter(frame_change::survey_id.eq(survey_id))
            .filter(frame_change::change_id.eq_any(ids));
        diesel::delete(here).execute(connection)?;
    }
    Ok(())
}

/// The rows of a period that begin on these days.
pub fn rows(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    period: i16,
    starts: &[i32],
) -> Result<Vec<FrameRow>> {
    let mut found = Vec::new();
    for starts in starts.chunks(A_STATEMENT) {
        let rows: Vec<(i32, Vec<u8>)> = frame::table
            .filter(frame::org_id.eq(scope.org()))
            .filter(frame::survey_id.eq(survey_id))
            .filter(frame::period.eq(period))
            .filter(frame::starts_on.eq_any(starts))
            .select((frame::starts_on, frame::counts))
            .load(connection)?;
        found.extend(rows.into_iter().map(|(starts_on, counts)| FrameRow { period, starts_on, counts }));
    }
    Ok(found)
}

/// All rows of a survey, by period and first day.
pub fn all_rows(connection: &mut AnyConnection, scope: &OrgScope, survey_id: i32) -> Result<Vec<FrameRow>> {
    let rows: Vec<(i16, i32, Vec<u8>)> = frame::table
        .filter(frame::org_id.eq(scope.org()))
        .filter(frame::survey_id.eq(survey_id))
        .select((frame::period, frame::starts_on, frame::counts))
        .order((frame::period, frame::starts_on))
        .load(connection)?;
    let read = |(period, starts_on, counts)| FrameRow { period, starts_on, counts };
    Ok(rows.into_iter().map(read).collect())
}

/// The first and the last of the first days of a period's rows; none when it has no row.
pub fn ends(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    period: i16,
) -> Result<Option<(i32, i32)>> {
    let here = frame::table
        .filter(frame::org_id.eq(scope.org()))
        .filter(frame::survey_id.eq(survey_id))
        .filter(frame::period.eq(period));
    let first: Option<i32> = here.select(diesel::dsl::min(frame::starts_on)).get_result(connection)?;
    let last: Option<i32> = here.select(diesel::dsl::max(frame::starts_on)).get_result(connection)?;
    Ok(first.zip(last))
}

/// Writes rows; whoever does so writes the mark first, which keeps others away.
pub fn write_rows(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    rows: &[Becomes],
) -> Result<()> {
    for (period, starts_on, counts) in rows {
        let here = frame::table
            .filter(frame::org_id.eq(scope.org()))
            .filter(frame::survey_id.eq(survey_id))
            .filter(frame::period.eq(*period))
            .filter(frame::starts_on.eq(*starts_on));
        let Some(counts) = counts else {
            diesel::delete(here).execute(connection)?;
            continue;
        };
        if diesel::update(here).set(frame::counts.eq(counts)).execute(connection)? == 0 {
            diesel::insert_into(frame::table)
                .values((
                    frame::org_id.eq(scope.org()),
                    frame::survey_id.eq(survey_id),
                    frame::period.eq(*period),
                    frame::starts_on.eq(*starts_on),
                    frame::counts.eq(counts),
                ))
                .execute(connection)?;
        }
    }
    Ok(())
}

diesel::allow_columns_to_appear_in_same_group_by_clause!(frame_change::org_id, frame_change::survey_id);

/// Surveys of all organisations with more than so many changes that are not in their counts.
pub fn long_tails(connection: &mut AnyConnection, most: u32) -> Result<Vec<(OrgScope, i32)>> {
    let found: Vec<(i32, i32)> = frame_change::table
        .group_by((frame_change::org_id, frame_change::survey_id))
        .having(count_star().gt(i64::from(most)))
        .select((frame_change::org_id, frame_change::survey_id))
        .load(connection)?;
    Ok(scoped(found))
}

/// Surveys of all organisations whose invitations are not counted, or in days of another zone than the organisation's.
pub fn uncounted(connection: &mut AnyConnection) -> Result<Vec<(OrgScope, i32)>> {
    let here = frame_mark::org_id.eq(survey::org_id).and(frame_mark::survey_id.eq(survey::survey_id));
    let marks: Vec<(i32, i32, String, Option<String>)> = survey::table
        .inner_join(organisation::table.on(organisation::org_id.eq(survey::org_id)))
        .left_join(frame_mark::table.on(here))
        .select((survey::org_id, survey::survey_id, organisation::zone, frame_mark::zone.nullable()))
        .order((survey::org_id, survey::survey_id))
        .load(connection)?;
    let stale = marks.into_iter().filter(|(_, _, zone, counted)| counted.as_ref() != Some(zone));
    Ok(scoped(stale.map(|(org, survey, _, _)| (org, survey)).collect()))
}

fn scoped(found: Vec<(i32, i32)>) -> Vec<(OrgScope, i32)> {
    found.into_iter().map(|(org, survey)| (authority::of_job(org), survey)).collect()
}
