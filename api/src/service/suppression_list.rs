//! The suppression list as its organisation works with it: looked up, added to, taken from, brought in and taken out.
//!
//! Addresses come in and are not kept: the list holds keyed hashes, which mean something to this installation only.

use std::collections::BTreeSet;

use data_encoding::HEXLOWER_PERMISSIVE;
use serde::Serialize;

use super::once::in_transaction;
use super::plan_facts::{address_hash, test_address_hash};
use super::suppress::{put_on_list, replan_address, replan_customer};
use super::{Result, Services, invalid};
use crate::domain::carriers::phone_number;
use crate::domain::order::is_mail_address;
use crate::domain::{Id, SuppressionCause};
use crate::store::suppressions::{self, Suppression};
use crate::store::{AnyConnection, OrgScope, customers};

/// Bytes of a hash.
const HASH: usize = 32;
/// How many customers are planned again, or lines taken, in one transaction.
const TOGETHER: usize = 200;

/// One address that is not mailed.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ShownSuppression {
    /// Keyed hash of the address, 64 hexadecimal digits.
    pub address_hash: String,
    /// unsubscribed, bounced, complained or imported.
    #[schema(example = "unsubscribed")]
    pub cause: &'static str,
    /// Since when.
    pub suppressed_at: String,
}

impl From<Suppression> for ShownSuppression {
    fn from(one: Suppression) -> Self {
        Self {
            address_hash: HEXLOWER_PERMISSIVE.encode(&one.address_hash),
            cause: one.cause.word(),
            suppressed_at: one.at.rfc3339(),
        }
    }
}

/// A page of the list.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SuppressionList {
    /// In the order of their hashes.
    pub suppressions: Vec<ShownSuppression>,
    /// Cursor of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// How things stand with one address.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AddressState {
    /// Keyed hash of the address, 64 hexadecimal digits.
    pub address_hash: String,
    /// Whether it is not mailed.
    pub suppressed: bool,
    /// Why.
    pub cause: Option<&'static str>,
    /// Since when.
    pub suppressed_at: Option<String>,
}

/// What one line of a list came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// It is on the list now.
    Added,
    /// It was on it before.
    There,
    /// Neither an address nor a hash.
    Unreadable,
    /// Nothing, a remark or a heading.
    Nothing,
}

/// What the list knows an address by; what a test key brings is kept apart.
fn hash_in(services: &Services, scope: &OrgScope, email: &str) -> Vec<u8> {
    if scope.is_test() { test_address_hash(services, email) } else { address_hash(services, email) }
}

/// Reads a mail address, or a telephone number into its international form; none when it is neither.
pub fn read_address(text: &str) -> Option<String> {
    if is_mail_address(text) { Some(text.to_owned()) } else { phone_number(text) }
}

/// Reads a hash as lists show it; none when it is no such.
pub fn read_hash(text: &str) -> Option<Vec<u8>> {
    HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok().filter(|hash| hash.len() == HASH)
}

/// A page of the list, after a cursor.
pub fn list(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    cursor: Option<&str>,
    limit: i64,
) -> Result<SuppressionList> {
    let after = match cursor {
        None => Vec::new(),
        Some(text) => {
            read_hash(text).ok_or_else(|| invalid("?cursor", "invalid", "is not a cursor of this list"))?
        }
    };
    let found = suppressions::list(connection, scope, &after, limit)?;
    let is_full = i64::try_from(found.len()).unwrap_or(0) == limit;
    let shown: Vec<ShownSuppression> = found.into_iter().map(ShownSuppression::from).collect();
    let next = shown.last().filter(|_| is_full).map(|last| last.address_hash.clone());
    Ok(SuppressionList { suppressions: shown, next })
}

/// How things stand with an address.
pub fn look_up(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    email: &str,
) -> Result<AddressState> {
    let hash = hash_in(services, scope, email);
    let found = suppressions::find(connection, scope, &hash)?;
    Ok(AddressState {
        address_hash: HEXLOWER_PERMISSIVE.encode(&hash),
        suppressed: found.is_some(),
        cause: found.as_ref().map(|one| one.cause.word()),
        suppressed_at: found.map(|one| one.at.rfc3339()),
    })
}

