//! How many of a survey's invitations were sent, came back, and were answered.

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::Result;
use super::schema::{invitation, purchase_order};
use crate::domain::{InvitationState, Micros};

/// Which orders' invitations a count is about.
#[derive(Clone, Copy, Debug, Default)]
pub struct CountFilter {
    /// Service instant at or after.
    pub from: Option<Micros>,
    /// Service instant before.
    pub to: Option<Micros>,
    /// Code of the order's channel.
    pub channel: Option<i16>,
    /// Code of the contact channel; 0 is none.
    pub contact_channel: Option<i16>,
    /// Number of the place.
    pub place_id: Option<i32>,
}

/// How many invitations of a survey were sent, came back, and were answered; test orders never count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sent, whatever came of it.
    pub sent: u64,
    /// Came back.
    pub bounced: u64,
    /// Finished.
    pub answered: u64,
}

/// Counts a survey's invitations by what came of them.
pub fn count(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    filter: &CountFilter,
) -> Result<Counts> {
    let sent = count_in(connection, scope, survey_id, filter, None)?;
    let bounced = count_in(connection, scope, survey_id, filter, Some(InvitationState::Bounced))?;
    let answered = count_in(connection, scope, survey_id, filter, Some(InvitationState::Answered))?;
    Ok(Counts { sent, bounced, answered })
}

fn count_in(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    filter: &CountFilter,
    state: Option<InvitationState>,
) -> Result<u64> {
    let mut query = invitation::table
        .inner_join(
            purchase_order::table.on(purchase_order::org_id
                .eq(invitation::org_id)
                .and(purchase_order::order_id.eq(invitation::order_id))),
        )
        .filter(invitation::org_id.eq(scope.org()))
        .filter(invitation::survey_id.eq(survey_id))
        .filter(invitation::test.eq(false))
        .filter(invitation::sent_at.is_not_null())
        .select(count_star())
        .into_boxed();
    if let Some(state) = state {
        query = query.filter(invitation::state.eq(state.code()));
    }
    // The service date is the day of delivery, else of placing.
    if let Some(from) = filter.from {
        let placed = purchase_order::delivered_at.is_null().and(purchase_order::placed_at.ge(from.0));
        query = query.filter(purchase_order::delivered_at.ge(from.0).or(placed.nullable()));
    }
    if let Some(to) = filter.to {
        let placed = purchase_order::delivered_at.is_null().and(purchase_order::placed_at.lt(to.0));
        query = query.filter(purchase_order::delivered_at.lt(to.0).or(placed.nullable()));
    }
    if let Some(channel) = filter.channel {
        query = query.filter(purchase_order::channel.eq(channel));
    }
    if let Some(channel) = filter.contact_channel {
        query = query.filter(purchase_order::contact_channel.eq(channel));
    }
    if let Some(place_id) = filter.place_id {
        query = query.filter(purchase_order::place_id.eq(place_id));
    }
    let n: i64 = query.get_result(connection)?;
    Ok(u64::try_from(n).unwrap_or(0))
}
