//! The mails of reports: one of each week or month, and what became of it.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Result, unreadable};
use super::report_mails::{ReportMail, id};
use super::schema::report_mail_run;
use crate::domain::report_period::ReportPeriod;
use crate::domain::time::{date_of_day, day_number};
use crate::domain::{Id, MailState, Micros, Rhythm};

/// One mail of a report: the figures of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Whose.
    pub report_mail_id: Id,
    /// The week or month.
    pub period: ReportPeriod,
    /// What became of it.
    pub state: MailState,
    /// How often it was begun.
    pub attempts: i32,
    /// How often it is not known whether it left.
    pub doubts: i16,
    /// When it was begun last.
    pub began_at: Option<Micros>,
    /// When it left, or was given up.
    pub sent_at: Option<Micros>,
    /// Why it did not leave.
    pub last_error: String,
    /// When it was planned.
    pub created_at: Micros,
}

impl Run {
    /// One that waits for its time.
    pub fn new(report_mail_id: Id, period: ReportPeriod, now: Micros) -> Self {
        Self {
            report_mail_id,
            period,
            state: MailState::Ready,
            attempts: 0,
            doubts: 0,
            began_at: None,
            sent_at: None,
            last_error: String::new(),
            created_at: now,
        }
    }

    /// Whether it is still to be sent.
    pub const fn waits(&self) -> bool {
        matches!(self.state, MailState::Ready | MailState::Sending | MailState::Deferred)
    }
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = report_mail_run)]
#[diesel(treat_none_as_null = true)]
struct RunRow {
    org_id: i32,
    report_mail_id: Vec<u8>,
    starts_on: i32,
    state: i16,
    attempts: i32,
    doubts: i16,
    began_at: Option<i64>,
    sent_at: Option<i64>,
    last_error: String,
    created_at: i64,
}

impl RunRow {
    fn write(scope: &OrgScope, one: &Run) -> Self {
        Self {
            org_id: scope.org(),
            report_mail_id: one.report_mail_id.to_vec(),
            starts_on: day_number(one.period.from()),
            state: one.state.code(),
            attempts: one.attempts,
            doubts: one.doubts,
            began_at: one.began_at.map(|at| at.0),
            sent_at: one.sent_at.map(|at| at.0),
            last_error: one.last_error.clone(),
            created_at: one.created_at.0,
        }
    }

    fn read(self, rhythm: Rhythm) -> Result<Run> {
        Ok(Run {
            report_mail_id: id(&self.report_mail_id)?,
            period: ReportPeriod::of(rhythm, date_of_day(self.starts_on)),
            state: MailState::from_code(self.state).ok_or_else(|| unreadable("mail state"))?,
            attempts: self.attempts,
            doubts: self.doubts,
            began_at: self.began_at.map(Micros),
            sent_at: self.sent_at.map(Micros),
            last_error: self.last_error,
            created_at: Micros(self.created_at),
        })
    }
}

/// The runs of one, the newest first, at most `most`.
pub fn newest(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    one: &ReportMail,
    most: i64,
) -> Result<Vec<Run>> {
    let rows: Vec<RunRow> = report_mail_run::table
        .filter(report_mail_run::org_id.eq(scope.org()))
        .filter(report_mail_run::report_mail_id.eq(one.id.to_vec()))
        .select(RunRow::as_select())
        .order(report_mail_run::starts_on.desc())
        .limit(most)
        .load(connection)?;
    rows.into_iter().map(|row| row.read(one.rhythm)).collect()
}

/// Stores a run as it stands now, whether or not it was there.
pub fn put(connection: &mut AnyConnection, scope: &OrgScope, run: &Run) -> Result<()> {
    let row = RunRow::write(scope, run);
    let here = report_mail_run::table
        .filter(report_mail_run::org_id.eq(scope.org()))
        .filter(report_mail_run::report_mail_id.eq(run.report_mail_id.to_vec()))
        .filter(report_mail_run::starts_on.eq(row.starts_on));
    if diesel::update(here).set(&row).execute(connection)? == 0 {
        diesel::insert_into(report_mail_run::table).values(&row).execute(connection)?;
    }
    Ok(())
}

/// Forgets the runs of periods that began before a day.
pub fn forget(connection: &mut AnyConnection, scope: &OrgScope, id: Id, before: i32) -> Result<()> {
    let old = report_mail_run::table
        .filter(report_mail_run::org_id.eq(scope.org()))
        .filter(report_mail_run::report_mail_id.eq(id.to_vec()))
        .filter(report_mail_run::starts_on.lt(before));
    diesel::delete(old).execute(connection)?;
    Ok(())
}

/// Those of some of which a run was begun by a process that ended, or was in doubt before.
pub fn in_doubt(connection: &mut AnyConnection, scope: &OrgScope, ids: &[Id]) -> Result<BTreeSet<Id>> {
    let ids: Vec<Vec<u8>> = ids.iter().map(|id| id.to_vec()).collect();
    let waits = [MailState::Ready, MailState::Sending, MailState::Deferred].map(MailState::code);
    let rows: Vec<Vec<u8>> = report_mail_run::table
        .filter(report_mail_run::org_id.eq(scope.org()))
        .filter(report_mail_run::report_mail_id.eq_any(ids))
        .filter(report_mail_run::state.eq_any(waits))
        .filter(report_mail_run::state.eq(MailState::Sending.code()).or(report_mail_run::doubts.gt(0)))
        .select(report_mail_run::report_mail_id)
        .load(connection)?;
    rows.iter().map(|bytes| id(bytes)).collect()
}
