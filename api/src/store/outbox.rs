//! Mails, each the invitation or a reminder of it, with what became of them.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Result, unreadable};
use super::invitations::Invitation;
use super::schema::{invitation, organisation, outbox, survey};
use crate::domain::cap::{OtherMail, Rank};
use crate::domain::{Carrier, Id, InvitationState, MailState, Micros, Occasion};

/// One mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// The invitation it is about.
    pub invitation_id: Id,
    /// Which mail about it.
    pub occasion: Occasion,
    /// Who gets it.
    pub customer_id: Id,
    /// What became of it.
    pub state: MailState,
    /// How often it was begun.
    pub attempts: i32,
    /// How often it is not known whether it left.
    pub doubts: i16,
    /// When it was begun last.
    pub began_at: Option<Micros>,
    /// When it left.
    pub sent_at: Option<Micros>,
    /// Why it did not leave, without any address.
    pub last_error: String,
    /// When it was planned.
    pub created_at: Micros,
}

impl Mail {
    /// A mail that waits for its time.
    pub fn new(invitation: &Invitation, occasion: Occasion, now: Micros) -> Self {
        Self {
            invitation_id: invitation.id,
            occasion,
            customer_id: invitation.customer_id,
            state: MailState::Ready,
            attempts: 0,
            doubts: 0,
            began_at: None,
            sent_at: None,
            last_error: String::new(),
            created_at: now,
        }
    }

    /// Whether it was given up or dropped; planned again, it begins anew.
    pub const fn is_over(&self) -> bool {
        matches!(self.state, MailState::Failed | MailState::Dropped)
    }
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = outbox)]
#[diesel(treat_none_as_null = true)]
struct Row {
    org_id: i32,
    invitation_id: Vec<u8>,
    occasion: i16,
    customer_id: Vec<u8>,
    state: i16,
    attempts: i32,
    doubts: i16,
    began_at: Option<i64>,
    sent_at: Option<i64>,
    last_error: String,
    created_at: i64,
}

impl Row {
    fn write(scope: &OrgScope, mail: &Mail) -> Self {
        Self {
            org_id: scope.org(),
            invitation_id: mail.invitation_id.to_vec(),
            occasion: mail.occasion.code(),
            customer_id: mail.customer_id.to_vec(),
            state: mail.state.code(),
            attempts: mail.attempts,
            doubts: mail.doubts,
            began_at: mail.began_at.map(|at| at.0),
            sent_at: mail.sent_at.map(|at| at.0),
            last_error: mail.last_error.clone(),
            created_at: mail.created_at.0,
        }
    }

    fn read(self) -> Result<Mail> {
        let id = |bytes: &[u8]| Id::from_bytes(bytes).ok_or_else(|| unreadable("id"));
        Ok(Mail {
            invitation_id: id(&self.invitation_id)?,
            occasion: Occasion::from_code(self.occasion).ok_or_else(|| unreadable("occasion"))?,
            customer_id: id(&self.customer_id)?,
            state: MailState::from_code(self.state).ok_or_else(|| unreadable("mail state"))?,
            attempts: self.attempts,
            doubts: self.doubts,
            began_at: self.began_at.map(Micros),
            sent_at: self.sent_at.map(Micros),
            last_error: self.last_error,
            created_at: Micros(self.created_at),
        })
    }
}

/// One mail, if it was ever planned.
pub fn find(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    invitation_id: Id,
    occasion: Occasion,
) -> Result<Option<Mail>> {
    let row: Option<Row> = outbox::table
        .filter(outbox::org_id.eq(scope.org()))
        .filter(outbox::invitation_id.eq(invitation_id.to_vec()))
        .filter(outbox::occasion.eq(occasion.code()))
        .select(Row::as_select())
        .get_result(connection)
        .optional()?;
    row.map(Row::read).transpose()
}

/// All mails about an invitation, the first one first.
pub fn of_invitation(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    invitation_id: Id,
) -> Result<Vec<Mail>> {
    let rows: Vec<Row> = outbox::table
        .filter(outbox::org_id.eq(scope.org()))
        .filter(outbox::invitation_id.eq(invitation_id.to_vec()))
        .select(Row::as_select())
        .order(outbox::occasion)
        .load(connection)?;
    rows.into_iter().map(Row::read).collect()
}

