//! Who is not mailed any more, known by a keyed hash of the address: it outlives the customer and tells nobody's name.

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::{AnyConnection, each_backend};
use super::error::{Result, unreadable};
use super::schema::suppression;
use crate::domain::{Micros, SuppressionCause};

/// One address that is not mailed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// Keyed hash of the address.
    pub address_hash: Vec<u8>,
    /// Why.
    pub cause: SuppressionCause,
    /// Since when.
    pub at: Micros,
}

/// Why an address is not mailed; none when it may be.
pub fn find(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    address_hash: &[u8],
) -> Result<Option<Suppression>> {
    let row: Option<(i16, i64)> = suppression::table
        .filter(suppression::org_id.eq(scope.org()))
        .filter(suppression::address_hash.eq(address_hash))
        .select((suppression::cause, suppression::suppressed_at))
        .get_result(connection)
        .optional()?;
    row.map(|(cause, at)| read(address_hash.to_vec(), cause, at)).transpose()
}

/// Puts an address on the list; false when it was there already, with its first cause.
pub fn add(connection: &mut AnyConnection, scope: &OrgScope, new: &Suppression) -> Result<bool> {
    let row = (
        suppression::org_id.eq(scope.org()),
        suppression::address_hash.eq(&new.address_hash),
        suppression::cause.eq(new.cause.code()),
        suppression::suppressed_at.eq(new.at.0),
    );
    let added = each_backend!(connection, inner => {
        diesel::insert_into(suppression::table).values(row).on_conflict_do_nothing().execute(inner)
    })?;
    Ok(added > 0)
}

/// Takes an address off the list; false when it was not on it.
pub fn remove(connection: &mut AnyConnection, scope: &OrgScope, address_hash: &[u8]) -> Result<bool> {
    let here = suppression::table
        .filter(suppression::org_id.eq(scope.org()))
        .filter(suppression::address_hash.eq(address_hash));
    Ok(diesel::delete(here).execute(connection)? > 0)
}

/// The list in the order of its hashes, after one of them, at most `limit`.
pub fn list(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    after: &[u8],
    limit: i64,
) -> Result<Vec<Suppression>> {
    let rows: Vec<(Vec<u8>, i16, i64)> = suppression::table
        .filter(suppression::org_id.eq(scope.org()))
        .filter(suppression::address_hash.gt(after))
        .select((suppression::address_hash, suppression::cause, suppression::suppressed_at))
        .order(suppression::address_hash)
        .limit(limit)
        .load(connection)?;
    rows.into_iter().map(|(hash, cause, at)| read(hash, cause, at)).collect()
}

fn read(address_hash: Vec<u8>, cause: i16, at: i64) -> Result<Suppression> {
    let cause = SuppressionCause::from_code(cause).ok_or_else(|| unreadable("suppression cause"))?;
    Ok(Suppression { address_hash, cause, at: Micros(at) })
}
