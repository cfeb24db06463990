//! Erases customers: all that is stored of them, in one transaction, with their answers taken out of the counts.
//!
//! Before that the erasure is put on the list outside the database, so that a copy of the database from before it can
//! be brought to the same state. Called at the command line and, for customers themselves, by `own_data`; what is
//! done when a copy is restored is in `erasure_list`.

use serde::Serialize;

use super::cells::fold::take_back;
use super::erasure_list::Line;
use super::once::{in_read, in_transaction};
use super::report_log::piece_of;
use super::{Error, Result, Services};
use crate::domain::Id;
use crate::domain::order::{CustomerData, phone_digits};
use crate::store::holdings::{self, Holdings, Named};
use crate::store::tidy::{Effort, Tidied};
use crate::store::{AnyConnection, OrgScope, customers, erasures, organisations, surveys};

/// How many customers are erased in one transaction, for which answers wait.
const TOGETHER: usize = 100;

/// By what a customer is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// The id in this database.
    Customer(Id),
    /// The shop's own id.
    ExternalId(String),
    /// A mail address, in any case.
    Email(String),
    /// A telephone number; blanks and signs do not count.
    Phone(String),
    /// The number of one of their orders, or of an order of which only events came.
    OrderNumber(String),
}

/// How much was erased, or would be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Erased {
    /// Customers.
    pub customers: usize,
    /// Their orders.
    pub orders: usize,
    /// Events of these orders.
    pub events: usize,
    /// Invitations.
    pub invitations: usize,
    /// Pages as they were posted, each time.
    pub saved_pages: usize,
    /// Responses; each correction is one more.
    pub responses: usize,
    /// Comments.
    pub comments: usize,
    /// Jobs, done ones too.
    pub jobs: usize,
    /// Kept answers to API requests in which they occurred.
    pub kept_answers: usize,
}

impl Erased {
    fn of(all: &Holdings) -> Self {
        let count = |n: i64| usize::try_from(n).unwrap_or(0);
        Self {
            customers: all.customers.len(),
            orders: all.orders.len(),
            events: all.events.len(),
            invitations: all.invitations.len(),
            saved_pages: count(all.saved_pages),
            responses: all.responses.len(),
            comments: count(all.comments),
            jobs: count(all.jobs),
            kept_answers: all.kept_answers.len(),
        }
    }

    /// Adds another.
    pub fn add(&mut self, other: Self) {
        self.customers += other.customers;
        self.orders += other.orders;
        self.events += other.events;
        self.invitations += other.invitations;
        self.saved_pages += other.saved_pages;
        self.responses += other.responses;
        self.comments += other.comments;
        self.jobs += other.jobs;
        self.kept_answers += other.kept_answers;
    }
}

/// Finds customers by what is known of them; `NotFound` when nothing is stored of anybody so named.
pub fn find(services: &Services, scope: &OrgScope, whom: &Whom) -> Result<Named> {
    in_read(services, |connection| {
        let mut named =
            Named { customers: customers_of(services, connection, scope, whom)?, ..Named::default() };
        if let Whom::OrderNumber(number) = whom {
            named.events = holdings::events_of_number(connection, scope, number)?;
        }
        named.customers.sort_unstable();
        named.customers.dedup();
        let all = holdings::gather(connection, scope, &named)?;
        if all.is_empty() { Err(Error::NotFound("customer")) } else { Ok(named) }
    })
}

pub(super) fn customers_of(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    whom: &Whom,
) -> Result<Vec<Id>> {
    let (mut found, identity, number) = match whom {
        Whom::Customer(id) => return Ok(vec![*id]),
        Whom::ExternalId(text) => {
            let found = customers::by_contact(connection, scope, |one| one.external_id == text)?;
            (found, CustomerData { external_id: text.clone(), ..CustomerData::default() }, "")
        }
        Whom::Email(text) => {
            let lower = text.to_lowercase();
            let found = customers::by_contact(connection, scope, |one| one.email.to_lowercase() == lower)?;
            (found, CustomerData { email: text.clone(), ..CustomerData::default() }, "")
        }
        Whom::Phone(text) => {
            let digits = phone_digits(text);
            let is_meant = |phone: &str| !digits.is_empty() && phone_digits(phone) == digits;
            let found = customers::by_contact(connection, scope, |one| is_meant(one.phone))?;
            (found, CustomerData { phone: text.clone(), ..CustomerData::default() }, "")
        }
        Whom::OrderNumber(number) => {
            let found = customers::of_order_number(connection, scope, number)?;
            (found, CustomerData::default(), number.as_str())
        }
    };
    // Who was known by this first is found by it, though their latest order says something else.
    for test in [false, true] {
        let hash = services.links.identity_hash(&identity.identity(test, number));
        found.extend(customers::by_hash(connection, scope, &hash)?);
    }
    Ok(found)
}

