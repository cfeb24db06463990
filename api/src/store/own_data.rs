//! What is kept of one customer, read in full for the customer's own eyes; nothing is changed here.
//!
//! The other tables have reads of their own beside what the service works with; here are those that only the customer
//! asks for: every revision, and when each row came. Called by `service::own_data`.

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Result, unreadable};
use super::responses::{self, Response};
use super::saved_pages::SavedPage;
use super::schema::{comment, customer, invitation, order_event, purchase_order, saved_page};
use crate::domain::event::OrderEvent;
use crate::domain::{Channel, EventKind, Id, Micros};

/// A customer with all that is kept of the person.
#[derive(Clone, Debug)]
pub struct StoredCustomer {
    /// Mail address, or empty.
    pub email: String,
    /// Telephone, or empty.
    pub phone: String,
    /// Name, or empty.
    pub name: String,
    /// The shop's own id, or empty.
    pub external_id: String,
    /// Language tag, or empty.
    pub language: String,
    /// Group 0..=31, by which ranges are computed.
    pub group: i16,
    /// When their first order came.
    pub created_at: Micros,
    /// Time zone, or empty.
    pub zone: String,
}

/// One customer.
pub fn customer(connection: &mut AnyConnection, scope: &OrgScope, id: Id) -> Result<StoredCustomer> {
    type Columns = (String, String, String, String, String, i16, i64, String);
    let (email, phone, name, external_id, language, group, created_at, zone): Columns = customer::table
        .filter(customer::org_id.eq(scope.org()))
        .filter(customer::customer_id.eq(id.to_vec()))
        .select((
            customer::email,
            customer::phone,
            customer::name,
            customer::external_id,
            customer::language,
            customer::customer_group,
            customer::created_at,
            customer::zone,
        ))
        .get_result(connection)?;
    let created_at = Micros(created_at);
    Ok(StoredCustomer { email, phone, name, external_id, language, group, created_at, zone })
}

/// How many orders a customer has, orders of test keys too.
pub fn orders_of(connection: &mut AnyConnection, scope: &OrgScope, customer_id: Id) -> Result<i64> {
    Ok(purchase_order::table
        .filter(purchase_order::org_id.eq(scope.org()))
        .filter(purchase_order::customer_id.eq(customer_id.to_vec()))
        .count()
        .get_result(connection)?)
}

/// How many questionnaires a customer has begun, about all orders.
pub fn begun_by(connection: &mut AnyConnection, scope: &OrgScope, customer_id: Id) -> Result<i64> {
    Ok(invitation::table
        .filter(invitation::org_id.eq(scope.org()))
        .filter(invitation::customer_id.eq(customer_id.to_vec()))
        .filter(invitation::started_at.is_not_null())
        .count()
        .get_result(connection)?)
}

/// When an order came, and when the shop last changed it.
pub fn order_times(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    order_id: Id,
) -> Result<(Micros, Micros)> {
    let (created_at, updated_at): (i64, i64) = purchase_order::table
        .filter(purchase_order::org_id.eq(scope.org()))
        .filter(purchase_order::order_id.eq(order_id.to_vec()))
        .select((purchase_order::created_at, purchase_order::updated_at))
        .get_result(connection)?;
    Ok((Micros(created_at), Micros(updated_at)))
}

/// All events of an order number among live or test orders, each with when it came, in the order in which they happened.
pub fn events(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    (order_number, test): (&str, bool),
) -> Result<Vec<(OrderEvent, Micros)>> {
    let rows: Vec<(i16, i16, i64, i64)> = order_event::table
        .filter(order_event::org_id.eq(scope.org()))
        .filter(order_event::test.eq(test))
        .filter(order_event::order_number.eq(order_number))
        .select((order_event::kind, order_event::channel, order_event::happened_at, order_event::received_at))
        .order((order_event::happened_at, order_event::kind, order_event::channel))
        .load(connection)?;
    let read = |(kind, channel, at, received_at)| {
        let kind = EventKind::from_code(kind).ok_or_else(|| unreadable("event kind"))?;
        Ok((OrderEvent { kind, channel: Channel::from_code(channel), at: Micros(at) }, Micros(received_at)))
    };
    rows.into_iter().map(read).collect()
}

/// Every posting of every page of a form with when it was saved, by page and revision.
pub fn postings(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    invitation_id: Id,
) -> Result<Vec<(SavedPage, Micros)>> {
    type Columns = (i16, i16, bool, String, Vec<u8>, String, i16, i64);
    let rows: Vec<Columns> = saved_page::table
        .filter(saved_page::org_id.eq(scope.org()))
        .filter(saved_page::invitation_id.eq(invitation_id.to_vec()))
        .select((
            saved_page::page,
            saved_page::revision,
            saved_page::passed,
            saved_page::language,
            saved_page::answers,
            saved_page::comment,
            saved_page::marks,
            saved_page::saved_at,
        ))
        .order((saved_page::page, saved_page::revision))
        .load(connection)?;
    let read = |(page, revision, passed, language, answers, comment, marks, saved_at)| {
        let saved_at = Micros(saved_at);
        (SavedPage { page, revision, passed, language, answers, comment, marks, saved_at }, saved_at)
    };
    Ok(rows.into_iter().map(read).collect())
}

/// One revision of a response with its free words and their language.
pub type Revision = (Response, Option<(String, String)>);

/// Every revision of a response, the first one first.
pub fn revisions(connection: &mut AnyConnection, scope: &OrgScope, id: Id) -> Result<Vec<Revision>> {
    let words: Vec<(i16, String, String)> = comment::table
        .filter(comment::org_id.eq(scope.org()))
        .filter(comment::response_id.eq(id.to_vec()))
        .select((comment::revision, comment::language, comment::words))
        .load(connection)?;
    let of = |revision: i16| {
        let found = words.iter().find(|(one, ..)| *one == revision);
        found.map(|(_, language, words)| (language.clone(), words.clone()))
    };
    let all = responses::all_revisions(connection, scope, &[id.to_vec()])?;
    Ok(all.into_iter().map(|(_, one)| (of(one.revision), one)).map(|(words, one)| (one, words)).collect())
}
