//! Group commit: all posted pages that wait are written in one transaction, and each is acknowledged after it.
//!
//! One thread in each process takes submissions from a bounded queue. Nobody waits on purpose: while one group is
//! being committed the next one gathers by itself. A submission that the database refuses is tried once more by
//! itself, so that it refuses none of its neighbours.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use diesel::r2d2::Pool;
use tokio::sync::{mpsc, oneshot};

use super::connection::{AnyConnection, Manager, Target, begin_group, commit, rollback};
use super::error::{Error, Result};
use super::submissions::{Submission, Taken, write};
use super::{checked_out_for_form, pause};

/// How many submissions may wait; who comes then is told to try again.
const QUEUE: usize = 1024;
/// How many are written in one transaction, unless it is set: more gains little and keeps the first ones waiting.
const MOST_TOGETHER: u32 = 256;
/// For how long a group is tried again when the database asks for it. Who comes meanwhile waits that long behind it,
/// and as long again for the own group: a refusal comes while somebody still looks at the page.
const TRY_FOR: Duration = Duration::from_secs(4);
/// Who waited longer than this is told to try again without being written.
const WAIT_FOR: Duration = Duration::from_secs(8);
/// How often a group is tried as a whole before each of its submissions is tried by itself.
const TRIES_TOGETHER: u32 = 6;

struct Waiting {
    submission: Submission,
    since: Instant,
    reply: oneshot::Sender<Result<Taken>>,
}

/// The writer's queue and thread; ends with what is in the queue written.
pub(super) struct Writer {
    queue: Option<mpsc::Sender<Waiting>>,
    thread: Mutex<Option<JoinHandle<()>>>,
    most_together: Arc<AtomicU32>,
}

impl Writer {
    /// Starts the thread.
    pub(super) fn start(target: &Target, pool: Pool<Manager>) -> Result<Self> {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let most_together = Arc::new(AtomicU32::new(MOST_TOGETHER));
        let desk = Desk {
            pool,
            one_organisation_each: matches!(target, Target::Postgres(_)),
            most_together: Arc::clone(&most_together),
        };
        let thread = std::thread::Builder::new()
            .name("laatu-writer".to_owned())
            .spawn(move || desk.run(waiting))
            .map_err(|error| Error::Broken(format!("the writer's thread does not start: {error}")))?;
        Ok(Self { queue: Some(queue), thread: Mutex::new(Some(thread)), most_together })
    }

    /// Sets how many are written in one transaction from now on.
    pub(super) fn write_together(&self, most: u32) {
        self.most_together.store(most.max(1), Ordering::Relaxed);
    }

    /// Puts a submission in the queue; the outcome comes after its commit. Busy at once when the queue is full.
    pub(super) async fn submit(&self, submission: Submission) -> Result<Taken> {
        let busy = |words: &str| Error::Busy(words.to_owned());
        let (reply, outcome) = oneshot::channel();
        let queue = self.queue.as_ref().ok_or_else(|| busy("the writer has ended"))?;
        queue
            .try_send(Waiting { submission, since: Instant::now(), reply })
            .map_err(|_| busy("too many answers wait to be written"))?;
        outcome.await.unwrap_or_else(|_| Err(busy("the writer broke off")))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue = None;
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if thread.is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the writer's thread had panicked");
        }
    }
}

/// Where the thread writes.
struct Desk {
    pool: Pool<Manager>,
    /// On PostgreSQL a transaction touches one organisation, so that organisations can be put on different servers.
    one_organisation_each: bool,
    most_together: Arc<AtomicU32>,
}

impl Desk {
    fn run(&self, mut waiting: mpsc::Receiver<Waiting>) {
        while let Some(first) = waiting.blocking_recv() {
            let mut group = vec![first];
            let most = usize::try_from(self.most_together.load(Ordering::Relaxed)).unwrap_or(1);
            while group.len() < most {
                let Ok(next) = waiting.try_recv() else { break };
                group.push(next);
            }
            let group = refuse_late(group);
            if !group.is_empty() {
                self.serve(group);
            }
        }
    }

    /// Writes a group and answers each of its submissions.
    fn serve(&self, group: Vec<Waiting>) {
        let (submissions, replies): (Vec<Submission>, Vec<_>) =
            group.into_iter().map(|one| (one.submission, one.reply)).unzip();
        let mut outcomes: Vec<Option<Result<Taken>>> = submissions.iter().map(|_| None).collect();
        for places in self.transactions(&submissions) {
            for (place, outcome) in self.write_in_time(&submissions, &places) {
                if let Some(slot) = outcomes.get_mut(place) {
                    *slot = Some(outcome);
                }
            }
        }
        for (reply, outcome) in replies.into_iter().zip(outcomes) {
            let outcome =
                outcome.unwrap_or_else(|| Err(Error::Broken("a submission was left out".to_owned())));
            // Who no longer waits has broken the connection off; the page is saved all the same.
            drop(reply.send(outcome));
        }
    }

