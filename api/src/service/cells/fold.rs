//! Brings the cells of surveys up to their logs: exactly once for each entry, with any number of nodes.
//!
//! Rows are read, added to and turned into bytes in a read transaction. A write transaction then moves the mark and
//! writes the rows, but only if the mark still stands where it was read; whoever comes second throws its work away.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use scoring::Layout;

use super::add_up::add_up;
use super::counts::{Counting, Entry};
use super::rows::Stored;
use super::standing::{Stretch, all_gone, bring_up};
use super::steps::is_there;
use super::{Outcome, broken};
use crate::domain::Id;
use crate::domain::organisation::Organisation;
use crate::service::once::{in_read, in_transaction};
use crate::service::{Error, Result, Services};
use crate::store::cells::{self, Change, Mark, Packed};
use crate::store::response_log::{self, Place, Step};
use crate::store::responses;
use crate::store::surveys::{self, Survey};
use crate::store::{AnyConnection, OrgScope, organisations};

/// How many entries of a log are folded at a time when it is far ahead: they stand in memory meanwhile, and their
/// rows are written in one transaction, for which answers wait.
pub const CHUNK: u32 = 50_000;

/// The longest tail that is left to reports, unless it is set.
pub const DEFAULT_AFTER: u32 = 10_000;

/// After so many looks, some minutes, every tail is looked at anew.
const FORGET_AFTER: u32 = 300;

/// When folds are due, and what is known of tails from the last look at them.
#[derive(Debug)]
pub struct Folds {
    /// The longest tail of answers that is left to reports.
    pub after: u32,
    /// For each organisation and survey the position before which its tail cannot be long again.
    not_before: Mutex<HashMap<(i32, i32), i64>>,
    /// For each organisation the position at the last look.
    seen: Mutex<HashMap<i32, i64>>,
    looks: AtomicU32,
}

impl Default for Folds {
    fn default() -> Self {
        Self {
            after: DEFAULT_AFTER,
            not_before: Mutex::default(),
            seen: Mutex::default(),
            looks: AtomicU32::default(),
        }
    }
}

impl Folds {
    /// Now and then forgets what is known of tails: cells may have been reset by another process.
    fn look(&self) {
        if self.looks.fetch_add(1, Ordering::Relaxed).is_multiple_of(FORGET_AFTER) {
            self.not_before.lock().unwrap_or_else(PoisonError::into_inner).clear();
            self.seen.lock().unwrap_or_else(PoisonError::into_inner).clear();
        }
    }

    fn has_news(&self, org: i32, position: i64) -> bool {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.get(&org).is_none_or(|seen| *seen != position)
    }

    fn note_seen(&self, org: i32, position: i64) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(org, position);
    }

    fn may_be_due(&self, org: i32, survey_id: i32, position: i64) -> bool {
        let known = self.not_before.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&(org, survey_id)).is_none_or(|not_before| position >= *not_before)
    }

    fn note_not_before(&self, org: i32, survey_id: i32, position: i64) {
        let mut known = self.not_before.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert((org, survey_id), position);
    }
}

/// What one fold came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folded {
    /// So many entries were folded.
    Entries(usize),
    /// There was nothing to fold.
    Nothing,
    /// Another node was quicker, or the cells were made anew meanwhile; nothing was changed.
    Overtaken,
    /// It was told to stop; nothing was changed.
    Stopped,
}

/// Folds every tail that is longer than the setting; how many entries that were.
pub fn fold_long_tails(services: &Services, go_on: &dyn Fn() -> bool) -> Result<usize> {
    let mut all = 0;
    services.folds.look();
    let logs = in_read(services, |connection| Ok(cells::logs(connection)?))?;
    for (scope, position) in logs {
        let org = scope.org_id().0;
        if !services.folds.has_news(org, position) {
            continue;
        }
        let surveys = in_read(services, |connection| Ok(surveys::all(connection, &scope)?))?;
        for survey in surveys.iter().filter(|one| services.folds.may_be_due(org, one.id, position)) {
            match fold_if_long(services, &scope, survey, position, go_on) {
                Ok(count) => all += count,
                // The others' tails are folded all the same.
                Err(error) => {
                    tracing::error!(org, survey = survey.key, %error, "the log of a survey could not be folded");
                }
            }
            if !go_on() {
                return Ok(all);
            }
        }
        services.folds.note_seen(org, position);
    }
    Ok(all)
}

fn fold_if_long(
    services: &Services,
    scope: &OrgScope,
    survey: &Survey,
    position: i64,
    go_on: &dyn Fn() -> bool,
) -> Result<usize> {
    let after = services.folds.after;
    let waits = in_read(services, |connection| {
        let folded_to = cells::mark(connection, scope, survey.id)?.map_or(0, |mark| mark.folded_to);
        let is_long =
            cells::nth_after(connection, scope, survey.id, folded_to, after.saturating_add(1))?.is_some();
        // Somebody was erased, or an earlier program made them.
        let is_half = folded_to > 0 && !is_there(connection, scope, survey.id)?;
        Ok(if is_long || is_half {
            None
        } else {
            Some(cells::tail(connection, scope, survey.id, folded_to)?)
        })
    })?;
    if let Some(waits) = waits {
        let more = i64::try_from(u64::from(after).saturating_sub(waits)).unwrap_or(i64::MAX);
        services.folds.note_not_before(scope.org_id().0, survey.id, position.saturating_add(more + 1));
        return Ok(0);
    }
    let folded = fold_survey(services, scope, survey, go_on);
    if !matches!(folded, Ok(1..)) && go_on() {
        // What cannot be folded now is tried again when as much has come in once more.
        let again = position.saturating_add(i64::from(after)).saturating_add(1);
        services.folds.note_not_before(scope.org_id().0, survey.id, again);
    }
    folded
}

