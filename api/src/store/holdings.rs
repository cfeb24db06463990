//! All that is stored of customers: found by what is known of them, gathered, deleted.
//!
//! Which column holds what of a person, and what becomes of it, stands in docs/erasure.md; a test holds the schema
//! against that table. The place that stays in the log is the business of `erasures`. Called by `service::erase`.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Result, unreadable};
use super::form_balance::{self, Stratum};
use super::idempotency;
use super::responses::{self, Response};
use super::schema::{
    comment, customer, delivery_note, invitation, job, order_event, outbox, purchase_order, response,
    saved_page, slip,
};
use super::{shop_orders, webhook_messages};
use crate::domain::{Id, JobKind};

/// How many ids one statement names.
const IDS_A_STATEMENT: usize = 500;

/// All that is stored of some customers.
#[derive(Clone, Debug, Default)]
pub struct Holdings {
    /// The customers who are there.
    pub customers: Vec<Id>,
    /// Their orders.
    pub orders: Vec<Id>,
    /// The numbers of these orders, each with whether it came by a test key.
    pub numbers: BTreeSet<(bool, String)>,
    /// Events of these orders.
    pub events: Vec<Id>,
    /// Their invitations.
    pub invitations: Vec<Id>,
    /// Postings of pages, all revisions.
    pub saved_pages: i64,
    /// Their responses with their positions, all revisions.
    pub responses: Vec<(i64, Response)>,
    /// Comments.
    pub comments: i64,
    /// Jobs, done ones too.
    pub jobs: i64,
    /// Kept answers to requests in which they occur: API key and idempotency key.
    pub kept_answers: Vec<(String, String)>,
    emails: BTreeSet<String>,
    /// By survey and form how many of the invitations have it.
    forms: BTreeMap<(Stratum, i16), i64>,
}

impl Holdings {
    /// Whether there is nothing at all.
    pub fn is_empty(&self) -> bool {
        self.customers.is_empty()
            && self.orders.is_empty()
            && self.events.is_empty()
            && self.invitations.is_empty()
    }

    /// The responses' surveys with the ids of the responses, each once.
    pub fn by_survey(&self) -> BTreeMap<i32, BTreeSet<Id>> {
        let mut surveys: BTreeMap<i32, BTreeSet<Id>> = BTreeMap::new();
        for (_, response) in &self.responses {
            surveys.entry(response.survey_id).or_default().insert(response.id);
        }
        surveys
    }
}

/// What identifies customers for an erasure, beside ids.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// Customers.
    pub customers: Vec<Id>,
    /// Orders, whoever they belong to now.
    pub orders: Vec<Id>,
    /// Invitations.
    pub invitations: Vec<Id>,
    /// Events.
    pub events: Vec<Id>,
}

impl Named {
    /// Takes in what else is named, each once.
    pub fn take_in(&mut self, other: Self) {
        let join = |mine: &mut Vec<Id>, more: Vec<Id>| {
            mine.extend(more);
            mine.sort_unstable();
            mine.dedup();
        };
        join(&mut self.customers, other.customers);
        join(&mut self.orders, other.orders);
        join(&mut self.invitations, other.invitations);
        join(&mut self.events, other.events);
    }
}

/// All events of a number, of an order that never came, too.
pub fn events_of_number(connection: &mut AnyConnection, scope: &OrgScope, number: &str) -> Result<Vec<Id>> {
    let rows: Vec<Vec<u8>> = order_event::table
        .filter(order_event::org_id.eq(scope.org()))
        .filter(order_event::order_number.eq(number))
        .select(order_event::event_id)
        .load(connection)?;
    ids(rows)
}

/// Gathers all that is stored of what is named.
pub fn gather(connection: &mut AnyConnection, scope: &OrgScope, named: &Named) -> Result<Holdings> {
    let mut all = Holdings::default();
    gather_orders(connection, scope, named, &mut all)?;
    gather_events(connection, scope, &named.events, &mut all)?;
    gather_invitations(connection, scope, &named.invitations, &mut all)?;
    for some in chunks(&all.invitations) {
        all.responses.extend(responses::all_revisions(connection, scope, &some)?);
        all.saved_pages += saved_page::table
            .filter(saved_page::org_id.eq(scope.org()))
            .filter(saved_page::invitation_id.eq_any(&some))
            .count()
            .get_result::<i64>(connection)?;
        all.comments += comment::table
            .filter(comment::org_id.eq(scope.org()))
            .filter(comment::response_id.eq_any(&some))
            .count()
            .get_result::<i64>(connection)?;
        all.jobs += job::table
            .filter(job::org_id.eq(scope.org()))
            .filter(job::kind.eq_any(job_kinds()))
            .filter(job::subject_id.eq_any(&some))
            .count()
            .get_result::<i64>(connection)?;
    }
    all.responses.sort_by_key(|(position, _)| *position);
    if !all.is_empty() {
        all.kept_answers = idempotency::holding(connection, scope, |body| is_about(body, &all))?;
    }
    Ok(all)
}

