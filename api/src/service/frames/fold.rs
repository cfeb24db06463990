//! Brings the stored counts of invitations up to their changes: exactly once for each change, with any number of nodes.
//!
//! One write transaction moves the mark, adds the changes that it reads to the rows, and deletes just these. Numbers of
//! changes are given before the commit, so nothing is ever said of those below a number. A survey whose invitations were
//! never counted, or in days of another zone, is counted whole in a read transaction; the changes seen there go with
//! the write of its rows, if nobody has written the mark meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use super::tally::Differences;
use crate::service::cells::key::Period;
use crate::service::once::{in_read, in_transaction};
use crate::service::{Error, Result, Services};
use crate::store::frame_counts::{self, Becomes, Mark};
use crate::store::{AnyConnection, OrgScope, frames, organisations};

/// The longest tail of changes that is left to reports, unless `fold-after` is less: a millisecond of reading.
pub const TAIL: u32 = 1_000;

/// How many changes are folded in one transaction, for which answers wait: some milliseconds.
const CHUNK: i64 = 1_000;

/// After so many looks, some minutes, what could not be folded is tried again.
const AGAIN_AFTER: u32 = 300;

/// Looks for changes to fold, one after the other; kept by the thread that does.
#[derive(Debug, Default)]
pub struct Looks {
    count: u32,
    /// Surveys whose counts could not be written at an earlier look.
    failed: BTreeSet<(i32, i32)>,
}

/// What one fold came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folded {
    /// So many changes were folded, or so many surveys counted anew.
    Some(usize),
    /// There was nothing to fold.
    Nothing,
    /// The invitations are to be counted whole first.
    Uncounted,
    /// Another node was quicker; nothing was changed.
    Overtaken,
    /// It was told to stop; nothing was changed.
    Stopped,
}

impl Looks {
    /// Counts what was never counted and folds every long tail of changes; how many surveys that were.
    pub fn look(&mut self, services: &Services, go_on: &dyn Fn() -> bool) -> Result<usize> {
        if self.count.is_multiple_of(AGAIN_AFTER) {
            self.failed.clear();
        }
        self.count = self.count.wrapping_add(1);
        let most = services.folds.after.min(TAIL);
        let (uncounted, long) = in_read(services, |connection| {
            Ok((frame_counts::uncounted(connection)?, frame_counts::long_tails(connection, most)?))
        })?;
        let mut done = 0;
        for (scope, survey_id) in uncounted.into_iter().chain(long) {
            let survey = (scope.org_id().0, survey_id);
            if !go_on() || self.failed.contains(&survey) {
                continue;
            }
            match fold_survey(services, &scope, survey_id, go_on) {
                Ok(()) => done += 1,
                // The next look tries again.
                Err(Error::Busy) => {}
                // The others are folded all the same.
                Err(error) => {
                    self.failed.insert(survey);
                    tracing::error!(org = survey.0, survey_id, %error, "invitations could not be counted; run laatu check --repair");
                }
            }
        }
        Ok(done)
    }
}

/// Folds all changes of a survey, and counts its invitations whole where that was never done.
pub fn fold_survey(
    services: &Services,
    scope: &OrgScope,
    survey_id: i32,
    go_on: &dyn Fn() -> bool,
) -> Result<()> {
    while go_on() {
        let folded = match fold_chunk(services, scope, survey_id, CHUNK)? {
            Folded::Uncounted => count_whole(services, scope, survey_id, go_on)?,
            folded => folded,
        };
        match folded {
            Folded::Nothing | Folded::Stopped => return Ok(()),
            _ => {}
        }
    }
    Ok(())
}

/// Folds at most `most` changes of a survey.
pub fn fold_chunk(services: &Services, scope: &OrgScope, survey_id: i32, most: i64) -> Result<Folded> {
    in_transaction(services, |connection| {
        let (Some(mark), zone) = mark_and_zone(connection, scope, survey_id)? else {
            return Ok(Folded::Uncounted);
        };
        if mark.zone != zone.1 {
            return Ok(Folded::Uncounted);
        }
        let changes = frame_counts::changes_after(connection, scope, survey_id, i64::MIN, most)?;
        if changes.is_empty() {
            return Ok(Folded::Nothing);
        }
        frame_counts::put_mark(connection, scope, survey_id, Some(&mark), &mark.zone)?;
        let mut differences = Differences::default();
        for change in &changes {
            differences.take(&zone.0, change);
        }
        let rows = differences.rows(|period, starts| stored(connection, scope, survey_id, period, starts))?;
        frame_counts::write_rows(connection, scope, survey_id, &rows)?;
        let ids: Vec<i64> = changes.iter().map(|change| change.id).collect();
        frame_counts::delete_changes(connection, scope, survey_id, &ids)?;
        Ok(Folded::Some(changes.len()))
    })
}

/// A time zone with its name.
type Zone = (jiff::tz::TimeZone, String);

fn mark_and_zone(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
) -> Result<(Option<Mark>, Zone)> {
    let mark = frame_counts::mark(connection, scope, survey_id)?;
    let organisation = organisations::get(connection, scope)?;
    Ok((mark, (organisation.zone(), organisation.zone_name)))
}

fn stored(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    period: Period,
    starts: &[i32],
) -> Result<BTreeMap<i32, Vec<u8>>> {
    let rows = frame_counts::rows(connection, scope, survey_id, period.code(), starts)?;
    Ok(rows.into_iter().map(|row| (row.starts_on, row.counts)).collect())
}

/// Rows of a whole survey with what they were made from.
struct Prepared {
    before: Option<Mark>,
    zone: String,
    rows: Vec<Becomes>,
    /// The changes that the rows hold already.
    changes: Vec<i64>,
}

/// Counts all invitations of a survey in the days of its organisation's zone and stores that in place of what was.
pub fn count_whole(
    services: &Services,
    scope: &OrgScope,
    survey_id: i32,
    go_on: &dyn Fn() -> bool,
) -> Result<Folded> {
    let prepared = in_read(services, |connection| prepare(connection, scope, survey_id, go_on))?;
    let Some(Prepared { before, zone, rows, changes }) = prepared else { return Ok(Folded::Stopped) };
    in_transaction(services, |connection| {
        let (mark, now) = mark_and_zone(connection, scope, survey_id)?;
        if mark != before || now.1 != zone {
            return Ok(Folded::Overtaken);
        }
        frame_counts::put_mark(connection, scope, survey_id, mark.as_ref(), &zone)?;
        frame_counts::delete_all(connection, scope, survey_id)?;
        frame_counts::write_rows(connection, scope, survey_id, &rows)?;
        frame_counts::delete_changes(connection, scope, survey_id, &changes)?;
        Ok(Folded::Some(1))
    })
}

fn prepare(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<Prepared>> {
    let (before, (zone, zone_name)) = mark_and_zone(connection, scope, survey_id)?;
    let mut all = Differences::default();
    let count = |at, class, standing| all.count(&zone, at, class, standing);
    if !frames::each_invitation(connection, scope, survey_id, count, go_on)? {
        return Ok(None);
    }
    let mut changes = Vec::new();
    frame_counts::each_change(connection, scope, survey_id, |change| changes.push(change.id))?;
    let rows = all.rows(|_, _| Ok(BTreeMap::new()))?;
    Ok(Some(Prepared { before, zone: zone_name, rows, changes }))
}
