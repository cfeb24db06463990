//! Takes what happened to an order, and plans again.

use serde::Serialize;
use serde_json::Value;

use super::plan_invitations::Planner;
use super::take_orders::{ShownInvitation, plan, shown};
use super::{Error, Result, Services};
use crate::domain::event::OrderEvent;
use crate::domain::order::is_order_number;
use crate::domain::reader::FieldProblem;
use crate::domain::{Channel, EventKind};
use crate::store::orders::{self, Happened};
use crate::store::{AnyConnection, OrgScope};

/// How many events of an order one request may bring.
pub const MOST_EVENTS: usize = 100;

/// What is answered to an event, or to several.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct EventAnswer {
    /// The order it belongs to.
    pub order_number: String,
    /// `applied`, `unchanged` when it was known, or `kept` until its order comes; of several `applied` when one was new.
    #[schema(example = "applied")]
    pub status: &'static str,
    /// The order's invitations after it.
    pub invitations: Vec<ShownInvitation>,
    /// Of several: one result for each, in the order in which they came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub results: Option<Vec<EventResult>>,
}

/// What became of one of several events.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct EventResult {
    /// Its place in the request, from 0.
    pub index: usize,
    /// `applied`, `unchanged`, `kept` or `rejected`.
    #[schema(example = "applied")]
    pub status: &'static str,
    /// Why it was rejected.
    pub errors: Vec<FieldProblem>,
}

/// Takes one event, or `{"events": [...]}`; those of an unknown order are kept and applied when the order comes.
///
/// Of several a mistake rejects its own event only; a single one with mistakes is refused.
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
    let batch = batch_of(body)?;
    let parsed = match batch {
        None => vec![Ok(OrderEvent::parse(body, services.now()).map_err(Error::Invalid)?)],
        Some(events) => {
            let parse = |(index, one)| OrderEvent::parse_at(one, &format!("/events/{index}"), services.now());
            events.iter().enumerate().map(parse).collect()
        }
    };
    let order = orders::find(connection, scope, order_number)?;
    let mut results = Vec::with_capacity(parsed.len());
    for (index, event) in parsed.into_iter().enumerate() {
        let (status, errors) = match event {
            Err(errors) => ("rejected", errors),
            Ok(event) => {
                let id = services.new_id();
                let is_new =
                    orders::insert_event(connection, scope, id, order_number, event, services.now())?;
                (word(order.is_some(), is_new), vec![])
            }
        };
        results.push(EventResult { index, status, errors });
    }
    let has_news = results.iter().any(|one| one.status == "applied");
    let status = word(order.is_some(), has_news);
    let answer = |invitations| EventAnswer {
        order_number: order_number.to_owned(),
        status,
        invitations,
        results: batch.map(|_| results),
    };
    let Some(mut order) = order else { return Ok((202, answer(vec![]))) };
    let events = orders::events(connection, scope, order_number)?;
    (order.happened, order.contact_channel) = apply(&events);
    orders::update(connection, scope, &order, services.now())?;
    let planner = Planner::new(services, connection, scope)?;
    let planned = plan(connection, &planner, &order)?;
    Ok((200, answer(shown(&planned))))
}

const fn word(is_order_here: bool, is_new: bool) -> &'static str {
    match (is_order_here, is_new) {
        (false, _) => "kept",
        (true, true) => "applied",
        (true, false) => "unchanged",
    }
}

fn batch_of(body: &Value) -> Result<Option<&Vec<Value>>> {
    let Some(events) = body.get("events") else { return Ok(None) };
    match events.as_array() {
        Some(list) if (1..=MOST_EVENTS).contains(&list.len()) => match body.as_object() {
            Some(fields) if fields.len() == 1 => Ok(Some(list)),
            _ => Err(super::invalid("", "unknown_field", "a batch holds nothing but \"events\"")),
        },
        Some(_) => {
            Err(super::invalid("/events", "out_of_range", format!("1 to {MOST_EVENTS} events are needed")))
        }
        None => Err(super::invalid("/events", "type", "a list is needed")),
    }
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
            EventKind::ComplaintClosed => {
                happened.complaint_open = false;
                happened.complaint_closed_at = at;
            }
        }
    }
    (happened, contact_channel)
}