/// The customers who are there, and their orders with those that are named.
fn gather_orders(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    named: &Named,
    all: &mut Holdings,
) -> Result<()> {
    let mut orders: BTreeMap<Id, (bool, String)> = BTreeMap::new();
    for some in chunks(&named.customers) {
        let rows: Vec<(Vec<u8>, String)> = customer::table
            .filter(customer::org_id.eq(scope.org()))
            .filter(customer::customer_id.eq_any(&some))
            .select((customer::customer_id, customer::email))
            .load(connection)?;
        for (bytes, email) in rows {
            all.customers.push(id(&bytes)?);
            all.emails.extend(Some(email.to_lowercase()).filter(|email| !email.is_empty()));
        }
        let columns = (purchase_order::order_id, purchase_order::test, purchase_order::order_number);
        let rows: Vec<(Vec<u8>, bool, String)> = purchase_order::table
            .filter(purchase_order::org_id.eq(scope.org()))
            .filter(purchase_order::customer_id.eq_any(&some))
            .select(columns)
            .load(connection)?;
        for (bytes, test, number) in rows {
            orders.insert(id(&bytes)?, (test, number));
        }
    }
    for some in chunks(&named.orders) {
        let columns = (purchase_order::order_id, purchase_order::test, purchase_order::order_number);
        let rows: Vec<(Vec<u8>, bool, String)> = purchase_order::table
            .filter(purchase_order::org_id.eq(scope.org()))
            .filter(purchase_order::order_id.eq_any(&some))
            .select(columns)
            .load(connection)?;
        for (bytes, test, number) in rows {
            orders.insert(id(&bytes)?, (test, number));
        }
    }
    all.orders = orders.keys().copied().collect();
    all.numbers = orders.into_values().collect();
    Ok(())
}

fn gather_events(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    named: &[Id],
    all: &mut Holdings,
) -> Result<()> {
    let mut events = BTreeSet::new();
    for test in [false, true] {
        let numbers: Vec<&String> =
            all.numbers.iter().filter(|one| one.0 == test).map(|one| &one.1).collect();
        for some in numbers.chunks(IDS_A_STATEMENT) {
            let rows: Vec<Vec<u8>> = order_event::table
                .filter(order_event::org_id.eq(scope.org()))
                .filter(order_event::test.eq(test))
                .filter(order_event::order_number.eq_any(some.iter().copied()))
                .select(order_event::event_id)
                .load(connection)?;
            events.extend(ids(rows)?);
        }
    }
    for some in chunks(named) {
        let rows: Vec<(Vec<u8>, bool, String)> = order_event::table
            .filter(order_event::org_id.eq(scope.org()))
            .filter(order_event::event_id.eq_any(&some))
            .select((order_event::event_id, order_event::test, order_event::order_number))
            .load(connection)?;
        for (bytes, test, number) in rows {
            events.insert(id(&bytes)?);
            all.numbers.insert((test, number));
        }
    }
    all.events = events.into_iter().collect();
    Ok(())
}

/// The invitations of the customers and about their orders. An order can have changed hands since somebody was asked.
fn gather_invitations(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    named: &[Id],
    all: &mut Holdings,
) -> Result<()> {
    let here = || {
        let its_order = purchase_order::table.on(purchase_order::org_id
            .eq(invitation::org_id)
            .and(purchase_order::order_id.eq(invitation::order_id)));
        invitation::table.inner_join(its_order).filter(invitation::org_id.eq(scope.org())).select((
            invitation::invitation_id,
            invitation::survey_id,
            purchase_order::channel,
            purchase_order::place_id,
            invitation::form,
        ))
    };
    let mut rows: Vec<(Vec<u8>, i32, i16, i32, i16)> = Vec::new();
    for some in chunks(&all.customers) {
        rows.extend(here().filter(invitation::customer_id.eq_any(some)).load(connection)?);
    }
    for some in chunks(&all.orders) {
        rows.extend(here().filter(invitation::order_id.eq_any(some)).load(connection)?);
    }
    for some in chunks(named) {
        rows.extend(here().filter(invitation::invitation_id.eq_any(some)).load(connection)?);
    }
    let unique: BTreeSet<_> = rows.into_iter().collect();
    for (bytes, survey_id, channel, place_id, form) in unique {
        all.invitations.push(id(&bytes)?);
        *all.forms.entry((Stratum { survey_id, channel, place_id }, form)).or_default() += 1;
    }
    Ok(())
}

