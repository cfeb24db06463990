//! What comes back, and what follows: an address that is gone is not mailed again, one that fails three times in a row
//! neither, a complaint ends mails at once, and too many of them stop the organisation's sending.

use std::collections::BTreeSet;

use super::delivery_log;
use super::pause_sending::{PausedBy, pause};
use super::plan_facts::address_hash;
use super::return_address::ReturnAddress;
use super::suppress::{put_on_list, replan_customer};
use super::{Result, Services};
use crate::domain::{Id, InvitationState, MailState, NoteEvent, Occasion, SuppressionCause};
use crate::mail::returned::{Came, Marks};
use crate::store::invitations::{self, Invitation};
use crate::store::{AnyConnection, OrgScope, customers, delivery_notes, organisations, outbox};

/// How many mails in a row may fail softly before their address is not mailed any more.
const SOFT_IN_A_ROW: usize = 3;

/// Where mails come back to, and how many may.
#[derive(Clone, Debug)]
pub struct Returns {
    /// The return address; without one reports go to the organisation's contact.
    pub address: Option<ReturnAddress>,
    /// Sending stops when more of a hundred mails come back for good; 0 for never.
    pub limit: u32,
    /// How many of the last mails are looked at; a quarter of them must have been sent.
    pub window: u32,
}

impl Default for Returns {
    fn default() -> Self {
        Self { address: None, limit: 5, window: 200 }
    }
}

/// What a report came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// It was noted; false when it had been before.
    pub noted: bool,
    /// The address is not mailed any more, by this report.
    pub suppressed: bool,
    /// The organisation's sending was stopped by it: its waiting mails are to be planned again.
    pub paused: bool,
}

/// A mail of which something came back.
#[derive(Clone, Debug)]
pub struct About {
    invitation: Invitation,
    occasion: Occasion,
}

impl About {
    /// The invitation that the mail is about.
    pub fn into_invitation(self) -> Invitation {
        self.invitation
    }
}

/// The mail of an organisation that a report proves to know: by the address it came back to, or by its id.
pub fn mail_behind(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    marks: &Marks,
) -> Result<Option<About>> {
    if let Some(address) = &services.returns.address
        && let Some((opened, occasion)) = address.mail_behind(services, connection, &marks.arrived_at)?
        && opened.scope.org_id() == scope.org_id()
    {
        return Ok(Some(About { invitation: opened.invitation, occasion }));
    }
    for (id, occasion) in marks.message_ids.iter().filter_map(|text| mail_of_id(text)) {
        if let Some(about) = mail_about(connection, scope, id, Some(occasion))? {
            return Ok(Some(about));
        }
    }
    Ok(None)
}

/// The mail about an invitation, the latest unless told; none when no such mail was begun.
pub fn mail_about(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    id: Id,
    occasion: Option<Occasion>,
) -> Result<Option<About>> {
    let mails = outbox::of_invitation(connection, scope, id)?;
    let wanted =
        |mail: &&outbox::Mail| mail.began_at.is_some() && occasion.is_none_or(|one| one == mail.occasion);
    let Some(occasion) = mails.iter().rfind(wanted).map(|mail| mail.occasion) else { return Ok(None) };
    Ok(Some(About { invitation: invitations::get(connection, scope, id)?, occasion }))
}

/// The invitation and the mail that a message id names: `<id>.invitation@…`, of a reminder `<id>-1.invitation@…`.
fn mail_of_id(text: &str) -> Option<(Id, Occasion)> {
    let (name, _) = text.split_once(".invitation@")?;
    if let Some(id) = Id::parse(name) {
        return Some((id, Occasion::First));
    }
    let (id, number) = name.rsplit_once('-')?;
    let occasion = Occasion::from_code(number.parse::<i16>().ok()?.checked_add(1)?)?;
    Some((Id::parse(id)?, occasion))
}

