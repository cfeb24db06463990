//! One connection type over both databases, and the pools of it.

#![allow(missing_docs, reason = "the derive of the enum writes public items without documentation")]

use std::path::{Path, PathBuf};

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::r2d2::{ManageConnection, Pool};
use diesel::{Connection, PgConnection, RunQueryDsl, SqliteConnection, sql_query, sql_types};

use super::error::{Error, Result};

/// A connection to SQLite or to PostgreSQL: the same queries run on both.
#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    /// The embedded database.
    Sqlite(SqliteConnection),
    /// The database server.
    Postgres(PgConnection),
}

/// Runs one body on whichever connection it is: for what the enum cannot express.
macro_rules! each_backend {
    ($connection:expr, $inner:ident => $body:expr) => {
        match $connection {
            $crate::store::connection::AnyConnection::Sqlite($inner) => $body,
            $crate::store::connection::AnyConnection::Postgres($inner) => $body,
        }
    };
}

pub(super) use each_backend;

/// Which database a URL names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A file.
    Sqlite(PathBuf),
    /// A server's URL.
    Postgres(String),
}

impl Target {
    /// Reads `sqlite://PATH` or `postgres://…`.
    pub fn parse(url: &str) -> std::result::Result<Self, String> {
        if let Some(path) = url.strip_prefix("sqlite://") {
            if path.is_empty() {
                return Err(format!(
                    "database-url \"{url}\" names no file; needed is e.g. sqlite://data/laatu.db"
                ));
            }
            return Ok(Self::Sqlite(PathBuf::from(path)));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        Err(format!("database-url \"{}\" is not known; needed is sqlite://PATH or postgres://…", shown(url)))
    }
}

/// A URL without what might be a password.
fn shown(url: &str) -> &str {
    url.split_once("://").map_or(url, |(scheme, _)| scheme)
}

/// Whether a pool's connections may write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Reads only (SQLite refuses writes on it).
    Read,
    /// The one writer of this process.
    Write,
    /// A writer beside a running service: leaves checkpoints to it.
    Guest,
}

/// Makes and checks connections for a pool.
#[derive(Debug)]
pub struct Manager {
    target: Target,
    usage: Use,
}

impl Manager {
    /// A manager for one target and use.
    pub fn new(target: Target, usage: Use) -> Self {
        Self { target, usage }
    }

    fn open(&self) -> std::result::Result<AnyConnection, diesel::r2d2::Error> {
        match &self.target {
            Target::Sqlite(path) => {
                let mut inner = SqliteConnection::establish(&path_text(path))
                    .map_err(diesel::r2d2::Error::ConnectionError)?;
                inner.batch_execute(&pragmas(self.usage)).map_err(diesel::r2d2::Error::QueryError)?;
                Ok(AnyConnection::Sqlite(inner))
            }
            Target::Postgres(url) => {
                let mut inner = PgConnection::establish(url).map_err(diesel::r2d2::Error::ConnectionError)?;
                inner
                    .batch_execute("SET TIME ZONE 'UTC'; SET lock_timeout = '10s'")
                    .map_err(diesel::r2d2::Error::QueryError)?;
                // Refusals are told apart by their English words; where this may not be set, they may be in English anyway.
                if let Err(error) = inner.batch_execute("SET lc_messages = 'C'") {
                    tracing::debug!(%error, "the language of the server's messages stays");
                }
                Ok(AnyConnection::Postgres(inner))
            }
        }
    }
}

fn path_text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn pragmas(usage: Use) -> String {
    // The service's writer waits for a guest's lock, but not so long that those behind it give up.
    let patience_ms = if usage == Use::Write { 2000 } else { 5000 };
    // First of all the patience: the first statement that looks into the file, even to ask for its journal, may meet a
    // lock of a moment while others write.
    let patience = format!("PRAGMA busy_timeout={patience_ms};");
    let common = "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; \
                  PRAGMA trusted_schema=OFF; PRAGMA cache_size=-8000;";
    // What is deleted or replaced is overwritten, so that nothing of an erased customer stays in the file's free space.
    let writer = format!(
        "{patience} PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; {common}"
    );
    match usage {
        Use::Read => format!("{patience} {common} PRAGMA query_only=ON;"),
        Use::Write => writer,
        Use::Guest => format!("{writer} PRAGMA wal_autocheckpoint=0;"),
    }
}

impl Manager {
    /// A new connection in the place of one that broke.
    pub fn anew(&self) -> Result<AnyConnection> {
        self.open().map_err(|error| Error::Busy(first_line(&error.to_string())))
    }
}

impl AnyConnection {
    /// Whether the database still answers.
    pub fn is_alive(&mut self) -> bool {
        match self {
            Self::Sqlite(_) => true,
            Self::Postgres(inner) => inner.batch_execute("SELECT 1").is_ok(),
        }
    }
}

