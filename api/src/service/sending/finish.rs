//! The end of a mail: what came of it, and what follows from that.

use super::super::expectation;
use super::super::plan_facts::rule;
use super::super::plan_invitations::Planner;
use super::Outgoing;
use super::begin::as_sent;
use crate::domain::time::DAY;
use crate::domain::{
    Carrier, EventType, InvitationState, JobKind, MailState, Micros, NoteEvent, Occasion, Reason, Resend,
};
use crate::mail::Outcome;
use crate::mail::returned::Came;
use crate::service::{Result, Services, bounces, delivery_log, events_out};
use crate::store::invitations::{self, Invitation};
use crate::store::jobs::{self, Leased};
use crate::store::outbox::{self, Mail};
use crate::store::surveys::{self, Survey};
use crate::store::{AnyConnection, OrgScope, customers, orders, organisations};

/// How often a mail is tried before it is given up.
const TRIES: i32 = 10;

/// Notes what came of a handed-over mail, and plans what follows.
pub fn note_sent(
    services: &Services,
    connection: &mut AnyConnection,
    leased: &Leased,
    outgoing: &Outgoing,
    outcome: &Outcome,
) -> Result<()> {
    let mut mail = outgoing.mail.clone();
    match outcome {
        Outcome::Sent => {
            left(services, connection, leased, &mut mail, services.now())?;
            note(services, connection, leased, &mail, (NoteEvent::Sent, None), "")?;
            Ok(jobs::finish(connection, leased)?)
        }
        Outcome::Refused(words) => {
            refused(services, connection, leased, &mut mail, words)?;
            if outgoing.carrier() != Carrier::Mail {
                return Ok(());
            }
            came_back(services, connection, leased, &mail, Came::Soft)
        }
        Outcome::NoSuchAddress(words) => {
            refused(services, connection, leased, &mut mail, words)?;
            came_back(services, connection, leased, &mail, Came::Hard)
        }
        Outcome::Unsure(words) => {
            mail.doubts += 1;
            note(services, connection, leased, &mail, (NoteEvent::Uncertain, None), words)?;
            if outgoing.organisation.resend == Resend::Never || mail.doubts > 1 {
                return leave_in_doubt(services, connection, leased, &mut mail);
            }
            try_later(services, connection, leased, &mut mail, words)
        }
        Outcome::TryLater(words) if mail.attempts >= TRIES => {
            given_up(services, connection, leased, &mut mail, words)
        }
        Outcome::TryLater(words) => try_later(services, connection, leased, &mut mail, words),
    }
}

/// A mail of which it is not known whether it left, and that is left alone: it counts as sent.
pub(super) fn leave_in_doubt(
    services: &Services,
    connection: &mut AnyConnection,
    leased: &Leased,
    mail: &mut Mail,
) -> Result<()> {
    let at = mail.began_at.unwrap_or_else(|| services.now());
    left(services, connection, leased, mail, at)?;
    mail.state = MailState::Uncertain;
    outbox::update(connection, &leased.scope, mail)?;
    Ok(jobs::finish(connection, leased)?)
}

fn refused(
    services: &Services,
    connection: &mut AnyConnection,
    leased: &Leased,
    mail: &mut Mail,
    words: &str,
) -> Result<()> {
    let now = services.now();
    (mail.state, mail.sent_at) = (MailState::Failed, Some(now));
    words.clone_into(&mut mail.last_error);
    outbox::update(connection, &leased.scope, mail)?;
    note(services, connection, leased, mail, (NoteEvent::Failed, None), words)?;
    if mail.occasion == Occasion::First {
        let mut invitation = invitations::get(connection, &leased.scope, mail.invitation_id)?;
        invitation.state = InvitationState::Bounced;
        invitation.reason = None;
        invitation.sent_at = Some(now);
        invitations::update(connection, &leased.scope, &invitation)?;
        let event = EventType::InvitationBounced;
        events_out::of_invitation(services, connection, &leased.scope, event, &invitation)?;
    }
    Ok(jobs::fail(connection, leased, words)?)
}

/// A refusal at the door counts like a mail that came back.
fn came_back(
    services: &Services,
    connection: &mut AnyConnection,
    leased: &Leased,
    mail: &Mail,
    came: Came,
) -> Result<()> {
    let about = bounces::mail_about(connection, &leased.scope, mail.invitation_id, Some(mail.occasion))?;
    if let Some(about) = about {
        bounces::take(services, connection, &leased.scope, &about, (came, ""))?;
    }
    Ok(())
}

/// Never handed over, and by now too late to ask.
fn given_up(
    services: &Services,
    connection: &mut AnyConnection,
    leased: &Leased,
    mail: &mut Mail,
    words: &str,
) -> Result<()> {
    mail.state = MailState::Failed;
    words.clone_into(&mut mail.last_error);
    outbox::update(connection, &leased.scope, mail)?;
    note(services, connection, leased, mail, (NoteEvent::Failed, Some(Reason::Expired)), words)?;
    if mail.occasion == Occasion::First {
        let mut invitation = invitations::get(connection, &leased.scope, mail.invitation_id)?;
        invitation.state = InvitationState::Skipped;
        invitation.reason = Some(Reason::Expired);
        invitations::update(connection, &leased.scope, &invitation)?;
    }
    Ok(jobs::fail(connection, leased, words)?)
}

fn try_later(
    services: &Services,
    connection: &mut AnyConnection,
    leased: &Leased,
    mail: &mut Mail,
    words: &str,
) -> Result<()> {
    // 1, 2, 4 … minutes, at most about four hours.
    let minutes = 1i64 << (mail.attempts - 1).clamp(0, 8);
    let again = services.now().plus_seconds(60 * minutes);
    mail.state = MailState::Deferred;
    words.clone_into(&mut mail.last_error);
    outbox::update(connection, &leased.scope, mail)?;
    note(services, connection, leased, mail, (NoteEvent::Deferred, None), words)?;
    Ok(jobs::give_back(connection, leased, again, words)?)
}

