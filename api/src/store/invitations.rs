//! Invitations: one customer asked once about one order.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::authority::OrgScope;
use super::change_seen::ChangeSeen;
use super::connection::{AnyConnection, each_backend};
use super::error::{Result, unreadable};
use super::schema::{invitation, organisation, purchase_order};
use super::submissions::{Becomes, Change, Seen};
use crate::domain::{Carrier, Id, InvitationState, Micros, OrgId, Reason};

/// One invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Its id.
    pub id: Id,
    /// Number of its survey.
    pub survey_id: i32,
    /// The order it asks about.
    pub order_id: Id,
    /// Who is asked.
    pub customer_id: Id,
    /// Which form of the design.
    pub form: i16,
    /// Code of the length.
    pub length: i16,
    /// Language tag of the mail and of the first page.
    pub language: String,
    /// How far it has come.
    pub state: InvitationState,
    /// Why it is skipped or waits.
    pub reason: Option<Reason>,
    /// When the mail is due.
    pub send_at: Option<Micros>,
    /// When it was sent.
    pub sent_at: Option<Micros>,
    /// First POST.
    pub started_at: Option<Micros>,
    /// The form was finished.
    pub answered_at: Option<Micros>,
    /// When the link runs out.
    pub expires_at: Option<Micros>,
    /// SHA-256 of the link's secret.
    pub token_hash: Vec<u8>,
    /// Id of the link key that made the link.
    pub link_key_id: String,
    /// Came by a test key.
    pub test: bool,
    /// When it was made.
    pub created_at: Micros,
    /// Code of the contact channel whose module is asked, too; 0 for none. Decided when the mail is sent.
    pub module: i16,
    /// Whether a full form looks back at what was expected: not when that was answered before.
    pub looks_back: bool,
    /// What brings it.
    pub carrier: Carrier,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = invitation)]
#[diesel(treat_none_as_null = true)]
pub(super) struct Row {
    org_id: i32,
    invitation_id: Vec<u8>,
    survey_id: i32,
    order_id: Vec<u8>,
    customer_id: Vec<u8>,
    form: i16,
    length: i16,
    language: String,
    state: i16,
    reason: i16,
    send_at: Option<i64>,
    sent_at: Option<i64>,
    started_at: Option<i64>,
    answered_at: Option<i64>,
    expires_at: Option<i64>,
    token_hash: Vec<u8>,
    link_key_id: String,
    test: bool,
    created_at: i64,
    module: i16,
    looks_back: bool,
    carrier: i16,
}

impl Row {
    fn write(scope: &OrgScope, one: &Invitation) -> Self {
        Self {
            org_id: scope.org(),
            invitation_id: one.id.to_vec(),
            survey_id: one.survey_id,
            order_id: one.order_id.to_vec(),
            customer_id: one.customer_id.to_vec(),
            form: one.form,
            length: one.length,
            language: one.language.clone(),
            state: one.state.code(),
            reason: one.reason.map_or(0, Reason::code),
            send_at: one.send_at.map(|at| at.0),
            sent_at: one.sent_at.map(|at| at.0),
            started_at: one.started_at.map(|at| at.0),
            answered_at: one.answered_at.map(|at| at.0),
            expires_at: one.expires_at.map(|at| at.0),
            token_hash: one.token_hash.clone(),
            link_key_id: one.link_key_id.clone(),
            test: one.test,
            created_at: one.created_at.0,
            module: one.module,
            looks_back: one.looks_back,
            carrier: one.carrier.code(),
        }
    }

    pub(super) fn read(self) -> Result<Invitation> {
        let id = |bytes: &[u8]| Id::from_bytes(bytes).ok_or_else(|| unreadable("id"));
        Ok(Invitation {
            id: id(&self.invitation_id)?,
            survey_id: self.survey_id,
            order_id: id(&self.order_id)?,
            customer_id: id(&self.customer_id)?,
            form: self.form,
            length: self.length,
            language: self.language,
            state: InvitationState::from_code(self.state).ok_or_else(|| unreadable("invitation state"))?,
            reason: Reason::from_code(self.reason),
            send_at: self.send_at.map(Micros),
            sent_at: self.sent_at.map(Micros),
            started_at: self.started_at.map(Micros),
            answered_at: self.answered_at.map(Micros),
            expires_at: self.expires_at.map(Micros),
            token_hash: self.token_hash,
            link_key_id: self.link_key_id,
            test: self.test,
            created_at: Micros(self.created_at),
            module: self.module,
            looks_back: self.looks_back,
            carrier: Carrier::from_code(self.carrier).ok_or_else(|| unreadable("carrier"))?,
        })
    }
}

