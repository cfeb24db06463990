//! The bare group-commit loop: what a durable write costs when nothing is done but writing.
//!
//! One thread owns one SQLite connection with a write-ahead log and `synchronous=FULL`; clients hand it rows over a
//! channel; it takes what waits, at most so many, into one transaction, and answers each client after the commit.
//! No HTTP, no questionnaire, no checks. Called by the benches as the denominator of the intake.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use tokio::sync::oneshot;
use tokio::task::LocalSet;

use self::schema::bare;
use super::chance::Chance;
use super::load::{Outcome, micros};

/// Most rows in one transaction.
const TOGETHER: usize = 256;
/// Bytes of a row's answers.
pub(super) const ANSWERS: usize = 24;

#[allow(missing_docs, reason = "three columns of a table that holds nothing else")]
pub(super) mod schema {
    diesel::table! {
        bare (position) {
            position -> BigInt,
            id -> Binary,
            answers -> Binary,
        }
    }
}

/// A row with the place where its client waits.
struct Waiting {
    id: Vec<u8>,
    answers: Vec<u8>,
    done: oneshot::Sender<()>,
}

/// A running writer; ends when dropped.
pub struct BareLoop {
    rows: Option<Sender<Waiting>>,
    writer: Option<JoinHandle<()>>,
    runs: u64,
}

impl BareLoop {
    /// Starts the writer on a new database in a folder.
    pub fn start(folder: &Path) -> Self {
        let path = folder.join("bare.db");
        let mut connection =
            SqliteConnection::establish(&path.to_string_lossy()).expect("a database for the bare loop");
        connection
            .batch_execute(
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-8000; \
                 CREATE TABLE bare (position INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, answers BLOB NOT NULL);",
            )
            .expect("a table for the bare loop");
        let (rows, queue) = channel();
        let writer = std::thread::spawn(move || write_all(&mut connection, &queue));
        Self { rows: Some(rows), writer: Some(writer), runs: 0 }
    }

    /// Runs so many clients for a time, each with one row under way.
    pub fn run(&mut self, clients: u64, window: Duration) -> Outcome {
        self.runs += 1;
        let rows = self.rows.as_ref().expect("the writer runs").clone();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        LocalSet::new().block_on(&runtime, drive(rows, (self.runs, clients), window))
    }
}

impl Drop for BareLoop {
    fn drop(&mut self) {
        // Without a sender the writer's queue ends.
        drop(self.rows.take());
        if let Some(writer) = self.writer.take() {
            drop(writer.join());
        }
    }
}

async fn drive(rows: Sender<Waiting>, (run, clients): (u64, u64), window: Duration) -> Outcome {
    let began = Instant::now();
    let latencies = Rc::new(RefCell::new(Vec::new()));
    let tasks = (0..clients).map(|client| {
        let (rows, latencies) = (rows.clone(), Rc::clone(&latencies));
        let mut chance = Chance::new(run << 32 | client);
        tokio::task::spawn_local(async move {
            while began.elapsed() < window {
                let (done, wait) = oneshot::channel();
                let sent = Instant::now();
                let id = id(&mut chance, run, sent.duration_since(began));
                assert!(
                    rows.send(Waiting { id, answers: vec![4; ANSWERS], done }).is_ok(),
                    "the writer runs"
                );
                wait.await.expect("the writer answers after its commit");
                latencies.borrow_mut().push(micros(sent.elapsed()));
            }
        })
    });
    let tasks: Vec<_> = tasks.collect();
    for task in tasks {
        task.await.expect("no client failed");
    }
    let latencies = std::mem::take(&mut *latencies.borrow_mut());
    Outcome::since(began, latencies)
}

/// 16 bytes that grow with time and end in chance, as the service's ids do.
pub(super) fn id(chance: &mut Chance, run: u64, since: Duration) -> Vec<u8> {
    let time = run << 40 | u64::from(micros(since));
    [time.to_be_bytes(), chance.bits().to_be_bytes()].concat()
}

/// Takes what waits into one transaction after the other, until no client is left.
fn write_all(connection: &mut SqliteConnection, queue: &Receiver<Waiting>) {
    let mut position = 0;
    while let Ok(first) = queue.recv() {
        let batch: Vec<Waiting> = std::iter::once(first).chain(queue.try_iter()).take(TOGETHER).collect();
        connection
            .immediate_transaction(|connection| {
                for (row, position) in batch.iter().zip(position..) {
                    diesel::insert_into(bare::table)
                        .values((
                            bare::position.eq(position),
                            bare::id.eq(&row.id),
                            bare::answers.eq(&row.answers),
                        ))
                        .on_conflict_do_nothing()
                        .execute(connection)?;
                }
                diesel::result::QueryResult::Ok(())
            })
            .expect("the bare loop writes");
        position += i64::try_from(batch.len()).expect("a small number");
        for row in batch {
            assert_eq!(row.done.send(()), Ok(()), "its client waits");
        }
    }
}
