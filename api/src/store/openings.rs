//! What comes into being with the first page that somebody posts by an open link: a customer of whom nothing is known,
//! an order that only says when, where and by which channel, and the invitation to which the pages belong.

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::customers::{self, NewCustomer};
use super::error::Result;
use super::form_balance::{self, Stratum};
use super::invitations::{self, Invitation};
use super::jobs;
use super::orders::{self, StoredOrder};
use crate::domain::order::CustomerData;
use crate::domain::{Id, JobKind, Micros};

/// The rows behind the first page of one visitor; all ids follow from the visitor's ticket.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The link by which somebody came.
    pub link_id: Id,
    /// Hash of the ticket: one ticket makes one customer.
    pub match_hash: Vec<u8>,
    /// The customer's group 0..=31.
    pub group: i16,
    /// Stands for the visit; its number is never shown.
    pub order: StoredOrder,
    /// The invitation, begun.
    pub invitation: Invitation,
    /// Id of the job that ends it.
    pub job_id: Id,
}

/// Stores the rows; false when the ticket was used before, and nothing is stored.
pub(super) fn insert(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    new: &Opening,
    now: Micros,
) -> Result<bool> {
    let data = CustomerData { language: new.invitation.language.clone(), ..CustomerData::default() };
    let customer =
        NewCustomer { id: new.order.customer_id, group: new.group, data: &data, match_hash: &new.match_hash };
    if !customers::insert_if_new(connection, scope, customer, now)? {
        return Ok(false);
    }
    orders::insert(connection, scope, &new.order, now)?;
    invitations::insert(connection, scope, &new.invitation)?;
    let stratum = Stratum {
        survey_id: new.invitation.survey_id,
        channel: new.order.channel.code(),
        place_id: new.order.place_id,
    };
    form_balance::add(connection, scope, stratum, new.invitation.form, 1)?;
    if let Some(ends_at) = new.invitation.expires_at {
        let (kind, subject) = (JobKind::ExpireInvitation, new.invitation.id);
        jobs::plan(connection, scope, new.job_id, kind, subject, ends_at, now)?;
    }
    Ok(true)
}
