//! Signing in: passwords, sessions, and the one-time links by which a password is set (ADR 29).

pub mod invite;
pub mod password;
pub mod rule;
pub mod second_step;
pub mod session;
pub mod slow_down;
mod totp;

use tokio::sync::Semaphore;

use super::{Error, Result, Services};
use crate::clock::Chance;
use crate::domain::order::is_mail_address;
use crate::store::members::{self, Known};
use crate::store::second_steps;

use slow_down::SlowDown;

/// How many passwords are hashed at a time: each takes 19 MiB and a core.
const AT_ONCE: usize = 2;

/// What signing in shares within a process.
#[derive(Debug)]
pub struct SignIn {
    /// Whoever hashes a password holds one of these.
    pub turns: Semaphore,
    /// Who tried how often.
    pub tries: SlowDown,
}

impl Default for SignIn {
    fn default() -> Self {
        Self { turns: Semaphore::new(AT_ONCE), tries: SlowDown::default() }
    }
}

/// What somebody who wants in has written.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Their address, as typed.
    pub email: String,
    /// Their password.
    pub password: String,
    /// Short name of the organisation, where they were asked which.
    pub organisation: Option<String>,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The cookie's value of a new session.
    In(String),
    /// The password is right, and a code is asked for: what the second page sends along with it.
    Code(String),
    /// The password is right in several organisations: short name and name of each.
    Which(Vec<(String, String)>),
    /// Address or password are wrong; which of them is not told.
    Wrong,
}

/// An address as it is kept: without blanks around it, in lower case.
pub fn plain_address(text: &str) -> String {
    text.trim().to_lowercase()
}

/// Checks a password and begins a session. Hashes exactly once, whether anybody has the address or not; the caller holds
/// a turn and has counted the try.
pub fn sign_in(services: &Services, attempt: &Attempt) -> Result<Outcome> {
    let email = plain_address(&attempt.email);
    let mut found = services.store.read(|connection| members::everywhere(connection, &email))?;
    if let Some(slug) = &attempt.organisation {
        found.retain(|one| one.slug == *slug);
    }
    let salt = password::salt_of(found.first().map(|one| one.member.password.as_str()), &NoChance);
    let tried = if attempt.password.len() > password::MOST_BYTES { "" } else { &attempt.password };
    let hash = password::hash(tried, &salt)?;
    let right: Vec<Known> =
        found.into_iter().filter(|one| password::is_same(&one.member.password, &hash)).collect();
    match right.as_slice() {
        [] => Ok(Outcome::Wrong),
        [one] if second_step::is_asked(services, one)? => {
            second_step::ticket(services, one).map(Outcome::Code)
        }
        [one] => {
            services.sign_in.tries.welcome(&email);
            Ok(Outcome::In(session::begin(services, one)?))
        }
        several => Ok(Outcome::Which(
            several.iter().map(|one| (one.slug.clone(), one.organisation.clone())).collect(),
        )),
    }
}

/// The salt for nobody's password: any will do.
struct NoChance;

impl Chance for NoChance {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(7);
    }
}

/// Whose password a one-time link sets; none when it opens nothing, or nothing any more.
pub fn look_up_link(services: &Services, token: &str) -> Result<Option<Known>> {
    let now = services.now();
    Ok(services.store.read(|connection| members::by_link(connection, token, now))?)
}

/// Sets the password of whoever holds a one-time link, and signs them in; the link opens nothing afterwards.
///
/// Ends all their other sessions, and a second step with them: the link is the way in for whoever has lost the phone and
/// the recovery codes, too. The caller holds a turn.
pub fn set_up(services: &Services, token: &str, new: &str) -> Result<String> {
    if let Some(words) = password::objection(new) {
        return Err(super::invalid("/password", "password", words));
    }
    let known = look_up_link(services, token)?.ok_or(Error::NotFound("link"))?;
    let elsewhere = services.store.read(|connection| members::everywhere(connection, &known.member.email))?;
    let salt = password::salt_of(
        elsewhere.first().map(|one| one.member.password.as_str()),
        services.chance.as_ref(),
    );
    let hash = password::hash(new, &salt)?;
    let now = services.now();
    let is_set = services.store.write(|connection| {
        // Looked up once more: of two who come at once by the same link, one is late.
        let Some(known) = members::by_link(connection, token, now)? else { return Ok(false) };
        members::set_password(connection, &known.scope, known.member.id, &hash)?;
        second_steps::delete(connection, &known.scope, known.member.id)?;
        Ok(true)
    })?;
    if !is_set {
        return Err(Error::NotFound("link"));
    }
    session::begin(services, &known)
}

/// What is wrong with a new user's address or name, in words with the field.
fn objections(email: &str, name: &str) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    if !is_mail_address(email) {
        found.push(("email", format!("\"{email}\" is not a mail address")));
    }
    let letters = name.chars().count();
    if letters == 0 || letters > 80 || name.chars().any(crate::domain::reader::is_unsafe) {
        found.push(("name", "1 to 80 characters without line breaks are needed".to_owned()));
    }
    found
}