/// Folds a survey's log to its end; how many entries that were.
pub fn fold_survey(
    services: &Services,
    scope: &OrgScope,
    survey: &Survey,
    go_on: &dyn Fn() -> bool,
) -> Result<usize> {
    let mut all = 0;
    loop {
        match fold_chunk(services, scope, survey, CHUNK, go_on)? {
            Folded::Entries(count) => all += count,
            Folded::Overtaken if go_on() => {}
            _ => return Ok(all),
        }
    }
}

/// Rows and mark as they are to become.
struct Prepared {
    before: Option<Mark>,
    folded_to: i64,
    /// There is nothing to fold and nothing to make anew.
    is_nothing: bool,
    zone: String,
    entries: usize,
    changes: Vec<Change>,
}

/// Folds at most `most` entries of a survey's log.
pub fn fold_chunk(
    services: &Services,
    scope: &OrgScope,
    survey: &Survey,
    most: u32,
    go_on: &dyn Fn() -> bool,
) -> Result<Folded> {
    let prepared = in_read(services, |connection| prepare(services, connection, scope, survey, most, go_on))?;
    let Some(prepared) = prepared else { return Ok(Folded::Stopped) };
    if prepared.is_nothing {
        return Ok(Folded::Nothing);
    }
    let Prepared { before, folded_to, zone, entries, changes, .. } = prepared;
    let changes = Packed::of(changes);
    let is_written = in_transaction(services, |connection| {
        // Firsts of a year were told apart in this zone.
        if organisations::get(connection, scope)?.zone_name != zone {
            return Ok(false);
        }
        Ok(cells::advance(connection, scope, survey.id, (before, folded_to), &changes)?)
    })?;
    Ok(if is_written { Folded::Entries(entries) } else { Folded::Overtaken })
}

fn prepare(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
    most: u32,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<Prepared>> {
    let (layout, organisation) = counted_by(services, connection, scope, survey)?;
    let zone = organisation.zone();
    let counting = Counting::by(&layout, &zone);
    let before = cells::mark(connection, scope, survey.id)?;
    let after = before.map_or(0, |mark| mark.folded_to);
    let full = cells::nth_after(connection, scope, survey.id, after, most)?;
    let folded_to = full.map_or_else(|| response_log::last_position(connection, scope), Ok)?;
    let mut entries = Vec::new();
    response_log::scan_after(connection, scope, survey.id, (after, folded_to), |step, place| {
        entries.push(entry(&counting, &step, place).map_err(crate::store::Error::Broken)?);
        Ok(())
    })?;
    let is_whole = after == 0 || is_there(connection, scope, survey.id)?;
    let is_nothing = entries.is_empty() && full.is_none() && is_whole;
    let mut rows = Stored { connection, scope, survey_id: survey.id };
    let Some(mut changes) = add_up(&layout, &mut rows, &entries, go_on).map_err(broken)? else {
        return Ok(None);
    };
    if !is_nothing {
        let stretch = Stretch { scope, survey_id: survey.id, positions: (after, folded_to) };
        let Some(more) = bring_up(connection, stretch, &counting, (&entries, &changes), go_on)? else {
            return Ok(None);
        };
        changes.extend(more);
    }
    let (zone, entries) = (organisation.zone_name, entries.len());
    Ok(Some(Prepared { before, folded_to, is_nothing, zone, entries, changes }))
}

/// By what the answers of a survey are counted.
pub fn counted_by(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
) -> Result<(Layout, Organisation)> {
    let version = services.version_of(connection, scope, survey)?;
    Ok((version.layout()?, organisations::get(connection, scope)?))
}

/// A step of the log as an entry.
pub fn entry(counting: &Counting<'_>, step: &Step<'_>, place: Place) -> Outcome<Entry> {
    let (response, add) = match *step {
        Step::Record(response) => (response, true),
        Step::Forget(response) => (response, false),
    };
    Ok(Entry::read(counting, response, add)?.at(place))
}

/// Takes responses of a survey out of the cells, in the caller's write transaction and before their rows go: what an
/// erasure does beside erasing. What is not folded yet is not in the cells; there is nothing to take back of it.
pub fn take_back(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
    ids: &[Id],
) -> Result<()> {
    let Some(mark) = cells::mark(connection, scope, survey.id)? else {
        // Nothing is folded; a first fold that has read them already is told by the mark that it was overtaken.
        let is_written = cells::advance(connection, scope, survey.id, (None, 0), &Packed::of(Vec::new()))?;
        return if is_written { Ok(()) } else { Err(Error::Busy) };
    };
    let (layout, organisation) = counted_by(services, connection, scope, survey)?;
    let zone = organisation.zone();
    let counting = Counting::by(&layout, &zone);
    let mut entries = Vec::new();
    for id in ids {
        let folded = responses::newest_up_to(connection, scope, *id, mark.folded_to)?;
        if let Some(response) = folded.filter(|one| one.survey_id == survey.id && !one.test) {
            entries.push(Entry::read(&counting, &response, false).map_err(broken)?);
        }
    }
    let mut rows = Stored { connection, scope, survey_id: survey.id };
    let Some(mut changes) = add_up(&layout, &mut rows, &entries, &|| true).map_err(broken)? else {
        return Ok(());
    };
    // Where figures stood followed from a log with these responses in it.
    changes.extend(all_gone(connection, scope, survey.id)?);
    let to = (Some(mark), mark.folded_to);
    if cells::advance(connection, scope, survey.id, to, &Packed::of(changes))? {
        Ok(())
    } else {
        Err(Error::Busy)
    }
}
