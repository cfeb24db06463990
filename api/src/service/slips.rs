//! Printed slips: an order's own link for whoever has no mail address, as a code for a camera and a short one to type.
//!
//! A slip is asked for when the parcel is packed. With that the invitation counts as sent; asked for again, the same slip
//! comes. The short code has 60 bits, and wrong ones are counted, so that nobody finds one by trying.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use survey_forms::language::Language;
use survey_forms::render::SlipText;

use super::form_session::organisation_words;
use super::links::Purpose;
use super::once::in_read;
use super::sending::{answer_link, mark_sent};
use super::{Error, Result, Services, delivery_log, qr};
use crate::domain::organisation::Organisation;
use crate::domain::{Carrier, InvitationState, Micros, NoteEvent, Occasion};
use crate::store::invitations::{self, Invitation};
use crate::store::{AnyConnection, OrgScope, authority, orders, organisations, slips, surveys};

/// Letters of a code: digits and letters that nobody takes for one another.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Letters in a code, 5 bits each.
const CODE: usize = 12;
/// Wrong codes a minute to one organisation before all of its codes rest.
const MOST_WRONG: u32 = 60;
/// A minute in microseconds.
const MINUTE: i64 = 60_000_000;

/// What is printed.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Slip {
    /// The shop's order number.
    pub order_number: String,
    /// Key of the survey.
    #[schema(example = "after-delivery")]
    pub survey: String,
    /// Language of its words.
    #[schema(example = "fi")]
    pub language: String,
    /// The question, in large letters.
    pub heading: String,
    /// One sentence above code and address.
    pub line: String,
    /// Who asks.
    pub organisation: String,
    /// The address that the drawn code holds.
    pub link: String,
    /// The same to be typed.
    pub address: String,
    /// The drawn code: SVG, black on white, with its quiet zone.
    pub qr_svg: String,
    /// Until when it opens the form, RFC 3339 UTC.
    pub expires_at: Option<String>,
}

/// Makes the slip of an order, or the same again.
pub fn make(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    order_number: &str,
    survey_key: &str,
) -> Result<Slip> {
    let order = orders::find(connection, scope, order_number)?.ok_or(Error::NotFound("order"))?;
    let survey = surveys::find(connection, scope, survey_key)?.ok_or(Error::NotFound("survey"))?;
    let all = invitations::of_order(connection, scope, order.id)?;
    let found = all.into_iter().find(|one| one.survey_id == survey.id);
    let mut invitation = found.ok_or(Error::NotFound("invitation of this order in this survey"))?;
    if invitation.carrier != Carrier::Slip {
        let words =
            format!("the survey asks about order {order_number} by {}, not by a slip", invitation.carrier);
        return Err(Error::Conflict(words));
    }
    match invitation.state {
        InvitationState::Planned => print(services, connection, scope, &mut invitation)?,
        InvitationState::Skipped => {
            let reason = invitation.reason.map_or("", |reason| reason.word());
            return Err(Error::Conflict(format!("order {order_number} is not asked about: {reason}")));
        }
        _ => {}
    }
    let organisation = organisations::get(connection, scope)?;
    let code = code(services, &invitation)?;
    slips::keep(connection, scope, &code_hash(services, &code), invitation.id)?;
    shown(services, &organisation, &invitation, (order_number, survey_key), &code)
}

/// The invitation leaves with the parcel.
fn print(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    invitation: &mut Invitation,
) -> Result<()> {
    if invitation.reason == Some(crate::domain::Reason::Paused) {
        return Err(Error::Conflict("the survey rests, or all of the organisation's mails do".to_owned()));
    }
    invitation.state = InvitationState::Sent;
    let survey = surveys::get(connection, scope, invitation.survey_id)?;
    mark_sent(services, connection, scope, &survey, invitation, services.now())?;
    let about = (invitation.id, Occasion::First);
    delivery_log::happened(services, connection, scope, about, (NoteEvent::Sent, None), "printed on a slip")
}

fn shown(
    services: &Services,
    organisation: &Organisation,
    invitation: &Invitation,
    (order_number, survey): (&str, &str),
    code: &str,
) -> Result<Slip> {
    let language = Language::parse(&invitation.language).unwrap_or(Language::ENGLISH);
    let typed = format!("{}/c/{}-{}", services.public_url, organisation.route, grouped(code));
    let words = SlipText { language, organisation: organisation_words(organisation), link: &typed };
    let words = services.renderer.slip_text(&words);
    let link = answer_link(services, organisation, invitation)?;
    Ok(Slip {
        order_number: order_number.to_owned(),
        survey: survey.to_owned(),
        language: invitation.language.clone(),
        heading: words.heading,
        line: words.line,
        organisation: words.organisation,
        address: words.address,
        qr_svg: qr::svg(&link)?,
        link,
        expires_at: invitation.expires_at.map(Micros::rfc3339),
    })
}

