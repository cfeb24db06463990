//! Customers: one row a person, found again by their strongest identity.

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Result, unreadable};
use super::schema::customer;
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
}

#[derive(AsChangeset)]
#[diesel(table_name = customer)]
struct Change {
    email: Option<String>,
    phone: Option<String>,
    name: Option<String>,
    language: Option<String>,
}

impl Change {
    const fn is_something(&self) -> bool {
        self.email.is_some() || self.phone.is_some() || self.name.is_some() || self.language.is_some()
    }
}

/// A customer as the mail and the planner need them.
#[derive(Clone, Debug)]
pub struct Customer {
    /// Address, or empty.
    pub email: String,
    /// Name, or empty.
    pub name: String,
    /// Group 0..=31 for the jackknife.
    pub group: i16,
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
    };
    if change.is_something() {
        diesel::update(here).set(&change).execute(connection)?;
    }
    Id::from_bytes(&bytes).ok_or_else(|| unreadable("id"))
}

fn insert(connection: &mut AnyConnection, scope: &OrgScope, new: NewCustomer<'_>, now: Micros) -> Result<Id> {
    let row = NewRow {
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
    };
    diesel::insert_into(customer::table).values(&row).execute(connection)?;
    Ok(new.id)
}

/// One customer.
pub fn get(connection: &mut AnyConnection, scope: &OrgScope, id: Id) -> Result<Customer> {
    let (email, name, group) = customer::table
        .filter(customer::org_id.eq(scope.org()))
        .filter(customer::customer_id.eq(id.to_vec()))
        .select((customer::email, customer::name, customer::customer_group))
        .get_result(connection)?;
    Ok(Customer { email, name, group })
}
