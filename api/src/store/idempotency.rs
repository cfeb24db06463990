//! Answers to creating requests, kept so that a repeat gets the same answer.

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::Result;
use super::schema::idempotency;
use crate::domain::Micros;
use crate::domain::time::DAY;

/// For how long an answer is kept.
const KEPT: i64 = 30 * DAY;

/// An answer given before.
#[derive(Clone, Debug)]
pub struct Kept {
    /// What was asked, as a hash.
    pub fingerprint: Vec<u8>,
    /// The status that was answered.
    pub status: i16,
    /// The body that was answered.
    pub body: String,
}

/// The answer kept under a key of the request, unless it has aged out.
pub fn find(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    key: &str,
    now: Micros,
) -> Result<Option<Kept>> {
    let row: Option<(Vec<u8>, i16, String)> = idempotency::table
        .filter(idempotency::org_id.eq(scope.org()))
        .filter(idempotency::key_id.eq(scope.key_id()))
        .filter(idempotency::idempotency_key.eq(key))
        .filter(idempotency::created_at.gt(now.0 - KEPT))
        .select((idempotency::fingerprint, idempotency::status, idempotency::body))
        .get_result(connection)
        .optional()?;
    Ok(row.map(|(fingerprint, status, body)| Kept { fingerprint, status, body }))
}

/// Keeps an answer, and forgets those that have aged out.
pub fn keep(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    key: &str,
    kept: &Kept,
    now: Micros,
) -> Result<()> {
    let aged = idempotency::table
        .filter(idempotency::org_id.eq(scope.org()))
        .filter(idempotency::created_at.le(now.0 - KEPT));
    diesel::delete(aged).execute(connection)?;
    diesel::insert_into(idempotency::table)
        .values((
            idempotency::org_id.eq(scope.org()),
            idempotency::key_id.eq(scope.key_id()),
            idempotency::idempotency_key.eq(key),
            idempotency::fingerprint.eq(&kept.fingerprint),
            idempotency::status.eq(kept.status),
            idempotency::body.eq(&kept.body),
            idempotency::created_at.eq(now.0),
        ))
        .execute(connection)?;
    Ok(())
}
