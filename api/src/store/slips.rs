//! Codes of printed slips: keyed hashes, each leading to its invitation.

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Result, unreadable};
use super::schema::slip;
use crate::domain::Id;

/// Keeps the hash of a code; the same again changes nothing.
pub fn keep(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    code_hash: &[u8],
    invitation_id: Id,
) -> Result<()> {
    if invitation(connection, scope.org(), code_hash)?.is_some() {
        return Ok(());
    }
    let row = (
        slip::org_id.eq(scope.org()),
        slip::code_hash.eq(code_hash),
        slip::invitation_id.eq(invitation_id.to_vec()),
    );
    diesel::insert_into(slip::table).values(row).execute(connection)?;
    Ok(())
}

/// The invitation behind the hash of a code.
pub(super) fn invitation(connection: &mut AnyConnection, org: i32, code_hash: &[u8]) -> Result<Option<Id>> {
    let found: Option<Vec<u8>> = slip::table
        .filter(slip::org_id.eq(org))
        .filter(slip::code_hash.eq(code_hash))
        .select(slip::invitation_id)
        .get_result(connection)
        .optional()?;
    found.map(|bytes| Id::from_bytes(&bytes).ok_or_else(|| unreadable("id"))).transpose()
}