/// Stores a mail that was not planned before.
pub fn insert(connection: &mut AnyConnection, scope: &OrgScope, mail: &Mail) -> Result<()> {
    diesel::insert_into(outbox::table).values(&Row::write(scope, mail)).execute(connection)?;
    Ok(())
}

/// Stores what has changed of a mail.
pub fn update(connection: &mut AnyConnection, scope: &OrgScope, mail: &Mail) -> Result<()> {
    let here = outbox::table
        .filter(outbox::org_id.eq(scope.org()))
        .filter(outbox::invitation_id.eq(mail.invitation_id.to_vec()))
        .filter(outbox::occasion.eq(mail.occasion.code()));
    diesel::update(here).set(&Row::write(scope, mail)).execute(connection)?;
    Ok(())
}

/// Forgets a mail that was never begun.
pub fn take_back(connection: &mut AnyConnection, scope: &OrgScope, invitation_id: Id) -> Result<()> {
    let here = outbox::table
        .filter(outbox::org_id.eq(scope.org()))
        .filter(outbox::invitation_id.eq(invitation_id.to_vec()))
        .filter(outbox::state.eq(MailState::Ready.code()));
    diesel::delete(here).execute(connection)?;
    Ok(())
}

/// Those of some invitations of which a mail was begun by a process that ended, or was in doubt before.
pub fn in_doubt(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    invitations: &[Id],
) -> Result<BTreeSet<Id>> {
    let ids: Vec<Vec<u8>> = invitations.iter().map(|id| id.to_vec()).collect();
    let rows: Vec<Vec<u8>> = outbox::table
        .filter(outbox::org_id.eq(scope.org()))
        .filter(outbox::invitation_id.eq_any(ids))
        .filter(outbox::state.eq(MailState::Sending.code()).or(outbox::doubts.gt(0)))
        .select(outbox::invitation_id)
        .load(connection)?;
    rows.iter().map(|bytes| Id::from_bytes(bytes).ok_or_else(|| unreadable("id"))).collect()
}

/// All mails of an organisation, counted by state; what a test key brought is left out.
pub fn count(connection: &mut AnyConnection, scope: &OrgScope) -> Result<Vec<(MailState, i64)>> {
    let rows: Vec<(i16, i64)> = outbox::table
        .inner_join(invitation::table.on(
            invitation::org_id.eq(outbox::org_id).and(invitation::invitation_id.eq(outbox::invitation_id)),
        ))
        .filter(outbox::org_id.eq(scope.org()))
        .filter(invitation::test.eq(false))
        .group_by(outbox::state)
        .select((outbox::state, diesel::dsl::count_star()))
        .load(connection)?;
    rows.into_iter()
        .map(|(state, n)| Ok((MailState::from_code(state).ok_or_else(|| unreadable("mail state"))?, n)))
        .collect()
}

/// How many mails have been due since before an instant and were neither sent nor given up.
pub fn overdue(connection: &mut AnyConnection, scope: &OrgScope, since: Micros) -> Result<i64> {
    let waits = [MailState::Ready, MailState::Sending, MailState::Deferred].map(MailState::code);
    Ok(outbox::table
        .inner_join(invitation::table.on(
            invitation::org_id.eq(outbox::org_id).and(invitation::invitation_id.eq(outbox::invitation_id)),
        ))
        .filter(outbox::org_id.eq(scope.org()))
        .filter(outbox::state.eq_any(waits))
        .filter(outbox::occasion.eq(Occasion::First.code()))
        .filter(invitation::send_at.le(since.0))
        .count()
        .get_result(connection)?)
}

/// How many mails of an organisation were begun since an instant.
pub fn begun_since(connection: &mut AnyConnection, scope: &OrgScope, since: Micros) -> Result<i64> {
    Ok(outbox::table
        .filter(outbox::org_id.eq(scope.org()))
        .filter(outbox::began_at.ge(since.0))
        .count()
        .get_result(connection)?)
}

/// When the first mail of an organisation was begun.
pub fn first_begun_at(connection: &mut AnyConnection, scope: &OrgScope) -> Result<Option<Micros>> {
    let first: Option<i64> = outbox::table
        .filter(outbox::org_id.eq(scope.org()))
        .select(diesel::dsl::min(outbox::began_at))
        .get_result(connection)?;
    Ok(first.map(Micros))
}

type Sent = (Vec<u8>, i16, i16, Option<i64>, Option<i64>);
type Waiting = (Vec<u8>, Option<i64>, i16);

