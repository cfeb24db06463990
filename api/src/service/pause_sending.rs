//! The stop switch: no mail of an organisation leaves until it is told to go on, and then not all at once.

use super::once::in_transaction;
use super::plan_invitations::replan_organisation;
use super::{Result, Services};
use crate::store::{AnyConnection, OrgScope, organisations};

/// Seconds between two mails that became overdue during a pause.
const APART_S: i64 = 1;

/// Who pauses: what the operator holds, the organisation cannot let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PausedBy {
    /// The organisation, or too many mails that came back.
    Organisation,
    /// The operator of the service.
    Operator,
}

/// Pauses all mails of an organisation: none leaves after the commit. A pause that is on stays as it is.
pub fn pause(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    by: PausedBy,
    reason: &str,
) -> Result<()> {
    let pause = organisations::get(connection, scope)?.pause;
    let now = services.now();
    match by {
        PausedBy::Organisation if pause.own.is_some() => {}
        PausedBy::Organisation => organisations::set_pause(connection, scope, Some(now), reason)?,
        PausedBy::Operator => {
            organisations::set_hold(connection, scope, Some(pause.by_operator.unwrap_or(now)))?;
        }
    }
    Ok(())
}

/// Ends a pause; the mails go once [`replan_after_pause`] has planned them again. What came back before is counted no
/// more.
pub fn resume(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    by: PausedBy,
) -> Result<()> {
    match by {
        PausedBy::Organisation => {
            organisations::set_pause(connection, scope, None, "")?;
            organisations::count_from(connection, scope, services.now())?;
        }
        PausedBy::Operator => organisations::set_hold(connection, scope, None)?,
    }
    Ok(())
}

/// Plans all waiting mails again after a pause began or ended: while it is on each says so; afterwards what is too old
/// is dropped, and the rest goes one after another.
pub fn replan_after_pause(services: &Services, scope: &OrgScope) -> Result<()> {
    let is_on =
        in_transaction(services, |connection| Ok(organisations::get(connection, scope)?.pause.is_on()))?;
    replan_organisation(services, scope, (!is_on).then_some(APART_S))
}
