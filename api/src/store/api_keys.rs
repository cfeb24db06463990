//! The keys that an organisation's programs present: kept without their secrets.

use diesel::prelude::*;

use super::authority::{OrgScope, read_grants, secret_hash};
use super::connection::AnyConnection;
use super::error::{Error, Result, unreadable};
use super::schema::api_key;
use crate::domain::{Grant, Micros, Role};

/// A new key's row.
#[derive(Insertable)]
#[diesel(table_name = api_key)]
struct NewKey<'a> {
    org_id: i32,
    key_id: &'a str,
    role: i16,
    grants: String,
    test: bool,
    secret_hash: Vec<u8>,
    created_at: i64,
    revoked_at: Option<i64>,
}

/// What a new key may do.
#[derive(Clone, Debug)]
pub struct KeyRights {
    /// Its role.
    pub role: Role,
    /// Rights beside the role.
    pub grants: Vec<Grant>,
    /// Whether its orders are only tried out.
    pub test: bool,
}

/// Keeps a new key: only the hash of its secret.
pub fn insert_key(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    key_id: &str,
    secret: &str,
    rights: &KeyRights,
    now: Micros,
) -> Result<()> {
    let grants: Vec<&str> = rights.grants.iter().map(|grant| grant.word()).collect();
    let row = NewKey {
        org_id: scope.org(),
        key_id,
        role: rights.role.code(),
        grants: grants.join(" "),
        test: rights.test,
        secret_hash: secret_hash(secret),
        created_at: now.0,
        revoked_at: None,
    };
    diesel::insert_into(api_key::table).values(&row).execute(connection)?;
    Ok(())
}

/// A key as it is kept: without its secret.
#[derive(Clone, Debug)]
pub struct StoredKey {
    /// Its id.
    pub id: String,
    /// What it may do.
    pub rights: KeyRights,
    /// When it was made.
    pub created_at: Micros,
    /// When it was revoked.
    pub revoked_at: Option<Micros>,
}

/// All keys of an organisation, oldest first.
pub fn all_keys(connection: &mut AnyConnection, scope: &OrgScope) -> Result<Vec<StoredKey>> {
    let rows: Vec<(String, i16, String, bool, i64, Option<i64>)> = api_key::table
        .filter(api_key::org_id.eq(scope.org()))
        .select((
            api_key::key_id,
            api_key::role,
            api_key::grants,
            api_key::test,
            api_key::created_at,
            api_key::revoked_at,
        ))
        .order((api_key::created_at, api_key::key_id))
        .load(connection)?;
    rows.into_iter()
        .map(|(id, role, grants, test, created_at, revoked_at)| {
            let role = Role::from_code(role).ok_or_else(|| unreadable("role"))?;
            let rights = KeyRights { role, grants: read_grants(&grants), test };
            Ok(StoredKey { id, rights, created_at: Micros(created_at), revoked_at: revoked_at.map(Micros) })
        })
        .collect()
}

/// Revokes a key from now on.
pub fn revoke_key(connection: &mut AnyConnection, scope: &OrgScope, key_id: &str, now: Micros) -> Result<()> {
    let here = api_key::table.filter(api_key::org_id.eq(scope.org())).filter(api_key::key_id.eq(key_id));
    let revoked = diesel::update(here).set(api_key::revoked_at.eq(now.0)).execute(connection)?;
    if revoked == 0 { Err(Error::Conflict(format!("there is no key \"{key_id}\""))) } else { Ok(()) }
}
