//! The only maker of [`OrgScope`]: who may touch one organisation's rows, and as what.
//!
//! Every function of the store that touches an organisation's rows takes a scope first, so a
//! handler that forgets to authenticate does not compile.

use data_encoding::BASE32_NOPAD;
use diesel::prelude::*;
use sha2::{Digest, Sha256};

use super::connection::AnyConnection;
use super::error::{Error, Result, unreadable};
use super::invitations::{self, Invitation};
use super::open_links::{self, OpenLink};
use super::schema::{api_key, organisation};
use super::shop_hooks::{self, ShopHook};
use super::{orders, organisations, slips};
use crate::domain::organisation::is_slug;
use crate::domain::{Grant, HookKind, Id, OrgId, Role, SurveyState};

/// Proof that somebody was let in to one organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrgScope {
    org_id: OrgId,
    actor: Actor,
}

/// Who was let in.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Actor {
    Key { key_id: String, role: Role, grants: Vec<Grant>, test: bool },
    Member { member_id: Id, role: Role, grants: Vec<Grant> },
    Link,
    Operator,
    Job,
    Hook { test: bool },
}

impl OrgScope {
    /// The organisation.
    pub const fn org_id(&self) -> OrgId {
        self.org_id
    }

    pub(super) const fn org(&self) -> i32 {
        self.org_id.0
    }

    /// The member who is signed in; none for everybody else.
    pub const fn member_id(&self) -> Option<Id> {
        match &self.actor {
            Actor::Member { member_id, .. } => Some(*member_id),
            _ => None,
        }
    }

    /// The role of a key or a member; the operator at the command line is an owner; links and jobs have none.
    pub const fn role(&self) -> Option<Role> {
        match &self.actor {
            Actor::Key { role, .. } | Actor::Member { role, .. } => Some(*role),
            Actor::Operator => Some(Role::Owner),
            Actor::Link | Actor::Job | Actor::Hook { .. } => None,
        }
    }

    /// Whether live figures and single answers may be seen: owners, and others by a grant.
    pub fn may_see_rows(&self) -> bool {
        match &self.actor {
            Actor::Key { role, grants, .. } | Actor::Member { role, grants, .. } => {
                *role == Role::Owner || grants.contains(&Grant::Rows)
            }
            Actor::Operator => true,
            Actor::Link | Actor::Job | Actor::Hook { .. } => false,
        }
    }

    /// Whether a test key was shown: its orders never mail a real person and never count.
    pub const fn is_test(&self) -> bool {
        matches!(&self.actor, Actor::Key { test: true, .. } | Actor::Hook { test: true })
    }

    /// The same organisation, for an order that a shop has marked as a trial: it reaches nobody and counts nowhere.
    #[must_use]
    pub const fn trying_out(&self) -> Self {
        Self { org_id: self.org_id, actor: Actor::Hook { test: true } }
    }

    /// The id of the key that was shown; empty for others.
    pub fn key_id(&self) -> &str {
        match &self.actor {
            Actor::Key { key_id, .. } => key_id,
            _ => "",
        }
    }
}

/// An API key taken apart: `laatu_<route>_<key id>_<secret><check sum>`.
struct PresentedKey<'a> {
    route: &'a str,
    key_id: &'a str,
    secret: &'a str,
}

impl<'a> PresentedKey<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.strip_prefix("laatu_")?.split('_');
        let (route, key_id, tail) = (parts.next()?, parts.next()?, parts.next()?);
        let at = tail.len().checked_sub(8)?;
        if parts.next().is_some() || !text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            return None;
        }
        let (secret, sum) = tail.split_at(at);
        (sum == check_sum(route, key_id, secret)).then_some(Self { route, key_id, secret })
    }
}

fn check_sum(route: &str, key_id: &str, secret: &str) -> String {
    format!("{:08x}", crc32fast::hash(format!("{route}_{key_id}_{secret}").as_bytes()))
}

/// Writes a key as its owner gets to see it, once.
pub fn key_text(route: &str, key_id: &str, secret: &str) -> String {
    format!("laatu_{route}_{key_id}_{secret}{}", check_sum(route, key_id, secret))
}

/// What the database keeps of a secret.
pub fn secret_hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// Role, grants, test, hash of the secret, revoked at.
type KeyColumns = (i16, String, bool, Vec<u8>, Option<i64>);

