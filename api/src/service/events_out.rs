//! What happened, as it is told to an organisation's endpoints: ids, the key of the survey and the time. Never a name, an
//! address, an order number, an answer or a word of a customer.
//!
//! An event is written in the transaction of what it tells of, or not at all. How it is brought: `webhooks`.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use survey_forms::answer::{AnswerSheet, is_low};

use super::form_session::FormSession;
use super::{Result, Services};
use crate::domain::{EventType, Id, Micros};
use crate::store::invitations::Invitation;
use crate::store::submissions::NewResponse;
use crate::store::webhook_messages::{self, Message};
use crate::store::{AnyConnection, OrgScope};

/// Tells what became of an invitation, now.
pub fn of_invitation(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    kind: EventType,
    invitation: &Invitation,
) -> Result<()> {
    let wanting = webhook_messages::wanted_by(connection, scope, kind, invitation.test)?;
    if wanting.is_empty() {
        return Ok(());
    }
    let survey = services.known.survey(connection, scope, invitation.survey_id)?;
    let data = json!({
        "invitation_id": invitation.id.to_string(), "survey": survey.key, "test": invitation.test,
    });
    let about = About { subject: invitation.id, revision: 0, test: invitation.test };
    let message = message(kind, about, services.now(), data);
    let endpoints: Vec<Id> = wanting.iter().map(|one| one.id).collect();
    Ok(webhook_messages::emit_to(connection, scope, &message, &endpoints, message.at)?)
}

/// What a response tells when it is stored: that it came or was corrected, and that its judgement is low, when that is
/// new.
pub fn of_response(session: &FormSession, new: &NewResponse) -> Vec<Message> {
    let response = &new.response;
    let is_first = response.revision == 1;
    let data = json!({
        "response_id": response.id.to_string(), "invitation_id": session.invitation.id.to_string(),
        "survey": session.survey.key, "revision": response.revision, "finished": response.finished,
        "test": response.test,
    });
    let about = About { subject: session.invitation.id, revision: response.revision, test: response.test };
    let at = Micros(response.answered_at);
    let came = if is_first { EventType::SurveyAnswered } else { EventType::SurveyCorrected };
    let mut told = vec![message(came, about, at, data.clone())];
    let was_low = session.response.as_ref().is_some_and(|(before, _)| judged_low(session, &before.answers));
    if judged_low(session, &response.answers) && !was_low {
        told.push(message(EventType::ScoreLow, about, at, data));
    }
    told
}

/// Whether the overall judgement is below the organisation's bound: by the rule of the thank-you page.
fn judged_low(session: &FormSession, answers: &[u8]) -> bool {
    let instrument = &session.plan.instrument;
    let below = u8::try_from(session.organisation.recovery_below).ok().filter(|below| *below > 0);
    AnswerSheet::from_bytes(instrument, answers).is_ok_and(|sheet| is_low(instrument, &sheet, below))
}

/// What an event is about.
#[derive(Clone, Copy)]
struct About {
    subject: Id,
    revision: i16,
    test: bool,
}

fn message(kind: EventType, about: About, at: Micros, data: Value) -> Message {
    let body = body(kind, at, data);
    Message { id: id(kind, about, at), kind, subject_id: about.subject, test: about.test, body, at }
}

/// What is posted.
pub(super) fn body(kind: EventType, at: Micros, data: Value) -> String {
    json!({"type": kind.word(), "timestamp": at.rfc3339(), "data": data}).to_string()
}

/// The id of an event follows from what it tells: noted twice, it is one.
fn id(kind: EventType, about: About, at: Micros) -> Id {
    let mut hash = Sha256::new();
    hash.update(kind.code().to_be_bytes());
    hash.update(about.subject.bytes());
    hash.update(about.revision.to_be_bytes());
    hash.update(at.0.to_be_bytes());
    let mut tail = [0; 10];
    for (byte, hashed) in tail.iter_mut().zip(hash.finalize()) {
        *byte = hashed;
    }
    Id::made_at(at, &tail)
}
