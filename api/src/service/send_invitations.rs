//! Sends due invitations: prepared from the database, handed to the mailer, then noted.

use survey_forms::language::Language;
use survey_forms::render::{InvitationMail, MailParts};

use super::form_session::organisation_words;
use super::links::Purpose;
use super::plan_invitations::{Planner, facts};
use super::{Error, Result, Services};
use crate::domain::plan::decide;
use crate::domain::survey::{Quiet, Rule};
use crate::domain::time::DAY;
use crate::domain::{InvitationState, JobKind, Micros, Reason};
use crate::mail::{Envelope, Outcome};
use crate::store::invitations::{self, Invitation};
use crate::store::jobs::{self, Leased};
use crate::store::organisations;
use crate::store::{AnyConnection, OrgScope, authority, customers, orders, surveys};

/// How often a mail is tried before it is given up.
const TRIES: i32 = 10;

/// What there is to do for one leased job.
pub enum Prepared {
    /// A mail to hand over.
    Mail(Box<Envelope>),
    /// Nothing will be sent now; the invitation says why.
    NotNow,
}

/// Prepares the mail of a leased job, asking the planner once more right before sending.
pub fn prepare(services: &Services, connection: &mut AnyConnection, leased: &Leased) -> Result<Prepared> {
    let scope = &leased.scope;
    let invitation = invitations::get(connection, scope, leased.subject_id)?;
    if invitation.state != InvitationState::Planned {
        return Ok(Prepared::NotNow);
    }
    let order = orders::get(connection, scope, invitation.order_id)?;
    let customer = customers::get(connection, scope, order.customer_id)?;
    let survey = surveys::get(connection, scope, invitation.survey_id)?;
    let organisation = organisations::get(connection, scope)?;
    let quiet = Quiet::parse(&survey.quiet).map_err(Error::Broken)?;
    let rule = Rule { event: survey.event, delay_s: survey.delay_s, quiet };
    let facts = facts(&order, &survey, !customer.email.is_empty());
    let decision = decide(&facts, &rule, survey.state, &organisation.zone(), services.now());
    let is_due = decision.state == InvitationState::Planned
        && decision.reason != Reason::Paused
        && decision.send_at.is_some_and(|at| at <= services.now());
    if !is_due {
        return Ok(Prepared::NotNow);
    }
    let parts = mail_parts(services, &invitation, &order.order_number, &organisation)?;
    Ok(Prepared::Mail(Box::new(Envelope {
        message_id: format!("<{}.invitation@{}>", invitation.id, host_of(&services.public_url)),
        file_name: invitation.id.to_string(),
        from_name: organisation.name.clone(),
        from: organisation.contact_email.clone(),
        reply_to: organisation.replies().to_owned(),
        to_name: customer.name,
        to: customer.email,
        language: invitation.language.clone(),
        subject: parts.subject,
        text: parts.text,
        html: parts.html,
        date: services.now(),
        test: invitation.test,
    })))
}

fn mail_parts(
    services: &Services,
    invitation: &Invitation,
    order_number: &str,
    organisation: &crate::domain::organisation::Organisation,
) -> Result<MailParts> {
    let secret =
        services.links.secret(&invitation.link_key_id, Purpose::Answer, invitation.id).ok_or_else(|| {
            Error::Broken(format!("the link key file no longer has the key \"{}\"", invitation.link_key_id))
        })?;
    if authority::secret_hash(&secret) != invitation.token_hash {
        let id = &invitation.link_key_id;
        return Err(Error::Broken(format!(
            "the key \"{id}\" of the link key file is not the one that made this link"
        )));
    }
    let link = format!("{}/s/{}.{secret}", services.public_url, organisation.route);
    let language = Language::parse(&invitation.language)
        .ok_or_else(|| Error::Broken(format!("the language \"{}\" is not shipped", invitation.language)))?;
    let mail = InvitationMail {
        language,
        organisation: organisation_words(organisation),
        order_number,
        link: &link,
        minutes: 2,
    };
    services.renderer.mail(&mail).map_err(|error| Error::Broken(error.to_string()))
}

