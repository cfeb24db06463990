//! Published instrument versions: frozen, so a second publishing with other content is a conflict.

use diesel::prelude::*;
use sha2::{Digest, Sha256};

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Error, Result};
use super::schema::instrument_version;
use crate::domain::Micros;

/// Publishes a version; the same content again changes nothing.
pub fn publish(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    key: &str,
    version: i32,
    source: &str,
    now: Micros,
) -> Result<()> {
    let source_hash = Sha256::digest(source.as_bytes()).to_vec();
    let found: Option<Vec<u8>> = instrument_version::table
        .filter(instrument_version::org_id.eq(scope.org()))
        .filter(instrument_version::instrument_key.eq(key))
        .filter(instrument_version::version.eq(version))
        .select(instrument_version::source_hash)
        .get_result(connection)
        .optional()?;
    match found {
        Some(hash) if hash == source_hash => Ok(()),
        Some(_) => Err(Error::Conflict(format!(
            "instrument {key} version {version} is published with other content: a published version never changes; give the change version {}",
            version.saturating_add(1)
        ))),
        None => {
            diesel::insert_into(instrument_version::table)
                .values((
                    instrument_version::org_id.eq(scope.org()),
                    instrument_version::instrument_key.eq(key),
                    instrument_version::version.eq(version),
                    instrument_version::source.eq(source),
                    instrument_version::source_hash.eq(source_hash),
                    instrument_version::published_at.eq(now.0),
                ))
                .execute(connection)?;
            Ok(())
        }
    }
}

/// The file of a published version.
pub fn source(connection: &mut AnyConnection, scope: &OrgScope, key: &str, version: i32) -> Result<String> {
    Ok(instrument_version::table
        .filter(instrument_version::org_id.eq(scope.org()))
        .filter(instrument_version::instrument_key.eq(key))
        .filter(instrument_version::version.eq(version))
        .select(instrument_version::source)
        .get_result(connection)?)
}

/// The newest published version of an instrument.
pub fn newest(connection: &mut AnyConnection, scope: &OrgScope, key: &str) -> Result<Option<i32>> {
    Ok(instrument_version::table
        .filter(instrument_version::org_id.eq(scope.org()))
        .filter(instrument_version::instrument_key.eq(key))
        .select(diesel::dsl::max(instrument_version::version))
        .get_result(connection)?)
}

/// Every published instrument with its newest version, by key.
pub fn newest_of_all(connection: &mut AnyConnection, scope: &OrgScope) -> Result<Vec<(String, i32)>> {
    let mut newest: Vec<(String, i32)> = instrument_version::table
        .filter(instrument_version::org_id.eq(scope.org()))
        .select((instrument_version::instrument_key, instrument_version::version))
        .order((instrument_version::instrument_key, instrument_version::version.desc()))
        .load(connection)?;
    newest.dedup_by(|later, first| later.0 == first.0);
    Ok(newest)
}
