//! Publishes an instrument version: from then on it never changes.

use survey_forms::instrument::{Instrument, Problems, shipped_source};

use super::{Error, Result, Services};
use crate::domain::reader::FieldProblem;
use crate::store::{AnyConnection, OrgScope, instruments};

/// A published version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Key of the instrument.
    pub key: String,
    /// Its version.
    pub version: i32,
}

/// Publishes a file; all its problems come back at once, each with line and key.
pub fn publish_instrument(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    source: &str,
) -> Result<Published> {
    let instrument = Instrument::parse(source).map_err(|problems| Error::Invalid(as_fields(&problems)))?;
    let version = i32::try_from(instrument.version())
        .map_err(|_| super::invalid("/version", "out_of_range", "the version is too large"))?;
    instruments::publish(connection, scope, instrument.key(), version, source, services.now())?;
    Ok(Published { key: instrument.key().to_owned(), version })
}

/// The newest published version of an instrument; a shipped one is published when the organisation has none.
pub fn newest_or_shipped(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    key: &str,
) -> Result<Published> {
    if let Some(source) = shipped_source(key) {
        publish_shipped(services, connection, scope, source)?;
    }
    match instruments::newest(connection, scope, key)? {
        Some(version) => Ok(Published { key: key.to_owned(), version }),
        None => Err(super::invalid(
            "/instrument",
            "unknown_value",
            format!("\"{key}\" is neither published nor shipped; shipped are {}", shipped_keys()),
        )),
    }
}

/// A shipped version that the organisation has under the same number with other content keeps the organisation's.
fn publish_shipped(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    source: &str,
) -> Result<()> {
    match publish_instrument(services, connection, scope, source) {
        Ok(_) | Err(Error::Conflict(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

fn shipped_keys() -> String {
    let mut keys: Vec<&str> = survey_forms::instrument::shipped().iter().map(|one| one.key).collect();
    // Versions of one stand next to each other.
    keys.dedup();
    keys.join(", ")
}

fn as_fields(problems: &Problems) -> Vec<FieldProblem> {
    problems
        .0
        .iter()
        .map(|one| FieldProblem {
            pointer: format!("/{}", one.key.replace('.', "/")),
            code: "instrument".to_owned(),
            message: format!("line {}: {}", one.line, one.message),
        })
        .collect()
}
