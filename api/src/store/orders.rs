//! Orders and their events.

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::{AnyConnection, each_backend};
use super::error::{Result, unreadable};
use super::schema::{order_event, purchase_order};
use crate::domain::event::OrderEvent;
use crate::domain::{BasisKind, Channel, EventKind, Id, Micros};

/// An order as it is stored.
#[derive(Clone, Debug)]
pub struct StoredOrder {
    /// Its id.
    pub id: Id,
    /// Whether a test key brought it.
    pub test: bool,
    /// The shop's number.
    pub order_number: String,
    /// Who bought.
    pub customer_id: Id,
    /// Where it was bought or served.
    pub channel: Channel,
    /// How the customer was in touch about it, if they were.
    pub contact_channel: Option<Channel>,
    /// The number of its place; 0 is none.
    pub place_id: i32,
    /// The customer's language tag, or empty.
    pub language: String,
    /// When it was placed.
    pub placed_at: Micros,
    /// Expected arrival.
    pub expected_delivery_at: Option<Micros>,
    /// Value in minor units and currency.
    pub value: Option<(i64, String)>,
    /// Further facts as JSON.
    pub attributes: String,
    /// Basis, its words, and when the customer was told.
    pub basis: Option<(BasisKind, String, Micros)>,
    /// Times of what happened.
    pub happened: Happened,
    /// Hash of what the shop sent last.
    pub fingerprint: Vec<u8>,
    /// Whether it is offered to no survey: an old order that is only to be known.
    pub quiet: bool,
}

/// What has happened to an order so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Happened {
    /// The goods left.
    pub shipped_at: Option<Micros>,
    /// The goods arrived.
    pub delivered_at: Option<Micros>,
    /// Cancelled.
    pub cancelled_at: Option<Micros>,
    /// Goods or money went back.
    pub returned_at: Option<Micros>,
    /// A complaint is open.
    pub complaint_open: bool,
    /// The last complaint was closed.
    pub complaint_closed_at: Option<Micros>,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = purchase_order)]
#[diesel(treat_none_as_null = true)]
struct Row {
    org_id: i32,
    order_id: Vec<u8>,
    test: bool,
    order_number: String,
    customer_id: Vec<u8>,
    channel: i16,
    contact_channel: i16,
    place_id: i32,
    language: String,
    placed_at: i64,
    expected_delivery_at: Option<i64>,
    value_minor: Option<i64>,
    currency: String,
    attributes: String,
    basis_kind: i16,
    basis_text: String,
    notice_at: Option<i64>,
    shipped_at: Option<i64>,
    delivered_at: Option<i64>,
    cancelled_at: Option<i64>,
    returned_at: Option<i64>,
    complaint_open: bool,
    fingerprint: Vec<u8>,
    created_at: i64,
    updated_at: i64,
    complaint_closed_at: Option<i64>,
    quiet: bool,
}

impl Row {
    fn write(scope: &OrgScope, order: &StoredOrder, now: Micros) -> Self {
        let (value_minor, currency) = order.value.clone().unzip();
        let basis = order.basis.as_ref();
        let happened = order.happened;
        Self {
            org_id: scope.org(),
            order_id: order.id.to_vec(),
            test: order.test,
            order_number: order.order_number.clone(),
            customer_id: order.customer_id.to_vec(),
            channel: order.channel.code(),
            contact_channel: order.contact_channel.map_or(0, Channel::code),
            place_id: order.place_id,
            language: order.language.clone(),
            placed_at: order.placed_at.0,
            expected_delivery_at: order.expected_delivery_at.map(|at| at.0),
            value_minor,
            currency: currency.unwrap_or_default(),
            attributes: order.attributes.clone(),
            basis_kind: basis.map_or(0, |(kind, _, _)| kind.code()),
            basis_text: basis.map_or(String::new(), |(_, text, _)| text.clone()),
            notice_at: basis.map(|(_, _, at)| at.0),
            shipped_at: happened.shipped_at.map(|at| at.0),
            delivered_at: happened.delivered_at.map(|at| at.0),
            cancelled_at: happened.cancelled_at.map(|at| at.0),
            returned_at: happened.returned_at.map(|at| at.0),
            complaint_open: happened.complaint_open,
            fingerprint: order.fingerprint.clone(),
            created_at: now.0,
            updated_at: now.0,
            complaint_closed_at: happened.complaint_closed_at.map(|at| at.0),
            quiet: order.quiet,
        }
    }

    fn read(self) -> Result<StoredOrder> {
        let id = |bytes: &[u8]| Id::from_bytes(bytes).ok_or_else(|| unreadable("id"));
        let basis = match BasisKind::from_code(self.basis_kind) {
            Some(kind) => Some((kind, self.basis_text, Micros(self.notice_at.unwrap_or(self.placed_at)))),
            None => None,
        };
        Ok(StoredOrder {
            id: id(&self.order_id)?,
            test: self.test,
            order_number: self.order_number,
            customer_id: id(&self.customer_id)?,
            channel: Channel::from_code(self.channel).ok_or_else(|| unreadable("channel"))?,
            contact_channel: Channel::from_code(self.contact_channel),
            place_id: self.place_id,
            language: self.language,
            placed_at: Micros(self.placed_at),
            expected_delivery_at: self.expected_delivery_at.map(Micros),
            value: self.value_minor.map(|amount| (amount, self.currency)),
            attributes: self.attributes,
            basis,
            happened: Happened {
                shipped_at: self.shipped_at.map(Micros),
                delivered_at: self.delivered_at.map(Micros),
                cancelled_at: self.cancelled_at.map(Micros),
                returned_at: self.returned_at.map(Micros),
                complaint_open: self.complaint_open,
                complaint_closed_at: self.complaint_closed_at.map(Micros),
            },
            fingerprint: self.fingerprint,
            quiet: self.quiet,
        })
    }
}

