//! Enters a user, and makes the one-time link by which they set a password; also for one who has forgotten it.

use super::{objections, plain_address, session};
use crate::clock::Chance;
use crate::domain::reader::FieldProblem;
use crate::domain::{Grant, Role};
use crate::service::once::in_transaction;
use crate::service::{Error, Result, Services, report_mails};
use crate::store::members::{self, Member};
use crate::store::{OrgScope, organisations, second_steps};

/// Hours for which a one-time link opens.
pub const LINK_HOURS: i64 = 48;

/// What is said of a new user.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// Their address; in lower case it is once in an organisation.
    pub email: String,
    /// What colleagues call them.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// Rights beside the role.
    pub grants: Vec<Grant>,
}

/// Enters a user and gives the path of their one-time link, `/setup/…`.
pub fn create_user(
    services: &Services,
    chance: &dyn Chance,
    scope: &OrgScope,
    new: &NewUser,
) -> Result<String> {
    let (email, name) = (plain_address(&new.email), new.name.trim().to_owned());
    let problems: Vec<FieldProblem> = objections(&email, &name)
        .into_iter()
        .map(|(field, message)| FieldProblem {
            pointer: format!("/{field}"),
            code: "invalid".to_owned(),
            message,
        })
        .collect();
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let member = Member {
        id: services.new_id(),
        email,
        name,
        role: new.role,
        grants: new.grants.clone(),
        password: String::new(),
        created_at: services.now(),
        disabled_at: None,
    };
    services.store.write(|connection| members::insert(connection, scope, &member))?;
    make_link(services, chance, scope, &member)
}

/// Makes a new one-time link for a user who is there already; earlier ones open nothing any more.
pub fn renew_link(services: &Services, chance: &dyn Chance, scope: &OrgScope, email: &str) -> Result<String> {
    let member = find(services, scope, email)?;
    if member.disabled_at.is_some() {
        return Err(Error::Conflict(format!("{} was removed and cannot sign in", member.email)));
    }
    make_link(services, chance, scope, &member)
}

/// Lets nobody sign in as a user any more; their sessions end at once, and so does what is mailed to them.
pub fn remove_user(services: &Services, scope: &OrgScope, email: &str) -> Result<()> {
    let member = find(services, scope, email)?;
    let now = services.now();
    in_transaction(services, |connection| {
        second_steps::delete(connection, scope, member.id)?;
        members::disable(connection, scope, member.id, now)?;
        report_mails::end_of_member(services, connection, scope, member.id)
    })
}

fn find(services: &Services, scope: &OrgScope, email: &str) -> Result<Member> {
    let email = plain_address(email);
    let found = services.store.read(|connection| members::by_email(connection, scope, &email))?;
    found.ok_or_else(|| Error::Conflict(format!("{email} is not a user of this organisation")))
}

fn make_link(services: &Services, chance: &dyn Chance, scope: &OrgScope, member: &Member) -> Result<String> {
    let secret = session::secret(chance);
    let now = services.now();
    let times = (now, now.plus_seconds(LINK_HOURS * 3600));
    let route = services.store.write(|connection| {
        members::insert_link(connection, scope, member.id, &secret, times)?;
        Ok(organisations::get(connection, scope)?.route)
    })?;
    Ok(format!("/setup/{route}.{secret}"))
}
