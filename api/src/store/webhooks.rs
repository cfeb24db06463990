//! Endpoints: addresses to which an organisation has events brought, and by which keys its posts are signed.
//!
//! The keys themselves stand nowhere in the database: `service::webhooks` makes them again from the link key.

use diesel::prelude::*;

use super::authority::OrgScope;
use super::connection::AnyConnection;
use super::error::{Error, Result, unreadable};
use super::schema::{webhook, webhook_attempt, webhook_delivery, webhook_secret, webhook_turn};
use super::webhook_messages;
use crate::domain::{EventType, Id, Micros, WebhookReason, WebhookState};

/// One endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Its id.
    pub id: Id,
    /// Where posts go.
    pub url: String,
    /// What it wants to know; empty for everything.
    pub events: Vec<EventType>,
    /// Whether it gets the events of test keys, and only these.
    pub test: bool,
    /// Whether events go there.
    pub state: WebhookState,
    /// Why not, where they do not.
    pub reason: Option<WebhookReason>,
    /// When it was made.
    pub created_at: Micros,
}

impl Webhook {
    /// Whether it wants an event of this type.
    pub fn wants(&self, kind: EventType) -> bool {
        self.events.is_empty() || self.events.contains(&kind)
    }
}

/// One key of an endpoint: which, not what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// The how manieth of its endpoint, from 1.
    pub rotation: i32,
    /// Id of the link key from which it is made.
    pub link_key_id: String,
    /// When it was made.
    pub created_at: Micros,
    /// Until when it counts; none for the newest.
    pub retires_at: Option<Micros>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = webhook)]
pub(super) struct Row {
    org_id: i32,
    webhook_id: Vec<u8>,
    url: String,
    events: String,
    test: bool,
    state: i16,
    reason: i16,
    created_at: i64,
}

impl Row {
    fn write(scope: &OrgScope, one: &Webhook) -> Self {
        let events: Vec<&str> = one.events.iter().map(|event| event.word()).collect();
        Self {
            org_id: scope.org(),
            webhook_id: one.id.to_vec(),
            url: one.url.clone(),
            events: events.join(" "),
            test: one.test,
            state: one.state.code(),
            reason: one.reason.map_or(0, WebhookReason::code),
            created_at: one.created_at.0,
        }
    }

    fn read(self) -> Result<Webhook> {
        Ok(Webhook {
            id: Id::from_bytes(&self.webhook_id).ok_or_else(|| unreadable("id"))?,
            url: self.url,
            events: self.events.split(' ').filter_map(EventType::from_word).collect(),
            test: self.test,
            state: WebhookState::from_code(self.state).ok_or_else(|| unreadable("webhook state"))?,
            reason: WebhookReason::from_code(self.reason),
            created_at: Micros(self.created_at),
        })
    }
}

/// Stores a new endpoint with its first key.
pub fn insert(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    one: &Webhook,
    secret: &Secret,
) -> Result<()> {
    diesel::insert_into(webhook::table).values(&Row::write(scope, one)).execute(connection)?;
    diesel::insert_into(webhook_turn::table)
        .values((
            webhook_turn::org_id.eq(scope.org()),
            webhook_turn::webhook_id.eq(one.id.to_vec()),
            webhook_turn::held_until.eq(0i64),
            webhook_turn::failures.eq(0),
        ))
        .execute(connection)?;
    insert_secret(connection, scope, one.id, secret)
}

fn insert_secret(connection: &mut AnyConnection, scope: &OrgScope, id: Id, secret: &Secret) -> Result<()> {
    diesel::insert_into(webhook_secret::table)
        .values((
            webhook_secret::org_id.eq(scope.org()),
            webhook_secret::webhook_id.eq(id.to_vec()),
            webhook_secret::rotation.eq(secret.rotation),
            webhook_secret::link_key_id.eq(&secret.link_key_id),
            webhook_secret::created_at.eq(secret.created_at.0),
            webhook_secret::retires_at.eq(secret.retires_at.map(|at| at.0)),
        ))
        .execute(connection)?;
    Ok(())
}

/// All endpoints of an organisation, oldest first.
pub fn all(connection: &mut AnyConnection, scope: &OrgScope) -> Result<Vec<Webhook>> {
    let rows: Vec<Row> = webhook::table
        .filter(webhook::org_id.eq(scope.org()))
        .select(Row::as_select())
        .order(webhook::webhook_id)
        .load(connection)?;
    rows.into_iter().map(Row::read).collect()
}