/// The order with this number among the scope's live or test orders.
pub fn find(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    order_number: &str,
) -> Result<Option<StoredOrder>> {
    let row: Option<Row> = purchase_order::table
        .filter(purchase_order::org_id.eq(scope.org()))
        .filter(purchase_order::test.eq(scope.is_test()))
        .filter(purchase_order::order_number.eq(order_number))
        .select(Row::as_select())
        .get_result(connection)
        .optional()?;
    row.map(Row::read).transpose()
}

/// The shop's number of an order.
pub fn number(connection: &mut AnyConnection, scope: &OrgScope, id: Id) -> Result<String> {
    Ok(purchase_order::table
        .filter(purchase_order::org_id.eq(scope.org()))
        .filter(purchase_order::order_id.eq(id.to_vec()))
        .select(purchase_order::order_number)
        .get_result(connection)?)
}

/// The order with this id.
pub fn get(connection: &mut AnyConnection, scope: &OrgScope, id: Id) -> Result<StoredOrder> {
    let one = purchase_order::table
        .filter(purchase_order::org_id.eq(scope.org()))
        .filter(purchase_order::order_id.eq(id.to_vec()));
    let row: Row = each_backend!(connection, inner => one.select(Row::as_select()).get_result(inner))?;
    row.read()
}

/// Stores a new order.
pub fn insert(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    order: &StoredOrder,
    now: Micros,
) -> Result<()> {
    diesel::insert_into(purchase_order::table).values(&Row::write(scope, order, now)).execute(connection)?;
    Ok(())
}

/// Stores what has changed of an order; the time of its making stays.
pub fn update(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    order: &StoredOrder,
    now: Micros,
) -> Result<()> {
    let here = purchase_order::table
        .filter(purchase_order::org_id.eq(scope.org()))
        .filter(purchase_order::order_id.eq(order.id.to_vec()));
    let created_at: i64 = here.clone().select(purchase_order::created_at).get_result(connection)?;
    let row = Row { created_at, ..Row::write(scope, order, now) };
    diesel::update(here).set(&row).execute(connection)?;
    Ok(())
}

/// Which of these numbers have no order.
pub fn missing(connection: &mut AnyConnection, scope: &OrgScope, numbers: &[String]) -> Result<Vec<String>> {
    let known: Vec<String> = purchase_order::table
        .filter(purchase_order::org_id.eq(scope.org()))
        .filter(purchase_order::test.eq(scope.is_test()))
        .filter(purchase_order::order_number.eq_any(numbers))
        .select(purchase_order::order_number)
        .load(connection)?;
    Ok(numbers.iter().filter(|number| !known.contains(number)).cloned().collect())
}

/// Keeps an event; false when the very same event was kept before.
pub fn insert_event(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    id: Id,
    order_number: &str,
    event: OrderEvent,
    now: Micros,
) -> Result<bool> {
    let channel = event.channel.map_or(0, Channel::code);
    let same: i64 = order_event::table
        .filter(order_event::org_id.eq(scope.org()))
        .filter(order_event::test.eq(scope.is_test()))
        .filter(order_event::order_number.eq(order_number))
        .filter(order_event::kind.eq(event.kind.code()))
        .filter(order_event::channel.eq(channel))
        .filter(order_event::happened_at.eq(event.at.0))
        .count()
        .get_result(connection)?;
    if same > 0 {
        return Ok(false);
    }
    diesel::insert_into(order_event::table)
        .values((
            order_event::org_id.eq(scope.org()),
            order_event::event_id.eq(id.to_vec()),
            order_event::test.eq(scope.is_test()),
            order_event::order_number.eq(order_number),
            order_event::kind.eq(event.kind.code()),
            order_event::channel.eq(channel),
            order_event::happened_at.eq(event.at.0),
            order_event::received_at.eq(now.0),
        ))
        .execute(connection)?;
    Ok(true)
}

/// All events of an order number, in the order in which they happened.
pub fn events(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    order_number: &str,
) -> Result<Vec<OrderEvent>> {
    let rows: Vec<(i16, i16, i64)> = order_event::table
        .filter(order_event::org_id.eq(scope.org()))
        .filter(order_event::test.eq(scope.is_test()))
        .filter(order_event::order_number.eq(order_number))
        .select((order_event::kind, order_event::channel, order_event::happened_at))
        .order((order_event::happened_at, order_event::kind, order_event::channel))
        .load(connection)?;
    rows.into_iter()
        .map(|(kind, channel, at)| {
            let kind = EventKind::from_code(kind).ok_or_else(|| unreadable("event kind"))?;
            Ok(OrderEvent { kind, channel: Channel::from_code(channel), at: Micros(at) })
        })
        .collect()
}
