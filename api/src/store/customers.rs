//! Customers: one row a person, found again by their strongest identity.

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::{AnyConnection, each_backend};
use super::error::{Result, unreadable};
use super::schema::{customer, purchase_order};
use crate::domain::order::CustomerData;
use crate::domain::{Id, Micros};

#[derive(Insertable)]
#[diesel(table_name = customer)]
struct NewRow<'a> {
    org_id: i32,
    customer_id: Vec<u8>,
    match_hash: Vec<u8>,
    email: &'a str,
    phone: &'a str,
    name: &'a str,
    external_id: &'a str,
    language: &'a str,
    customer_group: i16,
    created_at: i64,
    zone: &'a str,
}

impl<'a> NewRow<'a> {
    fn write(scope: &OrgScope, new: NewCustomer<'a>, now: Micros) -> Self {
        Self {
            org_id: scope.org(),
            customer_id: new.id.to_vec(),
            match_hash: new.match_hash.to_vec(),
            email: &new.data.email,
            phone: &new.data.phone,
            name: &new.data.name,
            external_id: &new.data.external_id,
            language: &new.data.language,
            customer_group: new.group,
            created_at: now.0,
            zone: &new.data.zone,
        }
    }
}

#[derive(AsChangeset)]
#[diesel(table_name = customer)]
struct Change {
    email: Option<String>,
    phone: Option<String>,
    name: Option<String>,
    language: Option<String>,
    zone: Option<String>,
}

impl Change {
    const fn is_something(&self) -> bool {
        self.email.is_some()
            || self.phone.is_some()
            || self.name.is_some()
            || self.language.is_some()
            || self.zone.is_some()
    }
}

/// A customer as the mail and the planner need them.
#[derive(Clone, Debug)]
pub struct Customer {
    /// Address, or empty.
    pub email: String,
    /// Telephone number as it was told, or empty.
    pub phone: String,
    /// Name, or empty.
    pub name: String,
    /// Group 0..=31 for the jackknife.
    pub group: i16,
    /// Time zone, or empty for that of the organisation.
    pub zone: String,
}

/// A person who is not stored yet.
#[derive(Clone, Copy)]
pub struct NewCustomer<'a> {
    /// The id they get.
    pub id: Id,
    /// Their group 0..=31.
    pub group: i16,
    /// What the order says of them.
    pub data: &'a CustomerData,
    /// Keyed hash of their identity, as `CustomerData::identity` gives it.
    pub match_hash: &'a [u8],
}

/// The id of the customer with this identity: the stored one, brought up to date, or a new one.
pub fn find_or_insert(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    new: NewCustomer<'_>,
    now: Micros,
) -> Result<Id> {
    let found: Option<Vec<u8>> = customer::table
        .filter(customer::org_id.eq(scope.org()))
        .filter(customer::match_hash.eq(new.match_hash))
        .select(customer::customer_id)
        .get_result(connection)
        .optional()?;
    let Some(bytes) = found else { return insert(connection, scope, new, now) };
    let here = customer::table
        .filter(customer::org_id.eq(scope.org()))
        .filter(customer::customer_id.eq(bytes.clone()));
    // What an order does not say stays as it was known.
    let told = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let change = Change {
        email: told(&new.data.email),
        phone: told(&new.data.phone),
        name: told(&new.data.name),
        language: told(&new.data.language),
        zone: told(&new.data.zone),
    };
    if change.is_something() {
        diesel::update(here).set(&change).execute(connection)?;
    }
    Id::from_bytes(&bytes).ok_or_else(|| unreadable("id"))
}

fn insert(connection: &mut AnyConnection, scope: &OrgScope, new: NewCustomer<'_>, now: Micros) -> Result<Id> {
    diesel::insert_into(customer::table).values(&NewRow::write(scope, new, now)).execute(connection)?;
    Ok(new.id)
}

