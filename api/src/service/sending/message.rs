//! Short messages to telephones: written, signed and posted to the organisation's own gateway.
//!
//! Every try of a message has the same id, so that a gateway that took it before can tell the repeat.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serde_json::json;
use survey_forms::language::Language;
use survey_forms::render::{ShortMessage, short_message_parts};

use super::super::form_session::organisation_words;
use super::super::links::Purpose;
use super::super::webhooks::sign;
use super::super::{Error, Result, Services};
use super::Outgoing;
use super::letter::{answer_link, file_name};
use crate::domain::organisation::Gateway;
use crate::domain::webhook::hold_until;
use crate::domain::{Micros, OrgId};
use crate::mail::Outcome;
use crate::outbound::{Answer, Failure, Sent};

/// A message that is ready to be handed over.
#[derive(Clone, Debug)]
pub struct ShortText {
    org: OrgId,
    /// Constant over all tries.
    id: String,
    /// Who takes it; none for a test, which becomes a file.
    to: Option<(String, Vec<(&'static str, String)>)>,
    body: String,
}

impl ShortText {
    /// What is posted.
    pub fn into_body(self) -> String {
        self.body
    }
}

/// Writes the message that was begun.
pub fn write_short(services: &Services, it: &Outgoing) -> Result<ShortText> {
    let Outgoing { invitation, mail, organisation, reach, .. } = it;
    let language = Language::parse(&invitation.language)
        .ok_or_else(|| Error::Broken(format!("the language \"{}\" is not shipped", invitation.language)))?;
    let link = answer_link(services, organisation, invitation)?;
    let words = ShortMessage { language, organisation: organisation_words(organisation), link: &link };
    let text = services.renderer.short_message(&words);
    let id = file_name(mail);
    let now = services.now();
    let data = json!({
        "id": id, "to": reach.address, "text": text, "parts": short_message_parts(&text),
        "language": invitation.language, "from": organisation.name,
    });
    let body = json!({"type": "message.send", "timestamp": now.rfc3339(), "data": data}).to_string();
    let gateway = organisation.gateway.as_ref().filter(|_| !invitation.test);
    let to = match gateway {
        Some(gateway) => {
            Some((gateway.url.clone(), headers(services, organisation.org_id, gateway, &id, &body)?))
        }
        None if invitation.test => None,
        None => return Err(Error::Broken("no gateway takes short messages any more".to_owned())),
    };
    Ok(ShortText { org: organisation.org_id, id, to, body })
}

fn headers(
    services: &Services,
    org: OrgId,
    gateway: &Gateway,
    id: &str,
    body: &str,
) -> Result<Vec<(&'static str, String)>> {
    let key = gateway_key(services, org, gateway).ok_or_else(|| {
        Error::Broken(format!("the link key file no longer has the key \"{}\"", gateway.link_key_id))
    })?;
    Ok(sign::headers_by(&[key], id, services.now(), body))
}

/// The key by which posts to a gateway are signed, 32 bytes; none when its link key is no longer in the file.
fn gateway_key(services: &Services, org: OrgId, gateway: &Gateway) -> Option<Vec<u8>> {
    let (org, rotation) = (org.0.to_be_bytes(), gateway.rotation.to_be_bytes());
    services.links.keyed(&gateway.link_key_id, Purpose::Gateway, &[&org, &rotation])
}

/// The same as its owner gets to see it.
pub fn gateway_key_text(services: &Services, org: OrgId, gateway: &Gateway) -> Option<String> {
    Some(sign::key_text(&gateway_key(services, org, gateway)?))
}

/// Hands a message over; a gateway that fails rests for a while afterwards.
pub fn hand_over(services: &Services, it: &ShortText) -> Outcome {
    let Some((url, headers)) = &it.to else { return services.mailer.keep_test(&it.id, &it.body) };
    let Sent { outcome, .. } = services.poster.post(url, headers, &it.body);
    let (came, asked_s) = told(outcome);
    let works = matches!(came, Outcome::Sent | Outcome::Refused(_));
    services.gateways.note(it.org, services.now(), works, asked_s);
    came
}

/// What a reply means, and when the gateway wants to be asked again.
fn told(outcome: std::result::Result<Answer, Failure>) -> (Outcome, Option<i64>) {
    match outcome {
        Ok(Answer { status: 200..=299, .. }) => (Outcome::Sent, None),
        Ok(Answer { status: status @ (400 | 404 | 409 | 413 | 415 | 422), .. }) => {
            (Outcome::Refused(format!("the gateway refused it with {status}")), None)
        }
        Ok(Answer { status, retry_after_s }) => {
            (Outcome::TryLater(format!("the gateway answered {status}")), retry_after_s)
        }
        // The whole message was on its way: it may have been taken.
        Err(failure @ (Failure::TimedOut | Failure::BadReply)) => {
            (Outcome::Unsure(format!("the gateway gave no answer ({})", failure.word())), None)
        }
        Err(failure) => {
            (Outcome::TryLater(format!("the gateway was not reached ({})", failure.word())), None)
        }
    }
}

/// Gateways that failed and rest, each for its organisation: one that hangs costs a time-out now and then, and keeps
/// nobody's mails waiting. Kept in memory: after a start each is tried once.
#[derive(Debug, Default)]
pub struct Gateways(Mutex<HashMap<i32, (Micros, i32)>>);

impl Gateways {
    /// Until when an organisation's gateway rests; none when it does not.
    pub fn rests_until(&self, org: OrgId, now: Micros) -> Option<Micros> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&org.0).map(|(until, _)| *until).filter(|until| *until > now)
    }

    fn note(&self, org: OrgId, now: Micros, works: bool, asked_s: Option<i64>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if works {
            all.remove(&org.0);
            return;
        }
        let (until, failures) = all.entry(org.0).or_insert((now, 0));
        *failures = failures.saturating_add(1);
        *until = (*until).max(hold_until(now, *failures, asked_s));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_have_been_taken_is_unsure() {
        let answer = |status| told(Ok(Answer { status, retry_after_s: Some(7) }));
        assert_eq!(answer(202), (Outcome::Sent, None));
        assert!(matches!(answer(422).0, Outcome::Refused(_)));
        for status in [301, 401, 403, 408, 410, 429, 500, 503] {
            assert!(matches!(answer(status), (Outcome::TryLater(_), Some(7))), "{status}");
        }
        assert!(matches!(told(Err(Failure::TimedOut)).0, Outcome::Unsure(_)));
        assert!(matches!(told(Err(Failure::RefusedAddress)).0, Outcome::TryLater(_)));
    }

    #[test]
    fn a_gateway_that_fails_rests_longer_each_time_and_its_neighbours_do_not() {
        let gateways = Gateways::default();
        let (mine, other, now) = (OrgId(1), OrgId(2), Micros(0));
        let mut rest = Vec::new();
        for _ in 0..3 {
            gateways.note(mine, now, false, None);
            rest.push(gateways.rests_until(mine, now).unwrap());
        }
        assert!(rest.is_sorted() && rest[0] < rest[2], "{rest:?}");
        assert_eq!(gateways.rests_until(other, now), None);
        gateways.note(mine, now, true, None);
        assert_eq!(gateways.rests_until(mine, now), None);
        gateways.note(mine, now, false, Some(900));
        assert!(gateways.rests_until(mine, now) >= Some(now.plus_seconds(900)));
    }
}
