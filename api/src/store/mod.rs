//! Where everything is kept: SQLite or PostgreSQL behind one door.
//!
//! [`Store::read`], [`Store::read_for_form`], [`Store::write`] and [`Store::submit`] are the only ways in. A write closure may run more than
//! once, so nothing in it talks to the outside world; a job row is written instead. Tables are
//! named in this room only.

pub mod annotations;
pub mod api_keys;
pub mod authority;
pub mod cells;
mod change_seen;
pub mod checks;
pub mod closed_months;
pub mod comments;
pub mod connection;
pub mod copy;
pub mod customers;
pub mod delivery_notes;
pub mod erasures;
pub mod error;
pub mod exported;
pub mod form_balance;
pub mod frame_counts;
pub mod frames;
pub mod holdings;
pub mod idempotency;
pub mod imported;
pub mod instruments;
pub mod invitation_counts;
pub mod invitation_list;
pub mod invitations;
pub mod jobs;
mod local_disk;
pub mod lock;
pub mod members;
pub mod migrate;
pub mod open_links;
pub mod openings;
pub mod orders;
pub mod organisation_words;
pub mod organisations;
pub mod outbox;
pub mod own_data;
mod packed;
pub mod places;
pub mod report_mail_runs;
pub mod report_mails;
pub mod response_log;
pub mod responses;
pub mod saved_pages;
pub mod saved_views;
pub mod schema;
pub mod second_steps;
pub mod segments;
pub mod sessions;
pub mod shop_hooks;
pub mod shop_orders;
pub mod slips;
pub mod submissions;
pub mod suppressions;
pub mod surveys;
pub mod tidy;
pub mod webhook_deliveries;
pub mod webhook_messages;
pub mod webhooks;
mod writer;

use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::r2d2::{Pool, PooledConnection};

pub use authority::OrgScope;
pub use connection::{AnyConnection, Target, Use};
pub use error::{Error, Result};

use connection::{Manager, begin_read, begin_write, commit, pool, rollback, untested_pool};

/// What the database keeps of a secret that is needed again: nothing that can be read without the link key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSecret {
    /// Id of the link key.
    pub link_key_id: String,
    /// Chance, new with each secret.
    pub salt: Vec<u8>,
    /// The secret, sealed; empty where it is made from the link key.
    pub sealed: Vec<u8>,
}

/// For how long a write is tried again when the database asks for it.
const WRITE_FOR: Duration = Duration::from_secs(8);
/// Connections that read at a time.
const READERS: u32 = 8;
/// For how long a page of a form waits for a connection.
const FORM_PATIENCE: Duration = Duration::from_secs(6);
/// Connections that read for the pages of forms: no report, however long, keeps a customer waiting.
const FORM_READERS: u32 = 4;
/// Longest pause between two tries.
const LONGEST_PAUSE_MS: u64 = 250;

/// The door to the database; cheap to clone.
#[derive(Clone)]
pub struct Store {
    target: Target,
    readers: Pool<Manager>,
    form_readers: Pool<Manager>,
    writers: Pool<Manager>,
    writer: Arc<writer::Writer>,
    /// Held as long as the store lives: one service per SQLite file.
    lock: Option<Arc<lock::FileLock>>,
}

impl Store {
    /// Opens the database for a service: takes the file's lock on SQLite.
    pub fn open(target: &Target) -> Result<Self> {
        let lock = match target {
            Target::Sqlite(path) => Some(Arc::new(lock::FileLock::take(path)?)),
            Target::Postgres(_) => None,
        };
        Self::with(target, Use::Write, lock)
    }

    /// Whether no other process can be working on the same database: one that holds the lock of an SQLite file.
    pub const fn is_alone(&self) -> bool {
        self.lock.is_some()
    }

    /// Opens the database for one short command beside a service that may be running.
    pub fn visit(target: &Target) -> Result<Self> {
        if let Target::Sqlite(path) = target {
            lock::make_folder(path)?;
        }
        Self::with(target, Use::Guest, None)
    }

    fn with(target: &Target, usage: Use, lock: Option<Arc<lock::FileLock>>) -> Result<Self> {
        // One writer of orders and jobs a process on both databases: on PostgreSQL, too, writers of one organisation
        // only get into each other's way, and waiting in line costs less than being refused and tried again.
        let writers = pool(target, usage, 1)?;
        let readers = pool(target, Use::Read, READERS)?;
        let form_readers = match usage {
            // Whether they are alive is looked at when one has failed: asking each time would be a trip for each page.
            Use::Write => untested_pool(target, Use::Read, FORM_READERS)?,
            _ => readers.clone(),
        };
        // Answers need not wait behind orders where the database lets both be written at once. SQLite does not, and
        // waiting in line for its one writer costs less than trying again and again.
        let writes_answers = match (target, usage) {
            (Target::Postgres(_), Use::Write) => pool(target, usage, 1)?,
            _ => writers.clone(),
        };
        let writer = Arc::new(writer::Writer::start(target, writes_answers)?);
        Ok(Self { target: target.clone(), readers, form_readers, writers, writer, lock })
    }

