//! The second way in: what is due by time. Leases due jobs, works on them outside of any transaction,
//! then notes what came of them.

mod worker;

pub use worker::Worker;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::domain::{Carrier, Id, JobKind, MailState, Micros};
use crate::mail::Outcome;
use crate::service::expire_invitation::expire_invitation;
use crate::service::once::{in_read, in_transaction};
use crate::service::report_mails::{self, BegunReport, OutgoingReport};
use crate::service::sending::{
    Asker, Begun, Outgoing, begin, hand_over as hand_over_short, note_over, note_sent, note_unbegun,
    note_unwritten, write, write_short,
};
use crate::service::{Error, Result, Services};
use crate::store::AnyConnection;
use crate::store::jobs::{self, Leased};
use crate::store::{outbox, report_mail_runs};

/// How many jobs are leased at a time.
const BATCH: i64 = 50;
/// How long a lease holds: longer than a batch may take and one more mail after that.
const LEASE_S: i64 = 1800;
/// After this long no further job of a batch is begun: one mail can wait ten minutes for its relay.
const BATCH_S: i64 = 600;
/// How often a job that breaks is tried, an hour apart, before it is set aside.
const TRIES: i32 = 24;
/// How many mails are marked in one transaction, handed over, and noted in another: a process that ends in between
/// leaves so many in doubt at most.
const TOGETHER: usize = 20;
/// How often the note of something that cannot be undone is tried.
const NOTE_TRIES: u32 = 5;

/// A mail that is marked as being sent.
enum Letter {
    /// To a customer.
    Customer(Box<Outgoing>),
    /// The figures of a view, to a member.
    Report(Box<OutgoingReport>),
}

/// What a leased job came to before it is noted.
enum Done {
    /// The relay was asked.
    Mail(Letter, Outcome),
    /// The mail was begun and could not be written.
    Unwritten(Letter, Error),
    /// The job is to be planned again, or to end.
    NotNow,
    /// It may go later.
    Later(Micros),
    /// All was noted when it was begun.
    Noted,
    Expire,
    /// It was not handed over: the batch took too long, or the service stops.
    Unbegun(Option<Letter>),
    /// It cannot be begun.
    Failed(Error),
}

type Outcomes = Vec<(Leased, Done)>;

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
    for some in groups(services, &leased)? {
        let in_time = || services.now() < now.plus_seconds(BATCH_S) && go_on();
        note(services, &work_on_some(services, &some, &in_time));
    }
    Ok(count)
}

/// The jobs as they are worked on together. A mail that is in doubt goes by itself: whatever interrupts a group again
/// puts no mail in doubt twice but the one that is on its way.
fn groups(services: &Services, leased: &[Leased]) -> Result<Vec<Vec<Leased>>> {
    let Some(first) = leased.first() else { return Ok(vec![]) };
    let ids: Vec<Id> = leased.iter().map(|one| one.subject_id).collect();
    let doubted = services.store.read(|connection| {
        let mut doubted = outbox::in_doubt(connection, &first.scope, &ids)?;
        doubted.extend(report_mail_runs::in_doubt(connection, &first.scope, &ids)?);
        Ok(doubted)
    })?;
    let (alone, others): (Vec<Leased>, Vec<Leased>) =
        leased.iter().cloned().partition(|one| doubted.contains(&one.subject_id));
    let alone = alone.into_iter().map(|one| vec![one]);
    Ok(alone.chain(others.chunks(TOGETHER).map(<[Leased]>::to_vec)).collect())
}

