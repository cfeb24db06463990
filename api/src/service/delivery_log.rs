//! Writes the delivery log: what was decided about a mail, when, and why.

use std::sync::atomic::{AtomicU16, Ordering};

use super::{Result, Services};
use crate::domain::{Id, InvitationState, NoteEvent, Occasion, Reason};
use crate::store::delivery_notes::{self, DeliveryNote};
use crate::store::invitations::Invitation;
use crate::store::{AnyConnection, OrgScope};

/// Notes what the planner decided.
pub fn decided(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    invitation: &Invitation,
) -> Result<()> {
    let event = match invitation.state {
        InvitationState::Skipped => NoteEvent::Skipped,
        _ => NoteEvent::Planned,
    };
    let note = DeliveryNote {
        event,
        reason: invitation.reason,
        occasion: Occasion::First,
        send_at: invitation.send_at,
        words: String::new(),
        noted_at: services.now(),
    };
    add(services, connection, scope, invitation.id, &note)
}

/// Notes what became of a mail.
pub fn happened(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    (invitation_id, occasion): (Id, Occasion),
    (event, reason): (NoteEvent, Option<Reason>),
    words: &str,
) -> Result<()> {
    let noted_at = services.now();
    let note = DeliveryNote { event, reason, occasion, send_at: None, words: words.to_owned(), noted_at };
    add(services, connection, scope, invitation_id, &note)
}

/// Adds one line.
pub fn add(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    invitation_id: Id,
    note: &DeliveryNote,
) -> Result<()> {
    Ok(delivery_notes::add(connection, scope, next_id(services), invitation_id, note)?)
}

/// Lines that were added so far, modulo 4,096.
static ADDED: AtomicU16 = AtomicU16::new(0);

/// An id that sorts behind those of the same millisecond: twelve of its bits count on.
fn next_id(services: &Services) -> Id {
    let id = services.new_id();
    let [high, low] = (ADDED.fetch_add(1, Ordering::Relaxed) & 0x0fff).to_be_bytes();
    let mut bytes = id.to_vec();
    bytes.splice(6..8, [0x70 | high, low]);
    Id::from_bytes(&bytes).unwrap_or(id)
}