impl ManageConnection for Manager {
    type Connection = AnyConnection;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> std::result::Result<AnyConnection, Self::Error> {
        self.open()
    }

    fn is_valid(&self, connection: &mut AnyConnection) -> std::result::Result<(), Self::Error> {
        match connection {
            AnyConnection::Sqlite(_) => Ok(()),
            AnyConnection::Postgres(inner) => {
                inner.batch_execute("SELECT 1").map_err(diesel::r2d2::Error::QueryError)
            }
        }
    }

    fn has_broken(&self, connection: &mut AnyConnection) -> bool {
        type Transactions = <AnyConnection as Connection>::TransactionManager;
        std::thread::panicking() || Transactions::is_broken_transaction_manager(connection)
    }
}

/// For how long a use case waits for a connection before it is refused as busy.
const CHECK_OUT_FOR: std::time::Duration = std::time::Duration::from_secs(10);

/// Opens a pool and, with it, the first connection, so that a wrong URL is known at once. A server's connection is asked
/// whether it is alive each time before it is given out.
pub fn pool(target: &Target, usage: Use, size: u32) -> Result<Pool<Manager>> {
    built(target, usage, size, matches!(target, Target::Postgres(_)))
}

/// The same without asking: whoever takes one must see to it when it fails.
pub fn untested_pool(target: &Target, usage: Use, size: u32) -> Result<Pool<Manager>> {
    built(target, usage, size, false)
}

fn built(target: &Target, usage: Use, size: u32, is_tested: bool) -> Result<Pool<Manager>> {
    Pool::builder()
        .max_size(size)
        .min_idle(Some(1))
        .connection_timeout(CHECK_OUT_FOR)
        .test_on_check_out(is_tested)
        .error_handler(Box::new(diesel::r2d2::NopErrorHandler))
        .build_unchecked_after_trial(target, usage)
}

/// Tries one connection before the pool starts its own slower tries.
trait Trial {
    fn build_unchecked_after_trial(self, target: &Target, usage: Use) -> Result<Pool<Manager>>;
}

impl Trial for diesel::r2d2::Builder<Manager> {
    fn build_unchecked_after_trial(self, target: &Target, usage: Use) -> Result<Pool<Manager>> {
        let manager = Manager::new(target.clone(), usage);
        manager.open().map_err(|error| Error::Broken(first_line(&error.to_string())))?;
        Ok(self.build_unchecked(manager))
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

/// Begins a transaction that may write: IMMEDIATE on SQLite, SERIALIZABLE on PostgreSQL.
pub fn begin_write(connection: &mut AnyConnection) -> Result<()> {
    match connection {
        AnyConnection::Sqlite(inner) => {
            AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN IMMEDIATE")?;
        }
        AnyConnection::Postgres(inner) => AnsiTransactionManager::begin_transaction_sql(
            inner,
            "BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE",
        )?,
    }
    Ok(())
}

/// Begins the transaction of a group of submissions: IMMEDIATE on SQLite; on PostgreSQL each statement sees what is
/// committed by then, since every row that the group rests on is locked by a change of it.
pub fn begin_group(connection: &mut AnyConnection) -> Result<()> {
    match connection {
        AnyConnection::Sqlite(_) => begin_write(connection),
        AnyConnection::Postgres(inner) => Ok(AnsiTransactionManager::begin_transaction_sql(
            inner,
            "BEGIN TRANSACTION ISOLATION LEVEL READ COMMITTED",
        )?),
    }
}

/// Begins a transaction that only reads, so that all its queries see the same moment.
pub fn begin_read(connection: &mut AnyConnection) -> Result<()> {
    match connection {
        AnyConnection::Sqlite(inner) => AnsiTransactionManager::begin_transaction_sql(inner, "BEGIN")?,
        AnyConnection::Postgres(inner) => AnsiTransactionManager::begin_transaction_sql(
            inner,
            "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
        )?,
    }
    Ok(())
}

/// Ends the transaction: keeps what was written.
pub fn commit(connection: &mut AnyConnection) -> Result<()> {
    end_here!("before-commit");
    <AnyConnection as Connection>::TransactionManager::commit_transaction(connection)?;
    Ok(())
}

/// Ends the transaction: forgets what was written. An error here means it was ended already.
pub fn rollback(connection: &mut AnyConnection) {
    let ended = <AnyConnection as Connection>::TransactionManager::rollback_transaction(connection);
    if let Err(error) = ended {
        tracing::debug!(%error, "the transaction had ended already");
    }
}

/// One text that a database tells about itself.
#[derive(diesel::QueryableByName)]
struct OneText {
    #[diesel(sql_type = sql_types::Text)]
    value: String,
}

/// Asks the database one question whose answer is a text in the column `value`.
pub fn ask(connection: &mut AnyConnection, question: &str) -> Result<String> {
    let row: OneText = each_backend!(connection, inner => sql_query(question).get_result(inner))?;
    Ok(row.value)
}