/// The code of an invitation: it follows from the link key, like its link.
fn code(services: &Services, invitation: &Invitation) -> Result<String> {
    let key_id = &invitation.link_key_id;
    let bytes = services.links.keyed(key_id, Purpose::Slip, &[invitation.id.bytes()]);
    let bytes = bytes
        .ok_or_else(|| Error::Broken(format!("the link key file no longer has the key \"{key_id}\"")))?;
    let letter = |byte: &u8| LETTERS.get(usize::from(byte & 31)).map(|letter| char::from(*letter));
    Ok(bytes.iter().take(CODE).filter_map(letter).collect())
}

/// `abcd-efgh-jkmn`.
fn grouped(code: &str) -> String {
    let letters: Vec<char> = code.chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
}

/// What the database knows a code by: keyed, so that a stolen database opens no form.
fn code_hash(services: &Services, code: &str) -> Vec<u8> {
    services.links.identity_hash(&format!("slip code:{code}"))
}

/// Reads `<route>-<code>` as somebody typed it: in any case, with or without hyphens, o for 0, i and l for 1.
fn read(typed: &str) -> Option<(String, String)> {
    let letters: Vec<char> =
        typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_lowercase()).collect();
    let at = letters.len().checked_sub(CODE)?;
    let (route, code) = letters.split_at(at);
    let plain = |c: &char| match c {
        'o' => '0',
        'i' | 'l' => '1',
        other => *other,
    };
    let code: String = code.iter().map(plain).collect();
    let is_code = code.bytes().all(|byte| LETTERS.contains(&byte));
    (is_code && !route.is_empty()).then(|| (route.iter().collect(), code))
}

/// Where the form of a typed code is: the token of its link; none when it is no code.
pub fn open(services: &Services, typed: &str) -> Result<Option<String>> {
    let Some((route, code)) = read(typed) else { return Ok(None) };
    if services.slips.rest(&route, services.now()) {
        return Err(Error::Busy);
    }
    let hash = code_hash(services, &code);
    let opened = in_read(services, |connection| Ok(authority::by_slip(connection, &route, &hash)?))?;
    let Some(opened) = opened else {
        services.slips.note_wrong(&route, services.now());
        return Ok(None);
    };
    let key_id = &opened.invitation.link_key_id;
    let secret = services.links.secret(key_id, Purpose::Answer, opened.invitation.id);
    Ok(secret.map(|secret| format!("{route}.{secret}")))
}

/// Wrong codes of the last minute, by the organisation in them.
#[derive(Debug, Default)]
pub struct Guesses(Mutex<HashMap<String, (Micros, u32)>>);

/// Organisations of which wrong codes are remembered.
const MOST_ROUTES: usize = 10_000;

impl Guesses {
    fn rest(&self, route: &str, now: Micros) -> bool {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(route).is_some_and(|(since, wrong)| now.0 - since.0 < MINUTE && *wrong >= MOST_WRONG)
    }

    fn note_wrong(&self, route: &str, now: Micros) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST_ROUTES {
            all.retain(|_, (since, _)| now.0 - since.0 < MINUTE);
        }
        if all.len() >= MOST_ROUTES {
            return;
        }
        let (since, wrong) = all.entry(route.to_owned()).or_insert((now, 0));
        if now.0 - since.0 >= MINUTE {
            (*since, *wrong) = (now, 0);
        }
        *wrong = wrong.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let whole = Some(("qwertyabcd".to_owned(), "0123456789ab".to_owned()));
        for typed in ["qwertyabcd-0123-4567-89ab", "QWERTYABCD0123456789AB", "qwertyabcd o1z3-4567-89ab "] {
            let read = read(&typed.replace('z', "2"));
            assert_eq!(read, whole, "{typed}");
        }
        assert_eq!(read("qwertyabcd-0i23-4567-89aB").unwrap().1, "0123456789ab");
        for wrong in ["", "0123456789ab", "qwertyabcd-0123-4567-89au", "ä", "qwertyabcd-0123"] {
            assert_eq!(read(wrong).filter(|(route, _)| route.len() == 10), None, "{wrong}");
        }
    }

    #[test]
    fn after_sixty_wrong_codes_all_of_an_organisation_rest_for_the_minute() {
        let guesses = Guesses::default();
        for wrong in 0..60 {
            assert!(!guesses.rest("route", Micros(wrong)));
            guesses.note_wrong("route", Micros(wrong));
        }
        assert!(guesses.rest("route", Micros(60)));
        assert!(!guesses.rest("other", Micros(60)));
        assert!(!guesses.rest("route", Micros(MINUTE)));
    }
}
