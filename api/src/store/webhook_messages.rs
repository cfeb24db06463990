//! Events to be told: each written once, in the transaction of what it tells of, with a delivery for every endpoint that
//! wants it. Where no endpoint does, nothing is written.

use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::{AnyConnection, each_backend};
use super::error::Result;
use super::schema::{webhook_attempt, webhook_delivery, webhook_message};
use super::webhooks::{self, Webhook};
use crate::domain::{DeliveryState, EventType, Id, Micros, WebhookState};

/// How many ids one statement names.
const IDS_A_STATEMENT: usize = 500;

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its id: the same at every try and every endpoint.
    pub id: Id,
    /// What it is about.
    pub kind: EventType,
    /// The invitation that it names; an erasure of that deletes it.
    pub subject_id: Id,
    /// Whether it came by a test key: told to test endpoints only, as the others are told to the others only.
    pub test: bool,
    /// What is posted.
    pub body: String,
    /// When it happened.
    pub at: Micros,
}

/// The endpoints that want an event now.
pub fn wanted_by(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    kind: EventType,
    is_test: bool,
) -> Result<Vec<Webhook>> {
    let mut all = webhooks::all(connection, scope)?;
    all.retain(|one| one.state == WebhookState::Enabled && one.test == is_test && one.wants(kind));
    Ok(all)
}

/// Notes events in the transaction that is open, for all endpoints that want them.
pub fn emit(connection: &mut AnyConnection, scope: &OrgScope, messages: &[&Message]) -> Result<()> {
    if messages.is_empty() {
        return Ok(());
    }
    let enabled = webhooks::all(connection, scope)?;
    for message in messages {
        let wanting = enabled.iter().filter(|one| {
            one.state == WebhookState::Enabled && one.test == message.test && one.wants(message.kind)
        });
        let wanting: Vec<Id> = wanting.map(|one| one.id).collect();
        emit_to(connection, scope, message, &wanting, message.at)?;
    }
    Ok(())
}

/// Notes one event for some endpoints, to be brought to them from `next_at` on. The same event twice is one.
pub fn emit_to(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    message: &Message,
    endpoints: &[Id],
    next_at: Micros,
) -> Result<()> {
    if endpoints.is_empty() {
        return Ok(());
    }
    let row = (
        webhook_message::org_id.eq(scope.org()),
        webhook_message::message_id.eq(message.id.to_vec()),
        webhook_message::kind.eq(message.kind.code()),
        webhook_message::subject_id.eq(message.subject_id.to_vec()),
        webhook_message::body.eq(&message.body),
        webhook_message::created_at.eq(message.at.0),
    );
    let inserted = each_backend!(connection, inner => diesel::insert_into(webhook_message::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(inner))?;
    if inserted == 0 {
        return Ok(());
    }
    for endpoint in endpoints {
        diesel::insert_into(webhook_delivery::table)
            .values((
                webhook_delivery::org_id.eq(scope.org()),
                webhook_delivery::webhook_id.eq(endpoint.to_vec()),
                webhook_delivery::message_id.eq(message.id.to_vec()),
                webhook_delivery::state.eq(DeliveryState::Waiting.code()),
                webhook_delivery::attempts.eq(0),
                webhook_delivery::tries.eq(0),
                webhook_delivery::next_at.eq(next_at.0),
            ))
            .execute(connection)?;
    }
    Ok(())
}

/// Deletes all events that name one of these invitations, with their deliveries.
pub fn delete_about(connection: &mut AnyConnection, scope: &OrgScope, subjects: &[Vec<u8>]) -> Result<()> {
    let ids: Vec<Vec<u8>> = webhook_message::table
        .filter(webhook_message::org_id.eq(scope.org()))
        .filter(webhook_message::subject_id.eq_any(subjects))
        .select(webhook_message::message_id)
        .load(connection)?;
    for some in ids.chunks(IDS_A_STATEMENT) {
        let here = webhook_attempt::table.filter(webhook_attempt::org_id.eq(scope.org()));
        diesel::delete(here.filter(webhook_attempt::message_id.eq_any(some))).execute(connection)?;
        let here = webhook_delivery::table.filter(webhook_delivery::org_id.eq(scope.org()));
        diesel::delete(here.filter(webhook_delivery::message_id.eq_any(some))).execute(connection)?;
        let here = webhook_message::table.filter(webhook_message::org_id.eq(scope.org()));
        diesel::delete(here.filter(webhook_message::message_id.eq_any(some))).execute(connection)?;
    }
    Ok(())
}

/// Deletes the log of an endpoint up to an instant; events made before it that nobody waits for go with it.
pub fn forget(connection: &mut AnyConnection, scope: &OrgScope, endpoint: Id, before: Micros) -> Result<()> {
    // Ids sort by the time of making.
    let oldest = Id::made_at(before, &[0; 10]).to_vec();
    let here = webhook_attempt::table
        .filter(webhook_attempt::org_id.eq(scope.org()))
        .filter(webhook_attempt::webhook_id.eq(endpoint.to_vec()))
        .filter(webhook_attempt::message_id.lt(&oldest));
    diesel::delete(here).execute(connection)?;
    let here = webhook_delivery::table
        .filter(webhook_delivery::org_id.eq(scope.org()))
        .filter(webhook_delivery::webhook_id.eq(endpoint.to_vec()))
        .filter(webhook_delivery::message_id.lt(&oldest));
    if diesel::delete(here).execute(connection)? > 0 {
        forget_loose(connection, scope, Some(&oldest))?;
    }
    Ok(())
}

/// Deletes events without a delivery, all of them or those before an id.
pub(super) fn forget_loose(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    before: Option<&[u8]>,
) -> Result<()> {
    let delivery = webhook_delivery::table
        .filter(webhook_delivery::org_id.eq(webhook_message::org_id))
        .filter(webhook_delivery::message_id.eq(webhook_message::message_id));
    let loose =
        webhook_message::table.filter(webhook_message::org_id.eq(scope.org())).filter(not(exists(delivery)));
    match before {
        Some(before) => {
            diesel::delete(loose.filter(webhook_message::message_id.lt(before))).execute(connection)?
        }
        None => diesel::delete(loose).execute(connection)?,
    };
    Ok(())
}