/// Stores a new invitation.
pub fn insert(connection: &mut AnyConnection, scope: &OrgScope, one: &Invitation) -> Result<()> {
    diesel::insert_into(invitation::table).values(&Row::write(scope, one)).execute(connection)?;
    Ok(())
}

/// Stores what has changed of an invitation.
pub fn update(connection: &mut AnyConnection, scope: &OrgScope, one: &Invitation) -> Result<()> {
    let here = invitation::table
        .filter(invitation::org_id.eq(scope.org()))
        .filter(invitation::invitation_id.eq(one.id.to_vec()));
    diesel::update(here).set(&Row::write(scope, one)).execute(connection)?;
    Ok(())
}

/// Changes those of some invitations that are still as they were seen; their ids.
pub(super) fn change_seen(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    ids: &[Id],
    seen: Seen,
    becomes: &Becomes,
    at: Micros,
) -> Result<BTreeSet<Id>> {
    let change = Change::of(becomes, at);
    match connection {
        AnyConnection::Sqlite(inner) => {
            let mut changed = BTreeSet::new();
            for id in ids {
                let (org_id, state, answered) = (scope.org(), seen.state.code(), seen.answered);
                let one = ChangeSeen { org_id, id: &id.to_vec(), state, answered, change: &change };
                if one.execute(inner)? > 0 {
                    changed.insert(*id);
                }
            }
            Ok(changed)
        }
        AnyConnection::Postgres(inner) => {
            let all = invitation::table
                .filter(invitation::org_id.eq(scope.org()))
                .filter(invitation::state.eq(seen.state.code()))
                .filter(invitation::answered_at.is_not_null().eq(seen.answered))
                .filter(invitation::invitation_id.eq_any(ids.iter().map(|id| id.to_vec())));
            let changed: Vec<Vec<u8>> =
                diesel::update(all).set(&change).returning(invitation::invitation_id).get_results(inner)?;
            changed.iter().map(|bytes| Id::from_bytes(bytes).ok_or_else(|| unreadable("id"))).collect()
        }
    }
}

/// The invitation whose link has this secret's hash, in the organisation with this route; with it the organisation,
/// the order's number and the revision of the organisation's settings.
pub(super) fn by_token(
    connection: &mut AnyConnection,
    route: &str,
    token_hash: &[u8],
) -> Result<Option<(OrgId, Invitation, String, i32)>> {
    let order =
        purchase_order::org_id.eq(invitation::org_id).and(purchase_order::order_id.eq(invitation::order_id));
    let opened = invitation::table
        .inner_join(organisation::table.on(organisation::org_id.eq(invitation::org_id)))
        .inner_join(purchase_order::table.on(order))
        .filter(organisation::route.eq(route))
        .filter(invitation::token_hash.eq(token_hash));
    // Through the one backend or the other a query is known by its type, and its text is not built at each page.
    let found: Option<(Row, String, i32)> = each_backend!(connection, inner => opened
        .select((Row::as_select(), purchase_order::order_number, organisation::revision))
        .get_result(inner)
        .optional())?;
    let Some((row, order_number, settings)) = found else { return Ok(None) };
    Ok(Some((OrgId(row.org_id), row.read()?, order_number, settings)))
}

/// The invitation with this id in the organisation with this route; with it the same as [`by_token`].
pub(super) fn by_route(
    connection: &mut AnyConnection,
    route: &str,
    id: Id,
) -> Result<Option<(OrgId, Invitation, String, i32)>> {
    let order =
        purchase_order::org_id.eq(invitation::org_id).and(purchase_order::order_id.eq(invitation::order_id));
    let found: Option<(Row, String, i32)> = invitation::table
        .inner_join(organisation::table.on(organisation::org_id.eq(invitation::org_id)))
        .inner_join(purchase_order::table.on(order))
        .filter(organisation::route.eq(route))
        .filter(invitation::invitation_id.eq(id.to_vec()))
        .select((Row::as_select(), purchase_order::order_number, organisation::revision))
        .get_result(connection)
        .optional()?;
    let Some((row, order_number, settings)) = found else { return Ok(None) };
    Ok(Some((OrgId(row.org_id), row.read()?, order_number, settings)))
}