/// Whether a kept answer names one of the orders, invitations or addresses.
fn is_about(body: &str, all: &Holdings) -> bool {
    let Ok(value) = serde_json::from_str::<serde_json::Value>(body) else { return false };
    mentions(&value, &|text| {
        // Only what may hold an address is looked through for each of them.
        let lower = if text.contains('@') { text.to_lowercase() } else { String::new() };
        [false, true].iter().any(|test| all.numbers.contains(&(*test, text.to_owned())))
            || all.emails.iter().any(|email| lower.contains(email))
            || all.invitations.binary_search_by(|id| id.to_string().as_str().cmp(text)).is_ok()
    })
}

fn mentions(value: &serde_json::Value, is_theirs: &impl Fn(&str) -> bool) -> bool {
    match value {
        serde_json::Value::String(text) => is_theirs(text),
        serde_json::Value::Array(list) => list.iter().any(|one| mentions(one, is_theirs)),
        serde_json::Value::Object(fields) => fields.values().any(|one| mentions(one, is_theirs)),
        _ => false,
    }
}

/// Deletes all that was gathered in this transaction: rows that others point to come last.
pub fn delete(connection: &mut AnyConnection, scope: &OrgScope, all: &Holdings) -> Result<()> {
    let org = scope.org();
    for some in chunks(&all.invitations) {
        let here = comment::table.filter(comment::org_id.eq(org)).filter(comment::response_id.eq_any(&some));
        diesel::delete(here).execute(connection)?;
        let here = saved_page::table.filter(saved_page::org_id.eq(org));
        diesel::delete(here.filter(saved_page::invitation_id.eq_any(&some))).execute(connection)?;
        let here = outbox::table.filter(outbox::org_id.eq(org));
        diesel::delete(here.filter(outbox::invitation_id.eq_any(&some))).execute(connection)?;
        let here = slip::table.filter(slip::org_id.eq(org));
        diesel::delete(here.filter(slip::invitation_id.eq_any(&some))).execute(connection)?;
        let here = delivery_note::table.filter(delivery_note::org_id.eq(org));
        diesel::delete(here.filter(delivery_note::invitation_id.eq_any(&some))).execute(connection)?;
        let here = job::table.filter(job::org_id.eq(org)).filter(job::subject_id.eq_any(&some));
        diesel::delete(here.filter(job::kind.eq_any(job_kinds()))).execute(connection)?;
        webhook_messages::delete_about(connection, scope, &some)?;
        let here = response::table.filter(response::org_id.eq(org));
        diesel::delete(here.filter(response::response_id.eq_any(&some))).execute(connection)?;
        let here = invitation::table.filter(invitation::org_id.eq(org));
        diesel::delete(here.filter(invitation::invitation_id.eq_any(&some))).execute(connection)?;
    }
    for ((stratum, form), count) in all.forms.iter().filter(|((_, form), _)| *form >= 0) {
        form_balance::add(connection, scope, *stratum, *form, -count)?;
    }
    for some in chunks(&all.events) {
        let here = order_event::table.filter(order_event::org_id.eq(org));
        diesel::delete(here.filter(order_event::event_id.eq_any(some))).execute(connection)?;
    }
    shop_orders::delete(connection, scope, &all.numbers)?;
    for some in chunks(&all.orders) {
        let here = purchase_order::table.filter(purchase_order::org_id.eq(org));
        diesel::delete(here.filter(purchase_order::order_id.eq_any(some))).execute(connection)?;
    }
    for some in chunks(&all.customers) {
        let here = customer::table.filter(customer::org_id.eq(org));
        diesel::delete(here.filter(customer::customer_id.eq_any(some))).execute(connection)?;
    }
    idempotency::erase(connection, scope, &all.kept_answers)
}

/// The codes of all jobs; ids are never those of two things, so that none of another subject is touched.
fn job_kinds() -> Vec<i16> {
    JobKind::ALL.iter().map(|kind| kind.code()).collect()
}

/// Ids as the database takes them, so many at a time.
fn chunks(ids: &[Id]) -> Vec<Vec<Vec<u8>>> {
    ids.chunks(IDS_A_STATEMENT).map(|some| some.iter().map(|id| id.to_vec()).collect()).collect()
}

fn id(bytes: &[u8]) -> Result<Id> {
    Id::from_bytes(bytes).ok_or_else(|| unreadable("id"))
}

fn ids(rows: Vec<Vec<u8>>) -> Result<Vec<Id>> {
    rows.iter().map(|bytes| id(bytes)).collect()
}
