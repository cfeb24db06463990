//! Brings events: claims an endpoint, posts what is due there outside of any transaction, then notes what came of it.
//!
//! One endpoint is called by one thread at a time. Once it fails nothing else is brought to it for a while, so that a dead
//! one costs a time-out now and then, and not one for each event that waits.

use serde_json::json;

use super::sign;
use crate::domain::webhook::{hold_until, next_try};
use crate::domain::{DeliveryState, EventType, Id, Micros, WebhookReason, WebhookState};
use crate::outbound::Sent;
use crate::service::events_out::body;
use crate::service::once::{in_read, in_transaction};
use crate::service::{Error, Result, Services};
use crate::store::webhook_deliveries::{self as deliveries, Attempt, Claim, Parcel, Standing};
use crate::store::webhook_messages::{self, Message};
use crate::store::webhooks::{self, Secret, Webhook};
use crate::store::{AnyConnection, OrgScope};

/// How many events are brought to an endpoint in one turn.
const BATCH: i64 = 10;
/// After this long no further post of a turn is begun.
const TURN_S: i64 = 60;
/// How long a claim holds: a turn, and one more post to its time-out.
const CLAIM_S: i64 = 120;
/// How long the log of deliveries is kept.
const KEEP_S: i64 = 30 * 24 * 3600;
/// How long a try-out waits for the one who tries before the worker would bring it.
const TEST_S: i64 = 120;

/// What came of one try.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Tried {
    message: Id,
    kind: EventType,
    attempt: Attempt,
    asked_s: Option<i64>,
}

/// What a try means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// It was taken.
    Taken,
    /// The endpoint is gone for good.
    Gone,
    /// This event was refused; others may be taken.
    Refused,
    /// The endpoint does not work.
    Down,
}

impl Tried {
    const fn verdict(&self) -> Verdict {
        match self.attempt.status {
            200..=299 => Verdict::Taken,
            410 => Verdict::Gone,
            400..=407 | 409 | 411..=428 | 430..=499 => Verdict::Refused,
            // Too slow, too many, redirects, which are not followed, and what is broken there or on the way.
            _ => Verdict::Down,
        }
    }
}

/// Brings what is due to one endpoint; whether there was one.
pub fn bring_due(services: &Services, go_on: &dyn Fn() -> bool) -> Result<bool> {
    let now = services.now();
    let Some(due) = services.store.read(|connection| deliveries::due_endpoint(connection, now))? else {
        return Ok(false);
    };
    let until = now.plus_seconds(CLAIM_S);
    let claim = services.store.write(|connection| deliveries::claim(connection, due, now, until, BATCH))?;
    let Some(claim) = claim else { return Ok(true) };
    let mut tried = Vec::new();
    for parcel in &claim.parcels {
        if services.now() >= now.plus_seconds(TURN_S) || !go_on() {
            break;
        }
        let one = bring(services, &claim.scope, (&claim.webhook, &claim.secrets), parcel);
        let verdict = one.verdict();
        tried.push(one);
        if matches!(verdict, Verdict::Gone | Verdict::Down) {
            break;
        }
    }
    in_transaction(services, |connection| note_turn(services, connection, &claim, &tried))?;
    Ok(true)
}

/// Posts one event.
fn bring(services: &Services, scope: &OrgScope, to: (&Webhook, &[Secret]), parcel: &Parcel) -> Tried {
    let (webhook, secrets) = to;
    let (message, kind, at) = (parcel.message_id, parcel.kind, services.now());
    let Some(headers) = sign::headers(services, scope, (webhook.id, secrets), (message, &parcel.body)) else {
        tracing::error!(webhook = %webhook.id, "no key of an endpoint can be made: its link key is not in the file");
        let attempt = Attempt { at, status: 0, error: "no_key".to_owned(), ms: 0 };
        return Tried { message, kind, attempt, asked_s: None };
    };
    let Sent { outcome, ms } = services.poster.post(&webhook.url, &headers, &parcel.body);
    let (status, error, asked_s) = match outcome {
        Ok(answer) => {
            let word = match answer.status {
                200..=299 => "",
                300..=399 => "redirect",
                _ => "refused",
            };
            (i16::try_from(answer.status).unwrap_or(0), word, answer.retry_after_s)
        }
        Err(failure) => (0, failure.word(), None),
    };
    if !error.is_empty() {
        tracing::info!(webhook = %webhook.id, %message, status, error, "an event was not taken");
    }
    Tried { message, kind, attempt: Attempt { at, status, error: error.to_owned(), ms }, asked_s }
}