    /// Which database this is.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// Runs `work` in one transaction that only reads: all its queries see the same moment.
    pub fn read<T>(&self, work: impl FnOnce(&mut AnyConnection) -> Result<T>) -> Result<T> {
        let mut connection = checked_out(&self.readers)?;
        begin_read(&mut connection)?;
        let outcome = work(&mut connection);
        rollback(&mut connection);
        outcome
    }

    /// Reads for a page of a form, by connections that nothing else uses.
    ///
    /// There is no transaction around it, which would cost two trips to a server: each query sees the newest moment. What
    /// is written after it is held against what stands there then. `work` runs again when something has gone
    /// meanwhile, or the connection was broken.
    pub fn read_for_form<T>(&self, work: impl Fn(&mut AnyConnection) -> Result<T>) -> Result<T> {
        let mut connection = checked_out_for_form(&self.form_readers)?;
        let first = work(&mut connection);
        match &first {
            Err(Error::NotFound) => {}
            Err(Error::Busy(_) | Error::Broken(_)) if !connection.is_alive() => {
                *connection = Manager::new(self.target.clone(), Use::Read).anew()?;
            }
            _ => return first,
        }
        work(&mut connection)
    }

    /// Whether [`Store::read_for_form`] gives its outcome within microseconds, without waiting for anybody: a file
    /// in this process, and a connection that is free. Its readers wait for no writer.
    pub fn reads_at_once(&self) -> bool {
        matches!(self.target, Target::Sqlite(_)) && self.form_readers.state().idle_connections > 0
    }

    /// Runs `work` in one transaction that may write, and commits it; an error undoes all of it.
    ///
    /// On a conflict with another writer `work` runs again, up to a bound; then it is `Busy`.
    pub fn write<T>(&self, work: impl Fn(&mut AnyConnection) -> Result<T>) -> Result<T> {
        let began = Instant::now();
        for attempt in 0u32.. {
            let mut connection = checked_out(&self.writers)?;
            match write_once(&mut connection, &work) {
                Err(Error::Busy(_)) if began.elapsed() < WRITE_FOR => {
                    drop(connection);
                    std::thread::sleep(pause(attempt, began.elapsed()));
                }
                outcome => return outcome,
            }
        }
        Err(Error::Busy("it was tried too often".to_owned()))
    }

    /// Writes a posted page together with all others that wait; the outcome comes after the commit.
    ///
    /// `Busy` at once when too many wait already.
    pub async fn submit(&self, submission: submissions::Submission) -> Result<submissions::Taken> {
        self.writer.submit(submission).await
    }

    /// Sets how many posted pages share one commit at most, from now on.
    pub fn write_together(&self, most: u32) {
        self.writer.write_together(most);
    }

    /// The writer's connection, for migrations.
    pub(crate) fn writer(&self) -> Result<PooledConnection<Manager>> {
        checked_out(&self.writers)
    }
}

/// A pause that grows with the tries; the low digits of the time that has passed keep writers out of step.
fn pause(attempt: u32, passed: Duration) -> Duration {
    let most = (5u64 << attempt.min(6)).min(LONGEST_PAUSE_MS);
    Duration::from_millis(1 + u64::from(passed.subsec_micros()) % most)
}

fn checked_out(pool: &Pool<Manager>) -> Result<PooledConnection<Manager>> {
    pool.get().map_err(|error| Error::Busy(error.to_string()))
}

/// The same for what a customer waits for.
fn checked_out_for_form(pool: &Pool<Manager>) -> Result<PooledConnection<Manager>> {
    pool.get_timeout(FORM_PATIENCE).map_err(|error| Error::Busy(error.to_string()))
}

fn write_once<T>(
    connection: &mut AnyConnection,
    work: &impl Fn(&mut AnyConnection) -> Result<T>,
) -> Result<T> {
    begin_write(connection)?;
    end_here!("write-begun");
    match work(connection) {
        Ok(value) => {
            end_here!("write-done");
            match commit(connection) {
                Ok(()) => {
                    end_here!("after-commit");
                    Ok(value)
                }
                Err(error) => {
                    rollback(connection);
                    Err(error)
                }
            }
        }
        Err(error) => {
            rollback(connection);
            Err(error)
        }
    }
}