/// Notes what came of a mail, and does what follows. A report that is noted already changes nothing.
pub fn take(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    about: &About,
    (came, status): (Came, &str),
) -> Result<Taken> {
    let About { invitation, occasion } = about;
    if invitation.test {
        return Ok(Taken::default());
    }
    let event = match came {
        Came::Hard => NoteEvent::Bounced,
        Came::Soft => NoteEvent::SoftBounced,
        Came::Delayed => NoteEvent::Deferred,
        Came::Complaint => NoteEvent::Complained,
    };
    let notes = delivery_notes::of_invitation(connection, scope, invitation.id)?;
    let is_known = |note: &delivery_notes::DeliveryNote| {
        note.occasion == *occasion
            && (note.event == event || (came != Came::Complaint && note.event == NoteEvent::Bounced))
    };
    if notes.iter().any(is_known) {
        return Ok(Taken::default());
    }
    let mail = (invitation.id, *occasion);
    delivery_log::happened(services, connection, scope, mail, (event, None), status)?;
    let mut taken = Taken { noted: true, ..Taken::default() };
    let email = customers::get(connection, scope, invitation.customer_id)?.email;
    let cause = match came {
        Came::Complaint => SuppressionCause::Complained,
        Came::Hard => {
            mark_failed(connection, scope, about, status)?;
            SuppressionCause::Bounced
        }
        Came::Soft if is_third_in_a_row(connection, scope, invitation.customer_id)? => {
            SuppressionCause::Bounced
        }
        Came::Soft | Came::Delayed => return Ok(taken),
    };
    if !email.is_empty() {
        taken.suppressed = put_on_list(services, connection, scope, address_hash(services, &email), cause)?;
        replan_customer(services, connection, scope, invitation.customer_id)?;
    }
    taken.paused = came == Came::Hard && pause_when_too_many(services, connection, scope)?;
    Ok(taken)
}

fn mark_failed(connection: &mut AnyConnection, scope: &OrgScope, about: &About, status: &str) -> Result<()> {
    let About { invitation, occasion } = about;
    if let Some(mut mail) = outbox::find(connection, scope, invitation.id, *occasion)? {
        mail.sent_at = mail.sent_at.or(mail.began_at);
        if mail.state != MailState::Failed {
            mail.state = MailState::Failed;
            mail.last_error =
                if status.is_empty() { "it came back".to_owned() } else { format!("it came back: {status}") };
        }
        outbox::update(connection, scope, &mail)?;
    }
    // Who has begun to answer was reached, whatever a server says.
    if *occasion == Occasion::First && invitation.state == InvitationState::Sent {
        let bounced = Invitation { state: InvitationState::Bounced, reason: None, ..invitation.clone() };
        invitations::update(connection, scope, &bounced)?;
    }
    Ok(())
}

/// Whether each of the last three mails to a customer failed softly.
fn is_third_in_a_row(connection: &mut AnyConnection, scope: &OrgScope, customer: Id) -> Result<bool> {
    let last = outbox::last_of_customer(connection, scope, customer, SOFT_IN_A_ROW)?;
    for (id, occasion) in &last {
        let notes = delivery_notes::of_invitation(connection, scope, *id)?;
        if !notes.iter().any(|note| note.occasion == *occasion && note.event == NoteEvent::SoftBounced) {
            return Ok(false);
        }
    }
    Ok(last.len() == SOFT_IN_A_ROW)
}

/// Stops an organisation's sending when too many of its last mails came back for good; whether it did.
pub fn pause_when_too_many(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
) -> Result<bool> {
    let Returns { limit, window, .. } = services.returns;
    if limit == 0 || organisations::get(connection, scope)?.pause.is_on() {
        return Ok(false);
    }
    let last = outbox::last_states(connection, scope, i64::from(window))?;
    let failed = last.iter().filter(|state| **state == MailState::Failed).count();
    let few = last.len() < usize::try_from(window.div_ceil(4)).unwrap_or(usize::MAX);
    if few || failed * 100 <= last.len() * usize::try_from(limit).unwrap_or(100) {
        return Ok(false);
    }
    let reason =
        format!("{failed} of the last {} mails came back for good, more than {limit} of 100", last.len());
    tracing::warn!(organisation = scope.org_id().0, %reason, "all mails of an organisation were stopped");
    pause(services, connection, scope, PausedBy::Organisation, &reason)?;
    Ok(true)
}

/// What is known of an address only: it is not mailed any more when that is for good; the latest mail to each customer
/// who has it is noted.
pub fn take_of_address(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    email: &str,
    came: Came,
) -> Result<Taken> {
    let whom = super::erase::Whom::Email(email.to_owned());
    let found: BTreeSet<Id> =
        super::erase::customers_of(services, connection, scope, &whom)?.into_iter().collect();
    let mut all = Taken::default();
    for customer in found {
        let Some((id, occasion)) = outbox::last_of_customer(connection, scope, customer, 1)?.pop() else {
            continue;
        };
        let Some(about) = mail_about(connection, scope, id, Some(occasion))? else { continue };
        let taken = take(services, connection, scope, &about, (came, ""))?;
        all.noted |= taken.noted;
        all.suppressed |= taken.suppressed;
        all.paused |= taken.paused;
    }
    let cause = match came {
        Came::Hard => SuppressionCause::Bounced,
        Came::Complaint => SuppressionCause::Complained,
        Came::Soft | Came::Delayed => return Ok(all),
    };
    all.suppressed |= put_on_list(services, connection, scope, address_hash(services, email), cause)?;
    Ok(all)
}
