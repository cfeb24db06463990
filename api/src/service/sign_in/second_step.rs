//! The second step of signing in: a code from a phone, or a recovery code when the phone is gone (ADR 32).
//!
//! Between the two pages nothing is stored: the first page hands out a ticket, signed by the link key over member, time
//! and the hash of the password, and the second sends it along with the code. It opens nothing by itself, and nothing at
//! all after ten minutes or a new password.

use data_encoding::{BASE32, BASE32_NOPAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::session::{self, SignedIn};
use super::{password, totp};
use crate::domain::{Id, Micros};
use crate::service::links::Purpose;
use crate::service::open_ticket::is_same;
use crate::service::{Error, Result, Services, qr, sealed};
use crate::store::members::{self, Known};
use crate::store::second_steps::{self, SecondStep};

/// Seconds for which a ticket stands.
const TICKET_S: i64 = 600;
/// Recovery codes that are handed out.
const CODES: usize = 10;
/// Bytes of chance in a recovery code: 80 bits, so that a plain hash of it can be stored.
const CODE_BYTES: usize = 10;
/// Letters of a recovery code that stand together.
const GROUP: usize = 4;

/// Whether a member is asked for a code.
pub fn is_asked(services: &Services, known: &Known) -> Result<bool> {
    let found = read(services, known)?;
    Ok(found.is_some_and(|step| step.confirmed_at.is_some()))
}

fn read(services: &Services, known: &Known) -> Result<Option<SecondStep>> {
    let (scope, id) = (&known.scope, known.member.id);
    Ok(services.store.read(|connection| second_steps::find(connection, scope, id))?)
}

/// What proves for ten minutes that somebody typed the right password.
pub(super) fn ticket(services: &Services, known: &Known) -> Result<String> {
    let until = services.now().plus_seconds(TICKET_S);
    let key_id = services.links.current_id();
    let signature = signature(services, key_id, known, until).ok_or_else(no_key)?;
    Ok(format!("{}.{}.{}.{signature}", known.route, known.member.id, until.0))
}

fn signature(services: &Services, key_id: &str, known: &Known, until: Micros) -> Option<String> {
    let member = &known.member;
    let parts: [&[u8]; 4] =
        [b"ticket", member.id.bytes(), &until.0.to_be_bytes(), member.password.as_bytes()];
    let hash = services.links.keyed(key_id, Purpose::SecondStep, &parts)?;
    Some(BASE32_NOPAD.encode(&hash).to_lowercase())
}

fn no_key() -> Error {
    Error::Broken("the link key is missing".to_owned())
}

/// Whose ticket this is; none when it is none of ours or too old.
pub fn holder(services: &Services, ticket: &str) -> Result<Option<Known>> {
    let mut parts = ticket.splitn(4, '.');
    let (Some(route), Some(id), Some(until), Some(shown)) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Ok(None);
    };
    let (Some(id), Ok(until)) = (Id::parse(id), until.parse().map(Micros)) else { return Ok(None) };
    if until <= services.now() {
        return Ok(None);
    }
    let known = services.store.read(|connection| members::by_route(connection, route, id))?;
    let Some(known) = known else { return Ok(None) };
    let ours = services.links.ids().filter_map(|key_id| signature(services, key_id, &known, until));
    let is_ours = ours.filter(|one| is_same(one, shown)).count() > 0;
    Ok(is_ours.then_some(known))
}

/// Takes a code of somebody who holds a ticket and begins a session; none when the code is wrong, late or was used.
pub fn enter(services: &Services, known: &Known, typed: &str) -> Result<Option<String>> {
    if !take_code(services, known, typed)? {
        return Ok(None);
    }
    services.sign_in.tries.welcome(&known.member.email);
    session::begin(services, known).map(Some)
}

/// Takes a code of the phone, or uses a recovery code up.
fn take_code(services: &Services, known: &Known, typed: &str) -> Result<bool> {
    let (scope, id, typed) = (&known.scope, known.member.id, plain(typed));
    if typed.len() == totp::DIGITS as usize {
        let Some(step) = read(services, known)? else { return Ok(false) };
        let Some(step) = right_step(services, known, &step, &typed) else { return Ok(false) };
        return Ok(services.store.write(|connection| second_steps::take(connection, scope, id, step))?);
    }
    Ok(services.store.write(|connection| second_steps::use_code(connection, scope, id, &typed))?)
}

/// The step of time whose code was typed.
fn right_step(services: &Services, known: &Known, step: &SecondStep, typed: &str) -> Option<i64> {
    let secret = sealed::open(&services.links, &step.secret, (Purpose::SecondStep, known.member.id));
    if secret.is_none() {
        tracing::warn!("the secret of a second step does not open: the link key that sealed it is gone");
    }
    totp::step_of_code(&secret?, typed, services.now(), step.last_step)
}

/// A code as it is compared: without blanks and hyphens, in lower case.
fn plain(typed: &str) -> String {
    let kept = typed.chars().filter(|one| !one.is_whitespace() && *one != '-');
    kept.flat_map(char::to_lowercase).take(64).collect()
}

