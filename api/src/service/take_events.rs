//! Takes what happened to an order, and plans again.

use serde::Serialize;
use serde_json::Value;

use super::plan_invitations::Planner;
use super::take_orders::{ShownInvitation, shown};
use super::{Error, Result, Services};
use crate::domain::event::OrderEvent;
use crate::domain::order::is_order_number;
use crate::domain::{Channel, EventKind};
use crate::store::orders::{self, Happened};
use crate::store::{AnyConnection, OrgScope};

/// What is answered to an event.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct EventAnswer {
    /// The order it belongs to.
    pub order_number: String,
    /// `applied`, `unchanged` when it was known, or `kept` until its order comes.
    #[schema(example = "applied")]
    pub status: &'static str,
    /// The order's invitations after it.
    pub invitations: Vec<ShownInvitation>,
}

/// Takes one event; one of an unknown order is kept and applied when the order comes.
pub fn take_event(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    order_number: &str,
    body: &Value,
) -> Result<(u16, EventAnswer)> {
    if !is_order_number(order_number) {
        let message = "an order number has 1 to 80 characters, none of them unseen";
        return Err(super::invalid("/order_number", "invalid", message));
    }
    let event = OrderEvent::parse(body, services.now()).map_err(Error::Invalid)?;
    let id = services.new_id();
    let is_new = orders::insert_event(connection, scope, id, order_number, event, services.now())?;
    let answer =
        |status, invitations| EventAnswer { order_number: order_number.to_owned(), status, invitations };
    let Some(mut order) = orders::find(connection, scope, order_number)? else {
        return Ok((202, answer("kept", vec![])));
    };
    let events = orders::events(connection, scope, order_number)?;
    (order.happened, order.contact_channel) = apply(&events);
    orders::update(connection, scope, &order, services.now())?;
    let planned = Planner::new(services, connection, scope)?.plan_order(connection, &order)?;
    Ok((200, answer(if is_new { "applied" } else { "unchanged" }, shown(&planned))))
}

/// What has happened in all, whatever the order in which the events came: the latest of each kind counts.
pub fn apply(events: &[OrderEvent]) -> (Happened, Option<Channel>) {
    let mut happened = Happened::default();
    let mut contact_channel = None;
    for event in events {
        let at = Some(event.at);
        match event.kind {
            EventKind::Placed => {}
            EventKind::Shipped => happened.shipped_at = at,
            EventKind::Delivered => happened.delivered_at = at,
            EventKind::Cancelled => happened.cancelled_at = at,
            EventKind::Returned | EventKind::Refunded => happened.returned_at = at,
            EventKind::Contacted => contact_channel = event.channel,
            EventKind::ComplaintOpened => happened.complaint_open = true,
            EventKind::ComplaintClosed => happened.complaint_open = false,
        }
    }
    (happened, contact_channel)
}