/// Begins some jobs in one transaction and hands their mails over, several at a time.
fn work_on_some(services: &Services, some: &[Leased], in_time: &(dyn Fn() -> bool + '_)) -> Outcomes {
    if !in_time() {
        return some.iter().map(|one| (one.clone(), Done::Unbegun(None))).collect();
    }
    let begun = begin_all(services, some).unwrap_or_else(|_| {
        // One that breaks must not hold up the others.
        some.iter()
            .map(|one| {
                let alone = begin_all(services, std::slice::from_ref(one));
                alone.map_or_else(Done::Failed, |mut found| found.pop().unwrap_or(Done::NotNow))
            })
            .collect()
    });
    end_here!("mails-marked");
    let mut done: Outcomes = some.iter().cloned().zip(begun).collect();
    hand_over(services, &mut done, in_time);
    end_here!("mails-sent");
    done
}

/// The beginnings of some jobs, all in one transaction.
fn begin_all(services: &Services, some: &[Leased]) -> Result<Vec<Done>> {
    let Some(first) = some.first() else { return Ok(vec![]) };
    in_transaction(services, |connection| {
        // Jobs that are leased together are those of one organisation.
        let asker = Asker::read(connection, &first.scope)?;
        some.iter()
            .map(|one| match one.kind {
                JobKind::ExpireInvitation => Ok(Done::Expire),
                JobKind::SendInvitation | JobKind::SendReminder => {
                    match begin(services, connection, &asker, one) {
                        Ok(Begun::Mail(outgoing)) => Ok(Done::Unbegun(Some(Letter::Customer(outgoing)))),
                        Ok(Begun::Later(at)) => Ok(Done::Later(at)),
                        Ok(Begun::Noted) => Ok(Done::Noted),
                        // What was erased meanwhile took its job along.
                        Ok(Begun::NotNow) | Err(Error::NotFound(_)) => Ok(Done::NotNow),
                        Err(error) => Err(error),
                    }
                }
                JobKind::SendReport => {
                    Ok(match report_mails::begin(services, connection, asker.organisation(), one)? {
                        BegunReport::Mail(outgoing) => Done::Unbegun(Some(Letter::Report(outgoing))),
                        BegunReport::Later(at) => Done::Later(at),
                        BegunReport::Noted => Done::Noted,
                    })
                }
            })
            .collect()
    })
}

/// Writes the begun mails and hands them over, as many at a time as the relay has connections for.
fn hand_over(services: &Services, done: &mut Outcomes, in_time: &(dyn Fn() -> bool + '_)) {
    let mails: Vec<&mut (Leased, Done)> =
        done.iter_mut().filter(|one| matches!(one.1, Done::Unbegun(Some(_)))).collect();
    let stop = AtomicBool::new(false);
    let queue = Mutex::new(mails.into_iter());
    // Sends the next; false when there is none.
    let send_next = || {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
        let Some((leased, done)) = next else { return false };
        if let Done::Unbegun(Some(letter)) = std::mem::replace(done, Done::NotNow) {
            *done = send(services, leased, letter);
        }
        true
    };
    std::thread::scope(|scope| {
        for _ in 1..services.mailer.at_once() {
            scope.spawn(|| {
                let go_on = || !stop.load(Ordering::Relaxed);
                std::iter::from_fn(|| (go_on() && send_next()).then_some(())).for_each(drop);
            });
        }
        while in_time() && send_next() {}
        stop.store(true, Ordering::Relaxed);
    });
}

fn send(services: &Services, leased: &Leased, letter: Letter) -> Done {
    let handed_over = match &letter {
        Letter::Customer(outgoing) if outgoing.carrier() == Carrier::Message => {
            if services.gateways.rests_until(outgoing.org(), services.now()).is_some() {
                return Done::Unbegun(Some(letter));
            }
            write_short(services, outgoing).map(|text| hand_over_short(services, &text))
        }
        Letter::Customer(outgoing) => {
            let written =
                in_read(services, |connection| write(services, connection, &leased.scope, outgoing));
            written.map(|envelope| services.mailer.send(&envelope))
        }
        Letter::Report(outgoing) => {
            let written = in_read(services, |connection| report_mails::write(services, connection, outgoing));
            written.map(|envelope| services.mailer.send(&envelope))
        }
    };
    match handed_over {
        Ok(outcome) => {
            match &outcome {
                Outcome::Sent => {}
                Outcome::TryLater(words)
                | Outcome::Refused(words)
                | Outcome::NoSuchAddress(words)
                | Outcome::Unsure(words) => tracing::warn!(job = %leased.id, %words, "a mail was not taken"),
            }
            Done::Mail(letter, outcome)
        }
        Err(error) => Done::Unwritten(letter, error),
    }
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
fn note_all(services: &Services, done: &[(Leased, Done)]) -> Result<()> {
    in_transaction(services, |connection| {
        for (one, outcome) in done {
            unless_erased(note_one(services, connection, one, outcome))?;
        }
        Ok(())
    })
}

fn note_one(services: &Services, connection: &mut AnyConnection, one: &Leased, done: &Done) -> Result<()> {
    match done {
        Done::Mail(Letter::Customer(outgoing), outcome) => {
            note_sent(services, connection, one, outgoing, outcome)
        }
        Done::Mail(Letter::Report(outgoing), outcome) => {
            report_mails::note_sent(services, connection, one, outgoing, outcome)
        }
        Done::NotNow => note_over(services, connection, one),
        Done::Expire => expire_invitation(services, connection, one),
        Done::Unbegun(None) => Ok(jobs::put_back(connection, one, services.now())?),
        Done::Unbegun(Some(Letter::Customer(outgoing))) => note_unbegun(services, connection, one, outgoing),
        Done::Unbegun(Some(Letter::Report(outgoing))) => {
            report_mails::note_unbegun(services, connection, one, outgoing)
        }
        Done::Later(at) => Ok(jobs::put_back(connection, one, *at)?),
        Done::Noted => Ok(()),
        Done::Failed(error) => set_aside(services, connection, one, None, error),
        Done::Unwritten(letter, error) => set_aside(services, connection, one, Some(letter), error),
    }
}

fn set_aside(
    services: &Services,
    connection: &mut AnyConnection,
    one: &Leased,
    letter: Option<&Letter>,
    error: &Error,
) -> Result<()> {
    if matches!(error, Error::NotFound(_)) {
        return Ok(());
    }
    let words = error.to_string();
    let is_last = one.attempts + 1 >= TRIES;
    match letter {
        Some(Letter::Customer(outgoing)) => {
            let state = if is_last { MailState::Failed } else { MailState::Deferred };
            note_unwritten(connection, one, &outgoing.mail, state, &words)?;
        }
        Some(Letter::Report(outgoing)) => {
            report_mails::note_unwritten(connection, one, outgoing, &words)?;
        }
        None => {}
    }
    if is_last && one.kind == JobKind::SendReport {
        tracing::error!(job = %one.id, %error, "a report was given up; the next one is planned");
        return report_mails::give_up(services, connection, one, &words);
    }
    if is_last {
        tracing::error!(job = %one.id, %error, "a job was set aside");
        return Ok(jobs::fail(connection, one, &words)?);
    }
    tracing::error!(job = %one.id, %error, "a job failed; it is tried again in an hour");
    Ok(jobs::give_back(connection, one, services.now().plus_seconds(3600), &words)?)
}

/// Nothing is to be noted of an invitation that was erased meanwhile: its job is gone with it.
fn unless_erased(noted: Result<()>) -> Result<()> {
    match noted {
        Err(Error::NotFound(_)) => Ok(()),
        noted => noted,
    }
}
