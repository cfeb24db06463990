//! Views of the dashboard that members keep under a name.

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Result, unreadable};
use super::schema::{member, saved_view, survey};
use crate::domain::{Id, Micros};

/// A view: a page of a survey with its period and filters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// Its id.
    pub id: Id,
    /// Who keeps it.
    pub member_id: Id,
    /// What they are called.
    pub owner: String,
    /// The key of the survey.
    pub survey: String,
    /// Its name.
    pub name: String,
    /// The end of the page's address.
    pub page: String,
    /// What leads to the same period and filters, with its question mark, or empty.
    pub query: String,
    /// Whether all who read reports see it.
    pub shared: bool,
}

type Row = (Vec<u8>, Vec<u8>, String, String, String, String, String, bool);

/// Keeps a view of the survey with this number.
pub fn insert(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    new: &SavedView,
    survey_id: i32,
    now: Micros,
) -> Result<()> {
    diesel::insert_into(saved_view::table)
        .values((
            saved_view::org_id.eq(scope.org()),
            saved_view::view_id.eq(new.id.to_vec()),
            saved_view::member_id.eq(new.member_id.to_vec()),
            saved_view::survey_id.eq(survey_id),
            saved_view::name.eq(&new.name),
            saved_view::page.eq(&new.page),
            saved_view::query.eq(&new.query),
            saved_view::shared.eq(new.shared),
            saved_view::created_at.eq(now.0),
        ))
        .execute(connection)?;
    Ok(())
}

/// The views that a member sees, their own and those that are shared, by name.
pub fn seen_by(connection: &mut AnyConnection, scope: &OrgScope, member_id: Id) -> Result<Vec<SavedView>> {
    let its_member = member::table
        .on(member::org_id.eq(saved_view::org_id).and(member::member_id.eq(saved_view::member_id)));
    let its_survey = survey::table
        .on(survey::org_id.eq(saved_view::org_id).and(survey::survey_id.eq(saved_view::survey_id)));
    let rows: Vec<Row> = saved_view::table
        .inner_join(its_member)
        .inner_join(its_survey)
        .filter(saved_view::org_id.eq(scope.org()))
        .filter(saved_view::member_id.eq(member_id.to_vec()).or(saved_view::shared.eq(true)))
        .select((
            saved_view::view_id,
            saved_view::member_id,
            member::name,
            survey::survey_key,
            saved_view::name,
            saved_view::page,
            saved_view::query,
            saved_view::shared,
        ))
        .order((saved_view::name, saved_view::created_at, saved_view::view_id))
        .load(connection)?;
    rows.into_iter().map(read).collect()
}

/// One of the views that a member sees; none when there is none such, or they do not see it any more.
pub fn seen(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    member_id: Id,
    view_id: Id,
) -> Result<Option<SavedView>> {
    Ok(seen_by(connection, scope, member_id)?.into_iter().find(|one| one.id == view_id))
}

fn read((view, owner_id, owner, survey, name, page, query, shared): Row) -> Result<SavedView> {
    let id = |bytes: &[u8]| Id::from_bytes(bytes).ok_or_else(|| unreadable("id"));
    Ok(SavedView { id: id(&view)?, member_id: id(&owner_id)?, owner, survey, name, page, query, shared })
}

/// How many views a member keeps.
pub fn count_of(connection: &mut AnyConnection, scope: &OrgScope, member_id: Id) -> Result<i64> {
    let here = saved_view::table.filter(saved_view::org_id.eq(scope.org()));
    Ok(here.filter(saved_view::member_id.eq(member_id.to_vec())).count().get_result(connection)?)
}

/// Forgets a view of a member; whether there was one.
pub fn delete(connection: &mut AnyConnection, scope: &OrgScope, member_id: Id, view_id: Id) -> Result<bool> {
    let here = saved_view::table
        .filter(saved_view::org_id.eq(scope.org()))
        .filter(saved_view::view_id.eq(view_id.to_vec()))
        .filter(saved_view::member_id.eq(member_id.to_vec()));
    Ok(diesel::delete(here).execute(connection)? > 0)
}
