//! What came of bringing events to an endpoint, to be read, and to be brought once more.

use serde::Serialize;

use crate::domain::{DeliveryState, Id, Micros, WebhookState};
use crate::service::{Error, Result, Services, invalid};
use crate::store::webhook_deliveries::{self as deliveries, LogFilter, Logged, Standing};
use crate::store::{AnyConnection, OrgScope};

/// A page of an endpoint's log.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DeliveryList {
    /// The deliveries, newest first.
    pub deliveries: Vec<ShownDelivery>,
    /// Cursor of the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// One event at one endpoint.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ShownDelivery {
    /// The event's id: the header `webhook-id` of each try.
    pub id: String,
    /// What it tells.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// When it happened.
    pub created_at: String,
    /// waiting, delivered or failed.
    pub state: &'static str,
    /// When it is tried next.
    pub next_at: Option<String>,
    /// Each try, the first one first.
    pub attempts: Vec<ShownAttempt>,
}

/// One try.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ShownAttempt {
    /// When.
    pub at: String,
    /// HTTP's number; null when no reply came.
    pub status: Option<i16>,
    /// What went wrong, in a word; null when it was taken.
    pub error: Option<String>,
    /// How long it took, in milliseconds.
    pub ms: i32,
}

/// What a log is asked for.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// How far the deliveries have come.
    pub state: Option<DeliveryState>,
    /// Cursor of the page before.
    pub cursor: Option<String>,
    /// How many, 1 to 200.
    pub limit: i64,
}

/// Lists a page.
pub fn list(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    id: &str,
    request: &Request,
) -> Result<DeliveryList> {
    let webhook = super::find(connection, scope, id)?;
    let before = request.cursor.as_deref().map(read_cursor).transpose()?;
    let filter = LogFilter { state: request.state, before, limit: request.limit + 1 };
    let mut found = deliveries::log(connection, scope, webhook.id, filter)?;
    let more = i64::try_from(found.len()).unwrap_or(i64::MAX) > request.limit;
    if more {
        found.pop();
    }
    let next = found.last().filter(|_| more).map(|last| write_cursor(last.message_id));
    Ok(DeliveryList { deliveries: found.into_iter().map(shown).collect(), next })
}

/// One delivery.
pub fn show(
    connection: &mut AnyConnection,
    scope: &OrgScope,
    webhook: Id,
    message: Id,
) -> Result<ShownDelivery> {
    let found = deliveries::logged(connection, scope, webhook, message)?;
    found.map(shown).ok_or(Error::NotFound("delivery"))
}

/// Brings an event once more, from now on by the whole schedule, whatever came of it before.
pub fn replay(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    id: &str,
    delivery: &str,
) -> Result<ShownDelivery> {
    let webhook = super::find(connection, scope, id)?;
    let message = Id::parse(delivery).ok_or(Error::NotFound("delivery"))?;
    let standing =
        deliveries::find(connection, scope, webhook.id, message)?.ok_or(Error::NotFound("delivery"))?;
    if webhook.state == WebhookState::Disabled {
        return Err(Error::Conflict("the endpoint is disabled; enable it first".to_owned()));
    }
    let now = services.now();
    let to = Standing { state: DeliveryState::Waiting, tries: 0, next_at: now, ..standing };
    deliveries::set(connection, scope, (webhook.id, message), to)?;
    deliveries::forgive(connection, scope, webhook.id, now)?;
    show(connection, scope, webhook.id, message)
}

fn shown(one: Logged) -> ShownDelivery {
    let is_waiting = one.standing.state == DeliveryState::Waiting;
    ShownDelivery {
        id: one.message_id.to_string(),
        kind: one.kind.word(),
        created_at: one.created_at.rfc3339(),
        state: one.standing.state.word(),
        next_at: Some(one.standing.next_at).filter(|_| is_waiting).map(Micros::rfc3339),
        attempts: one
            .attempts
            .into_iter()
            .map(|attempt| ShownAttempt {
                at: attempt.at.rfc3339(),
                status: Some(attempt.status).filter(|status| *status > 0),
                error: Some(attempt.error).filter(|error| !error.is_empty()),
                ms: attempt.ms,
            })
            .collect(),
    }
}

fn write_cursor(id: Id) -> String {
    data_encoding::BASE32_NOPAD.encode(id.bytes()).to_lowercase()
}

fn read_cursor(text: &str) -> Result<Id> {
    let bytes = data_encoding::BASE32_NOPAD.decode(text.to_uppercase().as_bytes()).unwrap_or_default();
    Id::from_bytes(&bytes).ok_or_else(|| invalid("?cursor", "invalid", "is not a cursor of this list"))
}
