//! Members: the people of an organisation who sign in, and the one-time links by which they set a password.
//!
//! Sessions are in `sessions`. Passwords are stored as hashes that `service::sign_in` makes; nothing here compares one.

use diesel::prelude::*;

use super::authority::{
    OrgScope, ROUTE_LETTERS, SECRET_LETTERS, is_base32, of_member, org_of_route, read_grants, secret_hash,
};
use super::connection::AnyConnection;
use super::error::{Error, Result, unreadable};
use super::schema::{member, member_session, organisation, setup_link};
use crate::domain::{Grant, Id, Micros, Role};

/// A person who signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Their id.
    pub id: Id,
    /// Their address, in lower case; once in an organisation.
    pub email: String,
    /// What colleagues call them.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// Rights beside the role.
    pub grants: Vec<Grant>,
    /// The hash of their password; empty until it is set.
    pub password: String,
    /// When they were entered.
    pub created_at: Micros,
    /// From when on nobody signs in as them.
    pub disabled_at: Option<Micros>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = member)]
pub(super) struct Row {
    pub(super) org_id: i32,
    member_id: Vec<u8>,
    email: String,
    name: String,
    role: i16,
    grants: String,
    password: String,
    created_at: i64,
    disabled_at: Option<i64>,
}

impl Row {
    fn write(scope: &OrgScope, one: &Member) -> Self {
        let grants: Vec<&str> = one.grants.iter().map(|grant| grant.word()).collect();
        Self {
            org_id: scope.org(),
            member_id: one.id.to_vec(),
            email: one.email.clone(),
            name: one.name.clone(),
            role: one.role.code(),
            grants: grants.join(" "),
            password: one.password.clone(),
            created_at: one.created_at.0,
            disabled_at: one.disabled_at.map(|at| at.0),
        }
    }

    pub(super) fn read(self) -> Result<Member> {
        Ok(Member {
            id: Id::from_bytes(&self.member_id).ok_or_else(|| unreadable("id"))?,
            email: self.email,
            name: self.name,
            role: Role::from_code(self.role).ok_or_else(|| unreadable("role"))?,
            grants: read_grants(&self.grants),
            password: self.password,
            created_at: Micros(self.created_at),
            disabled_at: self.disabled_at.map(Micros),
        })
    }
}

/// A member with the scope that they have when they are let in.
#[derive(Clone, Debug)]
pub struct Known {
    /// What they may touch. Only whoever has proved to be them is handed this.
    pub scope: OrgScope,
    /// The member.
    pub member: Member,
    /// The organisation's short name.
    pub slug: String,
    /// Its name.
    pub organisation: String,
    /// Its public route, which leads their secrets.
    pub route: String,
}

/// The columns of a [`Known`]: the member, then slug, name and route of the organisation.
pub(super) type KnownColumns = (Row, String, String, String);

pub(super) fn known((row, slug, organisation, route): KnownColumns) -> Result<Known> {
    let org = row.org_id;
    let member = row.read()?;
    let scope = of_member(org, member.id, (member.role, member.grants.clone()));
    Ok(Known { scope, member, slug, organisation, route })
}

/// Enters a new member; a conflict when the address is there already.
pub fn insert(connection: &mut AnyConnection, scope: &OrgScope, one: &Member) -> Result<()> {
    let taken: i64 = member::table
        .filter(member::org_id.eq(scope.org()))
        .filter(member::email.eq(&one.email))
        .count()
        .get_result(connection)?;
    if taken > 0 {
        return Err(Error::Conflict(format!("{} is a user of this organisation already", one.email)));
    }
    diesel::insert_into(member::table).values(&Row::write(scope, one)).execute(connection)?;
    Ok(())
}

/// All members of an organisation, by address.
pub fn all(connection: &mut AnyConnection, scope: &OrgScope) -> Result<Vec<Member>> {
    let rows: Vec<Row> = member::table
        .filter(member::org_id.eq(scope.org()))
        .select(Row::as_select())
        .order(member::email)
        .load(connection)?;
    rows.into_iter().map(Row::read).collect()
}

/// The member of an address.
pub fn by_email(connection: &mut AnyConnection, scope: &OrgScope, email: &str) -> Result<Option<Member>> {
    let row: Option<Row> = member::table
        .filter(member::org_id.eq(scope.org()))
        .filter(member::email.eq(email))
        .select(Row::as_select())
        .get_result(connection)
        .optional()?;
    row.map(Row::read).transpose()
}

/// How many members there are in the whole installation.
pub fn count(connection: &mut AnyConnection) -> Result<i64> {
    Ok(member::table.count().get_result(connection)?)
}

/// Most organisations in which one address is looked for when somebody signs in.
pub const MOST_ORGANISATIONS: i64 = 50;

/// Everybody who has this address, in any organisation, and may sign in; by the organisations' short names.
///
/// The caller has to see the right password before anybody is told of it or handed a scope.
pub fn everywhere(connection: &mut AnyConnection, email: &str) -> Result<Vec<Known>> {
    let rows: Vec<KnownColumns> = member::table
        .inner_join(organisation::table.on(organisation::org_id.eq(member::org_id)))
        .filter(member::email.eq(email))
        .filter(member::disabled_at.is_null())
        .filter(member::password.ne(""))
        .select((Row::as_select(), organisation::slug, organisation::name, organisation::route))
        .order(organisation::slug)
        .limit(MOST_ORGANISATIONS)
        .load(connection)?;
    rows.into_iter().map(known).collect()
}

