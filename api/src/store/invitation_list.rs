//! Invitations as a list, a page at a time.

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::Result;
use super::invitations::{Invitation, Row};
use super::schema::{invitation, purchase_order};
use crate::domain::{Id, InvitationState};

/// Which invitations a list shows.
#[derive(Clone, Debug, Default)]
pub struct ListFilter {
    /// Number of the survey.
    pub survey_id: Option<i32>,
    /// How far they have come.
    pub state: Option<InvitationState>,
    /// The shop's order number.
    pub order_number: Option<String>,
    /// Only those after this id.
    pub after: Option<Id>,
    /// How many at most.
    pub limit: i64,
}

/// An invitation with the number of its order, for a list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The invitation.
    pub invitation: Invitation,
    /// The shop's order number.
    pub order_number: String,
}

/// A page of invitations, oldest first.
pub fn list(connection: &mut AnyConnection, scope: &OrgScope, filter: &ListFilter) -> Result<Vec<Listed>> {
    let mut query = invitation::table
        .inner_join(
            purchase_order::table.on(purchase_order::org_id
                .eq(invitation::org_id)
                .and(purchase_order::order_id.eq(invitation::order_id))),
        )
        .filter(invitation::org_id.eq(scope.org()))
        .select((Row::as_select(), purchase_order::order_number))
        .order(invitation::invitation_id)
        .limit(filter.limit)
        .into_boxed();
    if let Some(survey_id) = filter.survey_id {
        query = query.filter(invitation::survey_id.eq(survey_id));
    }
    if let Some(state) = filter.state {
        query = query.filter(invitation::state.eq(state.code()));
    }
    if let Some(number) = filter.order_number.clone() {
        query = query.filter(purchase_order::order_number.eq(number));
    }
    if let Some(after) = filter.after {
        query = query.filter(invitation::invitation_id.gt(after.to_vec()));
    }
    let rows: Vec<(Row, String)> = query.load(connection)?;
    rows.into_iter().map(|(row, order_number)| Ok(Listed { invitation: row.read()?, order_number })).collect()
}
