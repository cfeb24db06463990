//! Deliveries of events: whose turn it is, what is brought, what came of each try.
//!
//! An endpoint is claimed as a whole, so that nobody else calls it meanwhile and one that hangs holds one thread at most.
//! The claim names the organisation that an earlier question found.

use std::collections::BTreeMap;

use diesel::dsl::exists;
use diesel::prelude::*;

use super::authority::{self, OrgScope};
use super::connection::AnyConnection;
use super::error::{Result, unreadable};
use super::schema::{webhook, webhook_attempt, webhook_delivery, webhook_message, webhook_turn};
use super::webhooks::{self, Secret, Webhook};
use crate::domain::{DeliveryState, EventType, Id, Micros, WebhookState};

/// An endpoint with what is due there, held by this process until an instant.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Whose endpoint it is.
    pub scope: OrgScope,
    /// The endpoint.
    pub webhook: Webhook,
    /// Its keys, the newest first.
    pub secrets: Vec<Secret>,
    /// How often in a row it failed.
    pub failures: i32,
    /// Until when it is held; also tells this claim from a later one.
    pub held_until: Micros,
    /// What is due.
    pub parcels: Vec<Parcel>,
}

/// One event to be brought to one endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// The event.
    pub message_id: Id,
    /// What it is about.
    pub kind: EventType,
    /// What is posted.
    pub body: String,
}

/// One try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// When.
    pub at: Micros,
    /// HTTP's number; 0 when no reply came.
    pub status: i16,
    /// A word for what went wrong; empty when it was taken.
    pub error: String,
    /// How long it took, in milliseconds.
    pub ms: i32,
}

/// How far a delivery has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its state.
    pub state: DeliveryState,
    /// All tries.
    pub attempts: i32,
    /// Tries since it was wanted last.
    pub tries: i32,
    /// When it is tried next, while it waits.
    pub next_at: Micros,
}

/// A delivery as a log shows it.
#[derive(Clone, Debug)]
pub struct Logged {
    /// The event.
    pub message_id: Id,
    /// What it is about.
    pub kind: EventType,
    /// When it happened.
    pub created_at: Micros,
    /// How far it has come.
    pub standing: Standing,
    /// Each try, the first one first.
    pub attempts: Vec<Attempt>,
}

type StandingColumns = (i16, i32, i32, i64);

fn standing((state, attempts, tries, next_at): StandingColumns) -> Result<Standing> {
    let state = DeliveryState::from_code(state).ok_or_else(|| unreadable("delivery state"))?;
    Ok(Standing { state, attempts, tries, next_at: Micros(next_at) })
}

/// An endpoint to which something is due, of whichever organisation: the one that was called longest ago. The first step
/// of a claim, so that the second can name its organisation.
pub fn due_endpoint(connection: &mut AnyConnection, now: Micros) -> Result<Option<(i32, Id)>> {
    let due = webhook_delivery::table
        .filter(webhook_delivery::org_id.eq(webhook_turn::org_id))
        .filter(webhook_delivery::webhook_id.eq(webhook_turn::webhook_id))
        .filter(webhook_delivery::state.eq(DeliveryState::Waiting.code()))
        .filter(webhook_delivery::next_at.le(now.0));
    let endpoint =
        webhook::org_id.eq(webhook_turn::org_id).and(webhook::webhook_id.eq(webhook_turn::webhook_id));
    let found: Option<(i32, Vec<u8>)> = webhook_turn::table
        .inner_join(webhook::table.on(endpoint))
        .filter(webhook_turn::held_until.le(now.0))
        .filter(webhook::state.eq(WebhookState::Enabled.code()))
        .filter(exists(due))
        .select((webhook_turn::org_id, webhook_turn::webhook_id))
        .order((webhook_turn::held_until, webhook_turn::org_id, webhook_turn::webhook_id))
        .first(connection)
        .optional()?;
    found.map(|(org, id)| Ok((org, Id::from_bytes(&id).ok_or_else(|| unreadable("id"))?))).transpose()
}

