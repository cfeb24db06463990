//! The delivery log: every decision about an invitation, in words that an answer can be looked up by.

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Result, unreadable};
use super::schema::delivery_note;
use crate::domain::{Id, Micros, NoteEvent, Occasion, Reason};

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryNote {
    /// What happened or was decided.
    pub event: NoteEvent,
    /// Why, where there is a reason.
    pub reason: Option<Reason>,
    /// Which mail it is about.
    pub occasion: Occasion,
    /// When the mail is due, for what was planned.
    pub send_at: Option<Micros>,
    /// What the relay or the receiver said, without any address; may be empty.
    pub words: String,
    /// When it was noted.
    pub noted_at: Micros,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = delivery_note)]
struct Row {
    org_id: i32,
    invitation_id: Vec<u8>,
    note_id: Vec<u8>,
    event: i16,
    reason: i16,
    occasion: i16,
    send_at: Option<i64>,
    words: String,
    noted_at: i64,
}

/// Adds a line to the log of an invitation.
pub fn add(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    note_id: Id,
    invitation_id: Id,
    note: &DeliveryNote,
) -> Result<()> {
    let row = Row {
        org_id: scope.org(),
        invitation_id: invitation_id.to_vec(),
        note_id: note_id.to_vec(),
        event: note.event.code(),
        reason: note.reason.map_or(0, Reason::code),
        occasion: note.occasion.code(),
        send_at: note.send_at.map(|at| at.0),
        words: note.words.clone(),
        noted_at: note.noted_at.0,
    };
    diesel::insert_into(delivery_note::table).values(&row).execute(connection)?;
    Ok(())
}

/// The log of an invitation, oldest line first.
pub fn of_invitation(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    invitation_id: Id,
) -> Result<Vec<DeliveryNote>> {
    let rows: Vec<Row> = delivery_note::table
        .filter(delivery_note::org_id.eq(scope.org()))
        .filter(delivery_note::invitation_id.eq(invitation_id.to_vec()))
        .select(Row::as_select())
        .order(delivery_note::note_id)
        .load(connection)?;
    rows.into_iter().map(read).collect()
}

fn read(row: Row) -> Result<DeliveryNote> {
    Ok(DeliveryNote {
        event: NoteEvent::from_code(row.event).ok_or_else(|| unreadable("note event"))?,
        reason: Reason::from_code(row.reason),
        occasion: Occasion::from_code(row.occasion).ok_or_else(|| unreadable("occasion"))?,
        send_at: row.send_at.map(Micros),
        words: row.words,
        noted_at: Micros(row.noted_at),
    })
}
