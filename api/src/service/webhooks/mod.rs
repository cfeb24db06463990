//! Endpoints of an organisation: made, listed, switched, their keys changed. `sign` makes the keys and the signatures,
//! `deliver` brings events, `log` shows what came of it.

pub mod deliver;
pub mod log;
pub mod sign;

use serde::Serialize;
use serde_json::Value;

use super::{Error, Result, Services};
use crate::domain::reader::ObjectReader;
use crate::domain::{EventType, Id, Micros, WebhookReason, WebhookState};
use crate::store::webhooks::{self, Secret, Webhook};
use crate::store::{AnyConnection, OrgScope, webhook_deliveries};

/// How many endpoints an organisation may have.
const MOST: usize = 20;
/// For how long the key before counts beside a new one.
const OVERLAP_S: i64 = 24 * 3600;

/// What a new endpoint is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Where posts go.
    pub url: String,
    /// What it wants to know; empty for everything.
    pub events: Vec<EventType>,
    /// Whether it gets the events of test keys, and only these.
    pub test: bool,
}

/// An endpoint as it is shown.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ShownWebhook {
    /// Its id.
    pub id: String,
    /// Where posts go.
    pub url: String,
    /// What it is told.
    pub events: Vec<&'static str>,
    /// Whether it gets the events of test keys, and only these.
    pub test: bool,
    /// enabled or disabled.
    pub state: &'static str,
    /// Why it is disabled.
    pub reason: Option<&'static str>,
    /// When it was made.
    pub created_at: String,
    /// Until when the key before the newest one counts.
    pub previous_secret_until: Option<String>,
    /// The key by which its posts are signed; only in the answers to its making and to a rotation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

/// A list of endpoints.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct WebhookList {
    /// All of them, oldest first.
    pub webhooks: Vec<ShownWebhook>,
}

impl Request {
    /// Reads a request; all its mistakes together.
    pub fn parse(value: &Value, services: &Services, scope: &OrgScope) -> Result<Self> {
        let mut reader = ObjectReader::open(value, "");
        let url = reader.required_text("url", 500).unwrap_or_default();
        if let Err(words) = services.poster.check(&url)
            && !url.is_empty()
        {
            reader.complain("url", "webhook_url", words);
        }
        let events = events(&mut reader);
        let test = match reader.value("test") {
            None => scope.is_test(),
            Some(_) => reader.flag("test"),
        };
        if scope.is_test() && !test {
            reader.complain("test", "not_allowed", "a test key makes endpoints for tests only");
        }
        let problems = reader.finish();
        if problems.is_empty() { Ok(Self { url, events, test }) } else { Err(Error::Invalid(problems)) }
    }
}

fn events(reader: &mut ObjectReader<'_>) -> Vec<EventType> {
    let Some(value) = reader.value("events") else { return Vec::new() };
    let read =
        |one: &Value| EventType::from_word(one.as_str()?).filter(|kind| *kind != EventType::WebhookTest);
    let known: Option<Vec<EventType>> = value.as_array().and_then(|list| list.iter().map(read).collect());
    let Some(mut known) = known else {
        let words: Vec<&str> = told().map(EventType::word).collect();
        let words = crate::domain::coded::one_of(&words);
        reader.complain("events", "unknown_value", format!("a list is needed; accepted are {words}"));
        return Vec::new();
    };
    known.sort_unstable();
    known.dedup();
    known
}

/// The events that endpoints are told of; the one for trying out goes to whichever is tried out.
fn told() -> impl Iterator<Item = EventType> {
    EventType::ALL.iter().copied().filter(|kind| *kind != EventType::WebhookTest)
}

/// Makes an endpoint.
pub fn create(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    request: &Request,
) -> Result<ShownWebhook> {
    if webhooks::all(connection, scope)?.len() >= MOST {
        return Err(Error::Conflict(format!("an organisation has at most {MOST} endpoints")));
    }
    let webhook = Webhook {
        id: services.new_id(),
        url: request.url.clone(),
        events: request.events.clone(),
        test: request.test,
        state: WebhookState::Enabled,
        reason: None,
        created_at: services.now(),
    };
    let secret = Secret {
        rotation: 1,
        link_key_id: services.links.current_id().to_owned(),
        created_at: services.now(),
        retires_at: None,
    };
    webhooks::insert(connection, scope, &webhook, &secret)?;
    show(services, connection, scope, &webhook)
}