/// How it stands with somebody's second step.
#[derive(Clone, Debug)]
pub enum Standing {
    /// No code is asked for.
    Off,
    /// A secret is offered, and a first right code awaited.
    Offered {
        /// The secret in letters, in groups of four.
        letters: String,
        /// The same as a QR code for an authenticator app.
        picture: String,
    },
    /// Codes are asked for.
    On {
        /// Recovery codes that are left.
        codes_left: i64,
    },
}

/// How it stands with the second step of somebody who is signed in.
pub fn standing(services: &Services, signed_in: &SignedIn) -> Result<Standing> {
    let known = &signed_in.known;
    let (scope, id) = (&known.scope, known.member.id);
    let Some(step) = read(services, known)? else { return Ok(Standing::Off) };
    if step.confirmed_at.is_some() {
        let codes_left = services.store.read(|connection| second_steps::codes_left(connection, scope, id))?;
        return Ok(Standing::On { codes_left });
    }
    let opened = sealed::open(&services.links, &step.secret, (Purpose::SecondStep, id));
    let Some(secret) = opened else { return Ok(Standing::Off) };
    let letters = BASE32.encode(&secret);
    let picture = qr::svg_titled(&address(known, &letters), "QR code for your authenticator app")?;
    Ok(Standing::Offered { letters: in_groups(&letters), picture })
}

/// What an authenticator app reads: the usual `otpauth` address.
fn address(known: &Known, letters: &str) -> String {
    let quoted = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let issuer = quoted(&format!("Laatu {}", known.slug));
    let account = quoted(&known.member.email);
    format!("otpauth://totp/{issuer}:{account}?secret={letters}&issuer={issuer}&digits=6&period=30")
}

fn in_groups(letters: &str) -> String {
    let letters: Vec<char> = letters.chars().collect();
    let groups = letters.chunks(GROUP).map(|group| group.iter().collect::<String>());
    groups.collect::<Vec<_>>().join(" ")
}

/// Offers a new secret; nothing is asked for before its first right code.
pub fn offer(services: &Services, signed_in: &SignedIn) -> Result<()> {
    let known = &signed_in.known;
    let mut secret = [0_u8; totp::SECRET];
    services.chance.fill(&mut secret);
    let whose = (Purpose::SecondStep, known.member.id);
    let kept = sealed::seal(&services.links, services.chance.as_ref(), whose, &secret).ok_or_else(no_key)?;
    let (scope, id, now) = (&known.scope, known.member.id, services.now());
    Ok(services.store.write(|connection| {
        let on = second_steps::find(connection, scope, id)?.is_some_and(|step| step.confirmed_at.is_some());
        if on { Ok(()) } else { second_steps::begin(connection, scope, id, &kept, now) }
    })?)
}

/// Switches the second step on by a first right code; gives the recovery codes, which nobody sees again. None when the
/// code is wrong. Whoever is signed in elsewhere came in without a code: those sessions end.
pub fn switch_on(services: &Services, signed_in: &SignedIn, typed: &str) -> Result<Option<Vec<String>>> {
    let known = &signed_in.known;
    let Some(step) = read(services, known)?.filter(|step| step.confirmed_at.is_none()) else {
        return Ok(None);
    };
    let Some(taken) = right_step(services, known, &step, &plain(typed)) else { return Ok(None) };
    let codes: Vec<String> = (0..CODES).map(|_| new_code(services)).collect();
    let (scope, id, now) = (&known.scope, known.member.id, services.now());
    let is_on = services.store.write(|connection| {
        // Of two who come at once with the same code, one is late.
        if !second_steps::take(connection, scope, id, taken)? {
            return Ok(false);
        }
        second_steps::confirm(connection, scope, id, &codes, now)?;
        session::end_others(connection, signed_in)?;
        Ok(true)
    })?;
    Ok(is_on.then(|| codes.iter().map(|code| in_groups(code).replace(' ', "-")).collect()))
}

fn new_code(services: &Services) -> String {
    let mut bytes = [0_u8; CODE_BYTES];
    services.chance.fill(&mut bytes);
    BASE32_NOPAD.encode(&bytes).to_lowercase()
}

/// Switches the second step off by password and code, and ends all other sessions; false when one of them is wrong. The
/// caller holds a turn and has counted the try.
pub fn switch_off(
    services: &Services,
    signed_in: &SignedIn,
    old_password: &str,
    typed: &str,
) -> Result<bool> {
    let known = &signed_in.known;
    let tried = if old_password.len() > password::MOST_BYTES { "" } else { old_password };
    let salt = password::salt_of(Some(&known.member.password), services.chance.as_ref());
    let is_right = password::is_same(&known.member.password, &password::hash(tried, &salt)?);
    if !is_right || !take_code(services, known, typed)? {
        return Ok(false);
    }
    let (scope, id) = (&known.scope, known.member.id);
    services.store.write(|connection| {
        second_steps::delete(connection, scope, id)?;
        session::end_others(connection, signed_in)
    })?;
    services.sign_in.tries.welcome(&known.member.email);
    Ok(true)
}