/// Puts an address on the list; how things stand then, and whether it is new there.
pub fn add(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    email: &str,
    cause: SuppressionCause,
) -> Result<(AddressState, bool)> {
    let added = put_on_list(services, connection, scope, hash_in(services, scope, email), cause)?;
    replan_address(services, connection, scope, email)?;
    Ok((look_up(services, connection, scope, email)?, added))
}

/// Takes an address off the list, by its hash, and plans the mails to whoever has it again; false when it was not on it.
pub fn remove(services: &Services, scope: &OrgScope, hash: &[u8]) -> Result<bool> {
    let removed = in_transaction(services, |connection| Ok(suppressions::remove(connection, scope, hash)?))?;
    if removed {
        replan_owners(services, scope, &BTreeSet::from([hash.to_vec()]))?;
    }
    Ok(removed)
}

/// The same by the address itself.
pub fn remove_address(services: &Services, scope: &OrgScope, email: &str) -> Result<bool> {
    remove(services, scope, &hash_in(services, scope, email))
}

/// Brings a list in, one address or hash a line, or what [`export`] wrote; what came of each line.
pub fn import(services: &Services, scope: &OrgScope, text: &str) -> Result<Vec<Line>> {
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    let (mut outcomes, mut added) = (Vec::new(), BTreeSet::new());
    for some in lines.chunks(TOGETHER) {
        let taken = in_transaction(services, |connection| {
            some.iter().map(|line| import_line(services, connection, scope, line)).collect::<Result<Vec<_>>>()
        })?;
        for (line, hash) in taken {
            added.extend(hash.filter(|_| line == Line::Added));
            outcomes.push(line);
        }
    }
    if !added.is_empty() {
        replan_owners(services, scope, &added)?;
    }
    Ok(outcomes)
}

fn import_line(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    line: &str,
) -> Result<(Line, Option<Vec<u8>>)> {
    let mut fields = line.split(',').map(|field| field.trim().trim_matches('"'));
    let first = fields.next().unwrap_or_default();
    if first.is_empty() || first.starts_with('#') || first == HEADING[0] {
        return Ok((Line::Nothing, None));
    }
    let hash = read_hash(first).or_else(|| Some(hash_in(services, scope, &read_address(first)?)));
    let Some(hash) = hash else { return Ok((Line::Unreadable, None)) };
    let cause = fields.next().and_then(SuppressionCause::from_word).unwrap_or(SuppressionCause::Imported);
    let added = put_on_list(services, connection, scope, hash.clone(), cause)?;
    Ok((if added { Line::Added } else { Line::There }, Some(hash)))
}

/// The columns of an exported list.
pub const HEADING: [&str; 3] = ["address_hash", "cause", "suppressed_at"];

/// The whole list as CSV, which the same installation takes back.
pub fn export(connection: &mut AnyConnection, scope: &OrgScope) -> Result<String> {
    let mut text = format!("{}\n", HEADING.join(","));
    let mut after = Vec::new();
    loop {
        let some = suppressions::list(connection, scope, &after, 1000)?;
        let Some(last) = some.last() else { return Ok(text) };
        after.clone_from(&last.address_hash);
        for one in some.into_iter().map(ShownSuppression::from) {
            text.push_str(&[one.address_hash.as_str(), one.cause, one.suppressed_at.as_str()].join(","));
            text.push('\n');
        }
    }
}

/// Plans the mails to all customers again whose addresses have these hashes.
fn replan_owners(services: &Services, scope: &OrgScope, hashes: &BTreeSet<Vec<u8>>) -> Result<()> {
    let owners: Vec<Id> = super::once::in_read(services, |connection| {
        Ok(customers::by_contact(connection, scope, |one| {
            let is_meant = |address: &str| {
                hashes.contains(&address_hash(services, address))
                    || hashes.contains(&test_address_hash(services, address))
            };
            (!one.email.is_empty() && is_meant(one.email))
                || phone_number(one.phone).is_some_and(|number| is_meant(&number))
        })?)
    })?;
    for some in owners.chunks(TOGETHER) {
        in_transaction(services, |connection| {
            some.iter().try_for_each(|id| replan_customer(services, connection, scope, *id))
        })?;
    }
    Ok(())
}