/// Notes what came of a handed-over mail, and plans the end of the link.
pub fn note_sent(
    services: &Services,
    connection: &mut AnyConnection,
    leased: &Leased,
    outcome: &Outcome,
) -> Result<()> {
    let scope = &leased.scope;
    let mut invitation = invitations::get(connection, scope, leased.subject_id)?;
    let now = services.now();
    match outcome {
        Outcome::Sent => {
            // A customer can be quicker than this note: what they did stays. An order can have changed
            // meanwhile: what was sent is sent.
            if matches!(invitation.state, InvitationState::Planned | InvitationState::Skipped) {
                invitation.state = InvitationState::Sent;
            }
            mark_sent(services, connection, scope, &mut invitation, now)?;
            jobs::finish(connection, leased)?;
        }
        Outcome::Refused(words) => {
            invitation.state = InvitationState::Bounced;
            invitation.reason = None;
            invitation.sent_at = Some(now);
            invitations::update(connection, scope, &invitation)?;
            jobs::fail(connection, leased, words)?;
        }
        Outcome::TryLater(words) if leased.attempts + 1 >= TRIES => {
            // Never handed over, and by now too late to ask.
            invitation.state = InvitationState::Skipped;
            invitation.reason = Some(Reason::Expired);
            invitations::update(connection, scope, &invitation)?;
            jobs::fail(connection, leased, words)?;
        }
        Outcome::TryLater(words) => {
            // 1, 2, 4 … minutes, at most about four hours.
            let minutes = 1i64 << leased.attempts.clamp(0, 8);
            jobs::give_back(connection, leased, now.plus_seconds(60 * minutes), words)?;
        }
    }
    Ok(())
}

/// Notes when the mail left, and plans the end of its link.
fn mark_sent(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    invitation: &mut Invitation,
    sent_at: Micros,
) -> Result<()> {
    let survey = surveys::get(connection, scope, invitation.survey_id)?;
    let expires_at = Micros(sent_at.0.saturating_add(i64::from(survey.valid_days) * DAY));
    invitation.reason = invitation.test.then_some(Reason::TestKey);
    invitation.sent_at = Some(sent_at);
    invitation.expires_at = Some(expires_at);
    invitations::update(connection, scope, invitation)?;
    if invitation.answered_at.is_none() {
        plan_end(services, connection, scope, invitation, expires_at)?;
    }
    Ok(())
}

fn plan_end(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    invitation: &Invitation,
    at: Micros,
) -> Result<()> {
    let id = services.new_id();
    jobs::plan(connection, scope, id, JobKind::ExpireInvitation, invitation.id, at, services.now())?;
    Ok(())
}

/// Ends a job whose invitation is not to be sent now; the planner plans it again when that makes sense.
pub fn note_not_now(services: &Services, connection: &mut AnyConnection, leased: &Leased) -> Result<()> {
    let scope = &leased.scope;
    let invitation = invitations::get(connection, scope, leased.subject_id)?;
    if let (InvitationState::Started | InvitationState::Answered, None, Some(started_at)) =
        (invitation.state, invitation.sent_at, invitation.started_at)
    {
        // The process ended between sending and noting; the customer proves that the mail had left.
        let mut invitation = invitation;
        mark_sent(services, connection, scope, &mut invitation, started_at)?;
        return Ok(jobs::finish(connection, leased)?);
    }
    if invitation.state != InvitationState::Planned {
        return Ok(jobs::finish(connection, leased)?);
    }
    // Back to waiting first: the planner moves or takes back a job only while it waits.
    jobs::give_back(connection, leased, services.now().plus_seconds(60), "")?;
    let order = orders::get(connection, scope, invitation.order_id)?;
    Planner::new(services, connection, scope)?.plan_order(connection, &order)?;
    Ok(())
}

fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    if host.is_empty() { "localhost" } else { host }
}