/// The scope of an API key; none when it is unknown, revoked or malformed.
pub fn by_key(connection: &mut AnyConnection, text: &str) -> Result<Option<OrgScope>> {
    let Some(presented) = PresentedKey::parse(text) else { return Ok(None) };
    let Some(org) = org_of_route(connection, presented.route)? else { return Ok(None) };
    let row: Option<KeyColumns> = api_key::table
        .filter(api_key::org_id.eq(org))
        .filter(api_key::key_id.eq(presented.key_id))
        .select((api_key::role, api_key::grants, api_key::test, api_key::secret_hash, api_key::revoked_at))
        .get_result(connection)
        .optional()?;
    let Some((role, grants, test, hash, revoked_at)) = row else { return Ok(None) };
    // Both sides are hashes, so the time of the comparison tells nothing about the secret.
    if revoked_at.is_some() || hash != secret_hash(presented.secret) {
        return Ok(None);
    }
    let role = Role::from_code(role).ok_or_else(|| unreadable("role"))?;
    let grants = read_grants(&grants);
    let actor = Actor::Key { key_id: presented.key_id.to_owned(), role, grants, test };
    Ok(Some(OrgScope { org_id: OrgId(org), actor }))
}

/// What a mailed link opens.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Whose link it is.
    pub scope: OrgScope,
    /// The invitation behind it.
    pub invitation: Invitation,
    /// The number of the order it asks about.
    pub order_number: String,
    /// The revision of the organisation's settings.
    pub settings: i32,
}

impl Opened {
    /// What the link of an invitation opens, for a job that ends it.
    pub fn by_job(connection: &mut AnyConnection, scope: &OrgScope, invitation: Invitation) -> Result<Self> {
        Ok(Self {
            order_number: orders::number(connection, scope, invitation.order_id)?,
            settings: organisations::revision(connection, scope)?,
            scope: scope.clone(),
            invitation,
        })
    }
}

/// What a mailed link `<route>.<secret>` opens; none when it opens nothing. One query: each page begins with it.
pub fn by_link(connection: &mut AnyConnection, token: &str) -> Result<Option<Opened>> {
    let Some((route, secret)) = token.split_once('.') else { return Ok(None) };
    if !is_base32(route, ROUTE_LETTERS) || !is_base32(secret, SECRET_LETTERS) {
        return Ok(None);
    }
    let found = invitations::by_token(connection, route, &secret_hash(secret))?;
    Ok(found.map(|(org_id, invitation, order_number, settings)| Opened {
        scope: OrgScope { org_id, actor: Actor::Link },
        invitation,
        order_number,
        settings,
    }))
}

/// What a link `<route>.<id of the invitation><secret>` opens, whose secret stands in no table; none when it opens
/// nothing.
///
/// `secret_of` makes the secret of an invitation again from its link key, for the one purpose of this way in; none when
/// that key is gone. So the link of another purpose opens nothing here, and a new purpose needs no column.
pub fn by_named_link(
    connection: &mut AnyConnection,
    token: &str,
    secret_of: impl Fn(&str, Id) -> Option<String>,
) -> Result<Option<Opened>> {
    let Some((route, named)) = token.split_once('.') else { return Ok(None) };
    if !is_base32(route, ROUTE_LETTERS) || !is_base32(named, ID_LETTERS + SECRET_LETTERS) {
        return Ok(None);
    }
    let (id, secret) = named.split_at(ID_LETTERS);
    let Some(id) = read_id(id) else { return Ok(None) };
    let Some((org_id, invitation, order_number, settings)) = invitations::by_route(connection, route, id)?
    else {
        return Ok(None);
    };
    // Both sides are hashes, so the time of the comparison tells nothing about the secret.
    let is_right = secret_of(&invitation.link_key_id, id)
        .is_some_and(|right| secret_hash(&right) == secret_hash(secret));
    let scope = OrgScope { org_id, actor: Actor::Link };
    Ok(is_right.then_some(Opened { scope, invitation, order_number, settings }))
}

/// The mail to which a return address belongs, by the parts of its mark; none when `is_right` refuses the check that
/// stands in it.
pub fn by_return_mark(
    connection: &mut AnyConnection,
    route: &str,
    id: &str,
    is_right: impl Fn(&str, Id) -> bool,
) -> Result<Option<Opened>> {
    if !is_base32(route, ROUTE_LETTERS) || !is_base32(id, ID_LETTERS) {
        return Ok(None);
    }
    let Some(id) = read_id(id) else { return Ok(None) };
    let found = invitations::by_route(connection, route, id)?;
    let found = found.filter(|(_, invitation, ..)| is_right(&invitation.link_key_id, id));
    Ok(found.map(|(org_id, invitation, order_number, settings)| Opened {
        scope: OrgScope { org_id, actor: Actor::Link },
        invitation,
        order_number,
        settings,
    }))
}

