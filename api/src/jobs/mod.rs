//! The second way in: what is due by time. Leases due jobs, works on them outside of any transaction,
//! then notes what came of them.

mod worker;

pub use worker::Worker;

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::domain::JobKind;
use crate::mail::Outcome;
use crate::service::expire_invitation::expire_invitation;
use crate::service::once::{in_read, in_transaction};
use crate::service::send_invitations::{Prepared, note_not_now, note_sent, prepare};
use crate::service::{Error, Result, Services};
use crate::store::jobs::{self, Leased};

/// How many jobs are leased at a time.
const BATCH: i64 = 50;
/// How long a lease holds: longer than a batch may take and one more mail after that.
const LEASE_S: i64 = 1800;
/// After this long no further job of a batch is begun: one mail can wait ten minutes for its relay.
const BATCH_S: i64 = 600;
/// How often a job that breaks is tried, an hour apart, before it is set aside.
const TRIES: i32 = 24;
/// Outcomes are noted together only while that delays none of them by more than this.
const NOTE_AFTER: Duration = Duration::from_millis(500);
/// How many outcomes are noted in one transaction.
const NOTE_TOGETHER: usize = 10;
/// How often the note of something that cannot be undone is tried.
const NOTE_TRIES: u32 = 5;

/// What a leased job came to before it is noted.
enum Done {
    Mail(Outcome),
    NotNow,
    Expire,
    /// It was not begun: the batch took too long, or the service stops.
    Unbegun,
}

type Outcomes = Vec<(Leased, Result<Done>)>;

/// Works on one batch of due jobs of one organisation; the number of jobs, 0 when nothing is due.
pub fn run_due(services: &Services) -> Result<usize> {
    run_due_while(services, &|| true)
}

/// The same, asking before each job whether to go on; what is not begun is given back.
pub fn run_due_while(services: &Services, go_on: &dyn Fn() -> bool) -> Result<usize> {
    let now = services.now();
    // Organisations take turns, so that the backlog of one keeps no other waiting.
    let last = services.last_served.load(Ordering::Relaxed);
    let due = services.store.read(|connection| jobs::due_organisation(connection, now, last))?;
    let Some(org) = due else { return Ok(0) };
    services.last_served.store(org, Ordering::Relaxed);
    let leased = services
        .store
        .write(|connection| jobs::lease(connection, org, now, now.plus_seconds(LEASE_S), BATCH))?;
    let count = leased.len();
    let mut unnoted = Outcomes::new();
    let mut since = Instant::now();
    for one in leased {
        let in_time = services.now() < now.plus_seconds(BATCH_S) && go_on();
        let outcome = if in_time { work(services, &one) } else { Ok(Done::Unbegun) };
        unnoted.push((one, outcome));
        if unnoted.len() >= NOTE_TOGETHER || since.elapsed() > NOTE_AFTER {
            note(services, &unnoted);
            unnoted.clear();
            since = Instant::now();
        }
    }
    note(services, &unnoted);
    Ok(count)
}

/// Notes outcomes together; when that fails, each for itself and more than once: mails have left.
fn note(services: &Services, done: &Outcomes) {
    if done.is_empty() || note_all(services, done).is_ok() {
        return;
    }
    for pair in done {
        let mut outcome = note_all(services, std::slice::from_ref(pair));
        for attempt in 1..NOTE_TRIES {
            if outcome.is_ok() {
                break;
            }
            std::thread::sleep(Duration::from_millis(200) * attempt);
            outcome = note_all(services, std::slice::from_ref(pair));
        }
        if let Err(error) = outcome {
            tracing::error!(job = %pair.0.id, %error, "a job's outcome could not be noted; its lease will run out");
        }
    }
}

/// Notes what came of jobs, all in one transaction.
fn note_all(services: &Services, done: &[(Leased, Result<Done>)]) -> Result<()> {
    in_transaction(services, |connection| {
        for (one, outcome) in done {
            match outcome {
                Ok(Done::Mail(outcome)) => unless_erased(note_sent(services, connection, one, outcome))?,
                Ok(Done::NotNow) => unless_erased(note_not_now(services, connection, one))?,
                Ok(Done::Expire) => unless_erased(expire_invitation(services, connection, one))?,
                Err(Error::NotFound(_)) => {}
                Ok(Done::Unbegun) => jobs::put_back(connection, one, services.now())?,
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

/// Nothing is to be noted of an invitation that was erased meanwhile: its job is gone with it.
fn unless_erased(noted: Result<()>) -> Result<()> {
    match noted {
        Err(Error::NotFound(_)) => Ok(()),
        noted => noted,
    }
}

fn work(services: &Services, leased: &Leased) -> Result<Done> {
    if leased.attempts >= TRIES {
        return Err(Error::Broken("it was begun too often without an outcome".to_owned()));
    }
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
