//! Answers to creating requests, kept so that a repeat gets the same answer.

use data_encoding::HEXLOWER;
use diesel::prelude::*;
use sha2::{Digest, Sha256};

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::Result;
use super::schema::idempotency;
use crate::domain::Micros;
use crate::domain::time::DAY;

/// For how long an answer is kept.
const KEPT: i64 = 30 * DAY;

/// How many answers are looked through at a time.
const CHUNK: i64 = 1000;

/// An answer given before.
#[derive(Clone, Debug)]
pub struct Kept {
    /// What was asked, as a hash.
    pub fingerprint: Vec<u8>,
    /// The status that was answered.
    pub status: i16,
    /// The body that was answered; empty when it was erased with a customer's data.
    pub body: String,
}

impl Kept {
    /// Whether its content was erased.
    pub fn is_erased(&self) -> bool {
        self.body.is_empty()
    }
}

/// The answer kept under a key of the request, unless it has aged out.
pub fn find(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    key: &str,
    now: Micros,
) -> Result<Option<Kept>> {
    let keys = [key.to_owned(), erased_key(key)];
    let row: Option<(Vec<u8>, i16, String)> = idempotency::table
        .filter(idempotency::org_id.eq(scope.org()))
        .filter(idempotency::key_id.eq(scope.key_id()))
        .filter(idempotency::idempotency_key.eq_any(keys))
        .filter(idempotency::created_at.gt(now.0 - KEPT))
        .select((idempotency::fingerprint, idempotency::status, idempotency::body))
        .get_result(connection)
        .optional()?;
    Ok(row.map(|(fingerprint, status, body)| Kept { fingerprint, status, body }))
}

/// What stands in the place of a key whose answer was erased: often a key is an order's number. It is found by whoever
/// repeats the request, so that a repeat brings nobody back.
fn erased_key(key: &str) -> String {
    format!("erased:{}", HEXLOWER.encode(&Sha256::digest(key.as_bytes())))
}

/// The keys of all answers, by the API key that used them, that `is_theirs` finds in their bodies.
pub(super) fn holding(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    is_theirs: impl Fn(&str) -> bool,
) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    let mut after = (String::new(), String::new());
    loop {
        let (key_id, key) = after.clone();
        let later = idempotency::key_id
            .gt(key_id.clone())
            .or(idempotency::key_id.eq(key_id).and(idempotency::idempotency_key.gt(key)));
        let rows: Vec<(String, String, String)> = idempotency::table
            .filter(idempotency::org_id.eq(scope.org()))
            .filter(later)
            .select((idempotency::key_id, idempotency::idempotency_key, idempotency::body))
            .order((idempotency::key_id, idempotency::idempotency_key))
            .limit(CHUNK)
            .load(connection)?;
        let Some((key_id, key, _)) = rows.last() else { return Ok(found) };
        after = (key_id.clone(), key.clone());
        found.extend(rows.into_iter().filter(|(_, _, body)| is_theirs(body)).map(|(id, key, _)| (id, key)));
    }
}

/// Takes the content out of answers: a repeat is told that there is none any more.
pub(super) fn erase(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    keys: &[(String, String)],
) -> Result<()> {
    for (key_id, key) in keys {
        let here = idempotency::table
            .filter(idempotency::org_id.eq(scope.org()))
            .filter(idempotency::key_id.eq(key_id))
            .filter(idempotency::idempotency_key.eq(key));
        diesel::update(here)
            .set((
                idempotency::idempotency_key.eq(erased_key(key)),
                idempotency::fingerprint.eq(Vec::new()),
                idempotency::body.eq(""),
            ))
            .execute(connection)?;
    }
    Ok(())
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