/// Writes a link that [`by_named_link`] reads.
pub fn named_link(route: &str, id: Id, secret: &str) -> String {
    format!("{route}.{}{secret}", BASE32_NOPAD.encode(id.bytes()).to_lowercase())
}

/// The id that stands in a link; none when it is not written as we write it.
fn read_id(text: &str) -> Option<Id> {
    Id::from_bytes(&BASE32_NOPAD.decode(text.to_uppercase().as_bytes()).ok()?)
}

/// What an open link opens.
#[derive(Clone, Debug)]
pub struct OpenedLink {
    /// Whose link it is.
    pub scope: OrgScope,
    /// The link.
    pub link: OpenLink,
    /// Whether its survey asks now.
    pub survey: SurveyState,
    /// The revision of the organisation's settings.
    pub settings: i32,
}

/// What an open link `<route>.<secret>` opens; none when it opens nothing.
pub fn by_open_link(connection: &mut AnyConnection, token: &str) -> Result<Option<OpenedLink>> {
    let Some((route, secret)) = token.split_once('.') else { return Ok(None) };
    if !is_base32(route, ROUTE_LETTERS) || !is_base32(secret, OPEN_SECRET_LETTERS) {
        return Ok(None);
    }
    let found = open_links::by_token(connection, route, &secret_hash(secret))?;
    Ok(found.map(|(org_id, link, survey, settings)| OpenedLink {
        scope: OrgScope { org_id, actor: Actor::Link },
        link,
        survey,
        settings,
    }))
}

/// What the code of a printed slip opens, by its hash; none when it opens nothing.
pub fn by_slip(connection: &mut AnyConnection, route: &str, code_hash: &[u8]) -> Result<Option<Opened>> {
    let Some(org) = org_of_route(connection, route)? else { return Ok(None) };
    let Some(id) = slips::invitation(connection, org, code_hash)? else { return Ok(None) };
    let found = invitations::by_route(connection, route, id)?;
    Ok(found.map(|(org_id, invitation, order_number, settings)| Opened {
        scope: OrgScope { org_id, actor: Actor::Link },
        invitation,
        order_number,
        settings,
    }))
}

/// The hook of a shop behind an address `<route>.<id>`, and its organisation; none when there is none, or it is disabled.
///
/// The address alone allows nothing: the caller checks the signature of what was sent before anything is done.
pub fn by_hook(
    connection: &mut AnyConnection,
    address: &str,
    kind: HookKind,
) -> Result<Option<(OrgScope, ShopHook)>> {
    let Some((route, id)) = address.split_once('.') else { return Ok(None) };
    if !is_base32(route, ROUTE_LETTERS) || !is_base32(id, ID_LETTERS) {
        return Ok(None);
    }
    let Some(id) = read_id(id) else { return Ok(None) };
    let Some(org) = org_of_route(connection, route)? else { return Ok(None) };
    let scope = OrgScope { org_id: OrgId(org), actor: Actor::Hook { test: false } };
    let Some(hook) = shop_hooks::find(connection, &scope, id)? else { return Ok(None) };
    if hook.kind != kind || hook.disabled_at.is_some() {
        return Ok(None);
    }
    let scope = OrgScope { actor: Actor::Hook { test: hook.test }, ..scope };
    Ok(Some((scope, hook)))
}

/// Writes an address that [`by_hook`] reads.
pub fn hook_address(route: &str, id: Id) -> String {
    format!("{route}.{}", BASE32_NOPAD.encode(id.bytes()).to_lowercase())
}

/// The scope of who looks at a preview: the caller has checked that we signed the address with this route.
pub fn by_signed_route(connection: &mut AnyConnection, route: &str) -> Result<Option<OrgScope>> {
    if !is_base32(route, ROUTE_LETTERS) {
        return Ok(None);
    }
    let org = org_of_route(connection, route)?;
    Ok(org.map(|org| OrgScope { org_id: OrgId(org), actor: Actor::Link }))
}