/// Every other mail to a customer that may be counted against a cap: sent ones and waiting ones.
///
/// A mail that is being handed over, or of which it is not known whether it left, counts as sent.
pub fn other_mails(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    customer_id: Id,
    but: (Id, Occasion),
) -> Result<Vec<OtherMail>> {
    let sent: Vec<Sent> = outbox::table
        .filter(outbox::org_id.eq(scope.org()))
        .filter(outbox::customer_id.eq(customer_id.to_vec()))
        .select((outbox::invitation_id, outbox::occasion, outbox::state, outbox::began_at, outbox::sent_at))
        .load(connection)?;
    let left = [MailState::Sending, MailState::Sent, MailState::Uncertain, MailState::Failed];
    let mut mails = Vec::new();
    for (invitation_id, occasion, state, began_at, sent_at) in sent {
        let is_this = invitation_id == but.0.to_vec() && occasion == but.1.code();
        if !is_this && left.iter().any(|one| one.code() == state) {
            mails.extend(sent_at.or(began_at).map(|at| OtherMail { at: Micros(at), rank: None }));
        }
    }
    let its_survey = survey::org_id.eq(invitation::org_id).and(survey::survey_id.eq(invitation::survey_id));
    let waiting: Vec<Waiting> = invitation::table
        .inner_join(survey::table.on(its_survey))
        .filter(invitation::org_id.eq(scope.org()))
        .filter(invitation::customer_id.eq(customer_id.to_vec()))
        .filter(invitation::state.eq(InvitationState::Planned.code()))
        .filter(invitation::invitation_id.ne(but.0.to_vec()))
        .select((invitation::invitation_id, invitation::send_at, survey::priority))
        .load(connection)?;
    for (bytes, send_at, priority) in waiting {
        let invitation = Id::from_bytes(&bytes).ok_or_else(|| unreadable("id"))?;
        let rank = Some(Rank { priority, invitation });
        mails.extend(send_at.map(|at| OtherMail { at: Micros(at), rank }));
    }
    Ok(mails)
}

/// The last mails to a customer that left, the latest first, at most `most`.
pub fn last_of_customer(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    customer_id: Id,
    most: usize,
) -> Result<Vec<(Id, Occasion)>> {
    let left = [MailState::Sent, MailState::Uncertain, MailState::Failed].map(MailState::code);
    let rows: Vec<(Vec<u8>, i16)> = outbox::table
        .filter(outbox::org_id.eq(scope.org()))
        .filter(outbox::customer_id.eq(customer_id.to_vec()))
        .filter(outbox::state.eq_any(left))
        .filter(outbox::sent_at.is_not_null())
        .select((outbox::invitation_id, outbox::occasion))
        .order((outbox::sent_at.desc(), outbox::invitation_id.desc(), outbox::occasion.desc()))
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .load(connection)?;
    rows.into_iter()
        .map(|(id, occasion)| {
            let id = Id::from_bytes(&id).ok_or_else(|| unreadable("id"))?;
            Ok((id, Occasion::from_code(occasion).ok_or_else(|| unreadable("occasion"))?))
        })
        .collect()
}

/// What became of an organisation's last mails that left, at most `most`, since its counting began; what a test key brought
/// and what is no mail is left out.
pub fn last_states(connection: &mut AnyConnection, scope: &OrgScope, most: i64) -> Result<Vec<MailState>> {
    let left = [MailState::Sent, MailState::Uncertain, MailState::Failed].map(MailState::code);
    let its_invitation =
        invitation::org_id.eq(outbox::org_id).and(invitation::invitation_id.eq(outbox::invitation_id));
    let since: Option<i64> = organisation::table
        .filter(organisation::org_id.eq(scope.org()))
        .select(organisation::counted_since)
        .get_result(connection)?;
    let rows: Vec<i16> = outbox::table
        .inner_join(invitation::table.on(its_invitation))
        .filter(outbox::org_id.eq(scope.org()))
        .filter(outbox::state.eq_any(left))
        .filter(outbox::sent_at.is_not_null())
        .filter(outbox::began_at.ge(since.unwrap_or(i64::MIN)))
        .filter(invitation::test.eq(false))
        .filter(invitation::carrier.eq(Carrier::Mail.code()))
        .select(outbox::state)
        .order((outbox::began_at.desc(), outbox::invitation_id.desc()))
        .limit(most)
        .load(connection)?;
    rows.into_iter().map(|code| MailState::from_code(code).ok_or_else(|| unreadable("mail state"))).collect()
}
