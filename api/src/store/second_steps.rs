//! The second step of members' signing in: the sealed secret of their phone, and recovery codes by their hashes.

use diesel::prelude::*;

use super::KeptSecret;
use super::authority::{OrgScope, secret_hash};
use super::connection::AnyConnection;
use super::error::Result;
use super::schema::{recovery_code, second_step};
use crate::domain::{Id, Micros};

/// A second step, asked for or not yet.
#[derive(Clone, Debug)]
pub struct SecondStep {
    /// The secret, sealed.
    pub secret: KeptSecret,
    /// Since when it is asked for; none until a first right code.
    pub confirmed_at: Option<Micros>,
    /// The last step of time whose code was taken.
    pub last_step: i64,
}

/// Link key, salt, sealed secret, confirmed at, last step.
type Columns = (String, Vec<u8>, Vec<u8>, Option<i64>, i64);

/// The second step of a member, if there is one.
pub fn find(connection: &mut AnyConnection, scope: &OrgScope, member: Id) -> Result<Option<SecondStep>> {
    let row: Option<Columns> = second_step::table
        .filter(second_step::org_id.eq(scope.org()))
        .filter(second_step::member_id.eq(member.to_vec()))
        .select((
            second_step::link_key_id,
            second_step::salt,
            second_step::sealed,
            second_step::confirmed_at,
            second_step::last_step,
        ))
        .get_result(connection)
        .optional()?;
    Ok(row.map(|(link_key_id, salt, sealed, confirmed_at, last_step)| SecondStep {
        secret: KeptSecret { link_key_id, salt, sealed },
        confirmed_at: confirmed_at.map(Micros),
        last_step,
    }))
}

/// The members who are asked for a code.
pub fn asked(connection: &mut AnyConnection, scope: &OrgScope) -> Result<Vec<Id>> {
    let rows: Vec<Vec<u8>> = second_step::table
        .filter(second_step::org_id.eq(scope.org()))
        .filter(second_step::confirmed_at.is_not_null())
        .select(second_step::member_id)
        .load(connection)?;
    Ok(rows.iter().filter_map(|bytes| Id::from_bytes(bytes)).collect())
}

/// Keeps a new secret that is not asked for yet; one before it that was not, is forgotten.
pub fn begin(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    member: Id,
    secret: &KeptSecret,
    now: Micros,
) -> Result<()> {
    let unconfirmed = second_step::table
        .filter(second_step::org_id.eq(scope.org()))
        .filter(second_step::member_id.eq(member.to_vec()))
        .filter(second_step::confirmed_at.is_null());
    diesel::delete(unconfirmed).execute(connection)?;
    diesel::insert_into(second_step::table)
        .values((
            second_step::org_id.eq(scope.org()),
            second_step::member_id.eq(member.to_vec()),
            second_step::link_key_id.eq(&secret.link_key_id),
            second_step::salt.eq(&secret.salt),
            second_step::sealed.eq(&secret.sealed),
            second_step::created_at.eq(now.0),
            second_step::confirmed_at.eq(None::<i64>),
            second_step::last_step.eq(0),
        ))
        .execute(connection)?;
    Ok(())
}

/// Notes that the code of a step of time was taken; false when that or a later one was taken already.
pub fn take(connection: &mut AnyConnection, scope: &OrgScope, member: Id, step: i64) -> Result<bool> {
    let earlier = second_step::table
        .filter(second_step::org_id.eq(scope.org()))
        .filter(second_step::member_id.eq(member.to_vec()))
        .filter(second_step::last_step.lt(step));
    Ok(diesel::update(earlier).set(second_step::last_step.eq(step)).execute(connection)? == 1)
}

/// Asks for codes from now on, and keeps these recovery codes instead of all earlier ones.
pub fn confirm(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    member: Id,
    codes: &[String],
    now: Micros,
) -> Result<()> {
    let here = second_step::table
        .filter(second_step::org_id.eq(scope.org()))
        .filter(second_step::member_id.eq(member.to_vec()));
    diesel::update(here).set(second_step::confirmed_at.eq(now.0)).execute(connection)?;
    delete_codes(connection, scope, member)?;
    for code in codes {
        diesel::insert_into(recovery_code::table)
            .values((
                recovery_code::org_id.eq(scope.org()),
                recovery_code::member_id.eq(member.to_vec()),
                recovery_code::code_hash.eq(secret_hash(code)),
            ))
            .execute(connection)?;
    }
    Ok(())
}

/// How many recovery codes a member has left.
pub fn codes_left(connection: &mut AnyConnection, scope: &OrgScope, member: Id) -> Result<i64> {
    Ok(recovery_code::table
        .filter(recovery_code::org_id.eq(scope.org()))
        .filter(recovery_code::member_id.eq(member.to_vec()))
        .count()
        .get_result(connection)?)
}

/// Uses a recovery code up; false when there is none like this.
pub fn use_code(connection: &mut AnyConnection, scope: &OrgScope, member: Id, code: &str) -> Result<bool> {
    let here = recovery_code::table
        .filter(recovery_code::org_id.eq(scope.org()))
        .filter(recovery_code::member_id.eq(member.to_vec()))
        .filter(recovery_code::code_hash.eq(secret_hash(code)));
    Ok(diesel::delete(here).execute(connection)? == 1)
}

/// Asks a member for no code any more, and forgets secret and recovery codes.
pub fn delete(connection: &mut AnyConnection, scope: &OrgScope, member: Id) -> Result<()> {
    delete_codes(connection, scope, member)?;
    let here = second_step::table
        .filter(second_step::org_id.eq(scope.org()))
        .filter(second_step::member_id.eq(member.to_vec()));
    diesel::delete(here).execute(connection)?;
    Ok(())
}

fn delete_codes(connection: &mut AnyConnection, scope: &OrgScope, member: Id) -> Result<()> {
    let codes = recovery_code::table
        .filter(recovery_code::org_id.eq(scope.org()))
        .filter(recovery_code::member_id.eq(member.to_vec()));
    diesel::delete(codes).execute(connection)?;
    Ok(())
}
