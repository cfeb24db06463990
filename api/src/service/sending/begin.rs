//! The beginning of a mail: the planner is asked once more, and the mail is marked, in one transaction.

use super::super::expectation;
use super::super::plan_facts::{Case, Facts, gather, state};
use super::finish::leave_in_doubt;
use super::{Begun, Outgoing};
use crate::domain::carriers::Reach;
use crate::domain::organisation::Organisation;
use crate::domain::plan::may_remind;
use crate::domain::{
    Carrier, Channel, InvitationState, JobKind, MailState, Micros, NoteEvent, Occasion, Reason, Resend,
};
use crate::service::{Result, Services, delivery_log};
use crate::store::invitations::{self, Invitation};
use crate::store::jobs::Leased;
use crate::store::orders::StoredOrder;
use crate::store::outbox::{self, Mail};
use crate::store::surveys::{self, Survey};
use crate::store::{AnyConnection, OrgScope, customers, orders, organisations};

/// How often a mail that a process left marked is begun once more. Some of the twenty that an end leaves marked had been
/// taken and come twice; giving up earlier would lose the others.
const MOST_DOUBTS: i16 = 5;

/// Who asks, read once for all mails that are begun in one transaction.
pub struct Asker {
    organisation: Organisation,
    surveys: Vec<Survey>,
}

impl Asker {
    /// As it stands now.
    pub fn read(connection: &mut AnyConnection, scope: &OrgScope) -> Result<Self> {
        let organisation = organisations::get(connection, scope)?;
        Ok(Self { organisation, surveys: surveys::all(connection, scope)? })
    }

    /// The organisation.
    pub const fn organisation(&self) -> &Organisation {
        &self.organisation
    }
}

/// Begins the mail of a leased job, if it is to be sent now.
pub fn begin(
    services: &Services,
    connection: &mut AnyConnection,
    asker: &Asker,
    leased: &Leased,
) -> Result<Begun> {
    let scope = &leased.scope;
    let Asker { organisation, surveys } = asker;
    let invitation = invitations::get(connection, scope, leased.subject_id)?;
    let Some(survey) = surveys.iter().find(|survey| survey.id == invitation.survey_id) else {
        return Ok(Begun::NotNow);
    };
    let mails = outbox::of_invitation(connection, scope, invitation.id)?;
    let Some(occasion) = occasion(leased.kind, survey, &mails) else { return Ok(Begun::NotNow) };
    let waits = match occasion {
        Occasion::First => invitation.state == InvitationState::Planned,
        _ => matches!(invitation.state, InvitationState::Sent | InvitationState::Started),
    };
    if !waits {
        return Ok(Begun::NotNow);
    }
    let order = orders::get(connection, scope, invitation.order_id)?;
    customers::lock(connection, scope, order.customer_id)?;
    let customer = customers::get(connection, scope, order.customer_id)?;
    let now = services.now();
    let case = Case {
        organisation,
        surveys,
        survey,
        order: &order,
        customer: &customer,
        invitation_id: invitation.id,
        occasion,
        now,
        not_before: now,
    };
    let mail = mails.into_iter().find(|mail| mail.occasion == occasion);
    let is_stored = mail.is_some();
    let mut mail = mail.unwrap_or_else(|| Mail::new(&invitation, occasion, now));
    if mail.state == MailState::Sending && doubt(services, connection, scope, &mut mail, organisation.resend)?
    {
        leave_in_doubt(services, connection, leased, &mut mail)?;
        return Ok(Begun::Noted);
    }
    let facts = gather(services, connection, scope, &case)?;
    if !is_wanted(services, connection, scope, &case, &facts, &invitation)? {
        return Ok(Begun::NotNow);
    }
    let Some(reach) = facts.reach().filter(|reach| reach.carrier == invitation.carrier).cloned() else {
        // They are reached in another way now: that is planned anew.
        return Ok(Begun::NotNow);
    };
    if let Some(at) = not_yet(services, connection, scope, &case, &reach, &facts)? {
        return Ok(Begun::Later(at));
    }
    mark(connection, scope, &mut mail, is_stored, now)?;
    let invitation = if occasion == Occasion::First {
        as_sent(connection, scope, survey, &order, &invitation)?
    } else {
        invitation
    };
    let (survey, organisation) = (survey.clone(), organisation.clone());
    Ok(Begun::Mail(Box::new(Outgoing { invitation, mail, survey, order, customer, organisation, reach })))
}