/// The member of an organisation's public route by their id, as long as they may sign in.
///
/// The caller has to see that they passed the first step before anybody is told of it or handed a scope.
pub fn by_route(connection: &mut AnyConnection, route: &str, id: Id) -> Result<Option<Known>> {
    let row: Option<KnownColumns> = member::table
        .inner_join(organisation::table.on(organisation::org_id.eq(member::org_id)))
        .filter(organisation::route.eq(route))
        .filter(member::member_id.eq(id.to_vec()))
        .filter(member::disabled_at.is_null())
        .select((Row::as_select(), organisation::slug, organisation::name, organisation::route))
        .get_result(connection)
        .optional()?;
    row.map(known).transpose()
}

/// The member for whom a job works, with the rights that they have now; none when they may not sign in any more.
pub fn of_job(connection: &mut AnyConnection, scope: &OrgScope, id: Id) -> Result<Option<Known>> {
    let row: Option<KnownColumns> = member::table
        .inner_join(organisation::table.on(organisation::org_id.eq(member::org_id)))
        .filter(member::org_id.eq(scope.org()))
        .filter(member::member_id.eq(id.to_vec()))
        .filter(member::disabled_at.is_null())
        .select((Row::as_select(), organisation::slug, organisation::name, organisation::route))
        .get_result(connection)
        .optional()?;
    row.map(known).transpose()
}

/// Sets the hash of a member's password; ends their sessions and takes back their one-time links.
pub fn set_password(connection: &mut AnyConnection, scope: &OrgScope, id: Id, password: &str) -> Result<()> {
    let here = member::table.filter(member::org_id.eq(scope.org())).filter(member::member_id.eq(id.to_vec()));
    diesel::update(here).set(member::password.eq(password)).execute(connection)?;
    forget(connection, scope, id)
}

/// Lets nobody sign in as a member any more, from now on.
pub fn disable(connection: &mut AnyConnection, scope: &OrgScope, id: Id, now: Micros) -> Result<()> {
    let here = member::table.filter(member::org_id.eq(scope.org())).filter(member::member_id.eq(id.to_vec()));
    diesel::update(here).set(member::disabled_at.eq(now.0)).execute(connection)?;
    forget(connection, scope, id)
}

fn forget(connection: &mut AnyConnection, scope: &OrgScope, id: Id) -> Result<()> {
    let sessions = member_session::table
        .filter(member_session::org_id.eq(scope.org()))
        .filter(member_session::member_id.eq(id.to_vec()));
    diesel::delete(sessions).execute(connection)?;
    take_links_back(connection, scope, id)
}

fn take_links_back(connection: &mut AnyConnection, scope: &OrgScope, id: Id) -> Result<()> {
    let links = setup_link::table
        .filter(setup_link::org_id.eq(scope.org()))
        .filter(setup_link::member_id.eq(id.to_vec()));
    diesel::delete(links).execute(connection)?;
    Ok(())
}

/// Keeps a new one-time link of a member, by the hash of its secret; their earlier ones open nothing any more.
pub fn insert_link(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    id: Id,
    secret: &str,
    (now, expires_at): (Micros, Micros),
) -> Result<()> {
    take_links_back(connection, scope, id)?;
    diesel::insert_into(setup_link::table)
        .values((
            setup_link::org_id.eq(scope.org()),
            setup_link::token_hash.eq(secret_hash(secret)),
            setup_link::member_id.eq(id.to_vec()),
            setup_link::created_at.eq(now.0),
            setup_link::expires_at.eq(expires_at.0),
        ))
        .execute(connection)?;
    Ok(())
}

/// Whose one-time link `<route>.<secret>` this is; none when it opens nothing, or nothing any more.
pub fn by_link(connection: &mut AnyConnection, token: &str, now: Micros) -> Result<Option<Known>> {
    let Some((org, secret)) = org_and_secret(connection, token)? else { return Ok(None) };
    let row: Option<KnownColumns> = setup_link::table
        .inner_join(
            member::table
                .on(member::org_id.eq(setup_link::org_id).and(member::member_id.eq(setup_link::member_id))),
        )
        .inner_join(organisation::table.on(organisation::org_id.eq(setup_link::org_id)))
        .filter(setup_link::org_id.eq(org))
        .filter(setup_link::token_hash.eq(secret_hash(secret)))
        .filter(setup_link::expires_at.gt(now.0))
        .filter(member::disabled_at.is_null())
        .select((Row::as_select(), organisation::slug, organisation::name, organisation::route))
        .get_result(connection)
        .optional()?;
    row.map(known).transpose()
}

/// The organisation and the secret of a token `<route>.<secret>` of ours; none when it cannot be one.
pub(super) fn org_and_secret<'a>(
    connection: &mut AnyConnection,
    token: &'a str,
) -> Result<Option<(i32, &'a str)>> {
    let Some((route, secret)) = token.split_once('.') else { return Ok(None) };
    if !is_base32(route, ROUTE_LETTERS) || !is_base32(secret, SECRET_LETTERS) {
        return Ok(None);
    }
    Ok(org_of_route(connection, route)?.map(|org| (org, secret)))
}
