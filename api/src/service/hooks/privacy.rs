//! What a shop passes on from its customers: to be forgotten, or to see what is kept.

use super::told::Person;
use crate::domain::Id;
use crate::service::erase::{Whom, erase, find, tidy};
use crate::service::once::in_read;
use crate::service::{Error, Result, Services};
use crate::store::holdings::Named;
use crate::store::tidy::Effort;
use crate::store::{OrgScope, shop_orders};

/// Erases all that is stored of a person, as `laatu erase` does; how many customers that were.
pub fn forget(services: &Services, scope: &OrgScope, hook: Id, person: &Person) -> Result<usize> {
    let named = named(services, scope, hook, person)?;
    if named.customers.is_empty() && named.events.is_empty() {
        return Ok(0);
    }
    let erased = erase(services, scope, &named)?;
    if let Some(words) = tidy(services, Effort::Passing) {
        tracing::info!(%words, "after an erasure that a shop asked for");
    }
    Ok(erased.customers)
}

/// How many customers are stored of a person.
pub fn count(services: &Services, scope: &OrgScope, hook: Id, person: &Person) -> Result<usize> {
    Ok(named(services, scope, hook, person)?.customers.len())
}

/// Who is meant: by mail address, by telephone where there is none, and whoever placed the named orders.
fn named(services: &Services, scope: &OrgScope, hook: Id, person: &Person) -> Result<Named> {
    let ids = &person.shop_order_ids;
    let numbers = in_read(services, |connection| Ok(shop_orders::numbers(connection, scope, hook, ids)?))?;
    let mut whom: Vec<Whom> = numbers.into_iter().map(Whom::OrderNumber).collect();
    if !person.email.is_empty() {
        whom.push(Whom::Email(person.email.clone()));
    } else if !person.phone.is_empty() {
        whom.push(Whom::Phone(person.phone.clone()));
    }
    let mut all = Named::default();
    for one in &whom {
        match find(services, scope, one) {
            Ok(found) => all.take_in(found),
            Err(Error::NotFound(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(all)
}
