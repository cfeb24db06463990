//! After an erasure: what was deleted leaves the database's files, too, as far as the database can be asked for it.
//!
//! SQLite overwrites what is deleted (`secure_delete`), but copies that rows left behind in unused parts of pages, when
//! pages were split, stay until the file is rewritten, and older states of pages stay in the write-ahead log until that
//! is emptied. PostgreSQL keeps dead rows until a `VACUUM`, and samples of values until an `ANALYZE`.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::{QueryableByName, RunQueryDsl, SqliteConnection, sql_query, sql_types};

use super::connection::{AnyConnection, Target};
use super::error::{Error, Result};
use super::{Store, checked_out};

/// How often SQLite is asked to empty its write-ahead log while somebody reads; each time it waits some seconds itself.
const TRIES: u32 = 3;
/// The largest file that is rewritten unasked, in bytes: it takes about a second, for which answers wait, and as much
/// memory.
const SMALL: u64 = 64 << 20;

/// The same for what is done while customers are answered: about a quarter of a second.
const SMALLER: u64 = 16 << 20;

/// The tables that an erasure touches.
const VACUUM: &str = "VACUUM (ANALYZE) customer, purchase_order, order_event, invitation, outbox, delivery_note, slip, \
                      saved_page, response, comment, job, idempotency, form_balance, cell, webhook_message, \
                      webhook_delivery, webhook_attempt";

/// What is done for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// What nobody notices while the service answers: a smaller SQLite file is rewritten, PostgreSQL left to itself.
    Passing,
    /// What takes about a second: an SQLite file is rewritten when it is small.
    Brief,
    /// Everything: an SQLite file is rewritten, however large.
    Whole,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tidied {
    /// Nothing that was deleted is in the files that the database can clear.
    Clear,
    /// The file is large and was not rewritten: unused parts of its pages may hold bytes of what was deleted.
    PartsOfPages,
    /// Deleted rows are in the files until the server's own next vacuum.
    ByTheServer,
}

#[derive(QueryableByName)]
struct Checkpoint {
    #[diesel(sql_type = sql_types::Integer)]
    busy: i32,
}

impl Store {
    /// Clears the database's files of what was deleted; needs no transaction, and none may be open here.
    pub fn tidy(&self, effort: Effort) -> Result<Tidied> {
        let mut connection = checked_out(&self.writers)?;
        match (&mut *connection, &self.target) {
            (AnyConnection::Sqlite(inner), Target::Sqlite(path)) => tidy_file(inner, path, effort),
            (AnyConnection::Postgres(_), _) if effort == Effort::Passing => Ok(Tidied::ByTheServer),
            (AnyConnection::Postgres(inner), _) => {
                inner.batch_execute(VACUUM)?;
                Ok(Tidied::Clear)
            }
            (AnyConnection::Sqlite(_), Target::Postgres(_)) => {
                Err(Error::Broken("a connection is of another database".to_owned()))
            }
        }
    }
}

fn tidy_file(inner: &mut SqliteConnection, path: &Path, effort: Effort) -> Result<Tidied> {
    let size = std::fs::metadata(path).map_or(u64::MAX, |data| data.len());
    let (largest, tries) = match effort {
        Effort::Passing => (SMALLER, 1),
        Effort::Brief => (SMALL, TRIES),
        Effort::Whole => (u64::MAX, TRIES),
    };
    let tidied = if size <= largest {
        inner.batch_execute("VACUUM")?;
        Tidied::Clear
    } else {
        Tidied::PartsOfPages
    };
    for _ in 0..tries {
        let done: Checkpoint = sql_query("PRAGMA wal_checkpoint(TRUNCATE)").get_result(inner)?;
        if done.busy == 0 {
            return Ok(tidied);
        }
    }
    Err(Error::Busy("somebody reads the write-ahead log".to_owned()))
}