/// Stores a customer of whom nothing was known; false when there is one with this identity already.
pub(super) fn insert_if_new(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    new: NewCustomer<'_>,
    now: Micros,
) -> Result<bool> {
    let row = NewRow::write(scope, new, now);
    let inserted = each_backend!(connection, inner => {
        diesel::insert_into(customer::table).values(&row).on_conflict_do_nothing().execute(inner)
    })?;
    Ok(inserted > 0)
}

/// One customer.
pub fn get(connection: &mut AnyConnection, scope: &OrgScope, id: Id) -> Result<Customer> {
    let one = customer::table
        .filter(customer::org_id.eq(scope.org()))
        .filter(customer::customer_id.eq(id.to_vec()))
        .select((customer::email, customer::phone, customer::name, customer::customer_group, customer::zone));
    let (email, phone, name, group, zone) = each_backend!(connection, inner => one.get_result(inner))?;
    Ok(Customer { email, phone, name, group, zone })
}

/// Holds a customer until the transaction ends, so that two workers never mail the same one at the same time.
pub fn lock(connection: &mut AnyConnection, scope: &OrgScope, id: Id) -> Result<()> {
    let one = customer::table
        .filter(customer::org_id.eq(scope.org()))
        .filter(customer::customer_id.eq(id.to_vec()))
        .select(customer::customer_group);
    // SQLite has one writer: there is nothing to hold.
    if let AnyConnection::Postgres(inner) = connection {
        let _: Option<i16> = one.for_update().get_result(inner).optional()?;
    }
    Ok(())
}

/// How many customers are looked through at a time.
const CHUNK: i64 = 5000;

/// Mail address, telephone and the shop's own id of a customer, each may be empty.
pub struct Contact<'a> {
    /// Mail address.
    pub email: &'a str,
    /// Telephone.
    pub phone: &'a str,
    /// The shop's own id.
    pub external_id: &'a str,
}

/// The customers, among all of the organisation, whom `is_meant` finds by their contact.
pub fn by_contact(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    is_meant: impl Fn(&Contact<'_>) -> bool,
) -> Result<Vec<Id>> {
    let (mut found, mut after) = (Vec::new(), Vec::<u8>::new());
    loop {
        let rows: Vec<(Vec<u8>, String, String, String)> = customer::table
            .filter(customer::org_id.eq(scope.org()))
            .filter(customer::customer_id.gt(after.clone()))
            .select((customer::customer_id, customer::email, customer::phone, customer::external_id))
            .order(customer::customer_id)
            .limit(CHUNK)
            .load(connection)?;
        let Some((last, ..)) = rows.last() else { return Ok(found) };
        after.clone_from(last);
        for (bytes, email, phone, external_id) in rows {
            if is_meant(&Contact { email: &email, phone: &phone, external_id: &external_id }) {
                found.push(Id::from_bytes(&bytes).ok_or_else(|| unreadable("id"))?);
            }
        }
    }
}

/// The customers with this keyed hash of their identity: none or one.
pub fn by_hash(connection: &mut AnyConnection, scope: &OrgScope, match_hash: &[u8]) -> Result<Vec<Id>> {
    let rows: Vec<Vec<u8>> = customer::table
        .filter(customer::org_id.eq(scope.org()))
        .filter(customer::match_hash.eq(match_hash))
        .select(customer::customer_id)
        .load(connection)?;
    ids(rows)
}

/// Who placed the orders of this number: the live one and the one that was tried out.
pub fn of_order_number(connection: &mut AnyConnection, scope: &OrgScope, number: &str) -> Result<Vec<Id>> {
    let rows: Vec<Vec<u8>> = purchase_order::table
        .filter(purchase_order::org_id.eq(scope.org()))
        .filter(purchase_order::order_number.eq(number))
        .select(purchase_order::customer_id)
        .load(connection)?;
    ids(rows)
}

fn ids(rows: Vec<Vec<u8>>) -> Result<Vec<Id>> {
    rows.iter().map(|bytes| Id::from_bytes(bytes).ok_or_else(|| unreadable("id"))).collect()
}
