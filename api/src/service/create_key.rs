//! Makes an API key; its text is shown once and only its hash is kept.

use data_encoding::BASE32_NOPAD;

use super::{Result, Services};
use crate::store::api_keys::{KeyRights, insert_key};
use crate::store::authority::key_text;
use crate::store::{OrgScope, organisations};

/// Makes a key with these rights and gives its text.
pub fn create_key(services: &Services, scope: &OrgScope, rights: &KeyRights) -> Result<String> {
    let mut bytes = [0u8; 36];
    services.chance.fill(&mut bytes);
    let text = BASE32_NOPAD.encode(&bytes).to_lowercase();
    let (key_id, secret) = text.split_at(6);
    let route = services.store.write(|connection| {
        insert_key(connection, scope, key_id, secret, rights, services.now())?;
        Ok(organisations::get(connection, scope)?.route)
    })?;
    Ok(key_text(&route, key_id, secret))
}
