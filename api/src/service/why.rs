//! Answers why a customer was asked, or was not: every decision about their mails, with its time and reason.

use serde::Serialize;

use super::erase::{Whom, customers_of};
use super::{Error, Result, Services};
use crate::domain::{Id, Micros, Reason};
use crate::store::delivery_notes::{self, DeliveryNote};
use crate::store::invitations::{self, Invitation};
use crate::store::{AnyConnection, OrgScope, orders, organisations, outbox, surveys};

/// The delivery log of one invitation.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct InvitationLog {
    /// Its id.
    pub id: String,
    /// Key of its survey.
    pub survey: String,
    /// The shop's order number.
    pub order_number: String,
    /// How far it has come.
    #[schema(example = "skipped")]
    pub state: &'static str,
    /// Why it waits or is skipped.
    #[schema(example = "cap")]
    pub reason: Option<&'static str>,
    /// When the mail is due.
    pub send_at: Option<String>,
    /// Its mails: the invitation and reminders.
    pub mails: Vec<ShownMail>,
    /// Every decision, oldest first.
    pub log: Vec<LogLine>,
}

/// One mail.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ShownMail {
    /// `invitation`, `reminder` or `last_reminder`.
    #[schema(example = "invitation")]
    pub occasion: &'static str,
    /// `ready`, `sending`, `sent`, `deferred`, `failed`, `uncertain` or `dropped`.
    #[schema(example = "sent")]
    pub state: &'static str,
    /// How often it was begun.
    pub attempts: i32,
    /// How often it was not known whether it had left: it may have come as often once more.
    pub doubts: i16,
    /// When it left.
    pub sent_at: Option<String>,
    /// Why it did not leave.
    pub last_error: String,
}

/// One decision.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LogLine {
    /// When.
    pub at: String,
    /// What happened or was decided.
    #[schema(example = "planned")]
    pub event: &'static str,
    /// Which mail it is about.
    #[schema(example = "invitation")]
    pub occasion: &'static str,
    /// Why.
    #[schema(example = "quiet_hours")]
    pub reason: Option<&'static str>,
    /// For what was planned, when it is due.
    pub send_at: Option<String>,
    /// What else is known; may be empty.
    pub words: String,
}

/// All about one customer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Why {
    /// Whether all mails of the organisation rest.
    pub sending_paused: bool,
    /// The customer's invitations, oldest first; an order that has none was offered to no survey.
    pub invitations: Vec<InvitationLog>,
}

/// Everything that was decided about a customer's mails.
pub fn why(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    whom: &Whom,
) -> Result<Why> {
    let mut found = customers_of(services, connection, scope, whom)?;
    found.sort_unstable();
    found.dedup();
    if found.is_empty() {
        return Err(Error::NotFound("customer"));
    }
    let mut all = Vec::new();
    for customer in found {
        all.extend(invitations::of_customer(connection, scope, customer)?);
    }
    if let Whom::OrderNumber(number) = whom {
        let order = orders::find(connection, scope, number)?.map(|order| order.id);
        all.retain(|one| Some(one.order_id) == order);
    }
    all.sort_by_key(|one| one.id);
    let logs = all.iter().map(|one| log_of(connection, scope, one)).collect::<Result<_>>()?;
    let sending_paused = organisations::get(connection, scope)?.pause.is_on();
    Ok(Why { sending_paused, invitations: logs })
}

/// The delivery log of one invitation.
pub fn invitation_log(connection: &mut AnyConnection, scope: &OrgScope, id: Id) -> Result<InvitationLog> {
    let invitation = invitations::get(connection, scope, id).map_err(|error| match error {
        crate::store::Error::NotFound => Error::NotFound("invitation"),
        error => error.into(),
    })?;
    log_of(connection, scope, &invitation)
}

fn log_of(connection: &mut AnyConnection, scope: &OrgScope, one: &Invitation) -> Result<InvitationLog> {
    let time = |at: Option<Micros>| at.map(Micros::rfc3339);
    let mails = outbox::of_invitation(connection, scope, one.id)?;
    let shown = |mail: outbox::Mail| ShownMail {
        occasion: mail.occasion.word(),
        state: mail.state.word(),
        attempts: mail.attempts,
        doubts: mail.doubts,
        sent_at: time(mail.sent_at),
        last_error: mail.last_error,
    };
    let notes = delivery_notes::of_invitation(connection, scope, one.id)?;
    Ok(InvitationLog {
        id: one.id.to_string(),
        survey: surveys::get(connection, scope, one.survey_id)?.key,
        order_number: orders::get(connection, scope, one.order_id)?.order_number,
        state: one.state.word(),
        reason: one.reason.map(Reason::word),
        send_at: time(one.send_at),
        mails: mails.into_iter().map(shown).collect(),
        log: notes.into_iter().map(line).collect(),
    })
}

fn line(note: DeliveryNote) -> LogLine {
    LogLine {
        at: note.noted_at.rfc3339(),
        event: note.event.word(),
        occasion: note.occasion.word(),
        reason: note.reason.map(Reason::word),
        send_at: note.send_at.map(Micros::rfc3339),
        words: note.words,
    }
}
