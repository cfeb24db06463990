//! Sessions: members who are signed in, each in one browser, known by the hash of their cookie's secret.

use diesel::prelude::*;

use super::authority::{OrgScope, secret_hash};
use super::connection::AnyConnection;
use super::error::{Result, unreadable};
use super::members::{Known, Row, known, org_and_secret};
use super::schema::{member, member_session, organisation, second_step};
use crate::domain::{Id, Micros, SecondStepRule};

/// A session that was found.
#[derive(Clone, Debug)]
pub struct Session {
    /// Whose it is.
    pub known: Known,
    /// When they signed in.
    pub created_at: Micros,
    /// When they were seen last, to within five minutes.
    pub seen_at: Micros,
    /// Whom their organisation asks for a second step.
    pub rule: SecondStepRule,
    /// Whether they have one that is switched on.
    pub has_second_step: bool,
}

/// A [`Known`], then when the session began and was seen, the organisation's rule, and since when a second step is asked for.
type Columns = (Row, String, String, String, i64, i64, i16, Option<i64>);

/// Begins a session of a member.
pub fn insert(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    id: Id,
    secret: &str,
    now: Micros,
) -> Result<()> {
    diesel::insert_into(member_session::table)
        .values((
            member_session::org_id.eq(scope.org()),
            member_session::token_hash.eq(secret_hash(secret)),
            member_session::member_id.eq(id.to_vec()),
            member_session::created_at.eq(now.0),
            member_session::seen_at.eq(now.0),
        ))
        .execute(connection)?;
    Ok(())
}

/// The session of a cookie `<route>.<secret>`; none when there is none, or its member may not sign in any more.
///
/// The caller judges whether it is still young enough.
pub fn find(connection: &mut AnyConnection, token: &str) -> Result<Option<Session>> {
    let Some((org, secret)) = org_and_secret(connection, token)? else { return Ok(None) };
    let row: Option<Columns> = member_session::table
        .inner_join(member::table.on(
            member::org_id.eq(member_session::org_id).and(member::member_id.eq(member_session::member_id)),
        ))
        .inner_join(organisation::table.on(organisation::org_id.eq(member_session::org_id)))
        .left_join(
            second_step::table.on(second_step::org_id
                .eq(member_session::org_id)
                .and(second_step::member_id.eq(member_session::member_id))),
        )
        .filter(member_session::org_id.eq(org))
        .filter(member_session::token_hash.eq(secret_hash(secret)))
        .filter(member::disabled_at.is_null())
        .select((
            Row::as_select(),
            organisation::slug,
            organisation::name,
            organisation::route,
            member_session::created_at,
            member_session::seen_at,
            organisation::second_step_rule,
            second_step::confirmed_at.nullable(),
        ))
        .get_result(connection)
        .optional()?;
    let Some((row, slug, name, route, created_at, seen_at, rule, asked_since)) = row else { return Ok(None) };
    Ok(Some(Session {
        known: known((row, slug, name, route))?,
        created_at: Micros(created_at),
        seen_at: Micros(seen_at),
        rule: SecondStepRule::from_code(rule).ok_or_else(|| unreadable("second_step_rule"))?,
        has_second_step: asked_since.is_some(),
    }))
}

/// Notes that a session was used.
pub fn touch(connection: &mut AnyConnection, scope: &OrgScope, token: &str, now: Micros) -> Result<()> {
    let here = member_session::table
        .filter(member_session::org_id.eq(scope.org()))
        .filter(member_session::token_hash.eq(hash_of(token)));
    diesel::update(here).set(member_session::seen_at.eq(now.0)).execute(connection)?;
    Ok(())
}

/// Ends one session.
pub fn end(connection: &mut AnyConnection, scope: &OrgScope, token: &str) -> Result<()> {
    let here = member_session::table
        .filter(member_session::org_id.eq(scope.org()))
        .filter(member_session::token_hash.eq(hash_of(token)));
    diesel::delete(here).execute(connection)?;
    Ok(())
}

/// Ends all sessions of a member but this one.
pub fn end_others(connection: &mut AnyConnection, scope: &OrgScope, id: Id, token: &str) -> Result<()> {
    let others = member_session::table
        .filter(member_session::org_id.eq(scope.org()))
        .filter(member_session::member_id.eq(id.to_vec()))
        .filter(member_session::token_hash.ne(hash_of(token)));
    diesel::delete(others).execute(connection)?;
    Ok(())
}

/// Deletes the sessions of an organisation that have run out.
pub fn delete_old(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    created_before: Micros,
    seen_before: Micros,
) -> Result<()> {
    let old = member_session::table.filter(member_session::org_id.eq(scope.org())).filter(
        member_session::created_at.le(created_before.0).or(member_session::seen_at.le(seen_before.0)),
    );
    diesel::delete(old).execute(connection)?;
    Ok(())
}

fn hash_of(token: &str) -> Vec<u8> {
    secret_hash(token.split_once('.').map_or("", |(_, secret)| secret))
}