/// Lists the endpoints.
pub fn list(services: &Services, connection: &mut AnyConnection, scope: &OrgScope) -> Result<WebhookList> {
    let all = webhooks::all(connection, scope)?;
    let webhooks = all.iter().map(|one| show(services, connection, scope, one));
    Ok(WebhookList { webhooks: webhooks.collect::<Result<_>>()? })
}

/// The endpoint with an id as it was written; `NotFound` when the organisation has no such one.
pub fn find(connection: &mut AnyConnection, scope: &OrgScope, id: &str) -> Result<Webhook> {
    let id = Id::parse(id).ok_or(Error::NotFound("webhook"))?;
    webhooks::find(connection, scope, id)?.ok_or(Error::NotFound("webhook"))
}

/// Deletes an endpoint with its log; what waits for it is brought nowhere.
pub fn delete(connection: &mut AnyConnection, scope: &OrgScope, id: &str) -> Result<()> {
    let webhook = find(connection, scope, id)?;
    Ok(webhooks::delete(connection, scope, webhook.id)?)
}

/// Lets events go to an endpoint from now on, or not. What waits goes on waiting, and goes out once they do again.
pub fn switch(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    id: &str,
    state: WebhookState,
) -> Result<ShownWebhook> {
    let webhook = find(connection, scope, id)?;
    let reason = match (state, webhook.state) {
        (WebhookState::Enabled, _) => None,
        (WebhookState::Disabled, WebhookState::Disabled) => webhook.reason,
        (WebhookState::Disabled, WebhookState::Enabled) => Some(WebhookReason::ByHand),
    };
    webhooks::set_state(connection, scope, webhook.id, state, reason)?;
    if state == WebhookState::Enabled {
        webhook_deliveries::forgive(connection, scope, webhook.id, services.now())?;
    }
    show(services, connection, scope, &Webhook { state, reason, ..webhook })
}

/// Gives an endpoint a new key; the one before counts beside it for a day.
pub fn rotate(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    id: &str,
) -> Result<ShownWebhook> {
    let webhook = find(connection, scope, id)?;
    let now = services.now();
    let key = services.links.current_id();
    webhooks::rotate(connection, scope, webhook.id, key, now, now.plus_seconds(OVERLAP_S))?;
    show(services, connection, scope, &webhook)
}

fn show(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    one: &Webhook,
) -> Result<ShownWebhook> {
    let secrets = webhooks::secrets(connection, scope, one.id, services.now())?;
    let events = if one.events.is_empty() { told().collect() } else { one.events.clone() };
    Ok(ShownWebhook {
        id: one.id.to_string(),
        url: one.url.clone(),
        events: events.into_iter().map(EventType::word).collect(),
        test: one.test,
        state: one.state.word(),
        reason: one.reason.map(WebhookReason::word),
        created_at: one.created_at.rfc3339(),
        previous_secret_until: secrets.iter().find_map(|secret| secret.retires_at).map(Micros::rfc3339),
        secret: None,
    })
}

/// Puts the newest key into an answer that shows an endpoint. It is put there after the answer was kept under its
/// `Idempotency-Key`, so that the database never holds it.
pub fn with_secret(services: &Services, scope: &OrgScope, body: &mut Value) -> Result<()> {
    let id = body.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let (id, secrets) = super::once::in_read(services, |connection| {
        let webhook = find(connection, scope, &id)?;
        Ok((webhook.id, webhooks::secrets(connection, scope, webhook.id, services.now())?))
    })?;
    let newest = secrets.first().ok_or(Error::NotFound("webhook"))?;
    let secret = sign::secret_text(services, scope, id, newest)
        .ok_or_else(|| Error::Broken("the link key of a new secret is not there".to_owned()))?;
    if let Some(fields) = body.as_object_mut() {
        fields.insert("secret".to_owned(), Value::String(secret));
    }
    Ok(())
}