/// Claims an endpoint until `until` with at most `limit` of what is due; one that failed last with one only. None when
/// somebody was quicker.
pub fn claim(
    connection: &mut AnyConnection,
    (org, id): (i32, Id),
    now: Micros,
    until: Micros,
    limit: i64,
) -> Result<Option<Claim>> {
    let scope = authority::of_job(org);
    let turn = webhook_turn::table
        .filter(webhook_turn::org_id.eq(org))
        .filter(webhook_turn::webhook_id.eq(id.to_vec()))
        .filter(webhook_turn::held_until.le(now.0));
    if diesel::update(turn).set(webhook_turn::held_until.eq(until.0)).execute(connection)? == 0 {
        return Ok(None);
    }
    let failures: i32 = webhook_turn::table
        .filter(webhook_turn::org_id.eq(org))
        .filter(webhook_turn::webhook_id.eq(id.to_vec()))
        .select(webhook_turn::failures)
        .first(connection)?;
    let Some(webhook) = webhooks::find(connection, &scope, id)? else { return Ok(None) };
    let secrets = webhooks::secrets(connection, &scope, id, now)?;
    let limit = if failures > 0 { 1 } else { limit };
    let parcels = due_parcels(connection, &scope, id, now, limit)?;
    Ok(Some(Claim { scope, webhook, secrets, failures, held_until: until, parcels }))
}

fn due_parcels(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    id: Id,
    now: Micros,
    limit: i64,
) -> Result<Vec<Parcel>> {
    let message = webhook_message::org_id
        .eq(webhook_delivery::org_id)
        .and(webhook_message::message_id.eq(webhook_delivery::message_id));
    let rows: Vec<(Vec<u8>, i16, String)> = webhook_delivery::table
        .inner_join(webhook_message::table.on(message))
        .filter(webhook_delivery::org_id.eq(scope.org()))
        .filter(webhook_delivery::webhook_id.eq(id.to_vec()))
        .filter(webhook_delivery::state.eq(DeliveryState::Waiting.code()))
        .filter(webhook_delivery::next_at.le(now.0))
        .select((webhook_message::message_id, webhook_message::kind, webhook_message::body))
        .order((webhook_delivery::next_at, webhook_delivery::message_id))
        .limit(limit)
        .load(connection)?;
    rows.into_iter()
        .map(|(id, kind, body)| {
            let message_id = Id::from_bytes(&id).ok_or_else(|| unreadable("id"))?;
            let kind = EventType::from_code(kind).ok_or_else(|| unreadable("event type"))?;
            Ok(Parcel { message_id, kind, body })
        })
        .collect()
}

/// Ends a claim, or begins the time for which an endpoint is left alone; a claim that somebody else has by now stays.
pub fn end_turn(
    connection: &mut AnyConnection,
    claim: &Claim,
    held_until: Micros,
    failures: i32,
) -> Result<()> {
    let here = webhook_turn::table
        .filter(webhook_turn::org_id.eq(claim.scope.org()))
        .filter(webhook_turn::webhook_id.eq(claim.webhook.id.to_vec()))
        .filter(webhook_turn::held_until.eq(claim.held_until.0));
    diesel::update(here)
        .set((webhook_turn::held_until.eq(held_until.0), webhook_turn::failures.eq(failures)))
        .execute(connection)?;
    Ok(())
}

/// Calls an endpoint again that was left alone because it failed.
pub fn forgive(connection: &mut AnyConnection, scope: &OrgScope, id: Id, now: Micros) -> Result<()> {
    let here = webhook_turn::table
        .filter(webhook_turn::org_id.eq(scope.org()))
        .filter(webhook_turn::webhook_id.eq(id.to_vec()))
        .filter(webhook_turn::failures.gt(0));
    diesel::update(here)
        .set((webhook_turn::held_until.eq(now.0), webhook_turn::failures.eq(0)))
        .execute(connection)?;
    Ok(())
}

/// How far a delivery has come; none when there is no such one, or it was erased.
pub fn find(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    webhook_id: Id,
    message_id: Id,
) -> Result<Option<Standing>> {
    let row: Option<StandingColumns> = webhook_delivery::table
        .filter(webhook_delivery::org_id.eq(scope.org()))
        .filter(webhook_delivery::webhook_id.eq(webhook_id.to_vec()))
        .filter(webhook_delivery::message_id.eq(message_id.to_vec()))
        .select((
            webhook_delivery::state,
            webhook_delivery::attempts,
            webhook_delivery::tries,
            webhook_delivery::next_at,
        ))
        .get_result(connection)
        .optional()?;
    row.map(standing).transpose()
}

/// Sets how far a delivery has come.
pub fn set(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    (webhook_id, message_id): (Id, Id),
    to: Standing,
) -> Result<()> {
    let here = webhook_delivery::table
        .filter(webhook_delivery::org_id.eq(scope.org()))
        .filter(webhook_delivery::webhook_id.eq(webhook_id.to_vec()))
        .filter(webhook_delivery::message_id.eq(message_id.to_vec()));
    diesel::update(here)
        .set((
            webhook_delivery::state.eq(to.state.code()),
            webhook_delivery::attempts.eq(to.attempts),
            webhook_delivery::tries.eq(to.tries),
            webhook_delivery::next_at.eq(to.next_at.0),
        ))
        .execute(connection)?;
    Ok(())
}

