//! The frame of a survey: every order that it was offered to, and what came of the invitation, by class.
//!
//! A class is the order's channel and place. Weighting and the checks of who answered read these counts. Here they are
//! counted from the invitations themselves; what is stored of them stands in `frame_counts`.

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Result, unreadable};
use super::frame_counts::Class;
use super::invitation_counts::CountFilter;
use super::schema::{invitation, purchase_order};
use crate::domain::standing::OUTSIDE;
use crate::domain::{InvitationState, Micros, Reason, Standing};

/// How many invitations are read at a time.
const CHUNK: i64 = 4096;

/// One class of the frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FrameClass {
    /// Code of the order's channel.
    pub channel: i16,
    /// Number of the place; 0 is none.
    pub place_id: i32,
    /// Orders that could have been asked about, whether they were or not.
    pub orders: u64,
    /// Invitations that were sent and did not come back.
    pub delivered: u64,
    /// Invitations that were answered.
    pub answered: u64,
}

/// The classes of a survey's frame in a period, ascending by channel and place; test orders never count.
pub fn classes(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    filter: &CountFilter,
) -> Result<Vec<FrameClass>> {
    let mut classes: Vec<FrameClass> = Vec::new();
    let mut at = |channel: i16, place_id: i32, change: &dyn Fn(&mut FrameClass)| {
        let found = classes.iter().position(|one| (one.channel, one.place_id) == (channel, place_id));
        let index = found.unwrap_or_else(|| {
            classes.push(FrameClass { channel, place_id, orders: 0, delivered: 0, answered: 0 });
            classes.len() - 1
        });
        if let Some(class) = classes.get_mut(index) {
            change(class);
        }
    };
    for is_sent in [false, true] {
        for (channel, place_id, _, state, n) in grouped(connection, scope, survey_id, filter, is_sent)? {
            let n = u64::try_from(n).unwrap_or(0);
            let state = InvitationState::from_code(state);
            at(channel, place_id, &|class| {
                class.orders += n;
                if is_sent && state != Some(InvitationState::Bounced) {
                    class.delivered += n;
                }
                if is_sent && state == Some(InvitationState::Answered) {
                    class.answered += n;
                }
            });
        }
    }
    classes.sort_unstable();
    Ok(classes)
}

diesel::allow_columns_to_appear_in_same_group_by_clause!(
    purchase_order::channel,
    purchase_order::place_id,
    purchase_order::contact_channel,
    invitation::state,
);

type Group = (i16, i32, i16, i16, i64);

fn grouped(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    filter: &CountFilter,
    is_sent: bool,
) -> Result<Vec<Group>> {
    // Open ends stand as the ends of all time, so that one statement serves every filter.
    let from = filter.from.map_or(i64::MIN, |from| from.0);
    let to = filter.to.map_or(i64::MAX, |to| to.0);
    let placed = purchase_order::delivered_at
        .is_null()
        .and(purchase_order::placed_at.ge(from))
        .and(purchase_order::placed_at.lt(to));
    let delivered = purchase_order::delivered_at.ge(from).and(purchase_order::delivered_at.lt(to));
    let rows: Vec<Group> = invitation::table
        .inner_join(
            purchase_order::table.on(purchase_order::org_id
                .eq(invitation::org_id)
                .and(purchase_order::order_id.eq(invitation::order_id))),
        )
        .filter(invitation::org_id.eq(scope.org()))
        .filter(invitation::survey_id.eq(survey_id))
        .filter(invitation::test.eq(false))
        .filter(invitation::reason.ne_all(OUTSIDE.map(Reason::code)))
        .filter(invitation::sent_at.is_not_null().eq(is_sent))
        .filter(placed.nullable().or(delivered))
        .group_by((
            purchase_order::channel,
            purchase_order::place_id,
            purchase_order::contact_channel,
            invitation::state,
        ))
        .select((
            purchase_order::channel,
            purchase_order::place_id,
            purchase_order::contact_channel,
            invitation::state,
            count_star(),
        ))
        .load(connection)?;
    let fits = |(channel, place_id, contact, _, _): &Group| {
        filter.channel.is_none_or(|wanted| wanted == *channel)
            && filter.place_id.is_none_or(|wanted| wanted == *place_id)
            && filter.contact_channel.is_none_or(|wanted| wanted == *contact)
    };
    Ok(rows.into_iter().filter(fits).collect())
}

type InvitationColumns = (Vec<u8>, bool, i16, i16, bool, (i16, i32, i16), i64, Option<i64>);

/// Goes through all invitations of a survey that count, each with the instant of the service and the class of its
/// order; `visit` says after some thousands whether to go on. False when it was told to stop.
pub fn each_invitation(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    survey_id: i32,
    mut visit: impl FnMut(Micros, Class, Standing),
    go_on: &dyn Fn() -> bool,
) -> Result<bool> {
    let mut after: Vec<u8> = Vec::new();
    loop {
        let rows: Vec<InvitationColumns> = invitation::table
            .inner_join(
                purchase_order::table.on(purchase_order::org_id
                    .eq(invitation::org_id)
                    .and(purchase_order::order_id.eq(invitation::order_id))),
            )
            .filter(invitation::org_id.eq(scope.org()))
            .filter(invitation::survey_id.eq(survey_id))
            .filter(invitation::order_id.gt(&after))
            .select((
                invitation::order_id,
                invitation::test,
                invitation::reason,
                invitation::state,
                invitation::sent_at.is_not_null(),
                (purchase_order::channel, purchase_order::place_id, purchase_order::contact_channel),
                purchase_order::placed_at,
                purchase_order::delivered_at,
            ))
            .order(invitation::order_id)
            .limit(CHUNK)
            .load(connection)?;
        let Some((last, ..)) = rows.last() else { return Ok(true) };
        after.clone_from(last);
        for (_, test, reason, state, is_sent, class, placed_at, delivered_at) in rows {
            let state = InvitationState::from_code(state).ok_or_else(|| unreadable("invitation state"))?;
            let standing = Standing::of(test, Reason::from_code(reason), is_sent, state);
            let (channel, place_id, contact_channel) = class;
            let class = Class { channel, place_id, contact_channel };
            if standing != Standing::NONE {
                visit(Micros(delivered_at.unwrap_or(placed_at)), class, standing);
            }
        }
        if !go_on() {
            return Ok(false);
        }
    }
}
