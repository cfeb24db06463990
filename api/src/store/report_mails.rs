//! Figures of a view by mail: who wants them, and what became of each mail.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::authority::{self, OrgScope, ROUTE_LETTERS, SECRET_LETTERS, is_base32, org_of_route, secret_hash};
use super::connection::AnyConnection;
use super::error::{Result, unreadable};
use super::schema::{report_mail, report_mail_run};
use crate::domain::report_period::ReportPeriod;
use crate::domain::time::{date_of_day, day_number};
use crate::domain::{Id, MailState, Micros, Rhythm};

/// A member's wish for the figures of a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportMail {
    /// Its id.
    pub id: Id,
    /// Who gets them.
    pub member_id: Id,
    /// Of which view; it may be gone.
    pub view_id: Id,
    /// How often.
    pub rhythm: Rhythm,
    /// Language tag of the mails.
    pub language: String,
    /// The hash of the secret in the link that stops them.
    pub token_hash: Vec<u8>,
    /// Id of the link key that makes this link.
    pub link_key_id: String,
    /// When it was first wished.
    pub created_at: Micros,
    /// Since when it is not wished any more.
    pub stopped_at: Option<Micros>,
}

/// One mail of them: the figures of a period.
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
#[diesel(table_name = report_mail)]
#[diesel(treat_none_as_null = true)]
struct Row {
    org_id: i32,
    report_mail_id: Vec<u8>,
    member_id: Vec<u8>,
    view_id: Vec<u8>,
    rhythm: i16,
    language: String,
    token_hash: Vec<u8>,
    link_key_id: String,
    created_at: i64,
    stopped_at: Option<i64>,
}

impl Row {
    fn write(scope: &OrgScope, one: &ReportMail) -> Self {
        Self {
            org_id: scope.org(),
            report_mail_id: one.id.to_vec(),
            member_id: one.member_id.to_vec(),
            view_id: one.view_id.to_vec(),
            rhythm: one.rhythm.code(),
            language: one.language.clone(),
            token_hash: one.token_hash.clone(),
            link_key_id: one.link_key_id.clone(),
            created_at: one.created_at.0,
            stopped_at: one.stopped_at.map(|at| at.0),
        }
    }

    fn read(self) -> Result<ReportMail> {
        Ok(ReportMail {
            id: id(&self.report_mail_id)?,
            member_id: id(&self.member_id)?,
            view_id: id(&self.view_id)?,
            rhythm: Rhythm::from_code(self.rhythm).ok_or_else(|| unreadable("rhythm"))?,
            language: self.language,
            token_hash: self.token_hash,
            link_key_id: self.link_key_id,
            created_at: Micros(self.created_at),
            stopped_at: self.stopped_at.map(Micros),
        })
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

fn id(bytes: &[u8]) -> Result<Id> {
    Id::from_bytes(bytes).ok_or_else(|| unreadable("id"))
}

/// One of them; none when there is none such.
pub fn find(connection: &mut AnyConnection, scope: &OrgScope, id: Id) -> Result<Option<ReportMail>> {
    let row: Option<Row> = report_mail::table
        .filter(report_mail::org_id.eq(scope.org()))
        .filter(report_mail::report_mail_id.eq(id.to_vec()))
        .select(Row::as_select())
        .get_result(connection)
        .optional()?;
    row.map(Row::read).transpose()
}

/// What the link `<route>.<secret>` in a mail stops, with its organisation; none when it opens nothing.
pub fn by_link(connection: &mut AnyConnection, token: &str) -> Result<Option<(OrgScope, ReportMail)>> {
    let Some((route, secret)) = token.split_once('.') else { return Ok(None) };
    if !is_base32(route, ROUTE_LETTERS) || !is_base32(secret, SECRET_LETTERS) {
        return Ok(None);
    }
    let Some(org) = org_of_route(connection, route)? else { return Ok(None) };
    let row: Option<Row> = report_mail::table
        .filter(report_mail::org_id.eq(org))
        .filter(report_mail::token_hash.eq(secret_hash(secret)))
        .select(Row::as_select())
        .get_result(connection)
        .optional()?;
    let found = row.map(Row::read).transpose()?;
    Ok(found.map(|one| (authority::of_report_link(org), one)))
}

/// All of an organisation, the oldest first.
pub fn all(connection: &mut AnyConnection, scope: &OrgScope) -> Result<Vec<ReportMail>> {
    let rows: Vec<Row> = report_mail::table
        .filter(report_mail::org_id.eq(scope.org()))
        .select(Row::as_select())
        .order((report_mail::created_at, report_mail::report_mail_id))
        .load(connection)?;
    rows.into_iter().map(Row::read).collect()
}

/// Those of a member, the oldest first; stopped ones, too.
pub fn of_member(connection: &mut AnyConnection, scope: &OrgScope, member_id: Id) -> Result<Vec<ReportMail>> {
    let rows: Vec<Row> = report_mail::table
        .filter(report_mail::org_id.eq(scope.org()))
        .filter(report_mail::member_id.eq(member_id.to_vec()))
        .select(Row::as_select())
        .order((report_mail::created_at, report_mail::report_mail_id))
        .load(connection)?;
    rows.into_iter().map(Row::read).collect()
}

/// Those of a view, whoever gets them.
pub fn of_view(connection: &mut AnyConnection, scope: &OrgScope, view_id: Id) -> Result<Vec<ReportMail>> {
    let rows: Vec<Row> = report_mail::table
        .filter(report_mail::org_id.eq(scope.org()))
        .filter(report_mail::view_id.eq(view_id.to_vec()))
        .select(Row::as_select())
        .load(connection)?;
    rows.into_iter().map(Row::read).collect()
}

/// Stores a new one.
pub fn insert(connection: &mut AnyConnection, scope: &OrgScope, one: &ReportMail) -> Result<()> {
    diesel::insert_into(report_mail::table).values(&Row::write(scope, one)).execute(connection)?;
    Ok(())
}

/// Stores what has changed of one.
pub fn update(connection: &mut AnyConnection, scope: &OrgScope, one: &ReportMail) -> Result<()> {
    let here = report_mail::table
        .filter(report_mail::org_id.eq(scope.org()))
        .filter(report_mail::report_mail_id.eq(one.id.to_vec()));
    diesel::update(here).set(&Row::write(scope, one)).execute(connection)?;
    Ok(())
}

/// Forgets one with all its runs; its job is the caller's business.
pub fn delete(connection: &mut AnyConnection, scope: &OrgScope, id: Id) -> Result<()> {
    let runs = report_mail_run::table
        .filter(report_mail_run::org_id.eq(scope.org()))
        .filter(report_mail_run::report_mail_id.eq(id.to_vec()));
    diesel::delete(runs).execute(connection)?;
    let here = report_mail::table
        .filter(report_mail::org_id.eq(scope.org()))
        .filter(report_mail::report_mail_id.eq(id.to_vec()));
    diesel::delete(here).execute(connection)?;
    Ok(())
}

/// The runs of one, the newest first, at most `most`.
pub fn runs(
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
pub fn put_run(connection: &mut AnyConnection, scope: &OrgScope, run: &Run) -> Result<()> {
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
pub fn forget_runs(connection: &mut AnyConnection, scope: &OrgScope, id: Id, before: i32) -> Result<()> {
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
