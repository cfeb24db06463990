//! Sessions: begun by a password, held by a cookie, ended by time, by their member, by a new password, and all but the one in
//! use by a change of the second step.

use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};

use crate::clock::Chance;
use crate::domain::{Micros, SecondStepRule};
use crate::service::{Result, Services};
use crate::store::members::Known;
use crate::store::{AnyConnection, Result as StoreResult, sessions};

/// Seconds for which a session waits for its member.
const IDLE_S: i64 = 12 * 3600;
/// Seconds for which a session lasts at most.
pub const LONGEST_S: i64 = 30 * 24 * 3600;
/// Seconds within which a session is not noted as used again.
const NOTED_S: i64 = 300;

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who, with what they may touch.
    pub known: Known,
    /// Whom their organisation asks for a second step.
    pub rule: SecondStepRule,
    /// Whether theirs was on when they came.
    pub has_second_step: bool,
    /// The value of their cookie.
    token: String,
}

impl SignedIn {
    /// Whether they have to set up a second step before they may do anything else.
    pub fn owes_second_step(&self) -> bool {
        self.rule == SecondStepRule::Everybody && !self.has_second_step
    }

    /// What each form of this session carries: whoever cannot read the cookie cannot make it.
    pub fn form_token(&self) -> String {
        form_token(&self.token)
    }

    /// Whether a form carries what it has to.
    pub fn wrote(&self, form_token: &str) -> bool {
        // Both sides are hashed once more, so that the time of the comparison tells nothing.
        let hash = |text: &str| Sha256::digest(text.as_bytes());
        hash(&self.form_token()) == hash(form_token)
    }
}

fn form_token(token: &str) -> String {
    let hash = Sha256::digest(format!("laatu form {token}").as_bytes());
    BASE32_NOPAD.encode(hash.as_slice()).to_lowercase()
}

/// A new secret of 160 bits, in letters.
pub fn secret(chance: &dyn Chance) -> String {
    let mut bytes = [0u8; 20];
    chance.fill(&mut bytes);
    BASE32_NOPAD.encode(&bytes).to_lowercase()
}

/// Begins a session; gives the value of its cookie. Sessions of the organisation that have run out are cleared away.
pub fn begin(services: &Services, known: &Known) -> Result<String> {
    let now = services.now();
    let secret = secret(services.chance.as_ref());
    services.store.write(|connection| {
        let (created, seen) = (now.plus_seconds(-LONGEST_S), now.plus_seconds(-IDLE_S));
        sessions::delete_old(connection, &known.scope, created, seen)?;
        sessions::insert(connection, &known.scope, known.member.id, &secret, now)
    })?;
    Ok(format!("{}.{secret}", known.route))
}

/// Who holds a cookie; none when its session is not there or has run out.
pub fn find(services: &Services, token: &str) -> Result<Option<SignedIn>> {
    let now = services.now();
    let Some(found) = services.store.read(|connection| sessions::find(connection, token))? else {
        return Ok(None);
    };
    let is_older = |at: Micros, seconds: i64| at.plus_seconds(seconds) <= now;
    if is_older(found.created_at, LONGEST_S) || is_older(found.seen_at, IDLE_S) {
        return Ok(None);
    }
    if is_older(found.seen_at, NOTED_S) {
        services.store.write(|connection| sessions::touch(connection, &found.known.scope, token, now))?;
    }
    let (rule, has_second_step) = (found.rule, found.has_second_step);
    Ok(Some(SignedIn { known: found.known, rule, has_second_step, token: token.to_owned() }))
}

/// Ends a session.
pub fn end(services: &Services, signed_in: &SignedIn) -> Result<()> {
    let SignedIn { known, token, .. } = signed_in;
    Ok(services.store.write(|connection| sessions::end(connection, &known.scope, token))?)
}

/// Ends all other sessions of somebody who is signed in, in the transaction of what makes it necessary.
pub(super) fn end_others(connection: &mut AnyConnection, signed_in: &SignedIn) -> StoreResult<()> {
    let SignedIn { known, token, .. } = signed_in;
    sessions::end_others(connection, &known.scope, known.member.id, token)
}