/// One endpoint; none when the organisation has no such one.
pub fn find(connection: &mut AnyConnection, scope: &OrgScope, id: Id) -> Result<Option<Webhook>> {
    let row: Option<Row> = webhook::table
        .filter(webhook::org_id.eq(scope.org()))
        .filter(webhook::webhook_id.eq(id.to_vec()))
        .select(Row::as_select())
        .get_result(connection)
        .optional()?;
    row.map(Row::read).transpose()
}

/// Sets whether events go to an endpoint.
pub fn set_state(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    id: Id,
    state: WebhookState,
    reason: Option<WebhookReason>,
) -> Result<()> {
    let here =
        webhook::table.filter(webhook::org_id.eq(scope.org())).filter(webhook::webhook_id.eq(id.to_vec()));
    diesel::update(here)
        .set((webhook::state.eq(state.code()), webhook::reason.eq(reason.map_or(0, WebhookReason::code))))
        .execute(connection)?;
    Ok(())
}

/// The keys of an endpoint that count at an instant, the newest first.
pub fn secrets(connection: &mut AnyConnection, scope: &OrgScope, id: Id, now: Micros) -> Result<Vec<Secret>> {
    let rows: Vec<(i32, String, i64, Option<i64>)> = webhook_secret::table
        .filter(webhook_secret::org_id.eq(scope.org()))
        .filter(webhook_secret::webhook_id.eq(id.to_vec()))
        .select((
            webhook_secret::rotation,
            webhook_secret::link_key_id,
            webhook_secret::created_at,
            webhook_secret::retires_at,
        ))
        .order(webhook_secret::rotation.desc())
        .load(connection)?;
    let secrets = rows.into_iter().map(|(rotation, link_key_id, created_at, retires_at)| Secret {
        rotation,
        link_key_id,
        created_at: Micros(created_at),
        retires_at: retires_at.map(Micros),
    });
    Ok(secrets.filter(|secret| secret.retires_at.is_none_or(|at| at > now)).collect())
}

/// Gives an endpoint a new key; of the older ones only the last counts on, until `until`.
pub fn rotate(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    id: Id,
    link_key_id: &str,
    now: Micros,
    until: Micros,
) -> Result<Secret> {
    let here = || {
        webhook_secret::table
            .filter(webhook_secret::org_id.eq(scope.org()))
            .filter(webhook_secret::webhook_id.eq(id.to_vec()))
    };
    let newest: i32 = here()
        .select(webhook_secret::rotation)
        .order(webhook_secret::rotation.desc())
        .first(connection)
        .optional()?
        .ok_or(Error::NotFound)?;
    diesel::delete(here().filter(webhook_secret::rotation.lt(newest))).execute(connection)?;
    diesel::update(here()).set(webhook_secret::retires_at.eq(until.0)).execute(connection)?;
    let rotation = newest.saturating_add(1);
    let secret = Secret { rotation, link_key_id: link_key_id.to_owned(), created_at: now, retires_at: None };
    insert_secret(connection, scope, id, &secret)?;
    Ok(secret)
}

/// Deletes an endpoint with its log and its keys.
pub fn delete(connection: &mut AnyConnection, scope: &OrgScope, id: Id) -> Result<()> {
    let (org, bytes) = (scope.org(), id.to_vec());
    let here = webhook_attempt::table.filter(webhook_attempt::org_id.eq(org));
    diesel::delete(here.filter(webhook_attempt::webhook_id.eq(&bytes))).execute(connection)?;
    let here = webhook_delivery::table.filter(webhook_delivery::org_id.eq(org));
    diesel::delete(here.filter(webhook_delivery::webhook_id.eq(&bytes))).execute(connection)?;
    let here = webhook_secret::table.filter(webhook_secret::org_id.eq(org));
    diesel::delete(here.filter(webhook_secret::webhook_id.eq(&bytes))).execute(connection)?;
    let here = webhook_turn::table.filter(webhook_turn::org_id.eq(org));
    diesel::delete(here.filter(webhook_turn::webhook_id.eq(&bytes))).execute(connection)?;
    let here = webhook::table.filter(webhook::org_id.eq(org)).filter(webhook::webhook_id.eq(&bytes));
    diesel::delete(here).execute(connection)?;
    webhook_messages::forget_loose(connection, scope, None)
}
