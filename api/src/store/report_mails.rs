//! Figures of a view by mail: who wants them. Their mails are in `report_mail_runs`.

use diesel::prelude::*;

use super::authority::{self, OrgScope, ROUTE_LETTERS, SECRET_LETTERS, is_base32, org_of_route, secret_hash};
use super::connection::AnyConnection;
use super::error::{Result, unreadable};
use super::schema::{report_mail, report_mail_run};
use crate::domain::{Id, Micros, Rhythm};

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

pub(super) fn id(bytes: &[u8]) -> Result<Id> {
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