    /// The places of the submissions that go into one transaction each.
    fn transactions(&self, submissions: &[Submission]) -> Vec<Vec<usize>> {
        if !self.one_organisation_each {
            return vec![(0..submissions.len()).collect()];
        }
        let mut by_organisation: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
        for (place, one) in submissions.iter().enumerate() {
            by_organisation.entry(one.scope.org()).or_default().push(place);
        }
        by_organisation.into_values().collect()
    }

    /// Writes submissions together, again while the database asks for it; if that fails, each by itself.
    fn write_in_time(&self, all: &[Submission], places: &[usize]) -> Vec<(usize, Result<Taken>)> {
        let began = Instant::now();
        let together = match self.retried(all, places, began, TRIES_TOGETHER) {
            Ok(taken) => return places.iter().copied().zip(taken.into_iter().map(Ok)).collect(),
            Err(error) => error,
        };
        let is_alone = places.len() == 1;
        if is_alone && is_erased(&together) {
            return places.iter().map(|place| (*place, Ok(Taken::Overtaken))).collect();
        }
        if is_alone || matches!(together, Error::Full(_)) || began.elapsed() >= TRY_FOR {
            return places.iter().map(|place| (*place, Err(together.again()))).collect();
        }
        tracing::warn!(error = %together, "a group of pages was refused; each is tried by itself");
        let alone = |place: &usize| {
            // All of them have the time of one group: those for whom nothing is left come again.
            if began.elapsed() >= TRY_FOR {
                return (*place, Err(Error::Busy("there was no time left to write an answer".to_owned())));
            }
            let outcome = match self.retried(all, &[*place], began, u32::MAX) {
                Err(error) if is_erased(&error) => Ok(Taken::Overtaken),
                outcome => outcome.map(|taken| taken.first().copied().unwrap_or(Taken::Overtaken)),
            };
            (*place, outcome)
        };
        places.iter().map(alone).collect()
    }

    fn retried(
        &self,
        all: &[Submission],
        places: &[usize],
        began: Instant,
        tries: u32,
    ) -> Result<Vec<Taken>> {
        let chosen: Vec<&Submission> = places.iter().filter_map(|place| all.get(*place)).collect();
        for attempt in 0..tries {
            match self.write_once(&chosen) {
                Err(Error::Busy(_)) if began.elapsed() < TRY_FOR => {
                    std::thread::sleep(pause(attempt, began.elapsed()));
                }
                outcome => return outcome,
            }
        }
        Err(Error::Busy("it was tried too often".to_owned()))
    }

    fn write_once(&self, chosen: &[&Submission]) -> Result<Vec<Taken>> {
        let mut connection = checked_out_for_form(&self.pool)?;
        begin_group(&mut connection)?;
        end_here!("write-begun");
        let outcome = write_all(&mut connection, chosen).and_then(|taken| {
            end_here!("write-done");
            commit(&mut connection).map(|()| taken)
        });
        end_here!("after-commit");
        if outcome.is_err() {
            rollback(&mut connection);
        }
        outcome
    }
}

/// Refuses those who waited too long; the others.
fn refuse_late(group: Vec<Waiting>) -> Vec<Waiting> {
    let (late, in_time): (Vec<_>, Vec<_>) =
        group.into_iter().partition(|one| one.since.elapsed() >= WAIT_FOR);
    for one in late {
        drop(one.reply.send(Err(Error::Busy("an answer waited too long to be written".to_owned()))));
    }
    in_time
}

/// Whether the invitation of a submission was erased since the page was worked out: the customer's link is dead now.
const fn is_erased(error: &Error) -> bool {
    matches!(error, Error::Orphan(_))
}

/// Writes submissions of several organisations in the transaction that is open, one organisation after the other.
fn write_all(connection: &mut AnyConnection, chosen: &[&Submission]) -> Result<Vec<Taken>> {
    let mut by_organisation: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
    for (place, one) in chosen.iter().enumerate() {
        by_organisation.entry(one.scope.org()).or_default().push(place);
    }
    let mut taken = vec![Taken::Overtaken; chosen.len()];
    for places in by_organisation.values() {
        let batch: Vec<&Submission> = places.iter().filter_map(|place| chosen.get(*place).copied()).collect();
        let Some(first) = batch.first() else { continue };
        for (place, outcome) in places.iter().zip(write(connection, &first.scope, &batch)?) {
            if let Some(slot) = taken.get_mut(*place) {
                *slot = outcome;
            }
        }
    }
    Ok(taken)
}