/// How much an erasure would erase; nothing changes.
pub fn look(services: &Services, scope: &OrgScope, named: &Named) -> Result<Erased> {
    in_read(services, |connection| Ok(Erased::of(&holdings::gather(connection, scope, named)?)))
}

/// Erases all that is stored of what is named, after putting it on the erasure list; what there was.
///
/// Whoever is gone already is passed over. `Conflict` when no erasure list is set: an erasure that is not on it would
/// come back with a restored copy. The files of the database are cleared by [`tidy`].
pub fn erase(services: &Services, scope: &OrgScope, named: &Named) -> Result<Erased> {
    let mut erased = Erased::default();
    for some in parts(named) {
        put_on_list(services, scope, &some)?;
        end_here!("erasure-listed");
        erased.add(erase_listed(services, scope, &some)?);
    }
    Ok(erased)
}

/// Clears the files of the database of what was deleted; in words what may be left.
pub fn tidy(services: &Services, effort: Effort) -> Option<String> {
    match services.store.tidy(effort) {
        Ok(Tidied::Clear | Tidied::ByTheServer) => None,
        Ok(Tidied::PartsOfPages) => Some(
            "the file is large and was not rewritten; unused parts of its pages may hold bytes of what was erased \
             until `laatu erase --vacuum`"
                .to_owned(),
        ),
        Err(error) => Some(format!("the database's files may hold bytes of what was erased: {error}")),
    }
}

/// So many customers at a time; the first part has what is named beside them.
fn parts(named: &Named) -> Vec<Named> {
    let of = |customers: &[Id]| Named { customers: customers.to_vec(), ..Named::default() };
    let mut parts: Vec<Named> = named.customers.chunks(TOGETHER).map(of).collect();
    let beside = Named { customers: Vec::new(), ..named.clone() };
    match parts.first_mut() {
        Some(first) => first.take_in(beside),
        None => parts.push(beside),
    }
    parts
}

/// Puts an erasure on the list with the ids of all that is there now.
pub(super) fn put_on_list(services: &Services, scope: &OrgScope, named: &Named) -> Result<()> {
    let list = services.erasure_list.as_ref().ok_or_else(|| {
        Error::Conflict(
            "no erasure list is set; without it a restored copy would bring the data back".to_owned(),
        )
    })?;
    let line = in_read(services, |connection| {
        let all = holdings::gather(connection, scope, named)?;
        let organisation = organisations::get(connection, scope)?;
        let mut listed = named.clone();
        listed.take_in(Named {
            customers: all.customers,
            orders: all.orders,
            invitations: all.invitations,
            events: all.events,
        });
        Ok(Line { at: services.now(), route: organisation.route, slug: organisation.slug, named: listed })
    })?;
    list.append(&line)
}

/// Erases what is on the list already.
pub(super) fn erase_listed(services: &Services, scope: &OrgScope, named: &Named) -> Result<Erased> {
    let erased = in_transaction(services, |connection| {
        let all = holdings::gather(connection, scope, named)?;
        if all.is_empty() {
            return Ok(Erased::default());
        }
        for (survey_id, ids) in all.by_survey() {
            let survey = surveys::get(connection, scope, survey_id)?;
            let ids: Vec<Id> = ids.into_iter().collect();
            take_back(services, connection, scope, &survey, &ids)?;
        }
        holdings::delete(connection, scope, &all)?;
        erasures::note(connection, scope, &all, piece_of, services.now())?;
        Ok(Erased::of(&all))
    })?;
    services.kept.forget(scope.org_id().0);
    services.scores.forget(scope.org_id().0);
    Ok(erased)
}