/// Which mail a job is about; none when all reminders were sent.
fn occasion(kind: JobKind, survey: &Survey, mails: &[Mail]) -> Option<Occasion> {
    if kind == JobKind::SendInvitation {
        return Some(Occasion::First);
    }
    let over = |mail: &&Mail| mail.occasion != Occasion::First && mail.sent_at.is_some();
    let sent = i16::try_from(mails.iter().filter(over).count()).unwrap_or(i16::MAX);
    match survey.offer.reminders - sent {
        left if left <= 0 => None,
        1 => Some(Occasion::LastReminder),
        _ => Some(Occasion::Reminder),
    }
}

/// Notes that it is not known whether a mail left; whether it is to be left alone now.
fn doubt(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    mail: &mut Mail,
    resend: Resend,
) -> Result<bool> {
    mail.doubts += 1;
    let words = "the service ended while it was handed over";
    let about = (mail.invitation_id, mail.occasion);
    delivery_log::happened(services, connection, scope, about, (NoteEvent::Uncertain, None), words)?;
    Ok(resend == Resend::Never || mail.doubts > MOST_DOUBTS)
}

/// Whether the planner still wants the mail now; why a reminder is dropped is noted.
fn is_wanted(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    case: &Case<'_>,
    facts: &Facts,
    invitation: &Invitation,
) -> Result<bool> {
    if case.occasion == Occasion::First {
        let decision = facts.decide(case)?;
        return Ok(decision.state == InvitationState::Planned
            && decision.reason != Reason::Paused
            && decision.send_at.is_some_and(|at| at <= case.now));
    }
    let Some(reason) = may_remind(&facts.of_order(), state(case), invitation.expires_at, case.now) else {
        return Ok(true);
    };
    let about = (invitation.id, case.occasion);
    delivery_log::happened(services, connection, scope, about, (NoteEvent::Skipped, Some(reason)), "")?;
    Ok(false)
}

/// When the mail may go, if its domain, the organisation or the gateway has had enough for now, or if it is night there.
fn not_yet(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    case: &Case<'_>,
    reach: &Reach,
    facts: &Facts,
) -> Result<Option<Micros>> {
    if case.occasion != Occasion::First {
        let rule = super::super::plan_facts::rule(case.survey)?;
        let allowed = rule.quiet.next_allowed(case.now, facts.zone());
        if allowed > case.now {
            return Ok(Some(allowed));
        }
    }
    if case.order.test {
        return Ok(None);
    }
    if reach.carrier == Carrier::Message {
        return Ok(services.gateways.rests_until(case.organisation.org_id, case.now));
    }
    super::pace::not_before(services, connection, scope, &reach.address, case.now)
}

/// Marks a mail as being sent.
fn mark(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    mail: &mut Mail,
    is_stored: bool,
    now: Micros,
) -> Result<()> {
    mail.state = MailState::Sending;
    mail.attempts += 1;
    mail.began_at = Some(now);
    if is_stored {
        return Ok(outbox::update(connection, scope, mail)?);
    }
    Ok(outbox::insert(connection, scope, mail)?)
}

/// The invitation with what is decided when its mail is sent: the module that is asked, and whether it looks back.
pub(super) fn as_sent(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey: &Survey,
    order: &StoredOrder,
    invitation: &Invitation,
) -> Result<Invitation> {
    let attached = |channel: &Channel| survey.modules.iter().any(|module| module.channel == *channel);
    Ok(Invitation {
        module: order.contact_channel.filter(attached).map_or(0, Channel::code),
        looks_back: !expectation::is_answered(connection, scope, survey, order.id)?,
        ..invitation.clone()
    })
}