/// Notes that a mail left: with an invitation the end of its link, after each mail the next reminder.
fn left(
    services: &Services,
    connection: &mut AnyConnection,
    leased: &Leased,
    mail: &mut Mail,
    at: Micros,
) -> Result<()> {
    let scope = &leased.scope;
    (mail.state, mail.sent_at) = (MailState::Sent, Some(at));
    mail.last_error.clear();
    outbox::update(connection, scope, mail)?;
    let mut invitation = invitations::get(connection, scope, mail.invitation_id)?;
    let survey = surveys::get(connection, scope, invitation.survey_id)?;
    if mail.occasion == Occasion::First {
        // A customer can be quicker than this note: what they did stays. An order can have changed
        // meanwhile: what was sent is sent.
        if matches!(invitation.state, InvitationState::Planned | InvitationState::Skipped) {
            invitation.state = InvitationState::Sent;
        }
        mark_sent(services, connection, scope, &survey, &mut invitation, at)?;
    }
    plan_reminder(services, connection, scope, (&survey, &invitation, mail), at)
}

/// Notes when the invitation left, and plans the end of its link.
pub(in crate::service) fn mark_sent(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
    invitation: &mut Invitation,
    sent_at: Micros,
) -> Result<()> {
    if invitation.started_at.is_none() {
        let order = orders::get(connection, scope, invitation.order_id)?;
        *invitation = as_sent(connection, scope, survey, &order, invitation)?;
    }
    expectation::close(services, connection, scope, survey, invitation.order_id, sent_at)?;
    let expires_at = Micros(sent_at.0.saturating_add(i64::from(survey.valid_days) * DAY));
    invitation.reason = invitation.test.then_some(Reason::TestKey);
    invitation.sent_at = Some(sent_at);
    invitation.expires_at = Some(expires_at);
    invitations::update(connection, scope, invitation)?;
    events_out::of_invitation(services, connection, scope, EventType::InvitationSent, invitation)?;
    if invitation.answered_at.is_none() {
        let (id, now) = (services.new_id(), services.now());
        jobs::plan(connection, scope, id, JobKind::ExpireInvitation, invitation.id, expires_at, now)?;
    }
    Ok(())
}

/// Plans the next reminder, if the survey has one and nothing was answered.
fn plan_reminder(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    (survey, invitation, mail): (&Survey, &Invitation, &Mail),
    sent_at: Micros,
) -> Result<()> {
    let is_last = mail.occasion == Occasion::LastReminder;
    if is_last || survey.offer.reminders == 0 || invitation.answered_at.is_some() {
        return Ok(());
    }
    let order = orders::get(connection, scope, invitation.order_id)?;
    let customer = customers::get(connection, scope, order.customer_id)?;
    let organisation = organisations::get(connection, scope)?;
    let zone = jiff::tz::TimeZone::get(&customer.zone).unwrap_or_else(|_| organisation.zone());
    let wanted = sent_at.plus_seconds(survey.offer.reminder_after_s);
    let due_at = rule(survey)?.quiet.next_allowed(wanted, &zone);
    let (id, now) = (services.new_id(), services.now());
    jobs::plan_anew(connection, scope, id, JobKind::SendReminder, invitation.id, due_at, now)?;
    Ok(())
}

/// Ends a job whose mail is not to be sent now; the planner plans it again when that makes sense.
pub fn note_over(services: &Services, connection: &mut AnyConnection, leased: &Leased) -> Result<()> {
    let scope = &leased.scope;
    let invitation = invitations::get(connection, scope, leased.subject_id)?;
    if leased.kind != JobKind::SendInvitation {
        return Ok(jobs::finish(connection, leased)?);
    }
    if let (InvitationState::Started | InvitationState::Answered, None, Some(started_at)) =
        (invitation.state, invitation.sent_at, invitation.started_at)
    {
        // The process ended between sending and noting; the customer proves that the mail had left.
        if let Some(mut mail) = outbox::find(connection, scope, invitation.id, Occasion::First)? {
            left(services, connection, leased, &mut mail, started_at)?;
            note(services, connection, leased, &mail, (NoteEvent::Sent, None), "the customer opened it")?;
        }
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

/// Takes the mark back from a mail that was begun and then not handed over: it counts as no try.
pub fn note_unbegun(
    services: &Services,
    connection: &mut AnyConnection,
    leased: &Leased,
    outgoing: &Outgoing,
) -> Result<()> {
    let mut mail = outgoing.mail.clone();
    mail.state = MailState::Ready;
    mail.attempts -= 1;
    outbox::update(connection, &leased.scope, &mail)?;
    Ok(jobs::put_back(connection, leased, services.now())?)
}

/// Takes the mark back from a mail that could not be written; its job is given back or given up by the caller.
pub fn note_unwritten(
    connection: &mut AnyConnection,
    leased: &Leased,
    mail: &Mail,
    state: MailState,
    words: &str,
) -> Result<()> {
    let mail = Mail { state, last_error: words.to_owned(), ..mail.clone() };
    Ok(outbox::update(connection, &leased.scope, &mail)?)
}

fn note(
    services: &Services,
    connection: &mut AnyConnection,
    leased: &Leased,
    mail: &Mail,
    what: (NoteEvent, Option<Reason>),
    words: &str,
) -> Result<()> {
    let about = (mail.invitation_id, mail.occasion);
    delivery_log::happened(services, connection, &leased.scope, about, what, words)
}
