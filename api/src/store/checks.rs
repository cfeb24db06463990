//! Questions of `laatu check`: what the database can tell of rows that do not fit each other.
//!
//! Nothing here changes anything.

use std::collections::BTreeMap;

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::authority::{self, OrgScope};
use super::connection::{AnyConnection, ask};
use super::error::Result;
use super::response_log;
use super::responses::Response;
use super::schema::{comment, form_balance, invitation, organisation, response};
use crate::domain::{CollectionMode, Id};

/// Every organisation with its short name, for the operator of the machine.
pub fn organisations(connection: &mut AnyConnection) -> Result<Vec<(String, OrgScope)>> {
    let slugs: Vec<String> =
        organisation::table.select(organisation::slug).order(organisation::org_id).load(connection)?;
    slugs.into_iter().map(|slug| authority::operator(connection, &slug).map(|scope| (slug, scope))).collect()
}

/// What the database finds wrong with itself: damaged pages and rows that point to nothing. PostgreSQL watches over
/// its own pages and refuses such rows; there is nothing to ask it.
pub fn integrity(connection: &mut AnyConnection) -> Result<Vec<String>> {
    if matches!(connection, AnyConnection::Postgres(_)) {
        return Ok(Vec::new());
    }
    let pages =
        "SELECT coalesce(group_concat(integrity_check, char(10)), '') AS value FROM pragma_integrity_check";
    let keys = "SELECT coalesce(group_concat(row, char(10)), '') AS value FROM (SELECT \"table\" || ' points to no ' || \
                parent || ': ' || count(*) || ' rows' AS row FROM pragma_foreign_key_check GROUP BY \"table\", parent)";
    let mut found: Vec<String> =
        ask(connection, pages)?.lines().filter(|line| *line != "ok").map(str::to_owned).collect();
    found.extend(ask(connection, keys)?.lines().map(str::to_owned));
    Ok(found)
}

/// Goes through all entries of a survey's log with their positions, revisions and trials included.
pub fn log(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    mut visit: impl FnMut(&mut AnyConnection, i64, &Response) -> Result<()>,
) -> Result<()> {
    let mut after = 0;
    loop {
        let entries = response_log::entries_after(connection, scope, survey_id, after)?;
        let Some((last, _)) = entries.last() else { return Ok(()) };
        after = *last;
        for (position, response) in &entries {
            visit(connection, *position, response)?;
        }
    }
}

diesel::allow_columns_to_appear_in_same_group_by_clause!(invitation::customer_id, invitation::form);

/// Customers with more than one answer in a survey that is said to be their first of a year, with the instants of
/// these answers in microseconds.
pub fn repeated_firsts(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
) -> Result<Vec<(Id, Vec<i64>)>> {
    let firsts = response::table
        .inner_join(invitation::table.on(
            invitation::org_id.eq(response::org_id).and(invitation::invitation_id.eq(response::response_id)),
        ))
        .filter(response::org_id.eq(scope.org()))
        .filter(response::survey_id.eq(survey_id))
        .filter(response::revision.eq(1))
        .filter(response::first_of_year.eq(true));
    let customers: Vec<(Vec<u8>, i64)> = firsts
        .group_by(invitation::customer_id)
        .having(count_star().gt(1))
        .select((invitation::customer_id, count_star()))
        .load(connection)?;
    let mut found = Vec::new();
    for (customer, _) in customers {
        let instants: Vec<i64> = firsts
            .filter(invitation::customer_id.eq(&customer))
            .select(response::answered_at)
            .order(response::answered_at)
            .load(connection)?;
        let id = Id::from_bytes(&customer).ok_or_else(|| super::error::unreadable("id"))?;
        found.push((id, instants));
    }
    Ok(found)
}

/// How many comments of an organisation belong to no response.
pub fn stray_comments(connection: &mut AnyConnection, scope: &OrgScope) -> Result<i64> {
    let n = comment::table
        .left_join(
            response::table.on(response::org_id
                .eq(comment::org_id)
                .and(response::response_id.eq(comment::response_id))
                .and(response::revision.eq(comment::revision))),
        )
        .filter(comment::org_id.eq(scope.org()))
        .filter(response::response_id.nullable().is_null())
        .count()
        .get_result(connection)?;
    Ok(n)
}

/// Invitations of a survey that are answered and have no finished response.
pub fn answered_without_response(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
) -> Result<Vec<Id>> {
    let found: Vec<Vec<u8>> = invitation::table
        .left_join(
            response::table.on(response::org_id
                .eq(invitation::org_id)
                .and(response::response_id.eq(invitation::invitation_id))
                .and(response::finished.eq(true))),
        )
        .filter(invitation::org_id.eq(scope.org()))
        .filter(invitation::survey_id.eq(survey_id))
        .filter(invitation::answered_at.is_not_null())
        .filter(response::response_id.nullable().is_null())
        .select(invitation::invitation_id)
        .order(invitation::invitation_id)
        .load(connection)?;
    ids(found)
}

/// Finished responses of a survey that came by a customer's own link whose invitation is not answered, or is not there.
pub fn response_without_answered(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
) -> Result<Vec<Id>> {
    let found: Vec<Vec<u8>> = response::table
        .left_join(invitation::table.on(
            invitation::org_id.eq(response::org_id).and(invitation::invitation_id.eq(response::response_id)),
        ))
        .filter(response::org_id.eq(scope.org()))
        .filter(response::survey_id.eq(survey_id))
        .filter(response::revision.eq(1))
        .filter(response::finished.eq(true))
        .filter(response::collection_mode.ne(CollectionMode::Imported.code()))
        .filter(invitation::answered_at.is_null())
        .select(response::response_id)
        .order(response::response_id)
        .load(connection)?;
    ids(found)
}

/// For each form of a survey how many invitations it was counted for, and how many have it.
pub fn balance(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
) -> Result<Vec<(i16, i64, i64)>> {
    let rows: Vec<(i16, i64)> = form_balance::table
        .filter(form_balance::org_id.eq(scope.org()))
        .filter(form_balance::survey_id.eq(survey_id))
        .select((form_balance::form, form_balance::invited))
        .load(connection)?;
    // Over channels and places together: an order that moved to another one keeps its form.
    let mut counted: BTreeMap<i16, i64> = BTreeMap::new();
    for (form, invited) in rows {
        *counted.entry(form).or_default() += invited;
    }
    let having: Vec<(i16, i64)> = invitation::table
        .filter(invitation::org_id.eq(scope.org()))
        .filter(invitation::survey_id.eq(survey_id))
        .group_by(invitation::form)
        .select((invitation::form, count_star()))
        .load(connection)?;
    let of = |form: i16| having.iter().find(|(other, _)| *other == form).map_or(0, |(_, n)| *n);
    for (form, _) in having.iter().filter(|(form, _)| *form >= 0) {
        counted.entry(*form).or_default();
    }
    Ok(counted.into_iter().map(|(form, invited)| (form, invited, of(form))).collect())
}

fn ids(found: Vec<Vec<u8>>) -> Result<Vec<Id>> {
    let read = |bytes: &Vec<u8>| Id::from_bytes(bytes).ok_or_else(|| super::error::unreadable("id"));
    found.iter().map(read).collect()
}