/// Notes a turn: every try, then whose turn it is next.
fn note_turn(
    services: &Services,
    connection: &mut AnyConnection,
    claim: &Claim,
    tried: &[Tried],
) -> Result<()> {
    let (scope, id, now) = (&claim.scope, claim.webhook.id, services.now());
    // It was deleted meanwhile, with its log.
    if webhooks::find(connection, scope, id)?.is_none() {
        return Ok(());
    }
    let mut failures = if tried.is_empty() { claim.failures } else { 0 };
    let mut held_until = now;
    for one in tried {
        note(services, connection, scope, id, one)?;
        if one.verdict() == Verdict::Down {
            failures = claim.failures.saturating_add(1);
            held_until = hold_until(now, failures, one.asked_s);
        }
    }
    deliveries::end_turn(connection, claim, held_until, failures)?;
    Ok(webhook_messages::forget(connection, scope, id, now.plus_seconds(-KEEP_S))?)
}

/// Notes one try; nothing when its event was erased meanwhile.
fn note(
    services: &Services,
    connection: &mut AnyConnection,
    scope: &OrgScope,
    id: Id,
    one: &Tried,
) -> Result<()> {
    let place = (id, one.message);
    let Some(standing) = deliveries::find(connection, scope, id, one.message)? else { return Ok(()) };
    let attempts = standing.attempts.saturating_add(1);
    deliveries::log_attempt(connection, scope, place, attempts, &one.attempt)?;
    if one.verdict() == Verdict::Gone {
        let (state, reason) = (WebhookState::Disabled, Some(WebhookReason::Gone));
        webhooks::set_state(connection, scope, id, state, reason)?;
        tracing::warn!(webhook = %id, "an endpoint answered 410 and is disabled");
    }
    let to = Standing { attempts, ..after(services, &standing, one) };
    Ok(deliveries::set(connection, scope, place, to)?)
}

/// What becomes of a delivery after a try.
fn after(services: &Services, before: &Standing, one: &Tried) -> Standing {
    let tries = before.tries.saturating_add(1);
    let ended = |state| Standing { state, tries, next_at: Micros(0), ..*before };
    // Somebody brought it at the same time.
    if before.state == DeliveryState::Delivered || one.verdict() == Verdict::Taken {
        return ended(DeliveryState::Delivered);
    }
    if one.verdict() == Verdict::Gone || one.kind == EventType::WebhookTest {
        return ended(DeliveryState::Failed);
    }
    let mut jitter = [0];
    services.chance.fill(&mut jitter);
    match next_try(services.now(), tries, jitter[0], one.asked_s) {
        Some(next_at) => Standing { state: DeliveryState::Waiting, tries, next_at, ..*before },
        None => ended(DeliveryState::Failed),
    }
}

/// Brings an event for trying out to an endpoint now, enabled or not; its id. It is not brought again.
pub fn try_out(services: &Services, scope: &OrgScope, id: &str) -> Result<(Id, Id)> {
    let _seat = services.try_outs.take().ok_or(Error::Busy)?;
    let now = services.now();
    let message_id = services.new_id();
    let webhook_id = Id::parse(id).ok_or(Error::NotFound("webhook"))?;
    let data = json!({"webhook_id": webhook_id.to_string(), "test": true});
    let text = body(EventType::WebhookTest, now, data);
    let message = Message {
        id: message_id,
        kind: EventType::WebhookTest,
        subject_id: Id::NONE,
        test: true,
        body: text.clone(),
        at: now,
    };
    let webhook = in_transaction(services, |connection| {
        let webhook = super::find(connection, scope, id)?;
        // Should this process end before it is noted, the worker brings it.
        webhook_messages::emit_to(connection, scope, &message, &[webhook.id], now.plus_seconds(TEST_S))?;
        Ok(webhook)
    })?;
    let secrets = in_read(services, |connection| Ok(webhooks::secrets(connection, scope, webhook.id, now)?))?;
    let parcel = Parcel { message_id, kind: EventType::WebhookTest, body: text };
    let tried = bring(services, scope, (&webhook, &secrets), &parcel);
    in_transaction(services, |connection| {
        note(services, connection, scope, webhook.id, &tried)?;
        if tried.verdict() == Verdict::Taken {
            deliveries::forgive(connection, scope, webhook.id, services.now())?;
        }
        Ok(())
    })?;
    Ok((webhook.id, message_id))
}

/// How many endpoints are tried out at a time: each may take a thread of the API to its time-out.
#[derive(Debug)]
pub struct TryOuts(std::sync::atomic::AtomicUsize);

/// A place among them.
pub struct Seat<'a>(&'a TryOuts);

impl TryOuts {
    /// None under way, at most `most` at a time.
    pub const fn at_most(most: usize) -> Self {
        Self(std::sync::atomic::AtomicUsize::new(most))
    }

    fn take(&self) -> Option<Seat<'_>> {
        use std::sync::atomic::Ordering::SeqCst;
        let taken = self.0.fetch_update(SeqCst, SeqCst, |free| free.checked_sub(1));
        taken.is_ok().then_some(Seat(self))
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    }
}
