//! Takes orders: new ones are stored and offered to the surveys, changed ones planned again.

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::plan_invitations::{Planned, Planner};
use super::take_events::apply;
use super::{Error, Result, Services};
use crate::domain::event::OrderEvent;
use crate::domain::order::Order;
use crate::domain::reader::FieldProblem;
use crate::store::customers::NewCustomer;
use crate::store::orders::{self, StoredOrder};
use crate::store::{AnyConnection, OrgScope, customers, places};

/// How many orders one request may bring.
pub const MOST_ORDERS: usize = 1000;

/// What is answered to orders.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OrdersAnswer {
    /// One result for each order, in the order in which they came.
    pub results: Vec<OrderResult>,
}

/// What became of one order.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OrderResult {
    /// Its place in the request, from 0.
    pub index: usize,
    /// Its number, when it could be read.
    pub order_number: Option<String>,
    /// `created`, `unchanged`, `updated` or `rejected`.
    #[schema(example = "created")]
    pub status: &'static str,
    /// Its invitations, each with state and reason.
    pub invitations: Vec<ShownInvitation>,
    /// Why it was rejected.
    pub errors: Vec<FieldProblem>,
}

/// An invitation as answers show it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ShownInvitation {
    /// Its id.
    pub id: String,
    /// Key of its survey.
    pub survey: String,
    /// How far it has come.
    #[schema(example = "planned")]
    pub state: &'static str,
    /// Why it waits or is skipped.
    #[schema(example = "not_due")]
    pub reason: Option<&'static str>,
    /// mail, message or slip: what brings it.
    #[schema(example = "mail")]
    pub carrier: &'static str,
    /// When the mail is due, RFC 3339 UTC.
    pub send_at: Option<String>,
}

/// Invitations as answers show them.
pub fn shown(planned: &[Planned]) -> Vec<ShownInvitation> {
    planned
        .iter()
        .map(|one| ShownInvitation {
            id: one.invitation.id.to_string(),
            survey: one.survey_key.clone(),
            state: one.invitation.state.word(),
            reason: one.invitation.reason.map(crate::domain::Reason::word),
            carrier: one.invitation.carrier.word(),
            send_at: one.invitation.send_at.map(crate::domain::Micros::rfc3339),
        })
        .collect()
}

/// Takes one order (201 when it is new) or `{"orders": [...]}` (200), all in one transaction.
///
/// In a batch a mistake rejects its own row only; a single order with mistakes is refused whole.
pub fn take_orders(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    body: &Value,
) -> Result<(u16, OrdersAnswer)> {
    let planner = Planner::new(services, connection, scope)?;
    let Some(batch) = batch_of(body)? else {
        let order = Order::parse(body, "", services.now()).map_err(Error::Invalid)?;
        let result = take_one(services, connection, scope, &planner, 0, &order)?;
        let status = if result.status == "created" { 201 } else { 200 };
        return Ok((status, OrdersAnswer { results: vec![result] }));
    };
    let mut results = Vec::with_capacity(batch.len());
    for (index, value) in batch.iter().enumerate() {
        results.push(match Order::parse(value, &format!("/orders/{index}"), services.now()) {
            Ok(order) => take_one(services, connection, scope, &planner, index, &order)?,
            Err(errors) => rejected(index, value, errors),
        });
    }
    Ok((200, OrdersAnswer { results }))
}

fn batch_of(body: &Value) -> Result<Option<&Vec<Value>>> {
    let Some(orders) = body.get("orders") else { return Ok(None) };
    let too_many = || format!("1 to {MOST_ORDERS} orders are needed");
    match orders.as_array() {
        Some(list) if (1..=MOST_ORDERS).contains(&list.len()) => match body.as_object() {
            Some(fields) if fields.len() == 1 => Ok(Some(list)),
            _ => Err(super::invalid("", "unknown_field", "a batch holds nothing but \"orders\"")),
        },
        Some(_) => Err(super::invalid("/orders", "out_of_range", too_many())),
        None => Err(super::invalid("/orders", "type", "a list is needed")),
    }
}

fn rejected(index: usize, value: &Value, errors: Vec<FieldProblem>) -> OrderResult {
    let order_number =
        value.get("order_number").and_then(Value::as_str).map(|text| text.chars().take(80).collect());
    OrderResult { index, order_number, status: "rejected", invitations: vec![], errors }
}

/// To whom an order that comes in is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// To the surveys; one that was brought in quietly stays quiet.
    AsBefore,
    /// To the surveys, even if it was quiet until now.
    ToSurveys,
    /// To nobody: a new one is quiet for good, and of a known one only what is stored changes.
    ToNobody,
}