/// The scope of whoever looks at the public score of an organisation, by its short name; none where it shows none.
pub fn by_public_score(connection: &mut AnyConnection, slug: &str) -> Result<Option<OrgScope>> {
    if !is_slug(slug) {
        return Ok(None);
    }
    let org: Option<i32> = organisation::table
        .filter(organisation::slug.eq(slug))
        .filter(organisation::public_survey_id.ne(0))
        .select(organisation::org_id)
        .get_result(connection)
        .optional()?;
    Ok(org.map(|org| OrgScope { org_id: OrgId(org), actor: Actor::Link }))
}

/// The scope of the operator who runs a command on the machine itself.
pub fn operator(connection: &mut AnyConnection, slug: &str) -> Result<OrgScope> {
    let org: Option<i32> = organisation::table
        .filter(organisation::slug.eq(slug))
        .select(organisation::org_id)
        .get_result(connection)
        .optional()?;
    match org {
        Some(org) => Ok(OrgScope { org_id: OrgId(org), actor: Actor::Operator }),
        None => Err(Error::Conflict(format!("there is no organisation \"{slug}\""))),
    }
}

/// The same by the organisation's public route; none when there is no such organisation.
pub fn operator_of_route(connection: &mut AnyConnection, route: &str) -> Result<Option<OrgScope>> {
    let org = org_of_route(connection, route)?;
    Ok(org.map(|org| OrgScope { org_id: OrgId(org), actor: Actor::Operator }))
}

/// The scope of a member whose session or one-time link was found by its hash.
pub(super) fn of_member(org: i32, member_id: Id, rights: (Role, Vec<Grant>)) -> OrgScope {
    let (role, grants) = rights;
    OrgScope { org_id: OrgId(org), actor: Actor::Member { member_id, role, grants } }
}

/// The scope of whoever stops mailed figures by the link in one of them: its hash was found among the organisation's.
pub(super) fn of_report_link(org: i32) -> OrgScope {
    OrgScope { org_id: OrgId(org), actor: Actor::Link }
}

/// The scope of a job that was written by a scoped action before, and of work on rows that are derived from such.
pub(super) fn of_job(org: i32) -> OrgScope {
    OrgScope { org_id: OrgId(org), actor: Actor::Job }
}

/// Letters of an organisation's route.
pub(super) const ROUTE_LETTERS: usize = 10;
/// Letters of an id in a link: 128 bits.
const ID_LETTERS: usize = 26;
/// Letters of a link's secret: 160 bits.
pub(super) const SECRET_LETTERS: usize = 32;
/// Letters of an open link's secret: 60 bits, short enough to be typed from a slip. It guards nobody's answers.
pub const OPEN_SECRET_LETTERS: usize = 12;

/// Whether a text can be what we made: anything else never reaches the database.
pub(super) fn is_base32(text: &str, letters: usize) -> bool {
    text.len() == letters && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'))
}

pub(super) fn org_of_route(connection: &mut AnyConnection, route: &str) -> Result<Option<i32>> {
    Ok(organisation::table
        .filter(organisation::route.eq(route))
        .select(organisation::org_id)
        .get_result(connection)
        .optional()?)
}

pub(super) fn read_grants(words: &str) -> Vec<Grant> {
    words.split(' ').filter_map(Grant::from_word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_stands_in_a_link_in_one_way_only() {
        let id = Id::of_hash(&[0x5a; 32]);
        let link = named_link("abcdefghij", id, "s");
        let (written, _) = link.split_once('.').unwrap().1.split_at(ID_LETTERS);
        assert_eq!(read_id(written), Some(id));
        // The last letter holds three bits of the id; with others it would be another spelling of the same.
        let spellings = b"abcdefghijklmnopqrstuvwxyz234567".iter();
        let others = spellings.map(|last| format!("{}{}", &written[..ID_LETTERS - 1], char::from(*last)));
        assert_eq!(others.filter(|other| read_id(other) == Some(id)).count(), 1);
    }

    #[test]
    fn a_key_with_one_letter_changed_is_no_key() {
        let text = key_text("abcdefghij", "k3x9qa", "s3cr3t");
        assert!(PresentedKey::parse(&text).is_some());
        assert!(PresentedKey::parse(&text.replace("s3cr3t", "s3cr3u")).is_none());
        for bad in ["", "laatu_", "laatu_a_b", "laatu_a_b_c", "laatu_a_b_ääää", "other_a_b_cccccccccc"] {
            assert!(PresentedKey::parse(bad).is_none(), "{bad}");
        }
    }
}
