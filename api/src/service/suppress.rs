//! Puts addresses on the suppression list and takes them off, with what follows for the mails that wait.

use super::plan_invitations::Planner;
use super::{Result, Services};
use crate::domain::carriers::phone_number;
use crate::domain::order::CustomerData;
use crate::domain::{Id, SuppressionCause};
use crate::store::suppressions::{self, Suppression};
use crate::store::{AnyConnection, OrgScope, customers};

/// Puts an address, known by its hash, on the list; false when that changes nothing.
///
/// What a person said replaces what a machine noted: it is not undone when the mailbox works again.
pub fn put_on_list(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    address_hash: Vec<u8>,
    cause: SuppressionCause,
) -> Result<bool> {
    let found = suppressions::find(connection, scope, &address_hash)?;
    if let Some(found) = found {
        if found.cause != SuppressionCause::Bounced || cause == SuppressionCause::Bounced {
            return Ok(false);
        }
        suppressions::remove(connection, scope, &address_hash)?;
    }
    Ok(suppressions::add(connection, scope, &Suppression { address_hash, cause, at: services.now() })?)
}

/// Plans the waiting mails to one customer again: after a change of the list each says so.
///
/// Reminders are asked about right before they go.
pub fn replan_customer(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    customer_id: Id,
) -> Result<()> {
    Planner::new(services, connection, scope)?.plan_customer(connection, customer_id)
}

/// Plans the waiting mails to the customer whom an address identifies again.
///
/// Customers whose own id stands for them are not searched by address here: the planner asks the list once more before
/// each mail.
pub fn replan_address(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    email: &str,
) -> Result<()> {
    if !email.contains('@') {
        // Numbers are kept as they were told: the one in the international form is looked for.
        let has_it = |one: &customers::Contact<'_>| phone_number(one.phone).as_deref() == Some(email);
        for id in customers::by_contact(connection, scope, has_it)? {
            replan_customer(services, connection, scope, id)?;
        }
        return Ok(());
    }
    let identity = CustomerData { email: email.to_owned(), ..CustomerData::default() }.identity(false, "");
    for id in customers::by_hash(connection, scope, &services.links.identity_hash(&identity))? {
        replan_customer(services, connection, scope, id)?;
    }
    Ok(())
}