/// An order on its way in, with what is known to have happened to it.
#[derive(Clone, Copy, Debug)]
pub struct Arriving<'a> {
    /// The order.
    pub order: &'a Order,
    /// Its events, as far as they came with it.
    pub events: &'a [OrderEvent],
    /// To whom it is offered.
    pub offer: Offer,
}

/// What becomes of an order: the word that answers say, and the order as it is stored.
pub type Stored = (&'static str, StoredOrder);

fn take_one(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    planner: &Planner<'_>,
    index: usize,
    order: &Order,
) -> Result<OrderResult> {
    let arriving = Arriving { order, events: &[], offer: Offer::AsBefore };
    let (status, stored) = store_order(services, connection, scope, &arriving)?;
    let planned = plan(connection, planner, &stored)?;
    Ok(OrderResult {
        index,
        order_number: Some(order.order_number.clone()),
        status,
        invitations: shown(&planned),
        errors: vec![],
    })
}

/// Plans the invitations of an order, unless it is a quiet one, which is offered to no survey.
pub fn plan(
    connection: &mut AnyConnection,
    planner: &Planner<'_>,
    order: &StoredOrder,
) -> Result<Vec<Planned>> {
    if order.quiet { Ok(vec![]) } else { planner.plan_order(connection, order) }
}

/// Stores an order with its events: `created`, `updated` or `unchanged`. Nothing is planned here.
pub fn store_order(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    arriving: &Arriving<'_>,
) -> Result<Stored> {
    let number = &arriving.order.order_number;
    let mut is_news = false;
    for event in arriving.events {
        let id = services.new_id();
        is_news |= orders::insert_event(connection, scope, id, number, *event, services.now())?;
    }
    let before = orders::find(connection, scope, number)?;
    if let Some(stored) = before.as_ref().filter(|before| !is_news && says_the_same(before, arriving)) {
        return Ok(("unchanged", stored.clone()));
    }
    let after = stored_order(services, connection, scope, arriving, before.as_ref())?;
    if before.is_some() {
        orders::update(connection, scope, &after, services.now())?;
        return Ok(("updated", after));
    }
    orders::insert(connection, scope, &after, services.now())?;
    Ok(("created", after))
}

/// Whether an order that comes again would change nothing of what is stored, its events apart.
pub fn says_the_same(before: &StoredOrder, arriving: &Arriving<'_>) -> bool {
    before.fingerprint == fingerprint(arriving.order)
        && before.quiet == is_quiet(Some(before), arriving.offer)
}

fn fingerprint(order: &Order) -> Vec<u8> {
    Sha256::digest(format!("{order:?}").as_bytes()).to_vec()
}

fn is_quiet(before: Option<&StoredOrder>, offer: Offer) -> bool {
    match (before, offer) {
        (_, Offer::ToSurveys) | (None, Offer::AsBefore) => false,
        (Some(before), _) => before.quiet,
        (None, Offer::ToNobody) => true,
    }
}

fn stored_order(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    arriving: &Arriving<'_>,
    before: Option<&StoredOrder>,
) -> Result<StoredOrder> {
    let order = arriving.order;
    let customer_id = customer_of(services, connection, scope, order)?;
    let events = orders::events(connection, scope, &order.order_number)?;
    let (happened, contact_channel) = apply(&events);
    Ok(StoredOrder {
        id: before.map_or_else(|| services.new_id(), |before| before.id),
        test: scope.is_test(),
        order_number: order.order_number.clone(),
        customer_id,
        channel: order.channel,
        contact_channel,
        place_id: places::number(connection, scope, &order.place)?,
        language: order.customer.language.clone(),
        placed_at: order.placed_at,
        expected_delivery_at: order.expected_delivery_at,
        value: order.value.clone(),
        attributes: order.attributes.clone(),
        basis: order.contact_basis.clone().map(|basis| (basis.kind, basis.text, basis.notice_at)),
        happened,
        fingerprint: fingerprint(order),
        quiet: is_quiet(before, arriving.offer),
    })
}

fn customer_of(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    order: &Order,
) -> Result<crate::domain::Id> {
    let id = services.new_id();
    let identity = order.customer.identity(scope.is_test(), &order.order_number);
    let group = services.links.customer_group(id);
    let match_hash = services.links.identity_hash(&identity);
    let new = NewCustomer { id, group, data: &order.customer, match_hash: &match_hash };
    Ok(customers::find_or_insert(connection, scope, new, services.now())?)
}