/// Keeps a try under its number.
pub fn log_attempt(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    (webhook_id, message_id): (Id, Id),
    number: i32,
    attempt: &Attempt,
) -> Result<()> {
    diesel::insert_into(webhook_attempt::table)
        .values((
            webhook_attempt::org_id.eq(scope.org()),
            webhook_attempt::webhook_id.eq(webhook_id.to_vec()),
            webhook_attempt::message_id.eq(message_id.to_vec()),
            webhook_attempt::number.eq(number),
            webhook_attempt::tried_at.eq(attempt.at.0),
            webhook_attempt::status.eq(attempt.status),
            webhook_attempt::error.eq(&attempt.error),
            webhook_attempt::took_ms.eq(attempt.ms),
        ))
        .execute(connection)?;
    Ok(())
}

/// Which deliveries a log shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct LogFilter {
    /// How far they have come.
    pub state: Option<DeliveryState>,
    /// Only those of events before this one.
    pub before: Option<Id>,
    /// How many at most.
    pub limit: i64,
}

/// A page of an endpoint's log, newest first, each delivery with its tries.
pub fn log(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    webhook_id: Id,
    filter: LogFilter,
) -> Result<Vec<Logged>> {
    let message = webhook_message::org_id
        .eq(webhook_delivery::org_id)
        .and(webhook_message::message_id.eq(webhook_delivery::message_id));
    let mut query = webhook_delivery::table
        .inner_join(webhook_message::table.on(message))
        .filter(webhook_delivery::org_id.eq(scope.org()))
        .filter(webhook_delivery::webhook_id.eq(webhook_id.to_vec()))
        .select((
            webhook_message::message_id,
            webhook_message::kind,
            webhook_message::created_at,
            (
                webhook_delivery::state,
                webhook_delivery::attempts,
                webhook_delivery::tries,
                webhook_delivery::next_at,
            ),
        ))
        .order(webhook_delivery::message_id.desc())
        .limit(filter.limit)
        .into_boxed();
    if let Some(state) = filter.state {
        query = query.filter(webhook_delivery::state.eq(state.code()));
    }
    if let Some(before) = filter.before {
        query = query.filter(webhook_delivery::message_id.lt(before.to_vec()));
    }
    let rows: Vec<(Vec<u8>, i16, i64, StandingColumns)> = query.load(connection)?;
    let ids: Vec<&Vec<u8>> = rows.iter().map(|(id, ..)| id).collect();
    let mut attempts = attempts_of(connection, scope, webhook_id, &ids)?;
    rows.into_iter()
        .map(|(id, kind, created_at, columns)| {
            Ok(Logged {
                message_id: Id::from_bytes(&id).ok_or_else(|| unreadable("id"))?,
                kind: EventType::from_code(kind).ok_or_else(|| unreadable("event type"))?,
                created_at: Micros(created_at),
                standing: standing(columns)?,
                attempts: attempts.remove(&id).unwrap_or_default(),
            })
        })
        .collect()
}

/// One delivery with its tries.
pub fn logged(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    webhook_id: Id,
    message_id: Id,
) -> Result<Option<Logged>> {
    // The page that begins with it: ids are 128 bits, and one more is never all of them.
    let after = u128::from_be_bytes(*message_id.bytes()).saturating_add(1).to_be_bytes();
    let filter = LogFilter { before: Id::from_bytes(&after), limit: 1, ..LogFilter::default() };
    let found = log(connection, scope, webhook_id, filter)?.pop();
    Ok(found.filter(|one| one.message_id == message_id))
}

fn attempts_of(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    webhook_id: Id,
    messages: &[&Vec<u8>],
) -> Result<BTreeMap<Vec<u8>, Vec<Attempt>>> {
    let rows: Vec<(Vec<u8>, i64, i16, String, i32)> = webhook_attempt::table
        .filter(webhook_attempt::org_id.eq(scope.org()))
        .filter(webhook_attempt::webhook_id.eq(webhook_id.to_vec()))
        .filter(webhook_attempt::message_id.eq_any(messages.iter().copied()))
        .select((
            webhook_attempt::message_id,
            webhook_attempt::tried_at,
            webhook_attempt::status,
            webhook_attempt::error,
            webhook_attempt::took_ms,
        ))
        .order((webhook_attempt::message_id, webhook_attempt::number))
        .load(connection)?;
    let mut found: BTreeMap<Vec<u8>, Vec<Attempt>> = BTreeMap::new();
    for (id, at, status, error, ms) in rows {
        found.entry(id).or_default().push(Attempt { at: Micros(at), status, error, ms });
    }
    Ok(found)
}