/// One invitation by its id.
pub fn get(connection: &mut AnyConnection, scope: &OrgScope, id: Id) -> Result<Invitation> {
    let row: Row = invitation::table
        .filter(invitation::org_id.eq(scope.org()))
        .filter(invitation::invitation_id.eq(id.to_vec()))
        .select(Row::as_select())
        .get_result(connection)?;
    row.read()
}

/// All invitations about one order, by survey.
pub fn of_order(connection: &mut AnyConnection, scope: &OrgScope, order_id: Id) -> Result<Vec<Invitation>> {
    let rows: Vec<Row> = invitation::table
        .filter(invitation::org_id.eq(scope.org()))
        .filter(invitation::order_id.eq(order_id.to_vec()))
        .select(Row::as_select())
        .load(connection)?;
    let mut found = rows.into_iter().map(Row::read).collect::<Result<Vec<Invitation>>>()?;
    // Sorted here: asked to sort, SQLite goes through all invitations in the order of their surveys.
    found.sort_unstable_by_key(|one| one.survey_id);
    Ok(found)
}

/// Ids of a survey's planned invitations after one of them, at most `limit`.
pub fn planned_of_survey(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    after: Option<Id>,
    limit: i64,
) -> Result<Vec<Id>> {
    let after = after.map_or_else(Vec::new, Id::to_vec);
    let rows: Vec<Vec<u8>> = invitation::table
        .filter(invitation::org_id.eq(scope.org()))
        .filter(invitation::invitation_id.gt(after))
        .filter(invitation::survey_id.eq(survey_id))
        .filter(invitation::state.eq(InvitationState::Planned.code()))
        .select(invitation::invitation_id)
        .order(invitation::invitation_id)
        .limit(limit)
        .load(connection)?;
    rows.iter().map(|bytes| Id::from_bytes(bytes).ok_or_else(|| unreadable("id"))).collect()
}

/// All invitations of a customer.
pub fn of_customer(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    customer_id: Id,
) -> Result<Vec<Invitation>> {
    let rows: Vec<Row> = invitation::table
        .filter(invitation::org_id.eq(scope.org()))
        .filter(invitation::customer_id.eq(customer_id.to_vec()))
        .select(Row::as_select())
        .load(connection)?;
    rows.into_iter().map(Row::read).collect()
}

/// A customer's invitations that wait, or that the cap or the suppression list held back.
pub fn waiting_of_customer(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    customer_id: Id,
) -> Result<Vec<Invitation>> {
    let held_back = invitation::state
        .eq(InvitationState::Skipped.code())
        .and(invitation::reason.eq_any([Reason::Cap.code(), Reason::Suppressed.code()]));
    let rows: Vec<Row> = invitation::table
        .filter(invitation::org_id.eq(scope.org()))
        .filter(invitation::customer_id.eq(customer_id.to_vec()))
        .filter(invitation::state.eq(InvitationState::Planned.code()).or(held_back))
        .select(Row::as_select())
        .load(connection)?;
    rows.into_iter().map(Row::read).collect()
}

/// Ids of an organisation's planned invitations after one of them, at most `limit`.
pub fn planned(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    after: Option<Id>,
    limit: i64,
) -> Result<Vec<Id>> {
    let rows: Vec<Vec<u8>> = invitation::table
        .filter(invitation::org_id.eq(scope.org()))
        .filter(invitation::invitation_id.gt(after.map_or_else(Vec::new, Id::to_vec)))
        .filter(invitation::state.eq(InvitationState::Planned.code()))
        .select(invitation::invitation_id)
        .order(invitation::invitation_id)
        .limit(limit)
        .load(connection)?;
    rows.iter().map(|bytes| Id::from_bytes(bytes).ok_or_else(|| unreadable("id"))).collect()
}
