//! A look at the very mail, before it leaves or afterwards: the same words and links; nothing is marked.

use super::super::plan_facts::reach;
use super::Outgoing;
use super::begin::as_sent;
use super::letter::write;
use super::message::write_short;
use crate::domain::{Carrier, Id, InvitationState, Occasion};
use crate::service::{Error, Result, Services};
use crate::store::outbox::Mail;
use crate::store::{AnyConnection, OrgScope, customers, invitations, orders, organisations, surveys};

/// What would leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// A whole mail with its headers (RFC 5322).
    Mail(Vec<u8>),
    /// What is posted to the gateway for short messages, as JSON.
    Message(String),
}

/// Writes the first mail of an invitation.
///
/// A conflict, in words, where nothing is sent: it is printed on a slip, or the customer cannot be reached.
pub fn look(services: &Services, connection: &mut AnyConnection, scope: &OrgScope, id: Id) -> Result<Look> {
    let invitation = invitations::get(connection, scope, id)?;
    let survey = surveys::get(connection, scope, invitation.survey_id)?;
    let order = orders::get(connection, scope, invitation.order_id)?;
    let organisation = organisations::get(connection, scope)?;
    let customer = customers::get(connection, scope, order.customer_id)?;
    let nobody = || Error::Conflict("the customer cannot be reached: there is no mail".to_owned());
    let reach = reach(&organisation, &survey, &order, &customer).ok_or_else(nobody)?;
    if reach.carrier == Carrier::Slip {
        return Err(Error::Conflict("it is printed on a slip: there is no mail".to_owned()));
    }
    let waits = matches!(invitation.state, InvitationState::Planned | InvitationState::Skipped);
    let invitation =
        if waits { as_sent(connection, scope, &survey, &order, &invitation)? } else { invitation };
    let mail = Mail::new(&invitation, Occasion::First, services.now());
    let it = Outgoing { invitation, mail, survey, order, customer, organisation, reach };
    if it.carrier() == Carrier::Message {
        return Ok(Look::Message(write_short(services, &it)?.into_body()));
    }
    let envelope = write(services, connection, scope, &it)?;
    let (_, mail) = services.mailer.written(&envelope).map_err(Error::Conflict)?;
    Ok(Look::Mail(mail))
}
