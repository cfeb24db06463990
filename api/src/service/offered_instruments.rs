//! The instruments that a survey can be made of: the shipped ones, and those that the organisation published.

use survey_forms::instrument::{Instrument, shipped, shipped_source};
use survey_forms::language::Language;

use super::instrument_version::is_imported;
use super::{Result, Services};
use crate::store::{AnyConnection, OrgScope, instruments};

/// Shipped instruments with this beginning are attached to others and make no survey of their own, but for one.
const MODULE: &str = "channel-";
/// Speaks of a visit, and is what an open survey at a counter asks.
const OF_A_VISIT: &str = "channel-in-person";

/// Whether an instrument makes a survey of its own.
fn is_whole(key: &str) -> bool {
    !key.starts_with(MODULE) || key == OF_A_VISIT
}

/// An instrument that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// Its key.
    pub key: String,
    /// Its name, in English where it has one.
    pub name: String,
}

/// Every instrument that can be chosen, shipped ones first, each once.
pub fn offered_instruments(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
) -> Result<Vec<Offered>> {
    let mut found: Vec<Offered> = Vec::new();
    for one in shipped().iter().filter(|one| is_whole(one.key)) {
        if found.iter().any(|known| known.key == one.key) {
            continue;
        }
        if let Some(instrument) = shipped_source(one.key).and_then(|source| Instrument::parse(source).ok()) {
            found.push(offered(one.key, &instrument));
        }
    }
    for (key, version) in instruments::newest_of_all(connection, scope)? {
        if is_imported(&key) || !is_whole(&key) || found.iter().any(|known| known.key == key) {
            continue;
        }
        let instrument = services.instrument(connection, scope, &key, version)?;
        found.push(offered(&key, &instrument));
    }
    Ok(found)
}

fn offered(key: &str, instrument: &Instrument) -> Offered {
    Offered { key: key.to_owned(), name: instrument.name(Language::ENGLISH).to_owned() }
}
