//! The second way in: what is due by time. Leases due jobs, works on them outside of any transaction,
//! then notes what came of them.

mod worker;

pub use worker::Worker;

use crate::domain::JobKind;
use crate::mail::Outcome;
use crate::service::expire_invitation::expire_invitation;
use crate::service::once::{in_read, in_transaction};
use crate::service::send_invitations::{Prepared, note_not_now, note_sent, prepare};
use crate::service::{Result, Services};
use crate::store::jobs::{self, Leased};

/// How many jobs are leased at a time.
const BATCH: i64 = 50;
/// How long a lease holds: longer than a batch may take and one more mail after that.
const LEASE_S: i64 = 1800;
/// After this long no further job of a batch is begun: one mail can wait ten minutes for its relay.
const BATCH_S: i64 = 600;
/// How often a job that breaks is tried, an hour apart, before it is set aside.
const TRIES: i32 = 24;

/// What a leased job came to before it is noted.
enum Done {
    Mail(Outcome),
    NotNow,
    Expire,
    /// The batch took too long; another one begins with it.
    Unbegun,
}

/// Works on one batch of due jobs of one organisation; the number of jobs, 0 when nothing is due.
pub fn run_due(services: &Services) -> Result<usize> {
    let now = services.now();
    let due = services.store.read(|connection| jobs::due_organisation(connection, now))?;
    let Some(org) = due else { return Ok(0) };
    let leased = services
        .store
        .write(|connection| jobs::lease(connection, org, now, now.plus_seconds(LEASE_S), BATCH))?;
    let done: Vec<(Leased, Result<Done>)> = leased
        .into_iter()
        .map(|one| {
            let in_time = services.now() < now.plus_seconds(BATCH_S);
            let outcome = if in_time { work(services, &one) } else { Ok(Done::Unbegun) };
            (one, outcome)
        })
        .collect();
    if let Err(error) = note_all(services, &done) {
        // One that cannot be noted must not undo its neighbours: their mails have left.
        tracing::warn!(%error, "a batch of jobs is noted one by one");
        for pair in &done {
            if let Err(error) = note_all(services, std::slice::from_ref(pair)) {
                tracing::error!(job = %pair.0.id, %error, "a job's outcome could not be noted; its lease will run out");
            }
        }
    }
    Ok(done.len())
}

/// Notes what came of jobs, all in one transaction.
fn note_all(services: &Services, done: &[(Leased, Result<Done>)]) -> Result<()> {
    in_transaction(services, |connection| {
        for (one, outcome) in done {
            match outcome {
                Ok(Done::Mail(outcome)) => note_sent(services, connection, one, outcome)?,
                Ok(Done::NotNow) => note_not_now(services, connection, one)?,
                Ok(Done::Expire) => expire_invitation(services, connection, one)?,
                Ok(Done::Unbegun) => jobs::give_back(connection, one, services.now(), "")?,
                Err(error) if one.attempts + 1 >= TRIES => {
                    tracing::error!(job = %one.id, %error, "a job was set aside");
                    jobs::fail(connection, one, &error.to_string())?;
                }
                Err(error) => {
                    tracing::error!(job = %one.id, %error, "a job failed; it is tried again in an hour");
                    let again = services.now().plus_seconds(3600);
                    jobs::give_back(connection, one, again, &error.to_string())?;
                }
            }
        }
        Ok(())
    })
}

fn work(services: &Services, leased: &Leased) -> Result<Done> {
    match leased.kind {
        JobKind::SendInvitation => {
            match in_read(services, |connection| prepare(services, connection, leased))? {
                Prepared::Mail(envelope) => {
                    let outcome = services.mailer.send(&envelope);
                    if let Outcome::TryLater(words) | Outcome::Refused(words) = &outcome {
                        tracing::warn!(job = %leased.id, %words, "a mail was not taken");
                    }
                    Ok(Done::Mail(outcome))
                }
                Prepared::NotNow => Ok(Done::NotNow),
            }
        }
        JobKind::ExpireInvitation => Ok(Done::Expire),
    }
}
